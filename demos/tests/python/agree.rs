//! The same programs give the same output, or die of the same exception at the same place, under
//! every runtime here and under a real Python; and they leave nothing behind.

use std::sync::Arc;

use parade_demos::python::code::{Program, verify};
use parade_demos::python::lab::{End, Hooks, Output, Settings, run};
use parade_demos::python::runtime::{Choice, Switches};
use parade_demos::python::syntax::compile;
use proptest::prelude::*;

use crate::real::Told;
use crate::{generate, real};

/// More than any of these programs prints.
const OUTPUT_MAX: usize = 16 << 20;

/// Those that refuse nothing.
const RUNTIMES: [Choice; 6] = [
    Choice::Gil { immortal: true },
    Choice::Gil { immortal: false },
    Choice::GlobalCountLock,
    Choice::AtomicCount,
    Choice::AtomicCountObjectLocks,
    Choice::FreeThreaded(Switches::ALL),
];

/// A program that compiles, and whose every path has been walked.
fn compiled(file: &str, source: &str) -> Result<Arc<Program>, TestCaseError> {
    let program = match compile(file, source) {
        Ok(program) => program,
        Err(errors) => return Err(TestCaseError::fail(format!("{source}\n{errors:?}"))),
    };
    let sound = verify(&program);
    prop_assert!(sound.is_ok(), "{source}\n{program}\n{sound:?}");
    Ok(Arc::new(program))
}

/// What a program comes to here; `None` if it has integers that only a real Python has.
fn run_here(program: &Arc<Program>, runtime: Choice) -> Result<Option<Told>, TestCaseError> {
    let source = &program.source;
    let hooks = Hooks {
        output: Arc::new(Output::new(OUTPUT_MAX)),
        ..Hooks::new()
    };
    let outcome = run(program, &Settings::new(runtime), &hooks);
    let traceback = match &outcome.end {
        End::Finished => None,
        End::Raised(traceback) if traceback.contains("\nOverflowError") => return Ok(None),
        End::Raised(traceback) => Some(traceback.as_str()),
        other => return Err(TestCaseError::fail(format!("{source}\nends as {other:?}"))),
    };
    let left = outcome.census.map(|census| census.left);
    prop_assert_eq!(left, Some(vec![]), "{} leaves something behind", source);
    Ok(Some(Told::new(outcome.output, traceback)))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn programs_do_as_under_a_real_python(source in generate::program()) {
        let folder = tempfile::tempdir().expect("there is room for a file");
        let file = folder.path().join("program.py");
        std::fs::write(&file, &source).expect("there is room for a file");
        let program = compiled(&file.to_string_lossy(), &source)?;
        let here = run_here(&program, Choice::Gil { immortal: true })?;
        for runtime in RUNTIMES {
            let again = run_here(&program, runtime)?;
            prop_assert_eq!(&again, &here, "{:?} is unlike the GIL:\n{}", runtime, source);
        }
        let python = real::python("programs_do_as_under_a_real_python");
        if let (Some(here), Some(python)) = (here, python) {
            prop_assert_eq!(here, real::run(python, &file, &[]), "{}", source);
        }
    }

    /// Whatever is left of a program compiles soundly, or is refused with a reason.
    #[test]
    fn broken_programs_are_refused_or_sound(
        source in generate::program(),
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0..40_usize, piece()), 1..6),
    ) {
        let mut characters: Vec<char> = source.chars().collect();
        for (at, length, piece) in cuts {
            let start = at.index(characters.len() + 1);
            let end = characters.len().min(start + length);
            characters.splice(start..end, piece.chars());
        }
        let source: String = characters.into_iter().collect();
        match compile("program.py", &source) {
            Ok(program) => {
                let sound = verify(&program);
                prop_assert!(sound.is_ok(), "{source}\n{program}\n{sound:?}");
            }
            Err(errors) => prop_assert!(!errors.is_empty(), "{}", source),
        }
    }
}

/// What may stand where something has been cut away.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ":",
        ",",
        "=",
        "*",
        "\n",
        "    ",
        "\n    ",
        "'",
        "f'{",
        "}'",
        " if ",
        " else ",
        " for i in ",
        " lambda: ",
        "\nwhile ",
        "\ntry:\n",
        " not ",
        "return ",
        "break\n",
        "continue\n",
        "pass\n",
        "global a\n",
        "del ",
        "\\",
        "#",
        "é",
        "\0",
        "with ",
        " and ",
        " < ",
        "0",
    ])
}
