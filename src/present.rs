//! Presents a deck: brings terminal, app, engine and pictures together, and takes them apart in the
//! one order that leaves nothing behind.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::app::{BigText, Console, KeyMap, Notice, Progress, Settings, Setup, State, ThemeChoice};
use crate::deck::Deck;
use crate::engine::{Engine, Link};
use crate::export::CastVersion;
use crate::files::{self, Source};
use crate::parse;
use crate::terminal::{
    Curiosity, Draw, End, Environment, Guard, Means, Panics, Parts, Recording, Shell, Signals, Tty,
    die_by,
};
use crate::view;

/// What to present and how.
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
    /// A file to record the talk in, which must not be there yet.
    pub record: Option<PathBuf>,
    /// The picture; tests draw their own.
    pub draw: Draw,
}

impl Options {
    /// This deck, from its first slide, with nothing set.
    pub fn new(source: Source) -> Self {
        Self {
            source,
            start: None,
            settings: Settings::default(),
            keys: Arc::default(),
            record: None,
            draw: view::draw,
        }
    }
}

/// How a console is shown.
#[derive(Debug)]
pub struct ConsoleOptions {
    /// The talk.
    pub talk: Link,
    /// The time of day when it began.
    pub began_at: Option<Duration>,
    /// What the user set.
    pub settings: Settings,
    /// Which key does what.
    pub keys: Arc<KeyMap>,
}

/// Presents a deck until the user quits. Ended by a signal, the process dies by that signal and
/// this does not return.
///
/// # Errors
/// If the deck can't be opened or there is no terminal.
pub fn run(options: Options) -> anyhow::Result<()> {
    let began = Instant::now();
    let opened = files::open(&options.source)?;
    let mut engine =
        Engine::new(options.source, opened).context("failed to prepare for presenting")?;
    let learn = options.settings.learn;
    let start = place_to_start(&mut engine, options.start.as_deref(), learn)?;
    let show = Show {
        engine,
        setup: Setup {
            settings: options.settings,
            keys: options.keys,
            progress: start.progress,
            ..Setup::default()
        },
        notices: start.notices,
        record: options.record,
        draw: options.draw,
        start: start.slide,
        began,
    };
    show.run()
}

/// Shows a talk's console until the user quits it; the talk goes on. Ends as [`run`] does.
///
/// # Errors
/// If there is no terminal.
pub fn follow(options: ConsoleOptions) -> anyhow::Result<()> {
    let elapsed = Duration::from_millis(options.talk.hello.elapsed_ms);
    let now = Instant::now();
    // The console's time is the talk's.
    let began = now.checked_sub(elapsed).unwrap_or(now);
    let name = options.talk.hello.name.clone();
    let engine = Engine::following(options.talk).context("failed to prepare the console")?;
    let setup = Setup {
        // The first row has both.
        settings: Settings {
            slide_number: false,
            elapsed: false,
            ..options.settings
        },
        keys: options.keys,
        console: Some(Console {
            name,
            began_at: options.began_at,
            ..Console::default()
        }),
        ..Setup::default()
    };
    let show = Show {
        engine,
        setup,
        notices: Vec::new(),
        record: None,
        draw: view::draw,
        start: 0,
        began,
    };
    show.run()
}

/// An app that is about to be shown.
struct Show {
    engine: Engine,
    setup: Setup,
    /// What is told first.
    notices: Vec<Notice>,
    /// A new file to record it in.
    record: Option<PathBuf>,
    draw: Draw,
    /// The slide to begin with, from 0.
    start: usize,
    /// When its time began.
    began: Instant,
}

