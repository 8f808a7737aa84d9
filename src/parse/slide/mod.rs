//! One slide: its pieces of source → title, blocks, steps, notes and footnotes.
//!
//! [`Builder`] holds what lasts from block to block; [`super::blocks`] reads the blocks themselves,
//! [`super::inline`] the text in them. What comments change stands in [`comments`].

mod comments;
mod footnotes;
mod images;
mod outputs;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser};

use crate::deck::{
    Align, Block, BlockKind, Deck, Diagnostic, Inline, Inlines, Note, Slide, Span, Transition,
};

use super::comment::Command;
use super::flow::Flow;
use super::steps::Steps;
use super::{Files, definitions, intro};
use parade_demos::visible::{visible, visible_lines, visible_string};

/// Most Markdown that is parsed at a time, and as much of a larger one as is shown, in bytes: what
/// fills no screen must not keep the audience waiting.
const BYTES_MAX: usize = 256 << 10;
const BYTES_SHOWN_MAX: usize = 16 << 10;

/// Markdown's extensions that decks may use.
pub(super) fn markdown() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// Parses one slide of a deck.
pub(super) fn read(deck: &Deck, index: usize, files: &dyn Files) -> Slide {
    let Some(extent) = deck.extents.get(index) else {
        return Slide::default();
    };
    let mut builder = Builder::new(deck, files);
    builder.id.clone_from(&extent.id);
    if extent.intro {
        intro::place(&mut builder);
    }
    for piece in &extent.pieces {
        builder.piece(*piece);
    }
    let mut slide = builder.finish();
    slide.intro = extent.intro;
    slide
}

/// A slide under construction.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch that a comment sets, independent of the others"
)]
pub(super) struct Builder<'a> {
    pub(super) deck: &'a Deck,
    pub(super) files: &'a dyn Files,
    id: String,
    /// The piece that is read.
    piece: Span,
    /// For text that doesn't stand in the source as it is read: where all of it is said to be.
    elsewhere: Option<Span>,
    pub(super) steps: Steps,
    flow: Flow,
    /// Blocks of the containers that are open, outermost first.
    nest: Vec<Vec<Block>>,
    pub(super) title: Option<Inlines>,
    /// Whether a title has been written below other things.
    pub(super) late_title: bool,
    notes: Vec<Note>,
    explain: Vec<Block>,
    footnotes: Vec<String>,
    /// Commands that stand within a paragraph: they hold behind it.
    deferred: Vec<(Command, Span)>,
    pub(super) task: Option<bool>,
    pub(super) incremental_lists: bool,
    pub(super) incremental_tables: bool,
    pub(super) item_newlines: u8,
    pub(super) align: Align,
    pub(super) font_size: u8,
    no_footer: bool,
    transition: Option<Transition>,
    demos_unnamed: usize,
    snippets: usize,
    /// The ids that `snippet_output` comments name, in source order.
    outputs: Vec<(String, Span)>,
    diagnostics: Vec<Diagnostic>,
}

pub(super) type Events<'e> = std::iter::Peekable<std::vec::IntoIter<(Event<'e>, Range<usize>)>>;

impl<'a> Builder<'a> {
    fn new(deck: &'a Deck, files: &'a dyn Files) -> Self {
        let options = &deck.front.options;
        Self {
            deck,
            files,
            id: String::new(),
            demos_unnamed: 0,
            snippets: 0,
            outputs: Vec::new(),
            piece: Span::default(),
            elsewhere: None,
            steps: Steps::default(),
            flow: Flow::default(),
            nest: Vec::new(),
            title: None,
            late_title: false,
            notes: Vec::new(),
            explain: Vec::new(),
            footnotes: Vec::new(),
            deferred: Vec::new(),
            task: None,
            incremental_lists: options.incremental_lists,
            incremental_tables: options.incremental_tables,
            item_newlines: options.list_item_newlines.unwrap_or(1),
            align: Align::default(),
            font_size: 1,
            no_footer: false,
            transition: None,
            diagnostics: Vec::new(),
        }
    }

    fn piece(&mut self, piece: Span) {
        self.piece = piece;
        // Footnotes are cut out of slides and resolved by label: the old syntax refers to them unseen.
        self.markdown(self.deck.source(piece), Options::ENABLE_OLD_FOOTNOTES);
    }

