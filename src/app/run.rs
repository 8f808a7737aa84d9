//! Runs: one at a time. A run ends before the next begins, and nobody waits for it.

use super::replay::wanted_after;
use super::{DemoKey, Effect, Live, Mode, ReplayWhy, RunId, RunNews, Running, State, Stop};

impl State {
    /// Runs the demo or the block of code in focus, or stops it.
    pub(super) fn run_or_stop(&mut self, effects: &mut Vec<Effect>) {
        if let Some(key) = self.snippet.clone() {
            return self.run_or_stop_snippet(key, effects);
        }
        let Some((key, demo)) = self.focused_demo() else {
            return;
        };
        if let Some(problem) = demo.problem().or_else(|| self.wrong_edit(&key)) {
            return self.complain(problem);
        }
        let what = Live::Demo(key.clone());
        if self.is_live(&what) || self.is_next(&what) {
            self.stop_run(effects);
        } else if let Some(question) = self.question(&key, false) {
            self.enter(Mode::Question(Box::new(question)));
        } else {
            self.run_if_allowed(key, effects);
        }
    }

    /// Runs a demo, once its own commands are allowed.
    pub(super) fn run_if_allowed(&mut self, key: DemoKey, effects: &mut Vec<Effect>) {
        if self.may_run(&Live::Demo(key.clone())) {
            self.start_or_replay(key, effects);
        } else {
            self.ask_consent(key);
        }
    }

    /// Starts a demo; where there is one core, only if there is no rehearsal of it.
    fn start_or_replay(&mut self, key: DemoKey, effects: &mut Vec<Effect>) {
        let shown = self
            .demos
            .get(&key)
            .is_some_and(|demo| demo.replay.is_some() || demo.spec.edited);
        if self.cores == 1 && !shown && self.run.is_none() {
            effects.push(Effect::Replay(key, ReplayWhy::OneCore));
        } else {
            self.start_or_queue(key, effects);
        }
    }

    /// Whether it starts as soon as nothing of the present run is left.
    pub(super) fn is_next(&self, what: &Live) -> bool {
        matches!(&self.run, Some(Running { stop: Stop::Then(next), .. }) if next == what)
    }

    /// Starts something: at once, or as soon as nothing of the present run is left.
    pub(super) fn start_or_queue(&mut self, what: impl Into<Live>, effects: &mut Vec<Effect>) {
        let what = what.into();
        if self.run.is_some() {
            self.stop_run(effects);
        }
        match &mut self.run {
            Some(run) => run.stop = Stop::Then(what),
            None => self.start(what, effects),
        }
        self.dirty = true;
    }

    /// Starts something, now that nothing else runs.
    pub(super) fn start(&mut self, what: Live, effects: &mut Vec<Effect>) {
        match what {
            Live::Demo(key) => self.start_demo(key, effects),
            Live::Snippet(key) => self.start_snippet(key, effects),
        }
    }

    fn start_demo(&mut self, key: DemoKey, effects: &mut Vec<Effect>) {
        let trusted = self.may_run(&Live::Demo(key.clone()));
        let Some(demo) = self.demos.get_mut(&key) else {
            return;
        };
        let run = self.next_run;
        self.next_run = RunId(run.0 + 1);
        if demo.replay.is_some() {
            // Nothing is replayed any more.
            self.notice = None;
        }
        let earlier = demo.begin_run(run);
        effects.push(Effect::Start {
            run,
            spec: Box::new(demo.spec_in_focus()),
            trusted,
            earlier,
        });
        self.run = Some(Running {
            id: run,
            what: key.into(),
            stop: Stop::Not,
        });
        self.dirty = true;
    }

    /// Has the result of the demo in focus written to a file.
    pub(super) fn save_result(&mut self, effects: &mut Vec<Effect>) {
        let report = self.demo_in_focus().and_then(|demo| demo.report.clone());
        match report {
            Some(report) => effects.push(Effect::SaveResult(report, self.asker)),
            None => self.complain("there is no result yet"),
        }
    }

    /// Ends the run in progress, and whatever was to follow it.
    pub(super) fn stop_run(&mut self, effects: &mut Vec<Effect>) {
        if let Some(run) = &mut self.run {
            if run.stop == Stop::Not {
                effects.push(Effect::Cancel(run.id));
            }
            run.stop = Stop::End;
            self.dirty = true;
        }
    }

    /// Ends the run in progress if it is of this.
    pub(super) fn stop_run_of(&mut self, what: &Live, effects: &mut Vec<Effect>) {
        if self.run.as_ref().is_some_and(|run| run.what == *what) {
            self.stop_run(effects);
        }
    }

    /// A run told something. What an old run tells late changes nothing.
    pub(super) fn hear(&mut self, run: RunId, news: RunNews, effects: &mut Vec<Effect>) {
        let Some(running) = self.run.take_if(|running| running.id == run) else {
            return;
        };
        let shown = self.shows_live();
        let Live::Demo(key) = &running.what else {
            self.run = Some(running);
            return;
        };
        let demo = self.demos.get_mut(key);
        let demo = demo.filter(|demo| demo.run == Some(run));
        self.dirty |= shown;
        match news {
            RunNews::Sampled(snapshot) => {
                if let Some(demo) = demo {
                    demo.snapshot = Some(snapshot);
                }
                self.run = Some(running);
            }
            RunNews::Finished(report) => {
                let ended_itself = running.stop == Stop::Not;
                // A rehearsal is of the deck's own program.
                let ends_deck_run = ended_itself && !report.spec.edited;
                let replay = wanted_after(&report).filter(|_| ends_deck_run);
                if let Some(demo) = demo {
                    demo.end_run(report, ended_itself);
                }
                if ended_itself {
                    self.learn_from_run(key, effects);
                }
                if let Some(why) = replay {
                    effects.push(Effect::Replay(key.clone(), why));
                }
                if let Stop::Then(next) = running.stop {
                    self.start(next, effects);
                }
            }
        }
    }

    /// Whether the slide and what runs on it can be seen.
    pub(super) fn shows_live(&self) -> bool {
        let covered = match self.mode {
            Mode::Overview { .. } | Mode::Help { .. } | Mode::Black => true,
            Mode::Edit(_) => !self.editor_is_beside(),
            _ => false,
        };
        !covered && !self.too_small()
    }
}
