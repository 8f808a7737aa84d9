//! Children that do as they should not: whatever one does to a block, the next is highlighted.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::{Desk, Highlighter};
use crate::app::Event;
use crate::deck::Code;
use crate::highlight::{CodeKey, TokenLines, TokenSpan};
use crate::theme::Token;

/// How long a test waits for what will come.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a child may take for a block.
const BLOCK_MAX: Duration = Duration::from_secs(2);

/// A child that answers every request with one keyword.
const ANSWER: &str = r#"key=${request#*:}; echo '{"key":'"${key%%,*}"',"tokens":[[{"start":0,"end":3,"token":"Keyword"}]]}'"#;

/// A desk whose first child does something else than later ones, which answer.
struct Stage {
    highlighter: Highlighter,
    told: Receiver<(CodeKey, TokenLines)>,
    folder: tempfile::TempDir,
}

impl Stage {
    /// `first` is what the first child does once a request is in `$request`.
    fn new(first: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = format!(
            "echo $$ >> pids\n\
             while read -r request; do\n\
               if mkdir first 2>/dev/null; then {first}; else {ANSWER}; fi\n\
             done"
        );
        let mut command = Command::new("sh");
        command.args(["-c", &script]).current_dir(folder.path());
        let (tell, told) = channel();
        let tell = move |event| {
            if let Event::Highlighted { key, lines } = event {
                tell.send((key, TokenLines::clone(&lines))).unwrap();
            }
        };
        Self {
            highlighter: Highlighter::at_desk(Desk::with_child(command, BLOCK_MAX), tell).unwrap(),
            told,
            folder,
        }
    }

    /// Has code highlighted; whether it was.
    fn highlights(&self, lines: &[String]) -> bool {
        self.end(self.begin(lines))
    }

    fn begin(&self, lines: &[String]) -> CodeKey {
        let code = Code {
            language: "python".to_owned(),
            lines: lines.to_vec(),
            ..Code::default()
        };
        let key = CodeKey::of(&code);
        assert!(self.highlighter.take_on(key, code));
        key
    }

    /// Whether the block was highlighted.
    fn end(&self, key: CodeKey) -> bool {
        let (told, lines) = self.told.recv_timeout(PATIENCE).unwrap();
        assert_eq!(told, key);
        let keyword = TokenSpan {
            start: 0,
            end: 3,
            token: Token::Keyword,
        };
        assert!(lines.is_empty() || lines == [[keyword]], "{lines:?}");
        !lines.is_empty()
    }

    /// The children so far.
    fn children(&self) -> Vec<String> {
        let pids = std::fs::read_to_string(self.folder.path().join("pids")).unwrap();
        pids.lines().map(str::to_owned).collect()
    }
}

fn process(pid: &str) -> PathBuf {
    Path::new("/proc").join(pid)
}

#[test]
fn whatever_a_child_does_to_a_block_the_next_is_highlighted() {
    let ways = [
        "exit 1",
        "kill -KILL $$",
        "kill -STOP $$",
        "while :; do sleep 1; done",
        // Half an answer, and then nothing.
        "printf '{'; while :; do sleep 1; done",
        // One byte now and then is no progress either.
        "while :; do printf ' '; sleep 0.05; done",
        "echo nonsense",
        r#"echo '{"key":1,"tokens":[]}'"#,
        // A flood with line ends, and one without.
        "yes",
        "yes | tr -d '\\n'",
    ];
    // All at once, since some are awaited until patience ends.
    let stages = ways.map(|first| (first, Stage::new(first)));
    let blocks = |text: &str| {
        let key = |(_, stage): &(_, Stage)| stage.begin(&[text.to_owned()]);
        stages.iter().map(key).collect::<Vec<CodeKey>>()
    };
    let (one, two) = (blocks("one"), blocks("two"));
    for (((first, stage), one), two) in stages.iter().zip(one).zip(two) {
        assert!(!stage.end(one), "{first}");
        assert!(stage.end(two), "{first}");
        let children = stage.children();
        assert_eq!(children.len(), 2, "{first}");
        assert!(!process(&children[0]).exists(), "{first} lives on");
    }
}

#[test]
fn a_child_that_takes_nothing_is_not_waited_for() {
    // More than a pipe holds, so that some of it stays with the writer.
    let long = vec!["x".repeat(1 << 20)];
    let stage = Stage::new("exit 0");
    assert!(!stage.highlights(&["the first child's".to_owned()]));
    assert!(stage.highlights(&["the second child's".to_owned()]));
    let pid = stage.children().pop().unwrap();
    signal(&pid, rustix::process::Signal::STOP);
    assert!(!stage.highlights(&long));
    assert!(stage.highlights(&["one more".to_owned()]));
    assert_eq!(stage.children().len(), 3);
}

#[test]
fn a_child_that_was_ended_between_two_blocks_costs_neither() {
    let stage = Stage::new("exit 0");
    assert!(!stage.highlights(&["the first child's".to_owned()]));
    assert!(stage.highlights(&["one".to_owned()]));
    signal(&stage.children()[1], rustix::process::Signal::KILL);
    assert!(stage.highlights(&["two".to_owned()]));
    assert_eq!(stage.children().len(), 3);
}

fn signal(pid: &str, signal: rustix::process::Signal) {
    let pid = rustix::process::Pid::from_raw(pid.parse().unwrap()).unwrap();
    rustix::process::kill_process(pid, signal).unwrap();
}
