//! A stage to watch parade on: a real pseudo-terminal, a screen that understands what is written to
//! it, and deadlines in place of sleeps.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use std::{fs, thread};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty};

/// How long anything may take before it counts as never happening.
pub(crate) const DEADLINE: Duration = Duration::from_secs(10);
/// Between two looks at what tells nobody when it changes, such as `/proc`.
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// A variable that every process of a stage inherits, so that those left behind are found.
const MARK: &str = "PARADE_TEST_STAGE";

/// A program on a terminal.
pub(crate) struct Stage {
    child: Box<dyn Child + Send + Sync>,
    /// Gone once the terminal is.
    master: Option<Box<dyn MasterPty + Send>>,
    /// Kept open until the program ends, so that nothing it writes is lost.
    slave: Option<Box<dyn SlavePty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    output: Receiver<Vec<u8>>,
    /// One message lets the reader read once more, while it is held up.
    tickets: Option<Sender<()>>,
    /// All that was written.
    pub(crate) bytes: Vec<u8>,
    screen: vt100::Parser,
    mark: String,
    settings: String,
}

/// What to put on a stage.
pub(crate) struct Show {
    command: CommandBuilder,
    columns: u16,
    rows: u16,
    reading: bool,
}

impl Show {
    /// parade with these arguments.
    pub(crate) fn parade(arguments: &[&str]) -> Self {
        Self::program(env!("CARGO_BIN_EXE_parade"), arguments)
    }

