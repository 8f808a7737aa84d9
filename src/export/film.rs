//! Pictures, and when each of them is seen: a run as it went, for whatever moves.
//!
//! Pure: the times are told to it. Each picture is seen at its own time; one that only passes by, because
//! the next follows at once, is left out. It never holds more than so many cells, however long it is: a
//! film that grows too large loses those that pass by ever slower.

use std::time::Duration;

use super::Shot;

/// What is seen for a shorter time, so shortly after another picture, passes by.
const APART: Duration = Duration::from_millis(100);

/// The most cells in all pictures: a hundred seconds of a screen of 80×24.
const CELLS_MAX: usize = 2 << 20;

/// Pictures of one size, in the order of time.
#[derive(Clone, Debug)]
pub struct Film {
    frames: Vec<Frame>,
    apart: Duration,
    length: Duration,
}

/// A picture, and since when it is seen.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The time since the film's beginning.
    pub at: Duration,
    /// What is seen until the next.
    pub shot: Shot,
}

impl Film {
    /// A film that begins with this picture.
    pub fn new(shot: Shot) -> Self {
        let at = Duration::ZERO;
        Self {
            frames: vec![Frame { at, shot }],
            apart: APART,
            length: at,
        }
    }

    /// Another picture is seen.
    pub fn frame(&mut self, at: Duration, shot: Shot) {
        self.length = self.length.max(at);
        match &self.frames[..] {
            [.., last] if last.shot == shot => return,
            [.., before, last] if self.passes_by(before.at, last.at, at) => {
                self.frames.pop();
            }
            _ => {}
        }
        self.frames.push(Frame { at, shot });
        while self.is_too_large() {
            self.thin();
        }
    }

    /// The last picture is seen until then.
    pub fn end(&mut self, at: Duration) {
        self.length = self.length.max(at);
    }

    /// All pictures; there is at least one.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// How long all of it is seen.
    pub fn length(&self) -> Duration {
        self.length
    }

    /// Whether a picture follows the one before too soon, and is followed too soon.
    fn passes_by(&self, before: Duration, at: Duration, next: Duration) -> bool {
        at < before + self.apart && next < at + self.apart
    }

    fn is_too_large(&self) -> bool {
        let cells = self.frames[0].shot.cells.content.len();
        self.frames.len() > 2 && self.frames.len() * cells > CELLS_MAX
    }

    /// Leaves more pictures out, but neither the first nor the last.
    fn thin(&mut self) {
        self.apart *= 2;
        let mut kept: Vec<Frame> = Vec::new();
        let mut frames = std::mem::take(&mut self.frames).into_iter().peekable();
        while let Some(frame) = frames.next() {
            let passes = match (kept.last(), frames.peek()) {
                (Some(before), Some(next)) => self.passes_by(before.at, frame.at, next.at),
                _ => false,
            };
            if !passes {
                kept.push(frame);
            }
        }
        self.frames = kept;
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::*;

    fn film(frames: &[(u64, &str)]) -> Film {
        let shot = |line: &str| Shot::from(Buffer::with_lines([line]));
        let mut film = Film::new(shot(frames[0].1));
        for (at_ms, line) in &frames[1..] {
            film.frame(Duration::from_millis(*at_ms), shot(line));
        }
        film
    }

    #[test]
    fn a_picture_is_seen_at_its_time_unless_it_passes_by() {
        let film = film(&[
            (0, "a"),
            (300, "b"),
            (350, "c"),
            (400, "c"),
            (420, "d"),
            (500, "e"),
        ]);
        let seen: Vec<_> = film
            .frames()
            .iter()
            .map(|frame| (frame.at.as_millis(), frame.shot.cells[(0, 0)].symbol()))
            .collect();
        assert_eq!(seen, [(0, "a"), (300, "b"), (420, "d"), (500, "e")]);
    }

    /// A picture of 512 × 512 cells with a sign in one of them.
    fn large(column: u16, sign: &str) -> Shot {
        let mut cells = Buffer::empty(Rect::new(0, 0, 512, 512));
        cells[(column, 0)].set_symbol(sign);
        Shot::from(cells)
    }

    #[test]
    fn a_long_film_keeps_its_length_and_what_stood_still() {
        let ms = Duration::from_millis;
        let mut film = Film::new(large(0, "a"));
        film.frame(ms(2000), large(0, "b"));
        film.frame(ms(4000), large(0, "c"));
        for index in 1..=20 {
            film.frame(ms(4000) + ms(100) * u32::from(index), large(index, "x"));
        }
        film.end(ms(9000));
        assert!(film.frames().len() * 512 * 512 <= CELLS_MAX);
        let stood = |at: usize| {
            let frame = &film.frames()[at];
            (frame.at, frame.shot.cells[(0, 0)].symbol())
        };
        assert_eq!(
            [0, 1, 2].map(stood),
            [(ms(0), "a"), (ms(2000), "b"), (ms(4000), "c")]
        );
        let last = &film.frames()[film.frames().len() - 1];
        assert_eq!(
            (last.at, last.shot.cells[(20, 0)].symbol()),
            (ms(6000), "x")
        );
        assert_eq!(film.length(), ms(9000));
    }
}
