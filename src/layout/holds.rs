//! Where the picture of an interpreter's lock stands, and what is in each of its cells: who held the
//! lock in the newest stretch of time, and over the whole run. Pure geometry and arithmetic; no colour,
//! no clock.

use std::time::Duration;

use parade_demos::holds::{Hold, Holds};

use super::width::text_columns;

/// Columns of a holder's share of the time and of its takes.
const SHARE_WIDTH: u16 = 8;
const TAKES_WIDTH: u16 = 9;
const NAME_WIDTH_MAX: u16 = 20;
const GAP: u16 = 2;
/// The newest stretch shows about so many holds.
const HOLDS_SHOWN: u64 = 8;
/// How long the newest stretch can be: round, so that it seldom changes.
const NEWEST_MS: [u64; 12] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000];

/// Columns of one strip of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strip {
    /// The first.
    pub x: u16,
    /// How many.
    pub width: u16,
}

/// One thread's row.
#[derive(Clone, Debug, PartialEq)]
pub struct HoldRow<'a> {
    /// The thread's name; several that have no room share a row without one.
    pub name: &'a str,
    /// How many threads it stands for.
    pub holders: usize,
    /// The part of each column of the newest stretch in which it had the lock, 0…1.
    pub newest: Vec<f64>,
    /// The same of each column of the run.
    pub run: Vec<f64>,
    /// Its part of all the time that anyone had the lock, 0…1.
    pub share: f64,
    /// How often it took the lock.
    pub takes: u64,
}

/// The whole picture.
#[derive(Clone, Debug, PartialEq)]
pub struct HoldPlan<'a> {
    /// Columns for names.
    pub name_width: u16,
    /// The newest stretch.
    pub newest: Strip,
    /// How long it is.
    pub newest_span: Duration,
    /// The run.
    pub run: Strip,
    /// How long its axis is.
    pub run_span: Duration,
    /// The column after the share.
    pub share_end: u16,
    /// The column after the takes.
    pub takes_end: u16,
    /// A row for each thread.
    pub rows: Vec<HoldRow<'a>>,
}

impl<'a> HoldPlan<'a> {
    /// In so many columns, with so many rows for threads.
    pub fn of(holds: &'a Holds, width: u16, rows: usize) -> Self {
        let names = holds
            .holders
            .iter()
            .map(|holder| text_columns(&holder.name));
        let name_width = names.max().unwrap_or(0).clamp(8, NAME_WIDTH_MAX);
        let room = width.saturating_sub(name_width + 2 * GAP + SHARE_WIDTH + TAKES_WIDTH);
        let newest = Strip {
            x: name_width + GAP,
            width: room * 2 / 3,
        };
        let run = Strip {
            x: newest.x + newest.width + GAP,
            width: room - newest.width,
        };
        let newest_span = newest_span(holds);
        let run_span = round_span(Duration::from_nanos(holds.at_ns));
        let mut plan = Self {
            name_width,
            newest,
            newest_span,
            run,
            run_span,
            share_end: run.x + run.width + SHARE_WIDTH,
            takes_end: run.x + run.width + SHARE_WIDTH + TAKES_WIDTH,
            rows: Vec::new(),
        };
        let groups = groups(holds, rows);
        let from_ns = newest_from(holds, &groups, newest_span.as_nanos() as u64);
        plan.rows = groups
            .iter()
            .map(|group| plan.row(holds, group, from_ns))
            .collect();
        plan
    }

