//! Whole slides as whole pages of text.

use super::*;
use crate::deck::{
    Align, Block, BlockKind, Chart, ChartKind, Inline, Item, List, Series, Span, Table,
};

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

fn chart(
    kind: ChartKind,
    unit: Option<&str>,
    labels: &[&str],
    series: Vec<(&str, Vec<f64>)>,
) -> Chart {
    Chart {
        kind,
        title: None,
        unit: unit.map(str::to_owned),
        total: None,
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        series: series
            .into_iter()
            .map(|(name, values)| Series {
                name: name.into(),
                values: values.into_iter().map(Some).collect(),
            })
            .collect(),
        source: None,
    }
}

#[test]
fn set_a_donut() {
    let mut donut = chart(
        ChartKind::Donut,
        Some("wheels"),
        &["free-threaded"],
        vec![("", vec![107.0])],
    );
    donut.total = Some(360.0);
    donut.source = Some("hugovk.github.io, 2025-10-02".into());
    let slide = slide("Wheels", vec![block(BlockKind::Chart(Box::new(donut)))]);
    assert_eq!(
        page(&slide, 80, 23),
        "
  Wheels

       ▗▄▟░░░███▙▄▖
     ▄░░░░░░░███████▄
   ▗░░░░░▀▀    ▀▀█████▖
  ▗░░░░▀          ▀████▖
  ▟░░░▌ 107 / 360  ▐███▙    ██ free-threaded  107 wheels   30 %
  ░░░░    wheels    ████    ░░ others         253 wheels   70 %
  ▜░░░▌            ▐░██▛
  ▝░░░░▄          ▄░░░░▘
   ▝░░░░░▄▄    ▄▄░░░░░▘
     ▀░░░░░░░░░░░░░░▀
       ▝▀▜░░░░░░▛▀▘

  Source: hugovk.github.io, 2025-10-02
"
    );
}

#[test]
fn set_bars() {
    let bars = chart(
        ChartKind::Bar,
        Some("MiB"),
        &["sequential", "processes"],
        vec![("one", vec![2.1, 6.8]), ("two", vec![2.3, 13.25])],
    );
    let slide = slide("", vec![block(BlockKind::Chart(Box::new(bars)))]);
    assert_eq!(
        page(&slide, 60, 23),
        "
  sequential  one  ████▌                          2.10 MiB
              two  ████▉                          2.30 MiB

  processes   one  ██████████████▍                6.80 MiB
              two  ████████████████████████████  13.25 MiB
"
    );
}

#[test]
fn set_lines() {
    let lines = chart(
        ChartKind::Line,
        None,
        &["2025-10-02", "2026-01-01", "2026-06-28"],
        vec![
            ("rows", vec![115.0, 134.0, 149.0]),
            ("tested", vec![76.0, 96.0, 119.0]),
            ("released", vec![70.0, 87.0, 117.0]),
        ],
    );
    let slide = slide("", vec![block(BlockKind::Chart(Box::new(lines)))]);
    assert_eq!(
        page(&slide, 80, 23),
        "
  149.0 ┤                              ⢀⣀⣀⣀⣀⣀⣀⡠⠤⠤⠤⠤⠤⠤⠔⠒⠒⠒⠒⠒⠒⠊⠉⠉⠉ rows 149
        │           ⢀⣀⣀⣀⣀⠤⠤⠤⠤⠔⠒⠒⠒⠒⠉⠉⠉⠉⠉⠁
        │⠤⠤⠔⠒⠒⠒⠒⠉⠉⠉⠉⠁                                ⣀⢀⡀⣀⡄⢤⠤⠄⠴⠒⠒ tested 119
        │                         ⢀⡀⣀⢀⡠⠠⠄⠤⠠⠒⣐⡂⢒⠤⠍⠨⠓⠋⠐⠉⠁⠈         released 117
        │       ⣀⢀⡀⣀ ⠤⠠⠄⠤⠂⠒⠐⡂⢊⣁⠉⣈⡡ ⠤⠄⠠⠒⠂⠐⠉⠁⠈
   74.5 ┤⡒⣐⡊⠈⠥⠍⠨⠤ ⠐⠒ ⠒⠂ ⠉⠁⠈⠉
        │
        │
        │
        │
    0.0 ┤
        └───────────────────────────────────────────────────────
         2025-10-02            2026-01-01             2026-06-28
"
    );
}
