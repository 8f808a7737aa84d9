//! All that the interface knows.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use parade_demos::report::Report;
use parade_demos::snapshot::Snapshot;
use parade_demos::spec::{DemoSpec, Value};

use super::{Heading, Moment, Notice};
use crate::deck::{Deck, Slide};
use crate::highlight::Highlights;
use crate::layout::{Page, Size};
use crate::theme::Theme;

/// The interface's state. Pictures read it, [`super::update`] changes it.
#[derive(Clone, Debug)]
pub struct State {
    /// The deck.
    pub deck: Arc<Deck>,
    /// Titles, ids and texts, once they are known.
    pub outline: Option<Arc<Vec<Heading>>>,
    /// Slides that were parsed lately, at most [`SLIDES_KEPT_MAX`].
    pub slides: BTreeMap<usize, Arc<Slide>>,
    /// The terminal's size.
    pub size: Size,
    /// Where the talk stands.
    pub place: Place,
    /// Rows scrolled off the top of the current page.
    pub scroll: u32,
    /// Places to come back to, at most [`JUMPS_MAX`].
    pub jumps: Vec<Place>,
    /// What the screen shows.
    pub mode: Mode,
    /// The current slide as it is laid out for [`State::body_size`].
    pub page: Arc<Page>,
    /// Tokens of code blocks.
    pub highlights: Highlights,
    /// Demos that were looked at, by slide id and demo name.
    pub demos: BTreeMap<DemoKey, DemoState>,
    /// The demo of the current slide that keys go to.
    pub demo: Option<DemoKey>,
    /// The run in progress.
    pub run: Option<(RunId, DemoKey)>,
    /// The number of the next run.
    pub next_run: RunId,
    /// A line to show, and until when.
    pub notice: Option<(Notice, Moment)>,
    /// When the talk began.
    pub began: Moment,
    /// Now, as of the last event.
    pub now: Moment,
    /// How it looks.
    pub theme: Arc<Theme>,
    /// What the user set.
    pub settings: Settings,
    /// Something changed that a picture shows: draw.
    pub dirty: bool,
}

/// The most slides kept parsed.
pub const SLIDES_KEPT_MAX: usize = 64;
/// The most places to come back to.
pub const JUMPS_MAX: usize = 100;

/// A slide and how far it is revealed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Index of the slide from 0.
    pub slide: usize,
    /// Step from 0.
    pub step: u16,
}

/// What the screen shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The slide.
    #[default]
    Slide,
    /// A number is being typed: a slide to go to.
    Number(String),
    /// `:` was pressed: a number or an id is being typed.
    Command(String),
    /// All slides as tiles.
    Overview {
        /// The chosen one.
        selected: usize,
    },
    /// Text is being typed that is searched for; what is found is shown as one types.
    Search {
        /// The text.
        query: String,
        /// Where the search began.
        from: Place,
    },
    /// All keys.
    Help {
        /// Rows scrolled.
        scroll: u16,
    },
    /// Nothing: the screen is dark.
    Black,
}

/// Names a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub u64);

/// Names a demo within a deck.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DemoKey {
    /// The slide's id.
    pub slide: String,
    /// The demo's name.
    pub demo: String,
}

/// What is known of a demo.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoState {
    /// As the deck's fence has it; a fence that changes starts anew.
    pub fence: DemoSpec,
    /// As it will run: the fence with the workers, length and live values that were set since.
    pub spec: DemoSpec,
    /// Which picture of it is shown.
    pub picture: Picture,
    /// The newest snapshot of the run in progress, or the last of the one that ended.
    pub snapshot: Option<Box<Snapshot>>,
    /// What came out, over all its runs with the present spec.
    pub report: Option<Box<Report>>,
    /// The lane or parameter that keys act on.
    pub focus: DemoFocus,
    /// Live values that were changed, by parameter.
    pub set: BTreeMap<String, Value>,
    /// Why it can't run here and now (no consent).
    pub refused: Option<String>,
}

/// Which picture of a demo is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Picture {
    /// Gauges and lanes, then the result.
    #[default]
    Lanes,
    /// Which worker ran on which core when.
    Timeline,
}

/// What keys act on within a demo.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DemoFocus {
    /// The whole demo.
    #[default]
    All,
    /// One lane alone, by its index: `r` runs only this one.
    Lane(usize),
}

/// The theme that was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// Light or dark as the terminal is.
    #[default]
    Auto,
    /// By name.
    Named(String),
    /// From a file.
    File(std::path::PathBuf),
}

/// What the user set, from the configuration and the command line.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent switches of the configuration"
)]
pub struct Settings {
    /// The slide's number on the audience's screen.
    pub slide_number: bool,
    /// The elapsed time on the audience's screen.
    pub elapsed: bool,
    /// Only ASCII.
    pub ascii: bool,
    /// The mouse is captured.
    pub mouse: bool,
    /// The deck's own commands may run.
    pub trusted: bool,
    /// Which theme.
    pub theme: ThemeChoice,
    /// Least time between two pictures of a run.
    pub frame_min: Duration,
}

impl State {
    /// The cells that a slide is laid out for: the screen less status bar and footer.
    pub fn body_size(&self) -> Size {
        Size {
            width: self.size.width,
            height: self.size.height.saturating_sub(1),
        }
    }

    /// When the next [`super::Event::Tick`] is wanted, from now; `None` lets the app sleep until something happens.
    pub fn tick_after(&self) -> Option<Duration> {
        None
    }
}
