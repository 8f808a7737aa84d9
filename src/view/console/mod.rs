//! The presenter's console: the slide as the audience sees it, what comes next, the run, and above
//! them the time. Notes and status bar are those of every screen.

mod head;
mod run;

use super::canvas::Canvas;
use super::{demo, images, slide};
use crate::app::{Console, ConsolePlan, Next, State};
use crate::layout::SlotContent;
use crate::theme::Role;

/// Draws all that a console has beside the panel and the status bar.
pub(super) fn draw(state: &State, console: &Console, screen: &mut Canvas) {
    let plan = ConsolePlan::of(state.size);
    head::draw(state, console, &mut screen.rows(0, 1));
    let mut headings = screen.rows(1, 1);
    heading(
        &place(state),
        &mut headings.part(plan.slide.x, 0, plan.slide.width, 1),
    );
    slide::draw(state, screen);
    if plan.next.width > 0 {
        let mut headings = screen.rows(1, 1);
        heading(
            &what_comes(state, console.next.as_ref()),
            &mut headings.part(plan.next.x, 0, plan.next.width, 1),
        );
        if let Some(next) = &console.next {
            preview(state, next, &mut screen.area(plan.next));
        }
    }
    run::draw(state, &mut screen.area(plan.run));
}

/// What a pane shows, and a rule to its end.
fn heading(text: &str, row: &mut Canvas) {
    let width = row.width().saturating_sub(2);
    let end = row.cut(2, 0, width, text, Role::Accent);
    row.repeat(end + 1, 0, width.saturating_sub(end), "─", Role::Faint);
}

/// `now 14 ▸ 36 · step 2 of 3`
fn place(state: &State) -> String {
    let (at, of) = (state.place.slide + 1, state.slides_total());
    match state.slide().map_or(0, |slide| slide.steps) {
        0 => format!("now {at} ▸ {of}"),
        steps => format!("now {at} ▸ {of} · step {} of {steps}", state.place.step),
    }
}

/// `next: step 3`, `next: slide 15`, `the last slide`
fn what_comes(state: &State, next: Option<&Next>) -> String {
    match next.map(|next| next.place) {
        Some(next) if next.slide == state.place.slide => format!("next: step {}", next.step),
        Some(next) => format!("next: slide {}", next.slide + 1),
        None if state.place.slide + 1 < state.slides_total() => "next".to_owned(),
        None => "the end".to_owned(),
    }
}

/// The page of the next step or slide; of a demo that is yet to come, its name.
fn preview(state: &State, next: &Next, canvas: &mut Canvas) {
    slide::rows(&next.page, 0, canvas);
    images::draw(state, &next.page, 0, canvas);
    for slot in &next.page.slots {
        let SlotContent::Demo(name) = &slot.content else {
            continue;
        };
        let Some(area) = slot.area.in_view(0, canvas.height()) else {
            continue;
        };
        let mut room = canvas.area(area);
        if next.place.slide == state.place.slide {
            demo::draw(state, name, &mut room);
        } else {
            let end = room.text(0, 0, "▶ ", Role::Accent);
            room.cut(end, 0, room.width(), name, Role::Muted);
        }
        // Demos of one slide share their room.
        break;
    }
    let below = next
        .page
        .rows_shown()
        .saturating_sub(canvas.height().into());
    if below > 0 {
        let (width, last) = (canvas.width(), canvas.height().saturating_sub(1));
        canvas.right(width, last, &format!(" ▼ {below} more "), Role::Muted);
    }
}