    fn row(&self, holds: &'a Holds, group: &[usize], from_ns: u64) -> HoldRow<'a> {
        let of_group = || group.iter().map(|index| &holds.holders[*index]);
        let held: u64 = of_group().map(|holder| holder.held_ns).sum();
        HoldRow {
            name: match group {
                [only] => &holds.holders[*only].name,
                _ => "",
            },
            holders: group.len(),
            newest: self.newest_cells(holds, group, from_ns),
            run: self.run_cells(holds, group),
            share: held as f64 / holds.held_ns().max(1) as f64,
            takes: of_group().map(|holder| holder.takes).sum(),
        }
    }

    fn newest_cells(&self, holds: &Holds, group: &[usize], from_ns: u64) -> Vec<f64> {
        let mut cells = Cells::new(self.newest.width, self.newest_span);
        let own = |hold: &&Hold| group.contains(&hold.holder);
        for hold in holds.newest.iter().filter(own) {
            let offset = |at_ns: u64| at_ns.saturating_sub(from_ns);
            cells.add(offset(hold.from_ns), offset(hold.until_ns), 1.0);
        }
        cells.shares
    }

    fn run_cells(&self, holds: &Holds, group: &[usize]) -> Vec<f64> {
        let mut cells = Cells::new(self.run.width, self.run_span);
        for (index, shares) in holds.stretches.iter().enumerate() {
            let of_group = group.iter().filter_map(|index| shares.get(*index));
            let held: u64 = of_group.sum();
            let from_ns = index as u64 * holds.stretch_ns;
            let part = held as f64 / holds.stretch_ns.max(1) as f64;
            cells.add(from_ns, from_ns + holds.stretch_ns, part);
        }
        cells.shares
    }
}

/// A strip's columns, each with the part of its time that was filled.
struct Cells {
    shares: Vec<f64>,
    column_ns: f64,
}

impl Cells {
    fn new(width: u16, span: Duration) -> Self {
        Self {
            shares: vec![0.0; usize::from(width)],
            column_ns: span.as_nanos().max(1) as f64 / f64::from(width.max(1)),
        }
    }

    /// Fills a stretch, of which `part` counts.
    fn add(&mut self, from_ns: u64, until_ns: u64, part: f64) {
        let columns = |ns: u64| ns as f64 / self.column_ns;
        let (from, until) = (columns(from_ns), columns(until_ns));
        let last = (until.ceil() as usize).min(self.shares.len());
        for column in (from as usize)..last {
            let (left, right) = (column as f64, (column + 1) as f64);
            self.shares[column] += part * (until.min(right) - from.max(left)).max(0.0);
        }
    }
}

/// The holders of each row: one each while there are rows. Then the first, which is the program's main
/// thread and waits for the others, gives way; and what is left over shares the last row.
fn groups(holds: &Holds, rows: usize) -> Vec<Vec<usize>> {
    let mut shown: Vec<usize> = (0..holds.holders.len()).collect();
    let mut rest = Vec::new();
    if shown.len() > rows && rows > 1 {
        rest.push(shown.remove(0));
        rest.extend(shown.drain((rows - 1).min(shown.len())..));
        rest.sort_unstable();
    } else if rows <= 1 {
        return vec![shown];
    }
    let mut groups: Vec<Vec<usize>> = shown.into_iter().map(|index| vec![index]).collect();
    if !rest.is_empty() {
        groups.push(rest);
    }
    groups
}

/// How long the newest stretch is, by the mean hold of the run.
fn newest_span(holds: &Holds) -> Duration {
    let mean_ns = holds.held_ns() / holds.takes().max(1);
    let wanted_ms = mean_ns * HOLDS_SHOWN / 1_000_000;
    let round = NEWEST_MS.into_iter().find(|ms| *ms >= wanted_ms);
    Duration::from_millis(round.unwrap_or(NEWEST_MS[NEWEST_MS.len() - 1]))
}

/// Where the newest stretch begins: as an oscilloscope does, where the first row's thread last took the
/// lock in time, so that a steady alternation stands still.
fn newest_from(holds: &Holds, groups: &[Vec<usize>], span_ns: u64) -> u64 {
    let latest = holds.at_ns.saturating_sub(span_ns);
    let first = groups.first().map_or(&[][..], Vec::as_slice);
    let begins = holds.newest.iter().rev();
    let mut begins = begins.filter(|hold| first.contains(&hold.holder) && hold.from_ns <= latest);
    begins.next().map_or(latest, |hold| hold.from_ns)
}

/// A round time that holds all of `elapsed`, so that an axis changes in steps.
pub fn round_span(elapsed: Duration) -> Duration {
    const ROUND_S: [u64; 14] = [2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 300, 600, 1200, 3600];
    let mut round = ROUND_S.into_iter().map(Duration::from_secs);
    round.find(|end| *end >= elapsed).unwrap_or(elapsed)
}

#[cfg(test)]
mod tests {
    use parade_demos::holds::HoldLog;

