//! Demos have names of their own, and what asks about a demo finds it and its lanes.

use std::collections::HashSet;

use parade_demos::catalogue;
use parade_demos::expression::{Expression, Mention, Quantity};
use parade_demos::spec::DemoSpec;

use crate::deck::{Block, BlockKind, Challenge, Diagnostic, Predict, PredictAnswer, Slide, Span};

use super::each_block;

/// The demos seen so far.
#[derive(Default)]
pub(super) struct Demos {
    names: HashSet<String>,
}

/// A question or a challenge: the demo that it is about, and the figures that it rests on.
struct Task<'a> {
    demo: Option<&'a str>,
    mentions: Vec<Mention>,
    span: Span,
}

impl Demos {
    /// Takes in one slide.
    pub(super) fn slide(&mut self, slide: &Slide, found: &mut Vec<Diagnostic>) {
        let (mut demos, mut tasks) = (Vec::new(), Vec::new());
        let mut challenges = HashSet::new();
        each_block(slide, &mut |block| match &block.kind {
            BlockKind::Demo(demo) => {
                found.extend(self.name(&demo.spec, block));
                demos.push(&demo.spec);
            }
            BlockKind::Predict(predict) => tasks.push(Task::of_question(predict, block.span)),
            BlockKind::Challenge(challenge) => {
                if !challenges.insert(&challenge.name) {
                    let message = format!(
                        "another challenge of this slide is named `{}`",
                        challenge.name
                    );
                    let help = "what is kept of it hangs on its name: give each one of its own";
                    found.push(Diagnostic::error(block.span, message).with_help(help));
                }
                tasks.push(Task::of_challenge(challenge, block.span));
            }
            _ => {}
        });
        found.extend(tasks.iter().filter_map(|task| task.problem(&demos)));
    }

    /// Takes in a demo's name; complains of one that is known.
    fn name(&mut self, demo: &DemoSpec, block: &Block) -> Option<Diagnostic> {
        let is_new = self.names.insert(demo.name.clone());
        (!is_new).then(|| {
            let help =
                "traces and `parade run DECK#NAME` need a name for each: give it with `name`";
            let message = format!("another demo is named `{}`", demo.name);
            Diagnostic::error(block.span, message).with_help(help)
        })
    }
}

impl<'a> Task<'a> {
    fn of_question(predict: &'a Predict, span: Span) -> Self {
        let mentions = match &predict.answer {
            PredictAnswer::Choice(choices) => {
                let conditions = choices.iter().filter_map(|(_, when)| when.as_deref());
                conditions.flat_map(mentions).collect()
            }
            PredictAnswer::Number { of, .. } => Quantity::parse(of)
                .map(|of| of.mentions())
                .unwrap_or_default(),
        };
        Self {
            demo: predict.demo.as_deref(),
            mentions,
            span,
        }
    }

    fn of_challenge(challenge: &'a Challenge, span: Span) -> Self {
        Self {
            demo: challenge.demo.as_deref(),
            mentions: mentions(&challenge.goal),
            span,
        }
    }

    /// Why no run of the slide's demos could ever answer it.
    fn problem(&self, demos: &[&DemoSpec]) -> Option<Diagnostic> {
        let demo = match self.demo {
            Some(name) => demos.iter().find(|demo| demo.name == name),
            None => demos.first(),
        };
        let Some(demo) = demo else {
            let message = match self.demo {
                Some(name) => format!("no demo of this slide is named `{name}`"),
                None => "this slide has no demo to ask about".to_owned(),
            };
            return Some(Diagnostic::error(self.span, message));
        };
        let lanes = lanes(demo);
        let missing = self
            .mentions
            .iter()
            .find(|mention| !lanes.contains(&mention.lane.as_str()))?;
        let message = format!("the demo `{}` has no lane `{}`", demo.name, missing.lane);
        Some(
            Diagnostic::error(self.span, message).with_help(format!("it has {}", lanes.join(", "))),
        )
    }
}

/// The figures that a condition rests on; that it can be read was seen before.
fn mentions(condition: &str) -> Vec<Mention> {
    Expression::parse(condition)
        .map(|condition| condition.mentions())
        .unwrap_or_default()
}

/// A demo's lanes, and the baselines that a run adds.
fn lanes(demo: &DemoSpec) -> Vec<&str> {
    let own = demo.lanes.iter().map(|lane| lane.name.as_str());
    let added = demo
        .lanes
        .iter()
        .filter_map(|lane| catalogue::added_baseline(demo, lane));
    let mut lanes: Vec<&str> = own.chain(added.map(|baseline| baseline.name)).collect();
    lanes.dedup();
    lanes
}
