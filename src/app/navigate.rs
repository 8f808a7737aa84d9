//! Through the talk: steps, slides and jumps.

use super::{Action, Ask, Effect, JUMPS_MAX, Place, State};
use crate::parse;

/// The step that stands for a fully revealed slide, however many steps it has.
pub(super) const REVEALED: u16 = u16::MAX;

impl State {
    /// Moves by an action while the slide is shown.
    pub(super) fn travel_slides(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match action {
            Action::NextSlide => self.next_slide(effects),
            Action::PreviousSlide => self.previous_slide(effects),
            Action::Down if self.anything_overflows() => self.scroll_nearest(1),
            Action::Up if self.anything_overflows() => self.scroll_nearest(-1),
            Action::Next | Action::Down => self.step_on(effects),
            Action::Previous | Action::Up => self.step_back(effects),
            Action::First => self.jump(0, effects),
            Action::Last => self.jump(self.slides_total().saturating_sub(1), effects),
            _ => {}
        }
    }

    /// One reveal further, then the next slide.
    pub(super) fn step_on(&mut self, effects: &mut Vec<Effect>) {
        let Place { slide, step } = self.place;
        if step < self.slide().map_or(0, |slide| slide.steps) {
            let step = step + 1;
            self.go(Place { slide, step }, effects);
        } else {
            self.next_slide(effects);
        }
    }

    /// One reveal back, then the slide before, fully revealed.
    pub(super) fn step_back(&mut self, effects: &mut Vec<Effect>) {
        let Place { slide, step } = self.place;
        match step.checked_sub(1) {
            Some(step) => self.go(Place { slide, step }, effects),
            None => self.previous_slide(effects),
        }
    }

    fn next_slide(&mut self, effects: &mut Vec<Effect>) {
        let slide = self.place.slide + 1;
        if slide < self.slides_total() {
            self.go(Place { slide, step: 0 }, effects);
        }
    }

    fn previous_slide(&mut self, effects: &mut Vec<Effect>) {
        if let Some(slide) = self.place.slide.checked_sub(1) {
            let step = REVEALED;
            self.go(Place { slide, step }, effects);
        }
    }

    /// Goes to a slide and remembers the place to come back to.
    pub(super) fn jump(&mut self, slide: usize, effects: &mut Vec<Effect>) {
        if self.console.is_some() {
            return self.ask(Ask::Go(Place { slide, step: 0 }), effects);
        }
        if slide != self.place.slide {
            self.remember(self.place);
        }
        self.go(Place { slide, step: 0 }, effects);
    }

    /// Remembers a place to come back to.
    pub(super) fn remember(&mut self, place: Place) {
        if self.jumps.len() == JUMPS_MAX {
            self.jumps.remove(0);
        }
        self.jumps.push(place);
    }

    /// Back from the last jump.
    pub(super) fn go_back(&mut self, effects: &mut Vec<Effect>) {
        if let Some(place) = self.jumps.pop() {
            self.go(place, effects);
        }
    }

    /// Goes to a slide as it was typed: an id, or a number from 1.
    pub(super) fn go_to_typed(&mut self, text: &str, effects: &mut Vec<Effect>) {
        let (text, total) = (text.trim(), self.slides_total());
        if text.is_empty() {
            return;
        }
        match parse::find(&self.deck, text) {
            Some(slide) => self.jump(slide, effects),
            None if text.parse::<u64>().is_ok() => {
                self.complain(format!("no slide {text}; the deck has {total}"));
            }
            None => {
                let ids = self.deck.extents.iter().map(|extent| extent.id.as_str());
                let near = parse::suggest::nearest(text, ids);
                let near = near
                    .map(|id| format!("; did you mean `{id}`?"))
                    .unwrap_or_default();
                self.complain(format!("no slide has the id `{text}`{near}"));
            }
        }
    }

    /// Goes to a place. Leaving a slide ends its run, unless it is only looked at in a search.
    pub(super) fn go(&mut self, to: Place, effects: &mut Vec<Effect>) {
        let slide = to.slide.min(self.slides_total().saturating_sub(1));
        if slide != self.place.slide {
            if !self.searches() {
                self.stop_run(effects);
            }
            self.demo = None;
            self.snippet = None;
            self.scroll_to_top();
        }
        let place = self.bound(Place { slide, ..to });
        if place != self.place {
            self.place = place;
            self.show(effects);
        }
    }

    /// A place with no more steps than its slide has, if that is known by now.
    pub(super) fn bound(&self, place: Place) -> Place {
        let steps = self
            .slides
            .get(&place.slide)
            .map_or(REVEALED, |slide| slide.steps);
        Place {
            step: place.step.min(steps),
            ..place
        }
    }
}
