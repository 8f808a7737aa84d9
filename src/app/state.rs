//! All that the interface knows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{
    Asker, Clock, Console, DemoKey, DemoState, Editor, Graphics, Heading, Images, KeyMap, Live,
    Moment, Notice, Progress, Question, RunId, Running, Settings, SnippetKey, SnippetState, Stop,
    Told, Transit,
};
use crate::deck::{Deck, Slide};
use crate::highlight::{CodeKey, Highlights};
use crate::layout::{Page, Size};
use crate::theme::{Depth, Theme};

/// The interface's state. Pictures read it, [`super::update`] changes it.
#[derive(Clone, Debug)]
pub struct State {
    /// The deck.
    pub deck: Arc<Deck>,
    /// Titles, ids and texts.
    pub outline: Outline,
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
    /// The editor that was closed last: opened again, it goes on where it was.
    pub last_editor: Option<Box<Editor>>,
    /// What stands below the slide, or beside it.
    pub panel: Panel,
    /// What was last searched for, for the next and the previous find.
    pub search: Option<String>,
    /// What is to be read or highlighted ahead, once the present slide is drawn.
    pub ahead: Ahead,
    /// The current slide as it is laid out for [`State::body_size`].
    pub page: Arc<Page>,
    /// How the page's slide is coming, until it is there.
    pub transit: Option<Transit>,
    /// The place that the page shows: the present one, unless its slide is not parsed yet.
    pub page_place: Place,
    /// What the panel says, laid out for [`State::panel_size`]; no row where it has nothing to say.
    pub panel_page: Arc<Page>,
    /// Rows scrolled off the top of the panel's text.
    pub panel_scroll: u32,
    /// Tokens of code blocks, at most [`HIGHLIGHTS_KEPT_MAX`].
    pub highlights: Highlights,
    /// Code that is being highlighted.
    pub highlighting: BTreeSet<CodeKey>,
    /// Images, as far as they are decoded.
    pub images: Images,
    /// How the screen shows real pictures; `None` for one that has cells alone.
    pub graphics: Option<Graphics>,
    /// Demos that were looked at, by slide id and demo name; at most [`DEMOS_KEPT_MAX`].
    pub demos: BTreeMap<DemoKey, DemoState>,
    /// The demo of the current slide that keys go to.
    pub demo: Option<DemoKey>,
    /// Code that can run and was looked at; at most [`DEMOS_KEPT_MAX`].
    pub snippets: BTreeMap<SnippetKey, SnippetState>,
    /// The snippet of the current slide that keys go to; then they go to no demo.
    pub snippet: Option<SnippetKey>,
    /// The run in progress, until nothing of it is left.
    pub run: Option<Running>,
    /// The number of the next run.
    pub next_run: RunId,
    /// Contents of deck and demo whose own commands the user allowed to run; an edit takes that back.
    pub consents: BTreeSet<ContentHash>,
    /// What the learner has done with this deck, here and in earlier sessions.
    pub progress: Progress,
    /// What the last run said to a challenge, by its mark.
    pub tried: BTreeMap<String, String>,
    /// A line to show, and until when.
    pub notice: Option<(Notice, Moment)>,
    /// A line for consoles alone, and until when: what is said of a key of theirs is not the audience's.
    pub aside: Option<(Notice, Moment)>,
    /// A line below the slide until another takes its place: a recording's script explains.
    pub caption: Option<String>,
    /// The talk's clock.
    pub clock: Clock,
    /// Now, as of the last event.
    pub now: Moment,
    /// The colours that the screen has.
    pub depth: Depth,
    /// How it looks.
    pub theme: Arc<Theme>,
    /// What the user set.
    pub settings: Settings,
    /// Which key does what.
    pub keys: Arc<KeyMap>,
    /// Cores that this process may use: what `workers: cores` stands for.
    pub cores: u32,
    /// What makes this app a console that follows a talk.
    pub console: Option<Console>,
    /// Consoles that listen to this talk.
    pub consoles: usize,
    /// Whose wish is being done.
    pub asker: Asker,
    /// What they were told last.
    pub told: Option<Box<Told>>,
    /// Something changed that a picture shows: draw.
    pub dirty: bool,
}

/// The most slides kept parsed.
pub const SLIDES_KEPT_MAX: usize = 64;
/// The most places to come back to.
pub const JUMPS_MAX: usize = 100;
/// The most code blocks kept highlighted.
pub const HIGHLIGHTS_KEPT_MAX: usize = 256;
/// The most demos whose results are kept.
pub const DEMOS_KEPT_MAX: usize = 256;
/// The smallest screen that can bear a slide.
pub const SIZE_MIN: Size = Size {
    width: 20,
    height: 6,
};

/// A slide and how far it is revealed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Index of the slide from 0.
    pub slide: usize,
    /// Step from 0.
    pub step: u16,
}

/// What the screen shows.
#[derive(Clone, Debug, Default, PartialEq)]
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
        /// Whether some slide has the text.
        found: bool,
    },
    /// All keys.
    Help {
        /// Rows scrolled.
        scroll: u16,
    },
    /// Nothing: the screen is dark.
    Black,
    /// The deck's own commands are about to run: may they?
    Consent {
        /// What runs them.
        what: Live,
        /// Each as a line.
        commands: Vec<String>,
        /// What is allowed if they are.
        content: ContentHash,
    },
    /// A demo is about to run: what will come out?
    Question(Box<Question>),
    /// A demo's program is edited.
    Edit(Box<Editor>),
}

