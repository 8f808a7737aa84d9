//! What a child of this program does for it: requests and answers as JSON, a line each.

use std::io::{self, BufRead, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Answers requests until the input ends. A line of more bytes than these is no request.
///
/// # Errors
/// When input or output fails, or a request isn't one.
pub fn serve<Request: DeserializeOwned, Answer: Serialize>(
    mut input: impl BufRead,
    mut output: impl Write,
    bytes_max: u64,
    mut answer: impl FnMut(Request) -> Answer,
) -> io::Result<()> {
    let mut line = String::new();
    loop {
        line.clear();
        let read = Read::take(&mut input, bytes_max).read_line(&mut line)?;
        if read == 0 {
            return Ok(());
        }
        let answer = answer(serde_json::from_str(&line)?);
        serde_json::to_writer(&mut output, &answer)?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
}
