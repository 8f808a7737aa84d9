//! The app without a terminal: takes keys, runs demos, and draws what a screen would show.
//!
//! The same events and effects as on a terminal, so that a picture or a recording shows what the
//! audience sees. Its time is a [`Clock`] of its own.

mod clock;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clock::Clock;

use anyhow::{Context, bail};
use parade_demos::snapshot::Snapshot;
use parade_demos::trace::Trace;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use crate::app::{
    self, Action, DemoState, Event, KeyMap, Mode, Moment, Outline, Settings, Setup, State,
};
use crate::cli::ending::Signalled;
use crate::deck::Date;
use crate::engine::Engine;
use crate::export::Shot;
use crate::files::{Opened, Source};
use crate::key::Chord;
use crate::layout::Size;

/// The longest that nobody looks for a signal, which may come just before the wait that it would end.
const WAIT_MAX: Duration = Duration::from_millis(100);

/// How long what came out of a demo is seen before the slide's next one begins.
const RESULT: Moment = Moment::from_secs(3);

/// How long it waits for highlighted code and for lists of slides; what is late is missing, as on a
/// terminal. Images it awaits whatever they take: each has a limit of its own, after which it is told in
/// its place why there is none.
const SETTLE_MAX: Duration = Duration::from_secs(5);

/// The talk as the audience sees it.
pub(in crate::cli) struct Stage {
    state: State,
    engine: Engine,
    clock: Clock,
    signal: Arc<AtomicUsize>,
    /// Runs to be replayed in the place of live ones, by the name of their demo.
    traces: BTreeMap<String, Arc<Trace>>,
}

impl Stage {
    /// An empty stage of this size.
    pub(in crate::cli) fn new(
        (source, opened): (Source, Opened),
        size: Size,
        settings: Settings,
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
        let mut engine =
            Engine::new(source, opened).context("failed to prepare for running demos")?;
        // There is no terminal to ask whether it is light or dark, and none to dress again.
        let _ = engine.background(true);
        let dressed = engine
            .dress(settings.theme.clone())
            .map_err(anyhow::Error::msg)?;
        if let Some(why) = dressed.refused {
            let _ = writeln!(io::stderr(), "parade: {why}");
        }
        let state = State::new(Setup {
            deck: Arc::clone(engine.deck()),
            size,
            theme: dressed.theme,
            settings,
            keys: Arc::new(KeyMap::default()),
            console: None,
            cores: parade_demos::run::cores_for_workers(),
            ..Setup::default()
        });
        Ok(Self {
            state,
            engine,
            clock: Clock::default(),
            signal,
            traces: BTreeMap::new(),
        })
    }

    /// From now on these are played, each for the demo whose name it has, and no live run.
    pub(in crate::cli) fn replay(&mut self, traces: BTreeMap<String, Trace>) {
        let shared = |(demo, trace)| (demo, Arc::new(trace));
        self.traces = traces.into_iter().map(shared).collect();
    }

    /// The run to be replayed that was given for this demo.
    pub(in crate::cli) fn given(&self, demo: &str) -> Option<Arc<Trace>> {
        self.traces.get(demo).cloned()
    }

    /// Begins the talk at a slide, from 0.
    pub(in crate::cli) fn begin(&mut self, slide: usize) {
        let effects = app::begin(&mut self.state, slide);
        self.perform(effects);
    }

    /// Goes to a slide, from 0, and reveals all of it.
    pub(in crate::cli) fn go_to(&mut self, slide: usize) {
        self.go_to_beginning(slide);
        while self.reveal() {}
    }

    /// Goes to the first step of a slide, from 0.
    pub(in crate::cli) fn go_to_beginning(&mut self, slide: usize) {
        self.state.place.step = 0;
        self.begin(slide);
        self.settle();
    }

    /// Reveals one step more of the slide, and tells whether there was one.
    pub(in crate::cli) fn reveal(&mut self) -> bool {
        let steps = self.state.slide().map_or(0, |slide| slide.steps);
        let more = self.state.place.step < steps;
        if more {
            self.press(Action::Next);
            self.settle();
        }
        more
    }

    /// Waits for what is found out elsewhere of a slide: the colours of its code, its images, the lists
    /// of all slides. A signal ends that.
    pub(in crate::cli) fn settle(&mut self) {
        let began = Instant::now();
        while is_awaited(&self.state, began.elapsed()) && self.signalled().is_none() {
            self.wait(WAIT_MAX);
        }
    }

