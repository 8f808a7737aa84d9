//! A talk and its consoles, each on a terminal of its own.

use std::fs;
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;

use rustix::process::Signal;
use tempfile::TempDir;

use crate::stage::{Show, Stage};
use crate::talk::Deck;

const DECK: &str = "# First slide\n\nHello\n\n<!-- speaker_note: smile -->\n\n---\n\n# Second slide\n\nBye\n\n<!-- speaker_note: bow -->\n";

/// A runtime directory of its own, so that no other test's talk is seen.
struct Runtime(TempDir);

impl Runtime {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn begin(&self, arguments: &[&str]) -> Stage {
        let runtime = self.0.path().to_str().unwrap();
        Show::parade(arguments)
            .env("XDG_RUNTIME_DIR", runtime)
            .begin()
    }

    fn talk(&self, deck: &Deck) -> Stage {
        let mut talk = self.begin(&[&deck.name()]);
        talk.await_text("First slide");
        talk.await_that("its socket is there", |_| self.sockets() > 0);
        talk
    }

    fn console(&self) -> Stage {
        let mut console = self.begin(&["console"]);
        console.await_text("smile");
        console
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("parade")
    }

    fn sockets(&self) -> usize {
        fs::read_dir(self.folder()).map_or(0, Iterator::count)
    }

    /// What `parade console` says that needs no terminal.
    fn say(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let said = std::process::Command::new(env!("CARGO_BIN_EXE_parade"))
            .arg("console")
            .args(arguments)
            .env("XDG_RUNTIME_DIR", self.0.path())
            .output()
            .unwrap();
        let text = [said.stdout, said.stderr].concat();
        (said.status.code(), String::from_utf8(text).unwrap())
    }
}

#[test]
fn a_console_follows_the_talk_and_leads_it() {
    let (runtime, deck) = (Runtime::new(), Deck::new(DECK));
    let mut talk = runtime.talk(&deck);
    let mut console = runtime.console();
    console.await_text("First slide");
    console.await_text("next: slide 2");
    console.press(" ");
    talk.await_text("Second slide");
    console.await_text("bow");
    console.await_text("the end");
    talk.press("h");
    console.await_text("smile");
    console.press("b");
    talk.await_that("the screen is dark", |talk| talk.text().trim().is_empty());
    console.await_text("BLACK");
    console.press("bq");
    talk.await_text("First slide");
    assert!(console.await_end().success());
    assert_eq!(console.damage(), [] as [&str; 0]);
    talk.press("q");
    assert!(talk.await_end().success());
    assert_eq!(runtime.sockets(), 0);
}

#[test]
fn consoles_that_stop_or_die_leave_the_talk_as_it_was() {
    let (runtime, deck) = (Runtime::new(), Deck::new(DECK));
    let mut talk = runtime.talk(&deck);
    let mut stopped = runtime.console();
    let killed = runtime.console();
    stopped.signal(Signal::STOP);
    for _ in 0..200 {
        talk.press(" ");
        talk.await_text("Second slide");
        talk.press("h");
        talk.await_text("First slide");
    }
    killed.signal(Signal::KILL);
    talk.press(" ");
    talk.await_text("Second slide");
    stopped.signal(Signal::CONT);
    stopped.await_text("bow");
    let mut late = runtime.begin(&["console"]);
    late.await_text("bow");
    talk.press("q");
    assert!(talk.await_end().success());
    late.await_text("the talk has ended");
    late.press("q");
    assert!(late.await_end().success());
}

#[test]
fn a_flood_of_asks_and_one_that_never_reads_leave_the_keys_answered() {
    let (runtime, deck) = (Runtime::new(), Deck::new(DECK));
    let mut talk = runtime.talk(&deck);
    let mut console = runtime.console();
    let connect = || {
        let socket = fs::read_dir(runtime.folder()).unwrap().next().unwrap();
        let mut stream = UnixStream::connect(socket.unwrap().path()).unwrap();
        stream.write_all(b"{\"hello\":{\"protocol\":1}}\n").unwrap();
        stream
    };
    let _deaf = connect();
    let mut flood = connect();
    let flooding = std::thread::Builder::new().spawn(move || {
        // What this asks for changes nothing on a slide without a demo.
        let asks = b"{\"do\":{\"action\":\"timeline\"}}\n".repeat(100);
        while flood.write_all(&asks).is_ok() {}
    });
    for _ in 0..50 {
        talk.press(" ");
        talk.await_text("Second slide");
        console.await_text("bow");
        talk.press("h");
        talk.await_text("First slide");
        console.await_text("smile");
    }
    talk.press("q");
    assert!(talk.await_end().success());
    flooding.unwrap().join().unwrap();
}

