//! Replays: a rehearsal's trace, played in the place of a live run and marked as what it is.
//!
//! It plays where the presenter asks for it, or where a live run is not possible. A live run is never
//! replaced without a word: what it left comes back when the replay is put away.

use std::sync::Arc;
use std::time::Duration;

use parade_demos::report::{LaneReport, Outcome, Report};
use parade_demos::snapshot::Snapshot;
use parade_demos::trace::Trace;
use serde::{Deserialize, Serialize};

use super::{Action, Asker, DemoFocus, DemoKey, DemoState, Effect, Moment, Notice, State};

/// Time between two pictures of a replay.
const EVERY: Duration = Duration::from_millis(200);

/// A replay.
#[derive(Clone, Debug, PartialEq)]
pub struct Replay {
    /// What is said of it.
    pub mark: ReplayMark,
    /// What plays it; a console is told what is to be seen.
    pub player: Option<Player>,
}

/// What is said of a replay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplayMark {
    /// Where it was recorded: the processor's name.
    pub machine: String,
    /// The day on which it was, as `2026-11-22`; `None` where the trace does not say.
    pub day: Option<String>,
    /// Whether it has come to its end.
    pub over: bool,
}

/// What plays a replay.
#[derive(Clone, Debug, PartialEq)]
pub struct Player {
    trace: Arc<Trace>,
    from: Moment,
    /// What there was to show before.
    live: Live,
}

/// What a live run left.
#[derive(Clone, Debug, PartialEq)]
struct Live {
    snapshot: Option<Box<Snapshot>>,
    report: Option<Box<Report>>,
    ran: DemoFocus,
    stopped: bool,
}

/// Why a replay is wanted, which decides what happens where there is no trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplayWhy {
    /// The presenter asked for it: it is told there that there is none.
    Asked(Asker),
    /// The run was not possible: that stays as it is.
    NoRun,
    /// Some lanes could not run, others did: what they did stays, and the rehearsal is offered.
    InPart,
    /// On one core there is little to see: the run is live after all.
    OneCore,
}

impl DemoState {
    /// Whether a replay plays now.
    pub fn replays(&self) -> bool {
        self.replay.as_ref().is_some_and(|replay| !replay.mark.over)
    }

    /// Puts a replay away; what was there before comes back.
    pub(super) fn put_replay_away(&mut self) {
        let player = self.replay.take().and_then(|replay| replay.player);
        if let Some(Player { live, .. }) = player {
            self.snapshot = live.snapshot;
            self.report = live.report;
            self.ran = live.ran;
            self.stopped = live.stopped;
        }
    }

    fn begin_replay(&mut self, trace: Arc<Trace>, day: Option<String>, now: Moment) {
        self.put_replay_away();
        let live = Live {
            snapshot: self.snapshot.take(),
            report: self.report.take(),
            ran: std::mem::take(&mut self.ran),
            stopped: std::mem::take(&mut self.stopped),
        };
        self.refused = None;
        self.replay = Some(Replay {
            mark: ReplayMark {
                machine: trace.machine.cpu.clone(),
                day,
                over: false,
            },
            player: Some(Player {
                trace,
                from: now,
                live,
            }),
        });
        self.play(now);
    }

    /// Shows what the trace has for this moment.
    fn play(&mut self, now: Moment) {
        let Some(Replay {
            mark,
            player: Some(player),
        }) = &mut self.replay
        else {
            return;
        };
        let elapsed = now.saturating_sub(player.from);
        let snapshot = player.trace.at(elapsed);
        if elapsed >= player.trace.length() {
            mark.over = true;
            self.report = Some(Box::new(player.trace.report.clone()));
        }
        self.snapshot = Some(Box::new(snapshot));
    }

    /// Whether a trace is of this demo as it is now.
    fn has_lanes_of(&self, trace: &Trace) -> bool {
        let told = &trace.report.lanes;
        let lanes = &self.fence.lanes;
        lanes
            .iter()
            .all(|lane| told.iter().any(|known| known.name == lane.name))
    }
}

