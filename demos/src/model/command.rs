//! command: a program of the deck's own under the same gauges, a real interpreter for example.
//!
//! The program knows nothing of lanes, so it is started through [`super::keeper`], which sees to it
//! that nothing of it outlives the lane. It runs in the lane's group, where the gauges find it. Of
//! what it writes the last lines are kept. The hash of its standard output is the checksum.
//!
//! A file that the command names may lie in no folder, as those of a deck that is compiled in. Such a
//! one is handed to the program open and without a name: whoever is killed, nothing of it is left.

use std::ffi::OsString;
#[cfg(target_os = "linux")]
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::{Crew, Host, Job, ModelEntry, Program, STACK_BYTES, keeper};
use crate::run::process;
use crate::run::protocol::{LaneOrder, WorkerId};
use crate::tail::Tail;
use crate::workload::Nature;
use crate::workload::sha256::first_word;

/// What the catalogue tells of it.
pub(super) static ENTRY: ModelEntry = ModelEntry {
    name: "command",
    about: "a program of the deck's own, under the same gauges",
    takes: &[Nature::Command],
    parameters: &[],
    crew: Crew::Told,
    run,
};

/// The exit code by which shells, and the keeper's shim, say that a program could not be started.
const NOT_FOUND: i32 = 127;
/// How many lines of the program's standard error the lane's error tells.
const COMPLAINT_LINES: usize = 3;

/// What the program has written so far.
struct Written {
    /// The program itself; what it starts is known to the gauges alone.
    worker: WorkerId,
    /// Its standard output and its standard error, as a terminal would have them.
    all: Tail,
    errors: Tail,
}

impl Program for Written {
    fn last_lines(&self) -> Vec<String> {
        self.all.last_lines()
    }

    fn workers(&self) -> Vec<WorkerId> {
        vec![self.worker.clone()]
    }
}

/// Runs the program once. The calling thread starts the keeper, which follows it.
fn run(job: &Arc<Job>, host: &dyn Host) -> Duration {
    let program = job.order.command.first().map_or("", String::as_str);
    if !is_installed(program, std::env::var_os("PATH")) {
        host.unavailable(format!("there is no program \"{program}\" here"));
    }
    let fail = |error: io::Error| -> ! { host.fail(format!("{program} did not start: {error}")) };
    let (command, _files) = handed_over(&job.order).unwrap_or_else(|error| {
        host.unavailable(format!(
            "the deck's file can't be handed to {program}: {error}"
        ))
    });
    let (mut keeper, pipes) = start(&command, &[], None).unwrap_or_else(|error| fail(error));
    let (mut input, mut output, errors) = pipes;
    let pid = read_pid(&mut output).unwrap_or_else(|error| fail(error));
    let written = Arc::new(Written {
        worker: worker_id(program, pid),
        all: Tail::new(2),
        errors: Tail::new(1),
    });
    job.attend(Arc::clone(&written) as Arc<dyn Program>);
    thread::scope(|scope| {
        let listener = thread::Builder::new()
            .name("errors".to_owned())
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, || take_errors(errors, &written))
            .unwrap_or_else(|error| fail(error));
        let opened = host.ready(written.workers());
        // Should it be gone already, its status says so.
        let _ = input.write_all(b"go\n");
        // Not after the output's end, which those have in their hands that a killed keeper leaves.
        let status = thread::Builder::new()
            .name("keeper".to_owned())
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, || outlive(&mut keeper))
            .unwrap_or_else(|error| fail(error));
        let share = take_output(output, &written).unwrap_or_else(|error| fail(error));
        let status = status
            .join()
            .unwrap_or_else(|_| host.fail("its keeper's watch ended".to_owned()));
        let status = status.unwrap_or_else(|error| fail(error));
        let wall = opened.elapsed();
        // All that could have held its end open has ended with it.
        let _ = listener.join();
        if let Some(code) = status.code() {
            host.exited(code);
        }
        if !status.success() {
            host.show(written.last_lines());
            let complaint = complaint(&written.errors.last_lines());
            if status.code() == Some(NOT_FOUND) {
                host.unavailable(format!("there is no program \"{program}\" here{complaint}"));
            }
            host.fail(format!("{program} {}{complaint}", describe(status)));
        }
        job.add_share(share);
        job.set_done(0, job.order.work);
        wall
    })
}

/// The command, with the place of each of its nameless files where it names them, and those files: all
/// children inherit them that are started while they are held.
fn handed_over(order: &LaneOrder) -> io::Result<(Vec<String>, Vec<OwnedFd>)> {
    let mut files = Vec::new();
    let mut word = |word: &String| {
        let Some(text) = order.files.get(word) else {
            return Ok(word.clone());
        };
        let file = nameless(word, text)?;
        let place = format!("/proc/self/fd/{}", file.as_raw_fd());
        files.push(file);
        Ok(place)
    };
    let command: io::Result<Vec<String>> = order.command.iter().map(&mut word).collect();
    Ok((command?, files))
}

