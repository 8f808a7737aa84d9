//! The page as a whole: margins, title, body, footnotes at the foot, and what stands in the middle.

use super::rows::{Rows, revealed, run};
use super::setter::{Column, Setter};
use super::{Page, Size, glyph, qr};
use crate::deck::{Align, Block, BlockKind, Inline, Place, Slide};
use crate::theme::Role;

/// Rows beyond this many are not laid out; a note says so.
const ROWS_MAX: usize = 20_000;
/// A column beside a corner's QR code narrower than this is no good: the code then stands below.
const BESIDE_CORNER_WIDTH_MIN: u16 = 24;
/// Columns between the body and what stands in the corner.
const CORNER_GUTTER: u16 = 2;

/// Columns of the rule under a title in the middle.
const ACCENT_RULE_WIDTH: u16 = 8;

/// Rows of the rule under a title in the middle, and of the blank below it.
const TITLE_ROWS_BELOW: usize = 2;

/// The margins of a page.
struct Margins {
    /// Columns left and right.
    side: u16,
    /// Rows above the title.
    top: u16,
}

impl Margins {
    /// Two columns at 80, more on a wide page; a row above where there are enough.
    fn of(size: Size) -> Self {
        Self {
            side: match size.width {
                0..20 => 0,
                20..100 => 2,
                wide => 2 + (wide - 100) / 10,
            },
            top: match size.height {
                0..20 => 0,
                20..34 => 1,
                _ => 2,
            },
        }
    }
}

/// How a slide stands on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The title above, the body below it.
    Flow,
    /// The title above, if there is one; text, if it is little, at the optical middle of what is left.
    Statement,
    /// The same with each line in the middle: emoji, and images without a word.
    Picture,
    /// All of it in the middle, title included: a section's title, an introduction.
    Centred,
}

impl Form {
    pub(super) fn of(slide: &Slide) -> Self {
        let seen = || slide.blocks.iter().filter(|block| is_seen(block));
        let all = |is: fn(&Block) -> bool| seen().all(is);
        let has = |is: fn(&Block) -> bool| slide.blocks.iter().any(is);
        let headed = seen().next().is_some_and(is_heading);
        if seen().next().is_none() {
            Self::Centred
        } else if all(is_image) {
            Self::Picture
        } else if !all(is_text) || has_middle_within(&slide.blocks) {
            Self::Flow
        } else if all(|block| block.align == Align::Center) {
            Self::Centred
        } else if has(|block| matches!(block.kind, BlockKind::Blank(_) | BlockKind::Middle)) {
            Self::Flow
        } else if all(is_picture) {
            Self::Picture
        } else if all(|block| block.align == Align::Start) && (slide.title.is_some() || headed) {
            Self::Statement
        } else {
            Self::Flow
        }
    }
}

/// Whether a jump to the middle has something above it.
fn has_middle_within(blocks: &[Block]) -> bool {
    let mut from_first_seen = blocks.iter().skip_while(|block| !is_seen(block));
    from_first_seen.any(|block| block.kind == BlockKind::Middle)
}

/// Whether a block takes room in the flow.
fn is_seen(block: &Block) -> bool {
    !matches!(
        block.kind,
        BlockKind::Blank(_)
            | BlockKind::Middle
            | BlockKind::SnippetOutput(None)
            | BlockKind::Predict(_)
            | BlockKind::Challenge(_)
            | BlockKind::Qr {
                place: Place::LowerRight,
                ..
            }
    )
}

fn is_text(block: &Block) -> bool {
    matches!(
        block.kind,
        BlockKind::Paragraph(_) | BlockKind::Heading { .. }
    )
}

fn is_image(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Image(_))
}

fn is_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading { .. })
}

/// Whether it holds signs alone, such as emoji, and no word.
fn is_picture(block: &Block) -> bool {
    let BlockKind::Paragraph(content) = &block.kind else {
        return false;
    };
    content.iter().all(|inline| match inline {
        Inline::Text(text) => !text.chars().any(char::is_alphanumeric),
        Inline::SoftBreak | Inline::HardBreak => true,
        _ => false,
    })
}

/// A slide's page.
pub(super) fn page(slide: &Slide, size: Size, setter: &mut Setter<'_>) -> Page {
    let margins = Margins::of(size);
    let width = size.width.saturating_sub(2 * margins.side).max(1);
    let height = usize::from(size.height.saturating_sub(margins.top));
    let set = slide_rows(slide, width, height, setter);
    let mut rows = Rows::default();
    rows.place(set, margins.side, usize::from(margins.top));
    if rows.len() > ROWS_MAX {
        let more = rows.len() - ROWS_MAX;
        rows.truncate(ROWS_MAX);
        let text = format!("{} {more} more rows", glyph::CUT);
        rows.push(vec![run(margins.side, text, Role::Warning)]);
    }
    for row in &mut rows.lines {
        setter.clip(row, size.width);
    }
    Page {
        size,
        slots: revealed(rows.slots),
        images: rows.images,
        large: rows.large,
        rows: rows.lines,
        links: std::mem::take(&mut setter.links),
        overflow_columns: setter.overflow_columns,
    }
}

