//! What a program prints: bounded, whatever it prints.

use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use crate::tail::Tail;

/// The beginning of what a program prints, up to a bound, and its last lines; what lies between is
/// counted and forgotten.
#[derive(Debug)]
pub struct Output {
    bytes_max: usize,
    written: Mutex<Written>,
    tail: Tail,
}

#[derive(Debug, Default)]
struct Written {
    text: String,
    bytes_cut: u64,
    hasher: Sha256,
}

impl Output {
    /// Room for so many bytes.
    pub fn new(bytes_max: usize) -> Self {
        Self {
            bytes_max,
            written: Mutex::default(),
            tail: Tail::new(1),
        }
    }

    /// Adds to it, as far as there is room.
    pub fn write(&self, text: &str) {
        let mut written = self.written();
        let room = self.bytes_max - written.text.len();
        let taken = if written.bytes_cut == 0 {
            text.floor_char_boundary(room)
        } else {
            0
        };
        written.text.push_str(&text[..taken]);
        written.bytes_cut += (text.len() - taken) as u64;
        written.hasher.update(text);
        self.tail.write(0, text.as_bytes());
    }

    /// The beginning of the SHA-256 of all that was printed.
    pub fn checksum(&self) -> u64 {
        let hash = self.written().hasher.clone().finalize();
        hash.iter()
            .take(8)
            .fold(0, |sum, &byte| sum << 8 | u64::from(byte))
    }

    /// The last lines.
    pub fn last_lines(&self) -> Vec<String> {
        self.tail.last_lines()
    }

    /// What is kept of it so far.
    pub fn text(&self) -> String {
        self.written().text.clone()
    }

    /// How many bytes there was no room for.
    pub fn bytes_cut(&self) -> u64 {
        self.written().bytes_cut
    }

    fn written(&self) -> MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Output;

    #[test]
    fn keeps_whole_characters_up_to_its_bound() {
        let output = Output::new(5);
        output.write("abc");
        output.write("dé");
        output.write("f");
        assert_eq!((output.text().as_str(), output.bytes_cut()), ("abcd", 3));
    }
}
