//! The command line: what was asked for, and how the program ends.
//!
//! One file per subcommand, each with its arguments and what it does. They write to the output
//! that [`main`] gives them and return an [`Ending`]; only [`main`] turns that into an exit code
//! or a signal. Presenting itself is [`present`]'s and below.

mod arguments;
mod check;
mod config;
mod console;
mod demos;
mod doctor;
mod ending;
mod export;
mod man;
mod new;
mod output;
mod present;
mod progress;
mod quantity;
mod record;
mod rehearse;
mod run;
mod size;
mod stage;
mod table;
mod talk;

use std::io::{self, BufWriter, StdinLock, StdoutLock, Write};
use std::process::ExitCode;

use anyhow::bail;
use clap::Parser;
use parade_demos::run::process::{follow_parent, limit_memory};

use arguments::{Arguments, Command};
use ending::Ending;
use output::Output;

use crate::{files, highlight, pixels};

/// What the process that decodes images may take, in bytes.
const PICTURE_BYTES_MAX: u64 = 1 << 30;

/// Runs the program with this process's arguments.
pub fn main() -> ExitCode {
    if let Some(code) = child() {
        return code;
    }
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(answer) => return answered(&answer),
    };
    let mut out = BufWriter::new(Output(io::stdout().lock()));
    let ending = dispatch(arguments, &mut out).and_then(|ending| {
        out.flush()?;
        Ok(ending)
    });
    ending::conclude(ending)
}

/// Does what was asked for.
fn dispatch(arguments: Arguments, out: &mut dyn Write) -> anyhow::Result<Ending> {
    if let Some(name) = arguments.misplaced() {
        bail!(
            "failed to understand {name}: a subcommand's options stand after it, as in parade {name} --help"
        );
    }
    match arguments.command {
        None => present::run(&arguments.present, out),
        Some(Command::Console(asked)) => console::run(&asked, out),
        Some(Command::Run(asked)) => run::run(&asked, out),
        Some(Command::Rehearse(asked)) => rehearse::run(&asked, out),
        Some(Command::Check(asked)) => check::run(&asked, out),
        Some(Command::Export(asked)) => export::run(&asked, out),
        Some(Command::Record(asked)) => record::run(&asked, out),
        Some(Command::Demos(asked)) => demos::run(&asked, out),
        Some(Command::New(asked)) => new::run(&asked, out),
        Some(Command::Doctor(asked)) => doctor::run(&asked, out),
        Some(Command::Progress(asked)) => progress::run(&asked, out),
        Some(Command::Config(asked)) => config::run(&asked, out),
        Some(Command::Man) => man::man(out),
        Some(Command::Completions { shell }) => man::completions(shell, out),
    }
}

/// What children are: this program run again. Lanes start by the hundred, so nothing else is touched.
fn child() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    match arguments.next()?.to_str()? {
        "lane" => Some(parade_demos::run::lane::main(arguments)),
        "highlight" => Some(service(|input, output| highlight::serve(input, output))),
        "pixels" => Some(service(|input, output| {
            limit_memory(PICTURE_BYTES_MAX)?;
            pixels::serve(input, output, files::picture)
        })),
        _ => None,
    }
}

/// Works for the interface, which so keeps clear of the work's memory and of its worst cases.
/// Whatever fails, its end is what the interface sees.
fn service(serve: impl FnOnce(StdinLock<'_>, StdoutLock<'_>) -> io::Result<()>) -> ExitCode {
    // One request can keep the service busy for long; it ends with the interface all the same.
    follow_parent(None, rustix::process::Signal::KILL);
    match serve(io::stdin().lock(), io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// clap's own answers: help and version on standard output, wrong use on standard error with 2.
fn answered(answer: &clap::Error) -> ExitCode {
    // A closed pipe must not turn help into a failure.
    let _ = answer.print();
    if answer.use_stderr() {
        ExitCode::from(2)
    } else {
        ExitCode::SUCCESS
    }
}
