//! The last lines of what a program writes: bounded, whatever it writes.
//!
//! Several streams may run into one tail (a program's output and its errors, as on a terminal): lines
//! are kept in the order in which they end. Nothing here is made fit to be shown; whoever reads the
//! lines of a program does that.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The most lines that are kept.
pub const LINES_MAX: usize = 12;

/// The longest line, in bytes; what comes behind is left out.
pub const LINE_BYTES_MAX: usize = 400;

/// The last lines of all its streams.
#[derive(Debug)]
pub struct Tail(Mutex<Lines>);

#[derive(Debug)]
struct Lines {
    ended: VecDeque<String>,
    /// Of each stream the line whose end has not come yet.
    open: Vec<Line>,
}

/// A line under way.
#[derive(Clone, Debug, Default)]
struct Line {
    bytes: Vec<u8>,
    /// Behind a carriage return: what comes next is written over it.
    returned: bool,
}

impl Tail {
    /// Of so many streams.
    pub fn new(streams: usize) -> Self {
        Self(Mutex::new(Lines {
            ended: VecDeque::new(),
            open: vec![Line::default(); streams],
        }))
    }

    /// Takes what a stream, by its number from 0, has written.
    pub fn write(&self, stream: usize, bytes: &[u8]) {
        let lines = &mut *self.lines();
        // What will have been pushed out by the end of this piece need not come in.
        let ends = bytes.iter().rev().enumerate();
        let mut ends = ends.filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at);
        let skipped = ends
            .nth(LINES_MAX)
            .map_or(0, |from_end| bytes.len() - from_end);
        if skipped > 0 {
            lines.open[stream] = Line::default();
        }
        for &byte in &bytes[skipped..] {
            lines.take(stream, byte);
        }
    }

    /// The last lines, those without an end behind them included.
    pub fn last_lines(&self) -> Vec<String> {
        let lines = self.lines();
        let open = lines.open.iter().filter(|line| !line.bytes.is_empty());
        let open = open.map(Line::text);
        let mut all: Vec<String> = lines.ended.iter().cloned().chain(open).collect();
        all.drain(..all.len().saturating_sub(LINES_MAX));
        all
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lines {
    fn take(&mut self, stream: usize, byte: u8) {
        let line = &mut self.open[stream];
        match byte {
            b'\n' => {
                if self.ended.len() == LINES_MAX {
                    self.ended.pop_front();
                }
                self.ended.push_back(std::mem::take(line).text());
            }
            b'\r' => line.returned = true,
            _ => {
                if std::mem::take(&mut line.returned) {
                    line.bytes.clear();
                }
                if line.bytes.len() < LINE_BYTES_MAX {
                    line.bytes.push(byte);
                }
            }
        }
    }
}

impl Line {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
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
        let kept = "é".repeat(LINE_BYTES_MAX / 2);
        assert_eq!(
            last_lines(&[(0, &long), (0, "\n.")]),
            [kept, ".".to_owned()]
        );
    }
}
