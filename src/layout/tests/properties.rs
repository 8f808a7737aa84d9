//! What holds for every page: no run beyond the width, none over another, no text lost, nothing moved
//! by a reveal.

use proptest::prelude::*;

use super::*;
use crate::deck::Code;
use unicode_segmentation::UnicodeSegmentation;

/// Pieces of decks; put together at random, with pauses between.
const FRAGMENTS: &[&str] = &[
    "plain words that go on for a while, and on",
    "👩\u{200D}🍳 wide ✍\u{FE0F} 漢字かな交じり文、はい。",
    "averyveryverylongwordwithoutanyplacetobreakitinto",
    "a [link](https://example.org/some/long/path?with=query) `and code`[^1]",
    "- one\n- two\n  1. three\n\n     four\n- [x] five",
    "> quoted\n>\n> > twice",
    "> [!NOTE]\n> noted",
    "| a | b |\n|--:|:-:|\n| 漢字 | long cell text here |\n| x | y |",
    "```python +line_numbers {1|2}\nif x: y = 'a rather long line of code, it is'\npass\n```",
    "***",
    "![alt](path.png)",
    "## heading",
    "<!-- new_lines: 2 -->",
    "<!-- jump_to_middle -->",
    "<!-- alignment: center -->",
    "<!-- alignment: right -->",
    "<!-- column_layout: [1, 2] -->\n\n<!-- column: 0 -->\n\nleft\n\n<!-- column: 1 -->\n\nright side",
    "<!-- reset_layout -->",
    "```chart\nkind: donut\nunit: wheels\ntotal: 9\nlabels: [a rather long label]\nvalues: [2]\n```",
    "```qr\ndata: https://example.org\n```",
    "<!-- incremental_lists: true -->",
    "<!-- font_size: 4 -->",
];

fn any_markdown() -> impl Strategy<Value = String> {
    let fragment = (0..FRAGMENTS.len(), any::<bool>());
    proptest::collection::vec(fragment, 0..7).prop_map(|parts| {
        let mut markdown = String::from("# A title 🐍\n\n");
        for (at, pause) in parts {
            markdown.push_str(FRAGMENTS[at]);
            markdown.push_str(if pause {
                "\n\n<!-- pause -->\n\n"
            } else {
                "\n\n"
            });
        }
        markdown + "[^1]: A note.\n"
    })
}

/// Each cell that shows something: row, column, what.
fn cells(page: &Page) -> Vec<(usize, usize, String)> {
    let mut cells = Vec::new();
    for (y, row) in page.rows.iter().enumerate() {
        for run in &row.runs {
            let mut x = usize::from(run.x);
            for grapheme in run.text.graphemes(true) {
                if grapheme != " " {
                    cells.push((y, x, grapheme.to_owned()));
                }
                x += usize::from(grapheme_width(grapheme));
            }
        }
    }
    cells
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    // A failing input belongs into a test of its own; no file beside the sources keeps it.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn keep_within_the_page(markdown in any_markdown(), width in 1..130_u16, height in 1..50_u16) {
        let page = place(&slide(&markdown), REVEALED, width, height);
        for row in &page.rows {
            let mut free_from = 0;
            for run in &row.runs {
                prop_assert!(usize::from(run.x) >= free_from, "{run:?} stands over another");
                free_from = usize::from(run.x) + text_width(&run.text);
            }
            prop_assert!(free_from <= usize::from(width), "{row:?} is wider than {width}");
        }
    }

    #[test]
    fn move_nothing_by_a_reveal(markdown in any_markdown(), width in 8..130_u16, height in 1..50_u16) {
        let slide = slide(&markdown);
        let mut before: Option<Page> = None;
        for step in 0..=slide.steps {
            let page = place(&slide, step, width, height);
            if let Some(before) = before {
                let now = cells(&page);
                for cell in cells(&before) {
                    prop_assert!(now.contains(&cell), "{cell:?} is gone at step {step}");
                }
                prop_assert_eq!(before.rows.len(), page.rows.len());
            }
            before = Some(page);
        }
    }

    #[test]
    fn lose_no_text(paragraphs in proptest::collection::vec("[ -~é漢字👍、。]{1,200}", 1..4), width in 8..120_u16) {
        let text = |text: &String| block(BlockKind::Paragraph(vec![crate::deck::Inline::Text(text.clone())]));
        let code = |text: &String| block(BlockKind::Code(Code { lines: vec![text.clone()], ..Code::default() }));
        let blocks = paragraphs.iter().map(text).chain(paragraphs.iter().map(code));
        let slide = Slide { blocks: blocks.collect(), ..Slide::default() };
        let page = place(&slide, 0, width, 24);
        let shown = without_spaces(&page.to_text()).replace(glyph::CONTINUED, "");
        let written = without_spaces(&paragraphs.concat());
        prop_assert_eq!(shown, written.repeat(2));
    }

    #[test]
    fn bear_any_chart(values in proptest::collection::vec(any::<f64>(), 0..9), width in 1..120_u16, height in 1..50_u16) {
        for kind in [ChartKind::Donut, ChartKind::Bar, ChartKind::Line] {
            let labels: Vec<&str> = ["a", "漢字の長いラベルです", "", "d"].into_iter().cycle().take(values.len()).collect();
            let mut chart = chart(kind, Some("s"), &labels, &[("one", &values), ("two", &values)]);
            chart.title = Some("A chart".into());
            chart.source = Some("nowhere".into());
            let slide = Slide { blocks: vec![block(BlockKind::Chart(Box::new(chart)))], ..Slide::default() };
            let page = place(&slide, 0, width, height);
            for row in &page.rows {
                prop_assert!(rows::row_end(row) <= width);
            }
        }
    }
}
