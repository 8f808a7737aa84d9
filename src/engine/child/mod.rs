//! Work that a child of this program does, so that its memory and its worst cases stay away from the
//! interface. The child is started for the first job and ends when no more comes.
//!
//! Here is what is done about jobs and a child's failures; the talk with the child is the
//! [`service`]'s.

mod service;

use std::io;
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use service::Service;

/// How long the child stays without work.
const IDLE_MAX: Duration = Duration::from_secs(5);

/// What a child is asked.
pub(super) trait Ask: Serialize {
    /// What it answers.
    type Answer: DeserializeOwned;

    /// Whether it is the answer to this.
    fn is_answered_by(&self, answer: &Self::Answer) -> bool;
}

/// Where jobs come in one by one, and the child that does them, if one runs.
pub(super) struct Desk {
    command: Command,
    /// How long one job may take; then the child is ended.
    patience: Duration,
    service: Option<Service>,
}

impl Desk {
    /// One whose child is this command of this program.
    pub(super) fn of_command(name: &str, patience: Duration) -> io::Result<Self> {
        let mut command = Command::new(parade_demos::run::process::program()?);
        command.arg(name);
        Ok(Self::with_child(command, patience))
    }

    /// The same, with another program as the child.
    pub(super) fn with_child(command: Command, patience: Duration) -> Self {
        Self {
            command,
            patience,
            service: None,
        }
    }

    /// Works until the other end of `jobs` is dropped.
    pub(super) fn work<Job>(&mut self, jobs: &Receiver<Job>, do_it: impl Fn(&mut Self, Job)) {
        loop {
            let job = if self.service.is_some() {
                jobs.recv_timeout(IDLE_MAX)
            } else {
                jobs.recv().map_err(RecvTimeoutError::from)
            };
            match job {
                Ok(job) => do_it(self, job),
                Err(RecvTimeoutError::Timeout) => self.service = None,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// The child's answer. A child that failed is replaced.
    ///
    /// # Errors
    /// When no child answers in time.
    pub(super) fn ask<Request: Ask>(&mut self, request: &Request) -> io::Result<Request::Answer> {
        let running = self.service.take();
        // A child that something else ended meanwhile is not this job's fault: it gets one more try.
        let again = running.is_some();
        self.ask_one(running, request).or_else(|error| match error {
            _ if !again => Err(error),
            error if error.kind() == io::ErrorKind::TimedOut => Err(error),
            _ => self.ask_one(None, request),
        })
    }

    /// Asks a child, which is kept only if it answers.
    fn ask_one<Request: Ask>(
        &mut self,
        running: Option<Service>,
        request: &Request,
    ) -> io::Result<Request::Answer> {
        let mut service = running.map_or_else(|| Service::start(&mut self.command), Ok)?;
        let answer = service.ask(request, self.patience)?;
        self.service = Some(service);
        Ok(answer)
    }
}