/// What stands below the slide, or beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Panel {
    /// Nothing: the slide has the whole height.
    #[default]
    None,
    /// The speaker's notes.
    Notes,
    /// What a learner reads beside the slide.
    Explanation,
}

/// Titles, ids and texts of all slides: asked for when an overview or a search needs them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Outline {
    /// Nobody wanted them so far.
    #[default]
    Unknown,
    /// They are being found; what was searched for meanwhile is looked for then.
    Asked(Option<SearchStep>),
    /// One for each slide.
    Known(Arc<Vec<Heading>>),
}

/// Where a search looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchStep {
    /// On this slide and those after it.
    Here,
    /// After this slide.
    Next,
    /// Before this slide.
    Previous,
}

impl Outline {
    /// The headings; none while they are not known.
    pub fn headings(&self) -> &[Heading] {
        match self {
            Self::Known(headings) => headings,
            Self::Unknown | Self::Asked(_) => &[],
        }
    }
}

/// What is done while the present slide is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ahead {
    /// Nothing is left to do.
    #[default]
    Done,
    /// The next slide is to be parsed, so that its code can be highlighted.
    Next,
}

/// Stands for a content of deck and demo.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContentHash(pub u64);

/// What an app begins with.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// The deck.
    pub deck: Arc<Deck>,
    /// The terminal's size.
    pub size: Size,
    /// How it looks until a theme is loaded.
    pub theme: Arc<Theme>,
    /// What the user set.
    pub settings: Settings,
    /// Which key does what.
    pub keys: Arc<KeyMap>,
    /// Cores that this process may use.
    pub cores: u32,
    /// What the learner has done with this deck so far.
    pub progress: Progress,
    /// What makes it a console.
    pub console: Option<Console>,
    /// The colours that the screen has.
    pub depth: Depth,
}

impl State {
    /// The app before anything happened. [`super::begin`] says what to do first.
    pub fn new(setup: Setup) -> Self {
        Self {
            deck: setup.deck,
            outline: Outline::default(),
            slides: BTreeMap::new(),
            size: setup.size,
            place: Place::default(),
            scroll: 0,
            jumps: Vec::new(),
            mode: Mode::default(),
            last_editor: None,
            panel: if setup.console.is_some() {
                Panel::Notes
            } else if setup.settings.learn {
                Panel::Explanation
            } else {
                Panel::None
            },
            search: None,
            ahead: Ahead::default(),
            page: Arc::default(),
            transit: None,
            page_place: Place::default(),
            panel_page: Arc::default(),
            panel_scroll: 0,
            highlights: Highlights::default(),
            highlighting: BTreeSet::new(),
            images: Images::default(),
            graphics: None,
            demos: BTreeMap::new(),
            demo: None,
            snippets: BTreeMap::new(),
            snippet: None,
            run: None,
            next_run: RunId::default(),
            consents: BTreeSet::new(),
            progress: setup.progress,
            tried: BTreeMap::new(),
            notice: None,
            aside: None,
            caption: None,
            clock: Clock::default(),
            now: Moment::ZERO,
            depth: setup.depth,
            theme: setup.theme,
            settings: setup.settings,
            keys: setup.keys,
            cores: setup.cores.max(1),
            console: setup.console,
            consoles: 0,
            asker: Asker::default(),
            told: None,
            dirty: true,
        }
    }

    /// Whether the screen is too small to bear a slide: a message stands there instead.
    pub fn too_small(&self) -> bool {
        self.size.width < SIZE_MIN.width || self.size.height < SIZE_MIN.height
    }

    /// The slide that the talk stands on, once it is parsed.
    pub fn slide(&self) -> Option<&Arc<Slide>> {
        self.slides.get(&self.place.slide)
    }

    /// The number of slides.
    pub fn slides_total(&self) -> usize {
        self.deck.extents.len()
    }

    /// The demo that keys go to.
    pub fn demo_in_focus(&self) -> Option<&DemoState> {
        self.demos.get(self.demo.as_ref()?)
    }

    /// Whether this demo runs, and was not told to end.
    pub fn is_running(&self, demo: &DemoKey) -> bool {
        self.is_live(&Live::Demo(demo.clone()))
    }

    /// Whether this runs, and was not told to end.
    pub fn is_live(&self, what: &Live) -> bool {
        matches!(&self.run, Some(run) if run.what == *what && run.stop == Stop::Not)
    }

    /// When the next [`super::Event::Tick`] is wanted, from now; `None` lets the app sleep until
    /// something happens. Zero means: after the next frame is drawn.
    pub fn tick_after(&self) -> Option<Duration> {
        let ahead = (self.ahead != Ahead::Done).then_some(Duration::ZERO);
        let lines = [&self.notice, &self.aside].into_iter().flatten();
        let notice = lines.map(|(_, until)| until.saturating_sub(self.now)).min();
        let second = self.counts().map(|counted| {
            let beyond = Duration::from_nanos(u64::from(counted.subsec_nanos()));
            Duration::from_secs(1).saturating_sub(beyond)
        });
        [
            ahead,
            notice,
            second,
            self.replay_tick(),
            self.transit_tick(),
        ]
        .into_iter()
        .flatten()
        .min()
    }
}