    /// Another program.
    pub(crate) fn program(program: &str, arguments: &[&str]) -> Self {
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        for (name, value) in [
            ("TERM", "xterm-256color"),
            ("COLORTERM", "truecolor"),
            ("LANG", "C.UTF-8"),
            ("XDG_CONFIG_HOME", "/nonexistent"),
        ] {
            command.env(name, value);
        }
        for name in ["NO_COLOR", "LC_ALL", "TMUX"] {
            command.env_remove(name);
        }
        Self {
            command,
            columns: 80,
            rows: 24,
            reading: true,
        }
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn size(mut self, columns: u16, rows: u16) -> Self {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    /// On a terminal that takes nothing once its first few answers are read.
    pub(crate) fn stuck(mut self) -> Self {
        self.reading = false;
        self
    }

    /// Curtain up.
    pub(crate) fn begin(mut self) -> Stage {
        static STAGES: AtomicU32 = AtomicU32::new(0);
        let number = STAGES.fetch_add(1, Ordering::Relaxed);
        let mark = format!("{}.{number}", std::process::id());
        self.command.env(MARK, &mark);
        let pair = portable_pty::native_pty_system()
            .openpty(size(self.columns, self.rows))
            .unwrap();
        let settings = settings(&*pair.master);
        let child = pair.slave.spawn_command(self.command).unwrap();
        let reader = pair.master.try_clone_reader().unwrap();
        let (send, output) = channel();
        let (tickets, allowed) = channel();
        let reading = self.reading;
        thread::Builder::new()
            .name("terminal".to_owned())
            .spawn(move || read(reader, reading, &allowed, &send))
            .unwrap();
        Stage {
            child,
            keys: Some(pair.master.take_writer().unwrap()),
            master: Some(pair.master),
            slave: Some(pair.slave),
            output,
            tickets: Some(tickets),
            bytes: Vec::new(),
            screen: vt100::Parser::new(cells(self.rows), cells(self.columns), 0),
            mark,
            settings,
        }
    }
}

fn read(
    mut from: Box<dyn Read + Send>,
    freely: bool,
    allowed: &Receiver<()>,
    to: &Sender<Vec<u8>>,
) {
    let mut bytes = [0; 4096];
    while freely || allowed.recv().is_ok() {
        match from.read(&mut bytes) {
            Ok(count) if count > 0 && to.send(bytes[..count].to_vec()).is_ok() => {}
            _ => return,
        }
    }
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        ..PtySize::default()
    }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

/// The terminal's settings, to be compared.
fn settings(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

impl Stage {
    /// Types.
    pub(crate) fn press(&mut self, keys: &str) {
        self.type_bytes(keys.as_bytes());
    }

    /// Types what need not be text. In pieces, between which it is read what is written: neither
    /// side of a terminal holds much.
    pub(crate) fn type_bytes(&mut self, bytes: &[u8]) {
        for piece in bytes.chunks(1024) {
            self.keys.as_mut().unwrap().write_all(piece).unwrap();
            while let Ok(bytes) = self.output.try_recv() {
                self.take_in(&bytes);
            }
        }
    }

    fn master(&self) -> &dyn MasterPty {
        self.master.as_deref().unwrap()
    }

    /// The terminal, one that is stuck, disappears: its window is closed, its connection lost.
    pub(crate) fn hang_up(&mut self) {
        (self.keys, self.master, self.slave, self.tickets) = (None, None, None, None);
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.master().resize(size(columns, rows)).unwrap();
        self.screen
            .screen_mut()
            .set_size(cells(rows), cells(columns));
    }

    /// What the screen shows, without blanks at the ends of its rows.
    pub(crate) fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until the screen shows this.
    pub(crate) fn await_text(&mut self, text: &str) {
        self.await_that(&format!("the screen shows {text:?}"), |stage| {
            stage.text().contains(text)
        });
    }

    /// Lets the terminal take up to 4 KiB more, where it is stuck.
    pub(crate) fn read_once(&mut self) {
        self.tickets.as_ref().unwrap().send(()).unwrap();
        let before = self.bytes.len();
        self.await_that("something is written", |stage| stage.bytes.len() > before);
    }

    /// Waits until something holds.
    pub(crate) fn await_that(&mut self, what: &str, mut holds: impl FnMut(&mut Self) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        loop {
            self.take_output();
            if holds(self) {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "waited in vain until {what}; the screen is\n{}",
                self.text()
            );
        }
    }

    /// Waits until the program ends.
    pub(crate) fn await_end(&mut self) -> ExitStatus {
        let mut status = None;
        self.await_that("the program ends", |stage| {
            status = stage.child.try_wait().unwrap();
            status.is_some()
        });
        // What it wrote last may still be on its way; behind it comes the terminal's end.
        (self.slave, self.tickets) = (None, None);
        while let Ok(bytes) = self.output.recv_timeout(DEADLINE) {
            self.take_in(&bytes);
        }
        status.unwrap()
    }

    /// Waits for the end by this signal, which leaves the terminal as it was.
    pub(crate) fn await_end_by(&mut self, name: &str) {
        let status = self.await_end();
        assert!(
            status.signal().is_some_and(|by| by.starts_with(name)),
            "{status:?}"
        );
        assert_eq!(self.damage(), [] as [String; 0], "{name}");
    }

    fn take_output(&mut self) {
        match self.output.recv_timeout(LOOK_EVERY) {
            Ok(bytes) => self.take_in(&bytes),
            Err(RecvTimeoutError::Timeout) => {}
            // Nobody writes any more; there is nothing to wait for but the next look.
            Err(RecvTimeoutError::Disconnected) => thread::sleep(LOOK_EVERY),
        }
    }

    fn take_in(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        self.bytes.extend(bytes);
    }

    /// Sends a signal to the program itself.
    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        kill(self.child.process_id().unwrap(), signal);
    }

    /// What is not as it was before the program began: settings, and modes left on.
    pub(crate) fn damage(&self) -> Vec<String> {
        let mut damage = self.modes_left_on();
        if settings(self.master()) != self.settings {
            damage.push("settings".to_owned());
        }
        damage
    }

    /// Private modes that the program set and did not reset.
    pub(crate) fn modes_left_on(&self) -> Vec<String> {
        modes_left_on(&self.bytes)
    }

    /// Whether the terminal's settings are those from before.
    pub(crate) fn is_cooked(&self) -> bool {
        settings(self.master()) == self.settings
    }

    /// Every process of this stage that lives: the command lines by process id.
    pub(crate) fn processes(&self) -> BTreeMap<u32, String> {
        marked(&self.mark)
    }

    pub(crate) fn mark(&self) -> &str {
        &self.mark
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // Whatever a failed test leaves behind.
        for pid in self.processes().into_keys() {
            kill(pid, rustix::process::Signal::KILL);
        }
        let _ = self.child.wait();
    }
}

pub(crate) fn kill(pid: u32, signal: rustix::process::Signal) {
    let pid = rustix::process::Pid::from_raw(pid.try_into().unwrap()).unwrap();
    // It may be gone already.
    let _ = rustix::process::kill_process(pid, signal);
}

/// Every living process with this mark.
pub(crate) fn marked(mark: &str) -> BTreeMap<u32, String> {
    let wanted = format!("{MARK}={mark}");
    let text =
        |path: PathBuf| String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned();
    fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| {
            let entry = entry.unwrap();
            let pid = entry.file_name().to_str()?.parse().ok()?;
            let environment = text(entry.path().join("environ"));
            let found = environment.split('\0').any(|variable| variable == wanted);
            let words = text(entry.path().join("cmdline")).replace('\0', " ");
            found.then_some((pid, words))
        })
        .collect()
}

/// Private modes that the bytes set and did not reset; 25 is the cursor, which is on at first.
fn modes_left_on(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut modes = BTreeMap::from([("25".to_owned(), true)]);
    for part in text.split("\x1b[?").skip(1) {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        match part[digits.len()..].chars().next() {
            Some('h') => modes.insert(digits, true),
            Some('l') => modes.insert(digits, false),
            _ => None,
        };
    }
    modes
        .into_iter()
        .filter(|(mode, on)| *on != (mode == "25"))
        .map(|(mode, _)| format!("mode {mode}"))
        .collect()
}
