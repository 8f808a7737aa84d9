//! A block of code as its owner holds it while it runs: how it stands, and its end.
//!
//! Its commands run in a lane of their own, so that all of them end as lanes do. One thread hears the
//! lane, keeps the newest of what is written, and ends it when it is over, overdue or cancelled.

use std::io::{PipeReader, PipeWriter, Read, Write};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::Launcher;
use super::folder::Folder;
use super::handle::{Direction, Heard, LaneProcess};
use super::owner::pipe;
use super::protocol::{FromLane, SnippetOrder, ToLane};
use crate::line::{Line, Pen};
use crate::snippet::{FILE, FOLDER, LINES_MAX, SnippetEnd, SnippetSnapshot, SnippetSpec};
use crate::visible::visible_string;

/// The most memory that each process may map for data: compilers need more than workloads.
const MEMORY_BYTES_MAX: u64 = 4 << 30;
/// The longest that nobody looks whether it was cancelled, where there is no pipe to say so.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// A block of code that runs. Dropping it cancels it and waits until nothing of it is left.
#[derive(Debug)]
pub struct Snippet {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    began: Instant,
    stand: Mutex<Stand>,
    cancelled: AtomicBool,
    /// A byte here makes the thread look at `cancelled` at once.
    wake: Option<PipeWriter>,
}

/// The snapshot's parts as they grow.
#[derive(Debug, Default)]
struct Stand {
    snapshot: SnippetSnapshot,
    /// Lines without an end so far.
    open: Vec<Line>,
    /// How the next line's letters look: its streams share that, as on a terminal.
    pen: Pen,
}

impl Snippet {
    /// Starts to build and run it; returns at once. `tell` is called from another thread whenever the
    /// snapshot has changed, at last when it has an end, and must not block.
    pub fn start(
        launcher: &Launcher,
        spec: SnippetSpec,
        tell: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let (reader, writer) = pipe();
        let mut stand = Stand::default();
        stand.snapshot.steps = spec.commands.len();
        let shared = Arc::new(Shared {
            began: Instant::now(),
            stand: Mutex::new(stand),
            cancelled: AtomicBool::new(false),
            wake: writer,
        });
        let watch = Watch {
            shared: Arc::clone(&shared),
            wake: reader,
            tell: Box::new(tell),
        };
        let launcher = launcher.clone();
        // Where no thread can be started, dropping the watch tells of that.
        let thread = thread::Builder::new()
            .name("snippet".to_owned())
            .spawn(move || watch.lead(&launcher, spec));
        Self {
            shared,
            thread: thread.ok(),
        }
    }

    /// How it stands at this moment.
    pub fn snapshot(&self) -> SnippetSnapshot {
        let stand = self.shared.stand();
        let mut snapshot = stand.snapshot.clone();
        snapshot.lines.extend(stand.open.iter().cloned());
        snapshot.open = stand.open.len();
        if snapshot.end.is_none() {
            snapshot.elapsed = self.shared.began.elapsed();
        }
        snapshot
    }

    /// Kills every process of it; its end follows within 100 ms. Returns at once.
    pub fn cancel(&self) {
        self.shared.cancelled.store(true, Ordering::Release);
        // A full pipe has enough in it to wake; without one the thread looks by itself soon.
        let _ = self.shared.wake.as_ref().map(|mut pipe| pipe.write(&[0]));
    }

    /// Cancels it, waits until nothing of it is left, and tells how it ended.
    pub fn end(mut self) -> SnippetSnapshot {
        self.cancel();
        self.join();
        self.snapshot()
    }

    fn join(&mut self) {
        if let Some(thread) = self.thread.take() {
            // Killing a group and waiting for its end is bounded.
            let _ = thread.join();
        }
    }
}

impl Drop for Snippet {
    fn drop(&mut self) {
        self.cancel();
        self.join();
    }
}

impl Shared {
    fn stand(&self) -> MutexGuard<'_, Stand> {
        self.stand.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The thread's end of it.
struct Watch {
    shared: Arc<Shared>,
    wake: Option<PipeReader>,
    tell: Box<dyn Fn() + Send + Sync>,
}

impl Watch {
    fn lead(self, launcher: &Launcher, spec: SnippetSpec) {
        let folder = match Folder::make() {
            Ok(folder) => folder,
            Err(error) => {
                let why = format!("its folder could not be made: {error}");
                return self.end(SnippetEnd::Failed(why));
            }
        };
        let time_max = spec.time_max;
        let end = match order(spec, &folder) {
            Some(order) => self.run(launcher, order, time_max),
            None => SnippetEnd::Failed("the name of its folder is no text".to_owned()),
        };
        // Should the lane have been killed, it had no time for this.
        folder.remove();
        self.end(end);
    }

