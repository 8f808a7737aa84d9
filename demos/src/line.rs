//! A line of what a program wrote, fit to be shown: its text, and how parts of it are to look.
//!
//! Programs say that in escape sequences, as to a terminal. Those that dress letters (SGR, "select
//! graphic rendition", in ECMA-48) become [`Pen`]s. Those that would move, erase or ask are left out:
//! there is no screen for them here. What is no whole sequence is text, and made visible as such.

use std::iter;
use std::ops::{Range, RangeInclusive};

use serde::{Deserialize, Serialize};
use unicode_width::UnicodeWidthStr;

use crate::visible::visible;

const ESCAPE: char = '\u{1b}';
const BELL: char = '\u{7}';

/// Columns between tab stops.
const TAB: usize = 8;

/// A line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its text, without control characters.
    pub text: String,
    /// The pens that it is written with, each with the byte from which on it is; plain before the
    /// first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pens: Vec<(usize, Pen)>,
}

/// How letters look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "terminal attributes are independent switches"
)]
pub struct Pen {
    /// The letters' colour, if it is not the plain one.
    pub letters: Option<Tint>,
    /// The colour behind them, likewise.
    pub ground: Option<Tint>,
    /// Bold.
    pub bold: bool,
    /// Dim.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Struck out.
    pub strike: bool,
    /// Letters and ground exchanged.
    pub reverse: bool,
}

/// A colour as a program names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tint {
    /// One of the 256 of xterm, of which the first sixteen are the user's own.
    Indexed(u8),
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

impl Line {
    /// Reads what a program has written into a line, which begins with this pen; afterwards the pen is
    /// that of the line's end.
    pub fn read(written: &str, pen: &mut Pen) -> Self {
        let mut line = Self::default();
        let mut column = 0;
        let mut rest = written;
        while let Some(at) = rest.find(ESCAPE) {
            line.write(&rest[..at], *pen, &mut column);
            rest = &rest[at..];
            // An escape that begins no sequence stands for itself.
            let length = sequence(rest).unwrap_or_else(|| {
                line.write(&rest[..ESCAPE.len_utf8()], *pen, &mut column);
                ESCAPE.len_utf8()
            });
            if let Some(order) = dressing(&rest[..length]) {
                pen.change(order);
            }
            rest = &rest[length..];
        }
        line.write(rest, *pen, &mut column);
        line
    }

    fn write(&mut self, text: &str, pen: Pen, column: &mut usize) {
        let before = self.pens.last().map_or(Pen::default(), |(_, pen)| *pen);
        if pen != before && !text.is_empty() {
            self.pens.push((self.text.len(), pen));
        }
        for (at, part) in text.split('\t').enumerate() {
            if at > 0 {
                let cells = TAB - *column % TAB;
                self.text.extend(iter::repeat_n(' ', cells));
                *column += cells;
            }
            let part = visible(part);
            *column += part.width();
            self.text.push_str(&part);
        }
    }

    /// A part of the text in stretches of one pen each.
    pub fn stretches(&self, part: Range<usize>) -> impl Iterator<Item = (&str, Pen)> {
        let first = iter::once((0, Pen::default()));
        let begins = first.chain(self.pens.iter().copied());
        let ends = self.pens.iter().map(|(at, _)| *at);
        let ends = ends.chain([self.text.len()]);
        begins.zip(ends).filter_map(move |((begin, pen), end)| {
            let stretch = begin.max(part.start)..end.min(part.end);
            let text = self.text.get(stretch)?;
            (!text.is_empty()).then_some((text, pen))
        })
    }
}

impl From<&str> for Line {
    /// Plain text, as it is written.
    fn from(text: &str) -> Self {
        Self::read(text, &mut Pen::default())
    }
}

/// The length of the escape sequence that a text begins with; `None` where it has no end, or is none.
fn sequence(text: &str) -> Option<usize> {
    /// What may stand before the last byte of a short sequence.
    const INTERMEDIATE: RangeInclusive<u8> = b' '..=b'/';
    match *text.as_bytes().get(1)? {
        b'[' => ended(text, b' '..=b'?', b'@'..=b'~'),
        // Strings: titles, links, pictures, questions.
        b']' | b'P' | b'X' | b'^' | b'_' => {
            let end = 2 + text[2..].find([BELL, ESCAPE])?;
            let rest = &text[end..];
            let terminator = [BELL.to_string(), format!("{ESCAPE}\\")]
                .into_iter()
                .find(|terminator| rest.starts_with(terminator))?;
            Some(end + terminator.len())
        }
        byte if INTERMEDIATE.contains(&byte) => ended(text, INTERMEDIATE, b'0'..=b'~'),
        b'0'..=b'~' => Some(2),
        _ => None,
    }
}

