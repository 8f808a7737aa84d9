//! A talk's socket and those who come to it, well behaved or not. Whatever they do, what the talk
//! tells is heard by a console that listens, and nothing that the talk does waits.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use tempfile::TempDir;

use super::consoles::PEERS_MAX;
use super::folder::{socket, sweep, talks_in};
use super::{Consoles, Link};
use crate::app::{Action, Ask, Event, Notice, Place, Tell, Told, ToldDeck};
use crate::engine::Bell;

/// How long anything may take before it counts as never happening.
const DEADLINE: Duration = Duration::from_secs(10);

struct Talk {
    consoles: Consoles,
    bell: Bell,
    folder: TempDir,
}

impl Talk {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bell = Bell::new().unwrap();
        let deck = ToldDeck {
            text: "# One\n".to_owned(),
            ..ToldDeck::default()
        };
        let socket = socket(folder.path(), 7);
        let consoles = Consoles::open_at(socket, "gil".to_owned(), deck, bell.clone()).unwrap();
        Self {
            consoles,
            bell,
            folder,
        }
    }

    fn socket(&self) -> PathBuf {
        socket(self.folder.path(), 7)
    }

    fn tell(&self, slide: usize) {
        self.consoles.tell(Box::new(told(slide)));
    }

    /// What consoles did until something came.
    fn hear(&mut self) -> Vec<Event> {
        wait(&self.bell);
        self.consoles.collect()
    }
}

fn told(slide: usize) -> Told {
    Told {
        place: Place { slide, step: 0 },
        // So long that a few fill whatever a system keeps for a socket.
        notice: Some(Notice {
            text: "x".repeat(100_000),
            bad: false,
        }),
        ..Told::default()
    }
}

/// Waits for a bell, and silences it.
fn wait(bell: &Bell) {
    let hearing = bell.hearing();
    let timeout = rustix::event::Timespec {
        tv_sec: DEADLINE.as_secs().try_into().unwrap(),
        tv_nsec: 0,
    };
    let rung = poll(&mut [PollFd::new(&hearing, PollFlags::IN)], Some(&timeout)).unwrap();
    assert_eq!(rung, 1, "waited in vain");
    bell.hush();
}

/// A console, and a bell that rings when it hears something.
fn console(socket: &Path) -> (Link, Bell) {
    let mut link = Link::connect(socket).unwrap();
    let bell = Bell::new().unwrap();
    link.listen(bell.clone()).unwrap();
    (link, bell)
}

/// Waits until the console hears of this slide.
fn await_slide((link, bell): &(Link, Bell), slide: usize) {
    let until = Instant::now() + DEADLINE;
    while Instant::now() < until {
        wait(bell);
        if let Some(told) = link.collect().state
            && told.place.slide == slide
        {
            return;
        }
    }
    panic!("slide {slide} was never told");
}

/// Says this to the talk, and gives all that it answers until it ends the connection.
fn say(socket: &Path, bytes: &[u8]) -> Vec<Tell> {
    let mut stream = UnixStream::connect(socket).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    // The talk may have had enough before all is said.
    let _ = stream.write_all(bytes);
    BufReader::new(stream)
        .lines()
        .map_while(Result::ok)
        .map(|line| serde_json::from_str(&line).unwrap())
        .collect()
}

#[test]
fn tells_whoever_comes_the_deck_and_the_newest_state() {
    let mut talk = Talk::open();
    talk.tell(1);
    talk.tell(2);
    let first = console(&talk.socket());
    assert_eq!(
        (first.0.hello.name.as_str(), first.0.deck.text.as_str()),
        ("gil", "# One\n")
    );
    await_slide(&first, 2);
    assert_eq!(talk.hear(), [Event::Consoles(1)]);
    let second = console(&talk.socket());
    await_slide(&second, 2);
    assert_eq!(talk.hear(), [Event::Consoles(2)]);
    talk.tell(3);
    await_slide(&first, 3);
    await_slide(&second, 3);
    drop(first);
    assert_eq!(talk.hear(), [Event::Consoles(1)]);
    drop(talk);
    wait(&second.1);
    assert_eq!(
        second.0.collect().lost.as_deref(),
        Some("the talk has ended")
    );
}

#[test]
fn passes_on_what_consoles_ask_for() {
    let mut talk = Talk::open();
    let (link, _bell) = console(&talk.socket());
    assert_eq!(talk.hear(), [Event::Consoles(1)]);
    let asks = [
        Ask::Do {
            action: Action::Next,
            digit: 0,
        },
        Ask::Go(Place { slide: 3, step: 1 }),
    ];
    let mut heard = Vec::new();
    for ask in &asks {
        link.ask(ask).unwrap();
        heard.extend(talk.hear());
    }
    assert_eq!(heard, asks.map(Event::Asked));
}

#[test]
fn a_console_that_does_not_read_holds_nobody_up() {
    let talk = Talk::open();
    let mut deaf = UnixStream::connect(talk.socket()).unwrap();
    deaf.write_all(b"{\"hello\":{\"protocol\":1}}\n").unwrap();
    let listening = console(&talk.socket());
    for slide in 1..=200 {
        talk.tell(slide);
    }
    await_slide(&listening, 200);
    // When it reads again, it gets whole lines, not all of them, and at last the newest.
    deaf.set_read_timeout(Some(DEADLINE)).unwrap();
    let mut lines = BufReader::new(deaf).lines();
    let mut states = 0;
    loop {
        let line = lines
            .next()
            .expect("the talk goes on")
            .expect("a whole line");
        if let Tell::State(told) = serde_json::from_str(&line).unwrap() {
            states += 1;
            if told.place.slide == 200 {
                break;
            }
        }
    }
    assert!(states < 200, "{states} states waited for it");
}

