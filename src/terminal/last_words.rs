//! What is told on standard error when nothing else is left to do. It ends in time, even where
//! nobody reads the terminal any more.

use std::io::{self, Write};
use std::time::Duration;

use super::Tty;

/// How long a stuck terminal may hold up the program's end.
const WORDS_MAX: Duration = Duration::from_millis(50);

/// Writes to standard error, or gives up on a terminal that takes nothing. Neither a closed nor a
/// full standard error is worth another word: whoever could be told is gone.
pub fn tell(words: &str) {
    let _ = match Tty::behind(rustix::stdio::stderr()) {
        Ok(tty) => tty.write_within(words.as_bytes(), WORDS_MAX),
        Err(_) => io::stderr().write_all(words.as_bytes()),
    };
}
