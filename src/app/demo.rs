//! Demos of the slide that is shown: meeting them, and what keys act on within them.

use parade_demos::spec::DemoSpec;

use super::slides::each_block;
use super::{
    DEMOS_KEPT_MAX, DemoFocus, DemoKey, DemoState, Effect, Live, Picture, SnippetKey, State, Stop,
};
use crate::deck::{BlockKind, Slide};

impl State {
    /// Meets the demos of the slide that is shown now. A fence that changed starts anew; a run whose
    /// fence changed or is gone ends. Keys go to the demo that runs, else to the first.
    pub(super) fn meet_demos(&mut self, slide: &Slide, effects: &mut Vec<Effect>) {
        let mut shown = Vec::new();
        for (key, step, fence) in demos(slide) {
            if self.demos.get(&key).is_none_or(|demo| demo.fence != *fence) {
                self.stop_run_of(&key.clone().into(), effects);
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
            .is_some_and(|run| self.live_shown().contains(&run.what));
        if !here && !self.searches() {
            self.stop_run(effects);
        }
        self.demo.take_if(|key| !shown.contains(key));
        if self.demo.is_none() && self.snippet.is_none() {
            let running = self.run.as_ref().and_then(|run| run.what.demo().cloned());
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
        let mut keys = self.demos.keys().map(|key| &key.slide);
        let mut others = self.snippets.keys().map(|key| &key.slide);
        if before == now || keys.any(|slide| slide == now) || others.any(|slide| slide == now) {
            return;
        }
        let snippets = std::mem::take(&mut self.snippets).into_iter();
        self.snippets = snippets
            .map(|(key, snippet)| {
                let slide = if key.slide == before { now } else { &key.slide };
                let slide = slide.to_owned();
                (SnippetKey { slide, ..key }, snippet)
            })
            .collect();
        let demos = std::mem::take(&mut self.demos);
        self.demos = demos
            .into_iter()
            .map(|(key, demo)| (renamed(&key), demo))
            .collect();
        self.demo = self.demo.as_ref().map(renamed);
        if let Some(run) = &mut self.run {
            let next = match &mut run.stop {
                Stop::Then(next) => Some(next),
                Stop::Not | Stop::End => None,
            };
            for what in [Some(&mut run.what), next].into_iter().flatten() {
                if what.slide() == before {
                    now.clone_into(what.slide_mut());
                }
            }
        }
        if let Some(key) = self.snippet.as_mut().filter(|key| key.slide == before) {
            now.clone_into(&mut key.slide);
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

    /// The next or the previous demo or block of code of the slide; where it has one demo alone, the
    /// next or the previous lane of it, after which come all of them.
    pub(super) fn move_focus(&mut self, forward: bool) {
        let mut shown: Vec<Live> = self.live_shown();
        if shown.len() > 1 {
            let at = shown
                .iter()
                .position(|what| Some(what) == self.in_focus().as_ref())
                .unwrap_or(0);
            let to = turn(at, shown.len(), forward);
            return self.focus_live(shown.swap_remove(to));
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
