//! A laid-out slide: runs of text at places, and slots where live things are drawn.
//!
//! Pure geometry: cells, no colours, no clock.

use super::width::text_width;
use crate::deck::ImageFile;
use crate::theme::Ink;

/// Columns and rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// A rectangle on a page. Rows of a page can exceed a screen's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Area {
    /// First column.
    pub x: u16,
    /// First row.
    pub y: u32,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Its columns and rows.
    pub fn size(self) -> Size {
        Size {
            width: self.width,
            height: self.height,
        }
    }

    /// Whether this cell is in it.
    pub fn contains(&self, x: u16, y: u32) -> bool {
        let columns = self.x..self.x.saturating_add(self.width);
        let rows = self.y..self.y.saturating_add(u32::from(self.height));
        columns.contains(&x) && rows.contains(&y)
    }

    /// What is in view of it where `scroll` rows are above the first of `height`: its rows on the screen.
    /// What is partly scrolled out of view gets what is left of it.
    pub fn in_view(self, scroll: u32, height: u16) -> Option<Area> {
        let first = self.y.max(scroll);
        let last = (self.y + u32::from(self.height)).min(scroll + u32::from(height));
        (first < last).then(|| Area {
            y: first - scroll,
            height: (last - first) as u16,
            ..self
        })
    }

    /// One past the last row.
    pub fn end(self) -> usize {
        self.y as usize + usize::from(self.height)
    }
}

/// A slide at one step and one width.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The size that it was laid out for.
    pub size: Size,
    /// Row by row from the top, as many as the slide needs; when more than `size.height`, it scrolls.
    pub rows: Vec<Row>,
    /// Where live things stand, in source order.
    pub slots: Vec<Slot>,
    /// Where images stand, in source order; their rows are left empty.
    pub images: Vec<ImageSpot>,
    /// Text in large letters, in source order. The rows hold what stands in its place on a terminal
    /// that can't scale text.
    pub large: Vec<LargeText>,
    /// Addresses that runs refer to.
    pub links: Vec<String>,
    /// Columns of the widest thing that had to be cut (with a sign) for want of width; 0 for none.
    pub overflow_columns: u16,
}

impl Page {
    /// Rows up to the last with something on it: what is yet to be revealed needs no scrolling.
    pub fn rows_shown(&self) -> usize {
        let text = self.rows.iter().rposition(|row| !row.runs.is_empty());
        let text_end = text.map_or(0, |last| last + 1);
        let slots = self.slots.iter().map(|slot| slot.area.end());
        let images = self.images.iter().map(|spot| spot.area.end());
        slots.chain(images).fold(text_end, usize::max)
    }

    /// The page as plain text, without spaces at the ends of rows.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            let mut x = 0;
            let start = text.len();
            for run in &row.runs {
                let free = usize::from(run.x).saturating_sub(x);
                text.extend(std::iter::repeat_n(' ', free));
                text.push_str(&run.text);
                x += free + text_width(&run.text);
            }
            let end = start + text[start..].trim_end_matches(' ').len();
            text.truncate(end);
            text.push('\n');
        }
        text
    }
}

/// One row of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// From left to right, not overlapping.
    pub runs: Vec<Run>,
}

/// Text in one ink.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// First column.
    pub x: u16,
    /// Printable text, no control characters.
    pub text: String,
    /// How it looks.
    pub ink: Ink,
    /// Index into [`Page::links`].
    pub link: Option<u16>,
}

/// The place of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageSpot {
    /// Where.
    pub area: Area,
    /// Which.
    pub file: ImageFile,
    /// What it is called, where it can't be seen.
    pub name: String,
}

/// Text in letters of several cells.
#[derive(Clone, Debug, PartialEq)]
pub struct LargeText {
    /// Where: `scale` rows, and `scale` columns for each of the text's own.
    pub area: Area,
    /// One line, printable.
    pub text: String,
    /// Columns and rows of a letter, 2 to 7.
    pub scale: u8,
    /// How it looks.
    pub ink: Ink,
}

/// A place where something live is drawn. Several demos of a slide share one area, and the view
/// shows one of them at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// Where.
    pub area: Area,
    /// What.
    pub content: SlotContent,
}

/// What is drawn in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlotContent {
    /// The slide's demo of this name.
    Demo(String),
    /// What the slide's snippet of this number writes.
    Snippet(usize),
}

impl SlotContent {
    /// The name of the demo that is drawn there.
    pub fn demo(&self) -> Option<&str> {
        match self {
            Self::Demo(name) => Some(name),
            Self::Snippet(_) => None,
        }
    }
}
