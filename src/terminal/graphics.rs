//! What a terminal says of itself when it is asked how it shows pictures, and what follows.

use std::io;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::termios::LocalModes;

use super::Tty;
use super::input::{Answer, Decoder, Input};
use super::settings::Changed;
use super::signals::HeldBack;
use super::tty::timespec;
use crate::app::Protocol;

/// Asks a terminal whether it takes kitty's graphics, what it is called, and how large its cells are.
/// (kitty's "Terminal graphics protocol"; xterm's "Control Sequences": XTVERSION, XTWINOPS 16.)
pub(super) const QUERY: &str = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[>q\x1b[16t";

/// Asks last what all terminals answer: what else it can. Whoever answers that answers nothing from
/// before it any more. (xterm's "Control Sequences": DA1.)
pub(super) const LAST_QUERY: &str = "\x1b[c";

/// How images get to a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// As it says when it is asked.
    Ask,
    /// By this protocol.
    By(Protocol),
    /// As cells, and for this reason.
    Cells(&'static str),
}

/// What a terminal told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    kitty: bool,
    sixel: bool,
    version: String,
    cell: Option<(u16, u16)>,
    /// It answered all that it will.
    is_all: bool,
}

impl Told {
    /// Takes in an answer.
    pub(super) fn take(&mut self, answer: Answer) {
        match answer {
            Answer::Kitty => self.kitty = true,
            Answer::Version(version) => self.version = version,
            Answer::Cell(width, height) => self.cell = Some((width, height)),
            Answer::Attributes { sixel } => {
                self.sixel = sixel;
                self.is_all = true;
            }
        }
    }

    /// Whether all came, and nothing more does.
    pub fn is_all(&self) -> bool {
        self.is_all
    }

    /// A cell's width and height in pixels.
    pub fn cell(&self) -> Option<(u16, u16)> {
        self.cell
    }

    /// The best way that it has.
    pub fn protocol(&self) -> Option<Protocol> {
        // These draw inline images well, and take kitty's or sixels in part or in another size.
        let inline = ["iTerm2", "WezTerm"];
        if inline.iter().any(|name| self.version.starts_with(name)) {
            Some(Protocol::Iterm2)
        } else if self.kitty {
            Some(Protocol::Kitty)
        } else if self.sixel {
            Some(Protocol::Sixel)
        } else {
            None
        }
    }
}

/// Asks a terminal that nobody else reads, and waits no longer than this for its answers. Signals that
/// would end or stop the process wait until the terminal's settings are as they were.
///
/// # Errors
/// If the terminal is gone or stuck.
pub fn ask(tty: &Tty, time_max: Duration) -> io::Result<Told> {
    let _held = HeldBack::begin()?;
    // Ctrl-C stays what it is.
    let unseen = LocalModes::ICANON.union(LocalModes::ECHO);
    let _settings = Changed::new(tty, |settings| settings.local_modes.remove(unseen))?;
    let deadline = Instant::now() + time_max;
    tty.write_within([QUERY, LAST_QUERY].concat().as_bytes(), time_max)?;
    hear(tty, deadline)
}

/// What a terminal answers until its last answer has come, or until then.
///
/// # Errors
/// If the terminal is gone.
pub(super) fn hear(tty: &Tty, deadline: Instant) -> io::Result<Told> {
    let (mut told, mut decoder) = (Told::default(), Decoder::default());
    while !told.is_all() {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break;
        }
        let mut answers = [PollFd::new(tty, PollFlags::IN)];
        // Failed or interrupted, one only looks sooner.
        let _ = poll(&mut answers, Some(&timespec(left)));
        let mut bytes = [0; 1024];
        match tty.read(&mut bytes)? {
            None => {}
            Some(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Some(count) => decoder.feed(&bytes[..count]),
        }
        while let Some(input) = decoder.next() {
            if let Input::Answer(answer) = input {
                told.take(answer);
            }
        }
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_that_a_terminal_has_is_taken() {
        let told = |kitty, sixel, version: &str| Told {
            kitty,
            sixel,
            version: version.to_owned(),
            ..Told::default()
        };
        for (told, expected) in [
            (told(true, false, "kitty(0.36.4)"), Some(Protocol::Kitty)),
            (told(true, true, "ghostty 1.2"), Some(Protocol::Kitty)),
            (told(true, true, "WezTerm 2024"), Some(Protocol::Iterm2)),
            (told(false, true, "iTerm2 3.5"), Some(Protocol::Iterm2)),
            (told(false, true, "foot(1.16.2)"), Some(Protocol::Sixel)),
            (told(false, false, "XTerm(390)"), None),
            (Told::default(), None),
        ] {
            assert_eq!(told.protocol(), expected, "{told:?}");
        }
    }
}
