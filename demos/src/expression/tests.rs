use super::*;
use crate::report::{ContextSwitches, LaneReport, LaneRun, MachineReport, Outcome};
use crate::spec::{DemoSpec, LaneSpec};

fn lane(name: &str, walls: &[f64]) -> LaneReport {
    let runs: Vec<_> = walls
        .iter()
        .map(|&wall_s| LaneRun {
            wall_s,
            cpu_s: 4.0,
            gauged_s: None,
        })
        .collect();
    LaneReport {
        workers: 2,
        baseline: name == "sequential",
        against: Some("sequential".to_owned()),
        wall_s: walls.first().copied(),
        cpu_s: Some(4.0),
        pss_mib_max: Some(2.5),
        context_switches: Some(ContextSwitches {
            voluntary: 3,
            involuntary: 4,
        }),
        counters: [("polls".to_owned(), 12.into())].into_iter().collect(),
        runs,
        ..LaneReport::unmeasured(&LaneSpec::new("primes", name), Outcome::Done)
    }
}

/// Sequential takes 4 s, threads 2 to 2.5 s, free-threaded has no run.
fn report() -> Report {
    Report {
        machine: MachineReport {
            usable: 4,
            ..MachineReport::default()
        },
        ideal_speedup: Some(2.0),
        lanes: vec![
            lane("sequential", &[4.0, 4.0]),
            lane("threads", &[2.0, 2.5]),
            lane("free-threaded", &[]),
        ],
        ..Report::empty(&DemoSpec::new("demo", Vec::new()))
    }
}

#[test]
fn answers_over_a_report() {
    use Answer::{False, True, Unknown, Within};
    let table: &[(&str, Answer)] = &[
        ("1 + 2 * 3 == 7", True),
        ("(1 + 2) * 3 == 9", True),
        ("8 - 4 - 2 == 2", True),
        ("8 / 4 / 2 == 1", True),
        ("-2 * -3 == 6", True),
        ("5 % == 0.05 and 1e3 == 1_000", True),
        ("0.1 + 0.2 == 0.3", True),
        ("not 1 > 2", True),
        ("not 1 > 2 and 1 > 2", False("1 > 2: 1 against 2".into())),
        ("1 > 2 and 1 > 2 or 1 < 2", True),
        ("cores == 4 and workers == 2 and ideal == 2", True),
        ("sequential.speedup == 1", True),
        ("threads.speedup >= 0.75 * ideal", True),
        (
            "threads.speedup > ideal",
            False("threads.speedup > ideal: 1.6 to 2 against 2".into()),
        ),
        (
            "threads.speedup >= 0.9 * ideal",
            Within("threads.speedup >= 0.9 * ideal: 1.6 to 2 against 1.8".into()),
        ),
        ("threads.wall < sequential.wall", True),
        (
            "threads.cpu == 4 and threads.pss <= 2.5 and threads.switches == 7",
            True,
        ),
        (
            "threads.polls != 12",
            False("threads.polls != 12: 12 against 12".into()),
        ),
        ("\"threads\".\"polls\" == 12", True),
        ("threads.steals < 3", Unknown("threads.steals".into())),
        (
            "free-threaded.wall < 3",
            Unknown("free-threaded.wall".into()),
        ),
        ("nobody.wall < 3", Unknown("nobody.wall".into())),
        ("1 / 0 > 1", Unknown("1 / 0 (a division by zero)".into())),
        ("nobody.wall < 3 or 1 < 2", True),
        (
            "nobody.wall < 3 and 1 > 2",
            False("1 > 2: 1 against 2".into()),
        ),
        ("nobody.wall < 3 and 1 < 2", Unknown("nobody.wall".into())),
    ];
    for (text, expected) in table {
        let expression = Expression::parse(text).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        assert_eq!(expression.evaluate(&report()), *expected, "{text}");
    }
}

#[test]
fn says_where_a_text_stops_being_a_condition() {
    let table: &[(&str, usize, &str)] = &[
        ("", 0, "expected a number, a name or `(`"),
        (
            "1 + 2",
            0,
            "expected a condition, such as `threads.speedup >= 2`",
        ),
        (
            "1 = 2",
            2,
            "expected a number, a name or an operator, not `=`; equality is written `==`",
        ),
        (
            "1 < 2 < 3",
            6,
            "expected one comparison; join two with `and`",
        ),
        ("1 < 2 3", 6, "expected an operator or the end"),
        ("(1 < 2", 6, "expected `)`"),
        ("1 < ", 4, "expected a number, a name or `(`"),
        ("1 and 2 < 3", 0, "expected a condition here, not a number"),
        ("1 < 2 and 3", 10, "expected a condition here, not a number"),
        (
            "1 + (1 < 2) < 3",
            4,
            "expected a number here, not a condition",
        ),
        ("not 1", 4, "expected a condition here, not a number"),
        ("-(1 < 2)", 1, "expected a number here, not a condition"),
        (
            "1 < and 2",
            4,
            "expected a number, a name or `(` before `and`",
        ),
        (
            "threads > 2",
            0,
            "expected ideal, cores, workers or a lane's figure such as `threads.speedup`",
        ),
        (
            "threads. > 2",
            9,
            "expected wall, cpu, cores_used, speedup, spread, pss, switches or a counter",
        ),
        ("\"threads", 0, "expected a closing `\"`"),
        ("1e < 2", 0, "expected a number such as `2`, `0.9` or `5 %`"),
        (
            "é.wall < 🐍",
            10,
            "expected a number, a name or an operator, not `🐍`",
        ),
    ];
    for (text, at, message) in table {
        let expected = SyntaxError {
            at: *at,
            message: (*message).to_owned(),
        };
        assert_eq!(Expression::parse(text), Err(expected), "{text}");
    }
}

