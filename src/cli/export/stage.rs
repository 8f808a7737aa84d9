//! The app without a terminal: goes to a slide, runs its demos, and draws what a screen would show.
//!
//! The same events and effects as on a terminal, so that a picture shows what the audience sees.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use parade_demos::snapshot::Snapshot;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use crate::app::{self, Action, DemoState, Event, KeyMap, Settings, Setup, State};
use crate::cli::talk;
use crate::engine::Engine;
use crate::export::{self, Picture};
use crate::files::{Opened, Source};
use crate::layout::Size;
use crate::theme::Theme;

/// How often the stage looks whether something happened.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// How long it waits for highlighted code; what is late is shown plain, as on a terminal.
const HIGHLIGHT_MAX: Duration = Duration::from_secs(5);

/// How a run was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// At its end, or where it was asked to stop.
    Done,
    /// A signal came; nothing of the run is left.
    Signal(i32),
}

/// A slide as the audience sees it.
pub(super) struct Stage {
    state: State,
    engine: Engine,
    began: Instant,
    signal: Arc<AtomicUsize>,
}

impl Stage {
    /// An empty stage of this size.
    pub(super) fn new(
        (source, opened): (Source, Opened),
        size: Size,
        theme: Arc<Theme>,
        trusted: bool,
    ) -> anyhow::Result<Self> {
        let signal = Arc::new(AtomicUsize::new(0));
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal_hook::flag::register_usize(
                number,
                Arc::clone(&signal),
                number.unsigned_abs() as usize,
            )
            .context("failed to listen for signals")?;
        }
        let engine = Engine::new(source, opened).context("failed to prepare for running demos")?;
        let state = State::new(Setup {
            deck: Arc::clone(engine.deck()),
            size,
            theme,
            settings: Settings {
                trusted,
                ..Settings::default()
            },
            keys: Arc::new(KeyMap::default()),
            console: None,
            cores: parade_demos::run::cores_for_workers(),
            ..Setup::default()
        });
        Ok(Self {
            state,
            engine,
            began: Instant::now(),
            signal,
        })
    }

    /// Goes to a slide, from 0, and reveals all of it.
    pub(super) fn go_to(&mut self, slide: usize) {
        let effects = app::begin(&mut self.state, slide);
        self.perform(effects);
        self.state.place.step = 0;
        for _ in 0..self.state.slide().map_or(0, |slide| slide.steps) {
            self.press(Action::Next);
        }
        let until = Instant::now() + HIGHLIGHT_MAX;
        while !self.state.highlighting.is_empty() && Instant::now() < until {
            self.wait();
        }
    }

    /// The id of the slide that is shown.
    pub(super) fn slide_id(&self) -> String {
        self.state
            .slide()
            .map(|slide| slide.id.clone())
            .unwrap_or_default()
    }

    /// Runs the slide's demos, one after the other. With `at`, a part of the whole, each is stopped
    /// there, its picture that of the moment.
    pub(super) fn run_demos(
        &mut self,
        at: Option<f64>,
        mut sampled: impl FnMut(&str, &Snapshot),
    ) -> Left {
        let demos = self
            .state
            .slide()
            .map_or(0, |slide| talk::demos(slide).count());
        for index in 0..demos {
            if index > 0 {
                self.press(Action::NextFocus);
            }
            self.press(Action::Run);
            while self.state.run.is_some() {
                self.wait();
                if let Some(signal) = self.signalled() {
                    self.engine.end_runs();
                    return Left::Signal(signal);
                }
                let Some((name, snapshot)) = self.snapshot() else {
                    continue;
                };
                sampled(name, snapshot);
                if at.is_some_and(|at| done(snapshot) >= at) {
                    return Left::Done;
                }
            }
        }
        Left::Done
    }

    /// The picture.
    pub(super) fn draw(&self) -> Picture {
        export::picture(&self.state)
    }

    fn snapshot(&self) -> Option<(&str, &Snapshot)> {
        let demo: &DemoState = self.state.demo_in_focus()?;
        Some((&demo.spec.name, demo.snapshot.as_deref()?))
    }

    fn signalled(&self) -> Option<i32> {
        i32::try_from(self.signal.load(Ordering::Relaxed))
            .ok()
            .filter(|signal| *signal > 0)
    }

    fn press(&mut self, action: Action) {
        let chord = self.state.keys.key(action);
        if let Some(chord) = chord {
            self.take(vec![Event::Key(chord)]);
        }
    }

    /// Waits a moment, and takes in what happened meanwhile.
    fn wait(&mut self) {
        std::thread::sleep(LOOK_EVERY);
        self.engine.hush();
        let events = self.engine.collect(Instant::now());
        self.take(events);
    }

    fn take(&mut self, events: Vec<Event>) {
        for event in events {
            let effects = app::update(&mut self.state, event, self.began.elapsed());
            self.perform(effects);
        }
    }

    fn perform(&mut self, effects: Vec<app::Effect>) {
        for effect in effects {
            let events = self.engine.perform(effect);
            self.take(events);
        }
    }
}

/// The part of a run's lanes that is done, 0…1.
fn done(snapshot: &Snapshot) -> f64 {
    let lanes = snapshot.lanes.iter();
    let parts: Vec<f64> = lanes.map(|lane| lane.progress.unwrap_or(0.0)).collect();
    parts.iter().sum::<f64>() / parts.len().max(1) as f64
}
