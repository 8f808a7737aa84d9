//! The manual page and the shells' completions, both derived from the grammar.

use std::io::Write;

use clap::CommandFactory;

use super::arguments::Arguments;
use super::ending::Ending;

/// Prints the manual page: the program's, then a section for each subcommand.
pub(super) fn man(out: &mut dyn Write) -> anyhow::Result<Ending> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
    out.write_all(&page)?;
    Ok(Ending::Done)
}

/// Prints a shell's completions.
pub(super) fn completions(
    shell: clap_complete::Shell,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    // The generator panics when it can't write, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "parade", &mut script);
    out.write_all(&script)?;
    Ok(Ending::Done)
}