    /// The app.
    pub(in crate::cli) fn state(&self) -> &State {
        &self.state
    }

    /// The stage's time.
    pub(in crate::cli) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Whether there is another picture since the last time this was asked.
    pub(in crate::cli) fn take_dirty(&mut self) -> bool {
        std::mem::take(&mut self.state.dirty)
    }

    /// Lets time pass until then, or until the next thing happens that hangs on it: at once, unless a
    /// run goes on.
    pub(in crate::cli) fn pass(&mut self, until: Moment) {
        let rest = until.saturating_sub(self.now());
        if self.state.run.is_some() {
            self.wait(rest.min(WAIT_MAX));
        } else {
            let tick = self.state.tick_after().filter(|tick| *tick <= rest);
            self.clock.pass(tick.unwrap_or(rest));
            self.take(vec![Event::Tick]);
        }
    }

    /// Lets so much time pass.
    pub(in crate::cli) fn pass_all(&mut self, time: Moment) {
        let until = self.now() + time;
        while self.now() < until {
            self.pass(until);
        }
    }

    /// The id of the slide that is shown.
    pub(in crate::cli) fn slide_id(&self) -> String {
        self.state
            .slide()
            .map(|slide| slide.id.clone())
            .unwrap_or_default()
    }

    /// Runs what has the focus. There is nobody to ask: what needs consent and has none is refused.
    pub(in crate::cli) fn run_in_focus(&mut self) {
        self.press(Action::Run);
        if let Mode::Consent { .. } = self.state.mode {
            self.press(Action::Refuse);
        }
    }

