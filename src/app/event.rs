//! What can happen.

use std::sync::Arc;

use parade_demos::report::Report;
use parade_demos::snapshot::Snapshot;
use parade_demos::snippet::SnippetSnapshot;
use parade_demos::trace::Trace;
use serde::{Deserialize, Serialize};

use super::{
    Ask, Asker, DemoKey, Graphics, ImageKey, Outside, ReplayWhy, RunId, ThemeChoice, Told,
};
use crate::deck::{Deck, Slide};
use crate::highlight::{CodeKey, TokenLines};
use crate::key::Chord;
use crate::layout::Size;
use crate::pixels::Drawn;
use crate::theme::Theme;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A key was pressed.
    Key(Chord),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has this size now.
    Resize(Size),
    /// Nothing but time passed; comes only while [`super::State::tick_after`] asks for it.
    Tick,
    /// A slide was parsed, as [`super::Effect::Parse`] asked.
    Parsed {
        /// Which.
        index: usize,
        /// The slide.
        slide: Arc<Slide>,
    },
    /// Titles and ids of all slides are known, as [`super::Effect::Outline`] asked.
    Outlined(Arc<Vec<Heading>>),
    /// A code block was highlighted.
    Highlighted {
        /// Which.
        key: CodeKey,
        /// Its tokens.
        lines: Arc<TokenLines>,
    },
    /// An image was decoded.
    Decoded {
        /// Which.
        key: ImageKey,
        /// In the forms that [`super::Effect::Decode`] asked for; or why it can't be shown.
        drawn: Result<Vec<Drawn>, String>,
    },
    /// The terminal shows images so.
    Graphics(Graphics),
    /// The deck was read again after a change on disk.
    Reloaded(Arc<Deck>),
    /// A theme was loaded: at the start, after a change on disk, or as asked.
    Themed(ThemeChoice, Arc<Theme>),
    /// A run told something.
    Run {
        /// Which.
        run: RunId,
        /// What.
        news: RunNews,
    },
    /// How a block of code stands that runs: a few times a second, and last with its end, when nothing
    /// of its processes is left.
    Snippet {
        /// Which run.
        run: RunId,
        /// How it stands.
        snapshot: Box<SnippetSnapshot>,
    },
    /// A line below the slide, until the next one or none: a recording's script explains.
    Caption(Option<String>),
    /// Something to tell, for some seconds.
    Notice(Notice),
    /// What became of something that was asked for, to be told where it was.
    Answered(Asker, Notice),
    /// The app ends, whoever wants it: what only it knows is to be kept.
    Ending,
    /// The app was suspended and goes on again: all must be drawn anew.
    Resumed,
    /// The trace of a demo's rehearsal was read, with the day of it; or why there is none.
    Traced {
        /// Of which demo.
        demo: DemoKey,
        /// As [`super::Effect::Replay`] had it.
        why: ReplayWhy,
        /// The trace, and the day on which it was recorded.
        found: Result<(Arc<Trace>, Option<String>), String>,
    },
    /// The user's own editor ended: the program as it is now, or why there is none.
    EditedOutside {
        /// What was handed over.
        handed: Box<Outside>,
        /// What came back.
        came: Result<String, String>,
    },
    /// So many consoles listen now.
    Consoles(usize),
    /// A console asks for something.
    Asked(Ask),
    /// At a console: how the talk stands.
    Told(Box<Told>),
    /// At a console: the talk is no longer heard, and why.
    Lost(String),
}

/// What a run told.
#[derive(Clone, Debug, PartialEq)]
pub enum RunNews {
    /// How it looks now; a few times a second, and at once when a lane's state changes.
    Sampled(Box<Snapshot>),
    /// It is over, and nothing of its processes is left.
    Finished(Box<Report>),
}

/// A slide's place in lists: overview, search, jumps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// The slide's id.
    pub id: String,
    /// Its title as plain text.
    pub title: String,
    /// Its text, lower-cased, for the search.
    pub text: String,
}

/// What the mouse did, in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// Column.
    pub x: u16,
    /// Row.
    pub y: u16,
    /// What.
    pub what: MouseWhat,
}

/// What the mouse can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "self-explanatory")]
pub enum MouseWhat {
    Click,
    WheelUp,
    WheelDown,
}

/// A line for the user, shown in the status bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What to say.
    pub text: String,
    /// Whether something went wrong.
    pub bad: bool,
}
