//! How a parameter's value is read and written: durations (`50ms`), sizes (`64KiB`), numbers, words.

use std::time::Duration;

use super::{Kind, Parameter};
use crate::spec::Value;

/// Units of time, the longest first, in µs.
const TIMES: [(&str, u64); 3] = [("s", 1_000_000), ("ms", 1_000), ("us", 1)];

/// Units of size, the largest first, in bytes.
const SIZES: [(&str, u64); 4] = [
    ("GiB", 1 << 30),
    ("MiB", 1 << 20),
    ("KiB", 1 << 10),
    ("B", 1),
];

/// Checks one value against its parameter and brings it into its canonical form: a duration and a
/// size as text in their largest whole unit, a number as a number.
///
/// # Errors
/// What was expected instead.
pub fn accept(parameter: &Parameter, value: &Value) -> Result<Value, String> {
    read(parameter.kind, value).ok_or_else(|| expected(parameter.kind))
}

fn read(kind: Kind, value: &Value) -> Option<Value> {
    match kind {
        Kind::Int { min, max, .. } => {
            let number = match value {
                Value::Int(number) => *number,
                Value::Text(text) => text.trim().replace('_', "").parse().ok()?,
                _ => return None,
            };
            (min..=max).contains(&number).then_some(Value::Int(number))
        }
        Kind::Duration { min_us, max_us, .. } => {
            let duration = duration(value)?;
            let allowed = Duration::from_micros(min_us)..=Duration::from_micros(max_us);
            allowed
                .contains(&duration)
                .then(|| Value::Text(duration_text(duration)))
        }
        Kind::Bytes { min, max, .. } => {
            let bytes = bytes(value)?;
            (min..=max)
                .contains(&bytes)
                .then(|| Value::Text(bytes_text(bytes)))
        }
        Kind::Bool { .. } => match value {
            Value::Bool(truth) => Some(Value::Bool(*truth)),
            Value::Text(text) => text.trim().parse().ok().map(Value::Bool),
            _ => None,
        },
        Kind::Choice(words) => {
            let word = value.to_string();
            words.contains(&word.as_str()).then_some(Value::Text(word))
        }
        Kind::Text { .. } => match value {
            Value::List(_) => None,
            single => Some(Value::Text(single.to_string())),
        },
        Kind::Texts => match value {
            Value::List(items) => {
                let single = |item: &Value| !matches!(item, Value::List(_));
                let text = |item: &Value| Value::Text(item.to_string());
                let texts = || Value::List(items.iter().map(text).collect());
                items.iter().all(single).then(texts)
            }
            single => Some(Value::List(vec![Value::Text(single.to_string())])),
        },
    }
}

/// What a parameter of this kind takes, for people.
pub fn expected(kind: Kind) -> String {
    let time = |us| duration_text(Duration::from_micros(us));
    match kind {
        Kind::Int { min, max, .. } => format!("a whole number from {min} to {max}"),
        Kind::Duration { min_us, max_us, .. } => {
            format!(
                "a duration from {} to {}, such as 50ms",
                time(min_us),
                time(max_us)
            )
        }
        Kind::Bytes { min, max, .. } => {
            format!(
                "a size from {} to {}, such as 64KiB",
                bytes_text(min),
                bytes_text(max)
            )
        }
        Kind::Bool { .. } => "true or false".to_owned(),
        Kind::Choice(words) => format!("one of {}", words.join(", ")),
        Kind::Text { .. } => "a text".to_owned(),
        Kind::Texts => "a list of texts".to_owned(),
    }
}

/// The duration that a value says, in whole microseconds; `None` if it says none. A bare number has
/// no unit, so it is none, except zero.
pub fn duration(value: &Value) -> Option<Duration> {
    match value {
        Value::Int(0) => Some(Duration::ZERO),
        Value::Text(text) => measure(text, &TIMES).map(Duration::from_micros),
        _ => None,
    }
}

/// The size in bytes that a value says; `None` if it says none. A bare number is in bytes.
pub fn bytes(value: &Value) -> Option<u64> {
    match value {
        Value::Int(bytes) => u64::try_from(*bytes).ok(),
        Value::Text(text) => {
            let text = text.trim();
            text.parse().ok().or_else(|| measure(text, &SIZES))
        }
        _ => None,
    }
}

/// A duration in its largest whole unit: `2s`, `1500ms`, `250us`.
pub fn duration_text(duration: Duration) -> String {
    let us = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
    if us == 0 {
        "0ms".to_owned()
    } else {
        text(us, &TIMES)
    }
}

/// A size in its largest whole unit: `64KiB`, `1000B`.
pub fn bytes_text(bytes: u64) -> String {
    if bytes == 0 {
        "0B".to_owned()
    } else {
        text(bytes, &SIZES)
    }
}

