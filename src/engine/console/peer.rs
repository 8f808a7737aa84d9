//! One connection of the talk: what a console sent, and the line that is on its way to it.
//!
//! At most one line is on its way; of what comes meanwhile the [`Board`] keeps the newest alone. So a console that stops reading costs one line of memory, and nobody's time.

use std::io::{ErrorKind, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;

use super::consoles::Board;
use crate::app::{Ask, PROTOCOL, Tell};

/// The longest line that a console has to say.
const ASK_BYTES_MAX: usize = 1024;
/// The most bytes read at once.
const READ_BYTES_MAX: usize = 4096;

/// A connection.
#[derive(Debug)]
pub(super) struct Peer {
    stream: UnixStream,
    heard: Vec<u8>,
    line: Arc<[u8]>,
    written: usize,
    /// Which version of the deck and of the state it was sent; `None` until it says hello.
    seen: Option<(u64, u64)>,
    /// Nothing follows the line that is on its way.
    ends: bool,
}

/// What is to become of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Stays,
    Ends,
}

impl Peer {
    /// Greets whoever came.
    pub(super) fn new(stream: UnixStream, hello: &Tell) -> std::io::Result<Self> {
        stream.set_nonblocking(true)?;
        Ok(Self {
            stream,
            heard: Vec::new(),
            line: line(hello),
            written: 0,
            seen: None,
            ends: false,
        })
    }

    /// Whether it is a console that listens.
    pub(super) fn listens(&self) -> bool {
        self.seen.is_some() && !self.ends
    }

    /// Whether part of a line is on its way.
    pub(super) fn is_busy(&self) -> bool {
        self.written < self.line.len()
    }

    /// Whether there is room for what it says: to say hello takes none.
    fn may_speak(&self, board: &Board) -> bool {
        self.seen.is_none() || board.has_room()
    }

    /// Takes in what it sent; what it asks for goes on the board.
    pub(super) fn read(&mut self, board: &mut Board) -> Fate {
        let mut bytes = [0; READ_BYTES_MAX];
        match self.stream.read(&mut bytes) {
            Ok(0) => return Fate::Ends,
            Ok(count) => self.heard.extend(&bytes[..count]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return Fate::Ends,
        }
        self.take_lines(board);
        Fate::Stays
    }

    /// Takes whole lines, as far as the board has room; the rest waits.
    pub(super) fn take_lines(&mut self, board: &mut Board) {
        while !self.ends && self.may_speak(board) {
            let Some(end) = self.heard.iter().position(|byte| *byte == b'\n') else {
                if self.heard.len() > ASK_BYTES_MAX {
                    self.refuse(format!("a line has at most {ASK_BYTES_MAX} bytes"));
                }
                return;
            };
            let said: Vec<u8> = self.heard.drain(..=end).collect();
            self.hear(&said, board);
        }
    }

    fn hear(&mut self, said: &[u8], board: &mut Board) {
        match serde_json::from_slice(said) {
            Ok(Ask::Hello { protocol: PROTOCOL }) => self.seen = Some((0, 0)),
            Ok(Ask::Hello { protocol }) => self.refuse(format!(
                "this talk speaks version {PROTOCOL} of the console's protocol, and you version {protocol}; use the parade that presents"
            )),
            Ok(_) if self.seen.is_none() => self.refuse("say hello first".to_owned()),
            Ok(ask) => board.ask(ask),
            Err(error) => self.refuse(format!("not understood: {error}")),
        }
    }

    /// Says why, and ends.
    fn refuse(&mut self, why: String) {
        self.ends = true;
        self.heard.clear();
        let why = line(&Tell::Refused(why));
        // What is on its way is finished first, so that this is a line of its own.
        self.line = if self.is_busy() {
            [&self.line[self.written..], &why].concat().into()
        } else {
            why
        };
        self.written = 0;
    }

    /// Says why it is not let in. Two lines fit into what a system keeps for a socket.
    pub(super) fn turn_away(mut self, why: String) {
        self.refuse(why);
        // Whoever is gone already need not know.
        let _ = self.stream.write(&self.line);
    }

    /// Sends what it takes now of what it has not seen.
    pub(super) fn write(&mut self, board: &mut Board) -> Fate {
        loop {
            if !self.is_busy() && !self.take_next(board) {
                return if self.ends { Fate::Ends } else { Fate::Stays };
            }
            match self.stream.write(&self.line[self.written..]) {
                Ok(count) => self.written += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Fate::Stays,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return Fate::Ends,
            }
        }
    }

    /// The next line that it has not seen; tells whether there is one.
    fn take_next(&mut self, board: &mut Board) -> bool {
        let Some((deck, state)) = &mut self.seen else {
            return false;
        };
        if self.ends {
            return false;
        }
        let next = board.deck.newer(deck).or_else(|| board.state.newer(state));
        let is_there = next.is_some();
        if let Some(line) = next {
            (self.line, self.written) = (line, 0);
        }
        is_there
    }
}

impl AsFd for Peer {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.stream.as_fd()
    }
}

/// What is told, as a line.
pub(super) fn line(tell: &Tell) -> Arc<[u8]> {
    let mut line =
        serde_json::to_vec(tell).expect("what is told has no map with other keys than text");
    line.push(b'\n');
    line.into()
}
