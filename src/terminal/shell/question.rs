//! What the terminal is asked, once, behind the first frame: whether it is light or dark,
//! whether it scales text, and how it shows images. Nothing waits for the answers; they come among the keys, or never.

use std::io;

use super::Shell;
use crate::terminal::encode::PROBE;
use crate::terminal::graphics::{self, Told};
use crate::terminal::input::Answer;

/// Asks the terminal for its background's colour (xterm, "OSC 11").
pub(in crate::terminal) const BACKGROUND_QUERY: &str = "\x1b]11;?\x1b\\";

/// What the terminal may be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    /// To be asked once the first frame is written.
    unasked: Option<Curiosity>,
    /// The cell from which the cursor goes on further where text is scaled, until that is answered.
    scaling: Option<(u16, u16)>,
    /// What it told of pictures so far, until that is all.
    graphics: Option<Told>,
    /// The terminal scales text.
    pub(super) scales: bool,
}

impl Questions {
    pub(super) fn new(wanted: Curiosity) -> Self {
        Self {
            unasked: Some(wanted).filter(|wanted| *wanted != Curiosity::default()),
            scaling: None,
            graphics: None,
            scales: false,
        }
    }
}

impl Shell<'_, '_> {
    /// Asks what is to be asked, behind the frame that is written.
    pub(super) fn ask(&mut self) {
        if let Some(wanted) = self.questions.unasked.take() {
            let asked = self.ask_for(wanted);
            self.hung_up_if(asked.is_err());
            self.parts.guard.awaits_answers(true);
        }
    }

    fn ask_for(&mut self, wanted: Curiosity) -> io::Result<()> {
        let tty = self.parts.tty;
        if wanted.background {
            self.screen.send(tty, BACKGROUND_QUERY)?;
        }
        if wanted.scaling {
            self.questions.scaling = self.screen.ask_for_scaling(tty)?;
        }
        if wanted.graphics {
            self.questions.graphics = Some(Told::default());
            self.screen.send(tty, graphics::QUERY)?;
        }
        self.screen.send(tty, graphics::LAST_QUERY)
    }

    /// The terminal has answered that its background is dark, or light.
    pub(super) fn hear_background(&mut self, dark: bool) {
        self.events.extend(self.parts.engine.background(dark));
    }

    /// The terminal has answered something of itself; once that is all, images are shown as it can.
    pub(super) fn hear_of_graphics(&mut self, answer: Answer) {
        if let Answer::Attributes { .. } = answer {
            self.parts.guard.awaits_answers(false);
        }
        let Some(told) = &mut self.questions.graphics else {
            return;
        };
        told.take(answer);
        if told.is_all() {
            let (protocol, cell) = (told.protocol(), told.cell());
            self.questions.graphics = None;
            if let Some(protocol) = protocol {
                self.show_images_by(protocol, cell);
            }
        }
    }

    /// The terminal has answered where the cursor is.
    pub(super) fn hear_cursor(&mut self, at: (u16, u16)) {
        let Some((x, y)) = self.questions.scaling.take() else {
            return;
        };
        self.questions.scales = at == (x + u16::from(PROBE), y);
        if self.questions.scales {
            // The blank lies over cells that are to be seen.
            self.screen.forget();
            self.parts.state.dirty = true;
        }
    }
}
