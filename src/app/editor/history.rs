//! The way back from a text to what it was, and forth again. Knows no lines: it keeps changes.

use super::text::Position;

/// The most changes that can be taken back.
const CHANGES_MAX: usize = 1000;
/// The most text that they hold, in bytes.
const BYTES_MAX: usize = 4 << 20;

/// One piece of text in the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) at: Position,
    pub(super) removed: String,
    pub(super) inserted: String,
}

impl Change {
    fn reversed(&self) -> Self {
        Self {
            at: self.at,
            removed: self.inserted.clone(),
            inserted: self.removed.clone(),
        }
    }

    fn bytes(&self) -> usize {
        self.removed.len() + self.inserted.len()
    }
}

/// How a change came about: a word that is typed, and what is erased in one go, is one step back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Typed,
    Erased,
    /// A step of its own.
    Whole,
}

/// What was done, and what was taken back.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct History {
    done: Vec<Change>,
    undone: Vec<Change>,
    /// How the newest change came about, while a further one may become part of it.
    open: Option<Kind>,
}

impl History {
    /// Notes a change that was made.
    pub(super) fn note(&mut self, change: Change, kind: Kind) {
        self.undone.clear();
        let joins =
            self.open == Some(kind) && self.done.last_mut().is_some_and(|last| join(last, &change));
        if !joins {
            self.done.push(change);
        }
        self.open = (kind != Kind::Whole).then_some(kind);
        self.forget();
    }

    /// The cursor went elsewhere: what comes is a step of its own.
    pub(super) fn seal(&mut self) {
        self.open = None;
    }

    /// What takes the last change back.
    pub(super) fn undo(&mut self) -> Option<Change> {
        self.seal();
        let change = self.done.pop()?;
        let back = change.reversed();
        self.undone.push(change);
        Some(back)
    }

    /// What does the last change again that was taken back.
    pub(super) fn redo(&mut self) -> Option<Change> {
        self.seal();
        let change = self.undone.pop()?;
        self.done.push(change.clone());
        Some(change)
    }

    /// Forgets the oldest changes beyond what is kept.
    fn forget(&mut self) {
        let mut bytes = 0;
        let kept = self
            .done
            .iter()
            .rev()
            .take(CHANGES_MAX)
            .take_while(|change| {
                bytes += change.bytes();
                bytes <= BYTES_MAX
            });
        let gone = self.done.len() - kept.count();
        self.done.drain(..gone);
    }
}

/// Makes one change of two, if the second goes on where the first ended: a word's next character, or what
/// is erased before or behind.
fn join(last: &mut Change, next: &Change) -> bool {
    let same_line = last.at.line == next.at.line
        && !last.removed.contains('\n')
        && !next.removed.contains('\n');
    if !same_line {
        return false;
    }
    let begins_word = |text: &str| text.ends_with(char::is_whitespace);
    if next.removed.is_empty() && next.at.byte == last.at.byte + last.inserted.len() {
        let new_word = begins_word(&last.inserted) && !begins_word(&next.inserted);
        if !new_word {
            last.inserted.push_str(&next.inserted);
        }
        return !new_word;
    }
    if !last.inserted.is_empty() || !next.inserted.is_empty() {
        return false;
    }
    if next.at == last.at {
        last.removed.push_str(&next.removed);
    } else if next.at.byte + next.removed.len() == last.at.byte {
        last.removed.insert_str(0, &next.removed);
        last.at = next.at;
    } else {
        return false;
    }
    true
}
