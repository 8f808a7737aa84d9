//! The last lines of what a program writes: bounded, whatever it writes.
//!
//! Several streams may run into one tail (a program's output and its errors, as on a terminal): lines
//! are kept in the order in which they end. Nothing here is made fit to be shown; whoever reads the
//! lines of a program does that.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The most lines that are kept.
pub const LINES_MAX: usize = 12;

/// The longest line, in bytes; what comes behind is left out, and `…` stands for it.
pub const LINE_BYTES_MAX: usize = 400;

/// The last lines of all its streams.
#[derive(Debug)]
pub struct Tail {
    lines_max: usize,
    line_bytes_max: usize,
    lines: Mutex<Lines>,
}

/// What has come since it was last taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// How many lines came before these and were not kept.
    pub left_out: u64,
    /// Lines that have ended.
    pub ended: Vec<String>,
    /// The lines without an end so far.
    pub open: Vec<String>,
}

#[derive(Debug)]
struct Lines {
    ended: VecDeque<String>,
    left_out: u64,
    /// Of each stream the line whose end has not come yet.
    open: Vec<Line>,
}

/// A line under way.
#[derive(Clone, Debug, Default)]
struct Line {
    bytes: Vec<u8>,
    /// Behind a carriage return: what comes next is written over it.
    returned: bool,
    /// Some of it was left out.
    cut: bool,
}

impl Tail {
    /// Of so many streams.
    pub fn new(streams: usize) -> Self {
        Self::within(streams, LINES_MAX, LINE_BYTES_MAX)
    }

    /// Of so many streams, with bounds of its own.
    pub fn within(streams: usize, lines_max: usize, line_bytes_max: usize) -> Self {
        Self {
            lines_max,
            line_bytes_max,
            lines: Mutex::new(Lines {
                ended: VecDeque::new(),
                left_out: 0,
                open: vec![Line::default(); streams],
            }),
        }
    }

    /// Takes what a stream, by its number from 0, has written.
    pub fn write(&self, stream: usize, bytes: &[u8]) {
        let lines = &mut *self.lines();
        // What will have been pushed out by the end of this piece need not come in.
        let ends = bytes.iter().rev().enumerate();
        let mut ends = ends.filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at);
        let skipped = ends
            .nth(self.lines_max)
            .map_or(0, |from_end| bytes.len() - from_end);
        if skipped > 0 {
            lines.open[stream] = Line::default();
            let ended = bytes[..skipped].iter().filter(|byte| **byte == b'\n');
            lines.left_out += ended.count() as u64;
        }
        for &byte in &bytes[skipped..] {
            self.take_byte(lines, stream, byte);
        }
    }

    fn take_byte(&self, lines: &mut Lines, stream: usize, byte: u8) {
        let line = &mut lines.open[stream];
        match byte {
            b'\n' => {
                if lines.ended.len() == self.lines_max {
                    lines.ended.pop_front();
                    lines.left_out += 1;
                }
                lines.ended.push_back(std::mem::take(line).text());
            }
            b'\r' => line.returned = true,
            _ => {
                if line.returned {
                    *line = Line::default();
                }
                if line.bytes.len() < self.line_bytes_max {
                    line.bytes.push(byte);
                } else {
                    line.cut = true;
                }
            }
        }
    }

    /// The last lines, those without an end behind them included.
    pub fn last_lines(&self) -> Vec<String> {
        let lines = self.lines();
        let mut all: Vec<String> = lines.ended.iter().cloned().chain(lines.open()).collect();
        all.drain(..all.len().saturating_sub(self.lines_max));
        all
    }

    /// What has come since the last time. The ended lines are handed over and not kept.
    pub fn take(&self) -> Taken {
        let mut lines = self.lines();
        Taken {
            left_out: std::mem::take(&mut lines.left_out),
            ended: std::mem::take(&mut lines.ended).into(),
            open: lines.open().collect(),
        }
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lines {
    fn open(&self) -> impl Iterator<Item = String> + '_ {
        let open = self.open.iter().filter(|line| !line.bytes.is_empty());
        open.map(Line::text)
    }
}

impl Line {
    fn text(&self) -> String {
        let mut text = String::from_utf8_lossy(&self.bytes).into_owned();
        text.extend(self.cut.then_some('…'));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last_lines(pieces: &[(usize, &str)]) -> Vec<String> {
        let tail = Tail::new(2);
        for (stream, piece) in pieces {
            tail.write(*stream, piece.as_bytes());
        }
        tail.last_lines()
    }

    #[test]
    fn keeps_lines_in_the_order_in_which_they_end() {
        // Pieces of the first stream, but for those that begin with `!`.
        let table = [
            ("", ""),
            ("one\ntwo", "one|two"),
            ("o;ne\n;\n", "one|"),
            ("begun ;!oh\n;ended\n", "oh|begun ended"),
            ("10 %\r20 %\r30 %\r", "30 %"),
            ("dos\r\nends\r\n", "dos|ends"),
        ];
        for (pieces, expected) in table {
            let stream = |piece: &'static str| match piece.strip_prefix('!') {
                Some(piece) => (1, piece),
                None => (0, piece),
            };
            let pieces: Vec<_> = pieces.split(';').map(stream).collect();
            assert_eq!(last_lines(&pieces).join("|"), expected, "{pieces:?}");
        }
    }

    #[test]
    fn keeps_within_its_bounds() {
        let many: Vec<String> = (0..100_000).map(|number: u32| number.to_string()).collect();
        let many = many.join("\n");
        let expected: Vec<String> = (99_988..100_000).map(|n: u32| n.to_string()).collect();
        assert_eq!(last_lines(&[(0, &many)]), expected);
        let long = "é".repeat(LINE_BYTES_MAX);
        let kept = "é".repeat(LINE_BYTES_MAX / 2) + "…";
        assert_eq!(
            last_lines(&[(0, &long), (0, "\n.")]),
            [kept, ".".to_owned()]
        );
    }

    #[test]
    fn hands_over_what_has_come_and_counts_what_it_left_out() {
        let tail = Tail::within(1, 2, 10);
        let taken = |left_out, ended: &[&str], open: &[&str]| Taken {
            left_out,
            ended: ended.iter().map(|&line| line.to_owned()).collect(),
            open: open.iter().map(|&line| line.to_owned()).collect(),
        };
        tail.write(0, b"one\ntw");
        assert_eq!(tail.take(), taken(0, &["one"], &["tw"]));
        assert_eq!(tail.take(), taken(0, &[], &["tw"]));
        tail.write(0, b"o\n3\n");
        tail.write(0, b"4\n5\n6\n7\n");
        assert_eq!(tail.take(), taken(4, &["6", "7"], &[]));
        assert_eq!(tail.take(), Taken::default());
    }
}
