//! The picture that is left when another slide comes: it is kept as it was until that one is there.

use ratatui::buffer::Buffer;

use super::Shell;
use crate::app::{State, Transit};
use crate::view::between;

/// What was on the screen when a slide set off.
#[derive(Debug)]
pub(super) struct Left {
    transit: Transit,
    cells: Buffer,
}

impl Left {
    /// Draws what is seen on the way over the picture of its end.
    pub(super) fn mix(&self, state: &State, picture: &mut Buffer) {
        let Transit {
            transition,
            forward,
            ..
        } = self.transit;
        let progress = state.progress(&self.transit);
        let pictures = (&self.cells, &*picture);
        *picture = between(pictures, state.body(), (transition, forward), progress);
    }
}

impl Shell<'_, '_> {
    /// Keeps what is left behind while a slide comes, and forgets it once it is there. Text that the
    /// terminal scales and images that it draws don't move by cells: with them the next slide is there
    /// at once.
    pub(super) fn keep_left(&mut self, is_cells: bool) {
        let transit = self.parts.state.transit.filter(|_| is_cells);
        let is_kept = |left: &Left| Some(left.transit) == transit;
        if self.left.as_ref().is_some_and(is_kept) {
            return;
        }
        let seen = || Some((transit?, self.screen.seen_in_cells()?.clone()));
        self.left = seen().map(|(transit, cells)| Left { transit, cells });
    }
}
