//! What came of a run: the verdict, and what it rests on.

use parade_demos::report::{Report, VerdictState};
use parade_demos::spec::Show;

use super::{Scene, attempts, counts, table};
use crate::layout::{matrix, text_width};
use crate::theme::Role;
use crate::view::canvas::Canvas;
use crate::view::figure;
use crate::view::words::lines;

/// Draws the verdict's sentences, the line about runs and the rest of the machine, and counters, as
/// far as there are rows; where there are too few, the last one says so.
pub(super) fn draw(scene: &Scene, canvas: &mut Canvas) {
    let Some(report) = scene.report else {
        let stopped = format!("stopped; {} runs it anew", scene.run_key());
        canvas.text(0, 0, &stopped, Role::Muted);
        return;
    };
    let mut said = Said {
        canvas,
        y: 0,
        end: 0,
    };
    // A matrix says by itself how each lane did; what there is to add is whether the claim holds.
    let verdict = &report.verdict;
    let judged = verdict.state != VerdictState::None;
    match (matrix(&scene.demo.spec), &verdict.claim) {
        (None, _) => sentences(report, &verdict.text, &mut said),
        (Some(_), Some(claim)) if judged => sentences(report, claim, &mut said),
        (Some(_), _) => {}
    }
    let width = said.canvas.width();
    let about_runs = packed(&about_runs(scene, report), "; ", width);
    said.whole(0, &about_runs, Role::Muted);
    for line in further_lines(scene, report, width) {
        said.whole(0, &line, Role::Muted);
    }
}

/// What was said so far, row by row.
struct Said<'a, 'b> {
    canvas: &'a mut Canvas<'b>,
    y: u16,
    /// Where the last row that was drawn ends.
    end: u16,
}

impl Said<'_, '_> {
    /// Says a text in as many rows as it takes.
    fn whole(&mut self, x: u16, text: &str, role: Role) {
        for line in lines(text, self.canvas.width().saturating_sub(x)) {
            if self.has_row() {
                self.end = self.canvas.text(x, self.y, line, role);
            }
            self.y += 1;
        }
    }

    /// Whether there is a row left; where there is none, the last one gets a sign of that.
    fn has_row(&mut self) -> bool {
        let height = self.canvas.height();
        if self.y == height && height > 0 {
            let x = self.end.min(self.canvas.width().saturating_sub(1));
            self.canvas.text(x, height - 1, "…", Role::Muted);
        }
        self.y < height
    }
}

/// The sign, the sentences, and why there is no verdict.
fn sentences(report: &Report, text: &str, said: &mut Said) {
    let verdict = &report.verdict;
    let (sign, role) = match verdict.state {
        VerdictState::Holds => ("✓", Role::Good),
        VerdictState::Fails => ("✗", Role::Error),
        VerdictState::Withheld => ("–", Role::Warning),
        VerdictState::None => ("", Role::Text),
    };
    let x = if sign.is_empty() { 0 } else { 2 };
    said.canvas.text(0, 0, sign, role);
    said.whole(x, text, Role::Text);
    if let Some(reason) = &verdict.reason {
        let why = match verdict.state {
            VerdictState::Withheld => format!("No verdict: {reason}"),
            _ => reason.clone(),
        };
        said.whole(x, &why, role);
    }
}

/// Parts with something between them, as many in a row as fit: a figure stands by its name.
fn packed(parts: &[String], between: &str, width: u16) -> String {
    let mut text = String::new();
    let mut row = 0;
    for part in parts {
        let fits = row + text_width(between) + text_width(part) <= usize::from(width);
        match (row, fits) {
            (0, _) => {}
            (_, true) => {
                text += between;
                row += text_width(between);
            }
            (_, false) => {
                text += between.trim_end();
                text.push('\n');
                row = 0;
            }
        }
        text += part;
        row += text_width(part);
    }
    text
}

/// `3 runs, spread 1.2 %`, `the rest of the machine used 0.03 cores`, less what the verdict's reason
/// says already.
fn about_runs(scene: &Scene, report: &Report) -> Vec<String> {
    let reason = report.verdict.reason.as_deref().unwrap_or_default();
    let mut parts = vec![spread(report)];
    if runs(report) == 0 {
        parts.clear();
    }
    if runs(report) == 1 && scene.demo.replay.is_none() {
        parts.push(format!("{} adds a run", scene.run_key()));
    }
    if scene.demo.stopped {
        parts.push("a further run was stopped and doesn't count".to_owned());
    }
    if let Some(others) = report.machine.others_cores {
        parts.push(format!("the rest of the machine used {others:.2} cores"));
    }
    parts.retain(|part| !reason.contains(part.as_str()));
    parts
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
        lines.extend(listed("context switches", each.collect(), width));
    }
    match scene.demo.spec.show {
        // Their pictures tell what the lanes counted.
        Show::Heartbeat | Show::Transfer => return lines,
        Show::Counts => return counts::wrong_counts(scene).into_iter().collect(),
        Show::Attempts => {
            let mut lines = attempts::remarks(scene, width);
            lines.extend(attempts::sources(scene));
            return lines;
        }
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
        lines.extend(listed(&lane.label, each.collect(), width));
    }
    lines
}

/// `async: polls 300 · polls per task 3`, where there is something to list.
fn listed(of: &str, mut each: Vec<String>, width: u16) -> Option<String> {
    let first = each.first_mut()?;
    first.insert_str(0, &format!("{of}: "));
    Some(packed(&each, " · ", width))
}

#[cfg(test)]
mod tests {
    use super::packed;

    #[test]
    fn parts_stay_whole() {
        let parts = ["one run", "r adds a run", "0.40 cores"].map(str::to_owned);
        for (width, expected) in [
            (40, "one run; r adds a run; 0.40 cores"),
            (33, "one run; r adds a run; 0.40 cores"),
            (32, "one run; r adds a run;\n0.40 cores"),
            (12, "one run;\nr adds a run;\n0.40 cores"),
            (3, "one run;\nr adds a run;\n0.40 cores"),
        ] {
            assert_eq!(packed(&parts, "; ", width), expected, "{width}");
        }
    }
}
