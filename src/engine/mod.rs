//! The outside world: performs effects and tells what came of them as events.
//!
//! What takes long happens on threads of its own, which ring the [`Bell`]; the loop that owns the
//! engine hears it and collects. Nothing here knows the terminal or draws.

mod bell;
mod outline;
mod runs;

use std::io;
use std::os::fd::BorrowedFd;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Instant;

pub use bell::Bell;
use runs::Runs;

use crate::app::{Effect, Event};
use crate::deck::Deck;
use crate::files::Opened;
use crate::parse::{self, Files};

/// The most answers of threads that wait to be collected; a thread with one more waits.
const ANSWERS_MAX: usize = 256;

/// What threads that parse need for their stacks.
const STACK_BYTES: usize = 1 << 20;

/// Performs effects.
pub struct Engine {
    deck: Arc<Deck>,
    files: Arc<dyn Files + Send + Sync>,
    bell: Bell,
    answers: Receiver<Event>,
    answer: SyncSender<Event>,
    runs: Runs,
}

impl Engine {
    /// An engine for this deck, with nothing to do yet.
    ///
    /// # Errors
    /// If the system refuses a pipe or a thread.
    pub fn new(opened: Opened) -> io::Result<Self> {
        let bell = Bell::new()?;
        let (answer, answers) = sync_channel(ANSWERS_MAX);
        Ok(Self {
            deck: Arc::new(opened.deck),
            files: opened.files,
            runs: Runs::new(bell.clone())?,
            bell,
            answers,
            answer,
        })
    }

    /// The deck as it was read last.
    pub fn deck(&self) -> &Arc<Deck> {
        &self.deck
    }

    /// Readable when there is something to [`Engine::collect`].
    pub fn bell(&self) -> BorrowedFd<'_> {
        self.bell.hearing()
    }

    /// Stops the bell's ringing; what it rang for is collected next.
    pub fn hush(&self) {
        self.bell.hush();
    }

    /// When something is to be collected without the bell.
    pub fn due(&self) -> Option<Instant> {
        self.runs.due()
    }

    /// Does what is asked for, or begins to. What can be answered at once is.
    pub fn perform(&mut self, effect: Effect) -> Vec<Event> {
        match effect {
            Effect::Parse(index) => vec![Event::Parsed {
                index,
                slide: Arc::new(parse::slide(&self.deck, index, &*self.files)),
            }],
            Effect::Start {
                run,
                spec,
                trusted,
                earlier,
            } => self
                .runs
                .start(run, *spec, trusted, earlier.map(|earlier| *earlier)),
            Effect::Set { run, name, value } => self.runs.set(run, &name, &value),
            Effect::Cancel(run) => self.runs.cancel(run),
            Effect::Outline => {
                let deck = Arc::clone(&self.deck);
                self.answer_later("outline", move || {
                    Event::Outlined(Arc::new(outline::outline(&deck)))
                });
                Vec::new()
            }
            // The loop's own, or without an answer so far.
            _ => Vec::new(),
        }
    }

    /// What happened since the last call.
    pub fn collect(&mut self, now: Instant) -> Vec<Event> {
        let mut events: Vec<Event> = self.answers.try_iter().collect();
        events.extend(self.runs.collect(now));
        events
    }

    /// Takes in whether the terminal's background is dark.
    pub fn background(&mut self, _dark: bool) -> Vec<Event> {
        Vec::new()
    }

    /// Ends all runs, waits until nothing of them is left, and tells what came out.
    pub fn end_runs(&mut self) -> Vec<Event> {
        self.runs.end()
    }

    /// Answers from a thread of its own. Without one there is no answer, and the talk goes on.
    fn answer_later(&self, name: &str, work: impl FnOnce() -> Event + Send + 'static) {
        let (answer, bell) = (self.answer.clone(), self.bell.clone());
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .stack_size(STACK_BYTES);
        let _ = thread.spawn(move || {
            // Nobody is left to hear it once the app has ended.
            let _ = answer.send(work());
            bell.ring();
        });
    }
}
