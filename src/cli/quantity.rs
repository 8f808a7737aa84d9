//! Figures as people read them: `1.97 s`, `3,200,000`, `2 errors`.

/// Seconds with three figures that count: `4.02 s`, `81.3 ms`.
pub(super) fn seconds(s: f64) -> String {
    let ms = s * 1e3;
    match () {
        () if s >= 100.0 => format!("{s:.0} s"),
        () if s >= 10.0 => format!("{s:.1} s"),
        () if s >= 1.0 => format!("{s:.2} s"),
        () if ms >= 100.0 => format!("{ms:.0} ms"),
        () if ms >= 10.0 => format!("{ms:.1} ms"),
        () => format!("{ms:.2} ms"),
    }
}

/// A count with its thousands set apart; a fraction with at most three digits.
pub(super) fn count(number: f64) -> String {
    if number.fract() != 0.0 {
        let text = format!("{number:.3}");
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    let digits = format!("{:.0}", number.abs());
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if number < 0.0 {
        format!("-{grouped}")
    } else {
        grouped
    }
}

/// So many of a thing: `1 error`, `2 errors`.
pub(super) fn of(number: usize, thing: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_keep_three_figures() {
        let cases = [
            (4.018, "4.02 s"),
            (0.2013, "201 ms"),
            (0.0813, "81.3 ms"),
            (0.000_4, "0.40 ms"),
            (12.34, "12.3 s"),
            (123.4, "123 s"),
            (0.0, "0.00 ms"),
        ];
        for (s, expected) in cases {
            assert_eq!(seconds(s), expected);
        }
    }

    #[test]
    fn one_thing_is_not_several() {
        let told = [0, 1, 2].map(|number| of(number, "error"));
        assert_eq!(told, ["0 errors", "1 error", "2 errors"]);
    }

    #[test]
    fn counts_have_their_thousands_apart() {
        let cases = [
            (0.0, "0"),
            (999.0, "999"),
            (3_200_000.0, "3,200,000"),
            (-1000.0, "-1,000"),
            (1.25, "1.25"),
        ];
        for (number, expected) in cases {
            assert_eq!(count(number), expected);
        }
    }
}