    /// Runs the slide's demos and its code, one after the other, or replays the demos of which there are
    /// traces. With `at`, a part of the whole, it goes no further than there in the first.
    ///
    /// # Errors
    /// If a trace is not of the demo whose name it has, or [`Signalled`].
    pub(in crate::cli) fn play_demos(
        &mut self,
        at: Option<f64>,
        mut seen: impl FnMut(&Self),
    ) -> anyhow::Result<()> {
        for index in 0..self.state.live_shown().len() {
            if index > 0 {
                self.pass_all(RESULT);
                self.press(Action::NextFocus);
            }
            let focus = self.state.in_focus();
            let demo = focus.as_ref().and_then(|what| what.demo());
            match demo.map(|key| key.demo.clone()) {
                _ if self.traces.is_empty() => self.run_in_focus(),
                Some(demo) if self.traces.contains_key(&demo) => {
                    self.press(Action::Replay);
                    self.expect_replay(&demo)?;
                }
                _ => continue,
            }
            while self.plays() {
                self.pass(self.now() + WAIT_MAX);
                if let Err(signalled) = self.heed() {
                    self.engine.end_runs();
                    return Err(signalled.into());
                }
                seen(self);
                let done = self.snapshot().map_or(0.0, |(_, snapshot)| done(snapshot));
                if at.is_some_and(|at| done >= at) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Whether a run or a replay goes on.
    fn plays(&self) -> bool {
        let replays = |demo: &DemoState| demo.replays();
        self.state.run.is_some() || self.state.demo_in_focus().is_some_and(replays)
    }

    fn expect_replay(&self, demo: &str) -> anyhow::Result<()> {
        let refused = self.state.notice.as_ref().filter(|_| !self.plays());
        match refused {
            Some((notice, _)) => bail!("failed to replay {demo}: {}", notice.text),
            None => Ok(()),
        }
    }

    /// What is seen.
    pub(in crate::cli) fn shot(&self) -> Shot {
        Shot::of(&self.state)
    }

    /// The demo in focus, and how far its run is.
    pub(in crate::cli) fn snapshot(&self) -> Option<(&str, &Snapshot)> {
        let demo: &DemoState = self.state.demo_in_focus()?;
        Some((&demo.spec.name, demo.snapshot.as_deref()?))
    }

    /// The signal that wants the program to end.
    pub(in crate::cli) fn signalled(&self) -> Option<i32> {
        i32::try_from(self.signal.load(Ordering::Relaxed))
            .ok()
            .filter(|signal| *signal > 0)
    }

    /// Goes on unless a signal wants the program to end.
    pub(in crate::cli) fn heed(&self) -> Result<(), Signalled> {
        self.signalled()
            .map_or(Ok(()), |signal| Err(Signalled(signal)))
    }

    /// Presses a key that means this.
    pub(in crate::cli) fn press(&mut self, action: Action) {
        if let Some(chord) = self.state.keys.key_in(&self.state.mode, action) {
            self.type_key(chord);
        }
    }

    /// Presses a key.
    pub(in crate::cli) fn type_key(&mut self, chord: Chord) {
        self.tell(Event::Key(chord));
    }

    /// Something happens.
    pub(in crate::cli) fn tell(&mut self, event: Event) {
        self.take(vec![event]);
    }

    /// Waits until something happens, but no longer than this, and takes it in.
    pub(in crate::cli) fn wait(&mut self, time_max: Duration) {
        self.engine.wait(time_max);
        self.engine.hush();
        let events = self.engine.collect(Instant::now());
        self.take(events);
    }

    fn take(&mut self, events: Vec<Event>) {
        for event in events {
            let effects = app::update(&mut self.state, event, self.clock.now());
            self.perform(effects);
            self.clock.follow(self.state.run.is_some());
        }
    }

    /// The trace that was given for a demo. Without one its picture is of a live run.
    fn trace(&self, demo: &str) -> Result<(Arc<Trace>, Option<String>), String> {
        let trace = self.traces.get(demo).ok_or("a live run was asked for")?;
        let day = trace.recorded_s.and_then(Date::of_unix);
        Ok((Arc::clone(trace), day.map(|day| day.to_string())))
    }

    fn perform(&mut self, effects: Vec<app::Effect>) {
        for effect in effects {
            let events = match effect {
                app::Effect::Replay(demo, why) => {
                    let found = self.trace(&demo.demo);
                    vec![Event::Traced { demo, why, found }]
                }
                effect => self.engine.perform(effect),
            };
            self.take(events);
        }
    }
}

/// Whether something of the slide is worth waiting for, after so long.
fn is_awaited(state: &State, waited: Duration) -> bool {
    let soon = !state.highlighting.is_empty() || matches!(state.outline, Outline::Asked(_));
    state.images.are_awaited() || (soon && waited < SETTLE_MAX)
}

/// The part of a run's lanes that is done, 0…1.
fn done(snapshot: &Snapshot) -> f64 {
    let lanes = snapshot.lanes.iter();
    let parts: Vec<f64> = lanes.map(|lane| lane.progress.unwrap_or(0.0)).collect();
    parts.iter().sum::<f64>() / parts.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Effect, Setup, begin, update};
    use crate::{files, parse};

    /// The tour at the first slide of which this is asked, and what was asked.
    fn asking(is: fn(&Effect) -> bool) -> (State, Effect) {
        let Opened { deck, files, .. } = files::open(&Source::Tour).unwrap();
        let deck = Arc::new(deck);
        for index in 0..deck.extents.len() {
            let mut state = State::new(Setup {
                deck: Arc::clone(&deck),
                size: Size {
                    width: 80,
                    height: 24,
                },
                ..Setup::default()
            });
            let _ = begin(&mut state, index);
            let slide = Arc::new(parse::slide(&deck, index, &*files));
            let parsed = Event::Parsed { index, slide };
            let effects = update(&mut state, parsed, Moment::ZERO);
            if let Some(asked) = effects.into_iter().find(is) {
                return (state, asked);
            }
        }
        panic!("nothing of that kind is asked for");
    }

    #[test]
    fn an_image_is_waited_for_however_long_it_takes_and_colours_for_a_while() {
        let (mut image, asked) = asking(|effect| matches!(effect, Effect::Decode(..)));
        let (code, _) = asking(|effect| matches!(effect, Effect::Highlight(..)));
        image.highlighting.clear();
        for (waited, for_code) in [(Duration::ZERO, true), (SETTLE_MAX, false)] {
            assert!(is_awaited(&image, waited));
            assert_eq!(is_awaited(&code, waited), for_code);
        }
        let Effect::Decode(key, _) = asked else {
            unreachable!("it is one");
        };
        let drawn = Err("it takes too long".to_owned());
        let _ = update(&mut image, Event::Decoded { key, drawn }, Moment::ZERO);
        assert!(!is_awaited(&image, Duration::ZERO));
    }
}
