//! Reads the trace of a demo's rehearsal.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use parade_demos::trace::file::{ReadError, read};
use parade_demos::trace::{Trace, VERSION};

use crate::deck::Date;

/// The trace, and the day on which it was recorded; or why there is none.
pub(super) fn find(path: Option<PathBuf>) -> Result<(Arc<Trace>, Option<String>), String> {
    let path = path.ok_or("this deck has no place for traces")?;
    match read(&path) {
        Ok(trace) => {
            let day = trace.recorded_s.and_then(Date::of_unix);
            Ok((Arc::new(trace), day.map(|day| day.to_string())))
        }
        Err(ReadError::Io(error)) if error.kind() == io::ErrorKind::NotFound => {
            Err("it was not rehearsed; `parade rehearse DECK` does that".to_owned())
        }
        // Short enough for the status bar of a small screen.
        Err(ReadError::Version(version)) => Err(format!(
            "its trace is of version {version}, not {VERSION}; rehearse it anew"
        )),
        Err(ReadError::Foreign(_)) => Err("its trace is damaged; rehearse it anew".to_owned()),
        Err(error) => Err(format!("failed to read its trace: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_that_cannot_be_read_is_told_of_in_a_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        let found = || find(Some(path.clone())).unwrap_err();
        assert_eq!(
            found(),
            "it was not rehearsed; `parade rehearse DECK` does that"
        );
        for (text, expected) in [
            (
                "{\"trace\": 1, \"rep",
                "its trace is damaged; rehearse it anew",
            ),
            (
                "{\"trace\": 99}",
                "its trace is of version 99, not 1; rehearse it anew",
            ),
        ] {
            std::fs::write(&path, text).unwrap();
            assert_eq!(found(), expected);
        }
        assert_eq!(find(None).unwrap_err(), "this deck has no place for traces");
    }
}
