//! Blocks. Everything here is already sanitized: no control character is left in any string
//! ([`crate::parse`] makes them visible).

use std::path::PathBuf;

use parade_demos::spec::DemoSpec;

use super::{Date, Exec, Inlines, Span};

/// What stands on a slide.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the source.
    pub span: Span,
    /// The step from which it is shown, 0 from the start.
    pub step: u16,
    /// How its lines stand between the margins.
    pub align: Align,
    /// presenterm's `font_size`, 1 to 7; drawn as emphasis by space where the terminal has one size.
    pub font_size: u8,
}

/// How lines stand between the margins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// As the theme has it: left.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// At the right.
    End,
}

/// The kinds of blocks.
#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    /// A heading in the body, level 1 to 6.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its text.
        content: Inlines,
    },
    /// Running text.
    Paragraph(Inlines),
    /// Bulleted, or numbered from `start`.
    List(List),
    /// A quotation, or an alert.
    Quote {
        /// The kind of alert, where it is one.
        alert: Option<Alert>,
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// A table.
    Table(Table),
    /// Source code, fenced or indented.
    Code(Code),
    /// A rule across the column.
    Rule,
    /// An image.
    Image(Image),
    /// The place for the output of the slide's snippet of this number; `None` where there is none.
    SnippetOutput(Option<usize>),
    /// Blank lines, as many as said.
    Blank(u16),
    /// What follows stands in the vertical middle of what is left of the page.
    Middle,
    /// Columns side by side.
    Columns {
        /// Their weights; as many as columns.
        weights: Vec<u16>,
        /// Their blocks.
        columns: Vec<Vec<Block>>,
    },
    /// A demo.
    Demo(Box<Demo>),
    /// A chart.
    Chart(Box<Chart>),
    /// What happened when.
    Timeline(Box<Timeline>),
    /// A QR code.
    Qr {
        /// What it says.
        data: String,
        /// A line below it.
        caption: Option<String>,
        /// Where it stands.
        place: Place,
    },
    /// A question before a run, asked of a learner.
    Predict(Box<Predict>),
    /// A goal on a run's figures, set to a learner.
    Challenge(Box<Challenge>),
    /// Shown in place of what could not be understood.
    Broken {
        /// What is wrong, as in the diagnostic.
        message: String,
        /// The source as written.
        source: String,
    },
}

/// Where a small thing stands on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// In the flow.
    #[default]
    Flow,
    /// In the page's lower right corner.
    LowerRight,
}

/// A list.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The first number of a numbered list.
    pub start: Option<u64>,
    /// No blank lines between items.
    pub tight: bool,
    /// Blank lines between items, as presenterm counts: 1 is none.
    pub item_newlines: u8,
    /// The items.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Ticked or not, for a task.
    pub task: Option<bool>,
    /// What it holds.
    pub blocks: Vec<Block>,
    /// The step from which it is shown.
    pub step: u16,
}

/// GitHub's five kinds of alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each names the alert of the same name")]
pub enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// One per column.
    pub aligns: Vec<Align>,
    /// The heading row.
    pub head: Vec<Inlines>,
    /// The other rows, each with the step from which it is shown.
    pub rows: Vec<(u16, Vec<Inlines>)>,
}

/// Source code.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Code {
    /// The language's name as written, empty for none.
    pub language: String,
    /// The lines that are shown, without line ends; tabs expanded.
    pub lines: Vec<String>,
    /// The number of the first line, where numbers are shown.
    pub first_number: Option<u32>,
    /// Groups of lines to emphasize one after the other, the first at the block's own step; empty for none.
    pub groups: Vec<Lines>,
    /// No background behind it.
    pub no_background: bool,
    /// Whether it can be run: `+exec` and its relatives.
    pub exec: Exec,
    /// `+id:name`.
    pub id: Option<String>,
    /// `+width:50%`, percent of the column.
    pub width_percent: Option<u8>,
}

