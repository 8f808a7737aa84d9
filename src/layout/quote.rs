//! Quotations and alerts: a bar beside what they hold.

use super::glyph;
use super::rows::{Rows, run};
use super::setter::{Column, Setter};
use crate::deck::{Alert, Block};
use crate::theme::{Ink, Role};

impl Setter<'_> {
    /// What is quoted, beside a bar; an alert's sign and word stand above it.
    pub(super) fn quote(&mut self, alert: Option<Alert>, blocks: &[Block], column: Column) -> Rows {
        let mut inner = Column {
            gap: 1,
            ..column.narrower(2)
        };
        let mut body = Rows::default();
        let bar = if let Some((sign, word, role)) = alert.map(face) {
            let ink = Ink {
                bold: true,
                ..role.into()
            };
            body.push(vec![run(0, format!("{sign} {word}"), ink)]);
            role
        } else {
            inner.ink.role = Role::Quote;
            Role::Faint
        };
        body.append(self.flow(blocks, inner));
        let mut rows = Rows::default();
        for _ in 0..body.len() {
            rows.push(vec![run(0, glyph::BAR, bar)]);
        }
        rows.place(body, 2, 0);
        rows
    }
}

/// An alert's sign, word and role.
fn face(alert: Alert) -> (&'static str, &'static str, Role) {
    match alert {
        Alert::Note => ("ℹ", "Note", Role::Info),
        Alert::Tip => ("✓", "Tip", Role::Good),
        Alert::Important => ("●", "Important", Role::Accent),
        Alert::Warning => ("▲", "Warning", Role::Warning),
        Alert::Caution => ("✗", "Caution", Role::Error),
    }
}
