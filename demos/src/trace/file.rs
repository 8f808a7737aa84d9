//! Traces on disk: JSON, written whole or not at all, read within a limit.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Trace, VERSION};

/// The largest file that is read.
const FILE_BYTES_MAX: u64 = 64 << 20;

/// Why a trace can't be read. Each finishes the sentence "failed to read the trace: …".
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system says no.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is no trace, or it is damaged.
    #[error("this is no trace of a run: {0}")]
    Foreign(#[from] serde_json::Error),
    /// Another parade has written it.
    #[error(
        "it is of version {0} of the format, and this parade reads version {VERSION}; record it anew"
    )]
    Version(u32),
    /// Its frames are not of its run.
    #[error("its frames don't fit its report; record it anew")]
    Unplayable,
    /// No trace is so large.
    #[error("it is larger than {} MiB, and no trace is", FILE_BYTES_MAX >> 20)]
    Large,
}

/// All that every version has in common.
#[derive(Deserialize)]
struct Head {
    trace: u32,
}

/// Reads a trace.
///
/// # Errors
/// If there is none, one of another version, or one that can't be played.
pub fn read(path: &Path) -> Result<Trace, ReadError> {
    let mut text = String::new();
    File::open(path)?
        .take(FILE_BYTES_MAX + 1)
        .read_to_string(&mut text)?;
    if text.len() as u64 > FILE_BYTES_MAX {
        return Err(ReadError::Large);
    }
    let version = serde_json::from_str::<Head>(&text)?.trace;
    if version != VERSION {
        return Err(ReadError::Version(version));
    }
    let trace: Trace = serde_json::from_str(&text)?;
    trace.plays().then_some(trace).ok_or(ReadError::Unplayable)
}

/// Writes a trace beside its place, then puts it there: a reader sees all of it or what was before.
/// A pipe or a device takes it as it comes, and stays what it is.
///
/// # Errors
/// If the system says no; nothing is left then.
pub fn write(trace: &Trace, path: &Path) -> io::Result<()> {
    if path.metadata().is_ok_and(|there| !there.is_file()) {
        return write_to(trace, path).map(drop);
    }
    let beside = beside(path)?;
    let written = write_to(trace, &beside)
        .and_then(|file| file.sync_all())
        .and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // Should that fail too, the first error is the one to tell.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn write_to(trace: &Trace, path: &Path) -> io::Result<File> {
    let mut file = BufWriter::new(File::create(path)?);
    serde_json::to_writer(&mut file, trace)?;
    file.write_all(b"\n")?;
    Ok(file.into_inner()?)
}

/// A hidden name of this process's own, in the same folder, so that renaming crosses no file system.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    let name = name.to_string_lossy();
    Ok(path.with_file_name(format!(".{name}.{}", std::process::id())))
}
