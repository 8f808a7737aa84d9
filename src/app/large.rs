//! Large text: whether there is any, and where it stands on the screen.

use super::{BigText, State};
use crate::layout::{LargeText, Letters};
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

    /// The large text that can be seen whole, where it stands on the screen. Of what is partly scrolled
    /// out of view the drawn letters show what is left.
    pub fn large_text(&self) -> Vec<LargeText> {
        let mut large = Vec::new();
        for shown in self.shown() {
            large.extend(shown.page.large.iter().filter_map(|text| {
                Some(LargeText {
                    area: shown.whole(text.area)?,
                    ..text.clone()
                })
            }));
        }
        large
    }
}
