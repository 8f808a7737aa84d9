//! A schedule that was stepped by hand, told as the figures of a run, so that a challenge can ask for it
//! in the same expressions: `explorer.hand_ends`, `hand_deadlock` and `hand_steps`.

use parade_demos::explore::{Exhibit, Schedule};
use parade_demos::expression::{Expression, Figure};
use parade_demos::report::{LaneReport, Outcome, Report};
use parade_demos::spec::DemoSpec;

use super::Progress;
use crate::app::{Bench, Effect, State};
use crate::deck::Challenge;

impl State {
    /// A thread was stepped by hand: once the program is over, challenges are laid against what came out.
    pub(in crate::app) fn learn_by_hand(&mut self, effects: &mut Vec<Effect>) {
        let (Some(slide), Some(key)) = (self.slide().cloned(), self.demo.clone()) else {
            return;
        };
        let ended = self.demo_in_focus().and_then(|demo| match &demo.bench {
            Some(Bench {
                exhibit: Ok(Exhibit::Schedule(schedule)),
                ..
            }) if schedule.now().is_over() => Some(report(&demo.spec, schedule)),
            _ => None,
        });
        if let Some(report) = ended.filter(|_| self.settings.learn) {
            let challenges = self.attempted(&slide, &key.demo, &report, is_by_hand);
            let news = Progress {
                challenges,
                ..Progress::default()
            };
            self.keep_if_new(news, effects);
            self.lay_out_panel_anew();
        }
    }
}

/// Whether a challenge asks for a schedule that is stepped by hand.
pub(super) fn is_by_hand(challenge: &Challenge) -> bool {
    let goal = Expression::parse(&challenge.goal);
    goal.is_ok_and(|goal| {
        let mut mentions = goal.mentions().into_iter();
        mentions.any(
            |mention| matches!(mention.figure, Figure::Counter(name) if name.starts_with("hand_")),
        )
    })
}

/// One lane with what can be counted of a schedule. What the program printed last counts where it is a
/// number.
fn report(spec: &DemoSpec, schedule: &Schedule) -> Report {
    let world = schedule.now().world();
    let printed = world
        .output()
        .lines()
        .last()
        .and_then(|line| line.trim().parse::<f64>().ok());
    let figures = [
        ("hand_ends", printed),
        ("hand_deadlock", Some(f64::from(u8::from(!world.is_over())))),
        ("hand_steps", Some(schedule.steps().len() as f64)),
    ];
    let counters = figures.into_iter().filter_map(|(name, value)| {
        let value = serde_json::Number::from_f64(value?)?;
        Some((name.to_owned(), value.into()))
    });
    let lane = spec.lanes.first().map(|lane| LaneReport {
        counters: counters.collect(),
        ..LaneReport::unmeasured(lane, Outcome::Done)
    });
    Report {
        lanes: lane.into_iter().collect(),
        ..Report::empty(spec)
    }
}
