//! The way from one slide to the next, where one is to be seen: when there is one, and how far it is.
//!
//! What it looks like is the picture's; here is only time, which comes with ticks. A reveal is none of
//! it, and no key waits for its end: the first that comes is that end.

use std::time::Duration;

use super::{Event, Mode, Moment, State};
use crate::deck::Transition;

/// How long the way takes: short enough that nobody waits for it.
const WHOLE: Duration = Duration::from_millis(240);
/// Between two of its pictures.
const FRAME: Duration = Duration::from_millis(30);

/// A slide that is coming.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transit {
    /// How.
    pub transition: Transition,
    /// Whether it is one further on in the deck.
    pub forward: bool,
    /// Since when.
    pub began: Moment,
}

impl State {
    /// How much of the way is done, 0…1. The first picture is of its first step, not of its beginning:
    /// something is to be seen at once.
    pub fn progress(&self, transit: &Transit) -> f64 {
        let since = self.now.saturating_sub(transit.began) + FRAME;
        (since.as_secs_f64() / WHOLE.as_secs_f64()).min(1.0)
    }

    /// The page of another slide than `from` is shown from now on. Nothing moves beside a run, under
    /// whatever lies over the slide, on a console, or where motion is not wanted.
    pub(super) fn set_off(&mut self, from: usize) {
        let to = self.page_place.slide;
        let is_calm = self.settings.reduced_motion || self.console.is_some();
        if is_calm || self.run.is_some() || self.mode != Mode::Slide || from == to {
            return;
        }
        // There and back are the same way.
        let later = self.slides.get(&from.max(to));
        let of_slide = later.and_then(|slide| slide.transition);
        let of_deck = self.deck.front.transition;
        let transition = of_slide.or(of_deck).unwrap_or(self.settings.transition);
        self.transit = (transition != Transition::Off).then_some(Transit {
            transition,
            forward: from < to,
            began: self.now,
        });
    }

    /// Time has passed: there is another picture, or the way is at its end.
    pub(super) fn move_on(&mut self) {
        if let Some(transit) = &self.transit {
            self.dirty = true;
            if self.progress(transit) >= 1.0 {
                self.transit = None;
            }
        }
    }

    /// Ends what an event leaves no time for: somebody does something, the screen is another, or a run
    /// begins. What is only found out meanwhile waits. Tells whether there was something to end.
    pub(super) fn cut_short(&mut self, event: &Event) -> bool {
        let ends = matches!(
            event,
            Event::Key(_)
                | Event::Paste(_)
                | Event::Mouse(_)
                | Event::Asked(_)
                | Event::Resize(_)
                | Event::Resumed
                | Event::Reloaded(_)
                | Event::Themed(..)
                | Event::Run { .. }
                | Event::Snippet { .. }
                | Event::Traced { .. }
        );
        let cut = ends && self.transit.take().is_some();
        self.dirty |= cut;
        cut
    }

    /// When the next picture of it is wanted, from now.
    pub(super) fn transit_tick(&self) -> Option<Duration> {
        self.transit.map(|_| FRAME)
    }
}
