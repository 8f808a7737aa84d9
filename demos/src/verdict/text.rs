//! Figures → one or two sentences for an audience, in plain English. Verbs stand in the past, so that
//! lanes of any number agree with them.

use super::speed::{ONE_CORE_MAX, speeds};
use super::words::{begin, figure, list, microseconds, percent, seconds};
use crate::catalogue;
use crate::interleavings;
use crate::report::{LaneReport, Outcome, Report};
use crate::spec::Order;

/// The most sentences that a room reads.
const SENTENCES_MAX: usize = 3;

/// What was seen.
pub(super) fn tell(report: &Report, about_memory: bool) -> String {
    let stopped = |lane: &LaneReport| lane.outcome == Outcome::Cancelled;
    if report.lanes.iter().all(stopped) {
        return "The run was stopped before a lane had finished.".to_owned();
    }
    let done: Vec<&LaneReport> = report
        .lanes
        .iter()
        .filter(|lane| lane.outcome == Outcome::Done)
        .collect();
    let mut sentences = match done.as_slice() {
        [] => vec!["No lane was finished.".to_owned()],
        _ if report.spec.order == Order::Together => {
            vec![
                "All lanes ran at once and shared the cores: their times don't compare.".to_owned(),
            ]
        }
        _ => seen(report, &done, about_memory),
    };
    sentences.truncate(SENTENCES_MAX);
    if report.spec.edited {
        sentences.insert(0, "The program was edited.".to_owned());
    }
    for (ended, names) in troubles(report) {
        sentences.push(format!("{} {ended}.", begin(&list(&names))));
    }
    sentences.join(" ")
}

/// How a lane's end is told, of it or of several that ended so.
pub(super) fn ended(lane: &LaneReport) -> &'static str {
    match lane.outcome {
        Outcome::Done => "finished",
        Outcome::Failed => "failed",
        Outcome::Cancelled => "did not finish",
        Outcome::Refused if catalogue::needs_consent(&lane.model) => "did not get leave to run",
        Outcome::Refused => "refused this program",
        Outcome::Unavailable => "could not run on this machine",
        Outcome::TimedOut => "ran out of time",
    }
}

fn seen(report: &Report, done: &[&LaneReport], about_memory: bool) -> Vec<String> {
    if let Some(told) = explored(done).or_else(|| transfers(done)) {
        return vec![told];
    }
    let lost = losses(done);
    let mut sentences = Vec::new();
    if about_memory {
        sentences.extend(memory(done));
    }
    sentences.extend(speeds(report, done));
    if sentences.is_empty() {
        // Where nothing is compared, it is what the lanes are about.
        sentences.extend(lateness(done));
    }
    let differs = |lane: &&LaneReport| lane.workload != done[0].workload;
    if sentences.is_empty() && done.iter().any(differs) {
        sentences.push(loads(done));
    }
    if sentences.is_empty() {
        sentences.push(times(done));
    }
    lost.into_iter().chain(sentences).collect()
}

/// "Gil lost none of its updates, free-threaded 42 %." Of programs that tell how often they counted and
/// what is missing.
fn losses(lanes: &[&LaneReport]) -> Option<String> {
    let figure = |lane: &LaneReport, counter: &str| lane.counters.get(counter)?.as_f64();
    let share = |lane: &&LaneReport| {
        let (counted, lost) = (figure(lane, "counted")?, figure(lane, "lost")?);
        Some(lost / (counted + lost)).filter(|share| share.is_finite())
    };
    let known = lanes
        .iter()
        .filter_map(|lane| Some((&lane.label, share(lane)?)));
    let parts: Vec<(&String, f64)> = known.collect();
    if parts.is_empty() {
        return None;
    }
    if parts.iter().all(|(_, share)| *share <= 0.0) {
        return Some("No update was lost this time.".to_owned());
    }
    let part = |(index, (label, share)): (usize, &(&String, f64))| {
        let lost = if *share > 0.0 {
            percent(*share)
        } else {
            "none".to_owned()
        };
        match index {
            0 => format!("{label} lost {lost} of its updates"),
            _ => format!("{label} {lost}"),
        }
    };
    let parts: Vec<String> = parts.iter().enumerate().map(part).collect();
    Some(format!("{}.", begin(&parts.join(", "))))
}

/// "CPU bound kept a core busy for 98 % of its time, I/O bound for 1 %." Work of different kinds has
/// no times to compare.
fn loads(lanes: &[&LaneReport]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut before_was_part = false;
    for lane in lanes {
        let used = lane.cores_used.unwrap_or(0.0);
        let is_part = used <= ONE_CORE_MAX;
        let label = &lane.label;
        parts.push(match (is_part, before_was_part) {
            (false, _) => format!("{label} kept {used:.1} cores busy"),
            (true, false) => format!("{label} kept a core busy for {} of its time", percent(used)),
            (true, true) => format!("{label} for {}", percent(used)),
        });
        before_was_part = is_part;
    }
    format!("{}.", begin(&parts.join(", ")))
}