    /// Hears the lane to its end. Nothing of it is left then.
    fn run(&self, launcher: &Launcher, order: SnippetOrder, time_max: Duration) -> SnippetEnd {
        let lane = launcher.spawn().and_then(LaneProcess::new);
        let mut lane = match lane {
            Ok(lane) => lane,
            Err(error) => {
                return SnippetEnd::Failed(format!("its process did not start: {error}"));
            }
        };
        lane.tell(&ToLane::Snippet(Box::new(order)));
        let until = self.shared.began + time_max;
        loop {
            self.wait(&lane, until);
            if self.shared.cancelled.load(Ordering::Acquire) {
                return SnippetEnd::Cancelled;
            }
            lane.push();
            for heard in lane.hear() {
                if let Some(end) = self.take(heard, &mut lane) {
                    return end;
                }
            }
            if Instant::now() >= until {
                return SnippetEnd::TimedOut(time_max);
            }
        }
    }

    /// Waits until the lane speaks, the owner wants something, or time is up.
    fn wait(&self, lane: &LaneProcess, until: Instant) {
        let mut timeout = until.saturating_duration_since(Instant::now());
        let bell = self.wake.as_ref().map(|bell| (bell.as_fd(), Direction::In));
        if bell.is_none() {
            timeout = timeout.min(LOOK_EVERY);
        }
        let poll_fd = |(pipe, direction)| {
            let what = match direction {
                Direction::In => PollFlags::IN,
                Direction::Out => PollFlags::OUT,
            };
            PollFd::from_borrowed_fd(pipe, what)
        };
        let mut waited_for: Vec<PollFd> =
            bell.into_iter().chain(lane.pipes()).map(poll_fd).collect();
        let timeout = Timespec::try_from(timeout).ok();
        // An interrupted or failed wait only means that one looks sooner.
        let _ = poll(&mut waited_for, timeout.as_ref());
        if let Some(mut wake) = self.wake.as_ref() {
            // Empty is as good as read.
            let _ = wake.read(&mut [0; 64]);
        }
    }

    /// Takes in what the lane said; the end, if it was that.
    fn take(&self, heard: Heard, lane: &mut LaneProcess) -> Option<SnippetEnd> {
        let message = match heard {
            Heard::Message(message) => message,
            Heard::Noise(why) => return Some(SnippetEnd::Failed(visible_string(why))),
            Heard::Silence => {
                lane.end();
                let words = visible_string(lane.last_words());
                return Some(SnippetEnd::Failed(format!("its lane ended ({words})")));
            }
        };
        match message {
            FromLane::Hello { .. } => return None,
            FromLane::Step { step } => {
                let began = self.shared.began.elapsed();
                self.shared.stand().begin(step, began);
            }
            FromLane::Written {
                left_out,
                ended,
                open,
            } => self.shared.stand().write(left_out, &ended, &open),
            FromLane::Exited { code } => return Some(SnippetEnd::Exited(code)),
            FromLane::Failed { error } | FromLane::Refused { error } => {
                return Some(SnippetEnd::Failed(visible_string(error)));
            }
            FromLane::Unavailable { error } => {
                return Some(SnippetEnd::Unavailable(visible_string(error)));
            }
            FromLane::Ready { .. }
            | FromLane::Workers { .. }
            | FromLane::Progress { .. }
            | FromLane::Output { .. }
            | FromLane::Result { .. } => {
                return Some(SnippetEnd::Failed("its lane spoke out of turn".to_owned()));
            }
        }
        (self.tell)();
        None
    }

    fn end(&self, end: SnippetEnd) {
        let mut stand = self.shared.stand();
        let snapshot = &mut stand.snapshot;
        if snapshot.end.is_some() {
            return;
        }
        snapshot.end = Some(end);
        snapshot.elapsed = self.shared.began.elapsed();
        drop(stand);
        (self.tell)();
    }
}

impl Drop for Watch {
    /// The thread broke off, or never began.
    fn drop(&mut self) {
        self.end(SnippetEnd::Failed("its thread ended".to_owned()));
    }
}

impl Stand {
    /// A command begins. The lines of the one before have ended with it.
    fn begin(&mut self, step: usize, began: Duration) {
        self.snapshot.step = Some(step);
        self.snapshot.step_began = began;
        self.snapshot.lines.append(&mut self.open);
        self.pen = Pen::default();
        self.keep_newest();
    }

