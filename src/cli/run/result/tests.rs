//! A report as people read it.

use serde_json::json;

use super::*;

fn report() -> Report {
    let lane = |name: &str, wall: f64, speedup: f64| {
        json!({
            "name": name, "label": name, "workload": "primes", "model": name, "workers": 2,
            "parameters": {}, "baseline": name == "sequential", "outcome": "done", "error": null,
            "checksum": "4f", "wall_s": wall, "cpu_s": 4.05, "cores_used": 4.05 / wall, "speedup": speedup,
            "spread": 0.012, "pss_mib_max": 2.3, "context_switches": {"voluntary": 1200, "involuntary": 34},
            "counters": {}, "runs": [],
        })
    };
    let mut broken = lane("async", 4.06, 0.99);
    broken["outcome"] = json!("failed");
    broken["error"] = json!("its checksum is 4e, and the baseline's is 4f");
    broken["counters"] = json!({"polls": 3201, "late_ms": 1.25});
    serde_json::from_value(json!({
        "schema": 1, "parade": "0.1.0", "build": "release", "demo": "races",
        "spec": {"seed": 1, "work": 3_200_000, "unit": "numbers tested", "length_s": 4.0, "order": "turn", "repeat": 3, "edited": false},
        "machine": {"os": "linux", "cpu": "A CPU", "cores": 4, "usable": 2, "quota_cores": null, "throttled_s": null,
            "others_cores": 0.03, "self_cores": 0.01, "steal_cores": null},
        "ideal_speedup": 1.97,
        "lanes": [lane("sequential", 4.02, 1.0), broken, lane("threads", 2.05, 1.96)],
        "verdict": {"state": "fails", "claim": "async.speedup > 1", "reason": "a lane failed", "text": "Threads were twice as fast."},
    }))
    .expect("a report")
}

#[test]
fn a_report_is_a_table_what_it_rests_on_and_the_verdict() {
    let mut written = Vec::new();
    write(&report(), &mut written).unwrap();
    let expected = "\
lane                   workers    wall     CPU  cores  speed-up  spread   memory  switches  counted by the lane
sequential (baseline)        2  4.02 s  4.05 s   1.01     1.00×   1.2 %  2.3 MiB     1,234
async                        2  failed  4.05 s   1.00     0.99×   1.2 %  2.3 MiB     1,234  polls 3,201 · late_ms 1.25
threads                      2  2.05 s  4.05 s   1.98     1.96×   1.2 %  2.3 MiB     1,234
async: its checksum is 4e, and the baseline's is 4f

races: 3,200,000 numbers tested, seed 1, 3 runs of each lane in turn; ideal here 1.97×
2 of 4 cores, A CPU, linux; the rest of the machine used 0.03 cores, parade itself 0.01 cores; parade 0.1.0 (release build)

Threads were twice as fast.
The claim fails: async.speedup > 1: a lane failed
";
    assert_eq!(String::from_utf8(written).unwrap(), expected);
}

#[test]
fn what_went_wrong_decides_the_ending() {
    let cases = [
        (Outcome::Done, VerdictState::Holds, Ending::Done),
        (Outcome::Done, VerdictState::None, Ending::Done),
        (Outcome::Done, VerdictState::Withheld, Ending::Done),
        (Outcome::Unavailable, VerdictState::Withheld, Ending::Done),
        (Outcome::Done, VerdictState::Fails, Ending::FoundWrong),
        (Outcome::Failed, VerdictState::Withheld, Ending::FoundWrong),
        (Outcome::Refused, VerdictState::Withheld, Ending::Done),
        (
            Outcome::TimedOut,
            VerdictState::Withheld,
            Ending::FoundWrong,
        ),
    ];
    for (outcome, state, expected) in cases {
        let mut report = report();
        for lane in &mut report.lanes {
            lane.outcome = outcome;
        }
        report.verdict.state = state;
        assert_eq!(ending(&report), expected, "{outcome:?} {state:?}");
    }
}

#[test]
fn consent_that_is_missing_is_no_answer() {
    let mut report = report();
    report.verdict.state = VerdictState::Withheld;
    for lane in &mut report.lanes {
        (lane.outcome, lane.model) = (Outcome::Refused, "command".to_owned());
    }
    assert_eq!(ending(&report), Ending::FoundWrong);
}
