//! `challenge` fences: a goal on a run's figures.

use crate::deck::{BlockKind, Challenge};
use crate::parse::yaml::{Fields, Node, Reading};

use super::predict::{condition, cores};

pub(super) const KEYS: &[&str] = &["name", "demo", "task", "goal", "hints", "cores"];

pub(super) fn read(reading: &mut Reading<'_>, node: Node) -> Option<BlockKind> {
    let mut fields = reading.fields(node, KEYS);
    let name = needed(&mut fields, "name", Reading::text);
    let task = needed(&mut fields, "task", Reading::text);
    let goal = needed(&mut fields, "goal", condition);
    let demo = fields.text("demo");
    let hints = fields.texts("hints");
    let cores = cores(&mut fields);
    Some(BlockKind::Challenge(Box::new(Challenge {
        name: name?,
        demo,
        task: task?,
        goal: goal?,
        cores,
        hints,
    })))
}

/// What a key says without which there is no challenge.
fn needed<'a, T>(
    fields: &mut Fields<'_, 'a>,
    key: &str,
    read: impl FnOnce(&mut Reading<'a>, &str, &Node) -> Option<T>,
) -> Option<T> {
    let Some(node) = fields.take(key) else {
        fields.lack(
            format!("this challenge has no {key}"),
            format!("known here: {}", KEYS.join(", ")),
        );
        return None;
    };
    read(fields.reading, key, &node)
}
