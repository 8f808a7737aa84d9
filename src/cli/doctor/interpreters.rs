//! Real Python interpreters, found on the path and asked for their version and their lock.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Finding;

/// The names that are looked for.
const NAMES: &[&str] = &[
    "python3",
    "python3.13",
    "python3.13t",
    "python3.14",
    "python3.14t",
];

/// How long all of them may take together; a shim can be slow.
const ANSWER_MAX: Duration = Duration::from_secs(3);

/// How often they are looked at meanwhile.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// Prints the version, and whether the build has a lock that can be off.
const QUESTION: &str = "import sys, sysconfig; \
print(sys.version.split()[0], 'free-threaded' if sysconfig.get_config_var('Py_GIL_DISABLED') else 'GIL')";

/// What came of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    NotFound,
    /// It failed.
    Fails,
    /// It took too long.
    Late,
    /// Its version and its lock.
    Says(String),
}

/// Asks all at once, so that the slowest decides how long it takes.
pub(super) fn look() -> Vec<Finding> {
    let began = Instant::now();
    let asked: Vec<_> = NAMES.iter().map(|name| (*name, ask(name))).collect();
    let answered = asked.into_iter().map(|(name, child)| {
        let hear = |child| answer(child, began + ANSWER_MAX);
        finding(name, child.map_or(Answer::NotFound, hear))
    });
    answered.collect()
}

fn finding(name: &'static str, answer: Answer) -> Finding {
    match answer {
        Answer::NotFound => Finding::missing(name, "not found"),
        Answer::Fails => Finding::missing(name, "found, but does not start"),
        Answer::Late => {
            let seconds = ANSWER_MAX.as_secs();
            Finding::missing(
                name,
                format!("found, but gave no answer within {seconds} s"),
            )
        }
        Answer::Says(version) => Finding::good(name, version),
    }
}

fn ask(name: &str) -> Option<Child> {
    let mut command = Command::new(name);
    command.args(["-I", "-c", QUESTION]);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()
}

/// What it says in one line, if that comes in time and without an error.
fn answer(mut child: Child, until: Instant) -> Answer {
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if Instant::now() < until => thread::sleep(LOOK_EVERY),
            _ => {
                // Both fail only where it has ended in the meantime.
                let _ = child.kill().and_then(|()| child.wait());
                return Answer::Late;
            }
        }
    };
    let mut line = String::new();
    let read = child
        .stdout
        .take()
        .map(|output| output.take(200).read_to_string(&mut line));
    match read {
        Some(Ok(_)) if status.success() => Answer::Says(line.trim().to_owned()),
        _ => Answer::Fails,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_not_started() {
        assert!(ask("no-such-python").is_none());
    }

    #[test]
    fn what_fails_and_what_is_late_are_told_apart() {
        let patience = Duration::from_secs(10);
        for (script, patience, expected) in [
            (
                "echo 3.14.7 GIL",
                patience,
                Answer::Says("3.14.7 GIL".to_owned()),
            ),
            ("echo 3.14.7 GIL; exit 1", patience, Answer::Fails),
            ("exec sleep 100", Duration::ZERO, Answer::Late),
        ] {
            let mut shell = Command::new("sh");
            shell.args(["-c", script]).stdout(Stdio::piped());
            let answered = answer(shell.spawn().unwrap(), Instant::now() + patience);
            assert_eq!(answered, expected, "{script}");
        }
    }

    #[test]
    fn an_answer_is_told_and_silence_too() {
        let cases = [
            (Answer::NotFound, Finding::missing("python3", "not found")),
            (
                Answer::Fails,
                Finding::missing("python3", "found, but does not start"),
            ),
            (
                Answer::Late,
                Finding::missing("python3", "found, but gave no answer within 3 s"),
            ),
            (
                Answer::Says("3.14.7 GIL".to_owned()),
                Finding::good("python3", "3.14.7 GIL"),
            ),
        ];
        for (answer, expected) in cases {
            assert_eq!(finding("python3", answer), expected);
        }
    }
}
