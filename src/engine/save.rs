//! Keeps the result of a run in a file of its own, as `parade run --json` prints it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use parade_demos::report::Report;

use crate::app::Notice;

/// The most results of one demo in a folder.
const RESULTS_MAX: u32 = 1000;

/// Writes a result into a folder, never over another file, and tells what came of that.
pub(super) fn in_folder(folder: &Path, report: &Report) -> Notice {
    match write(folder, report) {
        Ok(path) => Notice {
            text: format!("the result is in {}", path.display()),
            bad: false,
        },
        Err(error) => Notice {
            text: format!("failed to write the result: {error}"),
            bad: true,
        },
    }
}

fn write(folder: &Path, report: &Report) -> io::Result<PathBuf> {
    let mut line = serde_json::to_vec(report)?;
    line.push(b'\n');
    let (path, mut file) = create(folder, &stem(&report.demo))?;
    let written = file.write_all(&line);
    if written.is_err() {
        // Half a result is none; should that fail too, the first error is the one to tell.
        let _ = fs::remove_file(&path);
    }
    written.map(|()| path)
}

/// A file that was not there: `races.json`, `races-2.json`…
fn create(folder: &Path, stem: &str) -> io::Result<(PathBuf, File)> {
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for number in 1..=RESULTS_MAX {
        let name = match number {
            1 => format!("{stem}.json"),
            _ => format!("{stem}-{number}.json"),
        };
        let path = folder.join(name);
        match File::create_new(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

/// A demo's name as a file's.
fn stem(demo: &str) -> String {
    let plain = |c: char| {
        if c.is_alphanumeric() || c == '_' {
            c
        } else {
            '-'
        }
    };
    let stem: String = demo.chars().take(100).map(plain).collect();
    if stem.is_empty() {
        "result".to_owned()
    } else {
        stem
    }
}

#[cfg(test)]
mod tests {
    use parade_demos::spec::DemoSpec;

    use super::*;

    #[test]
    fn results_get_files_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let report = |name: &str| Report::empty(&DemoSpec::new(name, Vec::new()));
        for (demo, file) in [
            ("races", "races.json"),
            ("races", "races-2.json"),
            ("../etc/passwd", "---etc-passwd.json"),
            ("", "result.json"),
        ] {
            let report = report(demo);
            let path = folder.path().join(file);
            let expected = format!("the result is in {}", path.display());
            assert_eq!(in_folder(folder.path(), &report).text, expected);
            let text = fs::read_to_string(path).unwrap();
            assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
            assert!(text.ends_with("}\n"), "a line");
        }
    }

    #[test]
    fn a_folder_that_takes_nothing_is_told_of() {
        let report = Report::empty(&DemoSpec::new("races", Vec::new()));
        let notice = in_folder(Path::new("/nonexistent"), &report);
        assert_eq!(
            notice.text,
            "failed to write the result: No such file or directory (os error 2)"
        );
        assert!(notice.bad);
    }
}
