//! Predictions and challenges laid against a finished run, in words. Pure: the same figures always
//! give the same sentence, and nothing in it is written by hand but the learner's own answer.

use std::cmp::Ordering;

use parade_demos::expression::{Answer, Expression, Mention, Quantity, Range};
use parade_demos::report::{Outcome, Report};

use super::noise::doubt;
use super::words::{begin, figure, lane, name, told, told_number};
use super::{Agreement, Came, Guess};
use crate::deck::{Challenge, Predict, PredictAnswer};

/// From so many times on, a number is wrong by a factor and no longer by a share.
const FACTOR_MIN: f64 = 1.9;

/// Lays an answer against what was measured.
pub fn weigh(predict: &Predict, guess: &Guess, report: &Report) -> Came {
    match (&predict.answer, guess) {
        (PredictAnswer::Choice(choices), Guess::Choice(said)) => {
            weigh_choice(choices, said, report)
        }
        (PredictAnswer::Number { of, tolerance }, Guess::Number(said)) => {
            weigh_number(of, *tolerance, *said, report)
        }
        _ => open(CHANGED.to_owned()),
    }
}

/// A challenge after a run: whether its goal is met, and the sentence that says so.
pub fn attempt(challenge: &Challenge, report: &Report) -> (bool, String) {
    let Ok(goal) = Expression::parse(&challenge.goal) else {
        return (false, "Its goal can't be read.".to_owned());
    };
    let seen = told(&goal, report);
    if let Some(missing) = unfinished(&goal.mentions(), report) {
        return (false, missing);
    }
    match goal.evaluate(report) {
        Answer::True => match doubt(report, |shaken| is_true(&goal, shaken)) {
            None => (true, format!("Met: {seen}.")),
            Some(why) => (
                false,
                format!("The figures hold, but {why}. {}.", begin(&seen)),
            ),
        },
        Answer::False(_) => (false, format!("Not yet: {seen}.")),
        Answer::Within(_) => (
            false,
            format!("Not for certain, for the runs spread too far: {seen}."),
        ),
        Answer::Unknown(name) => (false, not_measured(&name)),
    }
}

const CHANGED: &str = "The question has changed since you answered it.";

fn weigh_choice(choices: &[(String, Option<String>)], said: &str, report: &Report) -> Came {
    let Some((_, when)) = choices.iter().find(|(text, _)| text == said) else {
        return open(CHANGED.to_owned());
    };
    let parsed = |when: &Option<String>| Expression::parse(when.as_deref()?).ok();
    let own = parsed(when);
    let all = choices
        .iter()
        .map(|(text, when)| (text.as_str(), parsed(when)));
    // Where several are true, what was said is.
    let was = [(said, own.clone())]
        .into_iter()
        .chain(all)
        .find_map(|(text, when)| {
            let when = when.filter(|when| is_true(when, report))?;
            Some((text, when))
        });
    let decisive = own.or_else(|| was.as_ref().map(|(_, when)| when.clone()));
    let Some(decisive) = decisive else {
        return open(format!(
            "You said “{said}”. No figure of this run decides it."
        ));
    };
    if let Some(missing) = unfinished(&decisive.mentions(), report) {
        return open(missing);
    }
    match was {
        Some((text, when)) => found(said, text, &when, report),
        None => found_nothing(said, &decisive, report),
    }
}

/// One of the choices came true.
fn found(said: &str, was: &str, when: &Expression, report: &Report) -> Came {
    let seen = told(when, report);
    let is_right = said == was;
    if let Some(why) = doubt(report, |shaken| is_true(when, shaken)) {
        let seems = if is_right {
            ", and so it seems".to_owned()
        } else {
            format!(". It seems to be “{was}”")
        };
        let seen = begin(&seen);
        return open(format!("You said “{said}”{seems}, but {why}. {seen}."));
    }
    if is_right {
        Came {
            agreement: Agreement::Right,
            text: format!("You said “{said}”, and so it was: {seen}."),
        }
    } else {
        Came {
            agreement: Agreement::Wrong,
            text: format!("You said “{said}”. It was “{was}”: {seen}."),
        }
    }
}

