//! The pages on the screen, and where each of them stands: links, images and large text are found here.

use super::{ConsolePlan, Mode, State};
use crate::layout::{Area, Page};

/// A page on the screen.
pub(super) struct Shown<'a> {
    pub(super) page: &'a Page,
    /// Rows that are scrolled out of view above.
    pub(super) scroll: u32,
    /// Its cells on the screen.
    pub(super) room: Area,
    /// Where it doesn't fit, its first and its last row say so.
    is_told: bool,
}

impl State {
    /// The slide, the text of the panel, and at a console what comes next; none where something else is
    /// on the screen.
    pub(super) fn shown(&self) -> Vec<Shown<'_>> {
        if self.slide_is_covered() {
            return Vec::new();
        }
        let (panel, size) = (self.panel_area(), self.panel_size());
        let slide = Shown {
            page: &self.page,
            scroll: self.scroll,
            room: self.body(),
            is_told: true,
        };
        let panel = Shown {
            page: &self.panel_page,
            scroll: self.panel_scroll,
            room: Area {
                x: panel.x + panel.width - size.width,
                y: panel.y + u32::from(panel.height - size.height),
                width: size.width,
                height: size.height,
            },
            is_told: false,
        };
        let next = self.console.as_ref().and_then(|console| {
            Some(Shown {
                page: &console.next.as_ref()?.page,
                scroll: 0,
                room: ConsolePlan::of(self.size).next,
                is_told: true,
            })
        });
        [slide, panel].into_iter().chain(next).collect()
    }

    /// Whether something else than the slide is on the screen, or lies over it.
    fn slide_is_covered(&self) -> bool {
        let is_open = matches!(
            self.mode,
            Mode::Slide | Mode::Number(_) | Mode::Command(_) | Mode::Search { .. }
        );
        !is_open || self.too_small()
    }
}

impl Shown<'_> {
    /// Where an area of it stands on the screen, if all of that can be seen and nothing is told over it.
    pub(super) fn whole(&self, area: Area) -> Option<Area> {
        let fits = self.page.rows_shown() <= self.room.height.into();
        let is_told = self.scroll > 0 || !fits || self.page.overflow_columns > 0;
        let signs = u32::from(self.is_told && is_told);
        let seen = area.in_view(self.scroll, self.room.height)?;
        let is_free = seen.y >= signs && seen.end() + signs as usize <= self.room.height.into();
        let is_whole = seen.height == area.height && seen.x + seen.width <= self.room.width;
        (is_free && is_whole).then(|| Area {
            x: self.room.x + seen.x,
            y: self.room.y + seen.y,
            ..seen
        })
    }
}
