//! Rows that exceed their room: how far the slide and the panel below it are scrolled.

use super::State;
use crate::layout::Page;

impl State {
    /// Whether the page has more rows than the screen has for it.
    pub(super) fn overflows(&self) -> bool {
        self.scroll_max() > 0
    }

    /// Whether the slide, the panel or the output in focus has.
    pub fn anything_overflows(&self) -> bool {
        self.overflows() || self.panel_scroll_max() > 0 || self.output_overflows()
    }

    /// How far the page can be scrolled.
    pub(super) fn scroll_max(&self) -> u32 {
        beyond(&self.page, self.body_size().height)
    }

    /// How far the panel's text can be scrolled.
    fn panel_scroll_max(&self) -> u32 {
        beyond(&self.panel_page, self.panel_size().height)
    }

    /// Scrolls the page by rows.
    pub(super) fn scroll_by(&mut self, rows: i32) {
        let scroll = self.scroll.saturating_add_signed(rows);
        let scroll = scroll.min(self.scroll_max());
        self.dirty |= scroll != self.scroll;
        self.scroll = scroll;
    }

    /// Scrolls the panel's text by rows; says whether it moved.
    pub(super) fn scroll_panel_by(&mut self, rows: i32) -> bool {
        let scroll = self.panel_scroll.saturating_add_signed(rows);
        let scroll = scroll.min(self.panel_scroll_max());
        let moves = scroll != self.panel_scroll;
        self.dirty |= moves;
        self.panel_scroll = scroll;
        moves
    }

    /// Scrolls the output in focus, from its end on the panel, which was opened to be read, and from
    /// its end on the slide.
    pub(super) fn scroll_nearest(&mut self, rows: i32) {
        if !self.scroll_output_in_focus(rows) && !self.scroll_panel_by(rows) {
            self.scroll_by(rows);
        }
    }

    /// Another slide: all is read from its top.
    pub(super) fn scroll_to_top(&mut self) {
        self.scroll = 0;
        self.panel_scroll = 0;
    }

    /// Scrolls back what is scrolled further than there are rows.
    pub(super) fn bound_scrolling(&mut self) {
        self.scroll = self.scroll.min(self.scroll_max());
        self.panel_scroll = self.panel_scroll.min(self.panel_scroll_max());
    }

    /// Scrolls what a step revealed into sight: of the slide if it is below the screen, of the notes
    /// to their top, for they are what is said now.
    pub(super) fn scroll_to_change(&mut self, page_before: &Page, panel_before: &Page) {
        let below = self.scroll + u32::from(self.body_size().height);
        match first_change(page_before, &self.page) {
            Some((first, last)) if last >= below => self.scroll = first.saturating_sub(1),
            _ => {}
        }
        if let Some((first, _)) = first_change(panel_before, &self.panel_page) {
            self.panel_scroll = first;
        }
        self.bound_scrolling();
    }
}

/// Rows of a page beyond the height that there is for them.
fn beyond(page: &Page, height: u16) -> u32 {
    let rows = u32::try_from(page.rows_shown()).unwrap_or(u32::MAX);
    rows.saturating_sub(u32::from(height))
}

/// The first thing on a page that was not there before, a row of text or an image: its first and its
/// last row.
fn first_change(before: &Page, now: &Page) -> Option<(u32, u32)> {
    let rows = before.rows.iter().zip(&now.rows);
    let same = rows.take_while(|(a, b)| a == b).count();
    let seen = now.rows[same..].iter().position(|row| !row.runs.is_empty());
    let text = seen.and_then(|seen| u32::try_from(same + seen).ok());
    let images = now
        .images
        .iter()
        .filter(|spot| !before.images.contains(spot));
    let images = images.map(|spot| (spot.area.y, spot.area.end() as u32 - 1));
    images.chain(text.map(|row| (row, row))).min()
}
