//! Whether the talk is on time: what is elapsed against the deck's `duration`, by the slides that are
//! behind it.

use std::time::Duration;

use crate::app::State;

/// A talk counts as on time within this part of its duration…
const TOLERANCE_PARTS: u32 = 20;
/// …or within this time, whichever is more.
const TOLERANCE_MIN: Duration = Duration::from_secs(30);

/// How a talk stands against its duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// As planned.
    OnTime,
    /// Further than the time that is elapsed, by so much.
    Ahead(Duration),
    /// Not as far, by so much.
    Behind(Duration),
    /// The duration is over, since so long.
    Over(Duration),
}

impl Pace {
    /// Of a talk on the slide `slide`, from 0, of `slides`: each has the same share of the duration,
    /// and may be shown from the beginning to the end of its share.
    pub fn of(elapsed: Duration, duration: Duration, slide: usize, slides: usize) -> Self {
        let tolerance = (duration / TOLERANCE_PARTS).max(TOLERANCE_MIN);
        let share = |slide: usize| duration.mul_f64(slide as f64 / slides.max(1) as f64);
        let (from, until) = (share(slide), share(slide + 1));
        let (ahead, behind) = (from.saturating_sub(elapsed), elapsed.saturating_sub(until));
        if elapsed > duration {
            Self::Over(elapsed.saturating_sub(duration))
        } else if ahead > tolerance {
            Self::Ahead(ahead)
        } else if behind > tolerance {
            Self::Behind(behind)
        } else {
            Self::OnTime
        }
    }
}

impl State {
    /// The talk's pace; `None` where the deck has no `duration`.
    pub fn pace(&self) -> Option<Pace> {
        let duration = self.deck.front.duration?;
        let slides = self.slides_total();
        Some(Pace::of(self.elapsed(), duration, self.place.slide, slides))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_from_time_and_slides() {
        let seconds = Duration::from_secs;
        // Thirty minutes for thirty slides, a minute and a half of tolerance.
        for (elapsed, slide, pace) in [
            (0, 0, Pace::OnTime),
            (149, 0, Pace::OnTime),
            (151, 0, Pace::Behind(seconds(91))),
            (600, 10, Pace::OnTime),
            (300, 10, Pace::Ahead(seconds(300))),
            (1799, 29, Pace::OnTime),
            (1860, 29, Pace::Over(seconds(60))),
        ] {
            let found = Pace::of(seconds(elapsed), seconds(1800), slide, 30);
            assert_eq!(found, pace, "{elapsed} s on slide {slide}");
        }
        assert_eq!(Pace::of(seconds(0), seconds(60), 0, 0), Pace::OnTime);
    }
}
