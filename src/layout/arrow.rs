//! An arrow that ends a paragraph beside another column reaches as far as the gutter, whatever the
//! page's width: `──▶` points at what stands there.

use super::Row;
use super::rows::{Rows, row_end};

const SHAFT: &str = "─";
const HEAD: &str = "▶";

/// The paragraph, the shaft of the arrow that ends it drawn out to the column's width.
pub(super) fn reach(mut rows: Rows, width: u16) -> Rows {
    let Some(mut last) = rows.lines.pop() else {
        return rows;
    };
    let missing = usize::from(width.saturating_sub(row_end(&last)));
    if let Row { runs } = &mut last
        && let Some(run) = runs.last_mut()
        && let Some(shaft) = run.text.strip_suffix(HEAD)
        && shaft.ends_with(SHAFT)
    {
        run.text = format!("{shaft}{}{HEAD}", SHAFT.repeat(missing));
    }
    rows.push(last.runs);
    rows
}
