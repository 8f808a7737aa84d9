//! The last row: what keys do now, what is being typed, and what there is to tell. On a slide
//! without a demo it shows no more than the deck's own footer.

use parade_demos::catalogue;
use parade_demos::explore::Exhibit;
use parade_demos::spec::LaneSpec;

use super::canvas::Canvas;
use super::figure;
use crate::app::{Action, Bench, DemoState, Live, Mode, Program, State};
use crate::deck::{Front, Severity, Slide};
use crate::layout::text_width;
use crate::theme::Role;

/// Columns beside the bar on a console, whose panes have no wider margins.
const CONSOLE_MARGIN: u16 = 2;

/// Draws the status bar in the screen's last row.
pub(super) fn draw(state: &State, screen: &mut Canvas) {
    let Some(last) = screen.height().checked_sub(1) else {
        return;
    };
    let mut row = screen.rows(last, 1);
    let margin = if state.console.is_some() {
        CONSOLE_MARGIN
    } else {
        side_margin(row.width())
    };
    let room = row.width().saturating_sub(2 * margin);
    let mut row = row.part(margin, 0, room, 1);
    let right = marks(state, &mut row);
    let mut left = row.part(0, 0, right, 1);
    match &state.mode {
        Mode::Number(typed) => prompt("go to slide ", typed, "Enter goes there", &mut left),
        Mode::Command(typed) => prompt(":", typed, "a number or an id", &mut left),
        Mode::Search { query, found, .. } => {
            let hint = match found {
                false if !query.is_empty() => "✗ no slide has it",
                _ => "Enter goes there, Esc back",
            };
            prompt("/", query, hint, &mut left);
        }
        Mode::Overview { .. } => {
            let hint = "arrows choose, Enter goes there, Esc back";
            left.cut(0, 0, room, hint, Role::Status);
        }
        _ => {
            if let Some((notice, _)) = &state.notice {
                let role = if notice.bad { Role::Error } else { Role::Info };
                left.cut(0, 0, room, &notice.text, role);
            } else if let Some(caption) = &state.caption {
                left.cut(0, 0, room, caption, Role::Text);
            } else if state.editor().is_some()
                || state.in_focus().is_some()
                || state.console.is_some()
            {
                keys(state, &mut left);
            } else {
                footer(state, &mut left);
            }
        }
    }
}

/// The page's own margins, so that the bar stands under the slide.
fn side_margin(width: u16) -> u16 {
    match width {
        0..20 => 0,
        20..100 => 2,
        wide => 2 + (wide - 100) / 10,
    }
}

/// What stands at the right: LIVE or REPLAY, the time, the slide's number. Gives the column where
/// it begins.
fn marks(state: &State, row: &mut Canvas) -> u16 {
    let mut end = row.width();
    let mut mark = |text: &str, role: Role| {
        row.right(end, 0, text, role);
        end = end.saturating_sub(text_width(text) as u16 + 3);
    };
    if state.settings.slide_number {
        let (at, of) = (state.place.slide + 1, state.slides_total());
        mark(&format!("{at} ▸ {of}"), Role::Status);
    }
    if state.settings.elapsed {
        let elapsed = figure::clock(state.elapsed());
        if state.clock.is_paused() {
            mark(&format!("{elapsed} paused"), Role::Warning);
        } else {
            mark(&elapsed, Role::Status);
        }
    }
    if state.run.is_some() && state.console.is_none() {
        mark("LIVE", Role::Accent);
    }
    if state
        .demo_in_focus()
        .is_some_and(|demo| demo.replay.is_some())
    {
        mark("REPLAY", Role::Warning);
    }
    if state.demo_in_focus().is_some_and(DemoState::shows_edited) {
        mark("EDITED", Role::Warning);
    }
    let errors = state.slide().map_or(0, |slide| errors(slide));
    if errors > 0 {
        mark(
            &format!("✗ {}", figure::counted(errors, "error")),
            Role::Error,
        );
    }
    end
}

/// How many things on a slide can't be shown as meant.
fn errors(slide: &Slide) -> usize {
    slide
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .count()
}

