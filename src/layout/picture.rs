//! Which rows each part of a demo's picture has. They follow from the room, the number of lanes and
//! of cores alone, so that nothing moves from the first press of a key to the verdict.

use super::Size;
use super::gauges::GaugeShape;

/// Rows of one part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Band {
    /// The first.
    pub y: u16,
    /// How many.
    pub height: u16,
}

/// What decides about the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoContents {
    /// Whether there is a row above for a title.
    pub titled: bool,
    /// Lanes, the baseline among them.
    pub lanes: usize,
    /// Cores, each with a gauge.
    pub cores: usize,
    /// Rows that the story wants beside those of a verdict.
    pub story: u16,
}

/// The rows of all parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DemoPlan {
    /// The title, and which of several demos it is.
    pub title: Band,
    /// A head and the gauges.
    pub gauges: Band,
    /// A head and the lanes.
    pub table: Band,
    /// What will run, who is at work, or the verdict.
    pub story: Band,
    /// What all lanes have in common.
    pub conditions: Band,
    /// How the gauges stand in their rows.
    pub shape: GaugeShape,
    /// Rows from one lane to the next.
    pub lane_pitch: u16,
}

/// A head and one row of a heat grid.
const GAUGE_ROWS_MIN: u16 = 2;
/// A verdict of two lines and what it rests on.
const STORY_ROWS_MIN: u16 = 3;
/// With more rows than these for the story, lanes stand apart.
const STORY_ROWS_ENOUGH: u16 = 5;
/// An empty row after the title, the gauges, the table, and before the conditions.
const GAPS_MAX: u16 = 4;

impl DemoPlan {
    /// Splits a room of this size.
    pub fn of(contents: DemoContents, Size { width, height }: Size) -> Self {
        let title = u16::from(contents.titled);
        let lanes = u16::try_from(contents.lanes).unwrap_or(u16::MAX - 1);
        let cores = contents.cores;
        let conditions = 1;
        let least = title + conditions + GAUGE_ROWS_MIN + STORY_ROWS_MIN;
        let table = (1 + lanes).min(height.saturating_sub(least)).max(2);
        // What the story needs besides takes the gaps' place.
        let gaps = height
            .saturating_sub(least + table + contents.story)
            .min(GAPS_MAX);
        let story_least =
            STORY_ROWS_MIN.min(height.saturating_sub(title + conditions + GAUGE_ROWS_MIN + table));
        let room = height.saturating_sub(title + conditions + table + gaps + story_least);
        let shape = GaugeShape::of(cores, width, room);
        let gauges = shape.rows(cores).min(room);

        // With rows to spare lanes stand apart, each with its figures.
        let spare =
            (room - gauges + story_least).saturating_sub(STORY_ROWS_ENOUGH + contents.story);
        let between = table.saturating_sub(2);
        let lane_pitch = if between > 0 && between <= spare {
            2
        } else {
            1
        };
        let table = table + (lane_pitch - 1) * between;
        let spare = spare - (lane_pitch - 1) * between;

        // Parts that stand apart within themselves stand further apart from each other.
        let wide = if lane_pitch > 1 && spare >= 2 { 2 } else { 1 };
        // What gaps there are stand first around the table, then below the title.
        let gap = |rank: u16| match rank {
            _ if gaps < rank => 0,
            1 | 2 => wide,
            _ => 1,
        };
        let title = Band {
            y: 0,
            height: title,
        };
        let below_title = if title.height > 0 { gap(3) } else { 0 };
        let gauges = Band {
            y: title.height + below_title,
            height: gauges,
        };
        let table = Band {
            y: gauges.y + gauges.height + gap(1),
            height: table,
        };
        let conditions = Band {
            y: height.saturating_sub(conditions),
            height: conditions,
        };
        let story_y = table.y + table.height + gap(2);
        let story = Band {
            y: story_y,
            height: conditions.y.saturating_sub(story_y + gap(4)),
        };
        Self {
            title,
            gauges,
            table,
            story,
            conditions,
            shape,
            lane_pitch,
        }
    }
}

/// Which lanes of the table have a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaneRows {
    /// The first that has one.
    pub first: usize,
    /// How many have one.
    pub shown: usize,
    /// Rows from one to the next.
    pitch: u16,
}

