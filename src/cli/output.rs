//! Standard output, whose failures say that they are its own.

use std::io::{self, ErrorKind, Write};

/// Writes to what is within.
pub(super) struct Output<W>(pub(super) W);

impl<W: Write> Write for Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(name)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(name)
    }
}

/// The same failure with its whole sentence, except for one that only asks for another try.
fn name(error: io::Error) -> io::Error {
    match error.kind() {
        ErrorKind::Interrupted => error,
        kind => io::Error::new(kind, format!("failed to write to standard output: {error}")),
    }
}
