//! A program is edited: in the pane, and in the user's own editor, whatever that does.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rustix::process::Signal;

use crate::stage::{Show, Stage, kill};
use crate::talk::Deck;

const DECK: &str = "\
# First slide

```demo
name: hello
workload: python
with:
  code: |
    print(\"one\")
lanes: [gil]
baseline: none
```
";

/// A script that stands for an editor.
fn script(folder: &Path, text: &str) -> String {
    let path = folder.join("editor");
    fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.display().to_string()
}

fn with_editor(deck: &Deck, folder: &Path, editor: &str) -> Stage {
    let mut stage = Show::parade(&[&deck.name()])
        .size(120, 30)
        .env("EDITOR", editor)
        .env("VISUAL", "")
        .env("TMPDIR", folder.to_str().unwrap())
        .begin();
    stage.await_text("First slide");
    stage
}

/// Closes the pane. What comes right behind Esc would be read as one key with it.
fn close(stage: &mut Stage) {
    stage.press("\x1b");
    stage.await_text("E edit");
}

/// What is left of the copies that editors were given.
fn copies(folder: &Path) -> Vec<String> {
    let mut left: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        // The consoles' folder lies there too.
        .filter(|name| name.matches('-').count() == 2)
        .collect();
    left.sort();
    left
}

#[test]
fn a_program_is_edited_in_the_pane_and_runs() {
    let deck = Deck::new(DECK);
    let mut stage = Show::parade(&[&deck.name()]).size(120, 30).begin();
    stage.await_text("First slide");
    stage.press("E");
    stage.await_text("print(\"one\")");
    stage.press("\x1b[200~print(\"pasted\")\r\x1b[201~");
    stage.await_text("edited");
    stage.press("\x12");
    stage.await_text("The program was edited.");
    close(&mut stage);
    stage.press("O");
    stage.await_text("this is the deck's own program");
    stage.press("q");
    assert!(stage.await_end().success());
    assert_eq!(stage.damage(), [] as [String; 0]);
}

#[test]
fn the_users_own_editor_has_the_terminal_and_gives_back_a_program() {
    let folder = tempfile::tempdir().unwrap();
    let deck = Deck::new(DECK);
    // It asks the terminal itself, as a real one does: only in its foreground does it get an answer.
    let text = "echo EDITING; stty -echo </dev/tty; read answer </dev/tty; stty echo </dev/tty; \
                echo \"print('$answer')\" > \"$1\"";
    let editor = script(folder.path(), text);
    let mut stage = with_editor(&deck, folder.path(), &editor);
    stage.press("\x05");
    stage.await_text("EDITING");
    assert!(
        stage.modes_left_on().is_empty(),
        "it is a terminal as any other meanwhile"
    );
    stage.press("mine\r");
    stage.await_text("program is edited: r runs it");
    stage.press("E");
    stage.await_text("print('mine')");
    close(&mut stage);
    stage.press("q");
    assert!(stage.await_end().success());
    assert_eq!(stage.damage(), [] as [String; 0]);
    assert_eq!(copies(folder.path()), [] as [&str; 0]);
}

#[test]
fn an_editor_that_fails_loses_nothing() {
    for (text, told, kept) in [
        ("exit 0", "program is as it was", 0),
        ("exit 3", "ended with 3: the program stays as it was", 0),
        (
            "echo 'print(2)' > \"$1\"; exit 1",
            "what was saved is in",
            1,
        ),
        (
            "kill -KILL $$",
            "was ended by signal 9: the program stays as it was",
            0,
        ),
        ("rm \"$1\"", "left no file: the program stays as it was", 0),
        ("printf '\\377' > \"$1\"", "failed to read", 1),
        ("head -c 70000 /dev/zero > \"$1\"", "failed to read", 1),
        (
            "echo 'class A: pass' > \"$1\"",
            "classes are not in the laboratory's Python",
            0,
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let deck = Deck::new(DECK);
        let editor = script(folder.path(), text);
        // As the shell that reads the variable ends when its editor does.
        let mut stage = with_editor(&deck, folder.path(), &format!("exec {editor}"));
        stage.press("\x05");
        stage.await_text(told);
        assert_eq!(copies(folder.path()).len(), kept, "{text}");
        stage.press("q");
        assert!(stage.await_end().success(), "{text}");
        assert_eq!(stage.damage(), [] as [String; 0], "{text}");
    }
}

#[test]
fn an_editor_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let deck = Deck::new(DECK);
    let mut stage = with_editor(&deck, folder.path(), "/nonexistent/editor");
    stage.press("\x05");
    stage.await_text("/nonexistent/editor was not found");
    let mut stage = with_editor(&deck, folder.path(), " ");
    stage.press("\x05");
    stage.await_text("no editor is named: set VISUAL or EDITOR");
    assert_eq!(copies(folder.path()), [] as [&str; 0]);
}

