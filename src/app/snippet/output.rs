//! Which rows of a snippet's output are seen: lines wrapped to a width, followed at their end or
//! scrolled back.

use std::ops::Range;

use parade_demos::line::{Line, Pen};

use super::{SnippetKey, SnippetState};
use crate::app::State;
use crate::layout::{Size, SlotContent, prefix};

/// Columns left of the output, as code has them.
pub(super) const INDENT: u16 = 2;

/// Which part of an output is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutputScroll {
    /// Its end, whatever comes.
    #[default]
    End,
    /// From this row on.
    From(Anchor),
}

/// A row of an output, whatever comes behind it and is forgotten before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor {
    /// The number of its line, those that are not kept any more included.
    line: u64,
    /// The byte with which it begins.
    byte: usize,
}

/// The rows of an output that are seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output<'a> {
    /// From the top; each fits the room.
    pub rows: Vec<OutputRow<'a>>,
    /// Rows above them.
    pub above: usize,
    /// Rows below them.
    pub below: usize,
}

/// As much of a line as fits into a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputRow<'a> {
    line: &'a Line,
    part: Range<usize>,
    anchor: Anchor,
}

impl<'a> OutputRow<'a> {
    /// Its text.
    pub fn text(&self) -> &'a str {
        &self.line.text[self.part.clone()]
    }

    /// Its text in stretches of one pen each.
    pub fn stretches(&self) -> impl Iterator<Item = (&'a str, Pen)> + use<'a> {
        self.line.stretches(self.part.clone())
    }
}

impl SnippetState {
    /// The rows that are seen in a room of this size, whose last row tells how the snippet stands.
    pub fn output(&self, room: Size) -> Output<'_> {
        let all = self.rows(room.width);
        let height = usize::from(room.height.saturating_sub(1));
        let last = all.len().saturating_sub(height);
        let first = match self.scroll {
            OutputScroll::End => last,
            OutputScroll::From(anchor) => all.partition_point(|row| row.anchor < anchor).min(last),
        };
        let end = (first + height).min(all.len());
        Output {
            rows: all[first..end].to_vec(),
            above: first,
            below: all.len() - end,
        }
    }

    /// All lines, in as many rows as they take.
    fn rows(&self, width: u16) -> Vec<OutputRow<'_>> {
        let width = width.saturating_sub(INDENT).max(1);
        let Some(snapshot) = self.snapshot.as_deref() else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        for (number, line) in (snapshot.left_out..).zip(&snapshot.lines) {
            let mut begin = 0;
            loop {
                let rest = &line.text[begin..];
                let (head, _) = prefix(rest, width);
                // Not even one character fits: the picture cuts it.
                let bytes = if head.is_empty() {
                    rest.len()
                } else {
                    head.len()
                };
                rows.push(OutputRow {
                    line,
                    part: begin..begin + bytes,
                    anchor: Anchor {
                        line: number,
                        byte: begin,
                    },
                });
                begin += bytes;
                if begin == line.text.len() {
                    break;
                }
            }
        }
        rows
    }

    /// Scrolls by rows; says whether it moved.
    fn scroll_by(&mut self, by: i32, room: Size) -> bool {
        let seen = self.output(room);
        let (first, last) = (seen.above, seen.above + seen.below);
        let by_rows = usize::try_from(by.unsigned_abs()).unwrap_or(usize::MAX);
        let to = if by < 0 {
            first.saturating_sub(by_rows)
        } else {
            first.saturating_add(by_rows).min(last)
        };
        let rows = self.rows(room.width);
        let row = rows.get(to).filter(|_| to < last);
        self.scroll = row.map_or(OutputScroll::End, |row| OutputScroll::From(row.anchor));
        to != first
    }
}

impl State {
    /// Whether the output of the snippet in focus has more rows than its room.
    pub(in crate::app) fn output_overflows(&self) -> bool {
        self.snippet_in_focus().is_some_and(|(key, snippet)| {
            self.output_room(key).is_some_and(|room| {
                let seen = snippet.output(room);
                seen.above + seen.below > 0
            })
        })
    }

