//! One lane process from its start to its end: what it said so far, and what that makes of it.
//!
//! The process itself is in [`super::handle`]; when to say `go`, and whose turn it is, is the
//! [`super::supervisor`]'s.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::catalogue;
use crate::holds::Holds;
use crate::interleavings::Interleavings;
use crate::meter::attribution::Claimant;

use super::gauges::{Dear, Sample, WINDOW};
use super::handle::{Heard, LaneProcess};
use super::limits::{Limits, Waiting};
use super::protocol::{FromLane, LaneOrder, Usage, VERSION, WorkerId};
use crate::tail::LINES_MAX;
use crate::visible::{visible_lines, visible_string};

/// What is to be run.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    /// Index of the lane in the plan; `None` for what only finds something out.
    pub(super) lane: Option<usize>,
    pub(super) order: LaneOrder,
    pub(super) limits: Limits,
}

/// What one run of one lane gave.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Measured {
    pub(super) who: Claimant,
    pub(super) checksum: String,
    pub(super) wall: Duration,
    pub(super) usage: Usage,
    pub(super) counters: Vec<(String, f64)>,
    pub(super) interleavings: Option<Box<Interleavings>>,
    pub(super) pss_max: Option<u64>,
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum End {
    Done(Measured),
    Failed(String),
    Refused(String),
    Unavailable(String),
    TimedOut(String),
    Cancelled,
}

/// How far an attempt has come.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stage {
    /// Building its workers.
    Starting,
    /// At the barrier.
    Ready,
    /// Since then.
    Running(Instant),
    /// Nothing of it is left.
    Over(End),
}

/// A lane process and what it said.
pub(super) struct Active {
    pub(super) attempt: Attempt,
    pub(super) who: Claimant,
    pub(super) process: LaneProcess,
    pub(super) stage: Stage,
    /// Workers first, servers last.
    pub(super) workers: Vec<WorkerId>,
    /// Work units per worker, servers not among them.
    pub(super) done: Vec<u64>,
    pub(super) counters: Vec<(String, f64)>,
    pub(super) holds: Option<Box<Holds>>,
    pub(super) interleavings: Option<Box<Interleavings>>,
    /// The last lines of what its program wrote.
    pub(super) output: Vec<String>,
    /// How its program ended.
    pub(super) exit_code: Option<i32>,
    pub(super) dear: Dear,
    /// Whether half of the work was done at some sample.
    half_seen: bool,
    pub(super) cpu: Duration,
    /// When it was begun, or last told of progress.
    moved: Instant,
    began: Instant,
    /// CPU time by the clock over the last window.
    recent: VecDeque<(Instant, Duration)>,
}

/// What a message calls for.
#[derive(Debug, PartialEq)]
pub(super) enum Next {
    /// Nothing but a look at the new figures, sometime.
    Nothing,
    /// Its workers are known: begin to read them.
    Adopt,
    /// More of its workers are known; their group is read already.
    Name,
    /// It is over: take the last readings, then end the group.
    Conclude(Conclusion),
}

/// How a lane says that it is over.
#[derive(Debug, PartialEq)]
pub(super) enum Conclusion {
    Result {
        checksum: String,
        wall: Duration,
        usage: Usage,
    },
    Failed(String),
    Refused(String),
    Unavailable(String),
    /// It ended without a word.
    Silent,
}

impl Active {
    pub(super) fn new(attempt: Attempt, who: Claimant, process: LaneProcess) -> Self {
        let now = Instant::now();
        Self {
            attempt,
            who,
            process,
            stage: Stage::Starting,
            workers: Vec::new(),
            done: Vec::new(),
            counters: Vec::new(),
            holds: None,
            interleavings: None,
            output: Vec::new(),
            exit_code: None,
            dear: Dear::default(),
            half_seen: false,
            cpu: Duration::ZERO,
            moved: now,
            began: now,
            recent: VecDeque::new(),
        }
    }

