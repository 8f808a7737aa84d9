//! The program from outside: what it prints, and how it ends.

#[cfg(test)]
mod cli {
    use std::fs;
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use assert_cmd::Command as Parade;

    /// The program with arguments, in a folder of its own.
    fn parade(arguments: &str) -> Parade {
        let mut command = Parade::new(env!("CARGO_BIN_EXE_parade"));
        command
            .args(arguments.split_whitespace())
            .env("COLUMNS", "100")
            .env_remove("XDG_CONFIG_HOME");
        command
    }

    /// Standard output, standard error and exit code.
    fn outcome(command: &mut Parade) -> (String, String, i32) {
        let output = command.output().unwrap();
        (
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
            output.status.code().expect("no signal"),
        )
    }

    #[test]
    fn a_deck_in_a_pipe_is_text() {
        let deck = "# One\n\ntext\n\n<!-- pause -->\n\nmore\n\n---\n\n# Two\n\n- a\n- b\n";
        let (text, errors, code) = outcome(parade("-").write_stdin(deck));
        let rule = "─".repeat(80);
        let expected = format!("  One\n\n  text\n\n  more\n\n{rule}\n\n  Two\n\n  • a\n  • b\n");
        assert_eq!((text, errors, code), (expected, String::new(), 0));
    }

    #[test]
    fn the_built_in_talk_opens_without_arguments() {
        let (text, errors, code) = outcome(&mut parade(""));
        assert!(text.contains("Free-Threaded Python"), "{text}");
        assert_eq!((errors.as_str(), code), ("", 0));
    }

    #[test]
    fn no_byte_of_a_deck_reaches_the_output_unsanitized() {
        let deck = "---\ntitle: \"a\\u001b[31mb\"\n---\n\n# t\x1b]0;x\x07 &#27;[2J &#x9b;1m\n\n[l](http://a\x1bb) \u{202e}r\n\n```c\x1b\nint\x1b x;\n```\n";
        let (text, _, code) = outcome(parade("-").write_stdin(deck));
        let bad =
            |c: &char| (c.is_control() && *c != '\n') || ('\u{202a}'..='\u{202e}').contains(c);
        assert_eq!(text.chars().filter(bad).collect::<Vec<_>>(), [], "{text:?}");
        assert_eq!(code, 0);
    }

    #[test]
    fn wrong_use_ends_with_2_and_says_what_to_do() {
        let cases = [
            (
                "missing.md",
                "parade: failed to open missing.md: there is no such file\n",
            ),
            (
                "/",
                "parade: failed to open /: it is a folder; name a deck within it\n",
            ),
            (
                "/dev/zero",
                "parade: failed to open /dev/zero: it is no regular file; `-` reads standard input\n",
            ),
            (
                "-",
                "parade: failed to open standard input: it is empty; parade new FILE writes a deck to start from\n",
            ),
            (
                "run nothing-like-this",
                "parade: failed to find nothing-like-this: expected FILE#DEMO or one of ",
            ),
            (
                "demos nothing-like-this",
                "parade: failed to find nothing-like-this: no workload, model or ready demo",
            ),
            (
                "--no-such-option",
                "error: unexpected argument '--no-such-option' found",
            ),
            (
                "run primes --workers many",
                "error: invalid value 'many' for '--workers <N|cores|items>'",
            ),
        ];
        for (arguments, expected) in cases {
            let (text, errors, code) = outcome(&mut parade(arguments));
            assert!(errors.starts_with(expected), "{arguments}: {errors}");
            assert_eq!((text.as_str(), code), ("", 2), "{arguments}");
        }
    }

