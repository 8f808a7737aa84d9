//! A learner's progress on disk: one file for each deck in the user's state folder.
//!
//! A file is replaced as a whole, never written into, so that a crash leaves the old one or the new one.
//! Whoever writes takes a lock file, reads what is there and adds what is new: two windows lose nothing
//! of each other. A file that can't be read is kept aside. [`keeper`] writes while the talk goes on.

mod keeper;
mod name;
mod recall;
#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use parade_demos::visible::visible_string;
use serde::{Deserialize, Serialize};

pub(super) use keeper::Keeper;
pub use name::folder;

use crate::app::{Guess, Progress};
use crate::files::{self, Source};

/// The version of the files.
const VERSION: u32 = 1;
/// The largest file that is read, in bytes.
const BYTES_MAX: u64 = 4 << 20;
/// The most broken files of one deck that are kept aside.
const ASIDE_MAX: usize = 100;

/// Where one deck's progress is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    path: PathBuf,
    /// The deck, as a list of all progress names it.
    deck: String,
    /// How many slides it has.
    slides: usize,
}

/// A deck's progress, as a list of all tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The deck.
    pub deck: String,
    /// How many slides it had.
    pub slides: usize,
    /// What was done with it.
    pub progress: Progress,
}

/// A file as it is written.
#[derive(Debug, Serialize, Deserialize)]
struct Written {
    version: u32,
    deck: String,
    slides: usize,
    #[serde(flatten)]
    progress: Progress,
}

/// What alone is read of a file first.
#[derive(Deserialize)]
struct Version {
    version: u32,
}

/// Why progress can't be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The system refused.
    #[error("failed to {what} {}: {error}", path.display())]
    Refused {
        /// What was to be done.
        what: &'static str,
        /// With which file.
        path: PathBuf,
        /// Why not.
        error: std::io::Error,
    },
    /// A newer parade wrote it, and must not lose what only it knows.
    #[error("failed to read {}: a newer parade wrote it", .0.display())]
    Newer(PathBuf),
    /// It is cut short, or was never progress.
    #[error("failed to read {}: {why}", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        why: String,
    },
}

impl Store {
    /// Where a deck's progress belongs in a folder; a deck from standard input has no name to keep it by.
    pub fn of(folder: &Path, source: &Source, slides: usize) -> Option<Self> {
        let (path, deck) = name::of(folder, source)?;
        Some(Self { path, deck, slides })
    }

    /// What was kept; nothing where there is no file.
    ///
    /// # Errors
    /// If there is a file that can't be read.
    pub fn load(&self) -> Result<Progress, StoreError> {
        let written = read(&self.path)?;
        Ok(written.map(|written| written.progress).unwrap_or_default())
    }

    /// Adds what is new to what is kept by now. A file that can't be understood is put aside, and a new
    /// one begins.
    ///
    /// # Errors
    /// If the disk refuses, or a newer parade wrote the file.
    pub fn add(&self, news: Progress) -> Result<(), StoreError> {
        let _lock = self.lock()?;
        let mut progress = match self.load() {
            Ok(progress) => progress,
            Err(StoreError::Broken { .. }) => {
                self.put_aside()?;
                Progress::default()
            }
            Err(error) => return Err(error),
        };
        progress.take_in(news);
        self.write(progress)
    }

    /// Puts a file that can't be understood aside, under a name that no other has. Gives the name.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn put_aside(&self) -> Result<PathBuf, StoreError> {
        let names =
            (1..=ASIDE_MAX).map(|number| self.path.with_extension(format!("broken-{number}")));
        let free = names.into_iter().find(|name| !name.exists());
        let aside = free.unwrap_or_else(|| self.path.with_extension("broken-1"));
        match fs::rename(&self.path, &aside) {
            Ok(()) => Ok(aside),
            Err(error) => Err(refused("put aside", &self.path, error)),
        }
    }

    /// Forgets this deck's progress. Tells whether there was any.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn reset(&self) -> Result<bool, StoreError> {
        if !self.path.exists() {
            return Ok(false);
        }
        let _lock = self.lock()?;
        remove(&self.path)
    }

    /// Keeps everybody else from writing until it is dropped. The lock file stays: were it removed,
    /// somebody who waits for it would lock a file that nobody else finds.
    fn lock(&self) -> Result<File, StoreError> {
        let path = self.path.with_extension("lock");
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|error| refused("make", folder, error))?;
        if fs::metadata(&path).is_ok_and(|found| !found.is_file()) {
            let error = std::io::Error::other("it is no file");
            return Err(refused("open", &path, error));
        }
        let file = File::options().create(true).append(true).open(&path);
        let file = file.map_err(|error| refused("open", &path, error))?;
        file.lock().map_err(|error| refused("lock", &path, error))?;
        Ok(file)
    }

    /// Replaces the file as a whole; of a link, what it leads to.
    fn write(&self, progress: Progress) -> Result<(), StoreError> {
        let written = Written {
            version: VERSION,
            deck: self.deck.clone(),
            slides: self.slides,
            progress,
        };
        let put = || -> std::io::Result<()> {
            let mut text = serde_json::to_string_pretty(&written)?;
            text.push('\n');
            files::replace(&self.path, text.as_bytes())
        };
        put().map_err(|error| refused("write", &self.path, error))
    }
}