/// None of the choices came true.
fn found_nothing(said: &str, decisive: &Expression, report: &Report) -> Came {
    let seen = told(decisive, report);
    match decisive.evaluate(report) {
        Answer::Within(_) => open(format!(
            "You said “{said}”. The runs spread too far to tell: {seen}."
        )),
        Answer::Unknown(name) => open(not_measured(&name)),
        Answer::True | Answer::False(_) => Came {
            agreement: Agreement::Wrong,
            text: format!("You said “{said}”. It was not so: {seen}."),
        },
    }
}

fn is_true(condition: &Expression, report: &Report) -> bool {
    condition.evaluate(report) == Answer::True
}

fn weigh_number(of: &str, tolerance: f64, said: f64, report: &Report) -> Came {
    let Ok(quantity) = Quantity::parse(of) else {
        return open(CHANGED.to_owned());
    };
    if let Some(missing) = unfinished(&quantity.mentions(), report) {
        return open(missing);
    }
    let measured = match quantity.evaluate(report) {
        Ok(measured) => measured,
        Err(name) => return open(not_measured(&name)),
    };
    let seen = begin(&told_number(of, &quantity, measured, report));
    let said_so = format!("{seen}. You said {}", figure(said));
    let verdict = match side(said, measured, tolerance) {
        Ordering::Equal => {
            let verdict = match figure(tolerance * 100.0).as_str() {
                "0" => "right, exactly".to_owned(),
                percent => format!("right, within {percent} %"),
            };
            return Came {
                agreement: Agreement::Right,
                text: format!("{said_so}: {verdict}."),
            };
        }
        Ordering::Greater => too_far(said, measured.high, "much"),
        Ordering::Less => too_far(said, measured.low, "little"),
    };
    let is_as_far = |shaken: &Report| {
        let shaken = quantity.evaluate(shaken);
        shaken.is_ok_and(|shaken| side(said, shaken, tolerance) == side(said, measured, tolerance))
    };
    match doubt(report, is_as_far) {
        Some(why) => open(format!("{said_so}: {verdict}, but {why}.")),
        None => Came {
            agreement: Agreement::Wrong,
            text: format!("{said_so}: {verdict}."),
        },
    }
}

/// On which side of what was measured a number lies; equal is what is right within the tolerance.
fn side(said: f64, measured: Range, tolerance: f64) -> Ordering {
    let slack = |value: f64| tolerance * value.abs();
    if said > measured.high + slack(measured.high) {
        Ordering::Greater
    } else if said < measured.low - slack(measured.low) {
        Ordering::Less
    } else {
        Ordering::Equal
    }
}

/// How far off a number is: `20 % too much`, `3.1 times too little`.
fn too_far(said: f64, measured: f64, side: &str) -> String {
    let factor = if said.abs() > measured.abs() {
        said / measured
    } else {
        measured / said
    };
    if factor.is_finite() && factor >= FACTOR_MIN {
        format!("{} times too {side}", figure(factor))
    } else if factor.is_finite() && factor > 1.0 {
        let percent = ((said - measured) / measured).abs() * 100.0;
        format!("{percent:.0} % too {side}")
    } else {
        format!("too {side}")
    }
}

fn open(text: String) -> Came {
    Came {
        agreement: Agreement::Open,
        text,
    }
}

fn not_measured(name: &str) -> String {
    format!("This run did not measure {name}.")
}

/// What keeps a lane's figures from meaning anything: it did not come to its end.
fn unfinished(mentions: &[Mention], report: &Report) -> Option<String> {
    let lanes = mentions.iter().filter_map(|mention| lane(mention, report));
    let broken = lanes
        .into_iter()
        .find(|lane| lane.outcome != Outcome::Done)?;
    Some(format!(
        "{} did not come to an end, so nothing can be said.",
        begin(&name(broken))
    ))
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
