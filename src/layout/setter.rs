//! Sets blocks one below the other in a column. The files beside it each set one kind of block.

use super::rows::{Rows, row_end, run};
use super::width::prefix;
use super::wrap::wrap;
use super::{Letters, Row, Run, Size, arrow, chart, demo, glyph, qr, snippet};
use crate::deck::{Align, Block, BlockKind, Inline, Place};
use crate::highlight::Highlights;
use crate::theme::{Ink, Role};

/// Running text is no wider than this, however wide the page: longer lines are hard to read.
pub(super) const MEASURE: u16 = 100;

/// What is known while a slide is set, and what is gathered on the way.
pub(super) struct Setter<'a> {
    /// The step that is shown.
    pub(super) step: u16,
    /// Rows of the page: a picture is as tall as suits it.
    pub(super) page_rows: u16,
    /// No image is higher than this.
    pub(super) image_rows_max: u16,
    /// Rows of the highest image so far.
    pub(super) image_rows: u16,
    /// Running text is no wider than this.
    pub(super) measure: u16,
    /// Which text may be large.
    pub(super) letters: Letters,
    /// What has been highlighted so far.
    pub(super) highlights: &'a Highlights,
    /// Addresses that runs refer to by index.
    pub(super) links: Vec<String>,
    /// Columns of the widest thing that had to be cut.
    pub(super) overflow_columns: u16,
}

/// The column in which something is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Its columns, 1 at least.
    pub(super) width: u16,
    /// How its lines stand, where a block says nothing else.
    pub(super) align: Align,
    /// How its text looks, where nothing else is said.
    pub(super) ink: Ink,
    /// Blank rows between blocks: 0 in a tight list's item.
    pub(super) gap: usize,
    /// How many lists are around it.
    pub(super) depth: usize,
    /// Whether another column stands at its right.
    pub(super) has_neighbour: bool,
}

impl Column {
    /// A column of a page.
    pub(super) fn new(width: u16) -> Self {
        Self {
            width: width.max(1),
            align: Align::Start,
            ink: Ink::default(),
            gap: 1,
            depth: 0,
            has_neighbour: false,
        }
    }

    /// The same, its lines beginning at the left: for what is aligned as one thing.
    pub(super) fn start(self) -> Self {
        Self {
            align: Align::Start,
            ..self
        }
    }

    /// The same, its text that of a title.
    pub(super) fn of_title(self) -> Self {
        let ink = Ink {
            role: Role::Title,
            bold: true,
            ..Ink::default()
        };
        Self { ink, ..self }
    }

    /// The same, narrower.
    pub(super) fn narrower(self, by: u16) -> Self {
        Self {
            width: self.width.saturating_sub(by).max(1),
            ..self
        }
    }
}

impl<'a> Setter<'a> {
    pub(super) fn new(step: u16, size: Size, letters: Letters, highlights: &'a Highlights) -> Self {
        Self {
            step,
            page_rows: size.height,
            image_rows_max: size.height,
            image_rows: 0,
            measure: MEASURE,
            letters,
            highlights,
            links: Vec::new(),
            overflow_columns: 0,
        }
    }

    /// The index of an address; `None` when a page has more links than it can number.
    pub(super) fn link(&mut self, url: &str) -> Option<u16> {
        let at = self.links.iter().position(|known| known == url);
        let at = at.unwrap_or_else(|| {
            self.links.push(url.to_owned());
            self.links.len() - 1
        });
        u16::try_from(at).ok()
    }

    /// Notes that something was cut which would have taken so many columns.
    pub(super) fn overflow(&mut self, columns: usize) {
        let columns = u16::try_from(columns).unwrap_or(u16::MAX);
        self.overflow_columns = self.overflow_columns.max(columns);
    }

