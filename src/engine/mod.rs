//! The outside world: performs effects and tells what came of them as events.
//!
//! What takes long happens on threads of its own, which ring the [`Bell`]; the loop that owns the
//! engine hears it and collects. Nothing here knows the terminal or draws.

mod bell;
mod child;
mod console;
mod highlighter;
mod outline;
mod outside;
mod pictures;
pub mod progress;
mod reload;
mod replay;
mod runs;
mod save;
mod snippets;
mod themes;
mod watch;

use std::io;
use std::os::fd::BorrowedFd;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

pub use bell::Bell;
use console::Consoles;
pub use console::{Link, LinkError, NoFolder, TalkFound, talks, talks_folder};
use highlighter::Highlighter;
pub use outside::{Job, Look, OutsideEditor};
use parade_demos::run::Launcher;
pub use pictures::Examiner;
use pictures::Pictures;
use progress::{Keeper, Store};
use reload::Reload;
use runs::Runs;
use snippets::Snippets;
pub use themes::Dressed;
use watch::Watch;

use crate::app::{Effect, Event, ImageKey, Notice, Progress, ThemeChoice};
use crate::deck::{Code, Deck};
use crate::files::{AskedFiles, OpenError, Opened, Source};
use crate::highlight::CodeKey;
use crate::parse;
use crate::pixels::Form;

/// The most answers of threads that wait to be collected; a thread with one more waits.
const ANSWERS_MAX: usize = 256;
/// What threads that parse need for their stacks.
const STACK_BYTES: usize = 1 << 20;

/// Performs effects.
pub struct Engine {
    source: Source,
    deck: Arc<Deck>,
    files: Arc<AskedFiles>,
    bell: Bell,
    answers: Receiver<Answer>,
    answer: SyncSender<Answer>,
    runs: Runs,
    snippets: Snippets,
    highlighter: Option<Highlighter>,
    pictures: Option<Pictures>,
    /// Keeps what a learner does, where that can be.
    keeper: Option<Keeper>,
    watch: Option<Watch>,
    reload: Reload,
    /// The deck could not be read after its last change.
    unreadable: bool,
    theme: ThemeChoice,
    /// Whether the terminal's background is dark, once it said so.
    dark: Option<bool>,
    /// Consoles of this talk; `None` where there is no socket for them.
    consoles: Option<Consoles>,
    /// The talk that this is a console of.
    talk: Option<Link>,
}

/// What a thread found out.
enum Answer {
    Event(Event),
    Reloaded(Result<Box<Deck>, OpenError>),
}

impl Engine {
    /// An engine for this deck, with nothing to do yet.
    ///
    /// # Errors
    /// If the system refuses a pipe or a thread.
    pub fn new(source: Source, opened: Opened) -> io::Result<Self> {
        let bell = Bell::new()?;
        let (answer, answers) = sync_channel(ANSWERS_MAX);
        let launcher = Launcher::new()?;
        Ok(Self {
            source,
            deck: Arc::new(opened.deck),
            files: opened.files,
            runs: Runs::new(bell.clone(), launcher.clone()),
            snippets: Snippets::new(bell.clone(), launcher),
            bell,
            answers,
            answer,
            highlighter: None,
            pictures: None,
            keeper: None,
            watch: None,
            reload: Reload::Idle,
            unreadable: false,
            theme: ThemeChoice::Auto,
            dark: None,
            consoles: None,
            talk: None,
        })
    }

    /// The deck as it was read last.
    pub fn deck(&self) -> &Arc<Deck> {
        &self.deck
    }

    /// What a learner did with this deck before, and what is to be told about it. From now on it is kept.
    pub fn recall(&mut self) -> (Progress, Option<Notice>) {
        let slides = self.deck.extents.len();
        let store = progress::folder().and_then(|folder| Store::of(&folder, &self.source, slides));
        let Some(store) = store else {
            let text =
                "your progress lasts until you quit: there is no place to keep it".to_owned();
            return (Progress::default(), Some(Notice { text, bad: true }));
        };
        let (known, notice) = store.recall();
        self.keeper = Keeper::start(store, self.teller()).ok();
        (known, notice)
    }