/// A file in memory; the word that stands for it is shown by the system's tools alone.
#[cfg(target_os = "linux")]
fn nameless(word: &str, text: &str) -> io::Result<OwnedFd> {
    let file = rustix::fs::memfd_create(word, rustix::fs::MemfdFlags::empty())?;
    let mut file = File::from(file);
    file.write_all(text.as_bytes())?;
    Ok(file.into())
}

/// Elsewhere there are none.
#[cfg(not(target_os = "linux"))]
fn nameless(_word: &str, _text: &str) -> io::Result<OwnedFd> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The keeper's input, and the program's output and errors.
pub(crate) type Pipes = (ChildStdin, BufReader<ChildStdout>, ChildStderr);

/// Starts the keeper in a group of its own: what kills the lane's must leave it to do its duty. The
/// program's environment has these variables beside the lane's own; the folder is removed should the lane
/// not live to do that.
pub(crate) fn start(
    command: &[String],
    environment: &[(&str, &str)],
    folder: Option<&str>,
) -> io::Result<(Child, Pipes)> {
    keeper::adopt_orphans()?;
    // A copy that the keeper and all below it inherit: where the lane's errors end, they have ended.
    let _held = rustix::io::dup(io::stderr())?;
    let mut keeper = Command::new(process::program()?)
        .arg0("parade-keeper")
        .args(["lane", "keeper", &std::process::id().to_string()])
        .arg(folder.unwrap_or(keeper::NO_FOLDER))
        .args(command)
        .envs(environment.iter().copied())
        .env(process::MARK, std::process::id().to_string())
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let input = keeper.stdin.take().expect("its input was asked for");
    let output = keeper.stdout.take().expect("its output was asked for");
    let errors = keeper.stderr.take().expect("its errors were asked for");
    Ok((keeper, (input, BufReader::new(output), errors)))
}

/// Waits for the keeper's end, and does its duty if it was killed.
pub(crate) fn outlive(keeper: &mut Child) -> io::Result<ExitStatus> {
    let status = keeper.wait()?;
    if status.signal().is_some() {
        keeper::end_orphans();
    }
    Ok(status)
}

/// Whether there is such a file, or one of that name in the search path.
pub(crate) fn is_installed(program: &str, path: Option<OsString>) -> bool {
    if program.contains('/') {
        return Path::new(program).is_file();
    }
    let path = path.unwrap_or_default();
    !program.is_empty() && std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// The program's number, which the keeper tells before anything else.
pub(crate) fn read_pid(output: &mut BufReader<ChildStdout>) -> io::Result<u32> {
    let mut line = String::new();
    output.by_ref().take(32).read_line(&mut line)?;
    line.trim().parse().map_err(io::Error::other)
}

fn worker_id(program: &str, pid: u32) -> WorkerId {
    WorkerId {
        name: program.to_owned(),
        pid,
        tid: Some(pid),
        server: false,
    }
}

/// Reads all that the program prints; gives the beginning of its SHA-256.
fn take_output(mut output: BufReader<ChildStdout>, written: &Written) -> io::Result<u64> {
    let mut hasher = Sha256::new();
    let mut block = [0; 16 << 10];
    loop {
        match output.read(&mut block) {
            Ok(0) => return Ok(first_word(&hasher.finalize())),
            Ok(bytes) => {
                hasher.update(&block[..bytes]);
                written.all.write(0, &block[..bytes]);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Reads all that the program complains of.
fn take_errors(mut errors: ChildStderr, written: &Written) {
    let mut block = [0; 4 << 10];
    while let Ok(bytes @ 1..) = errors.read(&mut block) {
        written.all.write(1, &block[..bytes]);
        written.errors.write(0, &block[..bytes]);
    }
}

/// How the program ended; the keeper gives its signals as shells do.
fn describe(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code @ 129..=192), _) => format!("was ended by signal {}", code - 128),
        (Some(code), _) => format!("ended with exit code {code}"),
        (None, signal) => format!("lost its keeper by signal {}", signal.unwrap_or_default()),
    }
}

/// The end of what it complained of, in a line.
fn complaint(lines: &[String]) -> String {
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.trim_end())
        .filter(|line| !line.is_empty())
        .collect();
    let last = lines[lines.len().saturating_sub(COMPLAINT_LINES)..].join(" / ");
    if last.is_empty() {
        last
    } else {
        format!(": {last}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_programs_as_a_shell_would() {
        let path = || Some(OsString::from("/nowhere:/bin"));
        for (program, path, found) in [
            ("sh", path(), true),
            ("/bin/sh", None, true),
            ("sh", None, false),
            ("no-such-program", path(), false),
            ("/bin", path(), false),
            ("", path(), false),
        ] {
            assert_eq!(is_installed(program, path), found, "{program}");
        }
    }

    #[test]
    fn tells_the_last_lines_of_a_complaint() {
        let table: [(&[&str], &str); 4] = [
            (&[], ""),
            (&["", " "], ""),
            (&["one"], ": one"),
            (&["1", "2", "", "3", "4"], ": 2 / 3 / 4"),
        ];
        for (lines, told) in table {
            let lines: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
            assert_eq!(complaint(&lines), told);
        }
    }
}