    fn write(&mut self, left_out: u64, ended: &[String], open: &[String]) {
        let lines = &mut self.snapshot.lines;
        if left_out > 0 {
            // Something is missing between what was there and what comes.
            self.snapshot.left_out += left_out + lines.len() as u64;
            self.pen = Pen::default();
            lines.clear();
        }
        lines.extend(ended.iter().map(|line| Line::read(line, &mut self.pen)));
        let pen = self.pen;
        let open = open.iter().map(|line| Line::read(line, &mut pen.clone()));
        self.open = open.collect();
        self.keep_newest();
    }

    fn keep_newest(&mut self) {
        let lines = &mut self.snapshot.lines;
        let excess = lines.len().saturating_sub(LINES_MAX);
        lines.drain(..excess);
        self.snapshot.left_out += excess as u64;
    }
}

/// What the lane is told; `None` where a name is no text.
fn order(spec: SnippetSpec, folder: &Folder) -> Option<SnippetOrder> {
    let place = match &spec.place {
        Some(place) => place.to_str()?.to_owned(),
        None => folder.path().to_str()?.to_owned(),
    };
    let file = folder.path().join(&spec.file).to_str()?.to_owned();
    let folder = folder.path().to_str()?.to_owned();
    let word = |word: &String| word.replace(FILE, &file).replace(FOLDER, &folder);
    let command = |words: &Vec<String>| words.iter().map(word).collect();
    Some(SnippetOrder {
        commands: spec.commands.iter().map(command).collect(),
        folder: folder.clone(),
        file: spec.file,
        text: spec.text,
        place,
        environment: spec.environment,
        memory_bytes_max: MEMORY_BYTES_MAX,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_newest_lines_and_counts_the_others() {
        let lines = |range: std::ops::Range<usize>| -> Vec<String> {
            range.map(|n| n.to_string()).collect()
        };
        let texts =
            |stand: &Stand| -> Vec<String> { stand.snapshot.texts().map(str::to_owned).collect() };
        let mut stand = Stand::default();
        stand.write(0, &lines(0..600), &["open".to_owned()]);
        stand.write(0, &lines(600..1100), &[]);
        assert_eq!(texts(&stand), lines(100..1100));
        assert_eq!(stand.snapshot.left_out, 100);
        stand.write(7, &lines(1107..1108), &[]);
        assert_eq!(texts(&stand), ["1107"]);
        assert_eq!(stand.snapshot.left_out, 1107);
    }

    #[test]
    fn a_line_ends_with_its_command_and_a_colour_does_not_end_with_its_line() {
        let line = |text: &str| vec![text.to_owned()];
        let mut stand = Stand::default();
        stand.write(0, &line("\u{1b}[1mbuilt"), &line("in one go"));
        let bold = Pen {
            bold: true,
            ..Pen::default()
        };
        let dressed = |text: &str| Line {
            pens: vec![(0, bold)],
            ..Line::from(text)
        };
        assert_eq!(stand.open, [dressed("in one go")]);
        stand.begin(1, Duration::ZERO);
        stand.write(0, &[], &line("run"));
        let expected = [dressed("built"), dressed("in one go")];
        assert_eq!(
            (&stand.snapshot.lines[..], &stand.open[..]),
            (&expected[..], &[Line::from("run")][..])
        );
    }

    #[test]
    fn puts_the_folder_and_the_file_into_the_commands() {
        let folder = Folder::at("/tmp/x");
        let words = |command: &str| command.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let spec = SnippetSpec {
            file: "main.rs".to_owned(),
            commands: vec![words("rustc {file} -o{folder}/a"), words("{folder}/a {n}")],
            ..SnippetSpec::default()
        };
        let order = order(spec, &folder).unwrap();
        let expected = vec![
            words("rustc /tmp/x/main.rs -o/tmp/x/a"),
            words("/tmp/x/a {n}"),
        ];
        assert_eq!(order.commands, expected);
        assert_eq!(order.place, "/tmp/x");
    }
}
