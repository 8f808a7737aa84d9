//! Format specifications: what stands behind the colon in an f-string.

use super::super::{Interrupt, value_error};
use crate::python::code::write_float;
use crate::python::object::Number;

/// The largest width and precision: more digits than a float has.
const SIZE_MAX: usize = 1000;

/// `[[fill]align][sign][#][0][width][,][.precision][letter]`
#[derive(Debug, PartialEq)]
pub(super) struct Specification {
    fill: char,
    align: Option<char>,
    sign: char,
    /// Whether an integer shows its base.
    alternate: bool,
    width: usize,
    group: Option<char>,
    precision: Option<usize>,
    letter: Option<char>,
}

impl Specification {
    /// `None` if it is none, or asks for more than there is room for.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut rest: Vec<char> = text.chars().collect();
        let is_align = |character: Option<&char>| {
            character
                .filter(|character| "<>^=".contains(**character))
                .copied()
        };
        let (mut fill, mut align) = (' ', None);
        if let Some(found) = is_align(rest.get(1)) {
            (fill, align) = (rest[0], Some(found));
            rest.drain(..2);
        } else if let Some(found) = is_align(rest.first()) {
            align = Some(found);
            rest.remove(0);
        }
        let sign = take(&mut rest, "+- ").unwrap_or('-');
        let alternate = take(&mut rest, "#").is_some();
        if take(&mut rest, "0").is_some() && align.is_none() {
            (fill, align) = ('0', Some('='));
        }
        let width = match take_digits(&mut rest) {
            digits if digits.is_empty() => 0,
            digits => size(&digits)?,
        };
        let group = take(&mut rest, ",_");
        let precision = match take(&mut rest, ".") {
            Some(_) => Some(size(&take_digits(&mut rest))?),
            None => None,
        };
        let letter = take(&mut rest, "bcdeEfFgGnosxX%");
        // Of floats it would show zeros that they have not.
        let shows_base = matches!(letter, Some('b' | 'd' | 'o' | 'x' | 'X'));
        (rest.is_empty() && (shows_base || !alternate)).then_some(Self {
            fill,
            align,
            sign,
            alternate,
            width,
            group,
            precision,
            letter,
        })
    }

    pub(super) fn text(&self, text: &str) -> Result<String, Interrupt> {
        if let Some(letter) = self.letter.filter(|letter| *letter != 's') {
            return Err(unknown(letter, "str"));
        }
        if self.align == Some('=') {
            return Err(value_error(
                "'=' alignment not allowed in string format specifier",
            ));
        }
        let text: String = match self.precision {
            Some(precision) => text.chars().take(precision).collect(),
            None => text.to_owned(),
        };
        Ok(self.pad("", &text, '<'))
    }

    pub(super) fn number(&self, number: Number) -> Result<String, Interrupt> {
        let (negative, digits) = match (number, self.letter) {
            (Number::Int(value), None | Some('d' | 'b' | 'o' | 'x' | 'X' | 'n')) => {
                if self.precision.is_some() {
                    return Err(value_error(
                        "Precision not allowed in integer format specifier",
                    ));
                }
                (value < 0, integer_digits(value.unsigned_abs(), self.letter))
            }
            (Number::Int(_), Some(letter @ ('c' | 's'))) => return Err(unknown(letter, "int")),
            (Number::Float(_), Some(letter @ ('b' | 'c' | 'd' | 'o' | 's' | 'x' | 'X'))) => {
                return Err(unknown(letter, "float"));
            }
            (number, letter) => {
                let value = number.float();
                let digits = float_digits(value.abs(), letter, self.precision);
                (value.is_sign_negative() && !value.is_nan(), digits)
            }
        };
        let sign = match (negative, self.sign) {
            (true, _) => "-",
            (false, '+') => "+",
            (false, ' ') => " ",
            (false, _) => "",
        };
        let base = match self.letter.filter(|_| self.alternate) {
            Some(letter @ ('b' | 'o' | 'x' | 'X')) => format!("0{letter}"),
            _ => String::new(),
        };
        let sign = format!("{sign}{base}");
        let digits = match self.group {
            Some(separator) => self.grouped(&sign, digits, separator),
            None => digits,
        };
        Ok(self.pad(&sign, &digits, '>'))
    }

    /// With a separator between each three digits, those that fill it up included.
    fn grouped(&self, sign: &str, mut digits: String, separator: char) -> String {
        let fills_up = self.fill == '0' && self.align == Some('=');
        loop {
            let all = grouped(&digits, separator);
            if !fills_up || sign.len() + all.len() >= self.width {
                return all;
            }
            digits.insert(0, '0');
        }
    }

    fn pad(&self, sign: &str, digits: &str, default: char) -> String {
        let length = sign.chars().count() + digits.chars().count();
        let missing = self.width.saturating_sub(length);
        let fill = |count: usize| self.fill.to_string().repeat(count);
        match self.align.unwrap_or(default) {
            '<' => format!("{sign}{digits}{}", fill(missing)),
            '^' => {
                let left = fill(missing / 2);
                format!("{left}{sign}{digits}{}", fill(missing - missing / 2))
            }
            '=' => format!("{sign}{}{digits}", fill(missing)),
            _ => format!("{}{sign}{digits}", fill(missing)),
        }
    }
}

