//! The one thread from which lanes are started.
//!
//! A parent-death signal is sent when the *thread* that started a process ends, so lanes are started
//! from a thread that lives as long as the app and every run.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use super::{process, remains};

/// Where the program that answers to `lane` is, and the one thread from which lanes are started.
/// One lives as long as the app.
#[derive(Clone, Debug)]
pub struct Launcher {
    thread: Arc<Thread>,
}

type Reply = SyncSender<io::Result<Child>>;

#[derive(Debug)]
struct Thread {
    /// `None` only while dropping.
    requests: Option<SyncSender<Reply>>,
    handle: Option<JoinHandle<()>>,
}

impl Launcher {
    /// Starts the launching thread. Lanes are this program's own `lane` command.
    ///
    /// # Errors
    /// If the thread can't be started, this program's path is not known, or the system does not let
    /// lanes fall to this process.
    pub fn new() -> io::Result<Self> {
        let program = process::program()?;
        // The lane compares the number with its parent's, for a parent that died meanwhile.
        let arguments = ["lane".into(), std::process::id().to_string().into()];
        Self::with_program(program, arguments)
    }

    /// Starts the launching thread for lanes of another program that speaks the lane protocol.
    ///
    /// # Errors
    /// If the thread can't be started.
    pub fn with_program(
        program: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = OsString>,
    ) -> io::Result<Self> {
        remains::inherit()?;
        let mut command = Command::new(program.into());
        command
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let (requests, inbox) = sync_channel(0);
        let handle = thread::Builder::new()
            .name("launcher".to_owned())
            .spawn(move || launch(command, &inbox))?;
        let thread = Thread {
            requests: Some(requests),
            handle: Some(handle),
        };
        Ok(Self {
            thread: Arc::new(thread),
        })
    }

    /// Starts a lane's process, which makes itself the leader of a session and a group.
    pub(super) fn spawn(&self) -> io::Result<Child> {
        let (reply, answer) = sync_channel(1);
        let requests = self.thread.requests.as_ref().ok_or_else(ended)?;
        requests.send(reply).map_err(|_| ended())?;
        answer.recv().map_err(|_| ended())?
    }
}

fn launch(mut command: Command, inbox: &Receiver<Reply>) {
    while let Ok(reply) = inbox.recv() {
        let child = command.spawn().map_err(|error| {
            let program = command.get_program().display();
            io::Error::new(error.kind(), format!("{program}: {error}"))
        });
        // A run that no longer waits drops the child unspoken to, which ends at its input's end.
        let _ = reply.send(child);
    }
}

/// With the thread all lanes have ended that it started.
fn ended() -> io::Error {
    io::Error::other("the thread that starts lanes has ended; start parade again")
}

impl Drop for Thread {
    fn drop(&mut self) {
        drop(self.requests.take());
        if let Some(handle) = self.handle.take() {
            // It only ever waits for requests, and there can be none any more.
            let _ = handle.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_its_thread_a_launcher_starts_nothing_and_waits_for_nothing() {
        let (requests, _) = sync_channel(0);
        let dead = Launcher {
            thread: Arc::new(Thread {
                requests: Some(requests),
                handle: None,
            }),
        };
        let error = dead.spawn().unwrap_err().to_string();
        assert_eq!(error, ended().to_string());
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let launcher = Launcher::with_program("/no/such/program", std::iter::empty()).unwrap();
        let error = launcher.spawn().unwrap_err().to_string();
        assert!(error.starts_with("/no/such/program: "), "{error}");
    }
}
