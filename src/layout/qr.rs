//! QR codes.

use super::frame::plain;
use super::rows::Rows;
use super::setter::Column;
use crate::deck::Align;
use crate::theme::Role;

/// A QR code with a line below it.
pub(super) fn draw(data: &str, caption: Option<&str>, column: Column) -> Rows {
    plain(
        caption.unwrap_or(data),
        Role::Muted,
        column.width,
        Align::Start,
    )
}
