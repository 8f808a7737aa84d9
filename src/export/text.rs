//! A picture as plain text.

use ratatui::buffer::{Buffer, CellWidth};

/// The rows of a buffer, without spaces at their ends.
pub fn text(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width);
    let mut text = String::with_capacity(buffer.content.len() + usize::from(buffer.area.height));
    for row in buffer.content.chunks(width.max(1)) {
        let start = text.len();
        let mut hidden = 0;
        for cell in row {
            if hidden > 0 {
                hidden -= 1;
                continue;
            }
            text.push_str(cell.symbol());
            hidden = cell.symbol().cell_width().saturating_sub(1);
        }
        let end = start + text[start..].trim_end_matches(' ').len();
        text.truncate(end);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_their_cells_and_ends_are_trimmed() {
        let buffer = Buffer::with_lines(["👩‍🍳 cook  ", "", "漢x"]);
        assert_eq!(text(&buffer), "👩‍🍳 cook\n\n漢x\n");
    }
}
