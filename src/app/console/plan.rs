//! What stands where on a console: pure geometry, so that layout, picture and mouse agree.

use crate::layout::{Area, Size};

/// From this width on the notes stand beside the slide, below the next one.
const BESIDE_WIDTH_MIN: u16 = 120;
/// From this width on there is room for the next slide beside the present one.
const NEXT_WIDTH_MIN: u16 = 60;
/// The most rows of notes below the slides, their heading included.
const NOTES_ROWS_MAX: u16 = 12;
/// Rows above the slides: the talk's state, and what each pane shows.
const HEAD_ROWS: u16 = 2;
/// Rows below all else: the run, and the status bar.
const FOOT_ROWS: u16 = 2;
/// Columns between panes.
const GAP: u16 = 2;

/// The panes of a console of one size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConsolePlan {
    /// The present slide.
    pub slide: Area,
    /// The next step or slide; without columns where there is no room for it.
    pub next: Area,
    /// The notes, their heading in the first row.
    pub notes: Area,
    /// The row that tells of the run.
    pub run: Area,
}

impl ConsolePlan {
    /// For a screen of this size, whose last row is the status bar.
    pub fn of(Size { width, height }: Size) -> Self {
        let body = height.saturating_sub(HEAD_ROWS + FOOT_ROWS);
        let run = Area {
            x: 0,
            y: u32::from(height.saturating_sub(FOOT_ROWS)),
            width,
            height: 1,
        };
        let next_width = if width < NEXT_WIDTH_MIN {
            0
        } else {
            width * 3 / 8
        };
        let slide_width = width - next_width - if next_width > 0 { GAP } else { 0 };
        let beside = width >= BESIDE_WIDTH_MIN;
        let notes_height = if beside {
            body - body / 2
        } else {
            (height / 3).min(NOTES_ROWS_MAX)
        }
        .min(body);
        let slide_height = if beside { body } else { body - notes_height };
        let pane = |x, y, width, height| Area {
            x,
            y: u32::from(y),
            width,
            height,
        };
        let right = width - next_width;
        Self {
            slide: pane(0, HEAD_ROWS, slide_width, slide_height),
            next: pane(right, HEAD_ROWS, next_width, body - notes_height),
            notes: if beside {
                pane(
                    right,
                    HEAD_ROWS + body - notes_height,
                    next_width,
                    notes_height,
                )
            } else {
                pane(0, HEAD_ROWS + slide_height, width, notes_height)
            },
            run,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_fill_the_screen_and_do_not_overlap() {
        for (width, height) in [
            (20, 6),
            (59, 10),
            (60, 24),
            (80, 24),
            (119, 40),
            (120, 36),
            (300, 90),
        ] {
            let plan = ConsolePlan::of(Size { width, height });
            let panes = [plan.slide, plan.next, plan.notes, plan.run];
            for y in 0..u32::from(height) {
                for x in 0..width {
                    let owners = panes.iter().filter(|pane| pane.contains(x, y)).count();
                    assert!(owners <= 1, "{width}×{height} at {x},{y}");
                }
            }
            for pane in panes {
                assert!(pane.x + pane.width <= width, "{width}×{height}: {pane:?}");
                assert!(
                    pane.end() < usize::from(height),
                    "{width}×{height}: {pane:?}"
                );
            }
        }
    }

    #[test]
    fn notes_stand_below_or_beside() {
        let notes = |width, height| ConsolePlan::of(Size { width, height }).notes;
        let area = |x, y, width, height| Area {
            x,
            y,
            width,
            height,
        };
        assert_eq!(notes(80, 24), area(0, 14, 80, 8));
        assert_eq!(notes(120, 36), area(75, 18, 45, 16));
    }
}
