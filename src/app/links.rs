//! Links on the screen: where they stand, and what a click on one does.

use super::shown::Shown;
use super::{Effect, Mouse, Notice, State};
use crate::layout::{Area, text_width};

/// A link's text on the screen, or the part of it that stands in one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where.
    pub area: Area,
    /// Its address.
    pub url: String,
}

impl State {
    /// The links that can be seen.
    pub fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        for shown in self.shown() {
            collect(&shown, &mut links);
        }
        links
    }

    /// A click on a link shows its address and copies it; one to a slide goes there. Tells whether
    /// there is a link.
    pub(super) fn click_link(&mut self, mouse: Mouse, effects: &mut Vec<Effect>) -> bool {
        let mut links = self.links().into_iter();
        let Some(link) = links.find(|link| link.area.contains(mouse.x, mouse.y.into())) else {
            return false;
        };
        if let Some(id) = link.url.strip_prefix('#') {
            self.go_to_typed(id, effects);
            return true;
        }
        let text = if self.settings.clipboard {
            effects.push(Effect::Copy(link.url.clone()));
            format!("copied {}", link.url)
        } else {
            link.url
        };
        self.tell(Notice { text, bad: false });
        true
    }
}

/// The links among a page's rows, as far as they are scrolled into view.
fn collect(shown: &Shown<'_>, links: &mut Vec<Link>) {
    let (page, room) = (shown.page, shown.room);
    let rows = page.rows.iter().skip(shown.scroll as usize);
    for (y, row) in (0..u32::from(room.height)).zip(rows) {
        for run in &row.runs {
            let Some(url) = run.link.and_then(|at| page.links.get(usize::from(at))) else {
                continue;
            };
            let width = text_width(&run.text) as u16;
            let area = Area {
                x: room.x + run.x,
                y: room.y + y,
                width: width.min(room.width.saturating_sub(run.x)),
                height: 1,
            };
            if area.width > 0 {
                let url = url.clone();
                links.push(Link { area, url });
            }
        }
    }
}
