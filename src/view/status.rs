//! The last row: what keys do now, what is being typed, and what there is to tell. On a slide
//! without a demo it shows no more than the deck's own footer.

use super::canvas::Canvas;
use super::figure;
use crate::app::{Mode, State};
use crate::deck::Front;
use crate::theme::Role;

/// Draws the status bar in the screen's last row.
pub(super) fn draw(state: &State, screen: &mut Canvas) {
    let Some(last) = screen.height().checked_sub(1) else {
        return;
    };
    let mut row = screen.rows(last, 1);
    let margin = if row.width() < 40 { 0 } else { 2 };
    let room = row.width().saturating_sub(2 * margin);
    let mut row = row.part(margin, 0, room, 1);
    let right = marks(state, &mut row);
    let mut left = row.part(0, 0, right.saturating_sub(2), 1);
    match &state.mode {
        Mode::Number(typed) => prompt("go to slide ", typed, "Enter goes there", &mut left),
        Mode::Command(typed) => prompt(":", typed, "a number or an id", &mut left),
        Mode::Search { query, .. } => prompt("/", query, "Enter goes there, Esc back", &mut left),
        _ => {
            if let Some((notice, _)) = &state.notice {
                let role = if notice.bad { Role::Error } else { Role::Info };
                left.cut(0, 0, room, &notice.text, role);
            } else if state.demo.is_some() {
                keys(state, &mut left);
            } else {
                footer(state, &mut left);
            }
        }
    }
}

/// What stands at the right: LIVE or REPLAY, the time, the slide's number. Gives the column where
/// it begins.
fn marks(state: &State, row: &mut Canvas) -> u16 {
    let mut end = row.width();
    let mut mark = |text: &str, role: Role| {
        row.right(end, 0, text, role);
        end = end.saturating_sub(crate::layout::text_width(text) as u16 + 3);
    };
    if state.settings.slide_number {
        let (at, of) = (state.place.slide + 1, state.deck.extents.len());
        mark(&format!("{at} ▸ {of}"), Role::Status);
    }
    if state.settings.elapsed {
        mark(&figure::clock(state.now.saturating_sub(state.began)), Role::Status);
    }
    if state.run.is_some() {
        mark("LIVE", Role::Accent);
    }
    end
}

/// A prompt with what was typed so far.
fn prompt(sign: &str, typed: &str, hint: &str, row: &mut Canvas) {
    let end = row.text(0, 0, sign, Role::Key);
    let end = row.text(end, 0, typed, Role::Text);
    let end = row.text(end, 0, "_", Role::Accent);
    row.cut(end + 3, 0, row.width().saturating_sub(end + 3), hint, Role::Status);
}

/// The keys that matter on a demo.
fn keys(state: &State, row: &mut Canvas) {
    let running = matches!((&state.run, &state.demo), (Some((_, run)), Some(demo)) if run == demo);
    let hints = [
        ("r", if running { "stop" } else { "run" }),
        ("1–9", "one lane"),
        ("+ -", "workers"),
        ("[ ]", "length"),
        ("t", "timeline"),
        ("?", "keys"),
    ];
    let mut x = 0;
    for (key, what) in hints {
        let end = x + crate::layout::text_width(key) as u16 + 1 + what.len() as u16;
        if end > row.width() {
            break;
        }
        let after = row.text(x, 0, key, Role::Key);
        x = row.text(after + 1, 0, what, Role::Status) + 3;
    }
}

/// The deck's footer, filled in.
fn footer(state: &State, row: &mut Canvas) {
    let hidden = state.slides.get(&state.place.slide).is_some_and(|slide| slide.no_footer);
    if let Some(template) = state.deck.front.footer.as_deref().filter(|_| !hidden) {
        let text = filled(template, &state.deck.front, state.place.slide + 1, state.deck.extents.len());
        row.cut(0, 0, row.width(), &text, Role::Status);
    }
}

/// A footer's template with what its braces name.
fn filled(template: &str, front: &Front, slide: usize, total: usize) -> String {
    let own = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut text = template.to_owned();
    for (name, value) in [
        ("{current_slide}", slide.to_string()),
        ("{total_slides}", total.to_string()),
        ("{title}", own(&front.title)),
        ("{sub_title}", own(&front.sub_title)),
        ("{event}", own(&front.event)),
        ("{location}", own(&front.location)),
        ("{date}", own(&front.date)),
        ("{author}", front.authors.join(", ")),
    ] {
        if text.contains(name) {
            text = text.replace(name, &value);
        }
    }
    text
}

