//! What became of each lane so far, run by run. Pure.

use std::time::Duration;

use super::attempt::{End, Measured};
use super::plan::Plan;
use super::tally;
use crate::meter::attribution::Claimant;
use crate::report::{LaneRun, Report};

/// What became of one lane: its runs, and what ended them early.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    pub(super) runs: Vec<(Measured, LaneRun)>,
    pub(super) ended: Option<End>,
}

/// One for each lane of the plan.
#[derive(Clone, Debug)]
pub(super) struct Records(Vec<Record>);

impl Records {
    pub(super) fn new(plan: &Plan) -> Self {
        Self(vec![Record::default(); plan.lanes.len()])
    }

    pub(super) fn all(&self) -> &[Record] {
        &self.0
    }

    /// Whether a lane is still to run.
    pub(super) fn goes_on(&self, lane: usize, plan: &Plan) -> bool {
        self.0[lane].ended.is_none() && plan.lanes[lane].refused.is_none()
    }

    /// A lane's runs are over, and so.
    pub(super) fn end(&mut self, lane: usize, end: End) {
        self.0[lane].ended = Some(end);
    }

    /// What has not run by now never will.
    pub(super) fn cancel(&mut self, plan: &Plan) {
        for (lane, record) in self.0.iter_mut().enumerate() {
            if record.runs.is_empty()
                && record.ended.is_none()
                && plan.lanes[lane].refused.is_none()
            {
                record.ended = Some(End::Cancelled);
            }
        }
    }

    /// Keeps what a lane's run gave.
    ///
    /// # Errors
    /// If its checksum is not that of the others that do the same work.
    pub(super) fn take(
        &mut self,
        lane: usize,
        measured: Measured,
        plan: &Plan,
        earlier: Option<&Report>,
    ) -> Result<(), String> {
        if let Some((whose, right)) = self.right_checksum(lane, plan, earlier)
            && right != measured.checksum
        {
            return Err(format!(
                "it did not do the same work as {whose}: its checksum is {}, and not {right}",
                measured.checksum
            ));
        }
        let run = LaneRun {
            wall_s: measured.wall.as_secs_f64(),
            cpu_s: measured.usage.cpu().as_secs_f64(),
            gauged_s: None,
        };
        self.0[lane].runs.push((measured, run));
        Ok(())
    }

    /// Fills in what the gauges gave each run.
    pub(super) fn gauge(&mut self, gauged: impl Fn(Claimant) -> Duration) {
        for (measured, run) in self.0.iter_mut().flat_map(|record| &mut record.runs) {
            run.gauged_s = Some(gauged(measured.who).as_secs_f64());
        }
    }

    /// The checksum of the lane's task, and which lane gave it first.
    fn right_checksum(
        &self,
        lane: usize,
        plan: &Plan,
        earlier: Option<&Report>,
    ) -> Option<(String, String)> {
        let task = plan.lanes[lane].task;
        let same = |(_, planned): &(usize, &super::plan::PlannedLane)| planned.task == task;
        let known = |(index, planned): (usize, &super::plan::PlannedLane)| {
            let before = earlier
                .and_then(|report| tally::earlier_lane(report, &planned.name))
                .and_then(|lane| lane.checksum.clone());
            let now = self.0[index].runs.first();
            let now = now.map(|(measured, _)| measured.checksum.clone());
            Some((planned.label.clone(), before.or(now)?))
        };
        plan.lanes.iter().enumerate().filter(same).find_map(known)
    }
}
