//! Counts the reveals of a slide.

/// Where reading a slide stands among its steps.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Steps {
    /// The step from which what comes next is shown.
    now: u16,
    /// The slide's last step so far.
    last: u16,
    /// Whether what comes next, if anything does, needs a step of its own.
    owed: bool,
}

impl Steps {
    /// The step of what stands here.
    pub(super) fn here(&mut self) -> u16 {
        if self.owed {
            self.pause();
        }
        self.now
    }

    /// The step that has been reached, without anything standing here.
    pub(super) fn reached(self) -> u16 {
        self.now
    }

    /// What follows waits for a step.
    pub(super) fn pause(&mut self) {
        self.owed = false;
        self.last = self.last.saturating_add(1);
        self.now = self.last;
    }

    /// What follows waits for a step, if anything follows.
    pub(super) fn pause_before_more(&mut self) {
        self.owed = true;
    }

    /// Something that stands here goes on to change for so many steps.
    pub(super) fn change(&mut self, times: usize) {
        let until = self
            .now
            .saturating_add(u16::try_from(times).unwrap_or(u16::MAX));
        self.last = self.last.max(until);
    }

    /// How often the slide can be stepped.
    pub(super) fn total(self) -> u16 {
        self.last
    }
}
