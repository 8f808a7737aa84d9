//! A file's new content in place of its old one, whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file. Whoever looks sees what was there before or all of the new content, also when the
/// program ends or the disk is full in between: it is written beside, under a name of its own, and then
/// takes the file's place. Of a link, what it leads to is replaced. What is no file, as a pipe, is
/// written to.
///
/// # Errors
/// If the disk refuses. What is there is what was there before.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&path).ok();
    if before.as_ref().is_some_and(|before| !before.is_file()) {
        return OpenOptions::new().write(true).open(&path)?.write_all(bytes);
    }
    let beside = beside(&path)?;
    let put = || {
        let mut file = File::create(&beside)?;
        if let Some(before) = before {
            file.set_permissions(before.permissions())?;
        }
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, &path)
    };
    let put = put();
    if put.is_err() {
        // Half a file is none; should it stay, the first error tells more.
        let _ = fs::remove_file(&beside);
    }
    put
}

/// A hidden name in the same folder, which no other process takes.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    let name = format!(".{}.{}.new", name.to_string_lossy(), std::process::id());
    Ok(path.with_file_name(name))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use rustix::fs::{CWD, FileType, Mode};

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name();
        let mut names: Vec<_> = entries
            .map(|entry| name(entry).into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_as_a_whole_and_keeps_its_mode_and_its_links() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("talk.html"), "before").unwrap();
        fs::set_permissions(at("talk.html"), PermissionsExt::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink("talk.html", at("link")).unwrap();
        let mut reader = File::open(at("talk.html")).unwrap();

        replace(&at("link"), b"after").unwrap();
        replace(&at("new.html"), b"new").unwrap();

        let content = |name| fs::read_to_string(at(name)).unwrap();
        assert_eq!(
            (content("talk.html"), content("new.html")),
            ("after".into(), "new".into())
        );
        // Whoever reads the old one reads it to its end.
        assert_eq!(io::read_to_string(&mut reader).unwrap(), "before");
        let mode = fs::metadata(at("talk.html")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        assert!(fs::symlink_metadata(at("link")).unwrap().is_symlink());
        assert_eq!(names(folder.path()), ["link", "new.html", "talk.html"]);
    }

    #[test]
    fn what_cannot_be_written_leaves_nothing_and_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let full = Path::new("/dev/full");
        assert!(replace(full, b"text").is_err(), "and it stays a device");
        assert!(!fs::metadata(full).unwrap().is_file());
        assert!(replace(folder.path(), b"text").is_err());
        assert!(replace(&folder.path().join("nowhere/file"), b"text").is_err());
        assert_eq!(names(folder.path()), [""; 0]);
    }

    #[test]
    fn a_pipe_is_written_to_and_stays_one() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        rustix::fs::mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        // Both ends, so that neither waits for the other.
        let both = File::options().read(true).write(true).open(&pipe).unwrap();
        replace(&pipe, b"text").unwrap();
        let mut read = [0; 4];
        io::Read::read_exact(&mut &both, &mut read).unwrap();
        assert_eq!(&read, b"text");
        assert_eq!(names(folder.path()), ["pipe"]);
    }
}
