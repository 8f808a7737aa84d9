//! What goes between a talk and its consoles: a JSON line each, with a version.
//!
//! Fields may be added within a version; one whose meaning changes, or that goes, makes a new one.

use std::path::PathBuf;

use parade_demos::report::Report;
use parade_demos::snapshot::Snapshot;
use parade_demos::snippet::SnippetSnapshot;
use parade_demos::spec::DemoSpec;
use serde::{Deserialize, Serialize};

use crate::app::{Action, Clock, DemoFocus, Notice, Picture, Place, Question, ReplayMark, RunId};

/// The version of this protocol.
pub const PROTOCOL: u32 = 1;

/// What a talk tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tell {
    /// Who it is: the first line, to whoever asks.
    Hello(Hello),
    /// The deck: the second line, and again whenever it is read anew.
    Deck(ToldDeck),
    /// How the talk stands now; of several that wait, the newest alone is told.
    State(Box<Told>),
    /// Why nothing more will come.
    Refused(String),
}

/// Who a talk is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// [`PROTOCOL`].
    pub protocol: u32,
    /// parade's version.
    pub parade: String,
    /// Its process.
    pub pid: u32,
    /// The deck's file name, without its ending.
    pub name: String,
    /// How long it has been going on.
    pub elapsed_ms: u64,
}

/// A deck as it is read by who has its text alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldDeck {
    /// As diagnostics name it.
    pub path: PathBuf,
    /// Where the files are that it names; `None` where they are compiled in.
    pub folder: Option<PathBuf>,
    /// All of it.
    pub text: String,
}

/// How a talk stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Slide and step.
    pub place: Place,
    /// What lies over the slide.
    pub over: Over,
    /// The question that is asked before a run, and what of an answer is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Question>,
    /// The slide's demo that keys go to, by name.
    pub demo: Option<String>,
    /// The slide's block of code that keys go to, by number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snippet: Option<usize>,
    /// The slide's blocks of code that run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub snippets: Vec<ToldSnippet>,
    /// The slide's demos.
    pub demos: Vec<ToldDemo>,
    /// The run in progress.
    pub run: Option<ToldRun>,
    /// The talk's clock.
    #[serde(default)]
    pub clock: Clock,
    /// A line for the user.
    pub notice: Option<Notice>,
}

/// What lies over the slide on the talk's own screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Over {
    /// Nothing.
    #[default]
    Nothing,
    /// Darkness.
    Black,
    /// The question whether a demo's commands may run.
    Consent {
        /// What asks.
        what: ToldLive,
        /// Its commands, each as a line.
        commands: Vec<String>,
    },
    /// Something else: the overview, the help, something that is typed; or the [`Told::question`].
    Overlay,
}

/// Something of the slide that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToldLive {
    /// A demo, by name.
    Demo(String),
    /// A block of code, by number.
    Snippet(usize),
}

/// A demo of the slide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToldDemo {
    /// As it will run.
    pub spec: DemoSpec,
    /// Which picture of it is shown.
    pub picture: Picture,
    /// The run in progress, or the last.
    pub snapshot: Option<Box<Snapshot>>,
    /// What came out.
    pub report: Option<Box<Report>>,
    /// The lane that keys act on, or all of them.
    pub focus: DemoFocus,
    /// What the snapshot and the report are of.
    pub ran: DemoFocus,
    /// Whether the newest run was stopped.
    pub stopped: bool,
    /// The live parameter that keys change.
    pub parameter: Option<String>,
    /// Why it can't run.
    pub refused: Option<String>,
    /// The replay that is played in place of a run.
    #[serde(default)]
    pub replay: Option<ReplayMark>,
    /// The steps of its program so far, each the number of a thread.
    pub steps: Vec<usize>,
    /// Which of the outcomes that were found is replayed.
    pub outcome: usize,
}

/// The run in progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldRun {
    /// Its number.
    pub id: RunId,
    /// Of what on the slide; `None` where it is of another slide.
    pub what: Option<ToldLive>,
    /// Whether it was told to end.
    pub ends: bool,
}

/// A block of code of the slide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldSnippet {
    /// Its number.
    pub number: usize,
    /// How it stands, with the last lines of its output.
    pub snapshot: Option<Box<SnippetSnapshot>>,
    /// Why it can't run here and now.
    pub refused: Option<String>,
}

/// What a console asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// To be told the deck and the state: the first line.
    Hello {
        /// [`PROTOCOL`].
        protocol: u32,
    },
    /// That an action be done, by its name.
    Do {
        /// Which.
        action: Action,
        /// The digit, for an action whose key says which.
        #[serde(default)]
        digit: usize,
    },
    /// That a character be typed into the answer to the question.
    Type(char),
    /// To go to a slide and a step.
    Go(Place),
}
