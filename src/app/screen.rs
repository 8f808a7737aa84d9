//! What is on the screen besides the talk: its size, its theme, panel, help, notices and the clock.

use std::sync::Arc;
use std::time::Duration;

use super::{ACTIONS, Action, Asker, Group, Mode, Moment, Notice, Panel, State, ThemeChoice};
use crate::layout::Size;
use crate::theme::Theme;

/// How long a notice stands.
const NOTICE: Duration = Duration::from_secs(5);
/// How far a page key scrolls the help.
const HELP_PAGE: u16 = 10;

impl State {
    /// Takes note of the time: the clock goes on, a notice expires.
    pub(super) fn pass_time(&mut self, now: Moment) {
        let second = |state: &Self| state.counts().map(|counted| counted.as_secs());
        let before = second(self);
        self.now = now.max(self.now);
        self.move_on();
        self.dirty |= second(self) != before;
        if matches!(&self.notice, Some((_, until)) if *until <= self.now) {
            self.notice = None;
            self.dirty = true;
        }
        if matches!(&self.aside, Some((_, until)) if *until <= self.now) {
            self.aside = None;
        }
    }

    /// Shows a line for some seconds, to whom it answers.
    pub(super) fn tell(&mut self, notice: Notice) {
        self.tell_asker(self.asker, notice);
    }

    /// Shows a line for some seconds to whoever asked for what it is about.
    pub(super) fn tell_asker(&mut self, asker: Asker, notice: Notice) {
        let line = Some((notice, self.now + NOTICE));
        match asker {
            Asker::Here => (self.notice, self.dirty) = (line, true),
            Asker::Console => self.aside = line,
        }
    }

    /// Shows another caption, or none.
    pub(super) fn say(&mut self, caption: Option<String>) {
        self.dirty |= self.caption != caption;
        self.caption = caption;
    }

    /// Says that something went wrong.
    pub(super) fn complain(&mut self, text: impl Into<String>) {
        self.tell(Notice {
            text: text.into(),
            bad: true,
        });
    }

    /// The terminal has another size: the place stays, and as much of the scrolling as still fits.
    pub(super) fn resize(&mut self, size: Size) {
        if self.size != size {
            self.size = size;
            self.dirty = true;
            self.lay_out();
            self.keep_cursor_in_view();
        }
    }

    /// Puts on a theme.
    pub(super) fn dress(&mut self, choice: ThemeChoice, theme: Arc<Theme>) {
        self.dirty |= *self.theme != *theme;
        self.settings.theme = choice;
        let letters = self.letters();
        self.theme = theme;
        if self.letters() != letters {
            self.lay_out();
        }
    }

    /// Opens a panel below the slide, or closes it.
    pub(super) fn toggle_panel(&mut self, panel: Panel) {
        // A console always shows the notes.
        if self.console.is_some() {
            return;
        }
        self.panel = if self.panel == panel {
            Panel::None
        } else {
            panel
        };
        self.panel_scroll = 0;
        self.dirty = true;
        self.lay_out();
    }

    /// Scrolls the help; how many of its lines stand side by side is for the picture to say.
    pub(super) fn scroll_help(&mut self, scroll: u16, action: Action) {
        let last = (ACTIONS.len() + Group::ALL.len()) as u16;
        let scroll = match action {
            Action::Down => scroll + 1,
            Action::Up => scroll.saturating_sub(1),
            Action::NextSlide => scroll + HELP_PAGE,
            Action::PreviousSlide => scroll.saturating_sub(HELP_PAGE),
            Action::Last => last,
            _ => 0,
        };
        self.enter(Mode::Help {
            scroll: scroll.min(last),
        });
    }
}
