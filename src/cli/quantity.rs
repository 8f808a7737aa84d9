//! Quantities as people write and read them: `50ms`, `64KiB`, `1.97 s`.

/// Microseconds in the largest unit that keeps them whole.
pub(super) fn duration_us(us: u64) -> String {
    match us {
        us if us.is_multiple_of(1_000_000) => format!("{}s", us / 1_000_000),
        us if us.is_multiple_of(1_000) => format!("{}ms", us / 1_000),
        us => format!("{us}us"),
    }
}

/// Bytes in the largest binary unit that keeps them whole.
pub(super) fn size(bytes: u64) -> String {
    let units = ["", "KiB", "MiB", "GiB"];
    let (mut amount, mut unit) = (bytes, 0);
    while amount >= 1024 && amount.is_multiple_of(1024) && unit + 1 < units.len() {
        amount /= 1024;
        unit += 1;
    }
    format!("{amount}{}", units[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_in_their_largest_whole_unit() {
        let cases = [
            (250, "250us"),
            (50_000, "50ms"),
            (2_000_000, "2s"),
            (1_500_000, "1500ms"),
            (0, "0s"),
        ];
        for (us, expected) in cases {
            assert_eq!(duration_us(us), expected);
        }
    }

    #[test]
    fn sizes_are_written_in_their_largest_whole_unit() {
        let cases = [
            (0, "0"),
            (1000, "1000"),
            (65_536, "64KiB"),
            (8 << 20, "8MiB"),
            (1 << 40, "1024GiB"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(size(bytes), expected);
        }
    }
}
