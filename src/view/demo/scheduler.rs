//! `show: scheduler`: the threads side by side, the steps that were chosen row by row, and what each
//! left in the globals; below, what all interleavings come to.

use parade_demos::explore::Schedule;
use parade_demos::interleavings::Interleavings;

use super::Scene;
use super::told::{done, end_of, grouped, outcome, search, sign};
use crate::app::Action as Pressed;
use crate::layout::text_width;
use crate::theme::Role;
use crate::view::bar::bar;
use crate::view::canvas::Canvas;

/// The widest column of a thread.
const THREAD_WIDTH_MAX: u16 = 30;
/// The width of a sign and its gap.
const SIGN_WIDTH: u16 = 3;
/// The widest column of a global's value.
const VALUE_WIDTH: u16 = 12;
/// The rows of outcomes, their head included, in a low and in a high room.
const OUTCOME_ROWS: [u16; 2] = [5, 9];
/// From this height on a room is high.
const HIGH: u16 = 18;

/// Where the columns stand.
struct Columns {
    /// The first thread that has one: 0 if the main thread plays.
    first: usize,
    threads: usize,
    width: u16,
    values: usize,
}

impl Columns {
    fn of(schedule: &Schedule, room: u16) -> Self {
        let threads = schedule.now().world().threads().len();
        let main_plays = schedule.steps().iter().any(|step| step.thread == 0)
            || schedule.now().threads().contains(&0);
        let first = usize::from(!main_plays && threads > 1);
        let threads = threads - first;
        let values = schedule.now().world().shared_globals().len();
        let right = SIGN_WIDTH + VALUE_WIDTH * values.clamp(1, 3) as u16;
        let width = room.saturating_sub(right) / threads.max(1) as u16;
        Self {
            first,
            threads,
            width: width.min(THREAD_WIDTH_MAX),
            values: values.min(3),
        }
    }

    fn thread(&self, thread: usize) -> u16 {
        self.width * thread.saturating_sub(self.first) as u16
    }

    fn sign(&self) -> u16 {
        self.width * self.threads as u16
    }

    /// The column behind a value.
    fn value(&self, value: usize) -> u16 {
        self.sign() + SIGN_WIDTH + VALUE_WIDTH * (value as u16 + 1)
    }
}

/// Draws the threads above and the outcomes below.
pub(super) fn draw(scene: &Scene, schedule: &Schedule, canvas: &mut Canvas) {
    let outcomes = OUTCOME_ROWS[usize::from(canvas.height() >= HIGH)];
    let above = canvas.height().saturating_sub(outcomes + 1);
    threads(scene, schedule, &mut canvas.rows(0, above));
    let mut below = canvas.rows(above + 1, outcomes);
    match scene.demo.interleavings() {
        Some(found) => histogram(scene, found, &mut below),
        None => invitation(scene, &mut below),
    }
}

fn threads(scene: &Scene, schedule: &Schedule, canvas: &mut Canvas) {
    let columns = Columns::of(schedule, canvas.width());
    head(schedule, &columns, canvas);
    let rows = canvas.height().saturating_sub(2);
    let steps = schedule.steps();
    let hidden = steps.len().saturating_sub(usize::from(rows));
    let mut y = 1;
    for step in &steps[hidden..] {
        let role = Role::Lane(step.thread as u8);
        let x = columns.thread(step.thread);
        canvas.cut(x, y, columns.width.saturating_sub(1), &done(step), role);
        if !scene.state.settings.ascii {
            canvas.text(columns.sign(), y, sign(&step.action), Role::Text);
        }
        for (at, (_, value)) in step.globals.iter().take(columns.values).enumerate() {
            canvas.right(columns.value(at), y, value, Role::Heading);
        }
        y += 1;
    }
    next(schedule, &columns, &mut canvas.rows(y, 1));
}

fn head(schedule: &Schedule, columns: &Columns, canvas: &mut Canvas) {
    let world = schedule.now().world();
    for (thread, one) in world.threads().iter().enumerate().skip(columns.first) {
        let name = match thread {
            0 => "main thread".to_owned(),
            _ => format!("Thread {thread}"),
        };
        let role = if one.has_ended() {
            Role::Muted
        } else {
            Role::Lane(thread as u8)
        };
        canvas.cut(columns.thread(thread), 0, columns.width, &name, role);
    }
    for (at, (name, _)) in world
        .shared_globals()
        .iter()
        .take(columns.values)
        .enumerate()
    {
        canvas.right(columns.value(at), 0, name, Role::Muted);
    }
}

