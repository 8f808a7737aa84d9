//! A talk as lines of text: for a screen reader, and for a terminal that can do no more. The same app and
//! engine as on a screen; a line that is typed stands for a key, and what changes is told.
//!
//! [`command`] reads lines, [`spoken`] puts slides into words, [`mod@run`] runs, [`hand`] programs that are
//! stepped, [`tell`] finds what is new, and [`mod@fold`] parts long lines. Nothing here draws, and the terminal stays as it is: its own
//! line editing and its Ctrl-C hold.

mod command;
mod fold;
mod hand;
mod outside;
mod run;
mod snippet;
mod spoken;
mod tell;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::tcgetwinsize;

use crate::app::{self, Effect, Event, ImageChoice, KeyMap, Outline, Settings, Setup, State};
use crate::engine::Engine;
use crate::files::{self, Source};
use crate::layout::Size;
use crate::present::place_to_start;
use command::Command;
use tell::Teller;

/// The screen that the app believes in; lines are no longer than its rows where there is no terminal.
const SIZE: Size = Size {
    width: 80,
    height: 24,
};
/// The longest line that is taken in, in bytes.
const LINE_MAX: usize = 1024;

/// What to present.
#[derive(Debug)]
pub struct Options {
    /// The deck.
    pub source: Source,
    /// The slide to begin with: its number from 1, or its id.
    pub start: Option<String>,
    /// What the user set.
    pub settings: Settings,
    /// Which key does what.
    pub keys: Arc<KeyMap>,
}

/// Tells a talk, and obeys lines of standard input until it ends or says so.
///
/// # Errors
/// If the deck can't be opened, or standard output can't be written.
pub fn run(options: Options, out: &mut dyn Write) -> anyhow::Result<()> {
    let opened = files::open(&options.source)?;
    let mut engine =
        Engine::new(options.source, opened).context("failed to prepare for presenting")?;
    let start = place_to_start(
        &mut engine,
        options.start.as_deref(),
        options.settings.learn,
    )?;
    let state = State::new(Setup {
        deck: Arc::clone(engine.deck()),
        size: SIZE,
        settings: Settings {
            images: ImageChoice::Off,
            ..options.settings
        },
        keys: options.keys,
        cores: parade_demos::run::cores_for_workers(),
        progress: start.progress,
        ..Setup::default()
    });
    let mut plain = Plain {
        engine,
        state,
        teller: Teller::default(),
        events: start.notices.into_iter().map(Event::Notice).collect(),
        input: Input::default(),
        began: Instant::now(),
        unanswered: false,
        quits: false,
    };
    let effects = app::begin(&mut plain.state, start.slide);
    plain.perform(effects);
    let ended = plain.go_on(out);
    let _ = plain.engine.end_runs();
    ended
}

struct Plain {
    engine: Engine,
    state: State,
    teller: Teller,
    events: VecDeque<Event>,
    input: Input,
    began: Instant,
    /// A line was obeyed, and nothing was said to it so far.
    unanswered: bool,
    quits: bool,
}

impl Plain {
    fn go_on(&mut self, out: &mut dyn Write) -> anyhow::Result<()> {
        say(&command::welcome(), out)?;
        self.engine.settle_in();
        loop {
            self.settle();
            let news = self.teller.news(&self.state);
            say(&news, out)?;
            if self.quits {
                return Ok(());
            }
            if self.unanswered && !news.is_empty() {
                self.unanswered = false;
            } else if self.unanswered && !self.is_busy() {
                self.unanswered = false;
                say(&["Nothing new.".to_owned()], out)?;
            }
            let waits = !self.input.is_typed && self.is_busy();
            match self.input.next().filter(|_| !waits) {
                Some(line) => self.obey(&line, out)?,
                None if self.input.is_over && !waits => return Ok(()),
                None => self.wait().context("failed to wait for input")?,
            }
        }
    }

    /// Whether a line has not had its effect yet: a run goes on, or slides are read to search them. Lines
    /// from a pipe are there all at once, and each waits until the one before it is done.
    fn is_busy(&self) -> bool {
        self.state.run.is_some() || matches!(self.state.outline, Outline::Asked(_))
    }

