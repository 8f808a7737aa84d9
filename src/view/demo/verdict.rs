//! What came of a run: the verdict, and what it rests on.

use parade_demos::report::{Report, VerdictState};
use parade_demos::spec::Show;

use super::{Scene, attempts, counts, table};
use crate::layout::matrix;
use crate::theme::Role;
use crate::view::canvas::Canvas;
use crate::view::figure;
use crate::view::words::lines;

/// Draws the verdict's sentences, the line about runs and the rest of the machine, and counters.
pub(super) fn draw(scene: &Scene, canvas: &mut Canvas) {
    let Some(report) = scene.report else {
        let stopped = format!("stopped; {} runs it anew", scene.run_key());
        canvas.text(0, 0, &stopped, Role::Muted);
        return;
    };
    // A matrix says by itself how each lane did; with no claim there is nothing to add.
    let says_itself =
        report.verdict.state == VerdictState::None && matrix(&scene.demo.spec).is_some();
    let mut y = if says_itself {
        0
    } else {
        sentences(report, canvas)
    };
    let runs = runs_line(scene, report);
    for line in lines(&runs, canvas.width()) {
        canvas.text(0, y, line, Role::Muted);
        y += 1;
    }
    for line in further_lines(scene, report, canvas.width()) {
        canvas.cut(0, y, canvas.width(), &line, Role::Muted);
        y += 1;
    }
}

/// The sign, the sentences, and why there is no verdict. Gives the row after them.
fn sentences(report: &Report, canvas: &mut Canvas) -> u16 {
    let verdict = &report.verdict;
    let (sign, role) = match verdict.state {
        VerdictState::Holds => ("✓", Role::Good),
        VerdictState::Fails => ("✗", Role::Error),
        VerdictState::Withheld => ("–", Role::Warning),
        VerdictState::None => ("", Role::Text),
    };
    let x = if sign.is_empty() { 0 } else { 2 };
    canvas.text(0, 0, sign, role);
    let mut y = 0;
    for line in lines(&verdict.text, canvas.width().saturating_sub(x)) {
        canvas.text(x, y, line, Role::Text);
        y += 1;
    }
    if let Some(reason) = &verdict.reason {
        let said = match verdict.state {
            VerdictState::Withheld => format!("No verdict: {reason}"),
            _ => reason.clone(),
        };
        for line in lines(&said, canvas.width().saturating_sub(x)) {
            canvas.text(x, y, line, role);
            y += 1;
        }
    }
    y
}

/// `3 runs, spread 1.2 %; the rest of the machine used 0.03 cores`, less what the verdict's reason
/// says already.
fn runs_line(scene: &Scene, report: &Report) -> String {
    let reason = report.verdict.reason.as_deref().unwrap_or_default();
    let mut parts = vec![spread(report)];
    if runs(report) == 1 {
        parts.push(format!("{} adds a run", scene.run_key()));
    }
    if scene.demo.stopped {
        parts.push("a further run was stopped and doesn't count".to_owned());
    }
    if let Some(others) = report.machine.others_cores {
        parts.push(format!("the rest of the machine used {others:.2} cores"));
    }
    parts.retain(|part| !reason.contains(part.as_str()));
    parts.join("; ")
}

/// `3 runs, spread 1.2 %`.
fn spread(report: &Report) -> String {
    let lanes = report.lanes.iter();
    let spread = lanes.filter_map(|lane| lane.spread).reduce(f64::max);
    match (spread, runs(report)) {
        (Some(spread), runs) => {
            format!(
                "{}, spread {:.1} %",
                figure::counted(runs, "run"),
                spread * 100.0
            )
        }
        (None, 1) => "one run, spread unknown".to_owned(),
        (None, runs) => figure::counted(runs, "run"),
    }
}

/// How often the lane with the most runs ran.
fn runs(report: &Report) -> usize {
    let lanes = report.lanes.iter();
    lanes.map(|lane| lane.runs.len()).max().unwrap_or(0)
}

/// Context switches where the table has no column for them, and each lane's own counts.
fn further_lines(scene: &Scene, report: &Report, width: u16) -> Vec<String> {
    let mut lines = Vec::new();
    if !table::shows_switches(scene, width) {
        let each = report.lanes.iter().filter_map(|lane| {
            let switches = lane.context_switches?;
            let total = (switches.voluntary + switches.involuntary) as f64;
            Some(format!("{} {}", lane.label, figure::count(total)))
        });
        let each = each.collect::<Vec<_>>().join(" · ");
        if !each.is_empty() {
            lines.push(format!("context switches: {each}"));
        }
    }
    match scene.demo.spec.show {
        // Their pictures tell what the lanes counted.
        Show::Heartbeat | Show::Transfer => return lines,
        Show::Counts => return counts::wrong_counts(scene).into_iter().collect(),
        Show::Attempts => return attempts::sources(scene),
        Show::Lanes | Show::Gil | Show::Steps | Show::Scheduler => {}
    }
    for lane in &report.lanes {
        let each = lane.counters.iter().filter_map(|(name, value)| {
            Some(format!(
                "{} {}",
                name.replace('_', " "),
                figure::count(value.as_f64()?)
            ))
        });
        let each = each.collect::<Vec<_>>().join(" · ");
        if !each.is_empty() {
            lines.push(format!("{}: {each}", lane.label));
        }
    }
    lines
}
