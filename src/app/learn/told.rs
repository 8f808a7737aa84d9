//! What the panel says beside the explanation: the demo's question with its answer, and its challenges.

use super::{Agreement, Attempt, Came, Guess, Prediction, challenges, questions};
use crate::app::{Action, Program, State};
use crate::deck::{
    Align, Block, BlockKind, Challenge, Colour, Inline, Inlines, Item, List, Paint, Predict, Slide,
    Span,
};
use crate::theme::Role;

impl State {
    /// What a learner reads: the explanation, then the question and the challenges of the demo in focus.
    pub(in crate::app) fn lesson(&self, slide: &Slide) -> Vec<Block> {
        let mut blocks = slide.explain.clone();
        let Some(demo) = self.demo.as_ref().filter(|_| self.settings.learn) else {
            return blocks;
        };
        for task in questions(slide, &demo.demo) {
            let kept = self.progress.predictions.get(&task.mark);
            self.tell_question(task.what, kept, &mut blocks);
        }
        for task in challenges(slide, &demo.demo) {
            let kept = self
                .progress
                .challenges
                .get(&task.mark)
                .cloned()
                .unwrap_or_default();
            let tried = self.tried.get(&task.mark);
            self.tell_challenge(task.what, &kept, tried, &mut blocks);
        }
        blocks.extend(self.tell_editing());
        blocks
    }

    fn tell_question(&self, predict: &Predict, kept: Option<&Prediction>, blocks: &mut Vec<Block>) {
        blocks.push(heading("Your prediction"));
        blocks.push(paragraph(vec![plain(&predict.question)]));
        blocks.push(paragraph(match (kept, self.lacks_cores(predict.cores)) {
            (None, Some(why)) => vec![coloured(&why, Role::Warning)],
            (None, None) => self.with_key(Action::Run, "asks you, then runs it"),
            (
                Some(Prediction {
                    came: Some(came), ..
                }),
                _,
            ) => vec![came_text(came)],
            (Some(Prediction { guess, came: None }), _) => {
                vec![plain(&match guess {
                    Guess::Choice(text) => format!("You said “{text}”."),
                    Guess::Number(number) => format!("You said {number}."),
                })]
            }
        }));
    }

    fn tell_challenge(
        &self,
        challenge: &Challenge,
        kept: &Attempt,
        tried: Option<&String>,
        blocks: &mut Vec<Block>,
    ) {
        let sign = if kept.met.is_some() { "✓ " } else { "" };
        blocks.push(heading(&format!("{sign}Challenge: {}", challenge.name)));
        blocks.push(paragraph(vec![plain(&challenge.task)]));
        blocks.push(paragraph(vec![
            plain("Goal: "),
            Inline::Code(challenge.goal.clone()),
        ]));
        let lack = self.lacks_cores(challenge.cores);
        match (&kept.met, lack.as_ref().or(tried)) {
            (Some(met), _) => blocks.push(paragraph(vec![coloured(met, Role::Good)])),
            (None, Some(open)) => blocks.push(paragraph(vec![coloured(open, Role::Warning)])),
            (None, None) => {}
        }
        let open = kept.hints.min(challenge.hints.len());
        blocks.extend(hints(&challenge.hints[..open]));
        let left = challenge.hints.len() - open;
        if kept.met.is_none() && left > 0 {
            let does = match left {
                1 => "opens a hint, the last".to_owned(),
                _ => format!("opens a hint ({left} left)"),
            };
            blocks.push(paragraph(self.with_key(Action::Hint, &does)));
        }
    }

    /// That the demo's program can be edited, or is: then the figures are not the deck's.
    fn tell_editing(&self) -> Option<Block> {
        let demo = self
            .demo_in_focus()
            .filter(|demo| Program::any(&demo.fence))?;
        let mut text = Vec::new();
        if demo.spec.edited {
            let edited = "This is your program. It can meet a challenge; a prediction is about the deck's own. ";
            text.push(coloured(edited, Role::Warning));
            text.extend(self.with_key(Action::Original, "brings that back"));
        } else {
            text.extend(self.with_key(Action::Edit, "edits the program"));
        }
        Some(paragraph(text))
    }

    /// `H opens a hint`, with the key that the user has for it.
    fn with_key(&self, action: Action, does: &str) -> Inlines {
        let key = self.keys.key(action).map(|key| key.to_string());
        let key = key.unwrap_or_else(|| action.name().to_owned());
        vec![Inline::Code(key), plain(&format!(" {does}."))]
    }
}

/// The sentence about an answer, with a sign that needs no colour.
fn came_text(came: &Came) -> Inline {
    let (sign, role) = match came.agreement {
        Agreement::Right => ("✓ ", Role::Good),
        Agreement::Wrong => ("✗ ", Role::Error),
        Agreement::Open => ("– ", Role::Warning),
    };
    coloured(&format!("{sign}{}", came.text), role)
}

fn hints(open: &[String]) -> Option<Block> {
    let item = |hint: &String| Item {
        task: None,
        blocks: vec![paragraph(vec![plain(hint)])],
        step: 0,
    };
    let list = List {
        start: None,
        tight: true,
        item_newlines: 1,
        items: open.iter().map(item).collect(),
    };
    (!open.is_empty()).then(|| block(BlockKind::List(list)))
}

fn heading(text: &str) -> Block {
    let content = vec![plain(text)];
    block(BlockKind::Heading { level: 3, content })
}

fn paragraph(content: Inlines) -> Block {
    block(BlockKind::Paragraph(content))
}

fn plain(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn coloured(text: &str, role: Role) -> Inline {
    let paint = Paint {
        foreground: Some(Colour::Role(role)),
        background: None,
    };
    Inline::Styled {
        paint,
        content: vec![plain(text)],
    }
}

fn block(kind: BlockKind) -> Block {
    Block {
        kind,
        span: Span::default(),
        step: 0,
        align: Align::Start,
        font_size: 1,
    }
}