/// A prompt with what was typed so far.
fn prompt(sign: &str, typed: &str, hint: &str, row: &mut Canvas) {
    let end = row.text(0, 0, sign, Role::Key);
    let end = row.text(end, 0, typed, Role::Text);
    let end = row.text(end, 0, "_", Role::Accent);
    row.cut(
        end + 3,
        0,
        row.width().saturating_sub(end + 3),
        hint,
        Role::Status,
    );
}

/// A hint of the status bar: keys, what they do, and how gladly it is given up for want of room.
struct Hint<'a> {
    keys: String,
    does: &'a str,
    rank: u8,
}

impl Hint<'_> {
    fn width(&self) -> u16 {
        (text_width(&self.keys) + 1 + text_width(self.does)) as u16
    }
}

/// Columns between two hints.
const HINT_GAP: u16 = 2;

/// The keys that matter on a demo, as many as there is room for.
fn keys(state: &State, row: &mut Canvas) {
    let mut hints = hints(state);
    let width = |hints: &[Hint]| {
        hints
            .iter()
            .map(|hint| hint.width() + HINT_GAP)
            .sum::<u16>()
    };
    while width(&hints) > row.width() + HINT_GAP {
        let rank_max = hints.iter().map(|hint| hint.rank).max();
        hints.retain(|hint| Some(hint.rank) != rank_max);
    }
    let mut x = 0;
    for hint in &hints {
        let after = row.text(x, 0, &hint.keys, Role::Key);
        x = row.text(after + 1, 0, hint.does, Role::Status) + HINT_GAP;
    }
}

/// The hint for keys of these actions; `None` where one of them has no key.
fn hint<'a>(state: &State, actions: &[Action], does: &'a str, rank: u8) -> Option<Hint<'a>> {
    let keys = actions
        .iter()
        .filter_map(|action| state.keys.key_in(&state.mode, *action));
    let texts: Vec<_> = keys.map(|key| key.to_string()).collect();
    (texts.len() == actions.len()).then(|| Hint {
        keys: texts.join(" "),
        does,
        rank,
    })
}

