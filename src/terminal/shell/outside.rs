//! The user's own editor has the terminal for a while: given back before, taken again afterwards. Signals
//! are heard all the time.

use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};

use super::{End, Shell};
use crate::app::{Event, Outside};
use crate::engine::{Look, OutsideEditor};
use crate::terminal::signals::{Signal, is_stoppable, stop_group};
use crate::terminal::tty::timespec;

/// Between two looks at the editor, whose end no file descriptor tells on every system.
const LOOK_EVERY: Duration = Duration::from_millis(50);

impl Shell<'_, '_> {
    /// Ends runs, hands a program to the user's own editor, and waits until it ended.
    pub(super) fn edit_outside(&mut self, handed: Box<Outside>) {
        let ended = self.parts.engine.end_runs();
        self.events.extend(ended);
        self.parts.guard.give_back();
        let came = OutsideEditor::start(&handed).and_then(|editor| self.await_editor(editor));
        if self.end.is_none() {
            self.resume();
        }
        self.events.push_back(Event::EditedOutside { handed, came });
    }

    fn await_editor(&mut self, mut editor: OutsideEditor) -> Result<String, String> {
        loop {
            match editor.job.look() {
                Look::Ended(status) => {
                    editor.job.take_terminal();
                    return editor.finish(status);
                }
                Look::Stopped => {
                    editor.job.take_terminal();
                    if is_stoppable() && stop_group().is_ok() {
                        self.await_continuation();
                    }
                    editor.job.go_on();
                }
                Look::Runs => self.hear_signals(),
            }
            if self.end.is_some() {
                editor.job.end();
                editor.job.take_terminal();
                return Err("the talk ended before its editor did".to_owned());
            }
        }
    }

    /// Waits a little for a signal. The size is asked for afterwards; all that matters is an end.
    fn hear_signals(&mut self) {
        let mut source = [PollFd::new(&*self.parts.signals, PollFlags::IN)];
        // Interrupted or not: what came is looked at.
        let _ = poll(&mut source, Some(&timespec(LOOK_EVERY)));
        for signal in self.parts.signals.pending() {
            if let Signal::End(number) = signal {
                self.end = Some(End::Signal(number));
            }
        }
    }
}