    pub(super) fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Over(_))
    }

    /// The barrier opens now.
    pub(super) fn go(&mut self) {
        let now = Instant::now();
        self.stage = Stage::Running(now);
        self.moved = now;
    }

    /// 0…1 of the work; `None` of a program, which tells nobody how far it is.
    pub(super) fn progress(&self) -> Option<f64> {
        if catalogue::is_program(&self.attempt.order.workload) {
            return None;
        }
        let done = self
            .done
            .iter()
            .fold(0, |sum: u64, done| sum.saturating_add(*done));
        Some((done as f64 / self.attempt.order.work.max(1) as f64).min(1.0))
    }

    /// What something that came from the lane calls for.
    pub(super) fn hear(&mut self, heard: Heard) -> Next {
        match heard {
            Heard::Message(message) => self.take(message),
            Heard::Noise(why) => Next::Conclude(Conclusion::Failed(why)),
            Heard::Silence => Next::Conclude(Conclusion::Silent),
        }
    }

    fn take(&mut self, message: FromLane) -> Next {
        let running = matches!(self.stage, Stage::Running(_));
        let out_of_turn =
            |what: &str| Next::Conclude(Conclusion::Failed(format!("it said {what} out of turn")));
        match message {
            FromLane::Hello {
                protocol: VERSION, ..
            } => Next::Nothing,
            FromLane::Hello { protocol, .. } => Next::Conclude(Conclusion::Failed(format!(
                "it speaks version {protocol} of the protocol, and this is version {VERSION}"
            ))),
            FromLane::Ready { .. } if self.stage != Stage::Starting => out_of_turn("ready"),
            FromLane::Ready { workers } => {
                self.meet(workers);
                self.stage = Stage::Ready;
                Next::Adopt
            }
            FromLane::Workers { .. } if !running => out_of_turn("who works"),
            FromLane::Workers { workers } => {
                self.meet(workers);
                Next::Name
            }
            FromLane::Progress { .. } if !running => out_of_turn("progress"),
            FromLane::Progress {
                done,
                counters,
                holds,
            } => {
                if done != self.done {
                    self.moved = Instant::now();
                }
                self.done = done;
                self.counters = counters;
                self.holds = holds;
                Next::Nothing
            }
            FromLane::Result { .. } if !running => out_of_turn("a result"),
            FromLane::Result {
                checksum,
                wall_ns,
                usage,
                done,
                counters,
                holds,
                interleavings,
            } => {
                self.done = done;
                self.counters = counters;
                self.holds = holds;
                self.interleavings = interleavings;
                let wall = Duration::from_nanos(wall_ns.max(1));
                Next::Conclude(Conclusion::Result {
                    checksum,
                    wall,
                    usage,
                })
            }
            FromLane::Output { .. } if !running => out_of_turn("what its program wrote"),
            FromLane::Output { lines } => {
                let lines = lines.into_iter().take(LINES_MAX);
                self.output = lines.map(visible_string).collect();
                Next::Nothing
            }
            FromLane::Exited { .. } if !running => out_of_turn("how its program ended"),
            FromLane::Exited { code } => {
                self.exit_code = Some(code);
                Next::Nothing
            }
            FromLane::Step { .. } | FromLane::Written { .. } => {
                out_of_turn("something of a snippet")
            }
            FromLane::Failed { error } => Next::Conclude(Conclusion::Failed(visible_lines(&error))),
            FromLane::Refused { error } => {
                Next::Conclude(Conclusion::Refused(visible_lines(&error)))
            }
            FromLane::Unavailable { error } => {
                Next::Conclude(Conclusion::Unavailable(visible_lines(&error)))
            }
        }
    }

    /// Takes the workers, servers last. A program's threads are named by it.
    fn meet(&mut self, mut workers: Vec<WorkerId>) {
        workers.sort_by_key(|worker| worker.server);
        for worker in &mut workers {
            worker.name = visible_string(std::mem::take(&mut worker.name));
        }
        self.workers = workers;
    }

    /// Ends the group, if it has not ended, and keeps how.
    pub(super) fn conclude(&mut self, conclusion: Conclusion) {
        self.process.end();
        self.stage = Stage::Over(match conclusion {
            Conclusion::Result {
                checksum,
                wall,
                usage,
            } => End::Done(Measured {
                who: self.who,
                checksum,
                wall,
                usage,
                counters: self.counters.clone(),
                interleavings: self.interleavings.take(),
                pss_max: self.dear.pss_max,
            }),
            Conclusion::Failed(error) => End::Failed(error),
            Conclusion::Refused(error) => End::Refused(error),
            Conclusion::Unavailable(error) => End::Unavailable(error),
            Conclusion::Silent => End::Failed(format!(
                "it ended without a result ({})",
                visible_string(self.process.last_words())
            )),
        });
    }

    /// Ends the group for a reason that is not its own.
    pub(super) fn stop(&mut self, end: End) {
        self.process.end();
        self.stage = Stage::Over(end);
    }

    /// What it has run out of, if it has run out of time.
    pub(super) fn overdue(&self, now: Instant) -> Option<String> {
        let waiting = match self.stage {
            Stage::Starting => Waiting::Ready { began: self.began },
            Stage::Running(began) => Waiting::Result {
                began,
                moved: self.moved,
            },
            Stage::Ready | Stage::Over(_) => return None,
        };
        self.attempt.limits.overdue(waiting, now)
    }

    /// Takes a sample of its group.
    pub(super) fn sampled(&mut self, sample: &Sample, now: Instant) {
        self.cpu = sample.time.cpu;
        self.dear = sample.dear;
        self.recent.push_back((now, self.cpu));
        while self.recent.len() > 2
            && self
                .recent
                .get(1)
                .is_some_and(|(at, _)| now.saturating_duration_since(*at) >= WINDOW)
        {
            self.recent.pop_front();
        }
    }

    /// Whether this is the first sample after half of the work: a good moment to read memory.
    pub(super) fn passes_half(&mut self) -> bool {
        let passed = self.progress().is_some_and(|progress| progress >= 0.5);
        passed && !std::mem::replace(&mut self.half_seen, passed)
    }

    /// CPU time ÷ wall time over the last window.
    pub(super) fn cores_used(&self) -> f64 {
        let (Some(first), Some(last)) = (self.recent.front(), self.recent.back()) else {
            return 0.0;
        };
        let wall = last.0.saturating_duration_since(first.0).as_secs_f64();
        if wall > 0.0 {
            last.1.saturating_sub(first.1).as_secs_f64() / wall
        } else {
            0.0
        }
    }
}
