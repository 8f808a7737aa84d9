//! Markdown → page as text, whole slides at a time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::*;
use crate::deck::{Align, Block, BlockKind, Chart, ChartKind, Deck, Demo, Series, Span};
use crate::parse;

mod properties;

/// All is revealed.
const REVEALED: u16 = u16::MAX;

fn files() -> BTreeMap<PathBuf, String> {
    BTreeMap::new()
}

fn deck(markdown: &str) -> Deck {
    parse::open(Path::new("deck.md"), markdown, &files())
}

fn slide(markdown: &str) -> Slide {
    parse::slide(&deck(markdown), 0, &files())
}

fn block(kind: BlockKind) -> Block {
    Block {
        kind,
        span: Span::default(),
        step: 0,
        align: Align::Start,
        font_size: 1,
    }
}

fn place(slide: &Slide, step: u16, width: u16, height: u16) -> Page {
    layout(slide, step, Size { width, height }, &Highlights::default())
}

/// The first slide's page, with a bar at the right margin.
fn page(markdown: &str, width: u16, height: u16) -> String {
    place(&slide(markdown), REVEALED, width, height).to_text()
}

#[test]
fn set_lists_in_lists() {
    let markdown = "
# Async

- switches only at an await that really suspends
- numbers
  1. one
  2. two
- [x] done
- [ ] open

Then

9. nine
10. ten
";
    assert_eq!(
        page(markdown, 34, 12),
        "  Async

  • switches only at an await
    that really suspends
  • numbers
    1. one
    2. two
  ☑ done
  ☐ open

  Then

   9. nine
  10. ten
"
    );
}

#[test]
fn set_a_section_title_in_the_middle() {
    assert_eq!(
        page("# Race conditions", 31, 9),
        "


        Race conditions
           ━━━━━━━━
"
    );
}

#[test]
fn hang_a_short_statement_and_keep_its_footnote_at_the_foot() {
    let markdown = "
# Single-threaded performance

Without the GIL, **reference counting**[^1] becomes hard.

[^1]: Python's method of managing memory.
";
    assert_eq!(
        page(markdown, 44, 15),
        "  Single-threaded performance




  Without the GIL, reference counting¹
  becomes hard.






  ────────────
  ¹ Python's method of managing memory.
"
    );
}

#[test]
fn set_emoji_in_the_optical_middle() {
    assert_eq!(
        page("👩\u{200D}🍳👨\u{200D}🍳\n\n🔪🧂🥄\n\n🥕\n", 21, 13),
        "


        👩\u{200d}🍳👨\u{200d}🍳

       🔪🧂🥄

         🥕
"
    );
}

#[test]
fn compose_the_introduction() {
    let markdown = "---
title: Free-Threaded Python
event: Python Lisbon Meetup
author: \"@anze3db\"
date: October 2, 2025
---
";
    assert_eq!(
        page(markdown, 40, 15),
        "


          Free-Threaded Python
                ━━━━━━━━

          Python Lisbon Meetup
            October 2, 2025

                @anze3db
"
    );
}

