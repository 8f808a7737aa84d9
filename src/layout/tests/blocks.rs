//! Tables, code, and what stands in a frame.

use super::*;

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