    /// Blocks one below the other, with the column's gap between them. What isn't revealed yet takes
    /// its room all the same.
    pub(super) fn flow(&mut self, blocks: &[Block], column: Column) -> Rows {
        let mut rows = Rows::default();
        let mut below_something = false;
        for block in blocks {
            if let BlockKind::Blank(count) = block.kind {
                rows.blank(usize::from(count));
                continue;
            }
            if let Some(shared) = self.shared_slot(block, &rows) {
                rows.slots.push(shared);
                continue;
            }
            let mut set = self.block(block, column);
            if set.is_empty() {
                continue;
            }
            if set.width() > column.width {
                for row in &mut set.lines {
                    self.clip(row, column.width);
                }
            }
            if block.step > self.step {
                set.hide();
            }
            if below_something {
                rows.blank(column.gap);
            }
            rows.append(set);
            below_something = true;
        }
        rows
    }

    fn block(&mut self, block: &Block, column: Column) -> Rows {
        let column = Column {
            align: match block.align {
                Align::Start => column.align,
                align => align,
            },
            ink: Ink {
                bold: column.ink.bold || block.font_size > 1,
                ..column.ink
            },
            ..column
        };
        match &block.kind {
            BlockKind::Heading { level, content } => {
                let ink = Ink {
                    role: if *level == 1 {
                        Role::Title
                    } else {
                        Role::Heading
                    },
                    bold: true,
                    ..column.ink
                };
                self.sized(content, block.font_size, Column { ink, ..column })
            }
            BlockKind::Paragraph(content) if column.has_neighbour && block.font_size == 1 => {
                arrow::reach(self.text(content, column), column.width)
            }
            BlockKind::Paragraph(content) => self.sized(content, block.font_size, column),
            BlockKind::List(list) => self.list(list, column),
            BlockKind::Quote { alert, blocks } => self.quote(*alert, blocks, column),
            BlockKind::Table(table) => self.table(table, column),
            BlockKind::Code(code) => self.code(code, block.step, column),
            BlockKind::Rule => rule(column.width),
            BlockKind::Image(image) => self.image(image, column),
            BlockKind::Columns { weights, columns } => self.columns(weights, columns, column),
            BlockKind::Demo(demo) => demo::room(demo, column),
            BlockKind::SnippetOutput(Some(number)) => snippet::room(*number, column),
            BlockKind::Chart(chart) => chart::draw(chart, self.page_rows, column),
            BlockKind::Timeline(timeline) => chart::draw_timeline(timeline, self.page_rows, column),
            BlockKind::Qr {
                data,
                caption,
                place: Place::Flow,
            } => qr::draw(data, caption.as_deref(), column),
            BlockKind::Broken { message, source } => self.broken(message, source, column),
            // Blank lines belong to the flow, the middle and the corner to the page, and questions
            // and goals to the learning mode.
            BlockKind::Blank(_)
            | BlockKind::Middle
            | BlockKind::Qr { .. }
            | BlockKind::SnippetOutput(None)
            | BlockKind::Predict(_)
            | BlockKind::Challenge(_) => Rows::default(),
        }
    }

    /// Cuts what stands beyond a width, and puts the sign of a cut in the last column.
    pub(super) fn clip(&mut self, row: &mut Row, width: u16) {
        let end = row_end(row);
        if end <= width {
            return;
        }
        self.overflow(usize::from(end));
        let last = width.saturating_sub(1);
        row.runs.retain(|run| run.x < last);
        let mut ink = Ink::from(Role::Muted);
        if let Some(run) = row.runs.last_mut() {
            ink.background = run.ink.background;
            let (kept, _) = prefix(&run.text, last - run.x);
            run.text.truncate(kept.len());
        }
        row.runs.push(run(last, glyph::CUT, ink));
    }

    /// Running text.
    pub(super) fn text(&mut self, content: &[Inline], column: Column) -> Rows {
        let pieces = self.pieces(content, column.ink);
        let width = match column.align {
            Align::Start => column.width.min(self.measure),
            Align::Center | Align::End => column.width,
        };
        wrap(&pieces, width, column.align)
    }
}

/// A thin line across the column.
pub(super) fn rule(width: u16) -> Rows {
    let mut rows = Rows::default();
    rows.push(vec![Run {
        x: 0,
        text: glyph::RULE.repeat(usize::from(width)),
        ink: Role::Faint.into(),
        link: None,
    }]);
    rows
}
