//! The loop: what happened becomes events, what the state wants becomes effects, and a picture is
//! drawn when something changed. Between these it sleeps, without a limit where it may.

use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use signal_hook::consts::SIGHUP;

use super::input::{Decoder, Input};
use super::screen::Screen;
use super::signals::{Signal, is_stoppable, stop_group};
use super::tty::timespec;
use super::{Guard, Signals, Tty};
use crate::app::{self, Effect, Event, Moment, Notice, State};
use crate::engine::Engine;
use crate::theme::Depth;
use crate::view::fit_colours;

/// Asks the terminal for its background's colour (xterm, "OSC 11"). It may never answer; the answer
/// comes among the keys.
pub(super) const BACKGROUND_QUERY: &str = "\x1b]11;?\x1b\\";
/// How long the rest of a key's sequence may take before its beginning counts as keys.
const SEQUENCE_MAX: Duration = Duration::from_millis(50);
/// The most bytes of input taken in before the next frame.
const INPUT_BYTES_MAX: usize = 4096;

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
    question: Question,
    end: Option<End>,
}

/// Where the question for the terminal's background stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    /// To be asked once the first frame is written.
    Unasked,
    /// Not answered yet.
    Asked,
    /// Answered, or not to be asked at all.
    Settled,
}

impl<'a, 'tty> Shell<'a, 'tty> {
    /// The loop, before its first turn. `ask` lets it ask the terminal for its background; `notice`
    /// is told first.
    pub fn new(parts: Parts<'a, 'tty>, ask: bool, notice: Option<Notice>) -> Self {
        Self {
            screen: Screen::new(parts.state.size),
            parts,
            decoder: Decoder::default(),
            events: notice.into_iter().map(Event::Notice).collect(),
            later: Vec::new(),
            question: if ask {
                Question::Unasked
            } else {
                Question::Settled
            },
            end: None,
        }
    }

    /// Shows the slide to start with, from 0, and goes on until the end.
    ///
    /// # Errors
    /// If the system refuses to wait; a terminal that is gone is no error but [`End::Signal`].
    pub fn run(mut self, start: usize) -> io::Result<End> {
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
                if self.question == Question::Asked {
                    self.parts.tty.forget_input();
                }
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

    /// Performs what the next frame waits for, and keeps the rest for after it.
    fn take_on(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Quit => self.end = self.end.or(Some(End::Quit)),
                Effect::Suspend => self.suspend(),
                Effect::Redraw => self.screen.forget(),
                Effect::Parse(_) | Effect::Cancel(_) => {
                    self.events.extend(self.parts.engine.perform(effect));
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

    /// Draws if something changed; while a frame is on its way, the next one waits.
    fn draw(&mut self) {
        let Parts {
            tty,
            state,
            draw,
            depth,
            ..
        } = &mut self.parts;
        if state.dirty && !self.screen.is_busy() {
            state.dirty = false;
            let written = self.screen.show(tty, |buffer| {
                draw(state, buffer);
                fit_colours(buffer, *depth);
            });
            self.hung_up_if(written.is_err());
        }
        if self.question == Question::Unasked && !self.screen.is_busy() {
            self.question = Question::Asked;
            let written = self.parts.tty.write(BACKGROUND_QUERY.as_bytes());
            self.hung_up_if(written.is_err());
        }
    }

    /// Sleeps until something happens, and takes it in.
    fn wait(&mut self) -> io::Result<()> {
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

    fn now(&self) -> Moment {
        self.parts.began.elapsed()
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
            Input::Background { dark } => {
                self.question = Question::Settled;
                self.events.extend(self.parts.engine.background(dark));
                return;
            }
        });
    }

    fn obey_signals(&mut self) {
        let pending: Vec<Signal> = self.parts.signals.pending().collect();
        for signal in pending {
            match signal {
                Signal::Resized => self.resize(),
                Signal::Suspend => self.suspend(),
                Signal::Continued => self.resume(),
                Signal::End(number) => self.end = Some(End::Signal(number)),
            }
        }
    }

    fn resize(&mut self) {
        let size = self.parts.tty.size();
        self.screen.resize(size);
        self.events.push_back(Event::Resize(size));
    }

    /// Ends runs, gives the terminal back, stops with the whole job, and takes the terminal again
    /// when told to go on.
    fn suspend(&mut self) {
        if !is_stoppable() {
            self.events.push_back(Event::Notice(Notice {
                text: "there is no shell to go back to".to_owned(),
                bad: true,
            }));
            return;
        }
        let ended = self.parts.engine.end_runs();
        self.events.extend(ended);
        self.parts.guard.give_back();
        if stop_group().is_ok() {
            self.await_continuation();
        }
        if self.end.is_none() {
            self.resume();
        }
    }

    /// The stop itself may take effect a little after it was asked for: what tells that it is over
    /// is the signal to go on.
    fn await_continuation(&mut self) {
        loop {
            let mut source = [PollFd::new(&*self.parts.signals, PollFlags::IN)];
            // Interrupted or not: what came is looked at.
            let _ = poll(&mut source, None);
            for signal in self.parts.signals.pending() {
                match signal {
                    Signal::Continued => return,
                    Signal::End(number) => {
                        self.end = Some(End::Signal(number));
                        return;
                    }
                    Signal::Resized | Signal::Suspend => {}
                }
            }
        }
    }

    fn resume(&mut self) {
        let retaken = self.parts.guard.retake();
        self.hung_up_if(retaken.is_err());
        self.screen.abandon();
        self.resize();
        self.events.push_back(Event::Resumed);
    }

    fn hung_up_if(&mut self, gone: bool) {
        if gone {
            self.end = self.end.or(Some(End::Signal(SIGHUP)));
        }
    }
}