    use super::*;

    const MS: u64 = 1_000_000;

    /// A main thread that waits, and two that hand the lock over every 5 ms.
    fn alternating(until_ms: u64) -> Holds {
        let mut log = HoldLog::default();
        let holders = ["MainThread", "Thread-1", "Thread-2"].map(|name| log.join(name));
        log.take(holders[0], 0, 0);
        log.drop(MS);
        for at in (5..until_ms).step_by(5) {
            let turn = 1 + (at / 5 % 2) as usize;
            log.take(holders[turn], turn as u64, at * MS);
            log.drop((at + 5) * MS);
        }
        log.at(until_ms * MS)
    }

    #[test]
    fn every_cell_is_the_part_of_its_time() {
        let mut cells = Cells::new(4, Duration::from_nanos(40));
        cells.add(5, 25, 1.0);
        cells.add(35, 90, 0.5);
        assert_eq!(cells.shares, [0.5, 1.0, 0.5, 0.25]);
    }

    #[test]
    fn a_steady_alternation_stands_still() {
        let [early, late] = [1_000, 1_037].map(|until_ms| {
            let holds = alternating(until_ms);
            let plan = HoldPlan::of(&holds, 76, 2);
            (plan.newest_span, plan.rows[0].newest.clone())
        });
        assert_eq!(early, late);
        assert_eq!(early.0, Duration::from_millis(50));
    }

    #[test]
    fn rows_add_up_to_the_totals() {
        let holds = alternating(2_000);
        for rows in 1..5 {
            let plan = HoldPlan::of(&holds, 76, rows);
            let takes: u64 = plan.rows.iter().map(|row| row.takes).sum();
            let share: f64 = plan.rows.iter().map(|row| row.share).sum();
            let holders: usize = plan.rows.iter().map(|row| row.holders).sum();
            assert_eq!((takes, holders), (holds.takes(), 3), "{rows} rows");
            assert!((share - 1.0).abs() < 1e-9 && plan.rows.len() <= rows);
            let columns = plan.run_span.as_secs_f64() / f64::from(plan.run.width);
            let held: f64 = plan.rows.iter().flat_map(|row| &row.run).sum::<f64>() * columns;
            assert!((held - holds.held_ns() as f64 / 1e9).abs() < 1e-6, "{held}");
        }
    }

    #[test]
    fn the_main_thread_gives_way_first() {
        let holds = alternating(100);
        let names = |rows| -> Vec<(&str, usize)> {
            let plan = HoldPlan::of(&holds, 76, rows);
            plan.rows
                .iter()
                .map(|row| (row.name, row.holders))
                .collect()
        };
        assert_eq!(
            names(3),
            [("MainThread", 1), ("Thread-1", 1), ("Thread-2", 1)]
        );
        assert_eq!(names(2), [("Thread-1", 1), ("", 2)]);
        assert_eq!(names(1), [("", 3)]);
    }

    #[test]
    fn nothing_is_wider_than_the_room() {
        for width in 0..140 {
            let plan = HoldPlan::of(&alternating(100), width, 3).takes_end;
            assert!(
                plan <= width.max(8 + 2 * GAP + SHARE_WIDTH + TAKES_WIDTH + 2),
                "{width}"
            );
        }
    }
}
