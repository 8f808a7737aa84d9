//! What the terminal is asked, once, behind the first frame: whether it is light or dark,
//! whether it scales text, and how it shows images. Nothing waits for the answers; they come among the keys, or never.

use super::Shell;
use crate::terminal::encode::PROBE;
use crate::terminal::graphics::{self, Told};
use crate::terminal::input::Answer;

/// Asks the terminal for its background's colour (xterm, "OSC 11").
pub(in crate::terminal) const BACKGROUND_QUERY: &str = "\x1b]11;?\x1b\\";

/// Where a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question<T> {
    /// To be asked once the first frame is written.
    Unasked,
    /// Not answered yet; with what is needed to understand the answer.
    Asked(T),
    /// Answered, or not to be asked at all.
    Settled,
}

impl<T> Question<T> {
    fn new(wanted: bool) -> Self {
        if wanted { Self::Unasked } else { Self::Settled }
    }
}

/// What the terminal may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Curiosity {
    /// Whether its background is dark.
    pub background: bool,
    /// Whether it scales text.
    pub scaling: bool,
    /// How it shows images.
    pub graphics: bool,
}

/// The questions, and what came of them.
#[derive(Debug)]
pub(super) struct Questions {
    background: Question<()>,
    /// The cell from which the cursor goes on further where text is scaled.
    scaling: Question<(u16, u16)>,
    /// What it told so far.
    graphics: Question<Told>,
    /// The terminal scales text.
    pub(super) scales: bool,
}

impl Questions {
    pub(super) fn new(wanted: Curiosity) -> Self {
        Self {
            background: Question::new(wanted.background),
            scaling: Question::new(wanted.scaling),
            graphics: Question::new(wanted.graphics),
            scales: false,
        }
    }

    /// Whether an answer may still come.
    pub(super) fn is_any_open(&self) -> bool {
        matches!(self.background, Question::Asked(()))
            || matches!(self.scaling, Question::Asked(_))
            || matches!(self.graphics, Question::Asked(_))
    }
}

impl Shell<'_, '_> {
    /// Asks what is to be asked, behind the frame that is written.
    pub(super) fn ask(&mut self) {
        if self.questions.background == Question::Unasked {
            self.questions.background = Question::Asked(());
            let sent = self.screen.send(self.parts.tty, BACKGROUND_QUERY);
            self.hung_up_if(sent.is_err());
        }
        if self.questions.scaling == Question::Unasked {
            let asked = self.screen.ask_for_scaling(self.parts.tty);
            self.hung_up_if(asked.is_err());
            let place = asked.ok().flatten();
            self.questions.scaling = place.map_or(Question::Settled, Question::Asked);
        }
        if self.questions.graphics == Question::Unasked {
            self.questions.graphics = Question::Asked(Told::default());
            let sent = self.screen.send(self.parts.tty, graphics::QUERY);
            self.hung_up_if(sent.is_err());
        }
    }

    /// The terminal has answered that its background is dark, or light.
    pub(super) fn hear_background(&mut self, dark: bool) {
        self.questions.background = Question::Settled;
        self.events.extend(self.parts.engine.background(dark));
    }

    /// The terminal has answered something of itself; once that is all, images are shown as it can.
    pub(super) fn hear_of_graphics(&mut self, answer: Answer) {
        let Question::Asked(told) = &mut self.questions.graphics else {
            return;
        };
        told.take(answer);
        if told.is_all() {
            let (protocol, cell) = (told.protocol(), told.cell());
            self.questions.graphics = Question::Settled;
            if let Some(protocol) = protocol {
                self.show_images_by(protocol, cell);
            }
        }
    }

    /// The terminal has answered where the cursor is.
    pub(super) fn hear_cursor(&mut self, at: (u16, u16)) {
        let Question::Asked((x, y)) = self.questions.scaling else {
            return;
        };
        self.questions.scaling = Question::Settled;
        self.questions.scales = at == (x + u16::from(PROBE), y);
        if self.questions.scales {
            // The blank lies over cells that are to be seen.
            self.screen.forget();
            self.parts.state.dirty = true;
        }
    }
}
