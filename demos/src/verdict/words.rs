//! Names and figures as an audience reads them.

/// "a", "a and b", "a, b and c".
pub(super) fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// With a capital at its beginning.
pub(super) fn begin(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// As many digits as an audience reads: 0.04, 3.4, 190.
pub(super) fn figure(value: f64) -> String {
    match value.abs() {
        big if big >= 10.0 => format!("{value:.0}"),
        middle if middle >= 1.0 || value == 0.0 => format!("{value:.1}"),
        tenths if tenths >= 0.1 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

pub(super) fn seconds(value: f64) -> String {
    if value < 1.0 {
        format!("{} ms", figure(value * 1e3))
    } else {
        format!("{value:.1} s")
    }
}

pub(super) fn microseconds(value: f64) -> String {
    if value < 1e3 {
        format!("{} µs", figure(value))
    } else {
        format!("{} ms", figure(value / 1e3))
    }
}

pub(super) fn percent(part: f64) -> String {
    match (part.min(1.0) * 100.0).round() {
        0.0 => "less than 1 %".to_owned(),
        percent => format!("{percent:.0} %"),
    }
}

/// "twice as fast", "3.4 times as long", "1.9 and 1.7 times as fast".
pub(super) fn times_as(factors: &[f64], adjective: &str) -> String {
    if factors.iter().all(|factor| (1.9..=2.1).contains(factor)) {
        return format!("twice as {adjective}");
    }
    let mut figures: Vec<String> = factors.iter().map(|factor| figure(*factor)).collect();
    figures.dedup();
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    format!("{} times as {adjective}", list(&figures))
}
