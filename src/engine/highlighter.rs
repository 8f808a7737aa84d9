//! Has code highlighted by a child process, which keeps the grammars' memory and their worst cases
//! away from the interface. It is started for the first code and ends when no more comes.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::Builder;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::app::Event;
use crate::deck::Code;
use crate::highlight::{Answer, CodeKey, Request, TokenLines};

/// The most blocks that wait; more stay plain.
const WAITING_MAX: usize = 256;
/// How long the child stays without work.
const IDLE_MAX: Duration = Duration::from_secs(5);
/// How long the child may be silent over one block; then it is ended and the block stays plain.
const SILENCE_MAX: Timespec = Timespec {
    tv_sec: 3,
    tv_nsec: 0,
};
/// The longest answer, in bytes.
const ANSWER_BYTES_MAX: u64 = 64 << 20;

/// Takes code to be highlighted, on a thread of its own.
#[derive(Debug)]
pub(super) struct Highlighter {
    jobs: SyncSender<(CodeKey, Code)>,
}

impl Highlighter {
    /// Starts the thread; `tell` is called from it.
    pub(super) fn start(tell: impl Fn(Event) + Send + 'static) -> io::Result<Self> {
        let (jobs, waiting) = sync_channel(WAITING_MAX);
        Builder::new()
            .name("highlight".to_owned())
            .spawn(move || work(&waiting, &tell))?;
        Ok(Self { jobs })
    }

    pub(super) fn take_on(&self, key: CodeKey, code: Code) {
        // A block that finds no room stays plain.
        let _ = self.jobs.try_send((key, code));
    }
}

/// Works until the other end of `jobs` is dropped.
fn work(jobs: &Receiver<(CodeKey, Code)>, tell: &dyn Fn(Event)) {
    let mut service: Option<Service> = None;
    loop {
        let job = if service.is_some() {
            jobs.recv_timeout(IDLE_MAX)
        } else {
            jobs.recv().map_err(RecvTimeoutError::from)
        };
        match job {
            Ok((key, code)) => {
                let lines = Arc::new(highlight(&mut service, key, code));
                tell(Event::Highlighted { key, lines });
            }
            Err(RecvTimeoutError::Timeout) => service = None,
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// A block's tokens; none where the service fails, which is then started anew for the next.
fn highlight(service: &mut Option<Service>, key: CodeKey, code: Code) -> TokenLines {
    let request = Request {
        key: key.0,
        language: code.language,
        lines: code.lines,
    };
    let answer = match service.take().map_or_else(Service::start, Ok) {
        Ok(started) => service.insert(started).ask(&request),
        Err(error) => Err(error),
    };
    if let Ok(answer) = answer {
        return answer.tokens;
    }
    *service = None;
    TokenLines::new()
}

/// The child: this program's own `highlight` command.
struct Service {
    child: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Service {
    fn start() -> io::Result<Self> {
        let mut child = Command::new(parade_demos::run::process::program()?)
            .arg("highlight")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (requests, answers) = (child.stdin.take(), child.stdout.take());
        Ok(Self {
            child,
            requests: requests.expect("it was asked to be piped"),
            answers: BufReader::new(answers.expect("it was asked to be piped")),
        })
    }

    fn ask(&mut self, request: &Request) -> io::Result<Answer> {
        let mut line = serde_json::to_vec(request)?;
        line.push(b'\n');
        self.requests.write_all(&line)?;
        line.clear();
        while line.last() != Some(&b'\n') {
            self.await_answer()?;
            // What is there, up to the line's end; the rest is waited for again.
            let there = self.answers.fill_buf()?.len() as u64;
            let read = Read::take(&mut self.answers, there).read_until(b'\n', &mut line)?;
            if read == 0 || line.len() as u64 > ANSWER_BYTES_MAX {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(serde_json::from_slice(&line)?)
    }

    fn await_answer(&self) -> io::Result<()> {
        if !self.answers.buffer().is_empty() {
            return Ok(());
        }
        let mut source = [PollFd::new(self.answers.get_ref(), PollFlags::IN)];
        match poll(&mut source, Some(&SILENCE_MAX))? {
            0 => Err(io::ErrorKind::TimedOut.into()),
            _ => Ok(()),
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // Both fail only where the child has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