impl Show {
    /// Takes the terminal, shows the app on it until its end, and gives everything back.
    fn run(self) -> anyhow::Result<()> {
        let Self {
            mut engine,
            setup,
            mut notices,
            record,
            draw,
            start,
            began,
        } = self;
        let tty = Tty::open().context("failed to open the terminal")?;
        let mut signals = Signals::catch().context("failed to catch signals")?;
        let panics = Panics::collect();
        let mut settings = setup.settings;
        let environment = Environment::of_process();
        settings.links &= environment.takes_queries();
        settings.clipboard &= environment.takes_queries();
        let dressed = engine.dress(settings.theme).map_err(anyhow::Error::msg)?;
        settings.theme = dressed.choice;
        let refused = dressed.refused.map(|text| Notice { text, bad: true });
        notices.splice(0..0, refused);
        let images = environment.means(settings.images);
        let curiosity = Curiosity {
            background: settings.theme == ThemeChoice::Auto && environment.takes_queries(),
            scaling: settings.big_text == BigText::Auto && environment.only_cells().is_none(),
            graphics: images == Means::Ask,
        };
        let mouse = settings.mouse;
        let depth = environment.depth();
        let state = State::new(Setup {
            deck: Arc::clone(engine.deck()),
            size: tty.size(),
            theme: dressed.theme,
            settings,
            cores: parade_demos::run::cores_for_workers(),
            depth,
            ..setup
        });
        let recording = record
            .map(|path| begin_recording(&path, draw, &state))
            .transpose()?;
        let mut guard = Guard::take(&tty, mouse).context("failed to take the terminal")?;
        let ended = catch_unwind(AssertUnwindSafe(|| {
            let parts = Parts {
                tty: &tty,
                guard: &mut guard,
                signals: &mut signals,
                engine: &mut engine,
                state,
                draw,
                depth,
                images,
                recording,
                began,
            };
            Shell::new(parts, curiosity, notices).run(start)
        }));
        // First the lanes, which need no terminal to end; then the terminal; then what went wrong.
        let _ = engine.end_runs();
        guard.give_back();
        engine.close();
        drop(panics);
        match ended.unwrap_or_else(|panic| resume_unwind(panic)) {
            Ok(End::Quit) => Ok(()),
            Ok(End::Signal(signal)) => {
                die_by(signal);
                Ok(())
            }
            Err(error) => Err(error).context("failed to wait for the terminal"),
        }
    }
}

/// The recording of this talk, in a file of its own: an earlier one is never lost.
fn begin_recording(path: &Path, draw: Draw, state: &State) -> anyhow::Result<Recording> {
    let begin = || {
        let file = File::create_new(path)?;
        Recording::begin(file, CastVersion::default(), draw, state)
    };
    begin().with_context(|| format!("failed to record to {}", path.display()))
}

/// Where a talk starts, and what is known by then.
pub(crate) struct Start {
    /// The index of the first slide to show.
    pub(crate) slide: usize,
    /// What the learner did with this deck before.
    pub(crate) progress: Progress,
    /// What is to be told first.
    pub(crate) notices: Vec<Notice>,
}

/// Where to start: with the slide that was asked for, else where a learner left off, else with the first.
pub(crate) fn place_to_start(
    engine: &mut Engine,
    wanted: Option<&str>,
    learn: bool,
) -> anyhow::Result<Start> {
    let asked = wanted
        .map(|wanted| slide_to_start(engine.deck(), wanted))
        .transpose()?;
    let (progress, notice) = if learn {
        engine.recall()
    } else {
        (Progress::default(), None)
    };
    let mut notices: Vec<Notice> = notice.into_iter().collect();
    let last = progress.last.as_deref();
    let left = last.and_then(|id| parse::find(engine.deck(), id));
    let slide = asked.or(left).unwrap_or(0);
    if asked.is_none() && slide > 0 {
        let text = "going on where you left off; g goes to the first slide".to_owned();
        notices.push(Notice { text, bad: false });
    }
    Ok(Start {
        slide,
        progress,
        notices,
    })
}

/// The index of the slide that was asked for.
fn slide_to_start(deck: &Deck, wanted: &str) -> anyhow::Result<usize> {
    parse::find(deck, wanted).with_context(|| {
        let total = deck.extents.len();
        format!("failed to start at {wanted:?}: it is neither an id nor a number from 1 to {total}")
    })
}
