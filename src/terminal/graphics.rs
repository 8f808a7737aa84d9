//! What a terminal says of itself when it is asked how it shows pictures, and what follows.

use std::io;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};

use super::Tty;
use super::input::{Answer, Decoder, Input};
use super::tty::timespec;
use crate::app::{ImageChoice, Protocol};

/// Asks a terminal whether it takes kitty's graphics, what it is called, how large its cells are, and
/// last what all terminals answer: what else it can. Whoever answers that answers nothing before it
/// any more. (kitty's "Terminal graphics protocol"; xterm's "Control Sequences": XTVERSION, XTWINOPS
/// 16, DA1.)
pub(super) const QUERY: &str = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[>q\x1b[16t\x1b[c";

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

/// How images get to a terminal, from what the user chose and from the values of `TERM`, `TERM_PROGRAM`
/// and `TMUX`.
pub fn means(choice: ImageChoice, term: &str, program: &str, tmux: &str) -> Means {
    match choice {
        ImageChoice::Kitty => Means::By(Protocol::Kitty),
        ImageChoice::Iterm2 => Means::By(Protocol::Iterm2),
        ImageChoice::Sixel => Means::By(Protocol::Sixel),
        ImageChoice::Blocks => Means::Cells("the configuration says so"),
        ImageChoice::Off => Means::Cells("the configuration switches images off"),
        ImageChoice::Auto if !tmux.is_empty() || term.starts_with("tmux") => {
            Means::Cells("tmux stands between")
        }
        ImageChoice::Auto if term.starts_with("screen") => Means::Cells("screen stands between"),
        ImageChoice::Auto if matches!(term, "" | "dumb" | "linux") => {
            Means::Cells("TERM names no terminal that shows pictures")
        }
        // It writes what it does not know on the screen.
        ImageChoice::Auto if program == "Apple_Terminal" => {
            Means::Cells("this terminal shows no pictures")
        }
        ImageChoice::Auto => Means::Ask,
    }
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

    /// Whether nothing more comes.
    pub(super) fn is_all(&self) -> bool {
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

/// Asks a terminal that nobody else reads, and waits no longer than this for its answers.
///
/// # Errors
/// If the terminal is gone.
pub fn ask(tty: &Tty, time_max: Duration) -> io::Result<Told> {
    let settings = tty.settings()?;
    let mut raw = settings.clone();
    raw.make_raw();
    tty.change(&raw)?;
    let told = await_answers(tty, Instant::now() + time_max);
    tty.forget_input();
    tty.change(&settings)?;
    told
}

fn await_answers(tty: &Tty, deadline: Instant) -> io::Result<Told> {
    let (mut told, mut decoder) = (Told::default(), Decoder::default());
    tty.write_within(
        QUERY.as_bytes(),
        deadline.saturating_duration_since(Instant::now()),
    )?;
    while !told.is_all() {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break;
        }
        let mut answers = [PollFd::new(tty, PollFlags::IN)];
        // Failed or interrupted, one only looks sooner.
        let _ = poll(&mut answers, Some(&timespec(left)));
        let mut bytes = [0; 1024];
        if let Some(count) = tty.read(&mut bytes)? {
            decoder.feed(&bytes[..count]);
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

    #[test]
    fn what_stands_between_and_what_the_user_says_decides_before_that() {
        let tmux = Means::Cells("tmux stands between");
        for (choice, term, program, in_tmux, expected) in [
            (ImageChoice::Auto, "xterm-kitty", "", "", Means::Ask),
            (ImageChoice::Auto, "tmux-256color", "", "", tmux),
            (ImageChoice::Auto, "xterm", "tmux", "/tmp/tmux,1,0", tmux),
            (
                ImageChoice::Sixel,
                "tmux-256color",
                "",
                "",
                Means::By(Protocol::Sixel),
            ),
            (
                ImageChoice::Auto,
                "xterm-256color",
                "Apple_Terminal",
                "",
                Means::Cells("this terminal shows no pictures"),
            ),
        ] {
            assert_eq!(means(choice, term, program, in_tmux), expected);
        }
    }
}
