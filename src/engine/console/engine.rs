//! What the engine does about consoles: a talk's lets them in and tells them of its deck, a console's
//! follows the talk.

use std::io;
use std::sync::Arc;

use super::{Consoles, Link};
use crate::app::{Ask, Event, ToldDeck};
use crate::engine::{Engine, notice};
use crate::files::{self, Opened, Source};

impl Engine {
    /// An engine for a console of this talk.
    ///
    /// # Errors
    /// If the system refuses a pipe or a thread.
    pub fn following(mut talk: Link) -> io::Result<Self> {
        let (source, opened) = open_told(&talk.deck);
        let mut engine = Self::new(source, opened)?;
        talk.listen(engine.bell.clone())?;
        engine.talk = Some(talk);
        Ok(engine)
    }

    /// Lets consoles in. Without a folder for its socket a talk goes on; `parade console` tells what is
    /// the matter.
    pub(in crate::engine) fn let_consoles_in(&mut self) {
        self.consoles = Consoles::open(self.name(), self.told_deck(), self.bell.clone()).ok();
    }

    /// The deck was read anew: so do the consoles.
    pub(in crate::engine) fn tell_deck(&self) {
        if let Some(consoles) = &self.consoles {
            consoles.tell_deck(self.told_deck());
        }
    }

    /// The deck's name among other talks.
    fn name(&self) -> String {
        let stem = self.source.path().file_stem();
        stem.unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The deck as consoles read it.
    fn told_deck(&self) -> ToldDeck {
        let text = self.deck.files.first().map(|file| file.text.to_string());
        ToldDeck {
            path: self.source.path().to_owned(),
            folder: self.source.folder(),
            text: text.unwrap_or_default(),
        }
    }

    /// At a console: asks the talk for something.
    pub(in crate::engine) fn ask(&self, ask: &Ask) -> Vec<Event> {
        let asked = self.talk.as_ref().map_or(Ok(()), |talk| talk.ask(ask));
        match asked {
            Ok(()) => Vec::new(),
            Err(error) => vec![notice(format!("the talk does not answer: {error}"))],
        }
    }

    /// At a console: what the talk told since the last call.
    pub(in crate::engine) fn hear_talk(&mut self) -> Vec<Event> {
        let Some(talk) = &self.talk else {
            return Vec::new();
        };
        let heard = talk.collect();
        let mut events = Vec::new();
        if let Some(deck) = heard.deck {
            let (source, opened) = open_told(&deck);
            (self.source, self.files) = (source, opened.files);
            self.deck = Arc::new(opened.deck);
            events.push(Event::Reloaded(Arc::clone(&self.deck)));
        }
        events.extend(heard.state.map(Event::Told));
        events.extend(heard.lost.map(Event::Lost));
        events
    }
}

fn open_told(deck: &ToldDeck) -> (Source, Opened) {
    files::open_told(&deck.path, deck.folder.as_deref(), &deck.text)
}
