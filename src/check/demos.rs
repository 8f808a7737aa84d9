//! Demos have names of their own, and what refers to a demo finds it.

use std::collections::HashSet;

use crate::deck::{BlockKind, Diagnostic, Slide, Span};

use super::each_block;

/// The demos seen so far, and what refers to them.
#[derive(Default)]
pub(super) struct Demos {
    names: HashSet<String>,
    references: Vec<(String, Span)>,
}

impl Demos {
    /// Takes in one slide.
    pub(super) fn slide(&mut self, slide: &Slide, found: &mut Vec<Diagnostic>) {
        each_block(slide, &mut |block| match &block.kind {
            BlockKind::Demo(demo) => {
                let is_new = self.names.insert(demo.spec.name.clone());
                found.extend((!is_new).then(|| {
                    let help = "traces and `parade run DECK#NAME` need a name for each: give it with `name`";
                    let message = format!("another demo is named `{}`", demo.spec.name);
                    Diagnostic::error(block.span, message).with_help(help)
                }));
            }
            BlockKind::Predict(predict) => self
                .references
                .extend(predict.demo.clone().map(|demo| (demo, block.span))),
            BlockKind::Challenge(challenge) => {
                self.references
                    .extend(challenge.demo.clone().map(|demo| (demo, block.span)));
            }
            _ => {}
        });
    }

    /// When all slides have been seen.
    pub(super) fn finish(self, found: &mut Vec<Diagnostic>) {
        for (name, span) in self.references {
            if !self.names.contains(&name) {
                found.push(Diagnostic::error(
                    span,
                    format!("no demo of this deck is named `{name}`"),
                ));
            }
        }
    }
}
