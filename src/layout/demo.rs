//! The room of a demo: what is drawn there belongs to the view.

use super::rows::{Reserved, Rows};
use super::setter::{Column, Setter};
use super::{Area, Slot, SlotContent};
use crate::deck::{Block, BlockKind, Demo};

/// A demo needs this many rows at least; it takes all that nothing else on its page needs.
pub const DEMO_ROWS_MIN: u16 = 12;

/// The room of a slide's first demo.
pub(super) fn room(demo: &Demo, column: Column) -> Rows {
    let mut rows = Rows::default();
    rows.blank(usize::from(DEMO_ROWS_MIN));
    rows.slots.push(Reserved {
        slot: Slot {
            area: Area {
                x: 0,
                y: 0,
                width: column.width,
                height: DEMO_ROWS_MIN,
            },
            content: SlotContent::Demo(demo.spec.name.clone()),
        },
        shown: true,
    });
    rows
}

impl Setter<'_> {
    /// The slot of a further demo in the same flow: it shares the room of the first.
    pub(super) fn shared_slot(&self, block: &Block, rows: &Rows) -> Option<Reserved> {
        let BlockKind::Demo(demo) = &block.kind else {
            return None;
        };
        let mut slots = rows.slots.iter();
        let first = slots.rfind(|reserved| reserved.slot.content.demo().is_some())?;
        Some(Reserved {
            slot: Slot {
                area: first.slot.area,
                content: SlotContent::Demo(demo.spec.name.clone()),
            },
            shown: block.step <= self.step,
        })
    }
}
