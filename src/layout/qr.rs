//! QR codes in half blocks. Their role is dark on light in every theme, for scanners want it so.

use qrcode::{Color, EcLevel, QrCode};

use super::frame::plain;
use super::rows::{Rows, run};
use super::setter::Column;
use crate::deck::Align;
use crate::theme::Role;

/// Light modules around the code. The standard asks for four; on a screen two are enough to scan,
/// and rows are dear.
const QUIET_MODULES: usize = 2;

/// A code with a line below it. Where it has no room, or holds more than a code can, its text
/// stands instead.
pub(super) fn draw(data: &str, caption: Option<&str>, column: Column) -> Rows {
    let mut rows = match QrCode::with_error_correction_level(data, EcLevel::L) {
        Ok(code) => half_blocks(&code),
        Err(_) => Rows::default(),
    };
    let width = rows.width();
    if rows.is_empty() || width > column.width {
        let mut text = plain(data, Role::Link, column.width, column.align);
        if let Some(caption) = caption {
            text.append(plain(caption, Role::Muted, column.width, column.align));
        }
        return text;
    }
    if let Some(caption) = caption {
        rows.append(plain(caption, Role::Muted, width, Align::Center));
    }
    rows.align(column.align, column.width);
    rows
}

/// Two rows of modules in each row of cells.
fn half_blocks(code: &QrCode) -> Rows {
    let modules = code.width();
    let colors = code.to_colors();
    let side = modules + 2 * QUIET_MODULES;
    let is_dark = |x: usize, y: usize| {
        let inside = QUIET_MODULES..QUIET_MODULES + modules;
        inside.contains(&x)
            && inside.contains(&y)
            && colors[(y - QUIET_MODULES) * modules + x - QUIET_MODULES] == Color::Dark
    };
    let mut rows = Rows::default();
    for y in (0..side).step_by(2) {
        let cells = (0..side).map(|x| match (is_dark(x, y), is_dark(x, y + 1)) {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        });
        rows.push(vec![run(0, cells.collect::<String>(), Role::Qr)]);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    const TALK: &str = "https://github.com/anze3db/talks?tab=readme-ov-file#02-oct-2025";

    #[test]
    fn draw_every_module_dark_on_light() {
        let rows = draw(TALK, None, Column::new(80));
        let code = QrCode::with_error_correction_level(TALK, EcLevel::L).unwrap();
        let side = code.width() + 2 * QUIET_MODULES;
        let mut drawn: Vec<Vec<bool>> = Vec::new();
        for row in &rows.lines {
            let [run] = &row.runs[..] else {
                panic!("a row is one run");
            };
            assert_eq!(run.ink, Role::Qr.into());
            drawn.push(run.text.chars().map(|c| matches!(c, '█' | '▀')).collect());
            drawn.push(run.text.chars().map(|c| matches!(c, '█' | '▄')).collect());
        }
        let expected: Vec<Vec<bool>> = (0..side.next_multiple_of(2))
            .map(|y| {
                let code_at = |at: usize| {
                    at.checked_sub(QUIET_MODULES)
                        .filter(|at| *at < code.width())
                };
                let module = |x: usize| Some(code[(code_at(x)?, code_at(y)?)] == Color::Dark);
                (0..side).map(|x| module(x).unwrap_or(false)).collect()
            })
            .collect();
        assert_eq!(drawn, expected);
        assert_eq!((rows.width(), rows.len()), (37, 19));
    }

    #[test]
    fn say_the_address_where_the_code_has_no_room() {
        let rows = draw(
            "https://parade.example/a-talk",
            Some("Slides"),
            Column::new(20),
        );
        let text: Vec<&str> = rows.lines.iter().map(|row| &*row.runs[0].text).collect();
        assert_eq!(text, ["https://parade.", "example/a-talk", "Slides"]);
    }
}