/// Which lines of a code block are emphasized.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lines {
    /// All of them.
    All,
    /// These, as ranges from 1, both ends included.
    Ranges(Vec<(u32, u32)>),
}

/// An image.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Image {
    /// As written, checked.
    pub path: String,
    /// The alternative text.
    pub alt: String,
    /// `image:width:50%`, percent of the column.
    pub width_percent: Option<u8>,
    /// What was found of its file.
    pub file: ImageFound,
}

/// What is known of an image's file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ImageFound {
    /// Nobody looked: an image within text is shown as its alternative text.
    #[default]
    Unread,
    /// It can be shown, as far as its first bytes tell.
    Known(ImageFile),
    /// It can't be shown, and why.
    Refused(String),
}

/// An image's file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ImageFile {
    /// Where it is, as seen from the deck's folder.
    pub path: PathBuf,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Stands for what is in it: another number, another image.
    pub content: u64,
}

impl Image {
    /// What it is called: by its alternative text, else by its file.
    pub fn name(&self) -> &str {
        if self.alt.is_empty() {
            &self.path
        } else {
            &self.alt
        }
    }
}

/// A demo and the source that decides whether it may run.
#[derive(Clone, Debug, PartialEq)]
pub struct Demo {
    /// What to run.
    pub spec: DemoSpec,
}

/// A chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The form.
    pub kind: ChartKind,
    /// Above it.
    pub title: Option<String>,
    /// The unit of the values, shown beside them.
    pub unit: Option<String>,
    /// The whole that a donut's values are parts of; their sum where not given.
    pub total: Option<f64>,
    /// Names along the axis, or of a donut's parts.
    pub labels: Vec<String>,
    /// One for a donut or simple bars; several for grouped bars and lines.
    pub series: Vec<Series>,
    /// Where the figures come from.
    pub source: Option<String>,
    /// How much of the page's rows the picture takes at most, 0…1; half of them where not given.
    pub height: Option<f64>,
}

/// What happened when, a row each.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Above it.
    pub title: Option<String>,
    /// In the order in which they stand.
    pub events: Vec<TimelineEvent>,
    /// The label of the one that stands out.
    pub highlight: Option<String>,
    /// Where the dates come from.
    pub source: Option<String>,
}

/// Something that happened, goes on, or is to come.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineEvent {
    /// What.
    pub label: String,
    /// When.
    pub when: When,
}

/// When something happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When {
    /// On one day.
    On(Date),
    /// From a day to a later one.
    During(Date, Date),
    /// From a day on, and it goes on.
    Since(Date),
    /// Nobody has said.
    Someday,
}

/// The forms of charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// Parts of a whole as a ring.
    Donut,
    /// Horizontal bars.
    Bar,
    /// Values over ordered labels; where all labels are dates, over time.
    Line,
}

/// A named row of values.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name, empty for an only one.
    pub name: String,
    /// One per label; a missing one is a gap.
    pub values: Vec<Option<f64>>,
}

/// A question before a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Predict {
    /// The demo it belongs to.
    pub demo: Option<String>,
    /// What is asked.
    pub question: String,
    /// The cores without which the demo has no answer to it.
    pub cores: u32,
    /// What can be answered.
    pub answer: PredictAnswer,
}

/// How a prediction is answered.
#[derive(Clone, Debug, PartialEq)]
pub enum PredictAnswer {
    /// One of several; each with the expression that is true when it was right.
    Choice(Vec<(String, Option<String>)>),
    /// A number: the expression that gives the measured one, and how far off still counts (a fraction).
    Number {
        /// An expression over the run's figures.
        of: String,
        /// Relative tolerance.
        tolerance: f64,
    },
}

/// A goal on a run's figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Challenge {
    /// Stable.
    pub name: String,
    /// The demo it belongs to.
    pub demo: Option<String>,
    /// What is to be done.
    pub task: String,
    /// The expression that is true when it is done.
    pub goal: String,
    /// The cores without which it says nothing, or can't be met.
    pub cores: u32,
    /// Opened one by one.
    pub hints: Vec<String>,
}
