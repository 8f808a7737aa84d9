//! Runs as their owner sees them: what is told, what is reported, and that nothing is left.

#[cfg(test)]
mod run {
    use std::collections::BTreeSet;
    use std::ffi::OsString;
    use std::process::{Child, Command, Stdio};
    use std::sync::mpsc::{Receiver, sync_channel};
    use std::sync::{Mutex, MutexGuard, PoisonError};
    use std::thread;
    use std::time::{Duration, Instant};

    use parade_demos::meter;
    use parade_demos::report::{LaneReport, Outcome, Report};
    use parade_demos::run::{Launcher, Options, Run, RunEvent};
    use parade_demos::snapshot::{LaneState, Phase, Snapshot};
    use parade_demos::spec::{
        Amount, Baseline, DemoSpec, LaneSpec, Order, Parameters, Show, Value, Workers,
    };

    const BINARY: &str = env!("CARGO_BIN_EXE_parade-demos");

    /// What a scripted lane says.
    const HELLO: &str = r#"echo '{"hello":{"protocol":1,"pid":1}}'"#;
    const READY: &str = r#"echo '{"ready":{"workers":[]}}'; read -r go"#;
    const RESULT: &str = r#"echo '{"result":{"checksum":"'$sum'","wall_ns":5,"usage":{"user_ns":1,"system_ns":1,"voluntary":0,"involuntary":0},"done":[1],"counters":[]}}'"#;

    /// How long an event is awaited before a test fails.
    const PATIENCE: Duration = Duration::from_mins(1);

    /// Tests that look at this process's children have it to themselves.
    fn alone() -> MutexGuard<'static, ()> {
        static ALONE: Mutex<()> = Mutex::new(());
        ALONE.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lanes of the small binary.
    fn real() -> Launcher {
        let arguments: [OsString; 2] = ["lane".into(), std::process::id().to_string().into()];
        Launcher::with_program(BINARY, arguments).unwrap()
    }

    /// Lanes of a shell script that speaks the protocol; its order is in `$order`.
    fn scripted(script: &str) -> Launcher {
        let script = format!("read -r order\n{script}\ncat >/dev/null");
        Launcher::with_program("/bin/sh", ["-c".into(), script.into()]).unwrap()
    }

    fn lane(workload: &str, model: &str) -> LaneSpec {
        LaneSpec {
            name: model.to_owned(),
            label: model.to_owned(),
            model: model.to_owned(),
            workload: workload.to_owned(),
            workers: Workers::Count(2),
            with: Parameters::new(),
            parameters: Parameters::new(),
            command: Vec::new(),
        }
    }

    fn demo(amount: Amount, lanes: Vec<LaneSpec>) -> DemoSpec {
        DemoSpec {
            name: "test".to_owned(),
            title: None,
            lanes,
            amount,
            order: Order::Turn,
            baseline: Baseline::Sequential,
            claim: None,
            show: Show::Lanes,
            repeat: 1,
            seed: 1,
        }
    }

    /// Longer than any test. One worker, so that no ideal is measured first.
    fn endless(model: &str) -> DemoSpec {
        let lane = LaneSpec {
            workers: Workers::Count(1),
            ..lane("primes", model)
        };
        let mut demo = demo(Amount::Work(4_000_000_000), vec![lane]);
        demo.baseline = Baseline::None;
        demo
    }

    struct Started {
        run: Run,
        events: Receiver<RunEvent>,
    }

    fn start(launcher: &Launcher, demo: DemoSpec, options: Options) -> Started {
        let (tell, events) = sync_channel(1024);
        let run = Run::start(launcher, demo, options, move |event| {
            let _ = tell.try_send(event);
        });
        Started { run, events }
    }

    impl Started {
        fn report(&self) -> Report {
            loop {
                if let RunEvent::Finished(report) = self.events.recv_timeout(PATIENCE).unwrap() {
                    return *report;
                }
            }
        }