/// Reads `1.5ms` as a whole number of the smallest unit.
fn measure(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == 'µ');
    let name = text[digits.len()..].replace('µ', "u");
    let (_, factor) = units
        .iter()
        .find(|(unit, _)| unit.eq_ignore_ascii_case(&name))?;
    let digits = digits.trim_end();
    if !digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return None;
    }
    let number: f64 = digits.parse().ok()?;
    let measured = (number * *factor as f64).round();
    (measured < 1e15).then_some(measured as u64)
}

fn text(number: u64, units: &[(&str, u64)]) -> String {
    let whole = units
        .iter()
        .find(|(_, factor)| number.is_multiple_of(*factor));
    let (name, factor) = whole.unwrap_or(&("", 1));
    format!("{}{name}", number / factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn reads_durations() {
        let cases = [
            ("50ms", Some(50_000)),
            ("250us", Some(250)),
            ("250 µs", Some(250)),
            ("2s", Some(2_000_000)),
            ("1.5ms", Some(1_500)),
            ("0s", Some(0)),
            ("50", None),
            ("ms", None),
            ("-1s", None),
            ("1e3s", None),
            ("5 minutes", None),
            ("999999999999999999s", None),
        ];
        for (text, us) in cases {
            assert_eq!(
                duration(&word(text)),
                us.map(Duration::from_micros),
                "{text}"
            );
        }
    }

    #[test]
    fn reads_sizes() {
        let cases = [
            (word("64KiB"), Some(65_536)),
            (word("64kib"), Some(65_536)),
            (word("1.5 MiB"), Some(1_572_864)),
            (word("8B"), Some(8)),
            (word("4096"), Some(4_096)),
            (Value::Int(4_096), Some(4_096)),
            (Value::Int(-1), None),
            (word("64KB"), None),
            (word(""), None),
        ];
        for (value, size) in cases {
            assert_eq!(bytes(&value), size, "{value}");
        }
    }

    #[test]
    fn writes_what_it_reads() {
        for text in ["0ms", "1us", "1500us", "50ms", "61s"] {
            assert_eq!(
                duration(&word(text)).map(duration_text).as_deref(),
                Some(text)
            );
        }
        for text in ["0B", "1B", "1000B", "64KiB", "3MiB", "2GiB"] {
            assert_eq!(bytes(&word(text)).map(bytes_text).as_deref(), Some(text));
        }
    }

    #[test]
    fn accepts_what_is_in_range_and_says_what_was_expected() {
        let int = Kind::Int {
            min: 1,
            max: 9,
            default: 5,
        };
        let time = Kind::Duration {
            min_us: 1_000,
            max_us: 2_000_000,
            default_us: 50_000,
        };
        let size = Kind::Bytes {
            min: 8,
            max: 1 << 20,
            default: 1_024,
        };
        let choice = Kind::Choice(&["red", "blue"]);
        let cases = [
            (int, Value::Int(9), Ok(Value::Int(9))),
            (int, word("3"), Ok(Value::Int(3))),
            (int, Value::Int(10), Err("a whole number from 1 to 9")),
            (time, word("2000ms"), Ok(word("2s"))),
            (
                time,
                word("3s"),
                Err("a duration from 1ms to 2s, such as 50ms"),
            ),
            (
                time,
                Value::Int(50),
                Err("a duration from 1ms to 2s, such as 50ms"),
            ),
            (size, Value::Int(2_048), Ok(word("2KiB"))),
            (
                size,
                word("2MiB"),
                Err("a size from 8B to 1MiB, such as 64KiB"),
            ),
            (choice, word("blue"), Ok(word("blue"))),
            (choice, word("green"), Err("one of red, blue")),
            (
                Kind::Bool { default: false },
                word("true"),
                Ok(Value::Bool(true)),
            ),
            (
                Kind::Bool { default: false },
                Value::Int(1),
                Err("true or false"),
            ),
            (Kind::Text { default: "" }, Value::Int(1), Ok(word("1"))),
            (
                Kind::Texts,
                Value::List(vec![Value::Int(1), word("b")]),
                Ok(Value::List(vec![word("1"), word("b")])),
            ),
            (Kind::Texts, word("a"), Ok(Value::List(vec![word("a")]))),
            (
                Kind::Texts,
                Value::List(vec![Value::List(Vec::new())]),
                Err("a list of texts"),
            ),
        ];
        for (kind, value, wanted) in cases {
            let parameter = Parameter {
                name: "x",
                about: "",
                kind,
                live: false,
            };
            assert_eq!(
                accept(&parameter, &value),
                wanted.map_err(str::to_owned),
                "{kind:?} {value}"
            );
        }
    }
}