    #[test]
    fn a_deck_that_cannot_be_shown_is_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.md");
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RUSR).unwrap();
        fs::write(folder.path().join("empty.md"), "\n \n").unwrap();
        fs::write(folder.path().join("latin.md"), b"caf\xe9").unwrap();
        let cases = [
            ("pipe.md", "it is no regular file; `-` reads standard input"),
            (
                "empty.md",
                "it is empty; parade new FILE writes a deck to start from",
            ),
            ("latin.md", "line 1 is not UTF-8; save it in that encoding"),
        ];
        for (name, why) in cases {
            for subcommand in ["", "check ", "export -o out.svg "] {
                let mut command = parade(&format!("{subcommand}{name}"));
                command
                    .current_dir(folder.path())
                    .timeout(Duration::from_secs(10));
                let expected = format!("parade: failed to open {name}: {why}\n");
                assert_eq!(outcome(&mut command), (String::new(), expected, 2));
            }
        }
    }

    #[test]
    fn a_deck_comes_from_standard_input() {
        let (text, errors, code) = outcome(parade("-").write_stdin("# Piped\n"));
        let first = text.trim().lines().next();
        assert_eq!((first, errors.as_str(), code), (Some("Piped"), "", 0));
    }

    #[test]
    fn a_reader_that_leaves_is_no_failure() {
        let mut child = Command::new(env!("CARGO_BIN_EXE_parade"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (output.status.code(), output.stderr.as_slice()),
            (Some(0), &b""[..])
        );
    }

    #[test]
    fn a_full_disk_is_told() {
        let full = "No space left on device (os error 28)\n";
        for arguments in [
            "",
            "demos",
            "demos --json",
            "check slides/new.md",
            "man",
            "completions bash",
            "run sleep --work 1 --set each=1ms --repeat 1",
            "run sleep --work 1 --set each=1ms --repeat 1 --json",
        ] {
            let output = Command::new(env!("CARGO_BIN_EXE_parade"))
                .args(arguments.split_whitespace())
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .stdout(
                    fs::OpenOptions::new()
                        .write(true)
                        .open("/dev/full")
                        .unwrap(),
                )
                .output()
                .unwrap();
            let told = String::from_utf8(output.stderr).unwrap();
            let expected = format!("parade: failed to write to standard output: {full}");
            assert_eq!(
                (told, output.status.code()),
                (expected, Some(2)),
                "{arguments}"
            );
        }
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/dev/full", folder.path().join("full.svg")).unwrap();
        for (arguments, expected) in [
            (
                "export --slides 1 -o full.svg",
                "parade: failed to write full.svg: ",
            ),
            (
                "run sleep --work 1 --set each=1ms --repeat 1 --trace full.svg",
                "parade: failed to write the trace full.svg: ",
            ),
        ] {
            let (_, told, code) = outcome(parade(arguments).current_dir(&folder));
            assert_eq!((told, code), (format!("{expected}{full}"), 2));
        }
    }

    #[test]
    fn a_trace_goes_into_a_pipe_as_it_comes() {
        let script = "mkfifo pipe; cat pipe & \"$0\" run sleep --work 1 --set each=1ms --repeat 1 --trace pipe >/dev/null; wait";
        let folder = tempfile::tempdir().unwrap();
        let output = Command::new("sh")
            .args(["-c", script, env!("CARGO_BIN_EXE_parade")])
            .current_dir(&folder)
            .output()
            .unwrap();
        let trace: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(trace["trace"], 1);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }

    #[test]
    fn blocks_that_say_how_they_end_are_run_by_a_check() {
        let folder = tempfile::tempdir().unwrap();
        let check = |deck: &str, arguments: &str| {
            fs::write(folder.path().join("deck.md"), deck).unwrap();
            let mut command = parade(&format!("check deck.md {arguments}"));
            outcome(command.current_dir(folder.path()))
        };
        let good = "# A\n\n```sh +validate\n/// test -f deck.md\ntrue\n```\n\n\
                    ```sh +exec +expect:failure\nfalse\n```\n\n```sh +exec\nfalse\n```\n";
        let (text, _, code) = check(good, "--run --trust");
        assert_eq!(
            (text.as_str(), code),
            ("deck.md: 0 errors, 0 warnings, 2 blocks run\n", 0)
        );
        assert_eq!(
            check(good, "").2,
            0,
            "nothing is run unless it is asked for"
        );
        let (text, _, code) = check(good, "--run");
        assert!(
            text.contains("deck.md:3:1") && text.contains("--trust lets"),
            "{text}"
        );
        assert!(
            text.ends_with("deck.md: 1 error, 0 warnings, 0 blocks run\n"),
            "{text}"
        );
        assert_eq!(code, 1);
        fs::write(
            folder.path().join("own.toml"),
            "[languages.sh]\ncommands = [[\"false\"]]\n",
        )
        .unwrap();
        let (text, _, code) = check(good, "--run --trust --config own.toml");
        assert!(text.contains("ended with exit code 1"), "{text}");
        assert_eq!(code, 1, "its languages are those of the configuration");
        let bad = "# A\n\ntext\n\n```sh +validate\necho oh no\nexit 3\n```\n\n\
                   ```sh +expect:failure\ntrue\n```\n";
        let (text, _, code) = check(bad, "--run --trust");
        for part in [
            "deck.md:5:1",
            "ended with exit code 3",
            "it wrote: oh no",
            "deck.md:10:1",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert_eq!(code, 1);
        let (_, errors, code) = check(good, "--trust");
        assert!(errors.contains("--run"), "{errors}");
        assert_eq!(code, 2);
    }

    #[test]
    fn a_deck_is_checked_with_places_and_an_exit_code() {
        let good = "# A\n\ntext\n";
        let bad = "# A\n\n```demo\nname: a\nworkload: nothing\nlanes: [threads]\n```\n";
        let (text, _, code) = outcome(parade("check -").write_stdin(good));
        assert_eq!(
            (text.as_str(), code),
            ("standard input: 0 errors, 0 warnings\n", 0)
        );
        let (text, _, code) = outcome(parade("check -").write_stdin(bad));
        assert!(text.contains("standard input:5:1"), "{text}");
        assert_eq!(code, 1);
        let (json, _, code) = outcome(parade("check - --json").write_stdin(bad));
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            (json["decks"][0]["diagnostics"][0]["line"].as_u64(), code),
            (Some(5), 1)
        );
    }

    #[test]
    fn a_deck_that_is_missing_keeps_no_other_from_being_checked() {
        let missing = "parade: failed to open no.md: there is no such file\n\
                       failed to open nor.md: there is no such file\n";
        let (text, errors, code) =
            outcome(parade("check no.md - nor.md").write_stdin("# A\n\ntext\n"));
        let checked = "standard input: 0 errors, 0 warnings\n";
        assert_eq!(
            (text.as_str(), errors.as_str(), code),
            (checked, missing, 2)
        );
        let (json, _, code) = outcome(parade("check --json no.md -").write_stdin("# A\n\ntext\n"));
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let error = "failed to open no.md: there is no such file";
        assert_eq!(
            (
                json["decks"][0]["error"].as_str(),
                json["decks"][1]["slides"].as_u64(),
                code
            ),
            (Some(error), Some(1), 2)
        );
    }

    #[test]
    fn warnings_fail_only_when_asked_to() {
        let warned = "---\nnonsense: 1\n---\n\n# A\n";
        assert_eq!(outcome(parade("check -").write_stdin(warned)).2, 0);
        assert_eq!(outcome(parade("check --strict -").write_stdin(warned)).2, 1);
    }

    #[test]
    fn the_shipped_decks_have_nothing_wrong() {
        let (text, _, code) = outcome(&mut parade("check --strict --sizes 80x24,120x36"));
        assert_eq!(code, 0, "{text}");
        let (text, _, code) =
            outcome(parade("check --strict slides/new.md").current_dir(env!("CARGO_MANIFEST_DIR")));
        assert_eq!(code, 0, "{text}");
    }

    #[test]
    fn code_is_exported_with_what_it_writes_once_it_may_run() {
        let folder = tempfile::tempdir().unwrap();
        let deck = "# One\n\n```sh +auto_exec\nprintf '\\033[32mleaf\\033[0m\\n'\n```\n";
        fs::write(folder.path().join("deck.md"), deck).unwrap();
        let leaf = "<span class=\"line\"><span class=\"r-text\" style=\"color:var(--good);\">leaf</span>\n</span>";
        for (asked, written, told) in [
            ("", false, "not run"),
            ("--run", false, "its commands were not allowed to run"),
            ("--run --trust", true, "✓ done in "),
        ] {
            let mut command = parade(&format!("export deck.md -o deck.html {asked}"));
            let (_, errors, code) = outcome(command.current_dir(folder.path()));
            assert_eq!((errors.as_str(), code), ("", 0), "{asked}");
            let html = fs::read_to_string(folder.path().join("deck.html")).unwrap();
            assert_eq!(html.contains(leaf), written, "{asked}: {html}");
            assert!(html.contains(told), "{asked}: {html}");
        }
    }

    #[test]
    fn a_slide_is_exported_as_its_ending_says() {
        let folder = tempfile::tempdir().unwrap();
        let export = |arguments: &str| outcome(parade(arguments).current_dir(&folder));
        let (text, errors, code) = export("export --slides live-1 --size 80x24 -o one.txt");
        assert_eq!((text.as_str(), errors.as_str(), code), ("one.txt\n", "", 0));
        let text = fs::read_to_string(folder.path().join("one.txt")).unwrap();
        assert!(
            text.contains("🐍 Examples") && text.contains("CPU bound"),
            "{text}"
        );
        let (_, _, code) = export("export --slides 2-3 -o all/");
        assert_eq!(code, 0);
        let svg = fs::read_to_string(folder.path().join("all/002-bound.svg")).unwrap();
        assert!(
            svg.starts_with("<svg ") && svg.contains("CPU bound"),
            "{svg}"
        );
        let (_, _, code) = export("export tour --slides image -o image.svg");
        assert_eq!(code, 0);
        let svg = fs::read_to_string(folder.path().join("image.svg")).unwrap();
        assert_eq!(svg.matches("href=\"data:image/png;base64,iVBOR").count(), 1);
        let (_, errors, code) = export("export -o all.svg");
        assert!(errors.contains("a file takes one"), "{errors}");
        assert_eq!(code, 2);
        let (_, errors, code) = export("export --size 80x24 -o all.html");
        assert!(errors.contains("failed to size the page"), "{errors}");
        assert_eq!(code, 2);
    }

    #[test]
    fn a_trace_is_of_every_demo_of_its_name() {
        let demo = |name: &str| {
            format!(
                "```demo\nname: {name}\nworkload: sleep\nwith: {{count: 4, each: 5ms}}\n\
                 lanes: [sequential]\nbaseline: none\n```\n\n"
            )
        };
        let [a, b] = ["a", "b"].map(demo);
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("deck.md"), format!("{a}{b}---\n\n{a}")).unwrap();
        let done = |arguments: &str| {
            let (_, errors, code) = outcome(parade(arguments).current_dir(&folder));
            assert_eq!(code, 0, "{arguments}: {errors}");
        };
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        done("run deck.md#a --repeat 1 --trace a.json");
        done("export deck.md --trace a.json -o talk.html");
        assert_eq!(
            read("talk.html").matches("<div class=\"replay\"").count(),
            2
        );
    }

    #[test]
    fn a_picture_wears_the_theme_of_its_deck() {
        let folder = tempfile::tempdir().unwrap();
        let export = |wanted: &str| {
            let deck = format!("---\ntheme: {wanted}\n---\n\n# A\n\ntext\n");
            let mut asked = parade("export - -o a.svg");
            let (_, errors, code) = outcome(asked.current_dir(&folder).write_stdin(deck));
            let svg = fs::read_to_string(folder.path().join("a.svg")).unwrap();
            (svg.contains("#123456"), errors, code)
        };
        let theme = "extends = 'light'\nbackground = '#123456'\n";
        fs::write(folder.path().join("mine.toml"), theme).unwrap();
        assert_eq!(export("{path: mine.toml}"), (true, String::new(), 0));
        assert_eq!(export("mine.toml"), (true, String::new(), 0));
        let (is_mine, errors, code) = export("solarized");
        assert!(
            errors.contains("there is no theme \"solarized\""),
            "{errors}"
        );
        assert_eq!((is_mine, code), (false, 0));
    }

    #[test]
    fn a_run_prints_the_schema() {
        let (json, errors, code) = outcome(&mut parade(
            "run sleep --work 4 --set each=5ms --repeat 1 --json",
        ));
        assert_eq!((errors.as_str(), code), ("", 0));
        let report: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            (&report["schema"], &report["demo"]),
            (&serde_json::json!(1), &serde_json::json!("sleep"))
        );
        for lane in report["lanes"].as_array().unwrap() {
            assert_eq!(lane["outcome"], "done", "{lane}");
            assert_eq!(lane["checksum"], report["lanes"][0]["checksum"], "{lane}");
        }
    }

    #[test]
    fn a_run_leaves_its_trace() {
        let folder = tempfile::tempdir().unwrap();
        let run = "run sleep --work 4 --set each=150ms --repeat 1 --json --trace run.json";
        let (json, errors, code) = outcome(parade(run).current_dir(&folder));
        assert_eq!((errors.as_str(), code), ("", 0));
        let trace = parade_demos::trace::file::read(&folder.path().join("run.json")).unwrap();
        assert_eq!(trace.report, serde_json::from_str(&json).unwrap());
        let end = trace.at(trace.length());
        assert_eq!(end.report, Some(Box::new(trace.report.clone())));
        // The baseline alone takes 600 ms: more than two windows.
        assert!(trace.frames.len() > 2, "{trace:?}");
        let (_, errors, code) =
            outcome(parade(&run.replace("run.json", "no/folder/run.json")).current_dir(&folder));
        assert!(
            errors.contains("failed to write the trace no/folder/run.json"),
            "{errors}"
        );
        assert_ne!(code, 0);
    }

    #[test]
    fn a_rehearsal_keeps_a_trace_of_every_demo_that_ran() {
        let folder = tempfile::tempdir().unwrap();
        let demo = |name: &str, rest: &str| {
            format!("# {name}\n\n```demo\nname: {name}\n{rest}\n```\n\n---\n\n")
        };
        let deck = [
            demo(
                "naps",
                "workload: sleep\nwith: {each: 10ms}\nwork: 4\nlanes: [threads]",
            ),
            demo(
                "own",
                "lanes: [{name: d, model: command, workload: command, command: [\"true\"]}]\nbaseline: none",
            ),
        ];
        fs::write(folder.path().join("talk.md"), deck.concat()).unwrap();
        let (text, errors, code) = outcome(parade("rehearse talk.md").current_dir(&folder));
        assert_eq!((errors.as_str(), code), ("", 1));
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines[0].starts_with("✓ naps: ")
                && lines[0].ends_with(" s in talk.traces/naps.naps.json"),
            "{text}"
        );
        assert_eq!(
            lines[1..],
            ["✗ own: d: it runs a program of the deck's own, which needs consent"]
        );
        let (text, _, code) =
            outcome(parade("rehearse talk.md --trust --only own").current_dir(&folder));
        assert_eq!((text.lines().count(), code), (1, 0), "{text}");
        for name in ["naps.naps.json", "own.own.json"] {
            let path = folder.path().join("talk.traces").join(name);
            let trace = parade_demos::trace::file::read(&path).unwrap();
            assert!(trace.recorded_s.is_some_and(|at| at > 1_700_000_000));
        }
        let (_, errors, code) = outcome(parade("rehearse -").write_stdin("# A\n"));
        assert_eq!(code, 2);
        assert!(
            errors.contains("a deck from standard input has none"),
            "{errors}"
        );
    }

    #[test]
    fn a_rehearsal_without_an_interpreter_keeps_the_other_lanes_but_loses_none() {
        use parade_demos::report::Outcome::{Done, Unavailable};

        let folder = tempfile::tempdir().unwrap();
        let rehearse = |program: &str| {
            let lane = |name, program| {
                format!("{{name: {name}, workload: command, model: command, command: [{program}]}}")
            };
            let lanes = [lane("here", "\"true\""), lane("there", program)].join(", ");
            let deck =
                format!("# A\n\n```demo\nname: two\nlanes: [{lanes}]\nbaseline: none\n```\n");
            fs::write(folder.path().join("talk.md"), deck).unwrap();
            let (text, errors, code) =
                outcome(parade("rehearse talk.md --trust").current_dir(&folder));
            assert_eq!(errors, "");
            let path = folder.path().join("talk.traces/a.two.json");
            let trace = parade_demos::trace::file::read(&path).unwrap();
            let lanes = trace.report.lanes.iter().map(|lane| lane.outcome);
            (text, code, lanes.collect::<Vec<_>>())
        };
        let (text, code, lanes) = rehearse("no-such-python");
        assert!(
            text.starts_with("✓ two: ") && text.contains("\n  without there: "),
            "{text}"
        );
        assert_eq!((code, lanes), (0, vec![Done, Unavailable]));
        let (text, code, lanes) = rehearse("\"true\"");
        assert_eq!(
            (text.lines().count(), code, lanes),
            (1, 0, vec![Done, Done])
        );
        let (text, code, lanes) = rehearse("no-such-python");
        assert!(
            text.ends_with("; the trace stays that has this lane\n"),
            "{text}"
        );
        assert_eq!((code, lanes), (1, vec![Done, Done]));
    }

    #[test]
    fn a_subcommand_behind_an_option_is_not_taken_for_a_deck() {
        let (_, errors, code) = outcome(&mut parade("--start 2 config"));
        assert_eq!(
            (errors.as_str(), code),
            (
                "parade: failed to understand config: a subcommand's options stand after it, as in parade config --help\n",
                2
            )
        );
    }

    #[test]
    fn a_signal_ends_a_run_and_the_program_dies_by_it() {
        let mut child = Command::new(env!("CARGO_BIN_EXE_parade"))
            .args([
                "run", "sleep", "--work", "100", "--set", "each=10s", "--lanes", "threads",
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let pid = rustix::process::Pid::from_child(&child);
        let until = Instant::now() + Duration::from_secs(10);
        while lanes_of(child.id()).is_empty() {
            assert!(Instant::now() < until, "no lane started");
            std::thread::yield_now();
        }
        let lanes = lanes_of(child.id());
        rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
        let status = child.wait().unwrap();
        assert_eq!(status.signal(), Some(2), "{status:?}");
        for lane in lanes {
            assert!(
                !std::path::Path::new(&format!("/proc/{lane}")).exists(),
                "lane {lane} is left"
            );
        }
    }

    /// The processes that a process has started and that live.
    fn lanes_of(pid: u32) -> Vec<String> {
        let tasks = fs::read_dir(format!("/proc/{pid}/task"))
            .into_iter()
            .flatten()
            .flatten();
        tasks
            .filter_map(|task| fs::read_to_string(task.path().join("children")).ok())
            .flat_map(|children| {
                children
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    #[test]
    fn a_new_deck_is_written_once() {
        let folder = tempfile::tempdir().unwrap();
        let (text, _, code) = outcome(parade("new talk.md").current_dir(&folder));
        assert_eq!(
            (text.as_str(), code),
            (
                "talk.md is written. Present it with: parade talk.md\nWhat else a deck can do: parade tour\n",
                0
            )
        );
        fs::write(folder.path().join("talk.md"), "mine").unwrap();
        let (_, errors, code) = outcome(parade("new talk.md").current_dir(&folder));
        assert!(errors.contains("it is there already"), "{errors}");
        assert_eq!(code, 2);
        assert_eq!(
            fs::read_to_string(folder.path().join("talk.md")).unwrap(),
            "mine"
        );
    }

    #[test]
    fn the_catalogue_is_printed_whole_and_by_name() {
        let (all, _, code) = outcome(&mut parade("demos"));
        assert_eq!(code, 0);
        for name in ["primes: ", "requests: ", "async: ", "processes: "] {
            assert!(all.contains(name), "{name}");
        }
        let (json, _, _) = outcome(&mut parade("demos sleep --json"));
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["workloads"][0]["parameters"][1]["name"], "each");
        assert_eq!(json["models"], serde_json::json!([]));
    }

    #[test]
    fn the_manual_and_the_completions_know_every_subcommand() {
        let (help, _, _) = outcome(&mut parade("--help"));
        let (_, after) = help.split_once("Commands:\n").unwrap();
        let commands: Vec<&str> = after
            .lines()
            .take_while(|line| !line.is_empty())
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        assert!(
            commands.contains(&"run") && commands.contains(&"doctor"),
            "{commands:?}"
        );
        let (man, _, _) = outcome(&mut parade("man"));
        assert!(
            man.starts_with(".ie") && man.contains(".TH parade 1"),
            "{man}"
        );
        for shell in ["bash", "zsh", "fish"] {
            let (script, _, code) = outcome(&mut parade(&format!("completions {shell}")));
            assert_eq!(code, 0);
            for command in &commands {
                assert!(script.contains(command), "{shell}: {command}");
                assert!(man.contains(command), "man: {command}");
            }
        }
    }

    #[test]
    fn a_talk_is_told_line_by_line_and_learnt_from() {
        let state = tempfile::tempdir().unwrap();
        let deck = state.path().join("deck.md");
        let text = "# Counting\n\n```demo\nname: d\nworkload: sleep\nwith: {count: 4, each: 5ms}\nlanes: [threads]\n```\n\n\
            ```predict\nquestion: How many workers?\nnumber: workers\ntolerance: 0%\n```\n\n<!-- explain: Waiting. -->\n\n\
            ---\n\n# Last\n\n<!-- pause -->\n\nword\n";
        fs::write(&deck, text).unwrap();
        let name = deck.display();
        let mut command = parade(&format!("{name} --plain --learn"));
        command.env("XDG_STATE_HOME", state.path());
        let (told, errors, code) = outcome(command.write_stdin("r\n2\n\n\nnonsense\nq\n"));
        assert_eq!((errors.as_str(), code), ("", 0), "{told}");
        let mut rest = told.as_str();
        for part in [
            "Slide 1 of 2: Counting\n",
            "Demo: d. Lanes: sequential; threads.\n",
            "Explanation:\nWaiting.\n",
            "Question: How many workers?\n",
            "threads: 0.",
            "✗ Workers came to 4. You said 2: 2 times too little.\n",
            "Slide 2 of 2: Last\n",
            "\nword\n",
            "`nonsense` is no command; keys tells all of them\n",
        ] {
            let at = rest
                .find(part)
                .unwrap_or_else(|| panic!("{part:?} is missing in {rest}"));
            rest = &rest[at + part.len()..];
        }
        let (list, _, _) = outcome(parade("progress list").env("XDG_STATE_HOME", state.path()));
        assert!(
            list.contains("deck.md  ") && list.contains("2 of 2"),
            "{list}"
        );
    }

    #[test]
    fn a_program_is_edited_from_line_to_line_and_kept() {
        let state = tempfile::tempdir().unwrap();
        let (deck, editor) = (state.path().join("deck.md"), state.path().join("editor"));
        let save = |program: &str| {
            let text = format!(
                "# One\n\n```demo\nname: d\nworkload: python\nwith:\n  code: |\n    {program}\n\
                 lanes: [gil]\nbaseline: none\n```\n"
            );
            fs::write(&deck, text).unwrap();
        };
        save("print('deck')");
        fs::write(&editor, "echo \"print('mine')\" > \"$1\"\n").unwrap();
        let name = deck.display();
        let talk = |lines: &str| {
            let mut command = parade(&format!("{name} --plain --learn"));
            command
                .env("XDG_STATE_HOME", state.path())
                .env_remove("VISUAL")
                .env("EDITOR", format!("sh {}", editor.display()));
            let (told, errors, code) = outcome(command.write_stdin(lines));
            assert_eq!((errors.as_str(), code), ("", 0), "{told}");
            told
        };
        let runs_mine = |told: &str| {
            [
                "an edited program",
                "gil printed: mine\n",
                "The program was edited. ",
            ]
            .iter()
            .all(|part| told.contains(part))
        };
        let told = talk("edit\nq\n");
        assert!(
            told.contains("Note: program is edited: r runs it.\n"),
            "{told}"
        );
        let told = talk("r\nq\n");
        assert!(runs_mine(&told), "{told}");
        save("print('newer')");
        let told = talk("r\noriginal\nr\nq\n");
        let (before, after) = told
            .split_once("gil printed: newer\n")
            .expect("the deck's runs");
        assert!(
            before.contains("Note: the deck has another program now"),
            "{told}"
        );
        assert!(runs_mine(after), "{told}");
        let forget = parade(&format!("progress reset {name}"))
            .env("XDG_STATE_HOME", state.path())
            .output()
            .unwrap();
        assert!(forget.status.success());
        let told = talk("original\nq\n");
        assert!(told.contains("Note: nothing was edited here.\n"), "{told}");
    }

    #[test]
    fn progress_is_listed_and_forgotten() {
        let state = tempfile::tempdir().unwrap();
        let decks = state.path().join("parade/progress");
        let ask = |arguments: &str| outcome(parade(arguments).env("XDG_STATE_HOME", state.path()));
        let said = |text: &str| (text.to_owned(), String::new(), 0);
        assert_eq!(
            ask("progress list"),
            said("nothing is kept so far; parade --learn begins\n")
        );
        assert_eq!(
            ask("progress reset"),
            said("nothing is kept of the built-in talk\n")
        );
        fs::create_dir_all(&decks).unwrap();
        let text = r#"{"version":1,"deck":"the built-in talk","slides":36,"seen":["gil","race"],
            "predictions":{"gil/gil":{"guess":{"number":1.0},"came":{"agreement":"right","text":"so"}}},
            "challenges":{"gil/a":{"met":"Met.","hints":0},"gil/b":{"met":null,"hints":1}},"last":"race"}"#;
        fs::write(decks.join("built-in.json"), text).unwrap();
        let table = "deck               slides seen  predictions right  challenges met  programs edited  last slide\n\
                     the built-in talk      2 of 36             1 of 1               1                0  race\n";
        assert_eq!(ask("progress list"), said(table));
        assert_eq!(
            ask("progress reset"),
            said("forgot the progress of the built-in talk\n")
        );
        fs::write(decks.join("built-in.json"), &text[..100]).unwrap();
        let (told, _, code) = ask("progress list");
        assert!(told.starts_with("failed to read ") && code == 1, "{told}");
        assert_eq!(
            ask("progress reset --all"),
            said("forgot the progress of 1 deck\n")
        );
        assert_eq!(ask("progress list --all").2, 2);
    }

    #[test]
    fn the_doctor_looks_at_terminal_machine_and_interpreters() {
        let (text, _, code) = outcome(&mut parade("doctor"));
        assert_eq!(code, 0);
        for part in [
            "Terminal\n",
            "Machine\n",
            "Python interpreters",
            "cores",
            "python3",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}