/// The progress of every deck in a folder, by the decks' names. What can't be read is told beside it.
///
/// # Errors
/// If the folder can't be read.
pub fn list(folder: &Path) -> Result<(Vec<Kept>, Vec<StoreError>), StoreError> {
    let (mut kept, mut broken) = (Vec::new(), Vec::new());
    for path in files(folder)?
        .into_iter()
        .filter(|path| has_ending(path, "json"))
    {
        match read(&path) {
            Ok(Some(written)) => kept.push(Kept {
                deck: written.deck,
                slides: written.slides,
                progress: written.progress,
            }),
            Ok(None) => {}
            Err(error) => broken.push(error),
        }
    }
    kept.sort_by(|one, other| one.deck.cmp(&other.deck));
    Ok((kept, broken))
}

/// Forgets the progress of every deck in a folder, what was put aside included. Gives how many decks
/// had some.
///
/// # Errors
/// If the disk refuses.
pub fn reset_all(folder: &Path) -> Result<usize, StoreError> {
    let mut decks = 0;
    for path in files(folder)?
        .into_iter()
        .filter(|path| !has_ending(path, "lock"))
    {
        let is_deck = has_ending(&path, "json");
        if remove(&path)? && is_deck {
            decks += 1;
        }
    }
    Ok(decks)
}

/// The files of a folder; none where there is no folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(refused("read", folder, error)),
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    Ok(paths.filter(|path| path.is_file()).collect())
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|known| known == ending)
}

fn remove(path: &Path) -> Result<bool, StoreError> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(refused("remove", path, error)),
    }
}

fn read(path: &Path) -> Result<Option<Written>, StoreError> {
    let mut text = String::new();
    let broken = |why: String| StoreError::Broken {
        path: path.to_owned(),
        why,
    };
    // Looked at before it is opened: a pipe would wait for somebody to write.
    let file = match fs::metadata(path) {
        Ok(found) if !found.is_file() => return Err(broken("it is no file".to_owned())),
        Ok(_) => File::open(path),
        Err(error) => Err(error),
    };
    let file = match file {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(refused("read", path, error)),
    };
    match file.take(BYTES_MAX + 1).read_to_string(&mut text) {
        Ok(_) if text.len() as u64 > BYTES_MAX => return Err(broken("it is too large".to_owned())),
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::InvalidData => {
            return Err(broken("it is no text".to_owned()));
        }
        Err(error) => return Err(refused("read", path, error)),
    }
    let version: Version =
        serde_json::from_str(&text).map_err(|error| broken(error.to_string()))?;
    if version.version > VERSION {
        return Err(StoreError::Newer(path.to_owned()));
    }
    let written: Written =
        serde_json::from_str(&text).map_err(|error| broken(error.to_string()))?;
    Ok(Some(Written {
        deck: visible_string(written.deck),
        progress: visible(written.progress),
        ..written
    }))
}

/// A file can be edited: its texts are made fit to be shown, as a deck's are.
fn visible(mut progress: Progress) -> Progress {
    for kept in progress.predictions.values_mut() {
        if let Guess::Choice(text) = &mut kept.guess {
            *text = visible_string(std::mem::take(text));
        }
        if let Some(came) = &mut kept.came {
            came.text = visible_string(std::mem::take(&mut came.text));
        }
    }
    for attempt in progress.challenges.values_mut() {
        attempt.met = attempt.met.take().map(visible_string);
    }
    progress
}

fn refused(what: &'static str, path: &Path, error: std::io::Error) -> StoreError {
    StoreError::Refused {
        what,
        path: path.to_owned(),
        error,
    }
}
