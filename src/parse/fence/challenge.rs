//! `challenge` fences: a goal on a run's figures.

use crate::deck::{BlockKind, Challenge};
use crate::parse::slide::Builder;
use crate::parse::yaml::{Node, Reading};

use super::predict::condition;

const KEYS: &[&str] = &["name", "demo", "task", "goal", "hints"];

pub(super) fn read(
    _builder: &mut Builder<'_>,
    reading: &mut Reading<'_>,
    node: Node,
) -> Option<BlockKind> {
    let start = node.range.start;
    let mut fields = reading.fields(node, KEYS);
    let mut needed = |reading: &mut Reading<'_>, key: &str| {
        let node = fields.take(key);
        if node.is_none() {
            reading.report_with_help(
                start..start,
                format!("this challenge has no {key}"),
                format!("known here: {}", KEYS.join(", ")),
            );
        }
        node
    };
    let name = needed(reading, "name").and_then(|node| reading.text("name", &node));
    let task = needed(reading, "task").and_then(|node| reading.text("task", &node));
    let goal = needed(reading, "goal").and_then(|node| condition(reading, "goal", &node));
    let demo = fields
        .take("demo")
        .and_then(|node| reading.text("demo", &node));
    let hints = fields
        .take("hints")
        .map(|node| reading.texts("hints", &node))
        .unwrap_or_default();
    Some(BlockKind::Challenge(Box::new(Challenge {
        name: name?,
        demo,
        task: task?,
        goal: goal?,
        hints,
    })))
}