        /// Waits for a snapshot that looks so; figures are polled, as a screen does.
        fn until(&self, what: &str, looks: impl Fn(&Snapshot) -> bool) -> Snapshot {
            let began = Instant::now();
            loop {
                let snapshot = self.run.snapshot();
                if looks(&snapshot) {
                    return snapshot;
                }
                assert!(began.elapsed() < PATIENCE, "never {what}: {snapshot:?}");
                thread::park_timeout(Duration::from_millis(5));
            }
        }

        /// Waits until a lane computes; the processes of its group.
        fn until_busy(&self) -> Vec<u32> {
            self.until("busy", |now| {
                let busy = |lane: &parade_demos::snapshot::Lane| {
                    lane.state == LaneState::Running && lane.cpu > Duration::ZERO
                };
                now.lanes.first().is_some_and(busy)
            });
            descendants(std::process::id())
        }
    }

    fn finished(launcher: &Launcher, demo: DemoSpec) -> Report {
        start(launcher, demo, Options::default()).report()
    }

    fn outcomes(report: &Report) -> Vec<(&str, Outcome, Option<&str>)> {
        let outcome = |lane: &'_ LaneReport| (lane.outcome, lane.error.is_some());
        assert!(
            report
                .lanes
                .iter()
                .all(|lane| outcome(lane) != (Outcome::Done, true))
        );
        let lanes = report.lanes.iter();
        lanes
            .map(|lane| (lane.name.as_str(), lane.outcome, lane.error.as_deref()))
            .collect()
    }

    /// The processes that run in groups led by children of `parent`.
    fn descendants(parent: u32) -> Vec<u32> {
        let stats: Vec<(u32, u32, u32)> = std::fs::read_dir("/proc")
            .unwrap()
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
            .filter_map(|pid: u32| {
                let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
                let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
                let parent_and_group = (fields[1].parse().ok()?, fields[2].parse().ok()?);
                (fields[0] != "Z").then_some((pid, parent_and_group.0, parent_and_group.1))
            })
            .collect();
        let leads = |(pid, above, group): &&(u32, u32, u32)| *above == parent && pid == group;
        let leaders: BTreeSet<u32> = stats.iter().filter(leads).map(|(pid, ..)| *pid).collect();
        let belongs = |(_, _, group): &&(u32, u32, u32)| leaders.contains(group);
        stats.iter().filter(belongs).map(|(pid, ..)| *pid).collect()
    }

