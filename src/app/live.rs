//! What of a slide can run: its demos and its snippets. Keys go to one of them, and one of them runs.

use super::slides::each_block;
use super::{DemoKey, Focus, SnippetKey, State};
use crate::deck::{BlockKind, Exec, Slide};

/// Something of a slide that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Live {
    /// A demo.
    Demo(DemoKey),
    /// A block of code.
    Snippet(SnippetKey),
}

impl Live {
    /// The demo, if it is one.
    pub fn demo(&self) -> Option<&DemoKey> {
        match self {
            Self::Demo(key) => Some(key),
            Self::Snippet(_) => None,
        }
    }

    /// The snippet, if it is one.
    pub fn snippet(&self) -> Option<&SnippetKey> {
        match self {
            Self::Snippet(key) => Some(key),
            Self::Demo(_) => None,
        }
    }

    /// The id of the slide on which it stands.
    pub(super) fn slide(&self) -> &String {
        match self {
            Self::Demo(key) => &key.slide,
            Self::Snippet(key) => &key.slide,
        }
    }

    /// The id of that slide, to be changed with it.
    pub(super) fn slide_mut(&mut self) -> &mut String {
        match self {
            Self::Demo(key) => &mut key.slide,
            Self::Snippet(key) => &mut key.slide,
        }
    }
}

impl From<DemoKey> for Live {
    fn from(key: DemoKey) -> Self {
        Self::Demo(key)
    }
}

impl From<SnippetKey> for Live {
    fn from(key: SnippetKey) -> Self {
        Self::Snippet(key)
    }
}

/// A slide's live things in source order, each with the step from which it is shown.
pub(super) fn live(slide: &Slide) -> Vec<(Live, u16)> {
    let mut found = Vec::new();
    for block in &slide.blocks {
        each_block(block, &mut |block| match &block.kind {
            BlockKind::Demo(demo) => {
                let key = DemoKey {
                    slide: slide.id.clone(),
                    demo: demo.spec.name.clone(),
                };
                found.push((key.into(), block.step));
            }
            BlockKind::Code(code) => {
                if let Exec::Snippet(snippet) = &code.exec
                    && snippet.is_live()
                {
                    let key = SnippetKey {
                        slide: slide.id.clone(),
                        number: snippet.number,
                    };
                    found.push((key.into(), block.step));
                }
            }
            _ => {}
        });
    }
    found
}

impl State {
    /// What keys go to.
    pub fn in_focus(&self) -> Option<Live> {
        let snippet = self.snippet.clone().map(Live::Snippet);
        snippet.or_else(|| self.demo.clone().map(Live::Demo))
    }

    /// Which keys hold on the slide.
    pub fn focus(&self) -> Focus {
        match (&self.demo, &self.snippet) {
            (_, Some(_)) => Focus::Block,
            (Some(_), None) => Focus::Demo,
            (None, None) => Focus::Slide,
        }
    }

    /// Keys go to this from now on.
    pub(super) fn focus_live(&mut self, what: Live) {
        match what {
            Live::Demo(key) => {
                let from_snippet = self.snippet.take().is_some();
                self.dirty |= from_snippet;
                self.focus_demo(key);
            }
            Live::Snippet(key) => self.focus_snippet(key),
        }
    }

    /// What is shown of the slide and can run, in source order.
    pub fn live_shown(&self) -> Vec<Live> {
        let slide = self.slide().map(|slide| live(slide)).unwrap_or_default();
        let shown = slide
            .into_iter()
            .filter(|(_, step)| *step <= self.place.step);
        shown.map(|(what, _)| what).collect()
    }
}