impl LaneRows {
    /// Of so many lanes in a table of this height, its head included. With more lanes than rows, the
    /// one at work stays in view.
    pub fn of(lanes: usize, at_work: usize, height: u16, pitch: u16) -> Self {
        let pitch = pitch.max(1);
        let rows = usize::from(height.saturating_sub(1).div_ceil(pitch));
        Self {
            first: (at_work + 1)
                .saturating_sub(rows)
                .min(lanes.saturating_sub(rows)),
            shown: rows.min(lanes),
            pitch,
        }
    }

    /// Each lane that has a row, with that row in the table.
    pub fn each(self) -> impl Iterator<Item = (usize, u16)> {
        let rows = (1..).step_by(usize::from(self.pitch));
        (self.first..self.first + self.shown).zip(rows)
    }

    /// The lane at a row of the table.
    pub fn lane_at(self, y: u16) -> Option<usize> {
        self.each().find(|(_, row)| *row == y).map(|(lane, _)| lane)
    }
}

#[cfg(test)]
mod tests {
    use super::super::HeatGrid;
    use super::*;

    fn plan(lanes: usize, cores: usize, height: u16) -> DemoPlan {
        let titled = true;
        let width = 76;
        DemoPlan::of(
            DemoContents {
                titled,
                lanes,
                cores,
                story: 0,
            },
            Size { width, height },
        )
    }

    /// Heights of title, gauges, table, story and conditions.
    fn heights(plan: DemoPlan) -> [u16; 5] {
        [
            plan.title,
            plan.gauges,
            plan.table,
            plan.story,
            plan.conditions,
        ]
        .map(|rows| rows.height)
    }

    #[test]
    fn split_the_room() {
        for (cores, lanes, height, shape, expected) in [
            (2, 4, 20, GaugeShape::Rows, [1, 3, 5, 6, 1]),
            (4, 4, 19, GaugeShape::Rows, [1, 5, 5, 3, 1]),
            (8, 4, 19, GaugeShape::Columns(2), [1, 5, 5, 3, 1]),
            (16, 4, 19, GaugeShape::Columns(4), [1, 5, 5, 3, 1]),
            (
                64,
                4,
                19,
                GaugeShape::Heat(HeatGrid::of(64, 4)),
                [1, 3, 5, 5, 1],
            ),
            (2, 4, 31, GaugeShape::Rows, [1, 3, 8, 12, 1]),
            (2, 4, 12, GaugeShape::Columns(2), [1, 2, 5, 3, 1]),
        ] {
            let plan = plan(lanes, cores, height);
            assert_eq!(
                (plan.shape, heights(plan)),
                (shape, expected),
                "{cores} cores"
            );
        }
    }

    #[test]
    fn parts_never_overlap_nor_leave_the_room() {
        for height in 8..60 {
            for lanes in 1..12 {
                for cores in [1, 2, 4, 16, 64, 256] {
                    let plan = plan(lanes, cores, height);
                    let parts = [
                        plan.title,
                        plan.gauges,
                        plan.table,
                        plan.story,
                        plan.conditions,
                    ];
                    for pair in parts.windows(2) {
                        assert!(
                            pair[0].y + pair[0].height <= pair[1].y,
                            "{plan:?} in {height}"
                        );
                    }
                    assert_eq!(plan.conditions.y + plan.conditions.height, height);
                }
            }
        }
    }

    #[test]
    fn finds_each_lane_where_it_stands() {
        for (lanes, at_work, height, pitch, expected) in [
            (3, 0, 4, 1, vec![(0, 1), (1, 2), (2, 3)]),
            (3, 0, 6, 2, vec![(0, 1), (1, 3), (2, 5)]),
            (5, 0, 3, 1, vec![(0, 1), (1, 2)]),
            (5, 3, 3, 1, vec![(2, 1), (3, 2)]),
            (5, 4, 1, 1, vec![]),
        ] {
            let rows = LaneRows::of(lanes, at_work, height, pitch);
            assert_eq!(rows.each().collect::<Vec<_>>(), expected, "{rows:?}");
            for (lane, y) in expected {
                assert_eq!(rows.lane_at(y), Some(lane));
            }
            assert_eq!(rows.lane_at(0), None, "the head is no lane");
        }
    }
}
