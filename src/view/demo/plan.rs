//! Which rows each part of a demo's picture has. They follow from the room, the number of lanes and
//! of cores alone, so that nothing moves from the first press of a key to the verdict.

use super::Scene;
use super::gauges::Shape;

/// Rows of one part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    /// The first.
    pub(super) y: u16,
    /// How many.
    pub(super) height: u16,
}

/// The rows of all parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) title: Rows,
    pub(super) gauges: Rows,
    pub(super) table: Rows,
    pub(super) story: Rows,
    pub(super) conditions: Rows,
    /// How the gauges stand in their rows.
    pub(super) shape: Shape,
    /// Rows from one lane to the next.
    pub(super) lane_pitch: u16,
}

/// A head and one row of a heat grid.
const GAUGE_ROWS_MIN: u16 = 2;
/// A verdict of two lines and what it rests on.
const STORY_ROWS_MIN: u16 = 3;
/// With more rows than these for the story, lanes stand apart.
const STORY_ROWS_ENOUGH: u16 = 5;
/// An empty row after the title, the gauges, the table, and before the conditions.
const GAPS_MAX: u16 = 4;

impl Plan {
    pub(super) fn of(scene: &Scene, width: u16, height: u16) -> Self {
        let titled = scene.demo.spec.title.is_some() || scene.place.1 > 1;
        Self::split(
            u16::from(titled),
            scene.lanes.len() as u16,
            scene.cores(),
            width,
            height,
        )
    }

    fn split(title: u16, lanes: u16, cores: usize, width: u16, height: u16) -> Self {
        let conditions = 1;
        let least = title + conditions + GAUGE_ROWS_MIN + STORY_ROWS_MIN;
        let table = (1 + lanes).min(height.saturating_sub(least)).max(2);
        let gaps = height.saturating_sub(least + table).min(GAPS_MAX);
        let story_least =
            STORY_ROWS_MIN.min(height.saturating_sub(title + conditions + GAUGE_ROWS_MIN + table));
        let room = height.saturating_sub(title + conditions + table + gaps + story_least);
        let shape = Shape::of(cores, width, room);
        let gauges = shape.rows(cores).min(room);

        // With rows to spare lanes stand apart, each with its figures.
        let spare = (room - gauges + story_least).saturating_sub(STORY_ROWS_ENOUGH);
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
        let title = Rows {
            y: 0,
            height: title,
        };
        let below_title = if title.height > 0 { gap(3) } else { 0 };
        let gauges = Rows {
            y: title.height + below_title,
            height: gauges,
        };
        let table = Rows {
            y: gauges.y + gauges.height + gap(1),
            height: table,
        };
        let conditions = Rows {
            y: height.saturating_sub(conditions),
            height: conditions,
        };
        let story_y = table.y + table.height + gap(2);
        let story = Rows {
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

#[cfg(test)]
mod tests {
    use super::super::heat::Grid;
    use super::*;

    /// Heights of title, gauges, table, story and conditions.
    fn heights(plan: Plan) -> [u16; 5] {
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
            (2, 4, 20, Shape::Rows, [1, 3, 5, 6, 1]),
            (4, 4, 19, Shape::Rows, [1, 5, 5, 3, 1]),
            (8, 4, 19, Shape::Columns(2), [1, 5, 5, 3, 1]),
            (16, 4, 19, Shape::Columns(4), [1, 5, 5, 3, 1]),
            (64, 4, 19, Shape::Heat(Grid::of(64, 4)), [1, 3, 5, 5, 1]),
            (2, 4, 31, Shape::Rows, [1, 3, 8, 12, 1]),
            (2, 4, 12, Shape::Columns(2), [1, 2, 5, 3, 1]),
        ] {
            let plan = Plan::split(1, lanes, cores, 76, height);
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
                    let plan = Plan::split(1, lanes, cores, 76, height);
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
}
