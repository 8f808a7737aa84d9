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
            (MouseWhat::WheelDown, _) => self.turn_wheel(mouse, true, effects),
            (MouseWhat::WheelUp, _) => self.turn_wheel(mouse, false, effects),
            (MouseWhat::Click, _) => {}
        }
    }

    /// The wheel scrolls what the pointer is on; a slide that doesn't overflow it steps through.
    fn turn_wheel(&mut self, mouse: Mouse, down: bool, effects: &mut Vec<Effect>) {
        let action = if down { Action::Down } else { Action::Up };
        let rows = if down { WHEEL_ROWS } else { -WHEEL_ROWS };
        match self.mode {
            Mode::Slide if self.is_on_panel(mouse) => {
                self.scroll_panel_by(rows);
            }
            Mode::Slide if self.overflows() => self.scroll_by(rows),
            Mode::Slide if down => self.step_on(effects),
            Mode::Slide => self.step_back(effects),
            Mode::Overview { selected } => self.move_selection(selected, action),
            Mode::Help { scroll } => self.scroll_help(scroll, action),
            _ => {}
        }
    }

    fn is_on_panel(&self, mouse: Mouse) -> bool {
        let first = self.body_size().height;
        (first..first + self.panel_rows()).contains(&mouse.y)
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
