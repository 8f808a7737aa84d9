//! Reads the trace of a demo's rehearsal.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use parade_demos::trace::Trace;
use parade_demos::trace::file::{ReadError, read};

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
        Err(error) => Err(format!("failed to read {}: {error}", path.display())),
    }
}
