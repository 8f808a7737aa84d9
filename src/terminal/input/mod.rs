//! Bytes from a terminal → keys, pastes, mouse, answers.
//!
//! A pure function over a buffer of bytes that may end anywhere. What is not understood is dropped
//! whole, so that half of an unknown sequence never becomes keys. Sources: ECMA-48 for the forms of
//! control sequences, xterm's "Control Sequences" for their meanings.

mod sequence;
#[cfg(test)]
mod tests;

use crate::app::Mouse;
use crate::key::{Chord, Key};

/// The most bytes of one paste.
const PASTE_BYTES_MAX: usize = 64 * 1024;
/// The most bytes of any other sequence, such as a terminal's answer.
const SEQUENCE_BYTES_MAX: usize = 4096;

const ESCAPE: u8 = 0x1b;
const PASTE_BEGIN: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// One thing that a terminal sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// A key.
    Key(Chord),
    /// Text, pasted.
    Paste(String),
    /// The mouse.
    Mouse(Mouse),
    /// An answer to [`super::graphics::QUERY`].
    Answer(Answer),
    /// The answer to [`super::shell::question::BACKGROUND_QUERY`]: whether the background is dark.
    Background {
        /// Darker than it is light.
        dark: bool,
    },
    /// Where the cursor is, counted from 0.
    Cursor {
        /// Its column.
        x: u16,
        /// Its row, never the first: a report of that looks as a key does.
        y: u16,
    },
}

/// What a terminal says of itself and of pictures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It takes kitty's graphics.
    Kitty,
    /// Its name and version.
    Version(String),
    /// A cell's width and height in pixels.
    Cell(u16, u16),
    /// What else it can.
    Attributes {
        /// It draws sixels.
        sixel: bool,
    },
}

/// What stands at the front of a buffer.
#[derive(Debug, PartialEq, Eq)]
enum Front {
    /// The beginning of something.
    Incomplete,
    /// So many bytes, and what they mean if anything.
    Taken(usize, Option<Input>),
}

/// Keeps what has arrived of a sequence until the rest does.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    bytes: Vec<u8>,
    /// What was pasted so far, while a paste goes on.
    paste: Option<Vec<u8>>,
}

impl Decoder {
    /// Takes in what was read.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Whether the beginning of something is there: it is a key of its own if no more comes soon.
    pub(super) fn waits(&self) -> bool {
        !self.bytes.is_empty() && self.paste.is_none()
    }

    /// The next whole thing.
    pub(super) fn next(&mut self) -> Option<Input> {
        loop {
            if self.paste.is_some() {
                return self.go_on_pasting().map(Input::Paste);
            }
            if self.bytes.starts_with(PASTE_BEGIN) {
                self.bytes.drain(..PASTE_BEGIN.len());
                self.paste = Some(Vec::new());
                continue;
            }
            match front(&self.bytes) {
                Front::Incomplete if self.bytes.len() > SEQUENCE_BYTES_MAX => self.bytes.clear(),
                Front::Incomplete => return None,
                Front::Taken(count, input) => {
                    self.bytes.drain(..count);
                    if input.is_some() {
                        return input;
                    }
                }
            }
        }
    }

    /// No more came: what looked like the beginning of a sequence were keys.
    pub(super) fn settle(&mut self) -> Option<Input> {
        let (count, chord) = match *self.bytes.as_slice() {
            [ESCAPE, b @ (b'[' | b']' | b'O' | b'P' | b'_' | b'^' | b'X')] => {
                (2, alt(char::from(b).into()))
            }
            [ESCAPE, ..] => (1, Key::Escape.into()),
            // An incomplete character.
            _ => {
                self.bytes.clear();
                return None;
            }
        };
        if self.bytes.len() > 2 {
            self.bytes.clear();
            return None;
        }
        self.bytes.drain(..count);
        Some(Input::Key(chord))
    }

    fn go_on_pasting(&mut self) -> Option<String> {
        let paste = self.paste.as_mut()?;
        let end = self
            .bytes
            .windows(PASTE_END.len())
            .position(|window| window == PASTE_END);
        // Without an end, the last bytes may be the beginning of one.
        let ready = end.unwrap_or_else(|| self.bytes.len().saturating_sub(PASTE_END.len() - 1));
        let room = PASTE_BYTES_MAX.saturating_sub(paste.len());
        paste.extend(self.bytes.drain(..ready).take(room));
        end?;
        self.bytes.drain(..PASTE_END.len());
        let paste = self.paste.take()?;
        Some(String::from_utf8_lossy(&paste).into_owned())
    }
}

/// What stands at the front.
fn front(bytes: &[u8]) -> Front {
    match *bytes {
        [] | [ESCAPE] => Front::Incomplete,
        [ESCAPE, b'[', ..] => sequence::control(bytes),
        [ESCAPE, b'O', ..] => sequence::single_shift(bytes),
        [ESCAPE, b']' | b'P' | b'_' | b'^' | b'X', ..] => sequence::string(bytes),
        [ESCAPE, ESCAPE, ..] => Front::Taken(1, Some(Input::Key(Key::Escape.into()))),
        [ESCAPE, ..] => match character(&bytes[1..]) {
            Front::Taken(count, Some(Input::Key(chord))) => {
                Front::Taken(count + 1, Some(Input::Key(alt(chord))))
            }
            Front::Taken(count, input) => Front::Taken(count + 1, input),
            Front::Incomplete => Front::Incomplete,
        },
        _ => character(bytes),
    }
}

/// A control character or one of UTF-8.
fn character(bytes: &[u8]) -> Front {
    let key = |chord: Chord| Front::Taken(1, Some(Input::Key(chord)));
    match bytes[0] {
        b'\r' | b'\n' => key(Key::Enter.into()),
        b'\t' => key(Key::Tab.into()),
        0x7f | 0x08 => key(Key::Backspace.into()),
        0 => key(ctrl(' ')),
        byte @ 0x01..=0x1a => key(ctrl(char::from(byte - 1 + b'a'))),
        byte @ 0x1b..=0x1f => key(ctrl(char::from(byte + 0x40))),
        byte @ 0x20..=0x7e => key(char::from(byte).into()),
        first => {
            let length = match first {
                0xc2..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf4 => 4,
                _ => return Front::Taken(1, None),
            };
            let Some(bytes) = bytes.get(..length) else {
                return Front::Incomplete;
            };
            match std::str::from_utf8(bytes).map(|text| text.chars().next()) {
                Ok(Some(character)) if !character.is_control() => {
                    Front::Taken(length, Some(Input::Key(character.into())))
                }
                Ok(_) => Front::Taken(length, None),
                Err(_) => Front::Taken(1, None),
            }
        }
    }
}

fn alt(chord: Chord) -> Chord {
    Chord { alt: true, ..chord }
}

fn ctrl(character: char) -> Chord {
    Chord {
        ctrl: true,
        ..character.into()
    }
}
