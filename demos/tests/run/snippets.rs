//! Blocks of code as their owner sees them: what they write, how they end, and that nothing is left.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Duration, Instant};

use parade_demos::run::Snippet;
use parade_demos::snippet::{LINES_MAX, SnippetEnd, SnippetSnapshot, SnippetSpec};

use crate::harness::{PATIENCE, alone, real};

/// A shell script, which has a minute.
fn script(text: &str) -> SnippetSpec {
    SnippetSpec {
        text: text.to_owned(),
        file: "main.sh".to_owned(),
        commands: vec![words("sh {file}")],
        time_max: PATIENCE,
        ..SnippetSpec::default()
    }
}

fn words(command: &str) -> Vec<String> {
    command.split(' ').map(str::to_owned).collect()
}

struct Running {
    snippet: Snippet,
    news: Receiver<()>,
}

fn start(spec: SnippetSpec) -> Running {
    let (teller, news) = sync_channel(1);
    // One that waits is enough.
    let tell = move || {
        let _ = teller.try_send(());
    };
    let snippet = Snippet::start(&real(), spec, tell);
    Running { snippet, news }
}

impl Running {
    fn until(&self, is_so: impl Fn(&SnippetSnapshot) -> bool) -> SnippetSnapshot {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let snapshot = self.snippet.snapshot();
            if is_so(&snapshot) {
                return snapshot;
            }
            assert!(Instant::now() < deadline, "never so: {snapshot:?}");
            let _ = self.news.recv_timeout(Duration::from_secs(1));
        }
    }

    fn end(&self) -> SnippetSnapshot {
        self.until(|snapshot| snapshot.end.is_some())
    }
}

/// The folder whose name the program has written, if it is there still.
fn folder(snapshot: &SnippetSnapshot) -> Option<PathBuf> {
    let folder = PathBuf::from(&snapshot.lines[0].text);
    assert!(folder.is_absolute(), "{snapshot:?}");
    Some(folder).filter(|folder| folder.exists())
}

#[test]
fn its_output_comes_line_by_line_and_its_end_last() {
    let _alone = alone();
    let running = start(script("echo one; echo two >&2; printf 'th\\tree'; exit 3"));
    let snapshot = running.end();
    assert_eq!(snapshot.end, Some(SnippetEnd::Exited(3)));
    let mut lines: Vec<&str> = snapshot.texts().collect();
    lines.sort_unstable();
    assert_eq!(lines, ["one", "th      ree", "two"]);
    assert_eq!((snapshot.step, snapshot.open), (Some(0), 1));
}

#[test]
fn a_build_that_fails_is_the_end() {
    let _alone = alone();
    let spec = SnippetSpec {
        commands: vec![words("sh {file}"), words("touch {folder}/never")],
        ..script("echo no; exit 1")
    };
    let snapshot = start(spec).end();
    assert_eq!(snapshot.end, Some(SnippetEnd::Exited(1)));
    assert!(!snapshot.is_built());
    let spec = SnippetSpec {
        commands: vec![words("cp {file} {folder}/copy"), words("sh {folder}/copy")],
        environment: [("GREETING".to_owned(), "hello".to_owned())].into(),
        ..script("echo $GREETING")
    };
    let snapshot = start(spec).end();
    assert!(snapshot.texts().eq(["hello"]), "{snapshot:?}");
    assert!(snapshot.is_built());
}

#[test]
fn it_runs_where_it_is_told_and_its_folder_goes_with_it() {
    let _alone = alone();
    let spec = SnippetSpec {
        place: Some("/".into()),
        ..script("dirname $0; pwd; ls $(dirname $0)")
    };
    let snapshot = start(spec).end();
    let lines: Vec<&str> = snapshot.texts().collect();
    assert_eq!(lines[1..], ["/", "main.sh"]);
    assert_eq!(folder(&snapshot), None);
    let snapshot = start(script("pwd; dirname $0")).end();
    assert_eq!(snapshot.lines[0], snapshot.lines[1]);
}

#[test]
fn what_it_started_ends_with_it() {
    let _alone = alone();
    let text = "dirname $0; (setsid sleep 1021.5 &); sleep 1021.5 & wait";
    let running = start(script(text));
    let snapshot = running.until(|snapshot| !snapshot.lines.is_empty());
    assert!(folder(&snapshot).is_some());
    let snapshot = running.snippet.end();
    assert_eq!(snapshot.end, Some(SnippetEnd::Cancelled));
    assert_eq!(folder(&snapshot), None);
    assert_eq!(sleepers("1021.5"), 0);
    let snapshot = start(script("sleep 1022.5 & setsid sleep 1022.5 & true")).end();
    assert_eq!(snapshot.end, Some(SnippetEnd::Exited(0)));
    assert_eq!(sleepers("1022.5"), 0);
}

#[test]
fn its_time_is_limited() {
    let _alone = alone();
    let time_max = Duration::from_millis(300);
    let spec = SnippetSpec {
        time_max,
        ..script("sleep 1023.5")
    };
    assert_eq!(start(spec).end().end, Some(SnippetEnd::TimedOut(time_max)));
    assert_eq!(sleepers("1023.5"), 0);
}

#[test]
fn of_endless_output_the_newest_is_kept() {
    let _alone = alone();
    let running = start(script("yes"));
    let snapshot = running.until(|snapshot| snapshot.left_out > 100_000);
    assert!(
        snapshot.lines.len() <= LINES_MAX + 2,
        "{}",
        snapshot.lines.len()
    );
    assert!(snapshot.texts().all(|line| line == "y"));
}

#[test]
fn what_is_missing_is_named() {
    let _alone = alone();
    let spec = SnippetSpec {
        commands: vec![words("no-such-compiler {file}")],
        ..script("")
    };
    let expected = "there is no program \"no-such-compiler\" here".to_owned();
    assert_eq!(
        start(spec).end().end,
        Some(SnippetEnd::Unavailable(expected))
    );
}

/// How many processes sleep for so long.
fn sleepers(seconds: &str) -> usize {
    let wanted = format!("sleep\0{seconds}\0");
    let entries = std::fs::read_dir("/proc").unwrap();
    let lines = entries.filter_map(|entry| std::fs::read(entry.ok()?.path().join("cmdline")).ok());
    lines.filter(|line| *line == wanted.as_bytes()).count()
}
