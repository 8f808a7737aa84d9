//! The parent of a lane, for tests: writes lines, reads lines, looks at processes.

use std::collections::BTreeMap;
use std::io::{BufReader, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

use parade_demos::run::protocol::{self, FromLane, LaneOrder, ToLane, WorkerId};
use parade_demos::spec::{Parameters, Value};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open};

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(10);

/// A lane under test. Dropping it ends it.
pub(crate) struct Lane {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<FromLane>,
}

impl Lane {
    /// Starts a lane and gives it its order.
    pub(crate) fn start(order: &LaneOrder) -> Self {
        let mut lane = Self::start_idle();
        lane.tell(&ToLane::Spec(Box::new(order.clone())));
        lane
    }

    /// Starts a lane and lets it wait for its order.
    pub(crate) fn start_idle() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_parade-demos"))
            .args(["lane", &std::process::id().to_string()])
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = sync_channel(4096);
        std::thread::Builder::new()
            .spawn(move || {
                while let Ok(Some(message)) = protocol::read(&mut output) {
                    if sender.send(message).is_err() {
                        return;
                    }
                }
            })
            .unwrap();
        let lane = Self {
            child,
            input,
            messages,
        };
        let pid = lane.child.id();
        assert_eq!(
            lane.next(),
            Some(FromLane::Hello {
                protocol: protocol::VERSION,
                pid
            })
        );
        lane
    }

    /// The next message; `None` at the end of its output.
    pub(crate) fn next(&self) -> Option<FromLane> {
        match self.messages.recv_timeout(PATIENCE) {
            Ok(message) => Some(message),
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => None,
            Err(timeout) => panic!("the lane said nothing: {timeout}"),
        }
    }

    /// Its workers, once they stand at the barrier.
    pub(crate) fn ready(&self) -> Vec<WorkerId> {
        match self.next() {
            Some(FromLane::Ready { workers }) => workers,
            other => panic!("expected to be ready, not {other:?}"),
        }
    }

    /// Opens the barrier and waits until work is under way; the workers.
    pub(crate) fn run(&mut self) -> Vec<WorkerId> {
        let workers = self.ready();
        self.tell(&ToLane::Go);
        loop {
            match self.next() {
                Some(FromLane::Progress { .. }) => return workers,
                Some(FromLane::Output { .. } | FromLane::Workers { .. }) => {}
                other => panic!("expected progress, not {other:?}"),
            }
        }
    }

    /// The last message, skipping those on the way, opening the barrier when it is ready.
    pub(crate) fn finish(&mut self) -> Option<FromLane> {
        loop {
            match self.next() {
                Some(FromLane::Ready { .. }) => self.tell(&ToLane::Go),
                Some(
                    FromLane::Progress { .. }
                    | FromLane::Output { .. }
                    | FromLane::Workers { .. }
                    | FromLane::Exited { .. },
                ) => {}
                last => return last,
            }
        }
    }

    /// The last message or the next lines of its program's output, opening the barrier when it is ready.
    pub(crate) fn finish_or_output(&mut self) -> Option<FromLane> {
        loop {
            match self.next() {
                Some(FromLane::Ready { .. }) => self.tell(&ToLane::Go),
                Some(
                    FromLane::Progress { .. } | FromLane::Workers { .. } | FromLane::Exited { .. },
                ) => {}
                other => return other,
            }
        }
    }

    /// Why it failed.
    pub(crate) fn failure(&mut self) -> String {
        match self.finish() {
            Some(FromLane::Failed { error }) => error,
            other => panic!("expected a failure, not {other:?}"),
        }
    }

    pub(crate) fn tell(&mut self, message: &ToLane) {
        protocol::write(self.input.as_mut().unwrap(), message).unwrap();
    }

    pub(crate) fn tell_raw(&mut self, text: &str) {
        self.input
            .as_mut()
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
    }

    /// Ends its standard input.
    pub(crate) fn hang_up(&mut self) {
        self.input = None;
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it wrote to standard error, to its end.
    pub(crate) fn complaint(&mut self) -> String {
        let mut text = String::new();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        self.hang_up();
        let _ = self.child.wait();
    }
}

/// An order for two workers.
pub(crate) fn order(workload: &str, model: &str, work: u64) -> LaneOrder {
    LaneOrder {
        workload: workload.to_owned(),
        with: Parameters::new(),
        model: model.to_owned(),
        parameters: Parameters::new(),
        workers: 2,
        work,
        seed: 7,
        memory_bytes_max: 1 << 30,
        command: Vec::new(),
        files: BTreeMap::new(),
    }
}

/// The same order with one more parameter of the workload.
pub(crate) fn with(mut order: LaneOrder, name: &str, value: &str) -> LaneOrder {
    order
        .with
        .insert(name.to_owned(), Value::Text(value.to_owned()));
    order
}

fn raw(pid: u32) -> Pid {
    Pid::from_raw(i32::try_from(pid).unwrap()).unwrap()
}

pub(crate) fn kill(pid: u32, signal: Signal) {
    kill_process(raw(pid), signal).unwrap();
}

/// A process that is watched until it ends.
pub(crate) struct Watched {
    pub(crate) pid: u32,
    handle: OwnedFd,
}

/// Begins to watch a process that lives.
pub(crate) fn watch(pid: u32) -> Watched {
    Watched {
        pid,
        handle: pidfd_open(raw(pid), PidfdFlags::empty()).unwrap(),
    }
}

/// Waits for a process's end.
pub(crate) fn assert_ends(watched: &Watched) {
    let mut handles = [PollFd::new(&watched.handle, PollFlags::IN)];
    let patience = Timespec::try_from(PATIENCE).unwrap();
    let ended = poll(&mut handles, Some(&patience)).unwrap();
    assert_eq!(ended, 1, "process {} still runs", watched.pid);
}

/// The fields of `/proc/PID/stat` that tests ask for.
pub(crate) struct Stat {
    pub(crate) parent: u32,
    pub(crate) group: u32,
}

pub(crate) fn stat(pid: u32) -> Stat {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let mut fields = text.rsplit_once(") ").unwrap().1.split(' ').skip(1);
    let mut next = || fields.next().unwrap().parse().unwrap();
    Stat {
        parent: next(),
        group: next(),
    }
}

/// The processes whose command line contains a text.
pub(crate) fn processes_with(text: &str) -> Vec<u32> {
    let pids = std::fs::read_dir("/proc").unwrap().flatten();
    let pids = pids.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|pid| {
        let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line)
            .replace('\0', " ")
            .contains(text)
    })
    .collect()
}
