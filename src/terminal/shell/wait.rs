//! Sleeping until something happens, and turning it into events: what was typed, what the engine
//! found out, and time that has passed.

use std::io;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

use super::Shell;
use crate::app::{Event, Moment};
use crate::terminal::input::Input;
use crate::terminal::tty::timespec;

/// How long the rest of a key's sequence may take before its beginning counts as keys.
const SEQUENCE_MAX: Duration = Duration::from_millis(50);
/// The most bytes of input taken in before the next frame.
const INPUT_BYTES_MAX: usize = 4096;

impl Shell<'_, '_> {
    /// Sleeps until something happens, and takes it in.
    pub(super) fn wait(&mut self) -> io::Result<()> {
        let (on_tty, on_signals, on_bell) = self.poll()?;
        if on_tty.contains(PollFlags::OUT) {
            let written = self.screen.go_on(self.parts.tty);
            self.hung_up_if(written.is_err());
        }
        if !on_signals.is_empty() {
            self.obey_signals();
        }
        if on_tty.contains(PollFlags::IN) {
            self.read();
        } else {
            self.hung_up_if(
                on_tty.intersects(PollFlags::HUP.union(PollFlags::ERR).union(PollFlags::NVAL)),
            );
            self.decode(on_tty.is_empty());
        }
        if !on_bell.is_empty() {
            self.parts.engine.hush();
        }
        self.events
            .extend(self.parts.engine.collect(Instant::now()));
        if self.tick_at().is_some_and(|at| at <= self.now()) {
            self.events.push_back(Event::Tick);
        }
        Ok(())
    }

    /// What is ready: on the terminal, among the signals, from the engine.
    fn poll(&mut self) -> io::Result<(PollFlags, PollFlags, PollFlags)> {
        let timeout = self.timeout().map(timespec);
        let tty_flags = if self.screen.is_busy() {
            PollFlags::IN | PollFlags::OUT
        } else {
            PollFlags::IN
        };
        let bell = self.parts.engine.bell();
        let mut sources = [
            PollFd::new(self.parts.tty, tty_flags),
            PollFd::new(&*self.parts.signals, PollFlags::IN),
            PollFd::new(&bell, PollFlags::IN),
        ];
        match poll(&mut sources, timeout.as_ref()) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let [tty, signals, bell] = sources;
        Ok((tty.revents(), signals.revents(), bell.revents()))
    }

    /// How long to sleep at most; `None` is for as long as nothing happens.
    fn timeout(&self) -> Option<Duration> {
        if !self.events.is_empty() {
            return Some(Duration::ZERO);
        }
        let now = Instant::now();
        let tick = self.tick_at().map(|at| at.saturating_sub(self.now()));
        let engine = self
            .parts
            .engine
            .due()
            .map(|at| at.saturating_duration_since(now));
        let sequence = self.decoder.waits().then_some(SEQUENCE_MAX);
        [tick, engine, sequence].into_iter().flatten().min()
    }

    fn tick_at(&self) -> Option<Moment> {
        let state = &self.parts.state;
        state.tick_after().map(|after| state.now + after)
    }

    fn read(&mut self) {
        let mut bytes = [0; INPUT_BYTES_MAX];
        match self.parts.tty.read(&mut bytes) {
            Ok(None) => {}
            Ok(Some(count)) if count > 0 => {
                self.decoder.feed(&bytes[..count]);
                self.decode(false);
            }
            Ok(Some(_)) | Err(_) => self.hung_up_if(true),
        }
    }

    /// Takes in whole inputs, and the beginning of one too where its rest was waited for in vain.
    fn decode(&mut self, in_vain: bool) {
        while let Some(input) = self.decoder.next() {
            self.take_in(input);
        }
        if in_vain && self.decoder.waits() {
            if let Some(input) = self.decoder.settle() {
                self.take_in(input);
            }
            self.decode(false);
        }
    }

    fn take_in(&mut self, input: Input) {
        self.events.push_back(match input {
            Input::Key(chord) => Event::Key(chord),
            Input::Paste(text) => Event::Paste(text),
            Input::Mouse(mouse) => Event::Mouse(mouse),
            Input::Background { dark } => return self.hear_background(dark),
            Input::Answer(answer) => return self.hear_of_graphics(answer),
            Input::Cursor { x, y } => return self.hear_cursor((x, y)),
        });
    }
}
