//! What others reported of the systems that the runtimes are modelled on, each with its source. On their
//! machines, with their programs: to be shown beside what is measured here, never in its place.

/// One figure that somebody reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The figure, in at most [`FIGURE_COLUMNS_MAX`] columns.
    pub figure: &'static str,
    /// Who reported it, where and when.
    pub source: &'static str,
}

/// As many columns as a table has for a figure.
pub const FIGURE_COLUMNS_MAX: usize = 16;

const fn of(figure: &'static str, source: &'static str) -> Reported {
    Reported { figure, source }
}

/// The models and what was reported of each, the most telling first. Factors are of run time: 2× takes
/// twice as long.
static REPORTED: &[(&str, &[Reported])] = &[
    ("gil", &[of("the baseline", "CPython")]),
    (
        "global-count-lock",
        &[
            of(
                "4–6.7× slower",
                "David Beazley, 2011, on the patch for Python 1.4: pystone, and a loop",
            ),
            of(
                "worse with two",
                "the same: 12.7 s for the loop in one thread, 18.5 s parted over two",
            ),
        ],
    ),
    (
        "atomic-count",
        &[of(
            "about 2× slower",
            "Python's FAQ of those years, on the patch under Windows",
        )],
    ),
    (
        "owner-table",
        &[
            of(
                "1.5–1.7× slower",
                "Adam Olsen, python-safethread: one thread at 60–65 % of CPython's speed",
            ),
            of(
                "scales to two",
                "Unladen Swallow's plan, of the same: faster on two cores, much slower on four",
            ),
        ],
    ),
    (
        "atomic-count-object-locks",
        &[
            of(
                "3.5× slower",
                "Larry Hastings, PyCon 2016: by the clock; 25 times the CPU time",
            ),
            of("1.3× slower", "the same: by atomic counts alone"),
        ],
    ),
    (
        "buffered-count",
        &[of(
            "7 cores for one",
            "Larry Hastings, Python Language Summit 2018: seven cores to keep up with one",
        )],
    ),
    (
        "parallel-contexts",
        &[of(
            "1× alone, scales",
            "Trent Nelson, PyParallel's README: negligible cost, linear scaling",
        )],
    ),
    (
        "tracing",
        &[of(
            "no C extensions",
            "PEP 703 on Jython and IronPython, which never had a lock",
        )],
    ),
    (
        "transactions",
        &[
            of(
                "1.2–1.5× slower",
                "PyPy's documentation of pypy-stm: one thread, against PyPy",
            ),
            of(
                "2× at worst",
                "the same, July 2014: translating PyPy itself",
            ),
        ],
    ),
    (
        "free-threaded",
        &[
            of("1.05–1.10×", "What's New in Python 3.14, one thread"),
            of(
                "1.01–1.08×",
                "Python 3.14's HOWTO: macOS on ARM, Linux on x86-64",
            ),
            of("1.06×, 1.05×", "PEP 703, one thread, Skylake and Zen 3"),
        ],
    ),
];

/// What was reported of the system that a model is built after.
pub fn reported(model: &str) -> &'static [Reported] {
    let found = REPORTED.iter().find(|(name, _)| *name == model);
    found.map_or(&[], |(_, reported)| reported)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;
    use crate::workload::Nature;

    #[test]
    fn every_runtime_has_a_figure_with_a_source() {
        for model in catalogue::models() {
            // The explorer runs a program in all orders, which nobody reported on.
            let is_runtime = model.takes.contains(&Nature::Python) && model.name != "explorer";
            assert_eq!(
                !reported(model.name).is_empty(),
                is_runtime,
                "{}",
                model.name
            );
        }
        for (name, figures) in REPORTED {
            assert!(catalogue::model(name).is_some(), "{name}");
            for Reported { figure, source } in *figures {
                assert!(
                    figure.chars().count() <= FIGURE_COLUMNS_MAX && !source.is_empty(),
                    "{figure}"
                );
            }
        }
    }
}
