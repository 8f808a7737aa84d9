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
        let text = format!("{value:e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, exponent) = match exponent.strip_prefix('-') {
            Some(exponent) => ('-', exponent),
            None => ('+', exponent),
        };
        return write!(out, "{digits}e{sign}{exponent:0>2}");
    }
    let text = format!("{value}");
    let point = if text.contains('.') { "" } else { ".0" };
    write!(out, "{text}{point}")
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
            _ if character.is_control() => write!(out, "\\x{:02x}", u32::from(character))?,
            _ => out.write_char(character)?,
        }
    }
    out.write_char(quote)
}