#[test]
fn a_flood_stays_with_whoever_sends_it() {
    let mut talk = Talk::open();
    let mut flood = UnixStream::connect(talk.socket()).unwrap();
    flood.write_all(b"{\"hello\":{\"protocol\":1}}\n").unwrap();
    assert_eq!(talk.hear(), [Event::Consoles(1)]);
    flood.set_nonblocking(true).unwrap();
    let line = b"{\"do\":{\"action\":\"next\"}}\n".repeat(1000);
    let mut sent = 0;
    while let Ok(count) = flood.write(&line) {
        sent += count;
        assert!(sent < 64 << 20, "all of it is taken in");
    }
    // Few at a time, however many wait.
    for _ in 0..10 {
        let asked = talk.hear();
        assert!(!asked.is_empty() && asked.len() <= 16, "{}", asked.len());
    }
    // Another console is served all the same.
    let other = console(&talk.socket());
    talk.tell(5);
    await_slide(&other, 5);
}

#[test]
fn whoever_speaks_rubbish_hears_why_and_is_let_go() {
    let talk = Talk::open();
    let long = [b"{\"hello\":".to_vec(), vec![b' '; 5000]].concat();
    for (said, why) in [
        (
            &b"GET / HTTP/1.1\r\n"[..],
            "not understood: expected value at line 1 column 1",
        ),
        (
            b"{\"hello\":{\"protocol\":9}}\n",
            "this talk speaks version 1 of the console's protocol, and you version 9; use the parade that presents",
        ),
        (b"{\"do\":{\"action\":\"next\"}}\n", "say hello first"),
        (
            b"{\"hello\":{\"protocol\":1}}\n{\"do\":{\"action\":\"dance\"}}\n",
            "not understood: no action is called `dance` at line 1 column 24",
        ),
        (
            b"\xff\xfe\n",
            "not understood: expected value at line 1 column 1",
        ),
        (&long, "a line has at most 1024 bytes"),
    ] {
        let heard = say(&talk.socket(), said);
        let said = String::from_utf8_lossy(said).into_owned();
        assert_eq!(
            heard.last(),
            Some(&Tell::Refused(why.to_owned())),
            "{said:.40}"
        );
        assert!(matches!(heard.first(), Some(Tell::Hello(_))), "{said:.40}");
    }
    let console = console(&talk.socket());
    talk.tell(4);
    await_slide(&console, 4);
}

#[test]
fn whoever_finds_no_room_is_told_so() {
    let talk = Talk::open();
    let mut consoles: Vec<_> = (0..PEERS_MAX).map(|_| console(&talk.socket())).collect();
    let error = Link::connect(&talk.socket()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "failed to follow the talk: it has 64 consoles already; close one"
    );
    talk.tell(3);
    for console in &consoles {
        await_slide(console, 3);
    }
    consoles.pop();
    let found = || Link::connect(&talk.socket()).is_ok();
    let until = Instant::now() + DEADLINE;
    while !found() {
        assert!(Instant::now() < until, "there is no room for another");
    }
}

#[test]
fn a_talk_that_speaks_rubbish_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("1.sock");
    let listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    for (said, expected) in [
        (
            "nonsense\n",
            "failed to understand the talk: expected value at line 1 column 1",
        ),
        (
            "{\"hello\":{\"protocol\":2,\"parade\":\"9\",\"pid\":1,\"name\":\"x\",\"elapsed_ms\":0}}\n",
            "failed to follow the talk: it speaks version 2 of the console's protocol, this parade version 1; use the parade that presents",
        ),
        (
            "{\"refused\":\"not today\"}\n",
            "failed to follow the talk: not today",
        ),
        ("", "failed to follow the talk: it has ended"),
    ] {
        let error = std::thread::scope(|scope| {
            let talk = std::thread::Builder::new();
            let talk = talk.spawn_scoped(scope, || {
                let (mut stream, _) = listener.accept().unwrap();
                stream.write_all(said.as_bytes()).unwrap();
                stream.shutdown(std::net::Shutdown::Write).unwrap();
                // Until the console leaves.
                let _ = stream.read_to_end(&mut Vec::new());
            });
            let error = Link::connect(&socket).unwrap_err();
            talk.unwrap().join().unwrap();
            error
        });
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn talks_are_told_apart_and_a_stale_socket_is_removed() {
    let talk = Talk::open();
    let folder = talk.folder.path();
    let stale = socket(folder, 8);
    drop(std::os::unix::net::UnixListener::bind(&stale).unwrap());
    std::fs::write(folder.join("9.sock"), "no socket").unwrap();
    let deck = ToldDeck::default();
    let other = Consoles::open_at(
        socket(folder, 10),
        "async".to_owned(),
        deck,
        talk.bell.clone(),
    );
    let other = other.unwrap();
    let names = || {
        let talks = talks_in(folder).unwrap();
        let name = |talk: super::TalkFound| (talk.pid, talk.hello.unwrap().name);
        let mut names: Vec<_> = talks.into_iter().map(name).collect();
        names.sort();
        names
    };
    assert_eq!(names(), [(7, "gil".to_owned()), (10, "async".to_owned())]);
    assert!(!stale.exists());
    drop(std::os::unix::net::UnixListener::bind(&stale).unwrap());
    sweep(folder);
    assert!(!stale.exists() && talk.socket().exists());
    drop(other);
    assert_eq!(names(), [(7, "gil".to_owned())]);
    assert!(!socket(folder, 10).exists());
}
