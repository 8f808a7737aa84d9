//! Decoding for another process.

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Drawn, Form, draw};
use crate::service;

/// A line of requests longer than this ends the service: it names one file.
const REQUEST_BYTES_MAX: u64 = 1 << 20;

/// An image that is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// What the answer carries too.
    pub key: u64,
    /// The folder of the deck that names it; `None` where it is compiled in.
    pub folder: Option<PathBuf>,
    /// The file, as seen from that folder.
    pub path: PathBuf,
    /// As what it is wanted.
    pub forms: Vec<Form>,
}

/// What became of an image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The request's key.
    pub key: u64,
    /// The image in the forms that were asked for, in their order; or why it can't be shown.
    pub drawn: Result<Vec<Drawn>, String>,
}

/// Answers requests until the input ends. `read` gives a file's bytes.
///
/// # Errors
/// When input or output fails, or a request isn't one.
pub fn serve(
    input: impl BufRead,
    output: impl Write,
    read: impl Fn(Option<&Path>, &Path) -> Result<Vec<u8>, String>,
) -> io::Result<()> {
    service::serve(input, output, REQUEST_BYTES_MAX, |request: Request| {
        let bytes = read(request.folder.as_deref(), &request.path);
        Answer {
            key: request.key,
            drawn: bytes.and_then(|bytes| draw(&bytes, &request.forms)),
        }
    })
}
