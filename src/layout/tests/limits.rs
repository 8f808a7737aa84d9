//! What is too wide or too much for any page.

use super::*;

#[test]
fn go_on_below_where_a_table_has_too_many_columns() {
    let markdown = "
| a | b | cc |
|---|---|---:|
| 1 | 2 | 3  |
| 4 | 5 |
";
    let narrow = place(&slide(markdown), REVEALED, 4, 20);
    assert_eq!(
        narrow.to_text(),
        "
a
─
1
4

b
─
2
5

cc
──
 3

"
    );
    assert_eq!(narrow.overflow_columns, 0);
    let markdown = "|".to_owned() + &"word|".repeat(20) + "\n|" + &"---|".repeat(20) + "\n|x|\n";
    let text = page(&markdown, 40, 24);
    assert_eq!(text.matches("word").count(), 20, "{text}");
}

#[test]
fn say_how_much_is_more_than_any_page_shows() {
    let last_words = |markdown: &str| {
        let page = page(markdown, 80, 24);
        let words: Vec<&str> = page.split_whitespace().collect();
        words[words.len() - 4..].join(" ")
    };
    let lines = format!("```\n{}```\n", "x\n".repeat(5_003));
    assert_eq!(last_words(&lines), "… 3 more lines");
    let line = format!("```\n{}\n```\n", "x".repeat(72 * 100 + 5));
    assert_eq!(last_words(&line), "… 5 more bytes");
    let paragraph = "word ".repeat(20_000);
    assert_eq!(last_words(&paragraph), "… 34463 more bytes");
    let table = format!("| a |\n|---|\n{}", "| 1 |\n".repeat(2_007));
    assert_eq!(last_words(&table), "… 7 more rows");
}

#[test]
fn keep_no_image_beyond_the_last_row() {
    let image = |file| {
        block(BlockKind::Image(Image {
            file: ImageFound::Known(file),
            ..Image::default()
        }))
    };
    let file = ImageFile {
        width: 100,
        height: 100,
        ..ImageFile::default()
    };
    let mut slide = slide(&"words\n\n".repeat(10_100));
    slide.blocks.insert(0, image(file.clone()));
    slide.blocks.push(image(file));
    let page = place(&slide, REVEALED, 80, 24);
    assert_eq!(page.images.len(), 1);
    assert_eq!(page.rows_shown(), page.rows.len());
}

#[test]
fn bear_what_is_far_too_wide() {
    let wide = "x".repeat(100_000);
    let columns = "| a ".repeat(20_000) + "|\n" + &"|---".repeat(20_000) + "|\n";
    let table = place(&slide(&columns), REVEALED, 80, 24);
    assert_eq!(table.overflow_columns, 0);
    for kind in [ChartKind::Donut, ChartKind::Bar, ChartKind::Line] {
        let chart = chart(kind, Some(&wide), &[&wide, &wide], &[(&wide, &[1.0, 2.0])]);
        assert!(chart_page(chart, 80).contains('…'), "{kind:?}");
    }
}

#[test]
fn count_no_rows_that_show_nothing_yet() {
    let slide = slide("# A\n\none\n\n<!-- pause -->\n\ntwo\n");
    let shown = |step| place(&slide, step, 40, 5).rows_shown();
    assert_eq!((shown(0), shown(1)), (3, 5));
}
