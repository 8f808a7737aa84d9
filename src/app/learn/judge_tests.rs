use parade_demos::report::{LaneReport, LaneRun, Report};
use parade_demos::spec::{DemoSpec, LaneSpec};

use super::*;

/// Sequential takes 4 s, threads 2 to 2.5 s, async 3.9 to 4.1 s; processes failed.
fn report() -> Report {
    let lane = |name: &str, walls: &[f64], outcome| LaneReport {
        against: Some("sequential".to_owned()),
        workers: 2,
        pss_mib_max: Some(2.5),
        counters: [
            ("polls".to_owned(), 12.into()),
            ("lost".to_owned(), 0.into()),
        ]
        .into_iter()
        .collect(),
        runs: walls
            .iter()
            .map(|&wall_s| LaneRun {
                wall_s,
                cpu_s: 4.0,
                gauged_s: None,
            })
            .collect(),
        ..LaneReport::unmeasured(&LaneSpec::new("primes", name), outcome)
    };
    Report {
        ideal_speedup: Some(2.0),
        lanes: vec![
            lane("sequential", &[4.0, 4.0], Outcome::Done),
            lane("threads", &[2.0, 2.5], Outcome::Done),
            lane("async", &[3.9, 4.1], Outcome::Done),
            lane("processes", &[1.0], Outcome::Failed),
        ],
        ..Report::empty(&DemoSpec::new("demo", Vec::new()))
    }
}

fn sign(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Right => "right",
        Agreement::Wrong => "wrong",
        Agreement::Open => "open",
    }
}

#[test]
fn a_number_is_laid_against_what_was_measured() {
    for (of, said, expected) in [
        (
            "threads.speedup",
            2.0,
            "right: Threads ran 1.6 to 2 times as fast as sequential. You said 2: right, within 10 %.",
        ),
        (
            "threads.speedup",
            2.5,
            "wrong: Threads ran 1.6 to 2 times as fast as sequential. You said 2.5: 25 % too much.",
        ),
        (
            "threads.speedup",
            0.5,
            "wrong: Threads ran 1.6 to 2 times as fast as sequential. You said 0.5: 3.2 times too little.",
        ),
        (
            "sequential.wall",
            12.0,
            "wrong: Sequential took 4 s. You said 12: 3 times too much.",
        ),
        (
            "threads.polls",
            12.0,
            "right: Threads counted 12 for polls. You said 12: right, within 10 %.",
        ),
        (
            "threads.lost",
            3.0,
            "wrong: 0 updates got lost with threads. You said 3: too much.",
        ),
        (
            "async.wall / sequential.wall",
            1.0,
            "right: Async took 0.97 to 1.02 times as long as sequential. You said 1: right, within 10 %.",
        ),
        (
            "threads.pss / sequential.pss",
            3.0,
            "wrong: Threads needed just as much memory as sequential. You said 3: 3 times too much.",
        ),
        (
            "2 * sequential.wall",
            8.0,
            "right: 2 * sequential.wall came to 8. You said 8: right, within 10 %.",
        ),
        (
            "rayon.wall",
            8.0,
            "open: This run did not measure rayon.wall.",
        ),
        (
            "processes.wall",
            1.0,
            "open: Processes did not come to an end, so nothing can be said.",
        ),
    ] {
        let predict = Predict {
            demo: None,
            question: "How much?".to_owned(),
            cores: 1,
            answer: PredictAnswer::Number {
                of: of.to_owned(),
                tolerance: 0.1,
            },
        };
        let came = weigh(&predict, &Guess::Number(said), &report());
        assert_eq!(
            format!("{}: {}", sign(came.agreement), came.text),
            expected,
            "{said} for {of}"
        );
    }
}

#[test]
fn a_choice_is_laid_against_what_was_measured() {
    let faster = ("faster", Some("threads.speedup > 1.2"));
    let same = ("as fast", Some("threads.speedup <= 1.2"));
    let ran = "threads ran 1.6 to 2 times as fast as sequential";
    for (choices, said, expected) in [
        (
            vec![faster, same],
            "faster",
            format!("right: You said “faster”, and so it was: {ran}."),
        ),
        (
            vec![faster, same],
            "as fast",
            format!("wrong: You said “as fast”. It was “faster”: {ran}."),
        ),
        (
            vec![same],
            "as fast",
            format!("wrong: You said “as fast”. It was not so: {ran}."),
        ),
        (
            vec![faster, ("no idea", None)],
            "no idea",
            format!("wrong: You said “no idea”. It was “faster”: {ran}."),
        ),
        (
            vec![("yes", None)],
            "yes",
            "open: You said “yes”. No figure of this run decides it.".to_owned(),
        ),
        (
            vec![("within", Some("threads.speedup > 1.8"))],
            "within",
            format!("open: You said “within”. The runs spread too far to tell: {ran}."),
        ),
        (
            vec![("more", Some("rayon.pss > threads.pss"))],
            "more",
            "open: This run did not measure rayon.pss.".to_owned(),
        ),
        (
            vec![(
                "both",
                Some("threads.pss > 1 and threads.speedup >= 0.8 * ideal"),
            )],
            "both",
            "right: You said “both”, and so it was: threads needed 2.5 MiB, ran 1.6 to 2 times as fast as sequential, the ideal here was 2.".to_owned(),
        ),
        (vec![faster], "gone", format!("open: {CHANGED}")),
    ] {
        let choices = choices
            .into_iter()
            .map(|(text, when)| (text.to_owned(), when.map(str::to_owned)));
        let predict = Predict {
            demo: None,
            question: "Which?".to_owned(),
            cores: 1,
            answer: PredictAnswer::Choice(choices.collect()),
        };
        let came = weigh(&predict, &Guess::Choice(said.to_owned()), &report());
        assert_eq!(
            format!("{}: {}", sign(came.agreement), came.text),
            expected,
            "{said}"
        );
    }
    let predict = Predict {
        demo: None,
        question: "Which?".to_owned(),
        cores: 1,
        answer: PredictAnswer::Choice(Vec::new()),
    };
    let came = weigh(&predict, &Guess::Number(1.0), &report());
    assert_eq!(
        (came.agreement, came.text.as_str()),
        (Agreement::Open, CHANGED)
    );
}

