//! Where talks have their sockets: a folder that is this user's alone.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, Metadata};
use std::io::{self, BufRead, BufReader, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::process::getuid;

use crate::app::{Hello, Tell};

/// The longest path that every system takes for a socket; macOS has 104 bytes with the zero at the
/// end, Linux 108.
const PATH_BYTES_MAX: usize = 103;
/// The longest name of a socket in the folder.
const NAME_BYTES_MAX: usize = "/4194304.sock".len();
/// How long a talk may take to say who it is.
const HELLO_MAX: Duration = Duration::from_millis(500);
/// The most bytes of that.
const HELLO_BYTES_MAX: u64 = 4096;

/// Why there is no folder for sockets.
#[derive(Debug, thiserror::Error)]
pub enum NoFolder {
    /// The system says no.
    #[error("failed to make the folder {}: {error}", path.display())]
    Io {
        /// The folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Others could have put something there.
    #[error("failed to trust the folder {}: {why}; remove it, or set XDG_RUNTIME_DIR to a folder of your own", path.display())]
    NotOwn {
        /// The folder.
        path: PathBuf,
        /// What is the matter.
        why: &'static str,
    },
}

/// A talk that is going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TalkFound {
    /// Its socket.
    pub socket: PathBuf,
    /// Its process.
    pub pid: u32,
    /// Who it says that it is; `None` of one that does not answer, because it is stopped.
    pub hello: Option<Hello>,
}

/// This user's folder, made where it is missing: in the runtime directory, or else the temporary one.
///
/// # Errors
/// If it can't be made, or is not this user's alone.
pub fn folder() -> Result<PathBuf, NoFolder> {
    let path = choose(runtime(), &std::env::temp_dir());
    own(&path)?;
    Ok(path)
}

fn runtime() -> Option<PathBuf> {
    std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from)
}

/// Every folder in which a talk of this user may have its socket: over ssh the runtime directory may
/// be the same, but nobody may have said so.
fn folders() -> Result<Vec<PathBuf>, NoFolder> {
    let mut folders = vec![folder()?];
    if runtime().is_none() {
        let user = Path::new("/run/user").join(getuid().as_raw().to_string());
        let elsewhere = user.join("parade");
        if elsewhere.is_dir() && own(&elsewhere).is_ok() {
            folders.push(elsewhere);
        }
    }
    Ok(folders)
}

/// The first folder whose sockets have paths that are short enough.
fn choose(runtime: Option<PathBuf>, temporary: &Path) -> PathBuf {
    let fits = |path: &PathBuf| path.as_os_str().len() + NAME_BYTES_MAX <= PATH_BYTES_MAX;
    let private = format!("parade-{}", getuid().as_raw());
    let runtime = runtime.filter(|folder| folder.is_absolute() && folder.is_dir());
    [
        runtime.map(|folder| folder.join("parade")),
        Some(temporary.join(&private)),
    ]
    .into_iter()
    .flatten()
    .find(fits)
    .unwrap_or_else(|| Path::new("/tmp").join(private))
}

/// Makes sure that the folder is there, and this user's alone.
fn own(path: &Path) -> Result<(), NoFolder> {
    let failed = |error| NoFolder::Io {
        path: path.to_owned(),
        error,
    };
    match DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(failed(error)),
        _ => {}
    }
    // What a link leads to may be anybody's.
    let about = fs::symlink_metadata(path).map_err(failed)?;
    match foreign(&about) {
        None if about.is_dir() => Ok(()),
        why => Err(NoFolder::NotOwn {
            path: path.to_owned(),
            why: why.unwrap_or("it is no folder"),
        }),
    }
}

/// Why others than this user have to do with a file, if they have.
fn foreign(about: &Metadata) -> Option<&'static str> {
    if about.uid() != getuid().as_raw() {
        Some("it belongs to another user")
    } else if about.mode() & 0o077 != 0 {
        Some("others may use it")
    } else {
        None
    }
}

/// The socket of a process.
pub(super) fn socket(folder: &Path, pid: u32) -> PathBuf {
    folder.join(format!("{pid}.sock"))
}

/// The process whose socket this is.
fn owner(socket: &Path) -> Option<u32> {
    if socket.extension() != Some(OsStr::from_bytes(b"sock")) {
        return None;
    }
    socket.file_stem()?.to_str()?.parse().ok()
}

