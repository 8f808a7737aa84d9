//! Pictures, and when each of them is seen: a run as it went, for whatever moves.
//!
//! Pure: the times are told to it. It never holds more than so many cells, however long it is: a film
//! that grows too large loses every second picture, and from then on takes half as many.

use std::time::Duration;

use super::Picture;

/// The shortest time between two pictures.
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
    pub picture: Picture,
}

impl Film {
    /// A film that begins with this picture.
    pub fn new(picture: Picture) -> Self {
        let at = Duration::ZERO;
        Self {
            frames: vec![Frame { at, picture }],
            apart: APART,
            length: at,
        }
    }

    /// Another picture is seen. Where it comes too soon after the last, it takes the last one's place.
    pub fn frame(&mut self, at: Duration, picture: Picture) {
        let apart = self.apart;
        self.length = self.length.max(at);
        let Some(last) = self.frames.last_mut() else {
            return;
        };
        if last.picture == picture {
            return;
        }
        if at < last.at + apart {
            last.picture = picture;
            return;
        }
        self.frames.push(Frame { at, picture });
        let cells = |frame: &Frame| frame.picture.content.len();
        if self.frames.iter().map(cells).sum::<usize>() > CELLS_MAX {
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

    /// Every second picture goes, but neither the first nor the last.
    fn thin(&mut self) {
        self.apart *= 2;
        let last = self.frames.len() - 1;
        let mut index = 0;
        self.frames.retain(|_| {
            let stays = index % 2 == 0 || index == last;
            index += 1;
            stays
        });
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::*;

    fn film(frames: &[(u64, &str)]) -> Film {
        let mut film = Film::new(Buffer::with_lines([frames[0].1]));
        for (at_ms, line) in &frames[1..] {
            film.frame(Duration::from_millis(*at_ms), Buffer::with_lines([*line]));
        }
        film
    }

    #[test]
    fn equal_pictures_are_one_and_none_comes_too_soon() {
        let film = film(&[(0, "a"), (300, "b"), (350, "c"), (400, "c"), (500, "d")]);
        let seen: Vec<_> = film
            .frames()
            .iter()
            .map(|frame| (frame.at.as_millis(), frame.picture[(0, 0)].symbol()))
            .collect();
        assert_eq!(seen, [(0, "a"), (300, "c"), (500, "d")]);
    }

    #[test]
    fn a_long_film_keeps_its_length_and_loses_pictures() {
        let blank = Buffer::empty(Rect::new(0, 0, 512, 512));
        let mut film = Film::new(blank.clone());
        let tenth = Duration::from_millis(100);
        for index in 1..=20_u16 {
            let mut picture = blank.clone();
            picture[(index, 0)].set_symbol("x");
            film.frame(tenth * u32::from(index), picture);
        }
        film.end(tenth * 30);
        assert!(film.frames().len() * 512 * 512 <= CELLS_MAX);
        assert_eq!(film.frames()[0].picture, blank);
        assert_eq!(film.length(), tenth * 30);
        assert_eq!(film.frames().last().unwrap().picture[(20, 0)].symbol(), "x");
    }
}
