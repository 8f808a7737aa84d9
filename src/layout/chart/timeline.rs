//! What happened when: a row an event, each with its day and its place on one axis of years. A day is
//! a dot, a stretch a bar, one that goes on ends in an arrow, and what has no day yet a question mark.

use crate::deck::{Date, Timeline, TimelineEvent, When};
use crate::layout::Run;
use crate::layout::rows::{Rows, Writer, run};
use crate::layout::width::text_columns;
use crate::theme::{Ink, Role};

/// Columns between label, day and plot.
const GAP: u16 = 2;
/// Columns of a day.
const DAY_WIDTH: u16 = 10;
/// A plot narrower than this says nothing: labels are cut, then days left out.
const PLOT_WIDTH_MIN: u16 = 20;
/// What comes after the last day, as a part of all before it: room to go on.
const AFTER: f64 = 0.15;

const DOT: &str = "●";
const BAR: &str = "▆";
const ON: &str = "▸";
const UNKNOWN: &str = "?";
const YEAR: &str = "│";

/// Where everything stands.
struct Grid {
    label_width: u16,
    /// Nothing where days have no room.
    day_width: u16,
    plot_x: u16,
    plot_width: u16,
    first_day: i32,
    days: f64,
}

/// The years above, then a row for each event.
pub(super) fn draw(timeline: &Timeline, page_rows: u16, width: u16) -> Rows {
    let grid = Grid::of(&timeline.events, width);
    let mut rows = Rows::default();
    rows.push(
        grid.years()
            .map(|(x, year)| run(x, year.to_string(), Role::Muted))
            .collect(),
    );
    let is_airy = timeline.events.len() * 2 <= usize::from(page_rows / 2);
    for event in &timeline.events {
        if is_airy {
            rows.push(
                grid.years()
                    .map(|(x, _)| run(x, YEAR, Role::Faint))
                    .collect(),
            );
        }
        let stands_out = timeline.highlight.as_ref() == Some(&event.label);
        rows.push(grid.row(event, stands_out, timeline.highlight.is_some()));
    }
    rows
}

impl Grid {
    fn of(events: &[TimelineEvent], width: u16) -> Self {
        let days = || events.iter().flat_map(|event| days(event.when));
        let first = days().min().unwrap_or(Date::new_year(1));
        let last = days().max().unwrap_or(first);
        let first_day = Date::new_year(first.year()).days();
        let labels = events.iter().map(|event| text_columns(&event.label));
        let longest = labels.max().unwrap_or(0);
        let room = |day_width: u16| width.saturating_sub(day_width + GAP + PLOT_WIDTH_MIN);
        let day_width = if room(DAY_WIDTH + GAP) >= longest.min(width / 3) {
            DAY_WIDTH + GAP
        } else {
            0
        };
        let label_width = longest.min(room(day_width)).max(1);
        let plot_x = label_width + GAP + day_width;
        Self {
            label_width,
            day_width,
            plot_x,
            plot_width: width.saturating_sub(plot_x).max(2),
            first_day,
            days: f64::from((last.days() - first_day).max(1)) * (1.0 + AFTER),
        }
    }

    /// The column of a day.
    fn x(&self, date: Date) -> u16 {
        let share = f64::from(date.days() - self.first_day) / self.days;
        let column = (share * f64::from(self.plot_width - 1)).round() as u16;
        self.plot_x + column.min(self.plot_width - 1)
    }

    /// The years that begin on the axis, as many as stand apart, each with its column.
    fn years(&self) -> impl Iterator<Item = (u16, i32)> {
        let width = f64::from(self.plot_width);
        let columns_a_year = width * 365.25 / self.days;
        let every = (6.0 / columns_a_year).ceil().max(1.0) as usize;
        let end = self.plot_x + self.plot_width;
        (1..=9999)
            .skip_while(|year| Date::new_year(*year).days() < self.first_day)
            .step_by(every)
            .take_while(|year| {
                f64::from(Date::new_year(*year).days() - self.first_day) <= self.days
            })
            .map(|year| (self.x(Date::new_year(year)), year))
            .take_while(move |(x, _)| x + 4 <= end)
    }

    fn row(&self, event: &TimelineEvent, stands_out: bool, one_does: bool) -> Vec<Run> {
        let (label, mark) = match (stands_out, one_does) {
            (true, _) => (Role::Accent, Role::Accent),
            (false, true) => (Role::Muted, Role::Muted),
            (false, false) => (Role::Text, Role::Accent),
        };
        let bold = stands_out;
        let mut writer = Writer::default();
        writer.write_within(
            &event.label,
            self.label_width,
            Ink {
                bold,
                ..label.into()
            },
        );
        if self.day_width > 0 {
            writer.fill(self.label_width + GAP, Role::Text);
            let begin = days(event.when).next().map(|date| date.to_string());
            writer.write(&begin.unwrap_or_default(), Role::Muted);
        }
        let plot_end = self.plot_x + self.plot_width;
        let (from, signs) = self.mark(event.when, plot_end);
        self.fill(&mut writer, from);
        writer.write(
            &signs,
            Ink {
                bold,
                ..mark.into()
            },
        );
        self.fill(&mut writer, plot_end);
        writer.runs()
    }

    /// The column in which an event begins, and what stands from there.
    fn mark(&self, when: When, plot_end: u16) -> (u16, String) {
        let bar = |columns: u16| BAR.repeat(usize::from(columns.max(1)));
        match when {
            When::On(date) => (self.x(date), DOT.to_owned()),
            When::During(from, until) => {
                let (from, until) = (self.x(from), self.x(until));
                (from, bar(until.saturating_sub(from)))
            }
            When::Since(from) => {
                let from = self.x(from).min(plot_end.saturating_sub(2));
                (from, bar(plot_end.saturating_sub(from + 1)) + ON)
            }
            When::Someday => (plot_end - 1, UNKNOWN.to_owned()),
        }
    }

    /// Fills up to a column, with the years' lines in it.
    fn fill(&self, writer: &mut Writer, to: u16) {
        for (x, _) in self.years() {
            if x >= writer.x() && x < to {
                writer.fill(x, Role::Text);
                writer.write(YEAR, Role::Faint);
            }
        }
        writer.fill(to, Role::Text);
    }
}

/// The days that an event has.
fn days(when: When) -> impl Iterator<Item = Date> {
    let (first, second) = match when {
        When::On(date) | When::Since(date) => (Some(date), None),
        When::During(from, until) => (Some(from), Some(until)),
        When::Someday => (None, None),
    };
    first.into_iter().chain(second)
}
