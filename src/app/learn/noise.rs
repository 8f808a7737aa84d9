//! How far the figures of a run may be off, and whether that could undo what they say. Pure.
//!
//! A verdict asks for several runs on a quiet machine. A learner's goal is often so far from what noise
//! could do that one run on a busy machine bears it: so each lane's times are shaken, one lane after the
//! other, by as much as they may be off, and what stays true of all that is taken for true.

use parade_demos::report::{LaneReport, LaneRun, Outcome, Report};
use parade_demos::spec::Order;
use parade_demos::verdict::OTHERS_CORES_MAX;

/// A single run tells no spread: its times are taken to be off by this share until a second run tells. A
/// choice: what says more than that about one run is a goal that is met far from its edge.
const ONE_RUN: f64 = 0.1;
/// Nothing is off by more than this share, or any figure would do.
const SHARE_MAX: f64 = 0.9;

/// Why a run does not bear yet what it says, and what to do about it; `None` if it does.
pub(super) fn doubt(report: &Report, says: impl Fn(&Report) -> bool) -> Option<String> {
    let undone = |(share, _): &(f64, String)| !stands(report, share.min(SHARE_MAX), &says);
    sources(report).into_iter().find(undone).map(|(_, why)| why)
}

/// By which share a time may be off, and why.
fn sources(report: &Report) -> Vec<(f64, String)> {
    let mut sources = Vec::new();
    if report.spec.order == Order::Together {
        let why = "the lanes ran together: let them run in turn";
        sources.push((SHARE_MAX, why.to_owned()));
    }
    let machine = &report.machine;
    let others = machine.others_cores.unwrap_or_default();
    if others > OTHERS_CORES_MAX {
        let why =
            format!("the rest of the machine used {others:.2} cores: run again when it is quiet");
        sources.push((others / machine.usable.max(1) as f64, why));
    }
    let is_single = |lane: &LaneReport| lane.outcome == Outcome::Done && lane.runs.len() == 1;
    if report.lanes.iter().any(is_single) {
        let why = "one run may be off by a tenth: run again";
        sources.push((ONE_RUN, why.to_owned()));
    }
    sources
}

/// Whether a run says the same whichever lane's times are off by this share.
fn stands(report: &Report, share: f64, says: impl Fn(&Report) -> bool) -> bool {
    (0..report.lanes.len()).all(|at| {
        [1.0 - share, 1.0 / (1.0 - share)].into_iter().all(|times| {
            let mut shaken = report.clone();
            shake(&mut shaken.lanes[at], times);
            says(&shaken)
        })
    })
}

/// Lets a lane have taken so many times as long. What is counted, CPU time and memory among it, depends on
/// other work the least and stays.
fn shake(lane: &mut LaneReport, times: f64) {
    for LaneRun { wall_s, .. } in &mut lane.runs {
        *wall_s *= times;
    }
    for (name, value) in &mut lane.counters {
        if let Some(time) = value.as_f64().filter(|_| is_time(name)) {
            *value = (time * times).into();
        }
    }
}

/// Whether a counter's name has a unit of time in it: `lateness_ms_p50`, `gil_switches_per_s`.
fn is_time(counter: &str) -> bool {
    let mut words = counter.split('_');
    words.any(|word| matches!(word, "s" | "ms" | "us" | "ns"))
}

#[cfg(test)]
mod tests {
    use parade_demos::expression::{Answer, Expression};
    use parade_demos::spec::{DemoSpec, LaneSpec};

    use super::*;

    /// Two lanes in so many runs each: one takes 4 s, two takes 2 s; one is 1 ms late and loses 5.
    fn report(runs: usize, others: f64, order: Order) -> Report {
        let lane = |name: &str, wall_s| LaneReport {
            against: Some("one".to_owned()),
            pss_mib_max: Some(10.0),
            counters: [
                ("lateness_ms_p50".to_owned(), 1.0.into()),
                ("lost".to_owned(), 5.into()),
            ]
            .into_iter()
            .collect(),
            runs: vec![
                LaneRun {
                    wall_s,
                    cpu_s: 4.0,
                    gauged_s: None,
                };
                runs
            ],
            ..LaneReport::unmeasured(&LaneSpec::new("primes", name), Outcome::Done)
        };
        let mut report = Report {
            lanes: vec![lane("one", 4.0), lane("two", 2.0)],
            ..Report::empty(&DemoSpec::new("demo", Vec::new()))
        };
        report.spec.order = order;
        report.machine.usable = 2;
        report.machine.others_cores = Some(others);
        report
    }

    #[test]
    fn figures_are_doubted_where_noise_could_undo_what_they_say() {
        let again = Some("one run may be off by a tenth: run again");
        let busy = Some("the rest of the machine used 0.80 cores: run again when it is quiet");
        let together = Some("the lanes ran together: let them run in turn");
        let (turn, at_once) = (Order::Turn, Order::Together);
        for (condition, runs, others, order, expected) in [
            ("two.speedup > 1.9", 2, 0.0, turn, None),
            ("two.speedup > 1.9", 1, 0.0, turn, again),
            ("two.speedup > 1.7", 1, 0.0, turn, None),
            // The baseline may be what is off.
            ("two.speedup < 2.1", 1, 0.0, turn, again),
            ("two.speedup < 2.3", 1, 0.0, turn, None),
            // Work of others below a tenth of a core is none.
            ("two.speedup > 1.9", 2, 0.1, turn, None),
            ("two.speedup > 1.9", 2, 0.8, turn, busy),
            ("two.speedup > 1.9", 1, 0.8, turn, busy),
            ("two.speedup > 1.1", 2, 0.8, turn, None),
            ("two.cores_used > 1.9", 1, 0.0, turn, again),
            ("one.lateness_ms_p50 < 1.05", 1, 0.0, turn, again),
            ("one.lateness_ms_p50 < 1.2", 1, 0.0, turn, None),
            ("two.speedup > 1.1", 2, 0.0, at_once, together),
            // What is counted is counted.
            ("two.lost == 5", 1, 0.8, at_once, None),
            ("two.pss < 10.1", 1, 0.8, at_once, None),
            ("one.cpu < 4.1", 1, 0.8, at_once, None),
        ] {
            let parsed = Expression::parse(condition).expect("a condition");
            let report = report(runs, others, order);
            let is_true = |report: &Report| parsed.evaluate(report) == Answer::True;
            assert!(is_true(&report), "{condition}");
            assert_eq!(
                doubt(&report, is_true).as_deref(),
                expected,
                "{condition}, {runs} runs, {others} cores of others"
            );
        }
    }
}