    /// Scrolls the output of the snippet in focus; says whether it moved.
    pub(in crate::app) fn scroll_output_in_focus(&mut self, by: i32) -> bool {
        let key = self.snippet.clone();
        key.is_some_and(|key| self.scroll_output(&key, by))
    }

    /// Scrolls a snippet's output; says whether it moved.
    pub(in crate::app) fn scroll_output(&mut self, key: &SnippetKey, by: i32) -> bool {
        let Some(room) = self.output_room(key) else {
            return false;
        };
        let moved = self
            .snippets
            .get_mut(key)
            .is_some_and(|snippet| snippet.scroll_by(by, room));
        self.dirty |= moved;
        moved
    }

    /// The room that the page has for a snippet's output.
    fn output_room(&self, key: &SnippetKey) -> Option<Size> {
        let content = SlotContent::Snippet(key.number);
        let mut slots = self.page.slots.iter();
        let slot = slots.find(|slot| slot.content == content)?;
        Some(slot.area.size())
    }
}

#[cfg(test)]
mod tests {
    use parade_demos::snippet::SnippetSnapshot;

    use super::*;
    use crate::deck::Snippet;

    fn ran(lines: &[&str]) -> SnippetState {
        let snapshot = SnippetSnapshot {
            lines: lines.iter().map(|&line| line.into()).collect(),
            ..SnippetSnapshot::default()
        };
        SnippetState {
            snapshot: Some(Box::new(snapshot)),
            ..SnippetState::new(&Snippet::default())
        }
    }

    #[test]
    fn follows_the_end_until_it_is_scrolled_back() {
        let mut snippet = ran(&["one", "two", "three four", "", "日本"]);
        let room = Size {
            width: 7,
            height: 3,
        };
        let seen = |snippet: &SnippetState| {
            let Output { rows, above, below } = snippet.output(room);
            let rows: Vec<&str> = rows.iter().map(OutputRow::text).collect();
            format!("{above} {rows:?} {below}")
        };
        for (by, expected, moved) in [
            (0, r#"4 ["", "日本"] 0"#, false),
            (1, r#"4 ["", "日本"] 0"#, false),
            (-1, r#"3 [" four", ""] 1"#, true),
            (-9, r#"0 ["one", "two"] 4"#, true),
            (-1, r#"0 ["one", "two"] 4"#, false),
            (3, r#"3 [" four", ""] 1"#, true),
            (9, r#"4 ["", "日本"] 0"#, true),
        ] {
            assert_eq!(snippet.scroll_by(by, room), moved, "{by}");
            assert_eq!(seen(&snippet), expected, "{by}");
        }
        assert_eq!(snippet.scroll, OutputScroll::End);
    }

    #[test]
    fn a_row_that_is_read_stays_while_lines_are_forgotten() {
        let room = Size {
            width: 7,
            height: 3,
        };
        let mut snippet = ran(&["0", "1", "2 two", "3", "4", "5"]);
        snippet.scroll_by(-2, room);
        for (left_out, lines, expected) in [
            (1, ["1", "2 two", "3", "4", "5", "6"], "2 two"),
            (2, ["2 two", "3", "4", "5", "6", "7"], "2 two"),
            (9, ["9", "10", "11", "12", "13", "14"], "9"),
        ] {
            let snapshot = SnippetSnapshot {
                left_out,
                ..*ran(&lines).snapshot.unwrap()
            };
            snippet.snapshot = Some(Box::new(snapshot));
            assert_eq!(snippet.output(room).rows[0].text(), expected);
        }
    }

    #[test]
    fn fits_any_room() {
        let snippet = ran(&["日本"]);
        for (width, height) in [(0, 0), (1, 1), (3, 2), (300, 100)] {
            let seen = snippet.output(Size { width, height });
            assert!(seen.rows.len() < usize::from(height.max(1)));
        }
        assert_eq!(
            SnippetState::new(&Snippet::default()).output(Size::default()),
            Output::default()
        );
    }
}
