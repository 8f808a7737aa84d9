//! `predict` fences: a question before a run.

use parade_demos::expression::{Expression, Quantity, SyntaxError};

use crate::deck::{BlockKind, Predict, PredictAnswer};
use crate::parse::yaml::{Fields, Node, Reading, Value};

pub(super) const KEYS: &[&str] = &[
    "demo",
    "question",
    "choices",
    "number",
    "tolerance",
    "cores",
];
pub(super) const CHOICE_KEYS: &[&str] = &["text", "when"];

/// How far off a number may be where the fence doesn't say.
const TOLERANCE: f64 = 0.1;

/// The most cores that a question or a challenge may ask for.
const CORES_MAX: i64 = 256;

pub(super) fn read(reading: &mut Reading<'_>, node: Node) -> Option<BlockKind> {
    let mut fields = reading.fields(node, KEYS);
    let demo = fields.text("demo");
    let question = fields.text("question");
    let cores = cores(&mut fields);
    let tolerance = fields.read("tolerance", tolerance).unwrap_or(TOLERANCE);
    let answer = match (fields.take("choices"), fields.take("number")) {
        (Some(choices), None) => PredictAnswer::Choice(self::choices(fields.reading, choices)),
        (None, Some(number)) => PredictAnswer::Number {
            of: figure(fields.reading, "number", &number)?,
            tolerance,
        },
        _ => {
            let help = "give either choices: [{text: faster, when: threads.speedup > 1}] or number: threads.speedup";
            fields.lack("this question needs one kind of answer", help);
            return None;
        }
    };
    let Some(question) = question else {
        fields.lack("nothing is asked", "say what: question: How much faster?");
        return None;
    };
    Some(BlockKind::Predict(Box::new(Predict {
        demo,
        question,
        cores,
        answer,
    })))
}

/// How many cores it takes; one where nothing is said.
pub(super) fn cores(fields: &mut Fields<'_, '_>) -> u32 {
    fields
        .whole("cores", 1..=CORES_MAX)
        .map_or(1, |cores| cores as u32)
}

fn choices(reading: &mut Reading<'_>, node: Node) -> Vec<(String, Option<String>)> {
    let Value::List(items) = node.value else {
        reading.expected(&node, "choices", "a list");
        return Vec::new();
    };
    let mut choices = Vec::new();
    for item in items {
        if let Value::Map(_) = item.value {
            let range = item.range.clone();
            let mut fields = reading.fields(item, CHOICE_KEYS);
            let when = fields.read("when", condition);
            match fields.text("text") {
                Some(text) => choices.push((text, when)),
                None => reading.report(range, "this choice has no text"),
            }
        } else if let Some(text) = reading.text("choices", &item) {
            choices.push((text, None));
        }
    }
    choices
}

/// A condition on a run's figures, checked.
pub(super) fn condition(reading: &mut Reading<'_>, key: &str, node: &Node) -> Option<String> {
    let text = reading.text(key, node)?;
    checked(reading, key, node, Expression::parse(&text))?;
    Some(text)
}

/// One of a run's figures, or what is computed from several.
fn figure(reading: &mut Reading<'_>, key: &str, node: &Node) -> Option<String> {
    let text = reading.text(key, node)?;
    checked(reading, key, node, Quantity::parse(&text))?;
    Some(text)
}

fn checked<T>(
    reading: &mut Reading<'_>,
    key: &str,
    node: &Node,
    parsed: Result<T, SyntaxError>,
) -> Option<T> {
    match parsed {
        Ok(parsed) => Some(parsed),
        Err(error) => {
            let message = format!("failed to understand `{key}`: {error}");
            reading.report(node.range.clone(), message);
            None
        }
    }
}

/// `10%` or `0.1`.
fn tolerance(reading: &mut Reading<'_>, key: &str, node: &Node) -> Option<f64> {
    let text = reading.text(key, node)?;
    let fraction = match text.strip_suffix('%') {
        Some(percent) => percent
            .trim()
            .parse::<f64>()
            .ok()
            .map(|percent| percent / 100.0),
        None => text.parse().ok(),
    };
    let fraction = fraction.filter(|fraction| (0.0..=1.0).contains(fraction));
    if fraction.is_none() {
        reading.expected(node, key, "a share of the number: 10%");
    }
    fraction
}
