//! Charts.

use super::frame::plain;
use super::rows::Rows;
use super::setter::Column;
use crate::deck::{Align, Chart};
use crate::theme::Role;

/// A chart.
pub(super) fn draw(chart: &Chart, column: Column) -> Rows {
    let title = chart.title.as_deref().unwrap_or("chart");
    plain(title, Role::Muted, column.width, Align::Start)
}
