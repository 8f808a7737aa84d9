//! Has code highlighted by a child process, which keeps the grammars' memory and their worst cases
//! away from the interface.

#[cfg(test)]
mod tests;

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::Builder;
use std::time::Duration;

use super::child::{Ask, Desk};
use crate::app::Event;
use crate::deck::Code;
use crate::highlight::{Answer, CodeKey, Request, TokenLines};

/// The most blocks that wait; more stay plain.
const WAITING_MAX: usize = 256;
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
        Self::at_desk(Desk::of_command("highlight", BLOCK_MAX)?, tell)
    }

    fn at_desk(mut desk: Desk, tell: impl Fn(Event) + Send + 'static) -> io::Result<Self> {
        let (jobs, waiting) = sync_channel(WAITING_MAX);
        let highlight = move |desk: &mut Desk, (key, code)| {
            let lines = Arc::new(highlight(desk, key, code));
            tell(Event::Highlighted { key, lines });
        };
        Builder::new()
            .name("highlight".to_owned())
            .spawn(move || desk.work(&waiting, highlight))?;
        Ok(Self { jobs })
    }

    /// Whether there was room for one more.
    pub(super) fn take_on(&self, key: CodeKey, code: Code) -> bool {
        self.jobs.try_send((key, code)).is_ok()
    }
}

/// A block's tokens; none where it can't be done.
fn highlight(desk: &mut Desk, key: CodeKey, code: Code) -> TokenLines {
    let request = Request {
        key: key.0,
        language: code.language,
        lines: code.lines,
    };
    let answer = desk.ask(&request);
    answer.map(|answer| answer.tokens).unwrap_or_default()
}

impl Ask for Request {
    type Answer = Answer;

    fn is_answered_by(&self, answer: &Answer) -> bool {
        answer.key == self.key
    }
}
