//! Has code highlighted by a child process, which keeps the grammars' memory and their worst cases
//! away from the interface. It is started for the first code and ends when no more comes.
//!
//! Here is what is done about code and a child's failures; the talk with the child is the
//! [`service`]'s.

mod service;
#[cfg(test)]
mod tests;

use std::io;
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::Builder;
use std::time::Duration;

use service::Service;

use crate::app::Event;
use crate::deck::Code;
use crate::highlight::{Answer, CodeKey, Request, TokenLines};

/// The most blocks that wait; more stay plain.
const WAITING_MAX: usize = 256;
/// How long the child stays without work.
const IDLE_MAX: Duration = Duration::from_secs(5);
/// How long one block may take; then the child is ended and the block stays plain.
const BLOCK_MAX: Duration = Duration::from_secs(4);

/// Takes code to be highlighted, on a thread of its own.
#[derive(Debug)]
pub(super) struct Highlighter {
    jobs: SyncSender<(CodeKey, Code)>,
}

impl Highlighter {
    /// Starts the thread; `tell` is called from it. The child is this program's own `highlight`
    /// command.
    pub(super) fn start(tell: impl Fn(Event) + Send + 'static) -> io::Result<Self> {
        let mut command = Command::new(parade_demos::run::process::program()?);
        command.arg("highlight");
        Self::with_child(command, BLOCK_MAX, tell)
    }

    /// The same, with another program as the child, and another patience with it.
    fn with_child(
        command: Command,
        block_max: Duration,
        tell: impl Fn(Event) + Send + 'static,
    ) -> io::Result<Self> {
        let (jobs, waiting) = sync_channel(WAITING_MAX);
        let mut desk = Desk {
            command,
            block_max,
            service: None,
        };
        Builder::new()
            .name("highlight".to_owned())
            .spawn(move || desk.work(&waiting, &tell))?;
        Ok(Self { jobs })
    }

    pub(super) fn take_on(&self, key: CodeKey, code: Code) {
        // A block that finds no room stays plain.
        let _ = self.jobs.try_send((key, code));
    }
}

/// Where blocks come in one by one, and the child that does them, if one runs.
struct Desk {
    command: Command,
    block_max: Duration,
    service: Option<Service>,
}

impl Desk {
    /// Works until the other end of `jobs` is dropped.
    fn work(&mut self, jobs: &Receiver<(CodeKey, Code)>, tell: &dyn Fn(Event)) {
        loop {
            let job = if self.service.is_some() {
                jobs.recv_timeout(IDLE_MAX)
            } else {
                jobs.recv().map_err(RecvTimeoutError::from)
            };
            match job {
                Ok((key, code)) => {
                    let lines = Arc::new(self.highlight(key, code));
                    tell(Event::Highlighted { key, lines });
                }
                Err(RecvTimeoutError::Timeout) => self.service = None,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// A block's tokens; none where it can't be done. A child that failed is replaced.
    fn highlight(&mut self, key: CodeKey, code: Code) -> TokenLines {
        let request = Request {
            key: key.0,
            language: code.language,
            lines: code.lines,
        };
        let running = self.service.take();
        // A child that something else ended meanwhile is not this block's fault: it gets one more try.
        let again = running.is_some();
        let answer = self.ask(running, &request).or_else(|error| match error {
            _ if !again => Err(error),
            error if error.kind() == io::ErrorKind::TimedOut => Err(error),
            _ => self.ask(None, &request),
        });
        answer.map(|answer| answer.tokens).unwrap_or_default()
    }

    /// Asks a child, which is kept only if it answers.
    fn ask(&mut self, running: Option<Service>, request: &Request) -> io::Result<Answer> {
        let mut service = running.map_or_else(|| Service::start(&mut self.command), Ok)?;
        let answer = service.ask(request, self.block_max)?;
        self.service = Some(service);
        Ok(answer)
    }
}