/// The length of a sequence that has bytes of the first kind until one of the second.
fn ended(text: &str, within: RangeInclusive<u8>, last: RangeInclusive<u8>) -> Option<usize> {
    let bytes = text.as_bytes().iter().enumerate().skip(2);
    let (at, end) = bytes.into_iter().find(|(_, byte)| !within.contains(byte))?;
    last.contains(end).then_some(at + 1)
}

/// What a sequence says about how letters look, if it is about that.
fn dressing(sequence: &str) -> Option<&str> {
    let order = sequence.strip_prefix("\u{1b}[")?.strip_suffix('m')?;
    let is_order = |byte: u8| byte.is_ascii_digit() || byte == b';' || byte == b':';
    order.bytes().all(is_order).then_some(order)
}

impl Pen {
    /// Does as an SGR sequence says: numbers between `;`, each perhaps with parts between `:`.
    fn change(&mut self, order: &str) {
        let mut fields = order.split(';');
        while let Some(field) = fields.next() {
            let mut parts = field.split(':').map(number);
            match parts.next().unwrap_or(0) {
                0 => *self = Self::default(),
                1 => self.bold = true,
                2 => self.dim = true,
                3 => self.italic = true,
                4 => self.underline = parts.next() != Some(0),
                7 => self.reverse = true,
                9 => self.strike = true,
                21 => self.underline = true,
                22 => (self.bold, self.dim) = (false, false),
                23 => self.italic = false,
                24 => self.underline = false,
                27 => self.reverse = false,
                29 => self.strike = false,
                39 => self.letters = None,
                49 => self.ground = None,
                code @ (38 | 48 | 58) => {
                    let mut numbers: Vec<u16> = parts.collect();
                    if numbers.is_empty() {
                        numbers = following(&mut fields);
                    }
                    match code {
                        38 => self.letters = tint(&numbers).or(self.letters),
                        48 => self.ground = tint(&numbers).or(self.ground),
                        // The colour of the line below letters is theirs.
                        _ => {}
                    }
                }
                code @ 30..=37 => self.letters = indexed(code - 30),
                code @ 40..=47 => self.ground = indexed(code - 40),
                code @ 90..=97 => self.letters = indexed(code - 90 + 8),
                code @ 100..=107 => self.ground = indexed(code - 100 + 8),
                _ => {}
            }
        }
    }
}

/// A number; nothing is 0, and what is too large is no number that means something.
fn number(text: &str) -> u16 {
    if text.is_empty() {
        0
    } else {
        text.parse().unwrap_or(u16::MAX)
    }
}

/// The numbers of a colour that follow as fields of their own: its kind, and as many as that has.
fn following<'a>(fields: &mut impl Iterator<Item = &'a str>) -> Vec<u16> {
    let Some(kind) = fields.next().map(number) else {
        return Vec::new();
    };
    let count = match kind {
        5 => 1,
        2 => 3,
        _ => 0,
    };
    let rest = fields.take(count).map(number);
    iter::once(kind).chain(rest).collect()
}

/// The colour of these numbers: `5, index`, `2, red, green, blue`, or with a colour space before red.
fn tint(numbers: &[u16]) -> Option<Tint> {
    let byte = |number: u16| u8::try_from(number).ok();
    match *numbers {
        [5, index] => indexed(index),
        [2, red, green, blue] | [2, _, red, green, blue, ..] => {
            Some(Tint::Rgb(byte(red)?, byte(green)?, byte(blue)?))
        }
        _ => None,
    }
}

