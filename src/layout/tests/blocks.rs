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
fn say_why_an_image_is_not_shown() {
    assert_eq!(
        page("![A cook who is busy chopping](cook.png)", 40, 9),
        "

  ┌─ image ──────────────────────────┐
  │   A cook who is busy chopping    │
  │      there is no such file       │
  └──────────────────────────────────┘
"
    );
}

/// An image of so many pixels.
fn image(width: u32, height: u32, step: u16) -> Block {
    let file = ImageFile {
        width,
        height,
        ..ImageFile::default()
    };
    let image = Image {
        alt: "a cook".to_owned(),
        file: ImageFound::Known(file),
        ..Image::default()
    };
    Block {
        step,
        ..block(BlockKind::Image(image))
    }
}

/// Columns and rows of a slide's images, from where to where.
fn images(blocks: Vec<Block>, step: u16) -> Vec<(u16, u32, u16, u16)> {
    let slide = Slide {
        title: Some(vec![Inline::Text("Title".to_owned())]),
        blocks,
        ..Slide::default()
    };
    let page = place(&slide, step, 80, 23);
    let areas = page.images.iter().map(|spot| spot.area);
    areas
        .map(|area| (area.x, area.y, area.width, area.height))
        .collect()
}

#[test]
fn leave_room_for_images() {
    let text = || slide("text").blocks.remove(0);
    // Alone on its slide it stands in the middle, below text at the left.
    assert_eq!(images(vec![image(400, 200, 0)], 0), [(20, 7, 40, 10)]);
    assert_eq!(
        images(vec![text(), image(400, 200, 0)], 0),
        [(2, 5, 40, 10)]
    );
    // What is too high is made as low as it must be, whether it is revealed or not.
    let two = || vec![text(), image(800, 400, 0), image(400, 100, 1)];
    assert_eq!(images(two(), 0), [(2, 5, 48, 12)]);
    assert_eq!(images(two(), 1), [(2, 5, 48, 12), (2, 18, 40, 5)]);
    let page = slide("a\n\n- b");
    let listed = vec![
        page.blocks[0].clone(),
        image(400, 200, 0),
        page.blocks[1].clone(),
    ];
    assert_eq!(images(listed, 0), [(2, 5, 40, 10)]);
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
