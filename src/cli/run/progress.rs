//! How far a run is: one line on standard error, redrawn, and erased at the end. Nothing when
//! standard error is no terminal.

use std::io::{self, IsTerminal, Stderr, Write};
use std::time::Duration;

use parade_demos::snapshot::{Lane, LaneState, Phase, Snapshot};

use crate::cli::quantity::seconds;

/// Four pictures a second.
const EVERY: Duration = Duration::from_millis(250);

/// Cells of the bar.
const BAR_CELLS: usize = 20;

/// The line.
pub(in crate::cli) struct Progress {
    terminal: Option<Stderr>,
    shown: bool,
    /// Stands before the line, where several demos run.
    pub(in crate::cli) title: String,
}

impl Progress {
    /// On standard error, if that is a terminal.
    pub(in crate::cli) fn on_stderr() -> Self {
        let stderr = io::stderr();
        Self {
            terminal: stderr.is_terminal().then_some(stderr),
            shown: false,
            title: String::new(),
        }
    }

    /// How long to wait until the next picture.
    pub(super) fn every(&self) -> Duration {
        if self.terminal.is_some() {
            EVERY
        } else {
            Duration::from_hours(1)
        }
    }

    /// Draws the line anew.
    pub(in crate::cli) fn show(&mut self, snapshot: &Snapshot) {
        self.tell(&format!("{}{}", self.title, line(snapshot)));
    }

    /// Shows this line.
    pub(in crate::cli) fn tell(&mut self, line: &str) {
        let Some(terminal) = &mut self.terminal else {
            return;
        };
        let told = rustix::termios::tcgetwinsize(&*terminal).map_or(0, |size| size.ws_col);
        // Zero is what a pseudo-terminal says whose size nobody has set.
        let width = if told == 0 { 80 } else { usize::from(told) };
        let line: String = line.chars().take(width - 1).collect();
        self.shown = true;
        // The line is a courtesy; the run goes on without it.
        let _ = write!(terminal, "\r{line}\x1b[K").and_then(|()| terminal.flush());
    }

    /// Leaves the line empty.
    pub(in crate::cli) fn clear(&mut self) {
        if let (Some(terminal), true) = (&mut self.terminal, self.shown) {
            let _ = write!(terminal, "\r\x1b[K").and_then(|()| terminal.flush());
            self.shown = false;
        }
    }
}

/// The run in one line.
fn line(snapshot: &Snapshot) -> String {
    match snapshot.phase {
        Phase::Starting => "starting".to_owned(),
        Phase::Calibrating => "calibrating".to_owned(),
        Phase::Ideal => "measuring what perfect scaling is here".to_owned(),
        Phase::Finished => "done".to_owned(),
        Phase::Running => {
            let running = snapshot
                .lanes
                .iter()
                .filter(|lane| lane.state == LaneState::Running);
            running.map(lane_line).collect::<Vec<_>>().join("   ")
        }
    }
}

fn lane_line(lane: &Lane) -> String {
    let (run, runs) = lane.run;
    let bar = lane.progress.map(|progress| {
        let full = (progress.clamp(0.0, 1.0) * BAR_CELLS as f64).round() as usize;
        let (done, rest) = ("█".repeat(full), " ".repeat(BAR_CELLS - full));
        format!(" ▕{done}{rest}▏ {:3.0} %", progress * 100.0)
    });
    format!(
        "{} {run}/{runs}{}  {}  {:.2} cores",
        lane.label,
        bar.unwrap_or_default(),
        seconds(lane.wall.as_secs_f64()),
        lane.cores_used,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_the_lane_that_runs() {
        let lane = |label: &str, state| Lane {
            label: label.to_owned(),
            state,
            run: (2, 3),
            progress: Some(0.5),
            wall: Duration::from_millis(1230),
            cores_used: 1.97,
            ..Lane::default()
        };
        let snapshot = Snapshot {
            phase: Phase::Running,
            lanes: vec![
                lane("sequential", LaneState::Done),
                lane("threads", LaneState::Running),
            ],
            ..Snapshot::default()
        };
        assert_eq!(
            line(&snapshot),
            "threads 2/3 ▕██████████          ▏  50 %  1.23 s  1.97 cores"
        );
    }
}
