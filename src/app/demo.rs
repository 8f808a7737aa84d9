//! Demos of the slide that is shown: meeting them, and what keys act on within them.

use parade_demos::spec::DemoSpec;

use super::slides::each_block;
use super::{DEMOS_KEPT_MAX, DemoFocus, DemoKey, DemoState, Effect, Picture, State, Stop};
use crate::deck::{BlockKind, Slide};

impl State {
    /// Meets the demos of the slide that is shown now. A fence that changed starts anew; a run whose
    /// fence changed or is gone ends. Keys go to the demo that runs, else to the first.
    pub(super) fn meet_demos(&mut self, slide: &Slide, effects: &mut Vec<Effect>) {
        let mut shown = Vec::new();
        for (key, step, fence) in demos(slide) {
            if self.demos.get(&key).is_none_or(|demo| demo.fence != *fence) {
                self.stop_run_of(&key, effects);
                self.demos.insert(key.clone(), DemoState::new(fence));
                self.meet_edits(&key, effects);
            }
            if step <= self.place.step {
                shown.push(key);
            }
        }
        let here = self
            .run
            .as_ref()
            .is_some_and(|run| shown.contains(&run.demo));
        if !here && !self.searches() {
            self.stop_run(effects);
        }
        if !self.demo.as_ref().is_some_and(|key| shown.contains(key)) {
            let running = self.run.as_ref().map(|run| run.demo.clone());
            self.demo = running.filter(|_| here).or(shown.into_iter().next());
        }
        self.forget_far_demos(&slide.id);
    }

    /// A slide has another id since the deck was read again: its demos go with it.
    pub(super) fn rename_slide(&mut self, before: &str, now: &str) {
        let renamed = |key: &DemoKey| DemoKey {
            slide: if key.slide == before { now } else { &key.slide }.to_owned(),
            demo: key.demo.clone(),
        };
        if before == now || self.demos.keys().any(|key| key.slide == now) {
            return;
        }
        let demos = std::mem::take(&mut self.demos);
        self.demos = demos
            .into_iter()
            .map(|(key, demo)| (renamed(&key), demo))
            .collect();
        self.demo = self.demo.as_ref().map(renamed);
        if let Some(run) = &mut self.run {
            run.demo = renamed(&run.demo);
            if let Stop::Then(next) = &mut run.stop {
                *next = renamed(next);
            }
        }
    }

    fn forget_far_demos(&mut self, here: &str) {
        while self.demos.len() > DEMOS_KEPT_MAX {
            let Some(far) = self.demos.keys().find(|key| key.slide != here).cloned() else {
                return;
            };
            self.demos.remove(&far);
        }
    }

    /// The demo that keys go to, to change it.
    pub(super) fn focused_demo(&mut self) -> Option<(DemoKey, &mut DemoState)> {
        let key = self.demo.clone()?;
        let demo = self.demos.get_mut(&key)?;
        Some((key, demo))
    }

    /// Keys go to this demo from now on.
    pub(super) fn focus_demo(&mut self, key: DemoKey) {
        if self.demos.contains_key(&key) && self.demo.as_ref() != Some(&key) {
            self.demo = Some(key);
            self.dirty = true;
            self.lay_out();
        }
    }

    /// The next or the previous demo of the slide; where it has one alone, the next or the previous
    /// lane of it, after which come all of them.
    pub(super) fn move_focus(&mut self, forward: bool) {
        let Some(slide) = self.slide().cloned() else {
            return;
        };
        let shown = demos(&slide)
            .into_iter()
            .filter(|(_, step, _)| *step <= self.place.step);
        let keys: Vec<_> = shown.map(|(key, ..)| key).collect();
        if keys.len() > 1 {
            let at = keys
                .iter()
                .position(|key| Some(key) == self.demo.as_ref())
                .unwrap_or(0);
            return self.focus_demo(keys[turn(at, keys.len(), forward)].clone());
        }
        if let Some((_, demo)) = self.focused_demo() {
            let at = match demo.focus {
                DemoFocus::All => 0,
                DemoFocus::Lane(index) => index + 1,
            };
            let to = turn(at, demo.spec.lanes.len() + 1, forward);
            self.pick_lane(to);
        }
    }

    /// Picks what a digit stands for in the demo in focus: a thread to step, or a lane.
    pub(super) fn pick(&mut self, digit: usize, effects: &mut Vec<Effect>) {
        if self.step_thread(digit) {
            self.learn_by_hand(effects);
        } else {
            self.pick_lane(digit);
        }
    }

    /// Picks one lane by its number from 1; 0 picks all. A digit that no lane has begins a slide's
    /// number.
    pub(super) fn pick_lane(&mut self, number: usize) {
        let Some((_, demo)) = self.focused_demo() else {
            return;
        };
        let focus = match number.checked_sub(1) {
            None => DemoFocus::All,
            Some(index) if index < demo.spec.lanes.len() => DemoFocus::Lane(index),
            Some(_) => return self.type_digit(number),
        };
        let changes = demo.focus != focus;
        demo.focus = focus;
        self.dirty |= changes;
    }

    /// Shows which worker ran on which core when, or the lanes again.
    pub(super) fn toggle_timeline(&mut self) {
        if let Some((_, demo)) = self.focused_demo() {
            demo.picture = match demo.picture {
                Picture::Lanes => Picture::Timeline,
                Picture::Timeline => Picture::Lanes,
            };
            self.dirty = true;
        }
    }
}

/// A slide's demos in source order, each with the step from which it is shown.
fn demos(slide: &Slide) -> Vec<(DemoKey, u16, &DemoSpec)> {
    let mut demos = Vec::new();
    for block in &slide.blocks {
        each_block(block, &mut |block| {
            if let BlockKind::Demo(demo) = &block.kind {
                let key = DemoKey {
                    slide: slide.id.clone(),
                    demo: demo.spec.name.clone(),
                };
                demos.push((key, block.step, &demo.spec));
            }
        });
    }
    demos
}

/// The next or the previous of `total` things in a ring.
fn turn(at: usize, total: usize, forward: bool) -> usize {
    (at + if forward { 1 } else { total - 1 }) % total
}