/// "Of 20 interleavings 2 came to “2”, 18 to “1”." Of many outcomes the rarest are told.
fn explored(lanes: &[&LaneReport]) -> Option<String> {
    const OUTCOMES_TOLD: usize = 4;
    let found = lanes
        .iter()
        .find_map(|lane| lane.interleavings.as_deref())?;
    let count = match &found.stopped {
        None => format!("{} interleavings", found.schedules),
        Some(stopped) => format!("{} interleavings ({stopped})", found.schedules),
    };
    let came_to = |outcome: &interleavings::Outcome| {
        if outcome.deadlock {
            "a deadlock".to_owned()
        } else {
            format!("“{}”", outcome.text.replace('\n', " / "))
        }
    };
    if let ([only], 1) = (found.outcomes.as_slice(), found.outcomes_total) {
        return Some(format!("All {count} came to {}.", came_to(only)));
    }
    let told = found.outcomes.iter().take(OUTCOMES_TOLD).enumerate();
    let mut parts: Vec<String> = told
        .map(|(index, outcome)| {
            let came = if index == 0 { " came" } else { "" };
            format!("{}{came} to {}", outcome.schedules, came_to(outcome))
        })
        .collect();
    let others = found.outcomes_total.saturating_sub(parts.len());
    if others > 0 {
        parts.push(format!("the rest to {others} other outcomes"));
    }
    Some(format!("Of {count} {}.", parts.join(", ")))
}

/// "99 of 100 wake-ups were at most 60 ms late (blocking), 0.2 ms (yielding)." A label need not be a
/// noun.
fn lateness(lanes: &[&LaneReport]) -> Option<String> {
    let each = counted(lanes, "lateness_ms_p99");
    let parts: Vec<String> = each
        .iter()
        .enumerate()
        .map(|(index, (label, ms))| {
            let late = if index == 0 { " late" } else { "" };
            format!("{} ms{late} ({label})", figure(*ms))
        })
        .collect();
    let told = || format!("99 of 100 wake-ups were at most {}.", parts.join(", "));
    (!parts.is_empty()).then(told)
}

/// "Bringing a result back took 2.8 µs with threads, 912 µs with processes." Of more lanes than two
/// the ends are told: a line for each stands in the picture.
fn transfers(lanes: &[&LaneReport]) -> Option<String> {
    let mut each = counted(lanes, "transfer_us_mean");
    if each.len() > 2 {
        each.sort_by(|one, other| one.1.total_cmp(&other.1));
        let ((least, least_us), (most, most_us)) = (each.first()?, each.last()?);
        return Some(format!(
            "Bringing a result back took from {} ({least}) to {} ({most}).",
            microseconds(*least_us),
            microseconds(*most_us),
        ));
    }
    let parts: Vec<String> = each
        .iter()
        .map(|(label, us)| format!("{} with {label}", microseconds(*us)))
        .collect();
    let told = || format!("Bringing a result back took {}.", parts.join(", "));
    (!parts.is_empty()).then(told)
}

/// What each lane counted under this name, but for the baseline.
fn counted<'a>(lanes: &[&'a LaneReport], counter: &str) -> Vec<(&'a str, f64)> {
    let compared = lanes.iter().filter(|lane| !lane.baseline);
    let value = |lane: &&'a LaneReport| {
        let value = lane.counters.get(counter)?.as_f64()?;
        Some((lane.label.as_str(), value))
    };
    compared.filter_map(value).collect()
}

/// "Sequential needed 2.1 MiB of memory, processes 6.8 MiB."
fn memory(lanes: &[&LaneReport]) -> Option<String> {
    let known = lanes
        .iter()
        .filter_map(|lane| Some((&lane.label, lane.pss_mib_max?)));
    let parts: Vec<String> = known
        .enumerate()
        .map(|(index, (label, mib))| match index {
            0 => format!("{label} needed {} MiB of memory", figure(mib)),
            _ => format!("{label} {} MiB", figure(mib)),
        })
        .collect();
    (!parts.is_empty()).then(|| format!("{}.", begin(&parts.join(", "))))
}

/// "Sequential took 4.02 s, async 4.06 s."
fn times(lanes: &[&LaneReport]) -> String {
    let part = |(index, lane): (usize, &&LaneReport)| {
        let took = if index == 0 { " took" } else { "" };
        format!(
            "{}{took} {}",
            lane.label,
            seconds(lane.wall_s.unwrap_or(0.0))
        )
    };
    let parts: Vec<String> = lanes.iter().enumerate().map(part).collect();
    format!("{}.", begin(&parts.join(", ")))
}

/// The lanes that did not finish, by how.
fn troubles(report: &Report) -> Vec<(&'static str, Vec<&str>)> {
    let mut troubles: Vec<(&'static str, Vec<&str>)> = Vec::new();
    for lane in report
        .lanes
        .iter()
        .filter(|lane| lane.outcome != Outcome::Done)
    {
        let how = ended(lane);
        match troubles.iter_mut().find(|(told, _)| *told == how) {
            Some((_, names)) => names.push(&lane.label),
            None => troubles.push((how, vec![&lane.label])),
        }
    }
    troubles
}