#[test]
fn set_columns_by_weight_and_go_on_below_the_tallest() {
    let markdown = "
# Concurrency vs Parallelism

<!-- column_layout: [2, 3] -->
<!-- column: 0 -->
## Concurrency

- ~~switches only on await~~
<!-- column: 1 -->
## Parallelism

- see [PEP 703](https://peps.python.org/pep-0703/) for what is hard to share
<!-- reset_layout -->
Below.
";
    assert_eq!(
        page(markdown, 64, 14),
        "  Concurrency vs Parallelism

  Concurrency               Parallelism

  • switches only on        • see PEP 703
    await                     (peps.python.org/pep-0703/) for
                              what is hard to share

  Below.
"
    );
    // Too narrow for columns: one below the other.
    assert_eq!(
        page(markdown, 26, 20),
        "
  Concurrency vs
  Parallelism

  Concurrency

  • switches only on
    await

  Parallelism

  • see PEP 703
    (peps.python.org/
    pep-0703/) for what
    is hard to share

  Below.
"
    );
}

const RACE: &str = "
| Thread 1 | Thread 2 |    | Integer value |
|----------|----------|:--:|--------------:|
| read the value | | 📖 | 0 |
| | write what was read, increased by one | ✍️ | **1** |
";

#[test]
fn set_a_table_and_shrink_its_widest_columns() {
    assert_eq!(
        page(RACE, 90, 9),
        "  Thread 1         Thread 2                                     Integer value
  ──────────────   ─────────────────────────────────────   ──   ─────────────
  read the value                                           📖               0
                   write what was read, increased by one   ✍\u{fe0f}               1
"
    );
    assert_eq!(
        page(RACE, 50, 9),
        "  Thread 1       Thread 2          Integer value
  ─────────────  ────────────  ──  ─────────────
  read the                     📖              0
  value

                 write what    ✍\u{fe0f}              1
                 was read,
                 increased by
                 one
"
    );
    let narrow = place(&slide(RACE), REVEALED, 12, 9);
    assert_eq!(narrow.overflow_columns, 0);
}

#[test]
fn mark_what_is_cut_and_say_how_wide_it_was() {
    let markdown = "
| a | b | c |
|---|---|---|
| 1 | 2 | 3 |
";
    let narrow = place(&slide(markdown), REVEALED, 4, 9);
    assert_eq!(
        narrow.to_text(),
        "a b…
─ ─…
1 2…
"
    );
    assert_eq!(narrow.overflow_columns, 5);
}

#[test]
fn number_code_and_wrap_what_is_too_wide() {
    let markdown = "
```python +line_numbers
lock = threading.Lock()
with lock: x += 1  # 日本語のコメント
```
";
    assert_eq!(
        page(markdown, 30, 9),
        "
    1  lock = threading.Lo
     ↪ ck()
    2  with lock: x += 1
     ↪ # 日本語のコメント

"
    );
}

#[test]
fn emphasize_groups_of_lines_one_after_the_other() {
    let markdown = "```python {1|2-3|all}\na\nb\nc\n```\n";
    let slide = slide(markdown);
    let faded = |step| -> Vec<bool> {
        let page = place(&slide, step, 30, 9);
        let roles = page
            .rows
            .iter()
            .map(|row| row.runs.iter().map(|run| run.ink.role));
        roles
            .filter_map(|mut roles| Some(roles.nth(1)? == crate::theme::Role::CodeFaded))
            .collect()
    };
    assert_eq!(slide.steps, 2);
    assert_eq!(faded(0), [true, true]);
    assert_eq!(faded(1), [true]);
    assert_eq!(faded(2), [false; 0]);
}

#[test]
fn set_quotes_and_alerts() {
    let markdown = "
> Beautiful is better
> - than ugly

> [!WARNING]
> Locks cost **something**.
";
    assert_eq!(
        page(markdown, 40, 12),
        "  ▌ Beautiful is better
  ▌
  ▌ • than ugly

  ▌ ▲ Warning
  ▌ Locks cost something.
"
    );
}

#[test]
fn show_a_place_for_an_image() {
    assert_eq!(
        page("![A cook who is busy chopping](cook.png)", 40, 9),
        "  ┌─ image ──────────────────────────┐
  │                                  │
  │   A cook who is busy chopping    │
  │                                  │
  └──────────────────────────────────┘
"
    );
}

#[test]
fn show_what_could_not_be_understood() {
    let broken = Slide {
        blocks: vec![block(BlockKind::Broken {
            message: "no workload is called primse; did you mean primes?".into(),
            source: "name: races\nworkload: primse".into(),
        })],
        ..Slide::default()
    };
    assert_eq!(
        place(&broken, 0, 44, 9).to_text(),
        "  ┌─ not understood ─────────────────────┐
  │ no workload is called primse; did    │
  │ you mean primes?                     │
  │                                      │
  │ name: races                          │
  │ workload: primse                     │
  └──────────────────────────────────────┘
"
    );
}

#[test]
fn break_wide_text_anywhere_but_not_before_closing_signs() {
    let markdown = "最後の段落は「とても」長いので、途中で折り返す必要があります。";
    assert_eq!(
        page(markdown, 20, 9),
        "  最後の段落は「と
  ても」長いので、
  途中で折り返す必
  要があります。
"
    );
}

#[test]
fn break_addresses_with_care() {
    let markdown = "See <https://github.com/anze3db/talks?tab=readme-ov-file#02-oct-2025> now.";
    assert_eq!(
        page(markdown, 34, 9),
        "  See
  https://github.com/anze3db/
  talks?tab=readme-ov-file#02-
  oct-2025 now.
"
    );
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
fn bear_what_is_far_too_wide() {
    let wide = "x".repeat(100_000);
    let columns = "| a ".repeat(20_000) + "|\n" + &"|---".repeat(20_000) + "|\n";
    let table = place(&slide(&columns), REVEALED, 80, 24);
    assert_eq!(table.overflow_columns, 39_999);
    for kind in [ChartKind::Donut, ChartKind::Bar, ChartKind::Line] {
        let chart = chart(kind, Some(&wide), &[&wide, &wide], &[(&wide, &[1.0, 2.0])]);
        assert!(chart_page(chart, 80).contains('…'), "{kind:?}");
    }
}

#[test]
fn keep_room_in_the_corner_for_a_code_that_comes_later() {
    let mut slide = slide("# Questions?\n\nAny.\n");
    let mut code = block(BlockKind::Qr {
        data: "https://parade.example".into(),
        caption: Some("Slides".into()),
        place: crate::deck::Place::LowerRight,
    });
    code.step = 1;
    slide.blocks.push(code);
    let before = place(&slide, 0, 60, 16).to_text();
    let after = place(&slide, 1, 60, 16).to_text();
    for (before, after) in before.lines().zip(after.lines()) {
        assert!(after.starts_with(before), "{before:?} became {after:?}");
    }
    assert!(!before.contains('█') && after.contains('█'));
}

fn demo(name: &str) -> Block {
    use parade_demos::spec::{Amount, Baseline, DemoSpec, Order, Show};
    block(BlockKind::Demo(Box::new(Demo {
        spec: DemoSpec {
            name: name.into(),
            title: None,
            lanes: Vec::new(),
            amount: Amount::Work(1),
            order: Order::Turn,
            baseline: Baseline::None,
            claim: None,
            show: Show::Lanes,
            repeat: 1,
            seed: 0,
        },
    })))
}

#[test]
fn give_demos_all_the_room_that_nothing_else_needs() {
    let mut examples = slide("# Examples\n\nAbove.\n\nBelow.\n");
    let below = examples.blocks.pop().unwrap();
    examples.blocks.extend([demo("one"), demo("two"), below]);
    let slots = |height| -> Vec<(String, u32, u16)> {
        let page = place(&examples, 0, 80, height);
        let slots = page.slots.into_iter().map(|slot| {
            let SlotContent::Demo(name) = slot.content;
            (name, slot.area.y, slot.area.height)
        });
        slots.collect()
    };
    // A margin, the title, the paragraph above, each with a blank row; then the one below.
    assert_eq!(slots(30), [("one".into(), 5, 23), ("two".into(), 5, 23)]);
    assert_eq!(slots(10), [("one".into(), 4, 12), ("two".into(), 4, 12)]);
}

fn chart(kind: ChartKind, unit: Option<&str>, labels: &[&str], series: &[(&str, &[f64])]) -> Chart {
    let series = series.iter().map(|(name, values)| Series {
        name: (*name).into(),
        values: values.iter().copied().map(Some).collect(),
    });
    Chart {
        kind,
        title: None,
        unit: unit.map(str::to_owned),
        total: None,
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        series: series.collect(),
        source: None,
        height: None,
    }
}

fn chart_page(chart: Chart, width: u16) -> String {
    let slide = Slide {
        blocks: vec![block(BlockKind::Chart(Box::new(chart)))],
        ..Slide::default()
    };
    place(&slide, 0, width, 23).to_text()
}

#[test]
fn draw_a_donut() {
    let mut donut = chart(
        ChartKind::Donut,
        Some("wheels"),
        &["free-threaded"],
        &[("", &[107.0])],
    );
    donut.title = Some("Free-threaded wheels".into());
    donut.total = Some(360.0);
    donut.source = Some("hugovk.github.io, 2025-10-02".into());
    assert_eq!(
        chart_page(donut, 80),
        "
  Free-threaded wheels

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
fn draw_bars_in_groups() {
    let bars = chart(
        ChartKind::Bar,
        Some("MiB"),
        &["sequential", "processes"],
        &[("one", &[2.1, 6.8]), ("two", &[f64::NAN, 13.25])],
    );
    assert_eq!(
        chart_page(bars, 60),
        "
  sequential  one  ▆▆▆▆                           2.10 MiB
              two                                        –

  processes   one  ▆▆▆▆▆▆▆▆▆▆▆▆▆▆                 6.80 MiB
              two  ▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆  13.25 MiB
"
    );
}

#[test]
fn draw_what_happened_when() {
    let slide = slide(
        "```chart\nkind: timeline\nevents:\n  - {label: PEP 703, on: 2023-10-24}\n  - {label: Phase 1, from: 2024-10-07, until: 2025-10-07}\n  - {label: Phase 2, from: 2025-10-07}\n  - {label: PEP 803, on: 2026-03-30}\n  - {label: Phase 3}\n```\n",
    );
    assert_eq!(
        place(&slide, 0, 80, 12).to_text(),
        "                       2023          2024           2025          2026
  PEP 703  2023-10-24  │           ● │              │             │
  Phase 1  2024-10-07  │             │           ▆▆▆▆▆▆▆▆▆▆▆▆▆▆   │
  Phase 2  2025-10-07  │             │              │          ▆▆▆▆▆▆▆▆▆▆▆▆▆▆▸
  PEP 803  2026-03-30  │             │              │             │   ●
  Phase 3              │             │              │             │          ?
"
    );
    assert_eq!(
        place(&slide, 0, 34, 12).to_text(),
        "           2023       2025
  PEP 703  │   ●      │
  Phase 1  │        ▆▆▆▆▆▆
  Phase 2  │          │   ▆▆▆▆▆▸
  PEP 803  │          │     ●
  Phase 3  │          │        ?
"
    );
}

#[test]
fn draw_lines_with_their_names() {
    let lines = chart(
        ChartKind::Line,
        None,
        &["2025-10-02", "2026-01-01", "2026-06-28"],
        &[
            ("rows", &[115.0, 134.0, 149.0]),
            ("tested", &[76.0, 96.0, 119.0]),
            ("released", &[70.0, 87.0, 117.0]),
        ],
    );
    assert_eq!(
        chart_page(lines, 80),
        "
  149.0 ┤                       ⣀⣀⣀⣀⣀⣀⣀⣀⣀⠤⠤⠤⠤⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠉⠉⠉⠉● rows 149
        │        ⣀⣀⣀⠤⠤⠤⠒⠒⠒⠉●⠉⠉⠉⠉
        │●⠤⠒⠒⠒⠉⠉⠉                               ⢀⡀⣀⢀⡀⣀⣀⠤⣠⡤⠤⠤⠔⠐⠒● tested 119
        │                 ⡀●⢀⡀⡠⠄⠤⠠⠄⠤ ⢒⠐⣂⡒⠐⠮⠌⠡⠝⠊⠑⠓ ⠈⠉ ⠁           released 117
        │     ⢀⡀⣀⠄⠤⠠⠒⠐⣂⡈⢁⡩⠄●⠤ ⠐⠒ ⠊⠉ ⠉⠁
   74.5 ┤●⣐⠭⠈⠥⠔ ⠒⠂ ⠉⠁⠈
        │
        │
        │
        │
    0.0 ┤
        └───────────────────────────────────────────────────────
         2025-10-02   2026-01-01                      2026-06-28
"
    );
}