/// The talks that are going on, by process. Sockets that nobody listens to any more are removed.
///
/// # Errors
/// If there is no folder that is this user's alone.
pub fn talks() -> Result<Vec<TalkFound>, NoFolder> {
    let mut talks = Vec::new();
    for folder in folders()? {
        talks.extend(talks_in(&folder)?);
    }
    talks.sort_by_key(|talk| talk.pid);
    Ok(talks)
}

pub(super) fn talks_in(folder: &Path) -> Result<Vec<TalkFound>, NoFolder> {
    let found = |socket: PathBuf| {
        let stream = reach(&socket)?;
        Some(TalkFound {
            pid: owner(&socket)?,
            hello: hello(stream),
            socket,
        })
    };
    Ok(sockets(folder)?.filter_map(found).collect())
}

/// Removes the sockets that nobody listens to any more.
pub(super) fn sweep(folder: &Path) {
    // Without a look into it there is nothing to be removed.
    for socket in sockets(folder).into_iter().flatten() {
        drop(reach(&socket));
    }
}

fn sockets(folder: &Path) -> Result<impl Iterator<Item = PathBuf> + use<>, NoFolder> {
    let entries = fs::read_dir(folder).map_err(|error| NoFolder::Io {
        path: folder.to_owned(),
        error,
    })?;
    Ok(entries.filter_map(|entry| Some(entry.ok()?.path())))
}

/// Connects to a talk. A socket that nobody listens to is removed.
fn reach(socket: &Path) -> Option<UnixStream> {
    owner(socket)?;
    let about = fs::symlink_metadata(socket).ok()?;
    if !about.file_type().is_socket() || about.uid() != getuid().as_raw() {
        return None;
    }
    match UnixStream::connect(socket) {
        Ok(stream) => Some(stream),
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            // Another console may have been quicker.
            let _ = fs::remove_file(socket);
            None
        }
        Err(_) => None,
    }
}

fn hello(stream: UnixStream) -> Option<Hello> {
    stream.set_read_timeout(Some(HELLO_MAX)).ok()?;
    let mut line = String::new();
    BufReader::new(stream.take(HELLO_BYTES_MAX))
        .read_line(&mut line)
        .ok()?;
    match serde_json::from_str(&line) {
        Ok(Tell::Hello(hello)) => Some(hello),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_folder_is_chosen_whose_sockets_can_be_named() {
        let folder = tempfile::tempdir().unwrap();
        let private = format!("parade-{}", getuid().as_raw());
        let long = folder.path().join("x".repeat(100));
        fs::create_dir(&long).unwrap();
        let here = || Some(folder.path().to_owned());
        for (runtime, temporary, expected) in [
            (here(), "/var/tmp".into(), folder.path().join("parade")),
            (
                None,
                "/var/tmp".into(),
                Path::new("/var/tmp").join(&private),
            ),
            (
                Some("relative".into()),
                "/var/tmp".into(),
                Path::new("/var/tmp").join(&private),
            ),
            (
                Some(folder.path().join("gone")),
                "/var/tmp".into(),
                Path::new("/var/tmp").join(&private),
            ),
            (
                Some(long.clone()),
                "/var/tmp".into(),
                Path::new("/var/tmp").join(&private),
            ),
            (Some(long.clone()), long, Path::new("/tmp").join(&private)),
        ] {
            assert_eq!(
                choose(runtime.clone(), Path::new(&temporary)),
                expected,
                "{runtime:?}"
            );
        }
    }

    #[test]
    fn a_folder_that_others_may_use_is_refused() {
        let scratch = tempfile::tempdir().unwrap();
        let path = scratch.path().join("parade");
        own(&path).expect("it is made");
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o700);
        own(&path).expect("it is there");

        fs::set_permissions(&path, fs::Permissions::from_mode(0o750)).unwrap();
        assert!(
            own(&path)
                .unwrap_err()
                .to_string()
                .contains("others may use it")
        );

        let link = scratch.path().join("link");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
        symlink(&path, &link).unwrap();
        assert!(own(&link).is_err());

        let file = scratch.path().join("file");
        fs::write(&file, "").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(
            own(&file)
                .unwrap_err()
                .to_string()
                .contains("it is no folder")
        );
    }
}
