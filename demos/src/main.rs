//! The small binary of the demos: what `parade` does without a screen, so that they run and test alone.

use std::process::ExitCode;

use parade_demos::run::lane;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    match arguments.next() {
        Some(command) if command == "lane" => lane::main(arguments),
        _ => ExitCode::from(2),
    }
}
