//! The room for what a snippet writes: what is drawn there belongs to the view.

use super::rows::{Reserved, Rows, run};
use super::setter::Column;
use super::{Area, Slot, SlotContent};
use crate::deck::{Exec, OutputPlace};
use crate::theme::Role;

/// The output of a snippet needs this many rows at least, its state in the last of them; it takes all
/// that nothing else on its page needs.
pub const SNIPPET_ROWS_MIN: u16 = 4;

/// Room of its own for the output of the snippet of this number.
pub(super) fn room(number: usize, column: Column) -> Rows {
    let mut rows = Rows::default();
    rows.blank(usize::from(SNIPPET_ROWS_MIN));
    reserve(number, 0, column, &mut rows);
    rows
}

/// Adds to the rows of a code block what hangs on its being run: room for its output, or a word about
/// what is not supported, set in by so many columns.
pub(super) fn attach(exec: &Exec, indent: u16, column: Column, rows: &mut Rows) {
    match exec {
        Exec::Snippet(snippet) if snippet.is_live() => match snippet.output {
            OutputPlace::Below => {
                let first = rows.len();
                rows.blank(usize::from(SNIPPET_ROWS_MIN));
                reserve(snippet.number, first, column, rows);
            }
            OutputPlace::Instead => {
                rows.blank(
                    usize::from(SNIPPET_ROWS_MIN)
                        .saturating_sub(rows.len())
                        .max(1),
                );
                reserve(snippet.number, 0, column, rows);
            }
            OutputPlace::Elsewhere => {}
        },
        Exec::Unsupported(attribute) => {
            let text = format!("not run: {attribute} is not supported");
            rows.push(vec![run(indent, text, Role::Muted)]);
        }
        Exec::No | Exec::Snippet(_) => {}
    }
}

/// Makes the rows from `first` on the snippet's.
fn reserve(number: usize, first: usize, column: Column, rows: &mut Rows) {
    let height = u16::try_from(rows.len() - first).unwrap_or(u16::MAX);
    rows.slots.push(Reserved {
        slot: Slot {
            area: Area {
                x: 0,
                y: first as u32,
                width: column.width,
                height,
            },
            content: SlotContent::Snippet(number),
        },
        shown: true,
    });
}
