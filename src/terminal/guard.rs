//! One guard owns everything that the interface changes of the terminal, and takes all of it back.
//!
//! Every mode stands in one table with its way on and its way off, so none can be forgotten.

use std::io;
use std::time::{Duration, Instant};

use rustix::termios::Termios;

use super::Tty;
use super::encode::FORGET_ALL;
use super::graphics::hear;
use super::settings::Changed;

/// How long a stuck terminal may hold up its own restoring.
const RESTORE_MAX: Duration = Duration::from_millis(50);

/// How long an answer that is still to come may do so, which else the shell would take for something
/// typed.
const ANSWERS_MAX: Duration = Duration::from_millis(50);

/// A mode of the terminal: what switches it on for the interface, and off again.
struct Mode {
    on: &'static str,
    off: &'static str,
}

const ALTERNATE_SCREEN: Mode = Mode {
    on: "\x1b[?1049h",
    off: "\x1b[?1049l",
};
const CURSOR_HIDDEN: Mode = Mode {
    on: "\x1b[?25l",
    off: "\x1b[?25h",
};
const BRACKETED_PASTE: Mode = Mode {
    on: "\x1b[?2004h",
    off: "\x1b[?2004l",
};
/// Clicks and the wheel, in decimal coordinates.
const MOUSE: Mode = Mode {
    on: "\x1b[?1000h\x1b[?1006h",
    off: "\x1b[?1006l\x1b[?1000l",
};

/// kitty's images, which need no mode to be shown.
const IMAGES: Mode = Mode {
    on: "",
    off: FORGET_ALL,
};

/// Ends whatever was being written when the interface stopped: a control sequence or string, a
/// link, a synchronized update, colours.
const SETTLE: &str = "\x1b\\\x1b]8;;\x1b\\\x1b[?2026l\x1b[0m";

/// The terminal is the interface's from [`Guard::take`] until [`Guard::give_back`], which dropping
/// the guard does too.
#[derive(Debug)]
pub struct Guard<'tty> {
    tty: &'tty Tty,
    mouse: bool,
    /// Images are left in the terminal's memory.
    images: bool,
    /// Answers of the terminal are on their way.
    answers: bool,
    /// Its settings, while it is taken.
    settings: Option<Changed<'tty>>,
}

impl<'tty> Guard<'tty> {
    /// Takes the terminal: raw, on its alternate screen, without a cursor.
    ///
    /// # Errors
    /// If the terminal is gone or stuck; it is given back then.
    pub fn take(tty: &'tty Tty, mouse: bool) -> io::Result<Self> {
        let mut guard = Self {
            tty,
            mouse,
            images: false,
            answers: false,
            settings: None,
        };
        guard.retake()?;
        Ok(guard)
    }

    /// Takes the terminal again after [`Guard::give_back`]. The settings come first: they stop a
    /// process in the background before it writes over the shell's line.
    ///
    /// # Errors
    /// If the terminal is gone or stuck; it is given back then.
    pub fn retake(&mut self) -> io::Result<()> {
        match &self.settings {
            Some(settings) => settings.renew()?,
            None => self.settings = Some(Changed::new(self.tty, Termios::make_raw)?),
        }
        let on: String = self.modes().map(|mode| mode.on).collect();
        self.tty.write_within(on.as_bytes(), RESTORE_MAX)
    }

    /// From now on the terminal has images, which are taken away in the end.
    pub(super) fn has_images(&mut self) {
        self.images = true;
    }

    /// The terminal was asked for something, or has answered all of it.
    pub(super) fn awaits_answers(&mut self, answers: bool) {
        self.answers = answers;
    }

    /// Gives the terminal back as it was. Every step is tried, whichever fails; doing it twice does
    /// nothing more.
    pub fn give_back(&mut self) {
        let Some(settings) = self.settings.take() else {
            return;
        };
        let mut off = SETTLE.to_owned();
        let mut modes: Vec<&str> = self.modes().map(|mode| mode.off).collect();
        modes.reverse();
        off.extend(modes);
        // No failure can be told on a terminal that has just failed, and one that is stuck answers nothing.
        let written = self.tty.write_within(off.as_bytes(), RESTORE_MAX);
        if std::mem::take(&mut self.answers) && written.is_ok() {
            let _ = hear(self.tty, Instant::now() + ANSWERS_MAX);
        }
        drop(settings);
    }

    fn modes(&self) -> impl Iterator<Item = Mode> {
        [ALTERNATE_SCREEN, CURSOR_HIDDEN, BRACKETED_PASTE]
            .into_iter()
            .chain(self.mouse.then_some(MOUSE))
            .chain(self.images.then_some(IMAGES))
    }
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.give_back();
    }
}
