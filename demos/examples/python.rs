//! Runs a Python file in the laboratory: `cargo run --release -p parade-demos --example python --
//! FILE ARGUMENTS…`. The program's output goes to standard output, what the run was like to standard
//! error.

use std::io::{Write, stderr, stdout};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use parade_demos::python::lab::{End, Hooks, Settings, run};
use parade_demos::python::runtime::Choice;
use parade_demos::python::syntax::compile;

fn main() -> std::io::Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().unwrap_or_default();
    let source = std::fs::read_to_string(&file)?;
    let program = match compile(&file, &source) {
        Ok(program) => Arc::new(program),
        Err(errors) => {
            for error in errors {
                writeln!(stderr(), "{file}:{error}")?;
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    let settings = Settings {
        arguments: arguments.collect(),
        ..Settings::new(Choice::Gil { immortal: true })
    };
    let began = Instant::now();
    let outcome = run(&program, &settings, &Hooks::new());
    let took = began.elapsed();
    stdout().write_all(outcome.output.as_bytes())?;
    if let End::Raised(text) | End::Refused(text) = &outcome.end {
        writeln!(stderr(), "{text}")?;
    }
    let (census, counters) = (&outcome.census, &outcome.counters);
    writeln!(stderr(), "{took:?}, left {census:?}, counted {counters:?}")?;
    Ok(match outcome.end {
        End::Finished => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}
