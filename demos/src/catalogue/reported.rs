//! What others reported of the systems that the runtimes are modelled on, each with its source. On their
//! machines, with their programs: to be shown beside what is measured here, never in its place.

/// One figure that somebody reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The figure, in a few words.
    pub figure: &'static str,
    /// Who reported it, where and when.
    pub source: &'static str,
}

const fn of(figure: &'static str, source: &'static str) -> Reported {
    Reported { figure, source }
}

/// The models and what was reported of each, the most telling first.
static REPORTED: &[(&str, &[Reported])] = &[
    ("gil", &[of("the baseline", "CPython")]),
    (
        "global-count-lock",
        &[of(
            "4–7× slower",
            "David Beazley, 2011, on the patch for 1.4",
        )],
    ),
    (
        "atomic-count",
        &[of(
            "about 2× slower",
            "Python's FAQ, on the patch under Windows",
        )],
    ),
    (
        "owner-table",
        &[
            of(
                "1.5–1.7× slower",
                "Adam Olsen, python-safethread, 2008: 60–65 % of CPython's speed",
            ),
            of("2 threads near 2×", "the same, on two cores"),
        ],
    ),
    (
        "atomic-count-object-locks",
        &[of(
            "18.9× on 7 cores",
            "Larry Hastings, PyCon 2016: 4.4 s became 83 s",
        )],
    ),
    (
        "buffered-count",
        &[of(
            "1× on 7 cores",
            "Larry Hastings, PyCon 2017: seven cores to keep up with one",
        )],
    ),
    (
        "parallel-contexts",
        &[of(
            "1×, scales",
            "Trent Nelson, 2013: negligible cost, linear scaling",
        )],
    ),
    (
        "tracing",
        &[of(
            "5–10× behind PyPy",
            "reported of Jython against PyPy's compiler",
        )],
    ),
    (
        "transactions",
        &[
            of(
                "1.4×, worst 1.65×",
                "PyPy-STM, one thread, without compiler",
            ),
            of("2.7× on 4 threads", "PyPy-STM, on independent work"),
        ],
    ),
    (
        "free-threaded",
        &[
            of("1.05–1.10×", "What's New in Python 3.14"),
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
                    figure.chars().count() <= 20 && !source.is_empty(),
                    "{figure}"
                );
            }
        }
    }
}
