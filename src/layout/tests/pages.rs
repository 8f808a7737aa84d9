//! What stands where on a page.

use super::*;
use crate::deck::Demo;

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

#[test]
fn draw_an_arrow_as_far_as_the_next_column() {
    let markdown = "
<!-- column_layout: [1, 1] -->
<!-- column: 0 -->
~~Threads~~ ── free ──▶

on ──▶ from here
<!-- column: 1 -->
**Threads** ──▶
";
    assert_eq!(
        page(markdown, 64, 9),
        "  Threads ── free ───────────▶    Threads ──▶

  on ──▶ from here
"
    );
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
            edited: false,
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
            let SlotContent::Demo(name) = slot.content else {
                panic!("there are demos alone")
            };
            (name, slot.area.y, slot.area.height)
        });
        slots.collect()
    };
    // A margin, the title, the paragraph above, each with a blank row; then the one below.
    assert_eq!(slots(30), [("one".into(), 5, 23), ("two".into(), 5, 23)]);
    assert_eq!(slots(10), [("one".into(), 4, 12), ("two".into(), 4, 12)]);
}