    /// Does what the first frame need not wait for: begins to watch files, and lets consoles in. A
    /// console has the talk for that.
    pub fn settle_in(&mut self) {
        if self.talk.is_some() {
            return;
        }
        self.let_consoles_in();
        if let Source::File(path) = &self.source {
            let mut watch = Watch::start(self.bell.clone());
            watch.add(path);
            self.watch = Some(watch);
            self.watch_theme();
            self.watch_files();
        }
    }

    /// Readable when there is something to [`Engine::collect`].
    pub fn bell(&self) -> BorrowedFd<'_> {
        self.bell.hearing()
    }

    /// Waits until there is something to [`Engine::collect`], but no longer than this. A signal ends the
    /// wait too.
    pub fn wait(&self, time_max: Duration) {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let due = self
            .due()
            .map(|due| due.saturating_duration_since(Instant::now()));
        let time_max = due.map_or(time_max, |due| due.min(time_max));
        let mut bell = [PollFd::from_borrowed_fd(self.bell(), PollFlags::IN)];
        // Failed or interrupted, one only looks sooner.
        let _ = poll(&mut bell, Timespec::try_from(time_max).ok().as_ref());
    }

    /// Stops the bell's ringing; what it rang for is collected next.
    pub fn hush(&self) {
        self.bell.hush();
    }

    /// When something is to be collected without the bell.
    pub fn due(&self) -> Option<Instant> {
        let watch = self.watch.as_ref().and_then(Watch::due);
        [self.runs.due(), self.snippets.due(), watch]
            .into_iter()
            .flatten()
            .min()
    }

    /// Does what is asked for, or begins to. What can be answered at once is.
    pub fn perform(&mut self, effect: Effect) -> Vec<Event> {
        match effect {
            Effect::Parse(index) => vec![self.parse(index)],
            Effect::Outline => {
                let deck = Arc::clone(&self.deck);
                self.answer_later("outline", move || {
                    Answer::Event(Event::Outlined(Arc::new(outline::outline(&deck))))
                })
            }
            Effect::Highlight(key, code) => self.highlight(key, code),
            Effect::Decode(key, forms) => self.decode(key, forms),
            Effect::Start {
                run,
                spec,
                trusted,
                earlier,
            } => self
                .runs
                .start(run, *spec, trusted, earlier.map(|earlier| *earlier)),
            Effect::Set { run, name, value } => self.runs.set(run, &name, &value),
            Effect::RunSnippet { run, mut spec } => {
                spec.place = self.source.folder();
                self.snippets.start(run, *spec)
            }
            Effect::Cancel(run) => {
                self.snippets.cancel(run);
                self.runs.cancel(run)
            }
            Effect::Keep(news) => {
                if let Some(keeper) = &self.keeper {
                    keeper.keep(*news);
                }
                Vec::new()
            }
            Effect::Theme(choice) => vec![match self.theme(&choice) {
                Ok(theme) => Event::Themed(choice, theme),
                Err(why) => notice(why),
            }],
            Effect::Tell(told) => {
                if let Some(consoles) = &self.consoles {
                    consoles.tell(told);
                }
                Vec::new()
            }
            Effect::Ask(ask) => self.ask(&ask),
            Effect::Replay(demo, why) => {
                let path = self.source.trace(&demo.slide, &demo.demo);
                self.answer_later("replay", move || {
                    let found = replay::find(path);
                    Answer::Event(Event::Traced { demo, why, found })
                })
            }
            Effect::SaveResult(report, asker) => {
                let notice = save::in_folder(Path::new(""), &report);
                vec![Event::Answered(asker, notice)]
            }
            // Whoever has the terminal does these.
            Effect::EditOutside(handed) => vec![Event::EditedOutside {
                handed,
                came: Err("there is no terminal to hand to an editor".to_owned()),
            }],
            Effect::Copy(_) | Effect::Redraw | Effect::Suspend | Effect::Quit => Vec::new(),
        }
    }

    /// What happened since the last call.
    pub fn collect(&mut self, now: Instant) -> Vec<Event> {
        let mut events = self.runs.collect(now);
        events.extend(self.snippets.collect(now));
        if let Some(consoles) = &mut self.consoles {
            events.extend(consoles.collect());
        }
        events.extend(self.hear_talk());
        let answers: Vec<Answer> = self.answers.try_iter().collect();
        for answer in answers {
            match answer {
                Answer::Event(event) => events.push(event),
                Answer::Reloaded(read) => events.extend(self.take_reloaded(read, now)),
            }
        }
        if self.watch.as_mut().is_some_and(|watch| watch.changed(now)) {
            events.extend(self.reload());
        }
        events
    }

    /// Takes in whether the terminal's background is dark.
    pub fn background(&mut self, dark: bool) -> Vec<Event> {
        self.dark = Some(dark);
        match self.theme {
            ThemeChoice::Auto => self.perform(Effect::Theme(ThemeChoice::Auto)),
            _ => Vec::new(),
        }
    }

    /// Ends all runs, waits until nothing of them is left, and tells what came out.
    pub fn end_runs(&mut self) -> Vec<Event> {
        let mut events = self.runs.end();
        events.extend(self.snippets.end());
        events
    }

    /// The end: what a learner did is on the disk, unless that takes too long, and consoles see it.
    /// A process that dies by a signal drops nothing, so this is not left to `Drop`.
    pub fn close(&mut self) {
        self.keeper = None;
        self.consoles = None;
        self.talk = None;
    }

    fn parse(&mut self, index: usize) -> Event {
        let slide = Arc::new(parse::slide(&self.deck, index, &*self.files));
        self.watch_files();
        Event::Parsed { index, slide }
    }

    fn highlight(&mut self, key: CodeKey, code: Code) -> Vec<Event> {
        if self.highlighter.is_none() {
            self.highlighter = Highlighter::start(self.teller()).ok();
        }
        let taken = self
            .highlighter
            .as_ref()
            .is_some_and(|highlighter| highlighter.take_on(key, code));
        if taken {
            return Vec::new();
        }
        // Code that finds no room stays plain.
        let lines = Arc::default();
        vec![Event::Highlighted { key, lines }]
    }

    fn decode(&mut self, key: ImageKey, forms: Vec<Form>) -> Vec<Event> {
        if self.pictures.is_none() {
            self.pictures = Pictures::start(self.teller()).ok();
        }
        let taken = self
            .pictures
            .as_ref()
            .is_some_and(|pictures| pictures.take_on(key.clone(), self.source.folder(), forms));
        if taken {
            return Vec::new();
        }
        let drawn = Err("no other process could be started".to_owned());
        vec![Event::Decoded { key, drawn }]
    }

    /// What threads of the engine's own tell events with.
    fn teller(&self) -> impl Fn(Event) + Send + 'static {
        let (answer, bell) = (self.answer.clone(), self.bell.clone());
        move |event| {
            // Nobody is left to hear it once the app has ended.
            let _ = answer.send(Answer::Event(event));
            bell.ring();
        }
    }

    /// Answers from a thread of its own. Without one there is no answer, and the talk goes on.
    fn answer_later(
        &self,
        name: &str,
        work: impl FnOnce() -> Answer + Send + 'static,
    ) -> Vec<Event> {
        let (answer, bell) = (self.answer.clone(), self.bell.clone());
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .stack_size(STACK_BYTES);
        let started = thread.spawn(move || {
            // Nobody is left to hear it once the app has ended.
            let _ = answer.send(work());
            bell.ring();
        });
        match started {
            Ok(_) => Vec::new(),
            Err(error) => vec![notice(format!("failed to start a thread: {error}"))],
        }
    }
}

fn notice(text: String) -> Event {
    Event::Notice(Notice { text, bad: true })
}
