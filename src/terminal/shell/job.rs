//! What signals ask of the loop: another size, and being a job that its shell stops and continues.

use rustix::event::{PollFd, PollFlags, poll};

use super::{End, Shell};
use crate::app::{Event, Graphics, Notice};
use crate::terminal::signals::{Signal, is_stoppable, stop_group};

impl Shell<'_, '_> {
    /// Takes in what came since the last time.
    pub(super) fn obey_signals(&mut self) {
        let pending: Vec<Signal> = self.parts.signals.pending().collect();
        for signal in pending {
            match signal {
                Signal::Resized => self.resize(),
                Signal::Suspend => self.suspend(),
                Signal::Continued => self.resume(),
                Signal::End(number) => self.end = Some(End::Signal(number)),
            }
        }
    }

    fn resize(&mut self) {
        let size = self.parts.tty.size();
        self.screen.resize(size);
        self.events.push_back(Event::Resize(size));
        // Letters of another size come as another size of the screen.
        if let (Some(graphics), Some(cell)) = (self.parts.state.graphics, self.parts.tty.cell()) {
            let graphics = Graphics::new(graphics.protocol, Some(cell));
            self.events.push_back(Event::Graphics(graphics));
        }
    }

    /// Ends runs, gives the terminal back, stops with the whole job, and takes the terminal again
    /// when told to go on.
    pub(super) fn suspend(&mut self) {
        if !is_stoppable() {
            self.events.push_back(Event::Notice(Notice {
                text: "there is no shell to go back to".to_owned(),
                bad: true,
            }));
            return;
        }
        let ended = self.parts.engine.end_runs();
        self.events.extend(ended);
        self.parts.guard.give_back();
        if stop_group().is_ok() {
            self.await_continuation();
        }
        if self.end.is_none() {
            self.resume();
        }
    }

    /// The stop itself may take effect a little after it was asked for: what tells that it is over
    /// is the signal to go on.
    pub(super) fn await_continuation(&mut self) {
        loop {
            let mut source = [PollFd::new(&*self.parts.signals, PollFlags::IN)];
            // Interrupted or not: what came is looked at.
            let _ = poll(&mut source, None);
            for signal in self.parts.signals.pending() {
                match signal {
                    Signal::Continued => return,
                    Signal::End(number) => {
                        self.end = Some(End::Signal(number));
                        return;
                    }
                    Signal::Resized | Signal::Suspend => {}
                }
            }
        }
    }

    pub(super) fn resume(&mut self) {
        let retaken = self.parts.guard.retake();
        self.hung_up_if(retaken.is_err());
        self.screen.abandon();
        self.resize();
        self.events.push_back(Event::Resumed);
    }
}
