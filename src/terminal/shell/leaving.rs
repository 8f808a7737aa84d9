//! The picture that is left when another slide comes: it is kept as it was until that one is there.

use ratatui::buffer::Buffer;

use super::Shell;
use crate::app::{State, Transit};
use crate::view::between;

/// What was on the screen when a slide set off.
#[derive(Debug)]
pub(super) struct Left {
    transit: Transit,
    /// `None` where nothing moves: it is said once for the whole way.
    cells: Option<Buffer>,
}

impl Left {
    /// Whether something moves.
    pub(super) fn moves(&self) -> bool {
        self.cells.is_some()
    }

    /// Draws what is seen on the way over the picture of its end.
    pub(super) fn mix(&self, state: &State, picture: &mut Buffer) {
        let Some(cells) = &self.cells else {
            return;
        };
        let Transit {
            transition,
            forward,
            ..
        } = self.transit;
        let progress = state.progress(&self.transit);
        let pictures = (cells, &*picture);
        *picture = between(pictures, state.body(), (transition, forward), progress);
    }
}

impl Shell<'_, '_> {
    /// Keeps what is left behind while a slide comes, and forgets it once it is there. Text that the
    /// terminal scales and images that it draws don't move by cells: with them the next slide is there
    /// at once.
    pub(super) fn keep_left(&mut self, is_cells: bool) {
        let transit = self.parts.state.transit;
        if self.left.as_ref().map(|left| left.transit) != transit {
            self.left = transit.map(|transit| Left {
                transit,
                cells: self.screen.seen_in_cells().cloned(),
            });
        }
        if let Some(left) = self.left.as_mut().filter(|_| !is_cells) {
            left.cells = None;
        }
    }
}
