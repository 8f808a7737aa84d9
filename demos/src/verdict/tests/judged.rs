//! What a claim is held against, and when nothing is said.

use super::*;

#[test]
fn judges_only_what_the_figures_bear() {
    use VerdictState::{Fails, Holds, Withheld};
    struct Case {
        claim: &'static str,
        change: fn(&mut Report),
        state: VerdictState,
        reason: Option<&'static str>,
    }
    const FAST: &str = "threads.speedup >= 0.9 * ideal";
    fn withheld(claim: &'static str, change: fn(&mut Report), reason: &'static str) -> Case {
        Case {
            claim,
            change,
            state: Withheld,
            reason: Some(reason),
        }
    }
    let table = [
        Case {
            claim: FAST,
            change: |_| {},
            state: Holds,
            reason: None,
        },
        Case {
            claim: "async.speedup > 1.5",
            change: |_| {},
            state: Fails,
            reason: Some("async.speedup > 1.5: 0.985 to 0.993 against 1.5"),
        },
        withheld(
            "threads.speedup > 1.96",
            |_| {},
            "the spread is larger than the effect (threads.speedup > 1.96: 1.951 to 1.971 \
             against 1.96)",
        ),
        withheld(FAST, |r| r.build = "debug".into(), "this is a debug build"),
        withheld(
            FAST,
            |r| r.spec.order = Order::Together,
            "the lanes ran together",
        ),
        withheld(
            FAST,
            |r| r.machine.usable = 1,
            "one core alone may be used here",
        ),
        withheld(
            FAST,
            |r| r.machine.others_cores = Some(0.35),
            "the rest of the machine used 0.35 cores",
        ),
        withheld(
            FAST,
            |r| r.machine.others_cores = None,
            "this system does not tell how busy its cores were",
        ),
        withheld(
            FAST,
            |r| r.lanes[3].runs.truncate(1),
            "one run, spread unknown",
        ),
        withheld(
            FAST,
            |r| r.lanes[0].runs.truncate(1),
            "one run, spread unknown",
        ),
        withheld(
            FAST,
            |r| r.lanes[3].outcome = Outcome::Failed,
            "threads failed",
        ),
        withheld(
            FAST,
            |r| r.lanes[0].outcome = Outcome::TimedOut,
            "sequential ran out of time",
        ),
        withheld(FAST, |r| r.ideal_speedup = None, "ideal is not known"),
        withheld("threads.steals > 2", |_| {}, "threads.steals is not known"),
        withheld(
            "threads",
            |_| {},
            "the claim can't be read: expected ideal, cores, workers or a lane's figure such as `threads.speedup`",
        ),
        Case {
            claim: FAST,
            change: |r| r.lanes[1].outcome = Outcome::Failed,
            state: Holds,
            reason: None,
        },
    ];
    for case in table {
        let mut report = primes();
        (case.change)(&mut report);
        let verdict = judge(&report, Some(case.claim));
        let found = (verdict.state, verdict.reason.as_deref());
        assert_eq!(found, (case.state, case.reason), "{}", case.claim);
    }
}
