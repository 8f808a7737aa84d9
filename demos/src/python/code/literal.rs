//! Constants as Python's `repr` writes them.

use std::fmt::{self, Write};

use super::Constant;

impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Bool(true) => f.write_str("True"),
            Self::Bool(false) => f.write_str("False"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Float(value) => write_float(f, *value),
            Self::Str(value) => write_str(f, value),
            Self::Tuple(items) => write_tuple(f, items),
        }
    }
}

fn write_tuple(f: &mut fmt::Formatter<'_>, items: &[Constant]) -> fmt::Result {
    f.write_char('(')?;
    for (index, item) in items.iter().enumerate() {
        let separator = if index == 0 { "" } else { ", " };
        write!(f, "{separator}{item}")?;
    }
    f.write_str(if items.len() == 1 { ",)" } else { ")" })
}

/// Writes a float as `repr` does: the shortest digits that read back as the same number, with an
/// exponent below 0.0001 and from 1e16 on.
///
/// # Errors
/// What the writer answers.
pub fn write_float(out: &mut impl Write, value: f64) -> fmt::Result {
    if value.is_nan() {
        return out.write_str("nan");
    }
    if value.is_infinite() {
        return out.write_str(if value > 0.0 { "inf" } else { "-inf" });
    }
    let magnitude = value.abs();
    if magnitude != 0.0 && !(1e-4..1e16).contains(&magnitude) {
        let text = shortest_exponential(value);
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, exponent) = match exponent.strip_prefix('-') {
            Some(exponent) => ('-', exponent),
            None => ('+', exponent),
        };
        return write!(out, "{digits}e{sign}{exponent:0>2}");
    }
    let text = shortest(value);
    let point = if text.contains('.') { "" } else { ".0" };
    write!(out, "{text}{point}")
}

/// The shortest digits that read back as the same number. Of two that are equally near Python
/// takes the even one, as Rust does only where it is told how many digits to write.
fn shortest(value: f64) -> String {
    let text = format!("{value}");
    let decimals = text
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    even(value, text, format!("{value:.decimals$}"))
}

fn shortest_exponential(value: f64) -> String {
    let text = format!("{value:e}");
    let (digits, _) = text.split_once('e').unwrap_or((&text, ""));
    let decimals = digits
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    even(value, text, format!("{value:.decimals$e}"))
}

fn even(value: f64, shortest: String, rounded: String) -> String {
    let is_same = rounded
        .parse()
        .is_ok_and(|read: f64| read.to_bits() == value.to_bits());
    if is_same { rounded } else { shortest }
}

/// Writes a string as `repr` does: in single quotes, unless it has these and no double ones;
/// control characters are escaped.
///
/// # Errors
/// What the writer answers.
pub fn write_str(out: &mut impl Write, value: &str) -> fmt::Result {
    let quote = if value.contains('\'') && !value.contains('"') {
        '"'
    } else {
        '\''
    };
    out.write_char(quote)?;
    for character in value.chars() {
        match character {
            '\n' => out.write_str("\\n")?,
            '\r' => out.write_str("\\r")?,
            '\t' => out.write_str("\\t")?,
            '\\' => out.write_str("\\\\")?,
            _ if character == quote => write!(out, "\\{quote}")?,
            _ if is_printable(character) => out.write_char(character)?,
            _ => write_escaped(out, u32::from(character))?,
        }
    }
    out.write_char(quote)
}

fn write_escaped(out: &mut impl Write, code: u32) -> fmt::Result {
    match code {
        0..=0xFF => write!(out, "\\x{code:02x}"),
        0x100..=0xFFFF => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    }
}

/// Whether Python shows a character as itself: by its category, just as Rust decides.
fn is_printable(character: char) -> bool {
    if character.is_ascii() {
        return !character.is_ascii_control();
    }
    // Behind a letter, since Rust escapes an accent that has nothing to stand on.
    format!("a{character}").escape_debug().nth(1) == Some(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_constants_as_repr_does() {
        let float = Constant::Float;
        let text = |text: &str| Constant::Str(text.into());
        let cases = [
            (Constant::None, "None"),
            (Constant::Bool(true), "True"),
            (Constant::Int(i64::MIN), "-9223372036854775808"),
            (float(0.0), "0.0"),
            (float(-0.0), "-0.0"),
            (float(1.0), "1.0"),
            (float(-2.5), "-2.5"),
            (float(0.1 + 0.2), "0.30000000000000004"),
            (float(-2_857_142_857_142_857.0 / 4.0), "-714285714285714.2"),
            (float(2_857_142_857_142_859.0 / 4.0), "714285714285714.8"),
            (
                float(9_007_199_254_740_993.0 * 4.0),
                "3.602879701896397e+16",
            ),
            (float(5e22), "5e+22"),
            (float(0.0001), "0.0001"),
            (float(0.000_01), "1e-05"),
            (float(1.5e-7), "1.5e-07"),
            (float(1e15), "1000000000000000.0"),
            (float(1e16), "1e+16"),
            (float(1.25e100), "1.25e+100"),
            (float(f64::MAX), "1.7976931348623157e+308"),
            (float(5e-324), "5e-324"),
            (float(f64::INFINITY), "inf"),
            (float(f64::NEG_INFINITY), "-inf"),
            (float(f64::NAN), "nan"),
            (text(""), "''"),
            (text("it's"), "\"it's\""),
            (text("\"it's\""), r#"'"it\'s"'"#),
            (
                text("a\n\t\r\\\0\x7f\u{85}é🐍"),
                r"'a\n\t\r\\\x00\x7f\x85é🐍'",
            ),
            (
                text("\u{ad}\u{200b}\u{2028}\u{e0001}"),
                r"'\xad\u200b\u2028\U000e0001'",
            ),
            (text("\u{301}e\u{301} 中"), "'\u{301}e\u{301} 中'"),
            (Constant::Tuple(vec![]), "()"),
            (Constant::Tuple(vec![Constant::Int(1)]), "(1,)"),
            (
                Constant::Tuple(vec![Constant::Int(1), text("a")]),
                "(1, 'a')",
            ),
        ];
        for (constant, expected) in cases {
            assert_eq!(constant.to_string(), expected);
        }
    }
}
