//! The next greater or smaller value of what keys change: lengths, amounts and parameters.

use std::time::Duration;

use parade_demos::catalogue::{self, Kind, value};
use parade_demos::spec::{Amount, Value};

/// The lengths to choose from, in seconds.
const LENGTHS: [f64; 10] = [0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 15.0, 30.0, 60.0];

/// The shortest duration above zero that keys set, in µs, unless the parameter's range begins higher.
const DURATION_US_MIN: u64 = 1_000;

/// The next greater or smaller amount of work; the same at the end of the range.
pub(super) fn other_amount(amount: Amount, more: bool) -> Amount {
    match amount {
        Amount::Length(length) => {
            let mut lengths = LENGTHS.map(Duration::from_secs_f64).into_iter();
            let other = if more {
                lengths.find(|other| *other > length)
            } else {
                lengths.rfind(|other| *other < length)
            };
            Amount::Length(other.unwrap_or(length))
        }
        Amount::Work(units) => {
            let other = if more {
                units.saturating_mul(2)
            } else {
                units / 2
            };
            Amount::Work(other.clamp(1, catalogue::WORK_MAX.max(units)))
        }
    }
}

/// The next greater or smaller value that a parameter may have: 1, 2, 5, 10, 20, 50, … for numbers
/// and durations, twice or half for sizes; `None` at the end of its range.
pub(super) fn neighbour(kind: Kind, now: &Value, raise: bool) -> Option<Value> {
    match kind {
        Kind::Int { min, max, .. } => {
            let Value::Int(now) = now else { return None };
            let low = u64::try_from(min).unwrap_or(0);
            let high = u64::try_from(max).unwrap_or(0);
            let next = rung(u64::try_from(*now).ok()?, (low, high), 1, raise)?;
            Some(Value::Int(i64::try_from(next).ok()?))
        }
        Kind::Duration { min_us, max_us, .. } => {
            let now = value::duration(now)?.as_micros() as u64;
            let first = if min_us == 0 { DURATION_US_MIN } else { min_us };
            let next = rung(now, (min_us, max_us), first, raise)?;
            Some(Value::Text(value::duration_text(Duration::from_micros(
                next,
            ))))
        }
        Kind::Bytes { min, max, .. } => {
            let now = value::bytes(now)?;
            let next = if raise {
                now.saturating_mul(2)
            } else {
                now / 2
            }
            .clamp(min, max);
            (next != now).then(|| Value::Text(value::bytes_text(next)))
        }
        Kind::Bool { .. } => (*now != Value::Bool(raise)).then_some(Value::Bool(raise)),
        Kind::Choice(words) => {
            let at = words.iter().position(|word| now.to_string() == *word)?;
            let next = if raise { at + 1 } else { at.checked_sub(1)? };
            words.get(next).map(|word| Value::Text((*word).to_owned()))
        }
        Kind::Text { .. } | Kind::Texts => None,
    }
}

/// The next of 1, 2, 5, 10, 20, 50, … from `first` on, within a range whose ends count as well.
fn rung(now: u64, (min, max): (u64, u64), first: u64, raise: bool) -> Option<u64> {
    let decades = (0..19).map(|power| 10_u64.pow(power));
    let rungs = decades.flat_map(|decade| [1, 2, 5].map(|digit| decade.saturating_mul(digit)));
    let inner = rungs.filter(|rung| (first.max(min)..=max).contains(rung));
    let mut all: Vec<u64> = std::iter::once(min).chain(inner).chain([max]).collect();
    all.dedup();
    if raise {
        all.into_iter().find(|rung| *rung > now)
    } else {
        all.into_iter().rfind(|rung| *rung < now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_through_a_parameters_range_and_stops_at_its_ends() {
        let duration = |min_us, max_us| Kind::Duration {
            min_us,
            max_us,
            default_us: 0,
        };
        let text = |text: &str| Value::Text(text.to_owned());
        for (kind, up) in [
            (
                duration(0, 7_000),
                vec![
                    text("0ms"),
                    text("1ms"),
                    text("2ms"),
                    text("5ms"),
                    text("7ms"),
                ],
            ),
            (
                duration(100, 1_000),
                vec![text("100us"), text("200us"), text("500us"), text("1ms")],
            ),
            (
                Kind::Int {
                    min: 3,
                    max: 20,
                    default: 3,
                },
                [3, 5, 10, 20].map(Value::Int).to_vec(),
            ),
            (
                Kind::Int {
                    min: 0,
                    max: 2,
                    default: 0,
                },
                [0, 1, 2].map(Value::Int).to_vec(),
            ),
            (
                Kind::Bytes {
                    min: 8,
                    max: 40,
                    default: 8,
                },
                vec![text("8B"), text("16B"), text("32B"), text("40B")],
            ),
            (
                Kind::Bool { default: false },
                [false, true].map(Value::Bool).to_vec(),
            ),
            (Kind::Choice(&["a", "b"]), vec![text("a"), text("b")]),
        ] {
            let mut walked = vec![up[0].clone()];
            while let Some(next) = neighbour(kind, walked.last().unwrap(), true) {
                walked.push(next);
            }
            assert_eq!(walked, up);
            assert_eq!(neighbour(kind, &up[0], false), None, "{kind:?}");
            assert!(
                neighbour(kind, &up[up.len() - 1], false).is_some(),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn chooses_another_length_or_amount() {
        let length = |seconds| Amount::Length(Duration::from_secs_f64(seconds));
        for (amount, more, expected) in [
            (length(4.0), true, length(6.0)),
            (length(4.0), false, length(3.0)),
            (length(5.0), false, length(4.0)),
            (length(0.5), false, length(0.5)),
            (length(60.0), true, length(60.0)),
            (Amount::Work(100), true, Amount::Work(200)),
            (Amount::Work(1), false, Amount::Work(1)),
        ] {
            assert_eq!(other_amount(amount, more), expected);
        }
    }
}
