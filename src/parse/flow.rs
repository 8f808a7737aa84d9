//! Where blocks go as they are read: into the body, or into the column that is open.

use crate::deck::{Align, Block, BlockKind, Span};

/// A slide's blocks so far.
#[derive(Default)]
pub(super) struct Flow {
    body: Vec<Block>,
    layout: Option<Layout>,
}

struct Layout {
    span: Span,
    step: u16,
    weights: Vec<u16>,
    columns: Vec<Vec<Block>>,
    current: Option<usize>,
}

impl Flow {
    /// Adds a block where reading stands. `false`: a layout is open and no column of it; the first is taken.
    pub(super) fn place(&mut self, block: Block) -> bool {
        match &mut self.layout {
            None => {
                self.body.push(block);
                true
            }
            Some(layout) => {
                let chosen = layout.current.is_some();
                let column = *layout.current.get_or_insert(0);
                layout.columns[column].push(block);
                chosen
            }
        }
    }

    /// Whether there is nothing on the slide yet.
    pub(super) fn is_empty(&self) -> bool {
        self.body.is_empty() && self.layout.is_none()
    }

    pub(super) fn open(&mut self, weights: Vec<u16>, span: Span, step: u16) {
        self.close();
        let columns = vec![Vec::new(); weights.len()];
        self.layout = Some(Layout {
            span,
            step,
            weights,
            columns,
            current: None,
        });
    }

    /// Goes to a column.
    ///
    /// # Errors
    /// What was expected.
    pub(super) fn column(&mut self, index: usize) -> Result<(), String> {
        let layout = self
            .layout
            .as_mut()
            .ok_or("open a layout first: <!-- column_layout: [1, 1] -->")?;
        if index >= layout.columns.len() {
            return Err(format!(
                "this layout has {} columns, counted from 0",
                layout.columns.len()
            ));
        }
        layout.current = Some(index);
        Ok(())
    }

    pub(super) fn close(&mut self) {
        if let Some(Layout {
            span,
            step,
            weights,
            columns,
            ..
        }) = self.layout.take()
        {
            let kind = BlockKind::Columns { weights, columns };
            self.body.push(Block {
                kind,
                span,
                step,
                align: Align::default(),
                font_size: 1,
            });
        }
    }

    pub(super) fn finish(mut self) -> Vec<Block> {
        self.close();
        self.body
    }
}