    /// Does what a line asks for.
    fn obey(&mut self, line: &str, out: &mut dyn Write) -> io::Result<()> {
        self.input.taken();
        match command::read(line, &self.state) {
            Command::Happen(events) => {
                self.events.extend(events);
                self.unanswered = true;
            }
            Command::Tell(lines) => say(&lines, out)?,
            Command::Again => self.teller.forget(),
        }
        Ok(())
    }

    /// Lets the app take in all that happened.
    fn settle(&mut self) {
        while let Some(event) = self.events.pop_front() {
            let effects = app::update(&mut self.state, event, self.began.elapsed());
            self.perform(effects);
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Quit => self.quits = true,
                Effect::EditOutside(handed) => {
                    let ended = self.engine.end_runs();
                    self.events.extend(ended);
                    let came = outside::edit(&handed);
                    self.events.push_back(Event::EditedOutside { handed, came });
                }
                // Nothing is coloured or drawn, and the shell's own Ctrl-Z suspends.
                Effect::Highlight(..) | Effect::Redraw | Effect::Suspend => {}
                effect => {
                    for event in self.engine.perform(effect).into_iter().rev() {
                        self.events.push_front(event);
                    }
                }
            }
        }
    }

    /// Sleeps until something is typed or happens.
    fn wait(&mut self) -> io::Result<()> {
        let tick = self.state.tick_after();
        let due = self
            .engine
            .due()
            .map(|due| due.saturating_duration_since(Instant::now()));
        let timeout = [tick, due].into_iter().flatten().min().map(timespec);
        let stdin = io::stdin();
        let bell = self.engine.bell();
        let mut sources = [
            PollFd::new(&bell, PollFlags::IN),
            PollFd::new(&stdin, PollFlags::IN),
        ];
        let heard = if self.input.is_over { 1 } else { 2 };
        match poll(&mut sources[..heard], timeout.as_ref()) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let [rung, typed] = sources.map(|source| !source.revents().is_empty());
        if rung {
            self.engine.hush();
        }
        if typed && heard == 2 {
            self.input.read()?;
        }
        self.events.extend(self.engine.collect(Instant::now()));
        if tick.is_some() {
            self.events.push_back(Event::Tick);
        }
        Ok(())
    }
}

/// Writes lines, at once, parted between words where they are longer than the terminal's.
fn say(lines: &[String], out: &mut dyn Write) -> io::Result<()> {
    let terminal = tcgetwinsize(rustix::stdio::stdout()).ok();
    let width = terminal.map(|size| size.ws_col).filter(|width| *width > 0);
    let width = width.unwrap_or(SIZE.width);
    let lines = lines.iter().flat_map(|text| text.split('\n'));
    for line in lines.flat_map(|line| fold::fold(line, width)) {
        writeln!(out, "{line}")?;
    }
    out.flush()
}

/// Lines of standard input, as far as they came.
struct Input {
    bytes: Vec<u8>,
    is_over: bool,
    is_typed: bool,
}

impl Default for Input {
    fn default() -> Self {
        Self {
            bytes: Vec::new(),
            is_over: false,
            is_typed: io::stdin().is_terminal(),
        }
    }
}

impl Input {
    fn read(&mut self) -> io::Result<()> {
        let mut bytes = [0; LINE_MAX];
        match rustix::io::read(io::stdin(), &mut bytes) {
            Ok(0) => self.is_over = true,
            Ok(count) => self.bytes.extend(&bytes[..count]),
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// The next line, if it is whole: by its end, by the input's, or by its length.
    fn next(&self) -> Option<String> {
        let end = self.end()?;
        Some(
            String::from_utf8_lossy(&self.bytes[..end])
                .trim()
                .to_owned(),
        )
    }

    /// The next line was obeyed.
    fn taken(&mut self) {
        if let Some(end) = self.end() {
            let and_its_end = (end + 1).min(self.bytes.len());
            self.bytes.drain(..and_its_end);
        }
    }

    fn end(&self) -> Option<usize> {
        let ended = self.bytes.iter().position(|byte| *byte == b'\n');
        let cut = self.bytes.len() >= LINE_MAX || (self.is_over && !self.bytes.is_empty());
        ended.or_else(|| cut.then_some(self.bytes.len()))
    }
}

fn timespec(duration: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(duration.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: i64::from(duration.subsec_nanos()),
    }
}
