//! Through the talk: steps, slides, jumps and scrolling.

use super::{Action, Effect, JUMPS_MAX, Outline, Place, State, Target};

/// The step that stands for a fully revealed slide, however many steps it has.
pub(super) const REVEALED: u16 = u16::MAX;

impl State {
    /// Moves by an action while the slide is shown.
    pub(super) fn travel_slides(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match action {
            Action::NextSlide => self.next_slide(effects),
            Action::PreviousSlide => self.previous_slide(effects),
            Action::Down if self.overflows() => self.scroll_by(1),
            Action::Up if self.overflows() => self.scroll_by(-1),
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

    /// Goes to a slide as it was typed: a number or an id.
    pub(super) fn go_to_typed(&mut self, text: &str, effects: &mut Vec<Effect>) {
        match (text.trim(), text.trim().parse()) {
            ("", _) => {}
            (_, Ok(number)) => self.go_to(Target::Number(number), effects),
            (id, Err(_)) => self.go_to(Target::Id(id.to_owned()), effects),
        }
    }

    /// Goes to a slide as the user names it; by id as soon as ids are known.
    pub(super) fn go_to(&mut self, target: Target, effects: &mut Vec<Effect>) {
        match target {
            Target::Number(number) if (1..=self.slides_total()).contains(&number) => {
                self.jump(number - 1, effects);
            }
            Target::Number(number) => {
                let total = self.slides_total();
                self.complain(format!("no slide {number}; the deck has {total}"));
            }
            Target::Id(id) => {
                self.wanted = Some(id);
                self.want_outline(effects);
                self.go_to_wanted(effects);
            }
        }
    }

    /// Goes to the slide that was asked for by id, if ids are known by now.
    pub(super) fn go_to_wanted(&mut self, effects: &mut Vec<Effect>) {
        let Outline::Known(headings) = &self.outline else {
            return;
        };
        let Some(id) = self.wanted.take() else {
            return;
        };
        if let Some(slide) = headings.iter().position(|heading| heading.id == id) {
            self.jump(slide, effects);
        } else {
            self.complain(format!("no slide has the id `{id}`"));
            self.show(effects);
        }
    }

    /// Goes to a place. Leaving a slide ends its run.
    pub(super) fn go(&mut self, to: Place, effects: &mut Vec<Effect>) {
        let slide = to.slide.min(self.slides_total().saturating_sub(1));
        if slide != self.place.slide {
            self.stop_run(effects);
            self.demo = None;
            self.id_before = None;
            self.scroll = 0;
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

    /// Whether the page has more rows than the screen has for it.
    pub(super) fn overflows(&self) -> bool {
        self.scroll_max() > 0
    }

    /// How far the page can be scrolled.
    pub(super) fn scroll_max(&self) -> u32 {
        let rows = u32::try_from(self.page.rows.len()).unwrap_or(u32::MAX);
        rows.saturating_sub(u32::from(self.body_size().height))
    }

    /// Scrolls the page by rows.
    pub(super) fn scroll_by(&mut self, rows: i32) {
        let scroll = self
            .scroll
            .saturating_add_signed(rows)
            .min(self.scroll_max());
        self.dirty |= scroll != self.scroll;
        self.scroll = scroll;
    }
}
