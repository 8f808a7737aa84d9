//! All keys, group by group, in as many columns as the screen has room for.

use super::canvas::Canvas;
use super::words::lines;
use crate::app::{Action, State, help};
use crate::layout::text_width;
use crate::theme::Role;

/// A column narrower than this breaks most lines of the help.
const COLUMN_WIDTH_MIN: u16 = 56;
/// A line of the help.
enum Line {
    Group(&'static str),
    Keys {
        keys: String,
        keys_width: u16,
        does: &'static str,
    },
    Blank,
}

/// Draws the help over the slide, from the row to which it is scrolled.
pub(super) fn draw(state: &State, scroll: u16, screen: &mut Canvas) {
    let (width, height) = (screen.width(), screen.height().saturating_sub(1));
    let margin = if width < 40 { 0 } else { 2 };
    screen.text(margin, 0, "Keys", Role::Title);
    if let Some(key) = state.keys.key(Action::Close) {
        screen.right(width - margin, 0, &format!("{key} closes"), Role::Muted);
    }
    let mut body = screen.part(margin, 2, width - 2 * margin, height.saturating_sub(2));
    let columns = usize::from((body.width() / COLUMN_WIDTH_MIN).max(1));
    let pitch = body.width() / columns as u16;
    let lines = help_lines(state, pitch.saturating_sub(2));
    let rows = lines.len().div_ceil(columns);
    let last = rows.saturating_sub(usize::from(body.height()));
    let first = usize::from(scroll).min(last);
    for (column, lines) in lines.chunks(rows.max(1)).enumerate() {
        let mut part = body.part(column as u16 * pitch, 0, pitch.saturating_sub(2), u16::MAX);
        for (y, line) in (0..part.height()).zip(lines.iter().skip(first)) {
            draw_line(line, y, &mut part);
        }
    }
    if first > 0 {
        screen.right(width, 1, &format!("▲ {first} more "), Role::Accent);
    }
    if first < last {
        screen.right(
            width,
            height,
            &format!("▼ {} more ", last - first),
            Role::Accent,
        );
    }
}

/// The help's lines, broken to this width.
fn help_lines(state: &State, width: u16) -> Vec<Line> {
    let groups = help(&state.keys);
    let entries = groups.iter().flat_map(|(_, entries)| entries);
    let longest = entries.map(|(keys, _)| text_width(keys)).max().unwrap_or(0) as u16;
    let keys_width = longest.min(width / 3);
    let mut broken = Vec::new();
    for (group, entries) in groups {
        if !broken.is_empty() {
            broken.push(Line::Blank);
        }
        broken.push(Line::Group(group.title()));
        for (keys, does) in entries {
            let mut keys = Some(keys);
            broken.extend(
                lines(does, width.saturating_sub(keys_width + 2)).map(|does| Line::Keys {
                    keys: keys.take().unwrap_or_default(),
                    keys_width,
                    does,
                }),
            );
        }
    }
    broken
}

fn draw_line(line: &Line, y: u16, canvas: &mut Canvas) {
    match line {
        Line::Blank => {}
        Line::Group(title) => {
            canvas.text(0, y, title, Role::Accent);
        }
        Line::Keys {
            keys,
            keys_width,
            does,
        } => {
            canvas.cut(0, y, *keys_width, keys, Role::Key);
            canvas.text(keys_width + 2, y, does, Role::Text);
        }
    }
}
