//! Calendar days, for what stands on an axis of time.

use std::fmt;

/// Days of the months before each month, in a year that is no leap year.
const DAYS_BEFORE: [i32; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// Days from the first day of the year 1 to that of 1970.
const DAYS_TO_1970: i32 = 719_162;

/// A day of the Gregorian calendar between the years 1 and 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// A day as ISO 8601 writes it, `2025-10-02`; `None` for anything else and for a day that there
    /// is not.
    pub fn read(text: &str) -> Option<Self> {
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        let number = |digits: &str, length: usize| {
            let well_formed = digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit());
            digits.parse::<u16>().ok().filter(|_| well_formed)
        };
        let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
        let date = Self {
            year: year.into(),
            month: month as u8,
            day: day as u8,
        };
        let exists =
            year > 0 && (1..=12).contains(&month) && (1..=date.month_days()).contains(&day);
        exists.then_some(date)
    }

    /// The day, in universal time, of a moment in seconds since 1970; `None` after the year 9999.
    pub fn of_unix(seconds: u64) -> Option<Self> {
        let days = i32::try_from(seconds / (24 * 60 * 60)).ok()? + DAYS_TO_1970;
        // Of the mean year's length, so that it may be one too early.
        let about = i32::try_from(i64::from(days) * 400 / 146_097).ok()?;
        let year = (about..=about + 2).rfind(|year| Self::new_year(*year).days() <= days)?;
        let first = |month| Self {
            year,
            month,
            day: 1,
        };
        let month = (1..=12).rfind(|month| first(*month).days() <= days)?;
        let day = days - first(month).days() + 1;
        (year < 10_000).then_some(Self {
            day: day as u8,
            ..first(month)
        })
    }

    /// The first day of a year.
    pub fn new_year(year: i32) -> Self {
        Self {
            year,
            month: 1,
            day: 1,
        }
    }

    /// Its year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Days since the first day of the year 1.
    pub fn days(self) -> i32 {
        let past = self.year - 1;
        let leap_day = i32::from(self.month > 2 && is_leap(self.year));
        let in_year = DAYS_BEFORE[usize::from(self.month) - 1] + leap_day + i32::from(self.day) - 1;
        past * 365 + past / 4 - past / 100 + past / 400 + in_year
    }

    fn month_days(self) -> u16 {
        match self.month {
            2 if is_leap(self.year) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_days_that_there_are() {
        for text in [
            "2025-10-02",
            "2024-02-29",
            "2000-02-29",
            "0001-01-01",
            "9999-12-31",
        ] {
            assert_eq!(
                Date::read(text).map(|date| date.to_string()).as_deref(),
                Some(text)
            );
        }
        for text in [
            "",
            "2025",
            "2025-10",
            "2025-13-01",
            "2025-02-29",
            "1900-02-29",
            "2025-00-10",
            "2025-10-00",
            "25-10-02",
            "2025-1-2",
            "2025-10-02 ",
            "+025-10-02",
            "0000-01-01",
            "a-b-c",
        ] {
            assert_eq!(Date::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn tell_the_day_of_a_moment() {
        for (seconds, day) in [
            (0, Some("1970-01-01")),
            (86_399, Some("1970-01-01")),
            (951_782_400, Some("2000-02-29")),
            (1_704_067_199, Some("2023-12-31")),
            (1_704_067_200, Some("2024-01-01")),
            (1_795_305_600, Some("2026-11-22")),
            (253_402_300_799, Some("9999-12-31")),
            (253_402_300_800, None),
            (u64::MAX, None),
        ] {
            let found = Date::of_unix(seconds).map(|date| date.to_string());
            assert_eq!(found.as_deref(), day, "{seconds}");
        }
    }

    #[test]
    fn count_days_through_leap_years() {
        let days = |text| Date::read(text).unwrap().days();
        assert_eq!(days("0001-01-01"), 0);
        assert_eq!(days("2025-10-07") - days("2024-10-07"), 365);
        assert_eq!(days("2024-10-07") - days("2023-10-07"), 366);
        assert_eq!(days("2024-03-01") - days("2024-02-28"), 2);
        assert_eq!(days("1970-01-01"), 719_162);
    }
}
