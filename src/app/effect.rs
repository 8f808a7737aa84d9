//! What the outside world has to do.

use parade_demos::report::Report;
use parade_demos::snippet::SnippetSpec;
use parade_demos::spec::{DemoSpec, Value};

use super::{Ask, Asker, DemoKey, ImageKey, Outside, Progress, ReplayWhy, RunId, Told};
use crate::deck::Code;
use crate::highlight::CodeKey;
use crate::pixels::Form;

/// One thing to be done. The engine performs it and answers with events.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Parse this slide; answered with [`super::Event::Parsed`] before the next frame.
    Parse(usize),
    /// Find titles, ids and texts of all slides, off the interface's thread.
    Outline,
    /// Highlight code, off the interface's thread.
    Highlight(CodeKey, Code),
    /// Decode an image in these forms, off the interface's thread; answered with
    /// [`super::Event::Decoded`].
    Decode(ImageKey, Vec<Form>),
    /// Start a run.
    Start {
        /// The name that its news will carry.
        run: RunId,
        /// What to run.
        spec: Box<DemoSpec>,
        /// Whether the deck's own commands may run.
        trusted: bool,
        /// Earlier runs of the same demo, to which this one adds.
        earlier: Option<Box<Report>>,
    },
    /// Build and run a block of code, where the deck's files are.
    RunSnippet {
        /// The name that its news will carry.
        run: RunId,
        /// What to run.
        spec: Box<SnippetSpec>,
    },
    /// Change a parameter of a run that can change live.
    Set {
        /// Which run.
        run: RunId,
        /// The parameter's name.
        name: String,
        /// Its new value.
        value: Value,
    },
    /// End a run, now.
    Cancel(RunId),
    /// Keep what is new of the learner's progress.
    Keep(Box<Progress>),
    /// Tell the consoles how the talk stands.
    Tell(Box<Told>),
    /// At a console: ask the talk for something.
    Ask(Ask),
    /// Read the trace of a demo's rehearsal; answered with [`super::Event::Traced`].
    Replay(DemoKey, ReplayWhy),
    /// Write what came out of a demo to a file; answered with [`super::Event::Answered`], which names it.
    SaveResult(Box<Report>, Asker),
    /// Hand a program to the user's own editor; answered with [`super::Event::EditedOutside`]. Runs are
    /// cancelled already.
    EditOutside(Box<Outside>),
    /// Put a text into the clipboard of whoever sits at the terminal.
    Copy(String),
    /// Use another theme.
    Theme(super::ThemeChoice),
    /// Forget what the terminal shows, and draw all of it anew.
    Redraw,
    /// Give the terminal back and stop until told to go on; runs are cancelled already.
    Suspend,
    /// End the app; runs are cancelled already.
    Quit,
}
