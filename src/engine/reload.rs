//! Reading deck and theme again when a file of theirs has changed.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{Answer, Engine, notice};
use crate::app::{Effect, Event, ThemeChoice};
use crate::deck::Deck;
use crate::files::{self, OpenError};

/// A deck that can't be read after a change is read once more after this: its editor may not be
/// done with it.
const READ_AGAIN: Duration = Duration::from_millis(300);

/// Reading the deck again: one thread at a time, so that what was read last is what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reload {
    Idle,
    Reading,
    /// It changed while it was being read.
    ReadingOutdated,
}

impl Engine {
    /// Reads deck and theme again.
    pub(super) fn reload(&mut self) -> Vec<Event> {
        let mut events = match self.reload {
            Reload::Idle => self.read_again(),
            Reload::Reading | Reload::ReadingOutdated => {
                self.reload = Reload::ReadingOutdated;
                Vec::new()
            }
        };
        if let ThemeChoice::File(_) = self.theme {
            events.extend(self.perform(Effect::Theme(self.theme.clone())));
        }
        events
    }

    /// Reads the deck again, on a thread of its own.
    fn read_again(&mut self) -> Vec<Event> {
        let (source, files) = (self.source.clone(), Arc::clone(&self.files));
        let refused = self.answer_later("reload", move || {
            Answer::Reloaded(files::open_beside(&source, &*files).map(Box::new))
        });
        if refused.is_empty() {
            self.reload = Reload::Reading;
        }
        refused
    }

    /// Shows what was read, though the deck may have changed meanwhile: one that is saved without
    /// end is shown all the same.
    pub(super) fn take_reloaded(
        &mut self,
        read: Result<Box<Deck>, OpenError>,
        now: Instant,
    ) -> Vec<Event> {
        // Also where the deck can't be shown: a file that it lacks may be the reason.
        self.watch_files();
        let mut events = match read {
            Ok(deck) => {
                self.unreadable = false;
                self.deck = Arc::new(*deck);
                self.tell_deck();
                vec![Event::Reloaded(Arc::clone(&self.deck))]
            }
            Err(error) if self.unreadable => vec![notice(error.to_string())],
            Err(_) => {
                self.unreadable = true;
                if let Some(watch) = &mut self.watch {
                    watch.look_again(now + READ_AGAIN);
                }
                Vec::new()
            }
        };
        if std::mem::replace(&mut self.reload, Reload::Idle) == Reload::ReadingOutdated {
            events.extend(self.read_again());
        }
        events
    }

    pub(super) fn watch_theme(&mut self) {
        if let (Some(watch), ThemeChoice::File(path)) = (&mut self.watch, &self.theme) {
            watch.add(path);
        }
    }

    /// Watches the files that the deck names and that were asked for, whether they are there or not.
    pub(super) fn watch_files(&mut self) {
        if let Some(mut watch) = self.watch.take() {
            for path in self.files.take_asked() {
                watch.add(&self.beside(&path));
            }
            self.watch = Some(watch);
        }
    }

    /// A file that the deck names.
    pub(super) fn beside(&self, path: &Path) -> PathBuf {
        let folder = self.source.path().parent();
        folder.unwrap_or(Path::new("")).join(path)
    }
}
