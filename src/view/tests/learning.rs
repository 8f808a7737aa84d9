//! What a learner sees.

use std::sync::Arc;

use insta::assert_snapshot;

use super::screen;
use super::stage::*;
use crate::app::{
    Agreement, Attempt, Came, DemoKey, Draft, Guess, Mode, Panel, Prediction, Question, State,
};
use crate::deck::{BlockKind, Challenge, Predict, PredictAnswer, Slide};

const EXPLANATION: &str = "A thread is a path through a program. Several threads of one process share its \
    memory, and the operating system spreads them over the cores.";

/// The talk's second live stop, opened to learn.
fn lesson(width: u16, height: u16) -> State {
    let mut state = with_demo(width, height, primes());
    state.settings.learn = true;
    state.panel = Panel::Explanation;
    let mut here = Slide::clone(&state.slides[&1]);
    here.explain = vec![paragraph(EXPLANATION)];
    here.blocks.push(block(BlockKind::Predict(Box::new(Predict {
        demo: None,
        question: "How many times as fast do the threads run?".to_owned(),
        cores: 1,
        answer: PredictAnswer::Number {
            of: "threads.speedup".to_owned(),
            tolerance: 0.1,
        },
    }))));
    here.blocks
        .push(block(BlockKind::Challenge(Box::new(Challenge {
            name: "leave a core idle".to_owned(),
            demo: None,
            task: "Let the processes use less than one and a half cores.".to_owned(),
            goal: "processes.cores_used < 1.5".to_owned(),
            cores: 1,
            hints: vec![
                "How many workers are there?".to_owned(),
                "- takes one away".to_owned(),
            ],
        }))));
    state.slides.insert(1, Arc::new(here));
    relaid(state)
}

#[test]
fn a_lesson_before_its_run() {
    assert_snapshot!("a_lesson_120x36", screen(&lesson(120, 36)));
    assert_snapshot!("a_lesson_80x24", screen(&lesson(80, 24)));
}

#[test]
fn a_lesson_with_an_answer_and_a_challenge_that_is_met() {
    let mut state = lesson(120, 36);
    let came = Came {
        agreement: Agreement::Wrong,
        text: "Threads ran 1.96 times as fast as sequential. You said 4: 2.04 times too much."
            .to_owned(),
    };
    let answer = Prediction {
        guess: Guess::Number(4.0),
        came: Some(came),
    };
    state
        .progress
        .predictions
        .insert("here/cpu".to_owned(), answer);
    let attempt = Attempt {
        met: Some("Met: processes used 1 cores.".to_owned()),
        hints: 1,
    };
    state
        .progress
        .challenges
        .insert("here/leave a core idle".to_owned(), attempt);
    assert_snapshot!(screen(&relaid(state)));
}

#[test]
fn a_question_before_a_run() {
    let ask = |width, height, draft| {
        let mut state = lesson(width, height);
        state.mode = Mode::Question(Box::new(Question {
            demo: DemoKey {
                slide: "here".to_owned(),
                demo: "cpu".to_owned(),
            },
            mark: "here/cpu".to_owned(),
            text: "Two threads count in one variable, a million times each. How much is lost?"
                .to_owned(),
            draft,
        }));
        screen(&state)
    };
    let choices = ["nothing", "about a tenth", "half"]
        .map(str::to_owned)
        .to_vec();
    let choice = Draft::Choice {
        choices,
        selected: 1,
    };
    assert_snapshot!("a_question_with_choices", ask(80, 24, choice.clone()));
    assert_snapshot!(
        "a_question_for_a_number",
        ask(80, 24, Draft::Number("1.9".to_owned()))
    );
    assert_snapshot!("a_question_on_a_low_screen", ask(40, 9, choice));
}