#[test]
fn a_goal_is_met_by_the_figures_alone() {
    for (goal, met, expected) in [
        (
            "threads.speedup > 1.5",
            true,
            "Met: threads ran 1.6 to 2 times as fast as sequential.",
        ),
        (
            "threads.speedup > 3",
            false,
            "Not yet: threads ran 1.6 to 2 times as fast as sequential.",
        ),
        (
            "threads.speedup > 1.8",
            false,
            "Not for certain, for the runs spread too far: threads ran 1.6 to 2 times as fast as sequential.",
        ),
        (
            "async.polls == 12 and async.lost == 0",
            true,
            "Met: async counted 12 for polls, 0 updates got lost with async.",
        ),
        (
            "async.polls > 1 and workers >= 8",
            false,
            "Not yet: async counted 12 for polls, no lane had more than 2 workers.",
        ),
        (
            "rayon.wall < 1",
            false,
            "This run did not measure rayon.wall.",
        ),
        (
            "processes.wall < 9",
            false,
            "Processes did not come to an end, so nothing can be said.",
        ),
    ] {
        let challenge = Challenge {
            name: "one".to_owned(),
            demo: None,
            task: "Do it.".to_owned(),
            goal: goal.to_owned(),
            cores: 1,
            hints: Vec::new(),
        };
        assert_eq!(
            attempt(&challenge, &report()),
            (met, expected.to_owned()),
            "{goal}"
        );
    }
}

#[test]
fn what_noise_could_undo_is_left_open() {
    let mut report = report();
    for lane in &mut report.lanes {
        lane.runs.truncate(1);
    }
    let choice = |text: &str, when: &str| (text.to_owned(), Some(when.to_owned()));
    let choices = PredictAnswer::Choice(vec![
        choice("twice", "threads.speedup >= 1.9"),
        choice("less", "threads.speedup < 1.9"),
    ]);
    let number = PredictAnswer::Number {
        of: "threads.speedup".to_owned(),
        tolerance: 0.1,
    };
    let said = |text: &str| Guess::Choice(text.to_owned());
    for (answer, guess, expected) in [
        (
            &choices,
            said("twice"),
            "open: You said “twice”, and so it seems, but one run may be off by a tenth: run again. Threads ran 2 times as fast as sequential.",
        ),
        (
            &choices,
            said("less"),
            "open: You said “less”. It seems to be “twice”, but one run may be off by a tenth: run again. Threads ran 2 times as fast as sequential.",
        ),
        (
            &number,
            Guess::Number(2.1),
            "right: Threads ran 2 times as fast as sequential. You said 2.1: right, within 10 %.",
        ),
        (
            &number,
            Guess::Number(2.4),
            "open: Threads ran 2 times as fast as sequential. You said 2.4: 20 % too much, but one run may be off by a tenth: run again.",
        ),
        (
            &number,
            Guess::Number(3.0),
            "wrong: Threads ran 2 times as fast as sequential. You said 3: 50 % too much.",
        ),
    ] {
        let predict = Predict {
            demo: None,
            question: "How much?".to_owned(),
            cores: 1,
            answer: answer.clone(),
        };
        let came = weigh(&predict, &guess, &report);
        assert_eq!(
            format!("{}: {}", sign(came.agreement), came.text),
            expected,
            "{guess:?}"
        );
    }
}

#[test]
fn a_number_is_not_wrong_where_noise_may_have_passed_over_it() {
    let mut report = report();
    report.machine.usable = 2;
    report.machine.others_cores = Some(1.6);
    let predict = Predict {
        demo: None,
        question: "How much?".to_owned(),
        cores: 1,
        answer: PredictAnswer::Number {
            of: "async.speedup".to_owned(),
            tolerance: 0.1,
        },
    };
    let came = weigh(&predict, &Guess::Number(2.0), &report);
    assert_eq!(
        format!("{}: {}", sign(came.agreement), came.text),
        "open: Async ran 0.98 to 1.03 times as fast as sequential. You said 2: 1.95 times too much, but the rest of the machine used 1.60 cores: run again when it is quiet."
    );
}
