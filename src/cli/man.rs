//! The manual page and the shells' completions, both derived from the grammar.

use std::io::Write;

use clap::CommandFactory;

use super::arguments::Arguments;
use super::ending::Ending;
use crate::export;

/// Prints the manual page: the program's, then a section for each subcommand, then the licences of the
/// fonts that are compiled in, which are to be wherever the fonts are.
pub(super) fn man(out: &mut dyn Write) -> anyhow::Result<Ending> {
    let mut command = Arguments::command();
    command.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    // The generator expects a page for each subcommand; here they are sections of one.
    let page = String::from_utf8(page)?
        .replace("parade\\-", "parade ")
        .replace("(1)\n", "\n");
    out.write_all(page.as_bytes())?;
    for subcommand in command.get_subcommands() {
        let mut section = Vec::new();
        clap_mangen::Man::new(subcommand.clone()).render_options_section(&mut section)?;
        let heading = format!(".SH PARADE {}", subcommand.get_name().to_uppercase());
        let section = String::from_utf8(section)?.replacen(".SH OPTIONS", &heading, 1);
        out.write_all(section.as_bytes())?;
    }
    for (font, licence) in export::FONT_LICENCES {
        let heading = font.to_uppercase();
        write!(
            out,
            ".SH LICENCE OF {heading}\n.nf\n{}.fi\n",
            verbatim(licence)
        )?;
    }
    Ok(Ending::Done)
}

/// A text as a manual page has it that shows its lines as they are.
fn verbatim(text: &str) -> String {
    let line = |line: &str| format!("\\&{}\n", line.replace('\\', "\\e").replace('-', "\\-"));
    text.lines().map(line).collect()
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
