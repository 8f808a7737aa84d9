//! The mouse: the wheel scrolls or steps, a click chooses.

use super::{Action, DemoKey, Effect, Mode, Mouse, MouseWhat, State};
use crate::layout::SlotContent;

/// Rows that one notch of the wheel scrolls.
const WHEEL_ROWS: i32 = 3;

impl State {
    /// The mouse did something.
    pub(super) fn point(&mut self, mouse: Mouse, effects: &mut Vec<Effect>) {
        match (mouse.what, &self.mode) {
            (MouseWhat::Click, Mode::Slide) => self.click_slide(mouse),
            (MouseWhat::Click, &Mode::Overview { selected }) => {
                if let Some(tile) = self.overview_grid(selected).tile_at(mouse.x, mouse.y) {
                    self.enter(Mode::Slide);
                    self.jump(tile, effects);
                }
            }
            (MouseWhat::WheelDown, _) => self.turn_wheel(true, effects),
            (MouseWhat::WheelUp, _) => self.turn_wheel(false, effects),
            (MouseWhat::Click, _) => {}
        }
    }

    fn turn_wheel(&mut self, down: bool, effects: &mut Vec<Effect>) {
        let action = if down { Action::Down } else { Action::Up };
        match self.mode {
            Mode::Slide if self.overflows() => {
                self.scroll_by(if down { WHEEL_ROWS } else { -WHEEL_ROWS });
            }
            Mode::Slide => self.travel_slides(action, effects),
            Mode::Overview { selected } => self.move_selection(selected, action),
            Mode::Help { scroll } => self.scroll_help(scroll, action),
            _ => {}
        }
    }

    /// A click on a demo gives it the focus.
    fn click_slide(&mut self, mouse: Mouse) {
        if mouse.y >= self.body_size().height {
            return;
        }
        let row = u32::from(mouse.y) + self.scroll;
        let mut hit = self
            .page
            .slots
            .iter()
            .filter(|slot| slot.area.contains(mouse.x, row));
        let (Some(slot), Some(slide)) = (hit.next(), self.slide()) else {
            return;
        };
        let SlotContent::Demo(name) = &slot.content;
        let key = DemoKey {
            slide: slide.id.clone(),
            demo: name.clone(),
        };
        self.focus_demo(key);
    }
}
