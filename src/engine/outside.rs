//! The user's own editor, as `$VISUAL` or `$EDITOR` names it: a copy of a program in a file that nobody else
//! can read, the editor as a job of its own in the foreground of the terminal, and what came back.
//!
//! Whoever owns the terminal gives it back first and takes it again afterwards. Nothing is lost whatever the
//! editor does: what it saved but can't be taken is left where it is, and told.

mod job;

use std::env;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

use parade_demos::python::syntax::SOURCE_MAX;

use crate::app::Outside;
pub use job::{Job, Look};

/// The most folders of this process that are tried for a copy.
const FOLDERS_MAX: u32 = 100;
/// What a shell ends with where it does not find a command.
const NOT_FOUND: i32 = 127;

/// A program in an editor.
#[derive(Debug)]
pub struct OutsideEditor {
    /// The editor, as it was named.
    name: String,
    /// The copy, in a folder of its own.
    copy: PathBuf,
    given: String,
    /// The editor as a job.
    pub job: Job,
}

impl OutsideEditor {
    /// Copies the program into a file and starts the editor with it.
    ///
    /// # Errors
    /// In words: if no editor is named, or the system refuses.
    pub fn start(handed: &Outside) -> Result<Self, String> {
        let named = ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
            let value = env::var(name).ok()?;
            (!value.trim().is_empty()).then_some(value)
        });
        let name = named.ok_or("no editor is named: set VISUAL or EDITOR, for example to vim")?;
        let copy = write_copy(&handed.program, &handed.text)
            .map_err(|error| format!("failed to copy the program for {name}: {error}"))?;
        match Job::start(&name, &copy) {
            Ok(job) => Ok(Self {
                name,
                copy,
                given: handed.text.clone(),
                job,
            }),
            Err(error) => {
                remove(&copy);
                Err(format!("failed to start {name}: {error}"))
            }
        }
    }

    /// The program as the editor left it.
    ///
    /// # Errors
    /// In words, why there is none. What the editor saved and is not taken stays in its file, which is named.
    pub fn finish(self, ended: io::Result<ExitStatus>) -> Result<String, String> {
        let saved = read_copy(&self.copy);
        let name = &self.name;
        let why = match ended {
            Ok(status) if status.success() => None,
            Ok(status) => Some(match (status.code(), status.signal()) {
                (Some(NOT_FOUND), _) => {
                    format!("{name} was not found; VISUAL or EDITOR names the editor")
                }
                (Some(code), _) => format!("{name} ended with {code}: the program stays as it was"),
                (None, Some(signal)) => {
                    format!("{name} was ended by signal {signal}: the program stays as it was")
                }
                (None, None) => format!("{name} ended: the program stays as it was"),
            }),
            Err(error) => Some(format!("failed to wait for {name}: {error}")),
        };
        match (why, saved) {
            (None, Ok(text)) => {
                remove(&self.copy);
                Ok(text)
            }
            (None, Err(error)) if error.kind() == io::ErrorKind::NotFound => {
                remove(&self.copy);
                Err(format!("{name} left no file: the program stays as it was"))
            }
            (None, Err(error)) => Err(format!("failed to read {}: {error}", self.copy.display())),
            (Some(why), Ok(text)) if text == self.given => {
                remove(&self.copy);
                Err(why)
            }
            (Some(why), Err(error)) if error.kind() == io::ErrorKind::NotFound => {
                remove(&self.copy);
                Err(why)
            }
            (Some(why), _) => Err(format!(
                "{why}; what was saved is in {}",
                self.copy.display()
            )),
        }
    }
}

/// A new file with this text, called as the program, in a new folder that is the user's alone.
fn write_copy(program: &str, text: &str) -> io::Result<PathBuf> {
    let stem = Path::new(program).file_name().unwrap_or_default();
    let name = Path::new(stem).with_extension("py");
    let folder = new_folder(&env::temp_dir())?;
    let copy = folder.join(name);
    let written = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&copy)
        .and_then(|mut file| file.write_all(text.as_bytes()));
    match written {
        Ok(()) => Ok(copy),
        Err(error) => {
            remove(&copy);
            Err(error)
        }
    }
}

fn new_folder(within: &Path) -> io::Result<PathBuf> {
    let mut refused = io::Error::from(io::ErrorKind::AlreadyExists);
    for number in 1..=FOLDERS_MAX {
        let folder = within.join(format!("parade-{}-{number}", std::process::id()));
        match DirBuilder::new().mode(0o700).create(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => refused = error,
            Err(error) => return Err(error),
        }
    }
    Err(refused)
}

/// What is in the file now. No more is read than a program may have.
fn read_copy(copy: &Path) -> io::Result<String> {
    let mut text = String::new();
    let most = SOURCE_MAX as u64 + 1;
    File::open(copy)?.take(most).read_to_string(&mut text)?;
    if text.len() > SOURCE_MAX {
        let why = format!("a program has at most {} KiB of text", SOURCE_MAX / 1024);
        return Err(io::Error::new(io::ErrorKind::InvalidData, why));
    }
    Ok(text)
}

/// Removes the copy and its folder; what an editor left beside it stays.
fn remove(copy: &Path) {
    // Neither is missed: they lie where the system clears up.
    let _ = fs::remove_file(copy);
    if let Some(folder) = copy.parent() {
        let _ = fs::remove_dir(folder);
    }
}