/// What each thread would do next, or how it all ended.
fn next(schedule: &Schedule, columns: &Columns, row: &mut Canvas) {
    let play = schedule.now();
    let world = play.world();
    if world.is_over() {
        let text = end_of(world);
        let end = row.text(0, 0, "▶ ", Role::Accent);
        row.cut(end, 0, row.width(), &text, Role::Heading);
        return;
    }
    // Nobody can go on, and not all have ended: each has its sign where its next step would stand.
    let is_deadlock = play.is_over();
    let can = play.threads();
    for thread in columns.first..world.threads().len() {
        let Some(action) = play.next_action(thread) else {
            continue;
        };
        let x = columns.thread(thread);
        let width = columns.width.saturating_sub(1);
        if is_deadlock {
            let end = row.text(x, 0, "✗", Role::Error);
            let text = format!(" can't {action}");
            row.cut(end, 0, width.saturating_sub(1), &text, Role::Text);
        } else if can.contains(&thread) {
            let end = row.text(x, 0, &thread.to_string(), Role::Key);
            let text = format!(" {action}?");
            row.cut(end, 0, width.saturating_sub(1), &text, Role::Muted);
        } else {
            row.cut(x, 0, width, &format!("waits: {action}"), Role::Muted);
        }
    }
    if is_deadlock {
        let room = row.width().saturating_sub(columns.sign());
        row.cut(columns.sign(), 0, room, "deadlock", Role::Error);
    }
    if schedule.steps().is_empty() {
        for (at, (_, value)) in world
            .shared_globals()
            .iter()
            .take(columns.values)
            .enumerate()
        {
            row.right(columns.value(at), 0, value, Role::Heading);
        }
    }
}

/// How many schedules lead to what.
fn histogram(scene: &Scene, found: &Interleavings, canvas: &mut Canvas) {
    let [all, covered] = search(found);
    let end = canvas.text(0, 0, &all, Role::Heading);
    canvas.cut(
        end + 3,
        0,
        canvas.width().saturating_sub(end + 3),
        &covered,
        Role::Muted,
    );
    let rows = usize::from(canvas.height().saturating_sub(1));
    let counts = found.outcomes.iter().map(|one| grouped(&one.schedules));
    let count_width = counts.map(|count| text_width(&count)).max().unwrap_or(1) as u16;
    let label_width = (canvas.width() / 2).min(36);
    let deadlocks = found.outcomes.iter().filter(|one| one.deadlock).count();
    let chosen = scene.demo.bench.as_ref().map_or(0, |bench| bench.outcome);
    let first = chosen.saturating_sub(rows.saturating_sub(1));
    for (y, (at, one)) in (1..).zip(found.outcomes.iter().enumerate().skip(first).take(rows)) {
        let role = if one.deadlock {
            Role::Error
        } else {
            Role::Text
        };
        if at == chosen {
            canvas.text(0, y, "▶", Role::Accent);
        }
        let label = outcome(one, deadlocks == 1);
        canvas.cut(2, y, label_width.saturating_sub(3), &label, role);
        let width = canvas.width().saturating_sub(label_width + count_width + 2);
        bar(
            canvas,
            label_width,
            y,
            width,
            one.share,
            Role::Lane(at as u8),
        );
        canvas.right(canvas.width(), y, &grouped(&one.schedules), Role::Text);
    }
}

/// What can be done before anything was explored.
fn invitation(scene: &Scene, canvas: &mut Canvas) {
    let keys = &scene.state.keys;
    let key = keys.key(Pressed::Explore).map(|key| key.to_string());
    let running = scene.snapshot.is_some() && scene.report.is_none();
    if running {
        canvas.text(0, 0, "exploring all interleavings…", Role::Muted);
    } else if let Some(key) = key {
        let end = canvas.text(0, 0, &key, Role::Key);
        canvas.text(end + 1, 0, "explores all interleavings", Role::Muted);
    }
}