/// What a console's keys do where the slide has no demo.
fn talk_hints(state: &State) -> Vec<Hint<'_>> {
    let clock = if state.clock.is_paused() {
        "go on, reset clock"
    } else {
        "pause, reset clock"
    };
    [
        hint(state, &[Action::Previous, Action::Next], "back, on", 0),
        hint(state, &[Action::Overview], "slides", 3),
        hint(state, &[Action::Command], "go to", 5),
        hint(state, &[Action::Black], "black", 2),
        hint(state, &[Action::PauseClock, Action::RestartClock], clock, 3),
        hint(state, &[Action::Help], "keys", 1),
        hint(state, &[Action::Quit], "close", 4),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The keys of the editor that type nothing.
fn editor_hints(state: &State) -> Vec<Hint<'_>> {
    let several = state
        .editor()
        .is_some_and(|editor| !state.other_programs(editor).is_empty());
    [
        hint(state, &[Action::Run], "run", 0),
        hint(state, &[Action::Original], "original", 3),
        hint(state, &[Action::Undo], "undo", 4),
        hint(state, &[Action::NextProgram], "next program", 2).filter(|_| several),
        hint(state, &[Action::Editor], "$EDITOR", 5),
        hint(state, &[Action::Close], "close", 1),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn hints(state: &State) -> Vec<Hint<'_>> {
    if state.editor().is_some() {
        return editor_hints(state);
    }
    if let Some(key) = &state.snippet {
        return code_hints(state, state.is_live(&Live::Snippet(key.clone())));
    }
    let Some(demo) = state.demo_in_focus() else {
        return talk_hints(state);
    };
    let running = state.demo.as_ref().is_some_and(|key| state.is_running(key));
    let lanes = demo.spec.lanes.len();
    let hint = |actions: &[Action], does, rank| hint(state, actions, does, rank);
    let one_lane = (2..10).contains(&lanes).then(|| Hint {
        keys: format!("1–{lanes}"),
        does: "lane",
        rank: 4,
    });
    if let Some(bench) = &demo.bench {
        let explored = demo.interleavings().is_some();
        let mut hints = by_hand(bench, running, explored, hint);
        let edit = hint(&[Action::Edit], "edit", 4).filter(|_| Program::any(&demo.fence));
        // The key that shows all others stands last.
        let at = hints.len().saturating_sub(1);
        hints.splice(at..at, edit);
        return hints;
    }
    let program = |lane: &LaneSpec| catalogue::is_program(&lane.workload);
    let programs = demo.spec.lanes.iter().all(program);
    let several = state.page.slots.len() > 1;
    let parameter = demo.parameter.as_deref();
    let replay = demo.replay.as_ref();
    [
        hint(&[Action::Run], if running { "stop" } else { "run" }, 0),
        replay.and_then(|_| hint(&[Action::Replay], "put away", 1)),
        several
            .then(|| hint(&[Action::NextFocus], "next demo", 2))
            .flatten(),
        parameter.and_then(|name| hint(&[Action::Lower, Action::Raise], name, 2)),
        one_lane,
        hint(&[Action::FewerWorkers, Action::MoreWorkers], "workers", 3),
        state
            .next_hint()
            .and_then(|_| hint(&[Action::Hint], "hint", 4)),
        hint(&[Action::Shorter, Action::Longer], "length", 6).filter(|_| !programs),
        hint(&[Action::Edit], "edit", 4).filter(|_| Program::any(&demo.fence)),
        hint(&[Action::Timeline], "timeline", 5),
        hint(&[Action::Help], "keys", 1),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The keys of a block of code that runs.
fn code_hints(state: &State, running: bool) -> Vec<Hint<'_>> {
    let several = state.page.slots.len() > 1;
    let next = several.then(|| hint(state, &[Action::NextFocus], "next", 1));
    let scroll = state
        .anything_overflows()
        .then(|| hint(state, &[Action::Up, Action::Down], "scroll", 3));
    [
        hint(
            state,
            &[Action::Run],
            if running { "stop" } else { "run" },
            0,
        ),
        next.flatten(),
        scroll.flatten(),
        hint(state, &[Action::Help], "keys", 2),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The keys of a program that is stepped by hand.
fn by_hand<'a>(
    bench: &Bench,
    running: bool,
    explored: bool,
    hint: impl Fn(&[Action], &'a str, u8) -> Option<Hint<'a>>,
) -> Vec<Hint<'a>> {
    let hints = match &bench.exhibit {
        Ok(Exhibit::Lines(_)) => vec![
            hint(&[Action::Step], "next line", 0),
            hint(&[Action::StepBack], "line back", 1),
            hint(&[Action::Help], "keys", 2),
        ],
        Ok(Exhibit::Schedule(schedule)) => {
            let threads = schedule.now().world().threads().len().saturating_sub(1);
            let explore = match (running, explored) {
                (true, _) => "stop",
                (false, true) => "next outcome",
                (false, false) => "all interleavings",
            };
            vec![
                Some(Hint {
                    keys: format!("1–{}", threads.max(1)),
                    does: "step a thread",
                    rank: 0,
                }),
                hint(&[Action::StepBack], "undo", 2),
                hint(&[Action::Explore], explore, 1),
                explored
                    .then(|| hint(&[Action::Step], "replay", 1))
                    .flatten(),
                hint(&[Action::Help], "keys", 3),
            ]
        }
        Err(_) => vec![hint(&[Action::Help], "keys", 0)],
    };
    hints.into_iter().flatten().collect()
}

/// The deck's footer, filled in.
fn footer(state: &State, row: &mut Canvas) {
    let hidden = state.slide().is_some_and(|slide| slide.no_footer);
    if let Some(template) = state.deck.front.footer.as_deref().filter(|_| !hidden) {
        let text = filled(
            template,
            &state.deck.front,
            state.place.slide + 1,
            state.slides_total(),
        );
        row.cut(0, 0, row.width(), &text, Role::Status);
    }
}

/// A footer's template with what its braces name.
pub(crate) fn filled(template: &str, front: &Front, slide: usize, total: usize) -> String {
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
