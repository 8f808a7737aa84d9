//! The loop: what happened becomes events, what the state wants becomes effects, and a picture is
//! drawn when something changed. Between these it sleeps, without a limit where it may.

mod job;
mod leaving;
mod outside;
pub(super) mod question;
mod wait;

use std::collections::VecDeque;
use std::io;
use std::time::Instant;

use ratatui::buffer::Buffer;
use signal_hook::consts::SIGHUP;

use super::clipboard::copy;
use super::input::Decoder;
use super::screen::{Over, Screen};
use super::{Guard, Means, Recording, Signals, Tty};
use crate::app::{self, Effect, Event, Graphics, Moment, Notice, Protocol, State};
use crate::engine::Engine;
use crate::layout::Area;
use crate::theme::Depth;
use crate::view::{fit_colours, large_text, leave_out};
use leaving::Left;
pub use question::Curiosity;
use question::Questions;

/// Why the loop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The user quit.
    Quit,
    /// A signal wants the process to end; a terminal that disappeared counts as its SIGHUP.
    Signal(i32),
}

/// Draws the app as it is.
pub type Draw = fn(&State, &mut Buffer);

/// What [`Shell::new`] brings together.
pub struct Parts<'a, 'tty> {
    /// Where to read and write.
    pub tty: &'tty Tty,
    /// Who takes and gives it back.
    pub guard: &'a mut Guard<'tty>,
    /// What else can happen to the process.
    pub signals: &'a mut Signals,
    /// The outside world.
    pub engine: &'a mut Engine,
    /// The app.
    pub state: State,
    /// Its picture.
    pub draw: Draw,
    /// The colours that the terminal can show.
    pub depth: Depth,
    /// How images get to the terminal.
    pub images: Means,
    /// What the audience sees is also written there.
    pub recording: Option<Recording>,
    /// When the process began.
    pub began: Instant,
}

/// The loop and all that it looks after.
pub struct Shell<'a, 'tty> {
    parts: Parts<'a, 'tty>,
    screen: Screen,
    decoder: Decoder,
    events: VecDeque<Event>,
    /// Effects that the next frame need not wait for.
    later: Vec<Effect>,
    questions: Questions,
    /// The slide that is being left.
    left: Option<Left>,
    end: Option<End>,
}

impl<'a, 'tty> Shell<'a, 'tty> {
    /// The loop, before its first turn. It asks the terminal for what it is curious about; `notices`
    /// are told first.
    pub fn new(parts: Parts<'a, 'tty>, curiosity: Curiosity, notices: Vec<Notice>) -> Self {
        Self {
            screen: Screen::new(parts.state.size),
            parts,
            decoder: Decoder::default(),
            events: notices.into_iter().map(Event::Notice).collect(),
            later: Vec::new(),
            questions: Questions::new(curiosity),
            left: None,
            end: None,
        }
    }

    /// Shows the slide to start with, from 0, and goes on until the end.
    ///
    /// # Errors
    /// If the system refuses to wait; a terminal that is gone is no error but [`End::Signal`].
    pub fn run(mut self, start: usize) -> io::Result<End> {
        if let Means::By(protocol) = self.parts.images {
            self.show_images_by(protocol, None);
        }
        let effects = app::begin(&mut self.parts.state, start);
        self.take_on(effects);
        self.settle();
        self.draw();
        self.parts.engine.settle_in();
        loop {
            self.settle();
            if self.end.is_none() {
                self.draw();
                self.perform_later();
            }
            if let Some(end) = self.end {
                self.keep_last();
                self.end_recording();
                return Ok(end);
            }
            self.wait()?;
        }
    }

    /// Lets the app take in all that happened.
    fn settle(&mut self) {
        while let Some(event) = self.events.pop_front() {
            let now = self.now();
            let effects = app::update(&mut self.parts.state, event, now);
            self.take_on(effects);
        }
    }

