//! The mouse: the wheel scrolls or steps, a click chooses.

use super::{
    Action, Command, DemoFocus, DemoKey, Effect, Live, Mode, Motion, Mouse, MouseWhat, SnippetKey,
    State,
};
use crate::layout::{Size, SlotContent};

/// Rows that one notch of the wheel scrolls.
const WHEEL_ROWS: i32 = 3;

impl State {
    /// The mouse did something.
    pub(super) fn point(&mut self, mouse: Mouse, effects: &mut Vec<Effect>) {
        if mouse.what == MouseWhat::Click && self.click_link(mouse, effects) {
            return;
        }
        match (mouse.what, &self.mode) {
            (MouseWhat::Click, Mode::Slide) if self.console.is_none() => self.click_slide(mouse),
            (MouseWhat::Click, &Mode::Overview { selected }) => {
                if let Some(tile) = self.overview_grid(selected).tile_at(mouse.x, mouse.y) {
                    self.enter(Mode::Slide);
                    self.jump(tile, effects);
                }
            }
            (MouseWhat::Click, Mode::Edit(_)) => self.click_editor(mouse),
            (MouseWhat::WheelDown, _) => self.turn_wheel(mouse, true, effects),
            (MouseWhat::WheelUp, _) => self.turn_wheel(mouse, false, effects),
            (MouseWhat::Click, _) => {}
        }
    }

    /// The wheel scrolls what the pointer is on; a slide that doesn't overflow it steps through.
    fn turn_wheel(&mut self, mouse: Mouse, down: bool, effects: &mut Vec<Effect>) {
        let action = if down { Action::Down } else { Action::Up };
        let rows = if down { WHEEL_ROWS } else { -WHEEL_ROWS };
        let on_slide = self.mode == Mode::Slide && !self.is_on_panel(mouse);
        if on_slide && self.scroll_output_at(mouse, rows) {
            return;
        }
        match self.mode {
            Mode::Slide if self.is_on_panel(mouse) => {
                self.scroll_panel_by(rows);
            }
            Mode::Slide if self.overflows() => self.scroll_by(rows),
            Mode::Slide if down => self.perform(Action::Next, 0, effects),
            Mode::Slide => self.perform(Action::Previous, 0, effects),
            Mode::Overview { selected } => self.move_selection(selected, action),
            Mode::Help { scroll } => self.scroll_help(scroll, action),
            Mode::Edit(_) => {
                let motion = if down { Motion::Down } else { Motion::Up };
                for _ in 0..WHEEL_ROWS {
                    self.edit(&Command::Go(motion), effects);
                }
            }
            _ => {}
        }
    }

    fn is_on_panel(&self, mouse: Mouse) -> bool {
        self.panel_area().contains(mouse.x, u32::from(mouse.y))
    }

    /// The snippet on whose output the pointer is.
    fn snippet_at(&self, mouse: Mouse) -> Option<SnippetKey> {
        // On a console the slide stands below its heading.
        let body = self.body();
        let x = mouse.x.checked_sub(body.x)?;
        let y = u32::from(mouse.y).checked_sub(body.y)?;
        let slide = self.slide()?.id.clone();
        let mut slots = self.page.slots.iter();
        slots.find_map(|slot| {
            let SlotContent::Snippet(number) = slot.content else {
                return None;
            };
            let area = slot.area.in_view(self.scroll, body.height)?;
            let hit = x < body.width && area.contains(x, y);
            let slide = slide.clone();
            hit.then_some(SnippetKey { slide, number })
        })
    }

    fn scroll_output_at(&mut self, mouse: Mouse, rows: i32) -> bool {
        let key = self.snippet_at(mouse);
        key.is_some_and(|key| self.scroll_output(&key, rows))
    }

    /// A click on a demo or a block's output gives it the focus, and one on a lane picks that lane, or again all of them.
    /// Demos that share their room are told apart by keys.
    fn click_slide(&mut self, mouse: Mouse) {
        if let Some(key) = self.snippet_at(mouse) {
            return self.focus_snippet(key);
        }
        let Size { width, height } = self.body_size();
        let on_slide = mouse.x < width && mouse.y < height;
        let Some(slide) = self.slide().filter(|_| on_slide) else {
            return;
        };
        let slots = self.page.slots.iter().filter_map(|slot| {
            let key = DemoKey {
                slide: slide.id.clone(),
                demo: slot.content.demo()?.to_owned(),
            };
            Some((key, slot.area.in_view(self.scroll, height)?))
        });
        let hit = slots.filter(|(_, area)| area.contains(mouse.x, u32::from(mouse.y)));
        let hit: Vec<_> = hit.collect();
        let shown = hit.iter().find(|(key, _)| self.demo.as_ref() == Some(key));
        let Some((key, area)) = shown.or(hit.first()).cloned() else {
            return;
        };
        self.focus_live(Live::Demo(key));
        if let Some(lane) = self.lane_clicked(area, mouse) {
            let picked = self.demo_in_focus().map(|demo| demo.focus);
            let again = picked == Some(DemoFocus::Lane(lane - 1));
            self.pick_lane(if again { 0 } else { lane });
        }
    }
}
