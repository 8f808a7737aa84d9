//! What came out of a run: a table and what it rests on, and whether something was wrong.

use std::io::{self, Write};

use parade_demos::catalogue;
use parade_demos::report::{LaneReport, Outcome, Report, VerdictState};
use parade_demos::spec::Order;
use serde_json::Value as Json;

use crate::cli::ending::Ending;
use crate::cli::quantity::{count, seconds};
use crate::cli::table::{Column, Table};

/// Whether the run found something wrong. What could not run here, or was withheld, is no fault. A
/// model that refuses a program by its nature has answered; consent that is missing is asked for.
pub(super) fn ending(report: &Report) -> Ending {
    let wrong = report.lanes.iter().any(failed) || report.verdict.state == VerdictState::Fails;
    if wrong {
        Ending::FoundWrong
    } else {
        Ending::Done
    }
}

/// Whether something was wrong with a lane.
pub(in crate::cli) fn failed(lane: &LaneReport) -> bool {
    match lane.outcome {
        Outcome::Failed | Outcome::TimedOut => true,
        Outcome::Refused => catalogue::needs_consent(&lane.model),
        Outcome::Done | Outcome::Cancelled | Outcome::Unavailable => false,
    }
}

/// Prints the report for people.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    table(report).write(out, "")?;
    for lane in &report.lanes {
        if let Some(error) = &lane.error {
            writeln!(out, "{}: {error}", lane.label)?;
        }
    }
    for (printed, labels) in printed(report) {
        writeln!(out, "{} printed", labels.join(", "))?;
        for line in printed {
            writeln!(out, "  {line}")?;
        }
    }
    writeln!(out)?;
    writeln!(out, "{}", work_line(report))?;
    writeln!(out, "{}", machine_line(report))?;
    writeln!(out)?;
    let verdict = &report.verdict;
    writeln!(out, "{}", verdict.text)?;
    let claim = verdict.claim.as_deref().unwrap_or_default();
    let reason = verdict
        .reason
        .as_deref()
        .map(|reason| format!(": {reason}"))
        .unwrap_or_default();
    match verdict.state {
        VerdictState::Holds => writeln!(out, "The claim holds: {claim}"),
        VerdictState::Fails => writeln!(out, "The claim fails: {claim}{reason}"),
        VerdictState::Withheld => writeln!(out, "No verdict{reason}"),
        VerdictState::None => Ok(()),
    }
}

/// The last lines that programs printed, each with all lanes that printed the same.
fn printed(report: &Report) -> Vec<(&[String], Vec<&str>)> {
    let mut all: Vec<(&[String], Vec<&str>)> = Vec::new();
    for lane in report.lanes.iter().filter(|lane| !lane.output.is_empty()) {
        match all.iter_mut().find(|(lines, _)| *lines == lane.output) {
            Some((_, labels)) => labels.push(&lane.label),
            None => all.push((&lane.output, vec![&lane.label])),
        }
    }
    all
}

fn table(report: &Report) -> Table<'static> {
    const COLUMNS: &[Column] = &[
        Column::Left,
        Column::Right,
        Column::Right,
        Column::Right,
        Column::Right,
        Column::Right,
        Column::Right,
        Column::Right,
        Column::Right,
        Column::Left,
    ];
    let mut table = Table::new(COLUMNS);
    table.row([
        "lane",
        "workers",
        "wall",
        "CPU",
        "cores",
        "speed-up",
        "spread",
        "memory",
        "switches",
        "counted by the lane",
    ]);
    for lane in &report.lanes {
        table.row(row(lane));
    }
    table
}

fn row(lane: &LaneReport) -> [String; 10] {
    let figure =
        |value: Option<f64>, write: fn(f64) -> String| value.map(write).unwrap_or_default();
    let wall = match lane.outcome {
        Outcome::Done => figure(lane.wall_s, seconds),
        Outcome::Failed => "failed".to_owned(),
        Outcome::Cancelled => "cancelled".to_owned(),
        Outcome::Refused => "refused".to_owned(),
        Outcome::Unavailable => "not here".to_owned(),
        Outcome::TimedOut => "too long".to_owned(),
    };
    let switches = lane
        .context_switches
        .map(|switches| count((switches.voluntary + switches.involuntary) as f64))
        .unwrap_or_default();
    let mark = if lane.baseline { " (baseline)" } else { "" };
    [
        format!("{}{mark}", lane.label),
        lane.workers.to_string(),
        wall,
        figure(lane.cpu_s, seconds),
        figure(lane.cores_used, |cores| format!("{cores:.2}")),
        figure(lane.speedup, |times| format!("{times:.2}×")),
        figure(lane.spread, |spread| format!("{:.1} %", spread * 100.0)),
        figure(lane.pss_mib_max, |mib| format!("{mib:.1} MiB")),
        switches,
        counters(lane),
    ]
}

/// What workload and model counted themselves: `polls 3,201 · lateness_ms_p99 1.2`.
fn counters(lane: &LaneReport) -> String {
    let one = |(name, value): (&String, &Json)| match value.as_f64() {
        Some(number) => format!("{name} {}", count(number)),
        None => format!("{name} {value}"),
    };
    lane.counters
        .iter()
        .map(one)
        .collect::<Vec<_>>()
        .join(" · ")
}

/// How much work, how often, and what perfect scaling was.
fn work_line(report: &Report) -> String {
    let spec = &report.spec;
    let order = match spec.order {
        Order::Turn => "in turn",
        Order::Together => "together",
    };
    let runs = if spec.repeat == 1 { "run" } else { "runs" };
    let ideal = report
        .ideal_speedup
        .map(|times| format!("; ideal here {times:.2}×"))
        .unwrap_or_default();
    let program = |lane: &LaneReport| catalogue::is_program(&lane.workload);
    let work = if report.lanes.iter().all(program) {
        String::new()
    } else {
        let work = count(spec.work as f64);
        format!("{work} {}, seed {}, ", spec.unit, spec.seed)
    };
    format!(
        "{}: {work}{} {runs} of each lane {order}{ideal}",
        report.demo, spec.repeat,
    )
}

/// Where it ran, and what else ran there.
fn machine_line(report: &Report) -> String {
    let machine = &report.machine;
    let cores = format!("{} of {} cores", machine.usable, machine.cores);
    let quota = machine.quota_cores.map(|quota| format!("quota {quota:.1}"));
    let cpu = Some(machine.cpu.clone()).filter(|name| !name.is_empty());
    let place = [Some(cores), quota, cpu, Some(machine.os.clone())];

    let share = |who: &str, cores: Option<f64>| Some(format!("{who} {:.2} cores", cores?));
    let throttled = machine.throttled_s.filter(|seconds| *seconds > 0.0);
    let shares = [
        share("the rest of the machine used", machine.others_cores),
        share("parade itself", machine.self_cores),
        share("stolen", machine.steal_cores),
        throttled.map(|time| format!("held back by the quota for {}", seconds(time))),
    ];

    let program = Some(format!("parade {} ({} build)", report.parade, report.build));
    let parts = [place.to_vec(), shares.to_vec(), vec![program]]
        .map(|parts| parts.into_iter().flatten().collect::<Vec<_>>().join(", "));
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("; ")
}

#[cfg(test)]
mod tests;
