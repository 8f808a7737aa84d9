//! Framed things: what stands in place of an image, and what could not be understood.

use super::glyph;
use super::inline::Piece;
use super::rows::{Rows, run};
use super::setter::{Column, Setter};
use super::width::{prefix, text_width};
use super::wrap::wrap;
use crate::deck::{Align, Code};
use crate::theme::{Ink, Role};

/// What stands in place of an image is no wider than this.
const IMAGE_WIDTH: u16 = 40;

/// Narrower than this there is no frame.
const FRAME_WIDTH_MIN: u16 = 6;

/// A frame in place of an image that can't be shown: what it is called, and why.
pub(super) fn no_image(name: &str, why: &str, column: Column) -> Rows {
    let width = column.width.min(IMAGE_WIDTH);
    let room = frame_room(width);
    let mut body = plain(name, Role::Muted, room, Align::Center);
    body.append(plain(why, Role::Warning, room, Align::Center));
    let mut rows = framed("image", body, width, Role::Faint.into());
    rows.align(column.align, column.width);
    rows
}

impl Setter<'_> {
    /// What is wrong, and the source as written.
    pub(super) fn broken(&mut self, message: &str, source: &str, column: Column) -> Rows {
        let room = frame_room(column.width);
        let mut body = plain(message, Role::Error, room, Align::Start);
        let code = Code {
            lines: source.lines().map(str::to_owned).collect(),
            no_background: true,
            ..Code::default()
        };
        if !code.lines.is_empty() {
            body.blank(1);
            let narrow = Column {
                width: room,
                ..column.start()
            };
            body.append(self.code(&code, 0, narrow));
        }
        framed("not understood", body, column.width, Role::Error.into())
    }
}

/// Plain text in one role.
pub(super) fn plain(text: &str, role: Role, width: u16, align: Align) -> Rows {
    let piece = Piece {
        text: text.into(),
        ink: role.into(),
        link: None,
    };
    wrap(&[piece], width, align)
}

/// Columns within a frame.
fn frame_room(width: u16) -> u16 {
    let edges = if width < FRAME_WIDTH_MIN { 0 } else { 4 };
    width.saturating_sub(edges).max(1)
}

/// A frame around rows, with a word in its upper edge; no frame where there is no room for one.
fn framed(word: &str, body: Rows, width: u16, ink: Ink) -> Rows {
    if width < FRAME_WIDTH_MIN {
        return body;
    }
    let inner = usize::from(width.saturating_sub(2));
    let (word, _) = prefix(word, inner.saturating_sub(4) as u16);
    let word = if word.is_empty() {
        String::new()
    } else {
        format!("{} {word} ", glyph::RULE)
    };
    let edge = glyph::RULE.repeat(inner.saturating_sub(text_width(&word)));
    let mut rows = Rows::default();
    rows.push(vec![run(0, format!("┌{word}{edge}┐"), ink)]);
    for row in body.lines {
        let mut runs = vec![run(0, "│", ink)];
        runs.extend(row.runs.into_iter().map(|mut run| {
            run.x += 2;
            run
        }));
        runs.push(run(width.saturating_sub(1), "│", ink));
        rows.push(runs);
    }
    rows.push(vec![run(
        0,
        format!("└{}┘", glyph::RULE.repeat(inner)),
        ink,
    )]);
    rows
}
