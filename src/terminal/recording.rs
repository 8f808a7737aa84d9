//! A talk on its way into a file: every picture that its audience sees, as the bytes that draw it on
//! a terminal of its own, so that neither the presenter's colours nor a slow terminal are on it.
//!
//! Each frame is one write of whole lines, and nothing is kept back: however the program ends, the
//! file plays to its last frame.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::time::SystemTime;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Draw;
use super::encode::Encoder;
use crate::app::{Mode, Moment, State};
use crate::export::{Cast, CastEvent, CastHeader, CastVersion};
use crate::layout::Size;

/// Hides the cursor, which parade never shows.
const TAKE: &str = "\x1b[?25l";
/// Shows it again: whoever plays the file in a terminal goes on to work there.
const GIVE_BACK: &str = "\x1b[0m\x1b[?25h";

/// An asciicast that is being written.
#[derive(Debug)]
pub struct Recording {
    file: File,
    cast: Cast,
    draw: Draw,
    encoder: Encoder,
    shown: Buffer,
    next: Buffer,
    /// The moment of the first frame.
    began: Option<Moment>,
    /// The slide that has the newest marker.
    marked: Option<usize>,
    /// Bytes of whole lines in the file.
    written: u64,
    frames: usize,
}

impl Recording {
    /// Begins an empty file.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn begin(file: File, version: CastVersion, draw: Draw, state: &State) -> io::Result<Self> {
        let empty = Buffer::empty(area(state.size));
        let mut recording = Self {
            file,
            cast: Cast::new(version),
            draw,
            encoder: Encoder::default(),
            shown: empty.clone(),
            next: empty,
            began: None,
            marked: None,
            written: 0,
            frames: 0,
        };
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let header = recording.cast.header(&CastHeader {
            size: state.size,
            title: state.deck.front.title.as_deref(),
            timestamp: now.ok().map(|since| since.as_secs()),
            theme: &state.theme,
        });
        recording.write(&header)?;
        Ok(recording)
    }

    /// Adds what the audience sees now, if that is another picture than before, and a marker where a
    /// slide begins.
    ///
    /// # Errors
    /// If it can't be written; what is in the file by then plays.
    pub fn frame(&mut self, now: Moment, state: &State) -> io::Result<()> {
        let audience = state.without_notes();
        let state = audience.as_ref().unwrap_or(state);
        let first = self.began.is_none();
        let at = now.saturating_sub(*self.began.get_or_insert(now));
        let mut lines = String::new();
        if self.next.area != area(state.size) {
            self.next.resize(area(state.size));
            self.shown.resize(area(state.size));
            lines += &self.cast.event(at, CastEvent::Resize(state.size));
            self.clear();
        } else if first {
            self.clear();
        }
        self.next.reset();
        (self.draw)(state, &mut self.next);
        self.encoder.draw(&self.shown, &self.next);
        std::mem::swap(&mut self.shown, &mut self.next);
        let mut change = self.encoder.take();
        if first {
            change.insert_str(0, TAKE);
        }
        if !change.is_empty() {
            self.frames += 1;
            lines += &self.cast.event(at, CastEvent::Output(&change));
        }
        // Behind the frame: a player that stops at the marker shows the slide.
        if let Some(label) = self.label(state) {
            lines += &self.cast.event(at, CastEvent::Marker(&label));
        }
        self.write(&lines)
    }

    /// Ends the recording; the last frame stands until now. Gives the number of frames.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn end(mut self, now: Moment) -> io::Result<usize> {
        let at = now.saturating_sub(self.began.unwrap_or(now));
        let lines = [
            self.cast.event(at, CastEvent::Output(GIVE_BACK)),
            self.cast.event(at, CastEvent::End),
        ];
        self.write(&lines.concat())?;
        Ok(self.frames)
    }

    fn clear(&mut self) {
        self.shown.reset();
        self.encoder.clear();
    }

    /// The name of the slide that begins with this frame. While one searches, slides only pass by.
    fn label(&mut self, state: &State) -> Option<String> {
        let slide = state.page_place.slide;
        let passes = matches!(state.mode, Mode::Search { .. });
        if passes || slide != state.place.slide || self.marked == Some(slide) {
            return None;
        }
        self.marked = Some(slide);
        Some(state.slide_name())
    }

    /// Writes whole lines; what was written of them when the system says no is taken back.
    fn write(&mut self, lines: &str) -> io::Result<()> {
        let written = self.file.write_all(lines.as_bytes());
        if written.is_ok() {
            self.written += lines.len() as u64;
        } else {
            // Neither can be done with a pipe; the first error is the one to tell.
            let _ = self.file.set_len(self.written);
            let _ = self.file.seek(SeekFrom::Start(self.written));
        }
        written
    }
}

fn area(size: Size) -> Rect {
    Rect::new(0, 0, size.width, size.height)
}