#[test]
fn a_signal_ends_the_talk_and_its_editor() {
    let folder = tempfile::tempdir().unwrap();
    let deck = Deck::new(DECK);
    let editor = script(folder.path(), "echo EDITING; exec sleep 1000");
    let mut stage = with_editor(&deck, folder.path(), &editor);
    stage.press("\x05");
    stage.await_text("EDITING");
    stage.signal(Signal::TERM);
    let status = stage.await_end();
    assert!(
        status
            .signal()
            .is_some_and(|by| by.starts_with("Terminated")),
        "{status:?}"
    );
    assert_eq!(stage.damage(), [] as [String; 0]);
    stage.await_that("the editor ends", |stage| stage.processes().is_empty());
}

#[test]
fn an_editor_that_stops_stops_the_talk_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let deck = Deck::new(DECK);
    let editor = script(
        folder.path(),
        "echo EDITING; kill -STOP $$; echo 'print(5)' > \"$1\"",
    );
    let script = "set -m; \"$0\" \"$1\"; echo STOPPED; read line; fg; echo ENDED $?";
    let program = env!("CARGO_BIN_EXE_parade");
    let mut stage = Show::program("sh", &["-c", script, program, &deck.name()])
        .env("EDITOR", &format!("exec {editor}"))
        .env("VISUAL", "")
        .env("TMPDIR", folder.path().to_str().unwrap())
        .begin();
    stage.await_text("First slide");
    stage.press("\x05");
    stage.await_text("STOPPED");
    stage.press("\n");
    stage.await_text("program is edited: r runs it");
    stage.press("q");
    stage.await_text("ENDED 0");
    stage.await_end();
    assert_eq!(stage.damage(), [] as [String; 0]);
}

#[test]
fn a_run_ends_before_the_editor_begins() {
    let folder = tempfile::tempdir().unwrap();
    let deck = Deck::new(&DECK.replace("print(\"one\")", "while True: pass"));
    let editor = script(folder.path(), "echo EDITING; exec sleep 1000");
    let mut stage = with_editor(&deck, folder.path(), &editor);
    stage.press("r");
    let runs = |stage: &mut Stage| {
        stage
            .processes()
            .values()
            .any(|words| words.contains(" lane"))
    };
    stage.await_that("a lane runs", runs);
    stage.press("\x05");
    stage.await_text("EDITING");
    assert!(!runs(&mut stage), "{:?}", stage.processes());
    let mut sleeper = None;
    stage.await_that("the editor sleeps", |stage| {
        let processes = stage.processes();
        sleeper = processes
            .into_iter()
            .find(|(_, words)| words.starts_with("sleep"));
        sleeper.is_some()
    });
    let (pid, _) = sleeper.expect("it was waited for");
    kill(pid, Signal::KILL);
    stage.await_text("ended with 137: the program stays as it was");
    // An endless loop that is edited is stopped as any other.
    stage.press("Ex");
    stage.press("\x7f\x12");
    stage.await_that("a lane runs", runs);
    stage.press("\x12");
    stage.await_that("no lane runs", |stage| !runs(stage));
    close(&mut stage);
    stage.press("q");
    assert!(stage.await_end().success());
}

/// How a talk ends.
#[derive(Clone, Copy, Debug)]
enum End {
    Key,
    Signal(Signal),
    TerminalGone,
}

#[test]
fn whatever_ends_the_talk_keeps_what_was_typed_last() {
    for end in [
        End::Key,
        End::Signal(Signal::TERM),
        End::Signal(Signal::HUP),
        End::TerminalGone,
    ] {
        let folder = tempfile::tempdir().unwrap();
        let deck = Deck::new(DECK);
        let mut stage = Show::parade(&["--learn", &deck.name()])
            .size(120, 30)
            .env("XDG_STATE_HOME", folder.path().to_str().unwrap())
            .stuck()
            .begin();
        let read_until = |stage: &mut Stage, text: &str| {
            while !stage.text().contains(text) {
                stage.read_once();
            }
        };
        read_until(&mut stage, "First slide");
        stage.press("E");
        read_until(&mut stage, "print(\"one\")");
        stage.press("# mine");
        read_until(&mut stage, "# mineprint");
        match end {
            End::Key => stage.press("\x03"),
            End::Signal(signal) => stage.signal(signal),
            End::TerminalGone => stage.hang_up(),
        }
        stage.await_end();
        let kept = fs::read_dir(folder.path().join("parade/progress")).unwrap();
        let kept = kept.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
        let kept: String = kept.collect();
        // What closes this terminal ends its input with a line feed, which is sometimes read before the end.
        assert!(kept.contains("# mine"), "{end:?}: {kept}");
    }
}
