//! Running text: lists, quotes, and where lines break.

use super::*;

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
fn set_tasks_in_tasks() {
    let markdown = "
- [ ] open
  - [x] done
  - neither
- [x] closed
";
    assert_eq!(
        page(markdown, 34, 12),
        "  ☐ open
    ☑ done
    ◦ neither
  ☑ closed
"
    );
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
fn set_an_alert_with_a_title_of_its_own() {
    let markdown = "
> [!tip] Keep *it* short
> And say why.
>
> - once

> [!shout] is no kind
";
    assert_eq!(
        page(markdown, 40, 12),
        "  ▌ ✓ Tip
  ▌ Keep it short
  ▌
  ▌ And say why.
  ▌
  ▌ • once

  ▌ [!shout] is no kind
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
