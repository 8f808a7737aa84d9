//! Lists: bulleted, numbered, of tasks, nested in each other.

use super::glyph;
use super::rows::{Rows, run};
use super::setter::{Column, Setter};
use super::width::text_columns;
use crate::deck::{Item, List};
use crate::theme::{Ink, Role};

impl Setter<'_> {
    /// Items one below the other, each beside its marker.
    pub(super) fn list(&mut self, list: &List, outer: Column) -> Rows {
        let column = outer.start();
        let gap = usize::from(list.item_newlines.max(1)) - 1;
        let gap = if list.tight { gap } else { gap.max(1) };
        let marker_width = marker_width(list, column.depth);
        let mut rows = Rows::default();
        for (index, item) in list.items.iter().enumerate() {
            if index > 0 {
                rows.blank(gap);
            }
            rows.append(self.item(list, index, item, marker_width, column));
        }
        rows.align(outer.align, outer.width);
        rows
    }

    fn item(
        &mut self,
        list: &List,
        index: usize,
        item: &Item,
        marker_width: u16,
        column: Column,
    ) -> Rows {
        let marker = marker(list, index, item, column.depth);
        let inner = Column {
            gap: usize::from(!list.tight),
            depth: column.depth + 1,
            ..column.narrower(marker_width)
        };
        let body = self.flow(&item.blocks, inner);
        let ink = Ink {
            role: Role::Marker,
            ..column.ink
        };
        let mut rows = Rows::default();
        let x = marker_width.saturating_sub(1 + text_columns(&marker));
        rows.push(vec![run(x, marker, ink)]);
        rows.place(body, marker_width, 0);
        if item.step > self.step {
            rows.hide();
        }
        rows
    }
}

/// Columns for the widest marker and the space after it.
fn marker_width(list: &List, depth: usize) -> u16 {
    let items = list.items.iter().enumerate();
    let widest = items
        .map(|(index, item)| text_columns(&marker(list, index, item, depth)))
        .max();
    widest.unwrap_or(0) + 1
}

fn marker(list: &List, index: usize, item: &Item, depth: usize) -> String {
    let mark = match (item.task, list.start) {
        (Some(true), _) => glyph::TASK_DONE,
        (Some(false), _) => glyph::TASK_OPEN,
        (None, None) => glyph::BULLETS[depth % glyph::BULLETS.len()],
        (None, Some(start)) => return format!("{}.", start.saturating_add(index as u64)),
    };
    mark.to_owned()
}