    fn lives(pid: u32) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        stat.rsplit_once(')')
            .is_some_and(|(_, rest)| !rest.starts_with(" Z"))
    }

    fn left(pids: &[u32]) -> Vec<u32> {
        pids.iter().copied().filter(|&pid| lives(pid)).collect()
    }

    fn spawn(arguments: &[&str]) -> Child {
        Command::new(BINARY)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    #[test]
    fn reports_a_baseline_and_lanes_with_one_checksum() {
        let _alone = alone();
        let mut demo = demo(Amount::Work(2_000_000), vec![lane("primes", "threads")]);
        demo.repeat = 2;
        let report = finished(&real(), demo);
        let expected = [
            ("sequential", Outcome::Done, None),
            ("threads", Outcome::Done, None),
        ];
        assert_eq!(outcomes(&report), expected);
        assert_eq!(report.lanes[0].checksum, report.lanes[1].checksum);
        for lane in &report.lanes {
            assert_eq!((lane.runs.len(), lane.work), (2, Some(2_000_000)));
            assert_eq!(lane.against.as_deref(), Some("sequential"));
            assert!(lane.spread.is_some() && lane.pss_mib_max.is_some());
        }
        assert!(report.ideal_speedup.is_some_and(|ideal| ideal > 0.0));
    }

    #[test]
    fn gauges_a_lane_what_it_used() {
        let _alone = alone();
        let demo = demo(Amount::Work(12_000_000), vec![lane("primes", "threads")]);
        let report = finished(&real(), demo);
        for run in report.lanes.iter().flat_map(|lane| &lane.runs) {
            let part = run.gauged_s.unwrap() / run.cpu_s;
            assert!((0.95..=1.05).contains(&part), "{part} of {run:?}");
        }
    }

    #[test]
    fn the_portable_meter_tells_what_it_can_see() {
        let _alone = alone();
        let demo = demo(Amount::Work(4_000_000), vec![lane("primes", "threads")]);
        let options = Options {
            meter: meter::Choice::Portable,
            ..Options::default()
        };
        let report = start(&real(), demo, options).report();
        assert!(report.machine.cores > 0);
        let expected = [
            ("sequential", Outcome::Done, None),
            ("threads", Outcome::Done, None),
        ];
        assert_eq!(outcomes(&report), expected);
        assert_eq!(report.lanes[0].pss_mib_max, None);
    }

    #[test]
    fn adds_runs_to_an_earlier_report() {
        let _alone = alone();
        let demo = demo(Amount::Work(500_000), vec![lane("primes", "threads")]);
        let launcher = real();
        let first = finished(&launcher, demo.clone());
        let options = Options {
            earlier: Some(first.clone()),
            ..Options::default()
        };
        let both = start(&launcher, demo, options).report();
        let runs: Vec<usize> = both.lanes.iter().map(|lane| lane.runs.len()).collect();
        assert_eq!(runs, [2, 2]);
        assert_eq!(both.lanes[1].runs[0], first.lanes[1].runs[0]);
        assert_eq!(both.lanes[0].work, first.lanes[0].work);
    }

    #[test]
    fn cancel_and_drop_leave_nothing_of_any_model() {
        let _alone = alone();
        let launcher = real();
        for model in ["sequential", "threads", "async", "rayon", "processes"] {
            let started = start(&launcher, endless(model), Options::default());
            let pids = started.until_busy();
            assert!(!pids.is_empty(), "{model}");
            started.run.cancel();
            let report = started.report();
            assert_eq!(outcomes(&report), [(model, Outcome::Cancelled, None)]);
            assert_eq!(left(&pids), [] as [u32; 0], "{model}, cancelled");

            let started = start(&launcher, endless(model), Options::default());
            let pids = started.until_busy();
            drop(started);
            assert_eq!(left(&pids), [] as [u32; 0], "{model}, dropped");
        }
    }

    #[test]
    fn a_run_cancelled_before_anything_ran_ends_too() {
        let _alone = alone();
        let started = start(&real(), endless("threads"), Options::default());
        started.run.cancel();
        let report = started.report();
        assert_eq!(outcomes(&report), [("threads", Outcome::Cancelled, None)]);
        assert_eq!(started.run.snapshot().phase, Phase::Finished);
    }

    #[test]
    fn a_lane_killed_from_outside_fails_and_the_others_go_on() {
        let _alone = alone();
        let mut demo = endless("threads");
        demo.lanes.push(LaneSpec {
            with: Parameters::from([("limit".to_owned(), Value::Int(100_000))]),
            ..lane("primes", "sequential")
        });
        let started = start(&real(), demo, Options::default());
        let victim = started.until_busy()[0];
        Command::new("kill")
            .args(["-KILL", &victim.to_string()])
            .status()
            .unwrap();
        let report = started.report();
        let [threads, sequential] = outcomes(&report)[..] else {
            panic!("{report:?}")
        };
        assert_eq!(threads.1, Outcome::Failed);
        assert!(
            threads.2.is_some_and(|error| error.contains("SIGKILL")),
            "{threads:?}"
        );
        assert_eq!(sequential, ("sequential", Outcome::Done, None));
    }

    #[test]
    fn killing_the_one_who_runs_leaves_nothing_of_any_model() {
        // A worker and, where it is a process of its own, the lane's process.
        for (model, processes) in [("threads", 1), ("async", 1), ("rayon", 1), ("processes", 2)] {
            let endless = [
                "--work",
                "4000000000",
                "--workers",
                "1",
                "--baseline",
                "none",
            ];
            let mut parent = spawn(&[&["run", "primes", "--lanes", model], &endless[..]].concat());
            let began = Instant::now();
            let mut pids = Vec::new();
            while pids.len() < processes {
                assert!(began.elapsed() < PATIENCE, "{model} never ran");
                thread::park_timeout(Duration::from_millis(5));
                pids = descendants(parent.id());
            }
            parent.kill().unwrap();
            parent.wait().unwrap();
            let killed = Instant::now();
            while !left(&pids).is_empty() {
                assert!(killed.elapsed() < PATIENCE, "{model} left {pids:?}");
                thread::park_timeout(Duration::from_millis(1));
            }
        }
    }

    #[test]
    fn somebody_elses_burner_raises_the_rest_and_never_the_lane() {
        let _alone = alone();
        // The lane only waits, so that whatever is busy is somebody else's.
        let launcher = scripted(&format!("{HELLO}\n{READY}"));
        let mut burner = Command::new("/bin/sh")
            .args(["-c", "while :; do :; done"])
            .spawn()
            .unwrap();
        let started = start(&launcher, endless("threads"), Options::default());
        let snapshot = started.until("burning", |now| now.others_cores > 0.3);
        burner.kill().unwrap();
        burner.wait().unwrap();
        let lane: f64 = snapshot.cores.iter().map(|core| core.now.lane).sum();
        let other: f64 = snapshot.cores.iter().map(|core| core.now.other).sum();
        assert!(lane < 0.1 && other > 0.3, "lane {lane}, other {other}");
    }

    #[test]
    fn whatever_a_lane_says_the_run_ends_and_says_why() {
        use Outcome::{Done, Failed, Unavailable};
        let ready = format!("{HELLO}; {READY}");
        let table: Vec<(String, Outcome, &str)> = vec![
            (format!("sum=c; {ready}; {RESULT}"), Done, ""),
            (
                "exit 3".into(),
                Failed,
                "it ended without a result (exit status: 3)",
            ),
            (
                format!("{ready}; echo oh no >&2; exit 1"),
                Failed,
                "it ended without a result (exit status: 1; oh no)",
            ),
            (
                format!("{ready}; kill -ABRT $$"),
                Failed,
                "it ended without a result (signal: 6 (SIGABRT)",
            ),
            (
                "echo nonsense".into(),
                Failed,
                "it said something that is no message",
            ),
            (
                "yes | tr -d '\\n'".into(),
                Failed,
                "it wrote a line of more than",
            ),
            (
                r#"echo '{"hello":{"protocol":99,"pid":1}}'"#.into(),
                Failed,
                "it speaks version 99 of the protocol, and this is version 1",
            ),
            (
                format!("{HELLO}; {RESULT}"),
                Failed,
                "it said a result out of turn",
            ),
            (
                format!("{ready}; {READY}"),
                Failed,
                "it said ready out of turn",
            ),
            (
                r#"echo '{"failed":{"error":"a panic"}}'"#.into(),
                Failed,
                "a panic",
            ),
            (
                r#"echo '{"unavailable":{"error":"no python"}}'"#.into(),
                Unavailable,
                "no python",
            ),
        ];
        for (script, outcome, error) in table {
            let report = finished(&scripted(&script), endless("threads"));
            let lane = &report.lanes[0];
            assert_eq!(lane.outcome, outcome, "{script}: {:?}", lane.error);
            let said = lane.error.as_deref().unwrap_or("");
            assert!(said.starts_with(error), "{script}: {said}");
        }
    }

    #[test]
    fn a_lane_that_gives_another_checksum_fails() {
        let _alone = alone();
        let choose = r#"case "$order" in *'"sequential"'*) sum=one;; *) sum=two;; esac"#;
        let launcher = scripted(&format!("{choose}; {HELLO}; {READY}; {RESULT}"));
        let report = finished(
            &launcher,
            demo(Amount::Work(10), vec![lane("primes", "threads")]),
        );
        let wrong =
            "its checksum is two, and that of sequential is one: they did not do the same work";
        let expected = [
            ("sequential", Outcome::Done, None),
            ("threads", Outcome::Failed, Some(wrong)),
        ];
        assert_eq!(outcomes(&report), expected);
    }

    #[test]
    fn a_program_of_the_decks_own_needs_consent() {
        let mut demo = demo(Amount::Work(1), vec![lane("command", "command")]);
        demo.lanes[0].command = vec!["true".to_owned()];
        let report = finished(&scripted("exit 1"), demo);
        let why = "it runs a program of the deck's own, which needs consent";
        assert_eq!(
            outcomes(&report),
            [("command", Outcome::Refused, Some(why))]
        );
    }
}
