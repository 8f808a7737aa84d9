//! The deck was read again: where the talk stands then, so that saving shows the change.

use std::sync::Arc;

use super::navigate::REVEALED;
use super::{Effect, Mode, Notice, Outline, Place, State};
use crate::deck::Deck;

impl State {
    /// Takes the deck as it is now. The talk stays on a slide that changed, or goes to the first one
    /// that did; but a demo that runs keeps its slide.
    pub(super) fn reload(&mut self, deck: Arc<Deck>, effects: &mut Vec<Effect>) {
        // What is edited may be of a program that changed.
        self.close_editor(effects);
        let change = Change::between(&self.deck, &deck);
        let here = self.place.slide;
        let stays = change.follow(here);
        let target = change.first_other(here);
        // Whatever it was that changed: the deck, or a file that a command of it names.
        self.consents.clear();
        let id = self.id_here();
        self.deck = deck;
        self.forget_deck(&change, effects);
        match target {
            Some(slide) if self.run.is_none() => self.move_to(slide, REVEALED),
            _ => {
                self.place.slide = stays.min(self.slides_total().saturating_sub(1));
                self.rename_slide(&id, &self.id_here());
                if let Some(slide) = target {
                    let text = format!("slide {} changed", slide + 1);
                    self.tell(Notice { text, bad: false });
                }
            }
        }
        self.dirty = true;
        self.show(effects);
    }

    /// Everything that was known of the deck's slides. Places to come back to go where their
    /// slides went.
    fn forget_deck(&mut self, change: &Change, effects: &mut Vec<Effect>) {
        let last = self.slides_total().saturating_sub(1);
        let follow = |slide: &mut usize| *slide = change.follow(*slide).min(last);
        self.slides.clear();
        for place in &mut self.jumps {
            follow(&mut place.slide);
        }
        if self.slides_total() == 0 {
            self.jumps.clear();
        }
        self.outline = Outline::Unknown;
        // What was asked may be asked no more.
        if let Mode::Question(_) = self.mode {
            self.mode = Mode::Slide;
        }
        match &mut self.mode {
            Mode::Overview { selected } => follow(selected),
            Mode::Search { from, .. } => follow(&mut from.slide),
            _ => {}
        }
        if matches!(self.mode, Mode::Overview { .. } | Mode::Search { .. }) {
            self.want_outline(effects);
        }
    }

    fn move_to(&mut self, slide: usize, step: u16) {
        self.place = Place { slide, step };
        self.scroll_to_top();
        self.demo = None;
        self.snippet = None;
    }

    /// The present slide's id.
    fn id_here(&self) -> String {
        let extent = self.deck.extents.get(self.place.slide);
        extent.map(|extent| extent.id.clone()).unwrap_or_default()
    }
}

/// What differs between two versions of a deck: slides in the middle, between those that are the
/// same at the beginning and at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    /// Slides that are the same at the beginning.
    before: usize,
    /// Slides between, in the old deck.
    old: usize,
    /// Slides between, in the new deck.
    new: usize,
    /// Which of the slides between differ, where there are as many as there were.
    differ: Vec<bool>,
}

impl Change {
    fn between(old: &Deck, new: &Deck) -> Self {
        let (olds, news) = (sources(old), sources(new));
        let same = |a: &mut dyn Iterator<Item = (&Vec<&str>, &Vec<&str>)>| {
            a.take_while(|(old, new)| old == new).count()
        };
        let before = same(&mut olds.iter().zip(&news));
        let after = same(&mut olds[before..].iter().rev().zip(news[before..].iter().rev()));
        let (old, new) = (olds.len() - before - after, news.len() - before - after);
        let pairs = olds[before..].iter().zip(&news[before..]);
        let differ = if old == new {
            pairs.take(old).map(|(old, new)| old != new).collect()
        } else {
            vec![true; old]
        };
        Self {
            before,
            old,
            new,
            differ,
        }
    }

    /// Where a slide of the old deck stands in the new one, or what stands in its place.
    fn follow(&self, slide: usize) -> usize {
        match slide.checked_sub(self.before) {
            None => slide,
            Some(at) if at >= self.old => self.before + self.new + (at - self.old),
            Some(at) => self.before + at.min(self.new.saturating_sub(1)),
        }
    }

    /// The first slide of the new deck that is new or differs, unless `slide` itself changed.
    fn first_other(&self, slide: usize) -> Option<usize> {
        let changed = slide
            .checked_sub(self.before)
            .and_then(|at| self.differ.get(at));
        (self.new > 0 && changed != Some(&true)).then_some(self.before)
    }
}

/// Each slide's source, piece by piece.
fn sources(deck: &Deck) -> Vec<Vec<&str>> {
    let piece = |span: &crate::deck::Span| {
        let file = deck.files.get(usize::from(span.file));
        file.and_then(|file| file.text.get(span.range()))
            .unwrap_or("")
    };
    let extents = deck.extents.iter();
    extents
        .map(|extent| extent.pieces.iter().map(piece).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::deck::{Extent, SourceFile, Span};

    /// A deck whose slides are single letters.
    fn deck(text: &str) -> Deck {
        let pieces = |at: usize| {
            vec![Span {
                file: 0,
                start: at as u32,
                end: at as u32 + 1,
            }]
        };
        Deck {
            files: vec![SourceFile {
                path: PathBuf::from("deck.md"),
                text: text.into(),
            }],
            extents: (0..text.len())
                .map(|at| Extent {
                    pieces: pieces(at),
                    ..Extent::default()
                })
                .collect(),
            ..Deck::default()
        }
    }

    #[test]
    fn finds_where_a_slide_went_and_which_other_one_changed() {
        for (old, new, here, follow, other) in [
            ("abc", "abc", 1, 1, None),
            ("abc", "aXc", 1, 1, None),
            ("abc", "aXc", 0, 0, Some(1)),
            ("abc", "aXc", 2, 2, Some(1)),
            ("abc", "aXbc", 1, 2, Some(1)),
            ("abc", "ac", 1, 1, None),
            ("abc", "ac", 2, 1, None),
            ("abc", "ab", 2, 2, None),
            ("abcde", "aXcYe", 2, 2, Some(1)),
            ("abcde", "aXcYe", 3, 3, None),
            ("abc", "aXYc", 1, 1, None),
            ("abc", "", 1, 0, None),
            ("", "abc", 0, 3, Some(0)),
        ] {
            let change = Change::between(&deck(old), &deck(new));
            let found = (change.follow(here), change.first_other(here));
            assert_eq!(found, (follow, other), "{old} → {new} at {here}");
        }
    }
}
