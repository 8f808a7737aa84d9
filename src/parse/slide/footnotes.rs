//! A slide's footnotes: numbered as they are referred to, and read at its end.

use pulldown_cmark::Options;

use super::Builder;
use crate::deck::Footnote;
use crate::parse::definitions;

/// Most footnotes that one slide shows.
const FOOTNOTES_MAX: usize = 64;

impl Builder<'_> {
    /// The number of a footnote on this slide, or why it has none.
    pub(in crate::parse) fn footnote(&mut self, label: &str) -> Result<u16, String> {
        let key = definitions::key(label);
        if !self.deck.definitions.footnotes.contains_key(&key) {
            return Err(format!("no footnote `{label}` is defined in this deck"));
        }
        let known = self.footnotes.iter().position(|known| *known == key);
        if known.is_none() && self.footnotes.len() == FOOTNOTES_MAX {
            return Err(format!("a slide shows at most {FOOTNOTES_MAX} footnotes"));
        }
        let index = known.unwrap_or_else(|| {
            self.footnotes.push(key);
            self.footnotes.len() - 1
        });
        Ok(index as u16 + 1)
    }

    /// Reads what has been referred to, which may refer to more.
    pub(super) fn read_footnotes(&mut self) -> Vec<Footnote> {
        let mut footnotes = Vec::new();
        while let Some(label) = self.footnotes.get(footnotes.len()) {
            let span = self.deck.definitions.footnotes[label];
            self.piece = span;
            self.open_container();
            self.markdown(self.deck.source(span), Options::ENABLE_FOOTNOTES);
            footnotes.push(Footnote {
                number: footnotes.len() as u16 + 1,
                blocks: self.close_container(),
            });
        }
        footnotes
    }
}
