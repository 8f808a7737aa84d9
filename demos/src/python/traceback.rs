//! An exception as CPython tells of it.

use std::fmt::Write;

use super::code::Program;
use super::interpreter::Traceback;

/// So many equal calls in a row are shown; those beyond are counted, as in CPython.
const REPEATS_MAX: usize = 3;

/// The text, several lines without the last one's end.
pub fn text(program: &Program, traceback: &Traceback) -> String {
    let mut out = String::from("Traceback (most recent call last):\n");
    let mut last = None;
    let mut repeats = 0;
    for &(code, instruction) in &traceback.calls {
        let code = &program.codes[code as usize];
        let line = code
            .places
            .get(instruction as usize)
            .map_or(0, |place| place.line);
        if last == Some((line, &code.name)) {
            repeats += 1;
        } else {
            write_repeats(&mut out, repeats);
            (last, repeats) = (Some((line, &code.name)), 1);
        }
        if repeats <= REPEATS_MAX {
            let (file, name) = (&program.file, &code.name);
            let _ = writeln!(out, "  File \"{file}\", line {line}, in {name}");
            let source = program.source.lines().nth(line.saturating_sub(1) as usize);
            if let Some(source) = source.map(str::trim).filter(|source| !source.is_empty()) {
                let _ = writeln!(out, "    {source}");
            }
        }
    }
    write_repeats(&mut out, repeats);
    let exception = &traceback.exception;
    out.push_str(exception.class);
    if !exception.message.is_empty() {
        let _ = write!(out, ": {}", exception.message);
    }
    out
}

fn write_repeats(out: &mut String, repeats: usize) {
    if repeats <= REPEATS_MAX {
        return;
    }
    let more = repeats - REPEATS_MAX;
    let plural = if more == 1 { "" } else { "s" };
    let _ = writeln!(out, "  [Previous line repeated {more} more time{plural}]");
}
