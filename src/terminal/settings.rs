//! A terminal's settings, changed for a while.

use std::io;

use rustix::termios::Termios;

use super::Tty;

/// Changed settings, from the making of this until it is dropped, however that comes about.
#[derive(Debug)]
pub(super) struct Changed<'tty> {
    tty: &'tty Tty,
    before: Termios,
    now: Termios,
}

impl<'tty> Changed<'tty> {
    /// Changes the settings of a terminal.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub(super) fn new(tty: &'tty Tty, change: impl FnOnce(&mut Termios)) -> io::Result<Self> {
        let before = tty.settings()?;
        let mut now = before.clone();
        change(&mut now);
        tty.change(&now)?;
        Ok(Self { tty, before, now })
    }

    /// Changes them once more, where somebody else may have done so in the meantime.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub(super) fn renew(&self) -> io::Result<()> {
        self.tty.change(&self.now)
    }
}

impl Drop for Changed<'_> {
    fn drop(&mut self) {
        // What came for us is not for whoever reads next.
        self.tty.forget_input();
        // A terminal that is gone needs no settings.
        let _ = self.tty.change(&self.before);
    }
}