fn unknown(letter: char, kind: &str) -> Interrupt {
    value_error(format!(
        "Unknown format code '{letter}' for object of type '{kind}'"
    ))
}

fn take(rest: &mut Vec<char>, allowed: &str) -> Option<char> {
    let first = *rest.first()?;
    allowed.contains(first).then(|| rest.remove(0))
}

/// The digits of a number, none at all included.
fn take_digits(rest: &mut Vec<char>) -> String {
    let digits: String = rest.iter().take_while(|c| c.is_ascii_digit()).collect();
    rest.drain(..digits.len());
    digits
}

/// A width or a precision; `None` if it is none, or more than there is room for.
fn size(digits: &str) -> Option<usize> {
    let value = digits.parse().ok()?;
    (value <= SIZE_MAX).then_some(value)
}

fn integer_digits(value: u64, letter: Option<char>) -> String {
    match letter {
        Some('b') => format!("{value:b}"),
        Some('o') => format!("{value:o}"),
        Some('x') => format!("{value:x}"),
        Some('X') => format!("{value:X}"),
        _ => value.to_string(),
    }
}

/// The digits of a float that is not negative.
fn float_digits(value: f64, letter: Option<char>, precision: Option<usize>) -> String {
    if !value.is_finite() {
        let text = if value.is_nan() { "nan" } else { "inf" };
        let percent = if letter == Some('%') { "%" } else { "" };
        return format!("{text}{percent}");
    }
    let decimals = precision.unwrap_or(6);
    match letter {
        Some('f' | 'F') => format!("{value:.decimals$}"),
        Some('%') => format!("{:.decimals$}%", value * 100.0),
        Some('e') => exponent(value, decimals),
        Some('E') => exponent(value, decimals).to_uppercase(),
        Some('G') => general(value, decimals.max(1), false).to_uppercase(),
        Some(_) => general(value, decimals.max(1), false),
        None if precision.is_some() => general(value, decimals.max(1), true),
        None => {
            let mut text = String::new();
            let _ = write_float(&mut text, value);
            text
        }
    }
}

/// `1.500000e+16`
fn exponent(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, exponent) = match exponent.strip_prefix('-') {
        Some(exponent) => ('-', exponent),
        None => ('+', exponent),
    };
    format!("{digits}e{sign}{exponent:0>2}")
}

/// So many digits, without zeros at the end; with an exponent where that is shorter. `whole` keeps a
/// decimal, as `str` does.
fn general(value: f64, digits: usize, whole: bool) -> String {
    let scientific = exponent(value, digits - 1);
    let (mantissa, power) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let power: i64 = power.parse().unwrap_or(0);
    let limit = i64::try_from(digits).unwrap_or(i64::MAX);
    if power < -4 || power >= limit - i64::from(whole) {
        return format!(
            "{}e{}",
            trimmed(mantissa),
            &scientific[mantissa.len() + 1..]
        );
    }
    let decimals = usize::try_from(limit - 1 - power).unwrap_or(0);
    let fixed = format!("{value:.decimals$}");
    let text = trimmed(&fixed);
    if whole && !text.contains('.') {
        format!("{text}.0")
    } else {
        text.to_owned()
    }
}

/// Without zeros behind the point, and without the point if nothing is behind it.
fn trimmed(digits: &str) -> &str {
    if digits.contains('.') {
        digits.trim_end_matches('0').trim_end_matches('.')
    } else {
        digits
    }
}

/// With a separator between each three digits before the point.
fn grouped(digits: &str, separator: char) -> String {
    let end = digits
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(digits.len());
    let mut out = String::new();
    for (index, digit) in digits[..end].chars().enumerate() {
        if index > 0 && (end - index).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out + &digits[end..]
}