#[test]
fn a_rehearsal_is_replayed_and_marked_on_both_screens() {
    let runtime = Runtime::new();
    let deck = Deck::new(
        "# First slide\n\n```demo\nname: naps\nworkload: sleep\nwith: {each: 10ms}\nwork: 4\nlanes: [threads]\n```\n",
    );
    let rehearsed = std::process::Command::new(env!("CARGO_BIN_EXE_parade"))
        .args(["rehearse", &deck.name()])
        .output()
        .unwrap();
    assert!(rehearsed.status.success(), "{rehearsed:?}");
    let mut talk = runtime.talk(&deck);
    let mut console = runtime.begin(&["console"]);
    console.await_text("ready: threads");
    console.press("R");
    talk.await_text("REPLAY of 20");
    console.await_text("REPLAY of 20");
    talk.await_text("speed-up");
    talk.press("R");
    talk.await_that("it is put away", |talk| !talk.text().contains("REPLAY"));
    console.await_text("ready: threads");
}

#[test]
fn a_talk_that_reloads_takes_its_consoles_along() {
    let (runtime, deck) = (Runtime::new(), Deck::new(DECK));
    let mut talk = runtime.talk(&deck);
    let mut console = runtime.console();
    crate::talk::save(
        &deck.path(),
        &DECK.replace("Hello", "Changed").replace("smile", "laugh"),
    );
    talk.await_text("Changed");
    console.await_text("Changed");
    console.await_text("laugh");
}

#[test]
fn talks_are_told_apart_and_what_a_killed_one_left_is_removed() {
    let (runtime, deck) = (Runtime::new(), Deck::new(DECK));
    let nobody = "parade: failed to find a talk: none is going on; start one with `parade DECK`\n";
    assert_eq!(runtime.say(&[]), (Some(2), nobody.to_owned()));
    let mut first = runtime.talk(&deck);
    let mut second = runtime.begin(&[]);
    second.await_that("both have sockets", |_| runtime.sockets() == 2);
    let (code, list) = runtime.say(&["--list"]);
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!((code, lines.len()), (Some(0), 2), "{list}");
    assert!(lines.iter().any(|line| line.ends_with(" deck")), "{list}");
    assert!(
        lines
            .iter()
            .any(|line| line.ends_with(" free-threaded-python")),
        "{list}"
    );
    assert!(
        runtime
            .say(&[])
            .1
            .contains("failed to choose a talk: 2 are going on")
    );
    let mut console = runtime.begin(&["console", "deck"]);
    console.await_text("First slide");
    first.signal(Signal::KILL);
    console.await_text("the talk has ended");
    first.await_end();
    second.press("q");
    assert!(second.await_end().success());
    assert_eq!(runtime.sockets(), 1, "the killed one left its own");
    assert_eq!(runtime.say(&["--list"]), (Some(0), String::new()));
    assert_eq!(runtime.sockets(), 0);
}

#[test]
fn a_folder_that_others_may_use_is_not_trusted() {
    use std::os::unix::fs::PermissionsExt;
    let (runtime, deck) = (Runtime::new(), Deck::new(DECK));
    fs::create_dir(runtime.folder()).unwrap();
    fs::set_permissions(runtime.folder(), fs::Permissions::from_mode(0o777)).unwrap();
    let mut talk = runtime.begin(&[&deck.name()]);
    talk.await_text("First slide");
    talk.press(" ");
    talk.await_text("Second slide");
    assert_eq!(runtime.sockets(), 0);
    let (code, said) = runtime.say(&[]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("others may use it; remove it, or set XDG_RUNTIME_DIR"),
        "{said}"
    );
}
