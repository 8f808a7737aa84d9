//! The user's own editor, from a talk that is told as lines: the terminal was never taken, so there is nothing
//! to give back but its foreground.

use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};

use crate::app::Outside;
use crate::engine::{Look, OutsideEditor};

/// Hands a program to the editor and waits until it ended.
pub(super) fn edit(handed: &Outside) -> Result<String, String> {
    let mut editor = OutsideEditor::start(handed)?;
    loop {
        match editor.job.wait() {
            Look::Ended(status) => {
                editor.job.take_terminal();
                return editor.finish(status);
            }
            Look::Stopped => {
                editor.job.take_terminal();
                // The group of a session's leader is nobody's job: it would stop for ever.
                if getsid(None).is_ok_and(|session| session != getpgrp()) {
                    // Refused, the editor only goes on at once.
                    let _ = kill_current_process_group(Signal::STOP);
                }
                editor.job.go_on();
            }
            Look::Runs => {}
        }
    }
}
