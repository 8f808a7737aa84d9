//! What a recording shows: what is meant for everybody who watches.

use super::{Panel, State};
use crate::parse;

impl State {
    /// The talk without the speaker's notes, where they are open: the slide has the whole screen.
    pub fn without_notes(&self) -> Option<Self> {
        (self.panel == Panel::Notes).then(|| {
            let mut state = self.clone();
            state.toggle_panel(Panel::Notes);
            state
        })
    }

    /// Number and title of the slide, or its id where it has no title.
    pub fn slide_name(&self) -> String {
        let slide = self.place.slide;
        let title = parse::heading(&self.deck, slide);
        let extent = self.deck.extents.get(slide);
        let name = match extent {
            Some(extent) if title.is_empty() => &extent.id,
            _ => &title,
        };
        format!("{}. {name}", slide + 1)
    }
}
