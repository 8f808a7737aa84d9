//! The talk's side: consoles come and go on a thread of its own, and the talk never waits for one.
//!
//! The talk puts down the newest of what is to be told, the thread a few asks. While those wait to be taken no console is read, so a flood stays with whoever sends it.

use std::io;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Instant;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
#[cfg(target_os = "linux")]
use rustix::net::sockopt::socket_peercred;

use super::folder;
use super::peer::{Fate, Peer, line};
use crate::app::{Ask, Event, Hello, PROTOCOL, Tell, Told, ToldDeck};
use crate::engine::Bell;

/// The most connections; who comes later is told so.
pub(super) const PEERS_MAX: usize = 64;
/// The most asks that wait for the talk.
const ASKS_MAX: usize = 16;

/// Consoles of this talk.
#[derive(Debug)]
pub(crate) struct Consoles {
    shared: Arc<Mutex<Shared>>,
    /// Wakes the thread.
    wake: Bell,
    thread: Option<JoinHandle<()>>,
    socket: PathBuf,
    /// How many consoles the talk was told of.
    counted: usize,
}

/// Where the talk and the thread meet; neither holds it for longer than it takes to put something
/// down or to take it.
#[derive(Debug, Default)]
struct Shared {
    deck: Posted,
    state: Posted,
    asks: Vec<Ask>,
    /// Consoles that listen.
    listening: usize,
    closes: bool,
}

/// The newest of something to be told, and its version, from 1.
#[derive(Clone, Debug, Default)]
struct Posted {
    version: u64,
    tell: Option<Arc<Tell>>,
}

impl Posted {
    fn put(&mut self, tell: Tell) {
        self.version += 1;
        self.tell = Some(Arc::new(tell));
    }
}

/// What the thread tells its connections, and what it heard of them.
#[derive(Debug, Default)]
pub(super) struct Board {
    pub(super) deck: Newest,
    pub(super) state: Newest,
    asks: Vec<Ask>,
    /// How many more asks the talk takes.
    room: usize,
}

impl Board {
    pub(super) fn has_room(&self) -> bool {
        self.asks.len() < self.room
    }

    pub(super) fn ask(&mut self, ask: Ask) {
        self.asks.push(ask);
    }
}

/// The newest of something, as a line that is made when the first console wants it.
#[derive(Debug, Default)]
pub(super) struct Newest {
    posted: Posted,
    line: Option<Arc<[u8]>>,
}

impl Newest {
    fn take(&mut self, posted: Posted) {
        if posted.version != self.posted.version {
            *self = Self { posted, line: None };
        }
    }

    /// The line for whoever has seen an older version, which is then this one.
    pub(super) fn newer(&mut self, seen: &mut u64) -> Option<Arc<[u8]>> {
        let Posted { version, tell } = &self.posted;
        let tell = tell.as_ref().filter(|_| *seen < *version)?;
        *seen = *version;
        Some(Arc::clone(self.line.get_or_insert_with(|| line(tell))))
    }
}

impl Consoles {
    /// Opens this process's socket, and rings `bell` when a console wants something.
    ///
    /// # Errors
    /// If there is no folder for it, or the system refuses a socket or a thread.
    pub(crate) fn open(name: String, deck: ToldDeck, bell: Bell) -> io::Result<Self> {
        let folder = folder::folder().map_err(io::Error::other)?;
        Self::open_at(
            folder::socket(&folder, std::process::id()),
            name,
            deck,
            bell,
        )
    }

    pub(super) fn open_at(
        socket: PathBuf,
        name: String,
        deck: ToldDeck,
        bell: Bell,
    ) -> io::Result<Self> {
        // Under its name it is seen only once it listens: until then it would pass for a stale one.
        let unheard = socket.with_extension("new");
        // Whoever had this process's number before is gone.
        let _ = std::fs::remove_file(&unheard);
        let listener = UnixListener::bind(&unheard)?;
        std::fs::rename(&unheard, &socket)?;
        listener.set_nonblocking(true)?;
        let shared = Arc::new(Mutex::new(Shared::default()));
        let wake = Bell::new()?;
        let mut host = Host {
            listener,
            socket: socket.clone(),
            shared: Arc::clone(&shared),
            wake: wake.clone(),
            bell,
            name,
            began: Instant::now(),
            board: Board::default(),
            peers: Vec::new(),
        };
        let thread = Builder::new()
            .name("consoles".to_owned())
            .spawn(move || host.work())?;
        let consoles = Self {
            shared,
            wake,
            thread: Some(thread),
            socket,
            counted: 0,
        };
        consoles.tell_deck(deck);
        Ok(consoles)
    }

    /// Tells all consoles the deck.
    pub(crate) fn tell_deck(&self, deck: ToldDeck) {
        lock(&self.shared).deck.put(Tell::Deck(deck));
        self.wake.ring();
    }

    /// Tells all consoles how the talk stands.
    pub(crate) fn tell(&self, told: Box<Told>) {
        lock(&self.shared).state.put(Tell::State(told));
        self.wake.ring();
    }

