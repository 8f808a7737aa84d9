//! Code that runs: the snippets of the slide that is shown, what is known of them, and what keys do
//! with the one in focus.
//!
//! [`mod@run`] starts and hears them, [`mod@output`] says which rows of their output are seen, [`mod@ink`]
//! how those look, [`mod@words`] how they stand in words.

mod ink;
mod output;
mod run;
mod words;

use parade_demos::snippet::SnippetSnapshot;

pub use ink::ink;
pub use output::{Output, OutputRow, OutputScroll};
pub use words::{SnippetMood, snippet_in_words};

use super::live::live;
use super::slides::each_block;
use super::{Effect, Live, RunId, State};
use crate::deck::{BlockKind, Exec, RunWhen, Slide, Snippet};

/// Names a snippet within a deck.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SnippetKey {
    /// The slide's id.
    pub slide: String,
    /// Its number among those of the slide.
    pub number: usize,
}

/// What is known of a snippet.
#[derive(Clone, Debug, PartialEq)]
pub struct SnippetState {
    /// As the deck has it; one that changes starts anew.
    pub fence: Snippet,
    /// How its newest run stands, or how it ended.
    pub snapshot: Option<Box<SnippetSnapshot>>,
    /// The newest run.
    pub run: Option<RunId>,
    /// Which part of its output is seen.
    pub scroll: OutputScroll,
    /// Why it can't run here and now.
    pub refused: Option<String>,
}

impl SnippetState {
    /// A snippet that has not run.
    pub fn new(fence: &Snippet) -> Self {
        Self {
            fence: fence.clone(),
            snapshot: None,
            run: None,
            scroll: OutputScroll::default(),
            refused: None,
        }
    }

    /// Whether it ran because it was shown, and not because it was asked for.
    pub fn has_run_by_itself(&self) -> bool {
        self.fence.when == RunWhen::Shown && self.run.is_some()
    }

    /// Whether nothing has been tried with it yet.
    fn is_untouched(&self) -> bool {
        self.run.is_none() && self.refused.is_none()
    }
}

impl State {
    /// The snippet that keys go to.
    pub fn snippet_in_focus(&self) -> Option<(&SnippetKey, &SnippetState)> {
        let key = self.snippet.as_ref()?;
        Some((key, self.snippets.get(key)?))
    }

    /// The snippet of this number on the slide that is shown.
    pub fn snippet(&self, number: usize) -> Option<(SnippetKey, &SnippetState)> {
        let slide = self.slide()?.id.clone();
        let key = SnippetKey { slide, number };
        let snippet = self.snippets.get(&key)?;
        Some((key, snippet))
    }

    /// Meets the snippets of the slide that is shown now. One that changed starts anew, and its run
    /// ends. To be called before the demos are met, which get the focus first.
    pub(super) fn meet_snippets(&mut self, slide: &Slide, effects: &mut Vec<Effect>) {
        for snippet in snippets(slide) {
            let key = SnippetKey {
                slide: slide.id.clone(),
                number: snippet.number,
            };
            let known = self.snippets.get(&key);
            if known.is_none_or(|known| known.fence != *snippet) {
                self.stop_run_of(&key.clone().into(), effects);
                self.snippets.insert(key, SnippetState::new(snippet));
            }
        }
        let shown = self.live_shown();
        let is_shown = |key: &super::SnippetKey| shown.contains(&Live::Snippet(key.clone()));
        self.snippet.take_if(|key| !is_shown(key));
        while self.snippets.len() > super::DEMOS_KEPT_MAX {
            let mut keys = self.snippets.keys();
            let Some(far) = keys.find(|key| key.slide != slide.id).cloned() else {
                return;
            };
            self.snippets.remove(&far);
        }
    }

    /// Where no demo has the focus, the first snippet gets it, or the one that runs.
    pub(super) fn focus_some_snippet(&mut self, slide: &Slide) {
        if self.demo.is_some() || self.snippet.is_some() {
            return;
        }
        let running = self.run.as_ref().map(|run| run.what.clone());
        let shown = live(slide)
            .into_iter()
            .filter(|(_, step)| *step <= self.place.step);
        let shown: Vec<Live> = shown.map(|(what, _)| what).collect();
        let chosen = running.filter(|what| shown.contains(what));
        let chosen = chosen.or(shown.into_iter().next());
        self.snippet = chosen.as_ref().and_then(Live::snippet).cloned();
    }

    /// Keys go to this snippet from now on.
    pub(super) fn focus_snippet(&mut self, key: SnippetKey) {
        if self.snippets.contains_key(&key) && self.snippet.as_ref() != Some(&key) {
            self.snippet = Some(key);
            self.demo = None;
            self.dirty = true;
        }
    }
}

/// A slide's snippets that run while it is shown.
fn snippets(slide: &Slide) -> Vec<&Snippet> {
    let mut snippets = Vec::new();
    for block in &slide.blocks {
        each_block(block, &mut |block| {
            if let BlockKind::Code(code) = &block.kind
                && let Exec::Snippet(snippet) = &code.exec
                && snippet.is_live()
            {
                snippets.push(&**snippet);
            }
        });
    }
    snippets
}
