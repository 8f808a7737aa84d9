//! `qr` fences: something to point a phone's camera at.

use crate::deck::{BlockKind, Place};
use crate::parse::yaml::{Node, Reading};

pub(super) const KEYS: &[&str] = &["data", "caption", "place"];

/// Most bytes: a larger code takes more cells than a terminal has, and no camera reads it.
const BYTES_MAX: usize = 600;

pub(super) fn read(reading: &mut Reading<'_>, node: Node) -> Option<BlockKind> {
    let mut fields = reading.fields(node, KEYS);
    let caption = fields.text("caption");
    let places = [("flow", Place::Flow), ("lower-right", Place::LowerRight)];
    let place = fields.choice("place", &places).unwrap_or_default();
    let Some(node) = fields.take("data") else {
        fields.lack(
            "this code says nothing",
            "say what it leads to: data: https://example.com",
        );
        return None;
    };
    let data = reading.text("data", &node)?;
    if data.len() > BYTES_MAX {
        let message = format!(
            "{} bytes are too many for a code that a camera reads",
            data.len()
        );
        reading.report_with_help(node.range, message, format!("at most {BYTES_MAX}"));
        return None;
    }
    Some(BlockKind::Qr {
        data,
        caption,
        place,
    })
}