    /// Performs what the next frame waits for, and keeps the rest for after it. What was asked for before
    /// something that can't wait is done before it.
    fn take_on(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Quit => self.end = self.end.or(Some(End::Quit)),
                Effect::Suspend => {
                    self.perform_later();
                    self.suspend();
                }
                Effect::EditOutside(handed) => {
                    self.perform_later();
                    self.edit_outside(handed);
                }
                Effect::Redraw => self.screen.forget(),
                Effect::Copy(text) => {
                    let sent = self.screen.send(self.parts.tty, &copy(&text));
                    self.hung_up_if(sent.is_err());
                }
                // Asked for even if the console ends with the next key.
                Effect::Cancel(_) | Effect::Ask(_) => {
                    self.perform_later();
                    self.events.extend(self.parts.engine.perform(effect));
                }
                // Keys that were typed ahead mean the slide that they were typed for.
                Effect::Parse(_) => {
                    for event in self.parts.engine.perform(effect).into_iter().rev() {
                        self.events.push_front(event);
                    }
                }
                effect => self.later.push(effect),
            }
        }
    }

    fn perform_later(&mut self) {
        for effect in std::mem::take(&mut self.later) {
            self.events.extend(self.parts.engine.perform(effect));
        }
    }

    /// What is not kept or saved yet is; nothing else matters any more.
    fn keep_last(&mut self) {
        let now = self.now();
        self.later
            .extend(app::update(&mut self.parts.state, Event::Ending, now));
        self.later
            .retain(|effect| matches!(effect, Effect::Keep(_) | Effect::SaveResult(..)));
        self.perform_later();
    }

    /// Draws if something changed; while a frame is on its way, the next one waits.
    fn draw(&mut self) {
        if self.parts.state.dirty && !self.screen.is_busy() {
            self.parts.state.dirty = false;
            self.show();
            self.record();
        }
        if !self.screen.is_busy() {
            self.ask();
        }
    }

    /// Shows images by this protocol from now on, where the terminal said that it can.
    fn show_images_by(&mut self, protocol: Protocol, cell: Option<(u16, u16)>) {
        let cell = self.parts.tty.cell().or(cell);
        self.screen.show_images_by(protocol);
        if protocol == Protocol::Kitty {
            self.parts.guard.has_images();
        }
        let graphics = Graphics::new(protocol, cell);
        self.events.push_back(Event::Graphics(graphics));
    }

    /// Shows the picture of now on the terminal.
    fn show(&mut self) {
        let large = if self.questions.scales {
            large_text(&self.parts.state, self.parts.depth)
        } else {
            Vec::new()
        };
        let images = self.parts.state.placed_images();
        self.keep_left(large.is_empty() && images.is_empty());
        let (state, left) = (&self.parts.state, &self.left);
        // Nothing can be clicked while it moves.
        let links = if state.settings.links && !left.as_ref().is_some_and(Left::moves) {
            state.links()
        } else {
            Vec::new()
        };
        let Parts {
            tty, draw, depth, ..
        } = &self.parts;
        let hidden: Vec<Area> = images.iter().map(|image| image.area).collect();
        let over = Over {
            links,
            large,
            images,
        };
        let written = self.screen.show(tty, over, |buffer| {
            draw(state, buffer);
            leave_out(buffer, &hidden, &state.theme);
            fit_colours(buffer, *depth);
            if let Some(left) = left {
                left.mix(state, buffer);
            }
        });
        self.hung_up_if(written.is_err());
    }

    /// Adds the picture to the recording. One that can't go on ends, and the talk doesn't.
    fn record(&mut self) {
        let now = self.now();
        let Parts {
            recording, state, ..
        } = &mut self.parts;
        let Some(error) = recording
            .as_mut()
            .and_then(|recording| recording.frame(now, state).err())
        else {
            return;
        };
        *recording = None;
        let text = format!("failed to go on recording: {error}; what was recorded until now plays");
        self.events
            .push_back(Event::Notice(Notice { text, bad: true }));
    }

    /// The recording's last line.
    fn end_recording(&mut self) {
        let now = self.now();
        if let Some(recording) = self.parts.recording.take() {
            // Without it the file plays all the same, and the terminal is not ours to speak on.
            let _ = recording.end(now);
        }
    }

    fn now(&self) -> Moment {
        self.parts.began.elapsed()
    }

    fn hung_up_if(&mut self, gone: bool) {
        if gone {
            self.end = self.end.or(Some(End::Signal(SIGHUP)));
        }
    }
}
