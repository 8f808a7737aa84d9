//! What an element says of its place: the step from which it is shown, and how its lines stand.

use crate::deck::{Align, Block};

/// What a block's element says of its place: when it is shown, and how its lines stand.
pub(super) struct Attributes {
    step: u16,
    classes: Vec<String>,
}

impl Attributes {
    /// Written out, with more classes.
    pub(super) fn with(&self, more: &str) -> String {
        let more = (!more.is_empty()).then_some(more);
        let classes: Vec<&str> = more
            .into_iter()
            .chain(self.classes.iter().map(String::as_str))
            .collect();
        let class = if classes.is_empty() {
            String::new()
        } else {
            format!(" class=\"{}\"", classes.join(" "))
        };
        class + &step(self.step)
    }
}

/// Those of a block.
pub(super) fn attributes(block: &Block) -> Attributes {
    let mut classes: Vec<String> = aligned(block.align)
        .map(str::to_owned)
        .into_iter()
        .collect();
    if block.font_size > 1 {
        classes.push(format!("size-{}", block.font_size.min(7)));
    }
    Attributes {
        step: block.step,
        classes,
    }
}

/// The class of lines that stand in the middle or at the end.
pub(super) fn aligned(align: Align) -> Option<&'static str> {
    match align {
        Align::Start => None,
        Align::Center => Some("centre"),
        Align::End => Some("end"),
    }
}

/// The step from which it is shown.
pub(super) fn step(step: u16) -> String {
    if step == 0 {
        String::new()
    } else {
        format!(" data-step=\"{step}\"")
    }
}