    /// What consoles want, and how many there are if that changed.
    pub(crate) fn collect(&mut self) -> Vec<Event> {
        let (asks, listening) = {
            let mut shared = lock(&self.shared);
            (std::mem::take(&mut shared.asks), shared.listening)
        };
        if !asks.is_empty() {
            // There is room again.
            self.wake.ring();
        }
        let count = (listening != self.counted).then_some(Event::Consoles(listening));
        self.counted = listening;
        count
            .into_iter()
            .chain(asks.into_iter().map(Event::Asked))
            .collect()
    }
}

impl Drop for Consoles {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.socket);
        lock(&self.shared).closes = true;
        self.wake.ring();
        if let Some(thread) = self.thread.take() {
            // It waits for nobody, and what it panicked of concerns nobody any more.
            let _ = thread.join();
        }
    }
}

/// The thread's own.
struct Host {
    listener: UnixListener,
    socket: PathBuf,
    shared: Arc<Mutex<Shared>>,
    wake: Bell,
    bell: Bell,
    name: String,
    began: Instant,
    board: Board,
    peers: Vec<Peer>,
}

impl Host {
    /// Works until the talk closes.
    fn work(&mut self) {
        if let Some(folder) = self.socket.parent() {
            // What killed talks left.
            folder::sweep(folder);
        }
        while let Ok((wakes, comes, ready)) = self.wait() {
            if wakes {
                self.wake.hush();
            }
            if lock(&self.shared).closes {
                return;
            }
            if comes {
                self.let_in();
            }
            self.serve(&ready);
        }
    }

    /// Sleeps until something is to be done: whether the talk woke it, whether somebody comes, and
    /// what each connection is ready for.
    fn wait(&self) -> io::Result<(bool, bool, Vec<PollFlags>)> {
        let room = lock(&self.shared).asks.len() < ASKS_MAX;
        let wake = self.wake.hearing();
        let mut sources = vec![
            PollFd::new(&wake, PollFlags::IN),
            PollFd::new(&self.listener, PollFlags::IN),
        ];
        sources.extend(self.peers.iter().map(|peer| {
            let mut flags = PollFlags::empty();
            flags.set(PollFlags::IN, room || !peer.listens());
            flags.set(PollFlags::OUT, peer.is_busy());
            PollFd::new(peer, flags)
        }));
        match poll(&mut sources, None) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let ready: Vec<PollFlags> = sources.iter().map(PollFd::revents).collect();
        Ok((
            !ready[0].is_empty(),
            !ready[1].is_empty(),
            ready[2..].to_vec(),
        ))
    }

    fn let_in(&mut self) {
        let elapsed = self.began.elapsed().as_millis();
        let hello = Tell::Hello(Hello {
            protocol: PROTOCOL,
            parade: env!("CARGO_PKG_VERSION").to_owned(),
            pid: std::process::id(),
            name: self.name.clone(),
            elapsed_ms: u64::try_from(elapsed).unwrap_or(u64::MAX),
        });
        while let Ok((stream, _)) = self.listener.accept() {
            if !is_of_this_user(&stream) {
                continue;
            }
            let Ok(peer) = Peer::new(stream, &hello) else {
                continue;
            };
            if self.peers.len() < PEERS_MAX {
                self.peers.push(peer);
            } else {
                peer.turn_away(format!("it has {PEERS_MAX} consoles already; close one"));
            }
        }
    }

    /// Hears and tells every connection, and lets go of those that ended.
    fn serve(&mut self, ready: &[PollFlags]) {
        let board = &mut self.board;
        {
            let shared = lock(&self.shared);
            board.deck.take(shared.deck.clone());
            board.state.take(shared.state.clone());
            board.room = ASKS_MAX.saturating_sub(shared.asks.len());
        }
        let mut ready = ready.iter().copied();
        self.peers.retain_mut(|peer| {
            let flags = ready.next().unwrap_or(PollFlags::empty());
            let heard = if flags.contains(PollFlags::IN) {
                peer.read(board)
            } else if flags.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                Fate::Ends
            } else {
                peer.take_lines(board);
                Fate::Stays
            };
            heard == Fate::Stays && peer.write(board) == Fate::Stays
        });
        let listening = self.peers.iter().filter(|peer| peer.listens()).count();
        let news = {
            let mut shared = lock(&self.shared);
            let news = !board.asks.is_empty() || shared.listening != listening;
            shared.asks.append(&mut board.asks);
            shared.listening = listening;
            news
        };
        if news {
            self.bell.ring();
        }
    }
}

/// Whether who is at the other end is this process's user: the folder keeps others out, and this does
/// where its mode was changed.
#[cfg(target_os = "linux")]
fn is_of_this_user(stream: &UnixStream) -> bool {
    let own = rustix::process::geteuid();
    socket_peercred(stream).is_ok_and(|peer| peer.uid == own)
}

/// Elsewhere the folder alone keeps others out.
#[cfg(not(target_os = "linux"))]
fn is_of_this_user(_: &UnixStream) -> bool {
    true
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
