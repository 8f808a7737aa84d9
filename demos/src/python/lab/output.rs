//! What a program prints: bounded, whatever it prints.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The beginning of what a program prints, up to a bound; what comes after it is counted and forgotten.
#[derive(Debug)]
pub struct Output {
    bytes_max: usize,
    written: Mutex<Written>,
}

#[derive(Debug, Default)]
struct Written {
    text: String,
    bytes_cut: u64,
}

impl Output {
    /// Room for so many bytes.
    pub fn new(bytes_max: usize) -> Self {
        Self {
            bytes_max,
            written: Mutex::default(),
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
