//! Figures as the audience reads them: three digits that matter, the unit after a space.

use std::time::Duration;

/// `4.02 s`, `53 ms`, `123 s`.
pub(crate) fn seconds(seconds: f64) -> String {
    if seconds > 0.0 && seconds < 0.1 {
        format!("{} ms", three_digits(seconds * 1e3))
    } else {
        format!("{} s", three_digits(seconds))
    }
}

/// A duration as [`seconds`].
pub(crate) fn duration(time: Duration) -> String {
    seconds(time.as_secs_f64())
}

/// `0.8 ms`, `53 ms`, `1.2 s`, from milliseconds.
pub(crate) fn milliseconds(ms: f64) -> String {
    if ms >= 1000.0 {
        format!("{} s", two_digits(ms / 1e3))
    } else {
        format!("{} ms", two_digits(ms))
    }
}

/// `0.61`, `12.3`, `104`: nanoseconds, whose unit stands above them.
pub(crate) fn nanoseconds(ns: f64) -> String {
    three_digits(ns)
}

/// `812 µs`, `1.2 ms`, from microseconds.
pub(crate) fn microseconds(us: f64) -> String {
    if us < 1000.0 {
        format!("{} µs", two_digits(us))
    } else {
        milliseconds(us / 1e3)
    }
}

/// `1.97×`.
pub(crate) fn times(factor: f64) -> String {
    format!("{}×", three_digits(factor))
}

/// `2.1 MiB`.
pub(crate) fn mib(mib: f64) -> String {
    if mib >= 1024.0 {
        format!("{} GiB", two_digits(mib / 1024.0))
    } else {
        format!("{} MiB", two_digits(mib))
    }
}

/// `812`, `12.3 k`, `4.5 M`.
pub(crate) fn count(number: f64) -> String {
    match number {
        n if n >= 999_950_000.0 => format!("{} G", three_digits(n / 1e9)),
        n if n >= 999_950.0 => format!("{} M", three_digits(n / 1e6)),
        n if n >= 10_000.0 => format!("{} k", three_digits(n / 1e3)),
        n if n.fract() == 0.0 => format!("{n:.0}"),
        n => three_digits(n),
    }
}

/// `98` for 0.98: whole percent without the sign.
pub(crate) fn percent(fraction: f64) -> String {
    format!("{:.0}", (fraction * 100.0).clamp(0.0, 999.0))
}

/// `42 %`, `0.3 %`: of what should not be there at all.
pub(crate) fn share(fraction: f64) -> String {
    match fraction * 100.0 {
        percent if percent >= 9.95 => format!("{percent:.0} %"),
        percent if percent >= 0.1 => format!("{percent:.1} %"),
        _ => "<0.1 %".to_owned(),
    }
}

/// `12:34`, `1:02:03`.
pub(crate) fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// `1 worker`, `2 workers`.
pub(crate) fn counted(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

fn three_digits(value: f64) -> String {
    match value.abs() {
        v if v >= 99.95 => format!("{value:.0}"),
        v if v >= 9.995 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

fn two_digits(value: f64) -> String {
    if value.abs() >= 9.95 {
        format!("{value:.0}")
    } else {
        format!("{value:.1}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_the_digits_that_matter() {
        let figures = [
            (seconds(0.0), "0.00 s"),
            (seconds(0.0534), "53.4 ms"),
            (seconds(4.018), "4.02 s"),
            (seconds(9.999), "10.0 s"),
            (seconds(123.4), "123 s"),
            (milliseconds(0.84), "0.8 ms"),
            (milliseconds(53.4), "53 ms"),
            (milliseconds(1234.0), "1.2 s"),
            (microseconds(3.21), "3.2 µs"),
            (microseconds(5400.0), "5.4 ms"),
            (times(1.0), "1.00×"),
            (times(49.94), "49.9×"),
            (mib(2.14), "2.1 MiB"),
            (mib(2048.0), "2.0 GiB"),
            (count(812.0), "812"),
            (count(12_345.0), "12.3 k"),
            (count(999_999.0), "1.00 M"),
            (percent(0.976), "98"),
            (share(0.4188), "42 %"),
            (share(0.0031), "0.3 %"),
            (share(1e-6), "<0.1 %"),
            (clock(Duration::from_secs(754)), "12:34"),
            (clock(Duration::from_secs(3723)), "1:02:03"),
            (counted(1, "worker"), "1 worker"),
            (counted(2, "run"), "2 runs"),
        ];
        for (figure, expected) in figures {
            assert_eq!(figure, expected);
        }
    }
}