#[test]
fn bounds_depth_and_length() {
    let nested = format!("{}1{} < 2", "(".repeat(10_000), ")".repeat(10_000));
    let chained = format!("1{} < 2", " + 1".repeat(1000));
    let signs = format!("{}1 < 2", "-".repeat(2000));
    let nots = format!("{}1 < 2", "not ".repeat(1000));
    for text in [nested, chained, signs, nots] {
        let message = Expression::parse(&text).expect_err("too much").message;
        assert!(message.starts_with("expected at most"), "{message}");
    }
}

#[test]
fn lists_what_it_mentions() {
    let expression =
        Expression::parse("a.wall < 1 and not (free-threaded.steals > ideal)").unwrap();
    let mention = |lane: &str, figure, at| Mention {
        lane: lane.to_owned(),
        figure,
        at,
    };
    assert_eq!(
        expression.mentions(),
        [
            mention("a", Figure::Wall, 0),
            mention("free-threaded", Figure::Counter("steals".to_owned()), 20),
        ]
    );
    assert!(expression.mentions_ideal());
}

#[test]
fn parses_or_refuses_any_text_without_a_panic() {
    use proptest::prelude::*;
    let piece = prop_oneof![
        "\\PC{0,3}",
        Just(" and ".to_owned()),
        Just("not ".to_owned()),
        Just("a.wall".to_owned()),
        Just(" >= ".to_owned()),
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("5 %".to_owned()),
        Just(" - ".to_owned()),
    ];
    proptest!(|(pieces in proptest::collection::vec(piece, 0..12))| {
        let text = pieces.concat();
        match Expression::parse(&text) {
            Ok(expression) => { expression.evaluate(&report()); }
            Err(error) => prop_assert!(text.is_char_boundary(error.at)),
        }
    });
}

#[test]
fn a_quantity_has_a_value_or_says_what_is_missing() {
    let range = |low, high| Ok(Range { low, high });
    for (text, expected) in [
        ("threads.speedup", range(1.6, 2.0)),
        ("threads.speedup / ideal", range(0.8, 1.0)),
        ("2 * sequential.wall", range(8.0, 8.0)),
        ("threads.polls", range(12.0, 12.0)),
        ("async.wall", Err("async.wall".to_owned())),
    ] {
        let value = Quantity::parse(text).unwrap().evaluate(&report());
        assert_eq!(value, expected, "{text}");
    }
    let error = Quantity::parse("threads.speedup > 1").unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected a number, such as `threads.speedup`"
    );
}

#[test]
fn a_search_is_counted_by_how_its_schedules_end() {
    use crate::interleavings::{Interleavings, Outcome};
    let outcome = |text: &str, schedules: &str, deadlock| Outcome {
        text: text.to_owned(),
        schedules: schedules.to_owned(),
        deadlock,
        ..Outcome::default()
    };
    let mut report = report();
    report.lanes[1].interleavings = Some(Box::new(Interleavings {
        outcomes: vec![
            outcome("2", "2", false),
            outcome("1", "18", false),
            outcome("stuck", "3", true),
        ],
        outcomes_total: 3,
        schedules: "23".to_owned(),
        ..Interleavings::default()
    }));
    for (figure, expected) in [
        ("schedules", Ok(23.0)),
        ("outcomes", Ok(3.0)),
        ("deadlocks", Ok(3.0)),
        ("ends_1", Ok(18.0)),
        ("ends_2", Ok(2.0)),
        ("ends_7", Ok(0.0)),
        ("begins_2", Err("threads.begins_2".to_owned())),
    ] {
        let text = format!("threads.{figure}");
        let value = Quantity::parse(&text).unwrap().evaluate(&report);
        // Written, for 0 and −0 are equal.
        assert_eq!(
            format!("{value:?}"),
            format!("{:?}", expected.map(Range::point)),
            "{figure}"
        );
    }
}