/// All that stands within the margins.
fn slide_rows(slide: &Slide, width: u16, height: usize, setter: &mut Setter<'_>) -> Rows {
    let corner = setter.corner(slide, Column::new(width));
    let corner_width = corner.width();
    let beside = width.saturating_sub(corner_width + CORNER_GUTTER);
    let is_beside = !corner.is_empty() && beside >= BESIDE_CORNER_WIDTH_MIN;
    let column = Column::new(if is_beside { beside } else { width });

    let foot = setter.footnotes(slide, column);
    let room = height.saturating_sub(foot.len());
    let mut rows = match Form::of(slide) {
        Form::Centred => setter.centred(slide, room, column),
        form => setter.titled(slide, form, room, column),
    };
    if !foot.is_empty() {
        let y = rows.len().max(room);
        rows.place(foot, 0, y);
    }
    if !corner.is_empty() {
        let y = if is_beside {
            height.saturating_sub(corner.len())
        } else {
            rows.len().max(height.saturating_sub(corner.len()))
        };
        rows.place(corner, width - corner_width.min(width), y);
    }
    rows
}

impl Setter<'_> {
    /// Title and body in the optical middle, each line in the middle.
    fn centred(&mut self, slide: &Slide, room: usize, column: Column) -> Rows {
        let column = Column {
            align: Align::Center,
            ..column
        };
        // The talk's own title is a heading among what the front matter tells.
        let headings = match slide.blocks.iter().position(is_seen) {
            Some(first) if slide.title.is_none() && is_heading(&slide.blocks[first]) => first + 1,
            _ => 0,
        };
        let (heading, body) = slide.blocks.split_at(headings);
        let body = self.flow(body, column);
        let free = room.saturating_sub(body.len() + TITLE_ROWS_BELOW);
        let large = self.large_heading(slide, heading, free.min(room * 2 / 3), column);
        let mut rows = large.unwrap_or_else(|| {
            let mut rows = self.title(slide, column);
            rows.append(self.flow(heading, column));
            rows
        });
        if !rows.is_empty() {
            rows.append(accent_rule(column.width));
        }
        if !rows.is_empty() && !body.is_empty() {
            rows.blank(1);
        }
        rows.append(body);
        hang(rows, room)
    }

    /// The title above, the body below it.
    fn titled(&mut self, slide: &Slide, form: Form, room: usize, column: Column) -> Rows {
        let mut rows = self.title(slide, column);
        if !rows.is_empty() {
            rows.blank(1);
        }
        let room = room.saturating_sub(rows.len());
        let body_column = Column {
            align: if form == Form::Picture {
                Align::Center
            } else {
                column.align
            },
            ..column
        };
        let body = self.body(&slide.blocks, room, body_column);
        let is_short = body.len() * 3 <= room;
        rows.append(match form {
            Form::Picture => hang(body, room),
            Form::Statement if is_short => hang(body, room),
            _ => body,
        });
        rows
    }

    /// The body: what follows a jump to the middle stands in the middle of what is left, and a demo
    /// takes all that nothing else needs.
    fn body(&mut self, blocks: &[Block], room: usize, column: Column) -> Rows {
        let mut rows = Rows::default();
        let parts = blocks.split(|block| block.kind == BlockKind::Middle);
        for (index, blocks) in parts.enumerate() {
            let part = self.flow(blocks, column);
            if index > 0 {
                let free = room.saturating_sub(rows.len() + part.len());
                rows.blank(free / 2);
            }
            rows.append(part);
        }
        rows.stretch(room, column.width);
        rows
    }

    fn title(&mut self, slide: &Slide, column: Column) -> Rows {
        let Some(title) = &slide.title else {
            return Rows::default();
        };
        self.text(title, column.of_title())
    }

    /// The title of a slide that has all of it in the middle, in large letters where they have room:
    /// the slide's own, or the heading that stands for it.
    fn large_heading(
        &mut self,
        slide: &Slide,
        heading: &[Block],
        rows_max: usize,
        column: Column,
    ) -> Option<Rows> {
        if let Some(title) = &slide.title {
            return self.large_title(title, rows_max, column);
        }
        let block = heading.last()?;
        let BlockKind::Heading { content, .. } = &block.kind else {
            return None;
        };
        let mut rows = self.large_title(content, rows_max, column)?;
        if block.step > self.step {
            rows.hide();
        }
        Some(rows)
    }

    /// What stands in the lower right corner; nothing but QR codes can.
    fn corner(&mut self, slide: &Slide, column: Column) -> Rows {
        let mut rows = Rows::default();
        for block in &slide.blocks {
            if let BlockKind::Qr {
                data,
                caption,
                place: Place::LowerRight,
            } = &block.kind
            {
                let mut set = qr::draw(data, caption.as_deref(), column);
                if block.step > self.step {
                    set.hide();
                }
                rows.append(set);
            }
        }
        rows
    }
}

/// A short rule in the talk's accent, which sets off a title that stands in the middle.
fn accent_rule(column_width: u16) -> Rows {
    let width = ACCENT_RULE_WIDTH.min(column_width);
    let x = (column_width - width) / 2;
    let mut rows = Rows::default();
    rows.push(vec![run(
        x,
        glyph::HEAVY_RULE.repeat(width.into()),
        Role::Accent,
    )]);
    rows
}

/// Sets rows a little above the middle of the room, where the eye has the middle.
fn hang(rows: Rows, room: usize) -> Rows {
    let free = room.saturating_sub(rows.len());
    let mut hung = Rows::default();
    hung.place(rows, 0, free * 9 / 20);
    hung
}