fn indexed(index: u16) -> Option<Tint> {
    u8::try_from(index).ok().map(Tint::Indexed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pen as one would say it; nothing for the plain one.
    fn name(pen: Pen) -> String {
        let tint = |tint: Tint| match tint {
            Tint::Indexed(index) => index.to_string(),
            Tint::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        };
        let mut words = Vec::new();
        words.extend(pen.letters.map(tint));
        words.extend(pen.ground.map(|ground| format!("on {}", tint(ground))));
        for (on, word) in [
            (pen.bold, "bold"),
            (pen.dim, "dim"),
            (pen.italic, "italic"),
            (pen.underline, "underline"),
            (pen.strike, "strike"),
            (pen.reverse, "reverse"),
        ] {
            words.extend(on.then(|| word.to_owned()));
        }
        words.join(" ")
    }

    /// The stretches of a line, those that are not plain as `{pen: text}`.
    fn told(line: &Line) -> String {
        let stretches = line.stretches(0..line.text.len());
        let told = stretches.map(|(text, pen)| match name(pen) {
            name if name.is_empty() => text.to_owned(),
            name => format!("{{{name}: {text}}}"),
        });
        told.collect()
    }

    #[test]
    fn letters_are_dressed_and_all_else_is_left_out_or_seen() {
        for (written, expected) in [
            ("plain", "plain"),
            ("\x1b[31mred\x1b[0m plain", "{1: red} plain"),
            (
                "\x1b[1;92;41mx\x1b[39;22my\x1b[my",
                "{10 on 1 bold: x}{on 1: y}y",
            ),
            (
                "\x1b[2;3;4;7;9mx\x1b[22;23;24;27;29my",
                "{dim italic underline strike reverse: x}y",
            ),
            (
                "\x1b[38;5;208mx\x1b[48;2;1;2;255;1my",
                "{208: x}{208 on #0102ff bold: y}",
            ),
            ("\x1b[38:5:208;48:2::1:2:3mx", "{208 on #010203: x}"),
            (
                "\x1b[4:3mx\x1b[4:0my\x1b[58;5;1;1mz",
                "{underline: x}y{bold: z}",
            ),
            // What can't be meant changes nothing.
            (
                "\x1b[38;5;256mx\x1b[38;5mx\x1b[38mx\x1b[99999;38;7mx",
                "xxxx",
            ),
            // Not about letters: private, about the screen, a title, a link, a charset, a reset.
            ("\x1b[?25l\x1b[>4;1m\x1b[2J\x1b[3;4Hx\x1b[K", "x"),
            (
                "\x1b]0;title\x07\x1b]8;;https://a\x1b\\link\x1b]8;;\x1b\\",
                "link",
            ),
            ("\x1bP1$r\x1b\\\x1b(B\x1b7\x1bcx", "x"),
            // Without an end it is text.
            ("\x1b[31", "␛[31"),
            ("\x1b]0;all the rest", "␛]0;all the rest"),
            ("\x1b]0;a\x1b[1mb", "␛]0;a{bold: b}"),
            ("\x1b[3é\x1b\x1b\x1bé", "␛[3é␛␛␛é"),
            ("\x1b", "␛"),
            (
                "\x1b[1m\x1b[0mx\x07\u{9b}1m\u{202e}",
                "x␇‹U+009B›1m‹U+202E›",
            ),
        ] {
            assert_eq!(told(&Line::from(written)), expected, "{written:?}");
        }
    }

    #[test]
    fn tabs_reach_to_columns_as_they_are_seen() {
        for (written, expected) in [
            ("a\tb", "a       b"),
            ("\t\tb", "                b"),
            ("日本\tb", "日本    b"),
            ("\x1b[1m1234567\x1b[m\tb", "{bold: 1234567} b"),
            ("12345678\tb", "12345678        b"),
        ] {
            assert_eq!(told(&Line::from(written)), expected, "{written:?}");
        }
    }

    #[test]
    fn a_pen_goes_on_into_the_next_line() {
        let mut pen = Pen::default();
        assert_eq!(told(&Line::read("a\x1b[1mb", &mut pen)), "a{bold: b}");
        assert_eq!(told(&Line::read("c\x1b[32m", &mut pen)), "{bold: c}");
        assert_eq!(told(&Line::read("d", &mut pen)), "{2 bold: d}");
    }

    #[test]
    fn a_part_has_the_pens_of_the_whole() {
        let line = Line::from("ab\x1b[1mcd\x1b[mef");
        for (part, expected) in [
            (0..6, "ab|cd|ef"),
            (1..3, "b|c"),
            (2..4, "cd"),
            (3..3, ""),
            (5..99, "f"),
        ] {
            let texts: Vec<&str> = line.stretches(part).map(|(text, _)| text).collect();
            assert_eq!(texts.join("|"), expected);
        }
    }
}
