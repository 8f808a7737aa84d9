//! Control sequences and strings, and what they mean.

use super::{Answer, ESCAPE, Front, Input};
use crate::app::{Mouse, MouseWhat};
use crate::key::{Chord, Key};

/// `ESC [ parameters intermediates final`.
pub(super) fn control(bytes: &[u8]) -> Front {
    let body = &bytes[2..];
    // The Linux console's F1 to F5: a second bracket, then a letter.
    if let [b'[', rest @ ..] = body {
        return match rest {
            [] => Front::Incomplete,
            [letter @ b'A'..=b'E', ..] => taken(4, Key::Function(letter - b'A' + 1).into()),
            _ => Front::Taken(3, None),
        };
    }
    let Some(length) = body.iter().position(|byte| !(0x20..=0x3f).contains(byte)) else {
        return Front::Incomplete;
    };
    let last = body[length];
    if !(0x40..=0x7e).contains(&last) {
        // Something else began in its midst: what stands before means nothing.
        return Front::Taken(2 + length, None);
    }
    Front::Taken(
        2 + length + 1,
        std::str::from_utf8(&body[..length])
            .ok()
            .and_then(|parameters| meaning(parameters, last)),
    )
}

/// `ESC O final`, as cursor and function keys come in application mode.
pub(super) fn single_shift(bytes: &[u8]) -> Front {
    match bytes.get(2) {
        None => Front::Incomplete,
        Some(b'M') => taken(3, Key::Enter.into()),
        Some(last) => Front::Taken(3, letter_key(*last).map(|key| Input::Key(key.into()))),
    }
}

/// `ESC ] … BEL` and its relatives, which terminals answer with.
pub(super) fn string(bytes: &[u8]) -> Front {
    let body = &bytes[2..];
    let Some(length) = body.iter().position(|byte| matches!(*byte, 0x07 | ESCAPE)) else {
        return Front::Incomplete;
    };
    let end = match body[length..] {
        [0x07, ..] => 1,
        [_] => return Front::Incomplete,
        [_, b'\\', ..] => 2,
        _ => 0,
    };
    let text = std::str::from_utf8(&body[..length]).ok();
    let answer = text.and_then(|text| match bytes[1] {
        b']' => background(text).map(|dark| Input::Background { dark }),
        b'P' => {
            let version = text.strip_prefix(">|")?.to_owned();
            Some(Input::Answer(Answer::Version(version)))
        }
        b'_' => (text == "Gi=31;OK").then_some(Input::Answer(Answer::Kitty)),
        _ => None,
    });
    Front::Taken(2 + length + end, answer)
}

fn taken(count: usize, chord: Chord) -> Front {
    Front::Taken(count, Some(Input::Key(chord)))
}

fn meaning(parameters: &str, last: u8) -> Option<Input> {
    if let Some(parameters) = parameters.strip_prefix('<') {
        return mouse(parameters, last).map(Input::Mouse);
    }
    if last == b'R'
        && let Some(cursor) = cursor(parameters)
    {
        return Some(cursor);
    }
    if matches!(last, b'c' | b't') {
        return about(parameters, last).map(Input::Answer);
    }
    // A key's number may have alternatives behind a colon, its modifiers an event type.
    let mut numbers = parameters.split(';').map(|parameter| {
        let first = parameter.split(':').next().unwrap_or_default();
        first.parse::<u32>().ok()
    });
    let first = numbers.next().flatten();
    let modifiers = numbers.next().flatten().unwrap_or(1).saturating_sub(1);
    let chord = match last {
        b'~' => tilde_key(first?)?.into(),
        b'u' => code_key(first?)?.into(),
        b'Z' => Chord {
            shift: true,
            ..Key::Tab.into()
        },
        letter => letter_key(letter)?.into(),
    };
    let named = !matches!(chord.key, Key::Char(_));
    Some(Input::Key(Chord {
        shift: chord.shift || (named && modifiers & 1 != 0),
        alt: modifiers & 2 != 0,
        ctrl: modifiers & 4 != 0,
        ..chord
    }))
}

/// What the terminal can (DA1), or how large its cells are.
fn about(parameters: &str, last: u8) -> Option<Answer> {
    if last == b'c' {
        let attributes = parameters.strip_prefix('?')?;
        let sixel = attributes.split(';').skip(1).any(|one| one == "4");
        return Some(Answer::Attributes { sixel });
    }
    let (height, width) = parameters.strip_prefix("6;")?.split_once(';')?;
    Some(Answer::Cell(width.parse().ok()?, height.parse().ok()?))
}

fn letter_key(last: u8) -> Option<Key> {
    Some(match last {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'H' => Key::Home,
        b'F' => Key::End,
        b'P'..=b'S' => Key::Function(last - b'P' + 1),
        _ => return None,
    })
}

fn tilde_key(number: u32) -> Option<Key> {
    Some(match number {
        1 | 7 => Key::Home,
        3 => Key::Delete,
        4 | 8 => Key::End,
        5 => Key::PageUp,
        6 => Key::PageDown,
        // The numbers leave gaps where old keyboards had them.
        11..=15 => Key::Function(number as u8 - 10),
        17..=21 => Key::Function(number as u8 - 11),
        23..=24 => Key::Function(number as u8 - 12),
        _ => return None,
    })
}

fn code_key(code: u32) -> Option<Key> {
    Some(match code {
        9 => Key::Tab,
        13 => Key::Enter,
        27 => Key::Escape,
        127 => Key::Backspace,
        code => Key::Char(char::from_u32(code).filter(|character| !character.is_control())?),
    })
}

/// `row ; column`, both from 1; in the first row it is F3 with modifiers.
fn cursor(parameters: &str) -> Option<Input> {
    let (row, column) = parameters.split_once(';')?;
    let y = row.parse::<u16>().ok()?.checked_sub(1)?;
    let x = column.parse::<u16>().ok()?.checked_sub(1)?;
    (y > 0).then_some(Input::Cursor { x, y })
}

/// `button ; column ; row`, then `M` for a press and `m` for a release.
fn mouse(parameters: &str, last: u8) -> Option<Mouse> {
    let mut numbers = parameters.split(';').map(str::parse::<u16>);
    let mut next = || numbers.next()?.ok();
    let (button, column, row) = (next()?, next()?, next()?);
    let what = match (button, last) {
        (0, b'M') => MouseWhat::Click,
        (64, b'M') => MouseWhat::WheelUp,
        (65, b'M') => MouseWhat::WheelDown,
        _ => return None,
    };
    Some(Mouse {
        x: column.checked_sub(1)?,
        y: row.checked_sub(1)?,
        what,
    })
}

/// Whether the colour in `11;rgb:RRRR/GGGG/BBBB` is dark. The parts have one to four digits each.
fn background(answer: &str) -> Option<bool> {
    let parts = answer.strip_prefix("11;rgb:")?;
    let mut parts = parts.split('/').map(|part| {
        let full = 16_u32.checked_pow(part.len().try_into().ok()?)? - 1;
        let value = u32::from_str_radix(part, 16).ok()?;
        (full > 0 && part.len() <= 4).then(|| f64::from(value) / f64::from(full))
    });
    let mut next = || parts.next().flatten();
    let (red, green, blue) = (next()?, next()?, next()?);
    // How bright the eye takes it to be: the weights of ITU-R BT.709.
    Some(0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5)
}
