//! How long a lane may take before its run goes on without it. Pure: time is handed in.

use std::time::{Duration, Instant};

use super::protocol::LaneOrder;
use crate::catalogue::{self, value};
use crate::spec::Amount;

/// How long a lane may take until its workers stand at the barrier.
const READY_MAX: Duration = Duration::from_secs(20);

/// How long a lane may run in all.
const RUN_MAX: Duration = Duration::from_mins(15);

/// How long a lane may go without progress, at least. A single unit may take a third of it.
const SILENCE_MIN: Duration = Duration::from_secs(30);

/// The time limits of one run of one lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limits {
    ready: Duration,
    run: Duration,
    /// `None` for what can't tell of progress.
    silence: Option<Duration>,
}

/// Where a lane stands, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waiting {
    /// Building its workers.
    Ready { began: Instant },
    /// Running; `moved` is when it last told of progress.
    Result { began: Instant, moved: Instant },
}

impl Limits {
    /// Those of a lane whose work should take so long.
    pub(super) fn of(order: &LaneOrder, amount: Amount) -> Self {
        let limits = Self::of_probe();
        if catalogue::is_program(&order.workload) {
            // It tells nothing of progress: only its whole time is limited.
            let timeout = order.with.get("timeout").and_then(value::duration);
            return Self {
                run: timeout.unwrap_or(RUN_MAX),
                silence: None,
                ..limits
            };
        }
        let silence = match amount {
            Amount::Length(length) => (length * 10).max(SILENCE_MIN),
            Amount::Work(_) => SILENCE_MIN * 10,
        };
        Self {
            silence: Some(silence),
            ..limits
        }
    }

    /// Those of what only finds something out, which is short.
    pub(super) fn of_probe() -> Self {
        Self {
            ready: READY_MAX,
            run: RUN_MAX,
            silence: Some(SILENCE_MIN),
        }
    }

    /// What a lane has run out of, if it has run out of time.
    pub(super) fn overdue(&self, waiting: Waiting, now: Instant) -> Option<String> {
        let over = |since: Instant, limit: Duration| now.saturating_duration_since(since) > limit;
        let seconds = |limit: Duration| limit.as_secs_f64();
        match (waiting, self.silence) {
            (Waiting::Ready { began }, _) if over(began, self.ready) => Some(format!(
                "its workers were not ready after {} s",
                seconds(self.ready)
            )),
            (Waiting::Result { began, .. }, _) if over(began, self.run) => {
                Some(format!("it ran for more than {} s", seconds(self.run)))
            }
            (Waiting::Result { moved, .. }, Some(silence)) if over(moved, silence) => {
                Some(format!("it made no progress for {} s", seconds(silence)))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan;
    use super::*;
    use crate::spec::Value;

    fn limits(workload: &str, timeout: Option<&str>, amount: Amount) -> Limits {
        let timeout = timeout.map(|text| ("timeout".to_owned(), Value::Text(text.to_owned())));
        let order = LaneOrder {
            workload: workload.to_owned(),
            with: timeout.into_iter().collect(),
            ..plan::spin(1, 1)
        };
        Limits::of(&order, amount)
    }

    #[test]
    fn ends_what_is_silent_and_lets_programs_be() {
        let length = |seconds| Amount::Length(Duration::from_secs(seconds));
        let (run_out, silent_30, silent_40) = (
            Some("it ran for more than 900 s"),
            Some("it made no progress for 30 s"),
            Some("it made no progress for 40 s"),
        );
        let timed_out = Some("it ran for more than 1.5 s");
        // Since `go`, since the last progress, in seconds.
        let table = [
            ("primes", None, length(4), 39, 39, None),
            ("primes", None, length(4), 41, 41, silent_40),
            ("primes", None, length(4), 500, 1, None),
            ("primes", None, length(4), 901, 1, run_out),
            ("primes", None, length(1), 31, 31, silent_30),
            ("primes", None, Amount::Work(1), 299, 299, None),
            ("command", None, length(4), 899, 899, None),
            ("command", None, length(4), 901, 901, run_out),
            ("command", Some("1500ms"), length(4), 1, 1, None),
            ("command", Some("1500ms"), length(4), 2, 2, timed_out),
            ("python", Some("1500ms"), Amount::Work(1), 1, 1, None),
            ("python", Some("1500ms"), Amount::Work(1), 2, 2, timed_out),
        ];
        let start = Instant::now();
        for (workload, timeout, amount, ran, still, why) in table {
            let waiting = Waiting::Result {
                began: start,
                moved: start + Duration::from_secs(ran - still),
            };
            let now = start + Duration::from_secs(ran);
            let overdue = limits(workload, timeout, amount).overdue(waiting, now);
            assert_eq!(
                overdue.as_deref(),
                why,
                "{workload} {amount:?} {ran} {still}"
            );
        }
    }

    #[test]
    fn ends_what_never_gets_ready() {
        let began = Instant::now();
        let after = |seconds| {
            Limits::of_probe().overdue(
                Waiting::Ready { began },
                began + Duration::from_secs(seconds),
            )
        };
        assert_eq!(after(20), None);
        assert_eq!(
            after(21).as_deref(),
            Some("its workers were not ready after 20 s")
        );
    }
}
