//! Large text: whether there is any, and where it stands on the screen.

use super::{BigText, State};
use crate::layout::{Area, LargeText, Letters};
use crate::theme::Titles;

impl State {
    /// Which text may be large here. Drawn letters are nothing for those who want ASCII.
    pub(super) fn letters(&self) -> Letters {
        if self.settings.big_text == BigText::Off || self.settings.ascii {
            return Letters::Plain;
        }
        match self.theme.titles {
            Titles::Large => Letters::Titles,
            Titles::Plain => Letters::Sized,
        }
    }

    /// The slide's large text that can be seen whole, where it stands on the screen. Of what is partly
    /// scrolled out of view the drawn letters show what is left.
    pub fn large_text(&self) -> Vec<LargeText> {
        if self.slide_is_covered() {
            return Vec::new();
        }
        let body = self.body();
        let on_screen = |text: &LargeText| {
            let seen = text.area.in_view(self.scroll, body.height)?;
            let area = Area {
                x: body.x + seen.x,
                y: body.y + seen.y,
                ..seen
            };
            let is_whole = seen.size() == text.area.size() && seen.x + seen.width <= body.width;
            is_whole.then(|| LargeText {
                area,
                ..text.clone()
            })
        };
        self.page.large.iter().filter_map(on_screen).collect()
    }
}
