//! Columns side by side, as wide as their weights have it.

use super::rows::Rows;
use super::setter::{Column, Setter};
use crate::deck::Block;

/// Narrower than this a column is no good to read: columns stand one below the other then.
const COLUMN_WIDTH_MIN: u16 = 12;

impl Setter<'_> {
    /// Each column in a flow of its own; what follows stands below the tallest, and slots beside it take
    /// its height.
    pub(super) fn columns(
        &mut self,
        weights: &[u16],
        columns: &[Vec<Block>],
        column: Column,
    ) -> Rows {
        let gutter = if column.width < 60 { 2 } else { 4 };
        let widths = widths(weights, columns.len(), column.width, gutter);
        let mut rows = Rows::default();
        if widths.iter().any(|width| *width < COLUMN_WIDTH_MIN) {
            for blocks in columns {
                let set = self.flow(blocks, column);
                if !rows.is_empty() && !set.is_empty() {
                    rows.blank(column.gap);
                }
                rows.append(set);
            }
            return rows;
        }
        let last = columns.len().saturating_sub(1);
        let set: Vec<Rows> = (columns.iter().zip(&widths).enumerate())
            .map(|(index, (blocks, width))| {
                let own = Column {
                    width: *width,
                    has_neighbour: index < last,
                    ..column
                };
                self.flow(blocks, own)
            })
            .collect();
        let tallest = set.iter().map(Rows::len).max().unwrap_or_default();
        let mut x = 0;
        for (mut own, width) in set.into_iter().zip(widths) {
            own.stretch(tallest, width);
            rows.place(own, x, 0);
            x += width + gutter;
        }
        rows
    }
}

/// The columns' widths: what the gutters leave, shared by weight, nothing left over.
fn widths(weights: &[u16], count: usize, width: u16, gutter: u16) -> Vec<u16> {
    let weight = |index: usize| u64::from(weights.get(index).copied().unwrap_or(1).max(1));
    let total: u64 = (0..count).map(weight).sum();
    let gutters = usize::from(gutter) * count.saturating_sub(1);
    let room = usize::from(width).saturating_sub(gutters) as u64;
    let mut before = 0;
    (0..count)
        .map(|index| {
            let start = room * before / total;
            before += weight(index);
            (room * before / total - start) as u16
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_the_width_by_weight() {
        for (weights, width, expected) in [
            (&[1_u16, 1][..], 76, &[36_u16, 36][..]),
            (&[3, 2], 76, &[43, 29]),
            (&[1, 1, 1], 100, &[30, 31, 31]),
            (&[1, 0], 24, &[10, 10]),
        ] {
            assert_eq!(widths(weights, weights.len(), width, 4), expected);
        }
    }
}
