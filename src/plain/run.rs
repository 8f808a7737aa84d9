//! A run in words: what will run, how each lane does, and what came out.

use parade_demos::catalogue;
use parade_demos::interleavings::Interleavings;
use parade_demos::report::{LaneReport, Outcome, Report, VerdictState};
use parade_demos::snapshot::{Lane, LaneState, Snapshot};
use parade_demos::spec::{Amount, LaneSpec, Order};

use crate::app::{DemoState, lanes_to_run, live_value, parameters, worker_count};

/// What a demo would run, and what it claims.
pub(super) fn demo(
    demo: &DemoState,
    place: (usize, usize),
    cores: u32,
    learn: bool,
) -> Vec<String> {
    let spec = &demo.spec;
    let title = spec.title.as_deref().unwrap_or(&spec.name);
    let which = match place {
        (_, 1) => "Demo".to_owned(),
        (at, of) => format!("Demo {at} of {of}"),
    };
    let labels: Vec<&str> = lanes_to_run(spec).map(|(_, label)| label).collect();
    let order = match spec.order {
        Order::Turn => "",
        Order::Together => ", all at once",
    };
    let mut told = vec![format!(
        "{which}: {title}. Lanes{order}: {}.",
        labels.join("; ")
    )];
    told.extend(spec.claim.iter().map(|claim| format!("Claim: {claim}.")));
    told.push(conditions(demo, cores, learn));
    told
}

/// Amount and workers of what `r` runs, the live values and the one that is chosen.
pub(super) fn conditions(demo: &DemoState, cores: u32, learn: bool) -> String {
    let spec = &demo.spec_in_focus();
    // What counts its own work, or is a program, takes as long as it takes.
    let takes_length = |lane: &LaneSpec| {
        !catalogue::is_program(&lane.workload) && catalogue::exact_work(lane).is_none()
    };
    let amount = match spec.amount {
        _ if !spec.lanes.iter().any(takes_length) => None,
        Amount::Length(length) => Some(format!("{} s of work", length.as_secs_f64())),
        Amount::Work(units) => Some(format!("{units} units of work")),
    };
    let mut parts: Vec<String> = amount.into_iter().collect();
    if demo.shows_edited() {
        parts.insert(0, "an edited program".to_owned());
    }
    parts.extend(workers(&spec.lanes, cores));
    let chosen = |name| demo.parameter.as_deref() == Some(name);
    let values = parameters(spec, learn).into_iter();
    let values = values.filter(|parameter| parameter.live || chosen(parameter.name));
    parts.extend(
        values.map(|parameter| format!("{} {}", parameter.name, live_value(spec, parameter))),
    );
    format!("As it will run: {}.", parts.join("; "))
}

/// How many workers each lane has; of one number for all, that.
fn workers(lanes: &[LaneSpec], cores: u32) -> Vec<String> {
    let each = lanes.iter().map(|lane| {
        let count = worker_count(lane, cores as usize);
        (
            &lane.label,
            count,
            if count == 1 { "worker" } else { "workers" },
        )
    });
    let each: Vec<_> = each.collect();
    match each.as_slice() {
        [(_, count, noun), others @ ..]
            if !others.is_empty() && others.iter().all(|(_, other, _)| other == count) =>
        {
            vec![format!("{count} {noun} in each lane")]
        }
        each => each
            .iter()
            .map(|(label, count, noun)| format!("{label}, {count} {noun}"))
            .collect(),
    }
}

/// How a lane does, in a line that changes seldom: told when it does.
pub(super) fn progress(snapshot: &Snapshot) -> Vec<String> {
    snapshot.lanes.iter().filter_map(lane).collect()
}

fn lane(lane: &Lane) -> Option<String> {
    let label = &lane.label;
    Some(match &lane.state {
        LaneState::Waiting => return None,
        LaneState::Running => match lane.progress.map(|part| (part * 4.0) as u32 * 25) {
            None | Some(0) => format!("{label} runs."),
            Some(percent) => format!("{label}: {} %.", percent.min(75)),
        },
        LaneState::Done => format!("{label} is done."),
        LaneState::Failed(why) => format!("{label} failed: {why}."),
        LaneState::Cancelled => format!("{label} was stopped."),
        LaneState::Refused(why) => format!("{label} did not run: {why}."),
    })
}

/// What came out.
pub(super) fn result(report: &Report) -> Vec<String> {
    let mut lines: Vec<String> = report.lanes.iter().map(figures).collect();
    for lane in &report.lanes {
        lines.extend(counted(lane));
        lines.extend(lane.interleavings.iter().flat_map(|found| schedules(found)));
        let printed = lane
            .output
            .iter()
            .map(|line| format!("{} printed: {line}", lane.label));
        lines.extend(printed);
    }
    let verdict = &report.verdict;
    let state = match verdict.state {
        VerdictState::Holds => "Verdict: the claim holds. ",
        VerdictState::Fails => "Verdict: the claim fails. ",
        VerdictState::Withheld => "No verdict. ",
        VerdictState::None => "",
    };
    lines.push(format!("{state}{}", verdict.text));
    lines.extend(
        verdict
            .reason
            .iter()
            .map(|reason| format!("Why: {reason}.")),
    );
    lines
}

fn figures(lane: &LaneReport) -> String {
    if lane.outcome != Outcome::Done {
        let why = lane
            .error
            .as_deref()
            .unwrap_or("it did not come to its end");
        return format!("{}: {why}.", lane.label);
    }
    let parts = [
        lane.wall_s.map(|s| format!("{s:.3} s")),
        lane.cpu_s.map(|s| format!("{s:.3} s of CPU time")),
        lane.cores_used.map(|cores| format!("{cores:.2} cores")),
        lane.speedup
            .map(|factor| format!("{factor:.2} times as fast")),
        lane.pss_mib_max.map(|mib| format!("{mib:.1} MiB")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{}: {}.", lane.label, parts.join(", "))
}

fn counted(lane: &LaneReport) -> Option<String> {
    let each = lane.counters.iter().filter_map(|(name, value)| {
        let value = value.as_f64()?;
        let digits = if value.fract() == 0.0 { 0 } else { 2 };
        Some(format!("{} {value:.digits$}", name.replace('_', " ")))
    });
    let each: Vec<String> = each.collect();
    (!each.is_empty()).then(|| format!("{} counted: {}.", lane.label, each.join(", ")))
}

fn schedules(found: &Interleavings) -> Vec<String> {
    let all = match &found.stopped {
        None => format!("There are {} schedules.", found.schedules),
        Some(why) => format!("{} schedules were found, {why}.", found.schedules),
    };
    let outcome = found.outcomes.iter().map(|outcome| {
        let text = outcome.text.replace('\n', ", ");
        let end = match (outcome.deadlock, text.as_str()) {
            (true, text) => format!("a deadlock: {text}"),
            (false, "") => "the program's end".to_owned(),
            (false, text) => text.to_owned(),
        };
        format!("{} of them end in {end}.", outcome.schedules)
    });
    [all].into_iter().chain(outcome).collect()
}
