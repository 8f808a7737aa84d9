//! How long it takes until nothing of a run is left, on a real pseudo-terminal: from the key that
//! cancels, leaves or quits, and from the app's own death.
//!
//! `cargo bench --bench endings -- [ROUNDS]`; 200 of each by default.

use std::fs;
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, pidfd_open};

/// The run is on the first slide; it never ends of itself.
const DECK: &str = "# Run\n\n```demo\nname: run\nworkload: primes\nlanes: [MODEL]\nworkers: 1\nwith: {limit: 1000000000}\nbaseline: none\n```\n\n---\n\n# Elsewhere\n";
/// Between two looks at a run that begins: nobody tells that it has begun to compute. Its end, which is
/// what is measured, is told by its processes' descriptors.
const LOOK_EVERY: Duration = Duration::from_millis(1);
/// What takes longer is an error.
const DEADLINE: Duration = Duration::from_secs(10);

fn main() -> io::Result<()> {
    // cargo itself adds `--bench`.
    let rounds: usize = std::env::args()
        .find_map(|word| word.parse().ok())
        .unwrap_or(200);
    for model in ["threads", "processes"] {
        let folder = tempfile::tempdir()?;
        let deck = folder.path().join("deck.md");
        fs::write(&deck, DECK.replace("MODEL", model))?;
        tell(model, "cancel", by_key(&deck, "r", "", rounds)?)?;
        tell(model, "leave", by_key(&deck, "l", "h", rounds)?)?;
        let quit = |show: &mut Show| show.press("q");
        tell(model, "quit", by_ending(&deck, quit, rounds)?)?;
        let kill = |show: &mut Show| show.child.kill();
        tell(model, "kill -9", by_ending(&deck, kill, rounds)?)?;
    }
    Ok(())
}

fn tell(model: &str, way: &str, mut took: Vec<Duration>) -> io::Result<()> {
    took.sort();
    let at = |part: f64| took[((took.len() - 1) as f64 * part).round() as usize];
    let (median, p99, max) = (at(0.5), at(0.99), at(1.0));
    writeln!(
        io::stdout(),
        "{way}, {model}: median {median:.1?}, p99 {p99:.1?}, max {max:.1?} of {}",
        took.len()
    )
}

/// Ends runs of one app by a key, after which another goes back to where it was.
fn by_key(deck: &Path, key: &str, back: &str, rounds: usize) -> io::Result<Vec<Duration>> {
    let mut show = Show::begin(deck)?;
    let took = (0..rounds).map(|_| {
        let run = show.start_run()?;
        let began = Instant::now();
        show.press(key)?;
        await_end(&run)?;
        let took = began.elapsed();
        show.press(back)?;
        Ok(took)
    });
    let took = took.collect();
    show.press("q")?;
    show.child.wait()?;
    took
}

/// Ends runs together with their apps.
fn by_ending(
    deck: &Path,
    end: impl Fn(&mut Show) -> io::Result<()>,
    rounds: usize,
) -> io::Result<Vec<Duration>> {
    let took = (0..rounds).map(|_| {
        let mut show = Show::begin(deck)?;
        let run = show.start_run()?;
        let began = Instant::now();
        end(&mut show)?;
        await_end(&run)?;
        show.child.wait()?;
        Ok(began.elapsed())
    });
    took.collect()
}

/// The app on a terminal of its own.
struct Show {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    /// The terminal is there as long as this is.
    _master: Box<dyn MasterPty + Send>,
}

impl Show {
    fn begin(deck: &Path) -> io::Result<Self> {
        let size = PtySize {
            rows: 36,
            cols: 120,
            ..PtySize::default()
        };
        let pair = native_pty_system()
            .openpty(size)
            .map_err(io::Error::other)?;
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_parade"));
        command.arg(deck);
        command.env("TERM", "xterm-256color");
        let child = pair
            .slave
            .spawn_command(command)
            .map_err(io::Error::other)?;
        let keys = pair.master.take_writer().map_err(io::Error::other)?;
        let mut output = pair.master.try_clone_reader().map_err(io::Error::other)?;
        // Somebody must look, or the terminal is stuck.
        thread::Builder::new()
            .name("eyes".to_owned())
            .spawn(move || io::copy(&mut output, &mut io::sink()))?;
        Ok(Self {
            child,
            keys,
            _master: pair.master,
        })
    }

    fn press(&mut self, keys: &str) -> io::Result<()> {
        self.keys.write_all(keys.as_bytes())
    }

    /// Starts a run, waits until it computes, and opens its processes, by which one hears of their ends.
    fn start_run(&mut self) -> io::Result<Vec<OwnedFd>> {
        let app = self.child.process_id().ok_or(io::ErrorKind::NotFound)?;
        self.press("r")?;
        let mut run = Vec::new();
        await_that(|| {
            run = below(app);
            run.iter().any(|pid| cpu_ticks(*pid) > 0)
        })?;
        let pids = run
            .iter()
            .filter_map(|pid| Pid::from_raw(i32::try_from(*pid).ok()?));
        pids.map(|pid| Ok(pidfd_open(pid, PidfdFlags::empty())?))
            .collect()
    }
}

fn await_end(run: &[OwnedFd]) -> io::Result<()> {
    let deadline = Instant::now() + DEADLINE;
    for process in run {
        let left = deadline.saturating_duration_since(Instant::now());
        let timeout = Timespec::try_from(left).map_err(io::Error::other)?;
        if poll(&mut [PollFd::new(process, PollFlags::IN)], Some(&timeout))? == 0 {
            return Err(io::ErrorKind::TimedOut.into());
        }
    }
    Ok(())
}

fn await_that(mut holds: impl FnMut() -> bool) -> io::Result<()> {
    let deadline = Instant::now() + DEADLINE;
    while !holds() {
        if Instant::now() > deadline {
            return Err(io::ErrorKind::TimedOut.into());
        }
        thread::sleep(LOOK_EVERY);
    }
    Ok(())
}

/// A process's children, and theirs.
fn below(pid: u32) -> Vec<u32> {
    let tasks = fs::read_dir(format!("/proc/{pid}/task"))
        .into_iter()
        .flatten();
    let children = tasks.flatten().flat_map(|task| {
        let numbers = fs::read_to_string(task.path().join("children")).unwrap_or_default();
        let numbers = numbers.split_whitespace().flat_map(str::parse);
        numbers.collect::<Vec<u32>>()
    });
    children
        .flat_map(|child| [vec![child], below(child)].concat())
        .collect()
}

/// The CPU time that a process has used, in the kernel's ticks.
fn cpu_ticks(pid: u32) -> u64 {
    let fields = stat(pid).unwrap_or_default();
    let ticks = |field: usize| {
        fields
            .get(field)
            .and_then(|ticks| ticks.parse::<u64>().ok())
    };
    ticks(11).unwrap_or(0) + ticks(12).unwrap_or(0)
}

/// What `/proc/PID/stat` has behind the process's name; `None` where there is no such process, or
/// nothing of it but a status that its new parent has not asked for yet.
fn stat(pid: u32) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, fields) = text.rsplit_once(')')?;
    let fields: Vec<String> = fields.split_whitespace().map(str::to_owned).collect();
    (fields.first()? != "Z").then_some(fields)
}
