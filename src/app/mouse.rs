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

    /// A click on a demo gives it the focus. Demos that share their room are told apart by keys.
    fn click_slide(&mut self, mouse: Mouse) {
        if mouse.y >= self.body_size().height {
            return;
        }
        let Some(slide) = self.slide() else {
            return;
        };
        let row = u32::from(mouse.y) + self.scroll;
        let slots = self.page.slots.iter();
        let hit = slots.filter(|slot| slot.area.contains(mouse.x, row));
        let keys = hit.map(|slot| match &slot.content {
            SlotContent::Demo(name) => DemoKey {
                slide: slide.id.clone(),
                demo: name.clone(),
            },
        });
        let keys: Vec<_> = keys.collect();
        if !keys.iter().any(|key| self.demo.as_ref() == Some(key))
            && let Some(key) = keys.into_iter().next()
        {
            self.focus_demo(key);
        }
    }
}
