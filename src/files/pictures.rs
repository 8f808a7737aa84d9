//! Files of bytes: the images that a deck names. Reads regular files alone, and no more of them than
//! there may be.

use std::fs::{File, Metadata};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::path::Path;

use rustix::fs::{Mode, OFlags, open};

use super::{BUILT_IN_IMAGES, because, named};
use crate::parse::FileHead;
use crate::pixels::{FILE_BYTES_MAX, HEAD_BYTES};

/// All of an image's file, in this folder of a deck; without a folder it is compiled in.
///
/// # Errors
/// Finishes the sentence "failed to show it: …".
pub fn picture(folder: Option<&Path>, path: &Path) -> Result<Vec<u8>, String> {
    match folder {
        None => Ok(built_in(path)?.to_vec()),
        Some(folder) => {
            let (file, _) = regular(&folder.join(path))?;
            first(file, FILE_BYTES_MAX)
        }
    }
}

/// The first bytes of an image's file.
pub(super) fn head(path: &Path) -> Result<FileHead, String> {
    let (file, about) = regular(path)?;
    let bytes = first(file, HEAD_BYTES)?;
    let mut content = DefaultHasher::new();
    bytes.hash(&mut content);
    about.len().hash(&mut content);
    about.modified().ok().hash(&mut content);
    Ok(FileHead {
        bytes,
        content: content.finish(),
    })
}

/// An image that is compiled in.
pub(super) fn built_in(path: &Path) -> Result<&'static [u8], String> {
    named(BUILT_IN_IMAGES, path)
}

/// A regular file that is not too large. Opened without waiting: a named pipe has nobody who writes.
fn regular(path: &Path) -> Result<(File, Metadata), String> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let opened = open(path, flags, Mode::empty());
    let file = File::from(opened.map_err(|error| because(&error.into()))?);
    let about = file.metadata().map_err(|error| because(&error))?;
    if !about.is_file() {
        return Err("it is no regular file".to_owned());
    }
    if about.len() > FILE_BYTES_MAX {
        return Err(format!("it is larger than {} MiB", FILE_BYTES_MAX >> 20));
    }
    Ok((file, about))
}

fn first(file: File, count: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = file.take(count).read_to_end(&mut bytes);
    read.map_err(|error| because(&error))?;
    Ok(bytes)
}