    /// Reads Markdown into the innermost open container. A panic of the parser breaks this part alone.
    fn markdown(&mut self, text: &str, footnotes: Options) {
        if text.len() > BYTES_MAX {
            self.too_large(text);
            return;
        }
        let links = &self.deck.definitions.links;
        let defined = |link: BrokenLink<'_>| {
            let address = links.get(&definitions::key(&link.reference))?;
            Some((CowStr::from(address.clone()), CowStr::Borrowed("")))
        };
        let parsed = catch_unwind(AssertUnwindSafe(|| {
            Parser::new_with_broken_link_callback(text, markdown() | footnotes, Some(defined))
                .into_offset_iter()
                .collect::<Vec<_>>()
        }));
        match parsed {
            Ok(events) => self.blocks(text, &mut events.into_iter().peekable()),
            Err(_) => self.broken("failed to parse this slide's Markdown", text, 0..text.len()),
        }
    }

    /// Shows the beginning of what is too large to be a slide's.
    fn too_large(&mut self, text: &str) {
        let shown = &text[..text.floor_char_boundary(BYTES_SHOWN_MAX)];
        let kib = BYTES_MAX >> 10;
        let message =
            format!("this is larger than {kib} KiB: only its beginning is shown, as text");
        let first_line = 0..text.find('\n').unwrap_or(text.len());
        let help = "end slides with `---` between blank lines";
        let error = Diagnostic::error(self.span(first_line.clone()), &*message);
        self.report(error.with_help(help));
        self.broken_block(&message, shown, first_line);
    }

    /// Reads Markdown that a value holds, with `span` as the place of all of it.
    pub(super) fn aside(&mut self, text: &str, span: Span) -> Vec<Block> {
        let outer = self.elsewhere.replace(span);
        let steps = self.steps;
        // What stands beside the slide is not aligned as the slide is.
        let align = std::mem::take(&mut self.align);
        self.open_container();
        self.markdown(text, Options::ENABLE_OLD_FOOTNOTES);
        self.steps = steps;
        self.align = align;
        self.elsewhere = outer;
        self.close_container()
    }

    /// One line of Markdown that a value holds.
    pub(super) fn line(&mut self, text: &str, span: Span) -> Inlines {
        match self
            .aside(text, span)
            .into_iter()
            .next()
            .map(|block| block.kind)
        {
            Some(BlockKind::Paragraph(content)) => content,
            // What would begin a block elsewhere (`1.`, `#`) is text here.
            _ => vec![Inline::Text(visible(text).into_owned())],
        }
    }

    /// Where bytes of the piece that is read stand.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.elsewhere.unwrap_or(Span {
            file: self.piece.file,
            start: self.piece.start + range.start as u32,
            end: self.piece.start + range.end as u32,
        })
    }

    /// The file that is read, to name others beside it.
    pub(super) fn beside(&self, named: &str) -> std::path::PathBuf {
        super::beside(self.deck, self.piece, named)
    }

    pub(super) fn report(&mut self, mut diagnostic: Diagnostic) {
        diagnostic.message = visible_string(diagnostic.message);
        self.diagnostics.push(diagnostic);
    }

    /// A block as it looks here.
    pub(super) fn block(&mut self, kind: BlockKind, range: Range<usize>) -> Block {
        let span = self.span(range);
        self.block_at(kind, span)
    }

    fn block_at(&mut self, kind: BlockKind, span: Span) -> Block {
        Block {
            kind,
            span,
            step: self.steps.here(),
            align: self.align,
            font_size: self.font_size,
        }
    }

    /// Adds a block to the innermost container that is open.
    pub(super) fn place(&mut self, block: Block) {
        if let Some(nest) = self.nest.last_mut() {
            nest.push(block);
            return;
        }
        let span = block.span;
        if !self.flow.place(block) {
            let error = Diagnostic::warning(span, "no column is chosen: this goes into the first");
            self.report(error.with_help("choose one: <!-- column: 0 -->"));
        }
    }

    /// Shows what can't be understood, and why.
    pub(super) fn broken(&mut self, message: &str, source: &str, range: Range<usize>) {
        let span = self.span(range.clone());
        self.report(Diagnostic::error(span, message));
        self.broken_block(message, source, range);
    }

    /// Shows what can't be understood, where that has been reported already.
    pub(super) fn broken_block(&mut self, message: &str, source: &str, range: Range<usize>) {
        let kind = BlockKind::Broken {
            message: visible(message).into_owned(),
            source: visible_lines(source),
        };
        let block = self.block(kind, range);
        self.place(block);
    }

    pub(super) fn depth(&self) -> usize {
        self.nest.len()
    }

    pub(super) fn open_container(&mut self) {
        self.nest.push(Vec::new());
    }

    pub(super) fn close_container(&mut self) -> Vec<Block> {
        self.nest.pop().unwrap_or_default()
    }

    /// Whether a heading here would be the slide's title.
    pub(super) fn takes_title(&self) -> bool {
        self.title.is_none()
            && self.nest.is_empty()
            && self.flow.is_empty()
            && self.steps.reached() == 0
    }

    /// A name for a demo that has none of its own.
    pub(super) fn demo_name(&mut self) -> String {
        self.demos_unnamed += 1;
        match self.demos_unnamed {
            1 => self.id.clone(),
            number => format!("{}-{number}", self.id),
        }
    }

    /// The number of the next snippet; `None` for code beside the slide, which is there to be read.
    pub(super) fn snippet_number(&mut self) -> Option<usize> {
        let number = self.snippets;
        self.elsewhere.is_none().then(|| self.snippets += 1)?;
        Some(number)
    }

    fn finish(mut self) -> Slide {
        let footnotes = self.read_footnotes();
        let mut blocks = std::mem::take(&mut self.flow).finish();
        self.join_outputs(&mut blocks);
        self.diagnostics.sort_by_key(Diagnostic::order);
        Slide {
            id: self.id,
            intro: false,
            title: self.title,
            blocks,
            steps: self.steps.total(),
            notes: self.notes,
            explain: self.explain,
            footnotes,
            no_footer: self.no_footer,
            transition: self.transition,
            diagnostics: self.diagnostics,
        }
    }
}
