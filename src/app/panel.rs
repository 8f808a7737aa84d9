//! The panel: what it says, and where it stands beside or below the slide. Its geometry is here alone,
//! so that the page, the picture and the mouse agree.

use std::sync::Arc;

use super::navigate::REVEALED;
use super::slides::paragraph;
use super::{ConsolePlan, Panel, State};
use crate::deck::{Block, Slide};
use crate::layout::{Area, Letters, Page, Row, Size, layout};

/// The most rows of a panel below a slide that is presented, its heading included.
const PANEL_ROWS_MAX: u16 = 12;
/// A screen of so many columns has room for the explanation beside the slide.
const BESIDE_WIDTH_MIN: u16 = 114;
/// The most columns of an explanation: longer lines are hard to read.
const BESIDE_WIDTH_MAX: u16 = 60;

impl State {
    /// Where the slide stands: on the screen less panel and status bar, or in its pane of a console.
    pub fn body(&self) -> Area {
        if self.console.is_some() {
            return ConsolePlan::of(self.size).slide;
        }
        let panel = self.panel_area();
        let rows = self.size.height.saturating_sub(1);
        if self.editor_is_beside() {
            Area {
                width: self.size.width - self.editor_width(),
                height: rows,
                ..Area::default()
            }
        } else if self.panel_is_beside() {
            Area {
                width: self.size.width.saturating_sub(panel.width),
                height: rows,
                ..Area::default()
            }
        } else {
            Area {
                width: self.size.width,
                height: rows.saturating_sub(panel.height),
                ..Area::default()
            }
        }
    }

    /// The cells that a slide is laid out for.
    pub fn body_size(&self) -> Size {
        self.body().size()
    }

    /// Whether the panel stands at the right of the slide, and not below it.
    pub fn panel_is_beside(&self) -> bool {
        self.panel == Panel::Explanation && self.size.width >= BESIDE_WIDTH_MIN
    }

    /// The panel's cells on the screen, its heading and its edge included.
    pub fn panel_area(&self) -> Area {
        if self.console.is_some() {
            return ConsolePlan::of(self.size).notes;
        }
        if self.editor().is_some() {
            return Area::default();
        }
        let rows = self.size.height.saturating_sub(1);
        if self.panel_is_beside() {
            let width = (self.size.width / 3).min(BESIDE_WIDTH_MAX);
            return Area {
                x: self.size.width - width,
                y: 0,
                width,
                height: rows,
            };
        }
        let height = match self.panel {
            Panel::None => 0,
            // Someone alone came to read: they have half of the screen for it, unless a demo needs it.
            Panel::Explanation if self.settings.learn && self.demo.is_none() => {
                self.size.height / 2
            }
            Panel::Notes | Panel::Explanation => (self.size.height / 3).min(PANEL_ROWS_MAX),
        };
        Area {
            x: 0,
            y: u32::from(rows.saturating_sub(height)),
            width: self.size.width,
            height: height.min(rows),
        }
    }

    /// The cells of the panel's text: its first row is the heading, and beside the slide its first
    /// column is the edge.
    pub fn panel_size(&self) -> Size {
        let area = self.panel_area();
        Size {
            width: area.width.saturating_sub(u16::from(self.panel_is_beside())),
            height: area.height.saturating_sub(1),
        }
    }

    /// What the panel says, as a slide of its own.
    pub fn panel_text(&self, slide: &Slide) -> Slide {
        let blocks = match self.panel {
            _ if self.editor().is_some() => Vec::new(),
            Panel::None => Vec::new(),
            Panel::Notes => self.notes(slide),
            Panel::Explanation => self.lesson(slide),
        };
        Slide {
            blocks,
            ..Slide::default()
        }
    }

    /// What the panel says, without empty rows above and below.
    pub(super) fn lay_out_panel(&self, slide: &Slide) -> Page {
        let slide = self.panel_text(slide);
        if slide.blocks.is_empty() {
            return Page::default();
        }
        let mut page = layout(
            &slide,
            REVEALED,
            self.panel_size(),
            Letters::Plain,
            &self.highlights,
        );
        page.rows.truncate(page.rows_shown());
        let is_full = |row: &Row| !row.runs.is_empty();
        let text = page.rows.iter().position(is_full);
        let images = page.images.iter().map(|spot| spot.area.y as usize);
        let above = images.chain(text).min().unwrap_or(0);
        page.rows.drain(..above);
        for spot in &mut page.images {
            spot.area.y -= above as u32;
        }
        page
    }

    /// Lays the panel alone out anew, and scrolls to what changed in it.
    pub(super) fn lay_out_panel_anew(&mut self) {
        let Some(slide) = self.slide().cloned().filter(|_| !self.too_small()) else {
            return;
        };
        let page = Arc::clone(&self.page);
        let panel = Arc::new(self.lay_out_panel(&slide));
        let before = std::mem::replace(&mut self.panel_page, panel);
        self.scroll_to_change(&page, &before);
        self.dirty = true;
    }

    /// The notes that hold at the present step.
    fn notes(&self, slide: &Slide) -> Vec<Block> {
        let notes = slide.notes.iter();
        let said = notes.filter(|note| note.step <= self.place.step);
        said.map(|note| paragraph(&note.text)).collect()
    }
}
