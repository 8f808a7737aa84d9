//! A real `python3`, where there is one.

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// Set where the absence of a real Python is an error, not a reason to leave a test out.
const REQUIRED: &str = "PARADE_TEST_PYTHON";

/// What running a program came to, as far as it must be the same everywhere.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// What it printed.
    pub(crate) output: String,
    /// The exception's class, and the line and function of each call that it went through.
    pub(crate) raised: Option<(String, Vec<(u32, String)>)>,
}

impl Told {
    pub(crate) fn new(output: String, traceback: Option<&str>) -> Self {
        let raised = traceback.map(raised);
        Self { output, raised }
    }
}

/// Reads a traceback. Messages are not compared: they differ between versions of Python.
fn raised(traceback: &str) -> (String, Vec<(u32, String)>) {
    let call = |line: &str| {
        let (_, place) = line.strip_prefix("  File \"")?.split_once("\", line ")?;
        let (line, function) = place.split_once(", in ")?;
        Some((line.parse().ok()?, function.to_owned()))
    };
    let last = traceback.trim_end().lines().last().unwrap_or_default();
    let class = last.split(':').next().unwrap_or_default();
    (
        class.to_owned(),
        traceback.lines().filter_map(call).collect(),
    )
}

/// The real Python to compare with, if there is one; `test` says so if there is none.
pub(crate) fn python(test: &str) -> Option<&'static Path> {
    static PYTHON: OnceLock<Option<PathBuf>> = OnceLock::new();
    let python = PYTHON.get_or_init(|| {
        let python = find();
        assert!(
            python.is_some() || env::var_os(REQUIRED).is_none(),
            "{REQUIRED} is set, and there is no python3"
        );
        if python.is_none() {
            // Past the test harness, which keeps what a passing test prints to itself.
            let _ = writeln!(io::stderr(), "{test} did not run: there is no python3");
        }
        python
    });
    python.as_deref()
}

/// What `python3` stands for: it may be a script that looks for one of several, each time anew.
fn find() -> Option<PathBuf> {
    let itself = ["-c", "import sys; print(sys.executable)"];
    let output = Command::new("python3").args(itself).output().ok()?;
    let path = String::from_utf8(output.stdout).ok()?;
    Some(PathBuf::from(path.trim_end())).filter(|path| path.is_file())
}

/// Runs a program to its end.
pub(crate) fn run(python: &Path, file: &Path, arguments: &[&str]) -> Told {
    // Isolated from the user's own settings and modules; text is UTF-8 wherever this runs.
    let Output { stdout, stderr, .. } = Command::new(python)
        .args(["-I", "-S", "-X", "utf8"])
        .arg(file)
        .args(arguments)
        .output()
        .expect("it was there just now");
    let [stdout, stderr] = [stdout, stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    Told::new(
        stdout,
        Some(stderr.as_str()).filter(|text| !text.is_empty()),
    )
}
