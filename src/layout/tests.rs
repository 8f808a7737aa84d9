//! Whole slides as whole pages of text.

use super::*;
use crate::deck::{Align, Block, BlockKind, Inline, Item, List, Span, Table};

fn block(kind: BlockKind) -> Block {
    Block {
        kind,
        span: Span::default(),
        step: 0,
        align: Align::Start,
        font_size: 1,
    }
}

fn text(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.into())]
}

fn paragraph(content: &str) -> Block {
    block(BlockKind::Paragraph(text(content)))
}

fn slide(title: &str, blocks: Vec<Block>) -> Slide {
    Slide {
        title: (!title.is_empty()).then(|| text(title)),
        blocks,
        ..Slide::default()
    }
}

fn page(slide: &Slide, width: u16, height: u16) -> String {
    layout(
        slide,
        u16::MAX,
        Size { width, height },
        &Highlights::default(),
    )
    .to_text()
}

#[test]
fn set_a_list_below_its_title() {
    let item = |blocks| Item {
        task: None,
        blocks,
        step: 0,
    };
    let list = |start, items| {
        block(BlockKind::List(List {
            start,
            tight: true,
            item_newlines: 1,
            items,
        }))
    };
    let nested = list(
        Some(9),
        vec![item(vec![paragraph("nine")]), item(vec![paragraph("ten")])],
    );
    let slide = slide(
        "Async",
        vec![list(
            None,
            vec![
                item(vec![paragraph(
                    "switches only at an await that really suspends",
                )]),
                item(vec![paragraph("numbers"), nested]),
            ],
        )],
    );
    assert_eq!(
        page(&slide, 34, 12),
        "  Async

  • switches only at an await
    that really suspends
  • numbers
     9. nine
    10. ten
"
    );
}

#[test]
fn set_a_section_title_in_the_middle() {
    let page = page(&slide("Race conditions", vec![]), 31, 9);
    assert_eq!(page, "\n\n\n        Race conditions\n");
}

#[test]
fn set_a_table() {
    let row = |cells: [&str; 2]| cells.iter().map(|cell| text(cell)).collect::<Vec<_>>();
    let table = Table {
        aligns: vec![Align::Start, Align::End],
        head: row(["Thread 1", "Integer value"]),
        rows: vec![
            (0, row(["read 📖", "0"])),
            (0, row(["write ✍\u{FE0F}", "1"])),
        ],
    };
    assert_eq!(
        page(&slide("", vec![block(BlockKind::Table(table))]), 60, 9),
        "  Thread 1  Integer value
  ────────  ─────────────
  read 📖               0
  write ✍\u{FE0F}              1
"
    );
}