impl State {
    /// Plays the rehearsal of the demo in focus, or puts it away.
    pub(super) fn replay_or_end(&mut self, effects: &mut Vec<Effect>) {
        let Some((key, demo)) = self.focused_demo() else {
            return;
        };
        if demo.replay.is_some() {
            demo.put_replay_away();
            self.notice = None;
            self.dirty = true;
        } else if self.run.is_some() {
            self.complain("a live run goes on; stop it first");
        } else {
            effects.push(Effect::Replay(key, ReplayWhy::Asked(self.asker)));
        }
    }

    /// A rehearsal was read, or there is none.
    pub(super) fn take_trace(
        &mut self,
        key: &DemoKey,
        why: ReplayWhy,
        found: Result<(Arc<Trace>, Option<String>), String>,
        effects: &mut Vec<Effect>,
    ) {
        let now = self.now;
        let busy = self.run.is_some();
        let Some(demo) = self.demos.get_mut(key).filter(|_| !busy) else {
            return;
        };
        let other = "it is of another version of this demo; rehearse it anew";
        let found = found.and_then(|(trace, day)| {
            let fits = demo.has_lanes_of(&trace);
            fits.then_some((trace, day)).ok_or_else(|| other.to_owned())
        });
        match (found, why) {
            (Ok((trace, _)), ReplayWhy::InPart) => self.offer(key, &trace),
            (Ok((trace, day)), _) => {
                demo.begin_replay(trace, day, now);
                self.dirty = true;
                if !matches!(why, ReplayWhy::Asked(_)) {
                    self.tell(Notice {
                        text: "no live run here: this is a replay of the rehearsal".to_owned(),
                        bad: false,
                    });
                }
            }
            (Err(text), ReplayWhy::Asked(asker)) => self.tell_asker(
                asker,
                Notice {
                    text: format!("no replay: {text}"),
                    bad: true,
                },
            ),
            (Err(_), ReplayWhy::NoRun | ReplayWhy::InPart) => {}
            (Err(_), ReplayWhy::OneCore) => self.start_or_queue(key.clone(), effects),
        }
    }

    /// Offers the rehearsal of lanes that could not run here: it takes no live run's place unasked.
    fn offer(&mut self, key: &DemoKey, trace: &Trace) {
        let report = self.demos.get(key).and_then(|demo| demo.report.as_ref());
        let (Some(report), Some(replay)) = (report, self.keys.key(Action::Replay)) else {
            return;
        };
        let rehearsed = |lane: &&LaneReport| {
            let mut known = trace.report.lanes.iter();
            known.any(|known| known.name == lane.name && known.outcome == Outcome::Done)
        };
        let lacking = report.lanes.iter().filter(|lane| could_not_begin(lane));
        let labels: Vec<&str> = lacking
            .filter(rehearsed)
            .map(|lane| lane.label.as_str())
            .collect();
        if !labels.is_empty() {
            let labels = labels.join(", ");
            self.tell(Notice {
                text: format!("no live run of {labels} here: {replay} plays the rehearsal"),
                bad: false,
            });
        }
    }

    /// Time goes on for the replay on the screen.
    pub(super) fn play_on(&mut self) {
        let now = self.now;
        if let Some((_, demo)) = self.focused_demo()
            && demo.replays()
        {
            demo.play(now);
            self.dirty = true;
        }
    }

    /// When the replay on the screen wants to go on.
    pub(super) fn replay_tick(&self) -> Option<Duration> {
        self.demo_in_focus()?.replays().then_some(EVERY)
    }
}

/// What a rehearsal is wanted for after a run: nothing, unless lanes of it could not begin.
pub(super) fn wanted_after(report: &Report) -> Option<ReplayWhy> {
    let lanes = &report.lanes;
    if !lanes.iter().any(could_not_begin) {
        None
    } else if lanes.iter().any(|lane| lane.outcome == Outcome::Done) {
        Some(ReplayWhy::InPart)
    } else {
        Some(ReplayWhy::NoRun)
    }
}

fn could_not_begin(lane: &LaneReport) -> bool {
    matches!(lane.outcome, Outcome::Refused | Outcome::Unavailable)
}
