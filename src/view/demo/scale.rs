//! Logarithmic scales, for figures that lie powers of ten apart.

/// From a power of ten to a power of ten.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LogScale {
    /// Exponent of the left end.
    first: i32,
    /// Exponent of the right end.
    last: i32,
}

/// The fewest powers of ten shown, so that the scale seldom changes.
const DECADES_MIN: i32 = 3;

impl LogScale {
    /// A scale on which all of these find room; values that are not positive are left out.
    pub(crate) fn over(values: impl Iterator<Item = f64>) -> Self {
        let exponents = values
            .filter(|value| *value > 0.0 && value.is_finite())
            .map(f64::log10);
        let (low, high) = exponents.fold((f64::MAX, f64::MIN), |(low, high), exponent| {
            (low.min(exponent), high.max(exponent))
        });
        if low > high {
            return Self {
                first: 0,
                last: DECADES_MIN,
            };
        }
        let (first, last) = (low.floor() as i32, high.ceil() as i32);
        Self {
            first: first.min(last - DECADES_MIN),
            last,
        }
    }

    /// 0…1 from the left end.
    pub(crate) fn fraction(self, value: f64) -> f64 {
        if value <= 0.0 {
            return 0.0;
        }
        let exponent = value.log10() - f64::from(self.first);
        (exponent / f64::from(self.last - self.first)).clamp(0.0, 1.0)
    }

    /// Those of its ends.
    pub(crate) fn exponents(self) -> (i32, i32) {
        (self.first, self.last)
    }

    /// Each power of ten and where it stands, 0…1.
    pub(crate) fn ticks(self) -> impl Iterator<Item = (f64, f64)> {
        (self.first..=self.last).map(move |exponent| {
            let value = 10f64.powi(exponent);
            (value, self.fraction(value))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reach_over_whole_powers_of_ten() {
        for (values, first, last) in [
            (&[][..], 0, 3),
            (&[0.0, f64::NAN], 0, 3),
            (&[0.2, 48.0], -1, 2),
            (&[5.0, 7.0], -2, 1),
            (&[0.004, 900.0], -3, 3),
        ] {
            assert_eq!(
                LogScale::over(values.iter().copied()),
                LogScale { first, last },
                "{values:?}"
            );
        }
    }

    #[test]
    fn a_power_of_ten_is_an_equal_step() {
        let scale = LogScale { first: -1, last: 2 };
        let steps: Vec<f64> = scale.ticks().map(|(_, at)| (at * 3.0).round()).collect();
        assert_eq!(steps, [0.0, 1.0, 2.0, 3.0]);
        assert_eq!((scale.fraction(0.0), scale.fraction(1e9)), (0.0, 1.0));
    }
}
