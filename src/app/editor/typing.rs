//! The keys that every editor has: what types, moves, selects and erases. They are no actions of the key
//! map, as the letters are not, and none of them may be one where a program is edited.

use super::buffer::Command;
use super::motion::Motion;
use crate::key::{Chord, Key};

/// What such a key does; `None` for any other.
pub(super) fn command(chord: Chord) -> Option<Command> {
    if let Some(motion) = motion(chord) {
        return Some(if chord.shift {
            Command::Select(motion)
        } else {
            Command::Go(motion)
        });
    }
    let far = chord.ctrl || chord.alt;
    let command = match chord.key {
        Key::Char('w') if chord.ctrl => Command::Erase(Motion::WordLeft),
        Key::Char('a') if chord.ctrl => Command::SelectAll,
        Key::Char(_) => Command::Insert(chord.types()?.to_string()),
        Key::Enter => Command::NewLine,
        Key::Tab if chord.shift => Command::Dedent,
        Key::Tab => Command::Indent,
        Key::Backspace if far => Command::Erase(Motion::WordLeft),
        Key::Backspace => Command::Erase(Motion::Left),
        Key::Delete if far => Command::Erase(Motion::WordRight),
        Key::Delete => Command::Erase(Motion::Right),
        _ => return None,
    };
    Some(command)
}

/// Where a key moves the cursor.
fn motion(chord: Chord) -> Option<Motion> {
    let far = chord.ctrl || chord.alt;
    Some(match chord.key {
        Key::Left if far => Motion::WordLeft,
        Key::Left => Motion::Left,
        Key::Right if far => Motion::WordRight,
        Key::Right => Motion::Right,
        Key::Up => Motion::Up,
        Key::Down => Motion::Down,
        Key::PageUp => Motion::PageUp,
        Key::PageDown => Motion::PageDown,
        Key::Home if far => Motion::TextStart,
        Key::Home => Motion::LineStart,
        Key::End if far => Motion::TextEnd,
        Key::End => Motion::LineEnd,
        _ => return None,
    })
}
