//! The command line's grammar. Help, man page and completions derive from it.

use clap::{CommandFactory, Parser, Subcommand};

use super::{
    check, config, console, demos, doctor, export, new, present, progress, record, rehearse, run,
};

/// What `--version` says beside the number: what is compiled in was made by others too.
const LONG_VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\nLicensed under MIT or Apache-2.0. Fonts compiled in for pictures, cut from:",
    "\n  DejaVu Sans Mono  (c) Bitstream, Tavmjong Bah; Bitstream Vera and Arev licences",
    "\n  Noto Emoji        (c) Google LLC; SIL Open Font License 1.1",
    "\n`parade man` ends with their licences."
);

/// All that can be asked for.
#[derive(Debug, Parser)]
#[command(
    name = "parade",
    version,
    long_version = LONG_VERSION,
    about = "Presents Markdown decks in a terminal, and runs real workloads live on their slides",
    after_help = "Without arguments the built-in talk opens. Exit codes: 0 done, 1 something was found wrong, 2 wrong use or a missing file.",
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true
)]
pub(super) struct Arguments {
    /// A subcommand; none presents.
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// What presenting takes.
    #[command(flatten)]
    pub(super) present: present::Present,
}

impl Arguments {
    /// A subcommand whose name was read as a deck's, because an option stands before it.
    pub(super) fn misplaced(&self) -> Option<&str> {
        let deck = self.present.deck()?;
        let name = deck.to_str().filter(|_| !deck.exists())?;
        Self::command().find_subcommand(name).map(|_| name)
    }
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// The presenter's console for a running talk, in a second terminal
    Console(console::Console),
    /// Run a demo without a screen
    Run(run::Run),
    /// Run every demo of a deck and keep its trace, to be replayed
    Rehearse(rehearse::Rehearse),
    /// List every workload, model and ready demo, with parameters and ranges
    Demos(demos::Demos),
    /// Tell what is wrong with decks, and which slides don't fit
    Check(check::Check),
    /// Write slides as text, SVG, GIF, HTML or PDF, with their demos run if asked
    Export(export::Export),
    /// List what is kept of learning alone, or forget it
    Progress(progress::Progress),
    /// Let a talk play itself into an asciicast, which asciinema and its player show
    Record(record::Record),
    /// Write a starting deck with one demo
    New(new::New),
    /// Tell what will and won't work here: terminal, cores, quotas, interpreters
    Doctor(doctor::Doctor),
    /// Print the configuration's path and values
    Config(config::Config),
    /// Print the manual page, for man -l -
    Man,
    /// Print a shell's completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}
