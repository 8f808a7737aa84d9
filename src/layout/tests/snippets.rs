//! Where what a block of code writes has its room.

use super::*;

/// The first slide's page; each row of a slot begins with the number of what it is of.
fn page_with_slots(markdown: &str, width: u16, height: u16) -> String {
    let page = place(&slide(markdown), REVEALED, width, height);
    let mut rows: Vec<Vec<char>> = page
        .to_text()
        .lines()
        .map(|line| line.chars().collect())
        .collect();
    for slot in &page.slots {
        let SlotContent::Snippet(number) = slot.content else {
            continue;
        };
        let x = usize::from(slot.area.x);
        for row in &mut rows[slot.area.y as usize..slot.area.end()] {
            if row.len() <= x {
                row.resize(x + 1, ' ');
            }
            row[x] = char::from_digit(number as u32, 10).unwrap();
        }
    }
    let rows = rows.iter().map(|row| row.iter().collect::<String>());
    rows.map(|row| row + "\n").collect()
}

#[test]
fn output_stands_below_its_code_and_has_what_is_left_of_the_page() {
    assert_eq!(
        page_with_slots("# Title\n\n```sh +exec\necho\n```\n\nBelow\n", 40, 15),
        "  Title


    echo

  0
  0
  0
  0
  0
  0
  0
  0

  Below
"
    );
}

#[test]
fn several_share_the_page() {
    let markdown =
        "```sh +exec\none\n```\n\n```sh +exec\ntwo\n```\n\n```sh +exec +pty\nthree\n```\n";
    assert_eq!(
        page_with_slots(markdown, 40, 25),
        "

    one

  0
  0
  0
  0
  0
  0


    two

  1
  1
  1
  1
  1
  1


    three

    not run: +pty is not supported
"
    );
}

#[test]
fn output_can_take_the_place_of_its_code() {
    let markdown = "```sh +exec_replace\none\ntwo\n```\n\nBelow\n";
    assert_eq!(
        page_with_slots(markdown, 40, 12),
        "  0
  0 one
  0 two
  0
  0
  0
  0
  0
  0
  0

  Below
"
    );
}

#[test]
fn output_can_stand_elsewhere() {
    let markdown = "<!-- column_layout: [1, 1] -->\n\n<!-- column: 0 -->\n\n```sh +exec +id:a\none\n```\n\n\
                    <!-- column: 1 -->\n\n<!-- snippet_output: a -->\n";
    assert_eq!(
        page_with_slots(markdown, 40, 12),
        "                     0
    one              0
                     0
                     0
                     0
                     0
                     0
                     0
                     0
                     0
                     0
                     0
"
    );
}

#[test]
fn output_beside_its_code_is_as_high_as_that() {
    let markdown = "<!-- column_layout: [1, 1] -->
<!-- column: 0 -->
```sh +exec +id:all
1
2
3
4
5
```
<!-- column: 1 -->
<!-- snippet_output: all -->
<!-- reset_layout -->
Below
";
    assert_eq!(
        page_with_slots(markdown, 40, 20),
        "
                     0
    1                0
    2                0
    3                0
    4                0
    5                0
                     0

  Below
"
    );
}
