//! Sizes of screens as they are written: `80x24`.

use crate::layout::Size;

/// The largest side, in cells: no screen has more, and a picture of it still fits in memory.
const SIDE_MAX: u16 = 1000;

/// Reads `120x36`.
pub(super) fn parse(text: &str) -> Result<Size, String> {
    let side = |text: &str| {
        text.parse()
            .ok()
            .filter(|side| (1..=SIDE_MAX).contains(side))
    };
    let read = || {
        let (width, height) = text.split_once(['x', '×'])?;
        Some(Size {
            width: side(width)?,
            height: side(height)?,
        })
    };
    read().ok_or_else(|| format!("expected columns x rows, up to {SIDE_MAX} each, as in 80x24"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_rows_are_read() {
        assert_eq!(
            parse("120x36"),
            Ok(Size {
                width: 120,
                height: 36
            })
        );
        for wrong in ["", "80", "80x", "x24", "0x24", "80x1001", "80x24x2", "-1x3"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
