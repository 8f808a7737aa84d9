//! A program's text while it is edited: a cursor, a selection, and the way back.
//!
//! Pure: it knows neither keys nor screens. Every change goes through [`Buffer::replace`], which keeps the
//! text within its limit, notes the way back and leaves the cursor between two graphemes.

use parade_demos::python::syntax::SOURCE_MAX;
use unicode_segmentation::UnicodeSegmentation;

use super::column::INDENT;
use super::history::{Change, History, Kind};
use super::motion::Motion;
use super::text::{Position, Text, end_of, with_line_feeds};

/// A text that is edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Buffer {
    text: Text,
    cursor: Position,
    /// Where the selection began; it ends at the cursor.
    anchor: Option<Position>,
    /// The column that the cursor aims at from line to line, in cells.
    goal: Option<usize>,
    history: History,
}

/// What is done to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// The cursor goes there.
    Go(Motion),
    /// The cursor goes there, and what is between is selected.
    Select(Motion),
    /// All is selected.
    SelectAll,
    /// This is typed or pasted.
    Insert(String),
    /// A line ends here; the next one is indented as it.
    NewLine,
    /// Four spaces, or all selected lines further in.
    Indent,
    /// The line or all selected lines further out.
    Dedent,
    /// What is selected goes, or else all until there.
    Erase(Motion),
    /// The last change is taken back.
    Undo,
    /// The last change that was taken back is done again.
    Redo,
}

/// The text would become longer than a program may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a program has at most {} KiB of text", SOURCE_MAX / 1024)]
pub struct TooLong;

impl Default for Buffer {
    fn default() -> Self {
        Self::new("")
    }
}

impl Buffer {
    /// A text with the cursor at its beginning.
    pub fn new(text: &str) -> Self {
        Self {
            text: Text::new(text),
            cursor: Position::default(),
            anchor: None,
            goal: None,
            history: History::default(),
        }
    }

    /// All of it.
    pub fn text(&self) -> String {
        self.text.whole()
    }

    /// Its lines, at least one, without their ends.
    pub fn lines(&self) -> &[String] {
        self.text.lines()
    }

    /// Where the cursor is.
    pub fn cursor(&self) -> Position {
        self.cursor
    }

    /// What is selected, from its beginning to its end; `None` for nothing.
    pub fn selection(&self) -> Option<(Position, Position)> {
        let anchor = self.anchor.filter(|anchor| *anchor != self.cursor)?;
        Some((anchor.min(self.cursor), anchor.max(self.cursor)))
    }

    /// Does something; a `page` has so many lines.
    ///
    /// # Errors
    /// If the text would become too long; nothing is changed then.
    pub fn perform(&mut self, command: &Command, page: usize) -> Result<(), TooLong> {
        match command {
            Command::Go(motion) => self.move_by(*motion, page, false),
            Command::Select(motion) => self.move_by(*motion, page, true),
            Command::SelectAll => {
                self.go_to(self.text.end(), false);
                self.anchor = Some(Position::default());
            }
            Command::Insert(text) => return self.insert(text),
            Command::NewLine => return self.insert_with(&self.line_end(), Kind::Whole),
            Command::Indent => return self.indent(),
            Command::Dedent => self.dedent(),
            Command::Erase(motion) => self.erase(*motion, page),
            Command::Undo => self.travel(History::undo),
            Command::Redo => self.travel(History::redo),
        }
        Ok(())
    }

    /// Takes out what is selected, or else the line.
    pub fn cut(&mut self) -> String {
        let (from, to) = self.selection().unwrap_or_else(|| self.whole_line());
        let text = self.text.between(from, to);
        self.remove(from, to, Kind::Whole);
        text
    }

    /// Gives it another text: what differs is one change. The cursor stays near.
    ///
    /// # Errors
    /// If the text is too long.
    pub fn replace_all(&mut self, text: &str) -> Result<(), TooLong> {
        let (old, new, cursor) = (self.text(), with_line_feeds(text), self.cursor);
        let same = |(a, b): &(char, char)| a == b;
        let bytes = |pairs: &mut dyn Iterator<Item = (char, char)>| {
            pairs
                .take_while(same)
                .map(|(c, _)| c.len_utf8())
                .sum::<usize>()
        };
        let head = bytes(&mut old.chars().zip(new.chars()));
        let tail = bytes(&mut old[head..].chars().rev().zip(new[head..].chars().rev()));
        let from = end_of(Position::default(), &old[..head]);
        let to = end_of(from, &old[head..old.len() - tail]);
        self.replace(from, to, &new[head..new.len() - tail], Kind::Whole)?;
        self.go_to(cursor, false);
        Ok(())
    }

    /// Puts the cursor there, or as near as the text allows.
    pub fn go_to(&mut self, to: Position, select: bool) {
        self.anchor = if select {
            self.anchor.or(Some(self.cursor))
        } else {
            None
        };
        self.cursor = self.text.bound(to);
        self.goal = None;
        self.history.seal();
    }

    fn move_by(&mut self, motion: Motion, page: usize, select: bool) {
        let (to, goal) = match self.selection() {
            // Without Shift, an arrow leaves the selection at its own end.
            Some((from, _)) if !select && motion == Motion::Left => (from, None),
            Some((_, to)) if !select && motion == Motion::Right => (to, None),
            _ => motion.lead(self.lines(), self.cursor, self.goal, page),
        };
        self.go_to(to, select);
        self.goal = goal;
    }

    fn insert(&mut self, text: &str) -> Result<(), TooLong> {
        let text = clean(text);
        let typed = text.graphemes(true).count() == 1 && text != "\n";
        self.insert_with(&text, if typed { Kind::Typed } else { Kind::Whole })
    }

    fn insert_with(&mut self, text: &str, kind: Kind) -> Result<(), TooLong> {
        let (from, to) = self.selection().unwrap_or((self.cursor, self.cursor));
        self.replace(from, to, text, kind)
    }

    /// A line's end and the next one's indentation: as here, and further in after a colon.
    fn line_end(&self) -> String {
        let at = self.selection().map_or(self.cursor, |(from, _)| from);
        let before = &self.lines()[at.line][..at.byte];
        let indentation = &before[..before.len() - before.trim_start().len()];
        let further = if before.trim_end().ends_with(':') {
            INDENT
        } else {
            ""
        };
        format!("\n{indentation}{further}")
    }

    fn indent(&mut self) -> Result<(), TooLong> {
        match self.selection().filter(|(from, to)| from.line != to.line) {
            None => self.insert_with(INDENT, Kind::Whole),
            Some(selected) => self.change_lines(selected, |line| format!("{INDENT}{line}")),
        }
    }

    fn dedent(&mut self) {
        let (from, to) = self.selection().unwrap_or((self.cursor, self.cursor));
        let at = self.cursor;
        let is_alone = from.line == to.line;
        let before = self.lines()[at.line].len();
        // Text that becomes shorter fits.
        let _ = self.change_lines((from, to), |line| line[indentation_of(line)..].to_owned());
        if is_alone {
            let gone = before - self.lines()[at.line].len();
            self.go_to(
                Position {
                    byte: at.byte.saturating_sub(gone),
                    ..at
                },
                false,
            );
        }
    }

    /// Changes the lines that are touched, as one change, and selects them.
    fn change_lines(
        &mut self,
        (from, to): (Position, Position),
        change: impl Fn(&str) -> String,
    ) -> Result<(), TooLong> {
        let last = if to.byte == 0 && to.line > from.line {
            to.line - 1
        } else {
            to.line
        };
        let lines = &self.lines()[from.line..=last];
        let changed: Vec<String> = lines.iter().map(|line| change(line)).collect();
        if changed == lines {
            return Ok(());
        }
        let begin = Position {
            line: from.line,
            byte: 0,
        };
        let end = Position {
            line: last,
            byte: self.lines()[last].len(),
        };
        self.replace(begin, end, &changed.join("\n"), Kind::Whole)?;
        self.anchor = Some(begin);
        Ok(())
    }

    fn erase(&mut self, motion: Motion, page: usize) {
        let (from, to) = self.selection().unwrap_or_else(|| {
            let (to, _) = match motion {
                Motion::Left if self.is_indented_here() => (self.tab_stop_before(), None),
                _ => motion.lead(self.lines(), self.cursor, None, page),
            };
            (to.min(self.cursor), to.max(self.cursor))
        });
        self.remove(from, to, Kind::Erased);
    }

    /// Whether nothing but spaces is before the cursor.
    fn is_indented_here(&self) -> bool {
        let before = &self.lines()[self.cursor.line][..self.cursor.byte];
        !before.is_empty() && before.bytes().all(|byte| byte == b' ')
    }

    fn tab_stop_before(&self) -> Position {
        let byte = (self.cursor.byte - 1) / INDENT.len() * INDENT.len();
        Position {
            byte,
            ..self.cursor
        }
    }

    /// The line of the cursor with its end.
    fn whole_line(&self) -> (Position, Position) {
        let from = Position {
            byte: 0,
            ..self.cursor
        };
        let next = Position {
            line: from.line + 1,
            byte: 0,
        };
        let line_end = Position {
            byte: self.lines()[from.line].len(),
            ..from
        };
        (
            from,
            if next.line < self.lines().len() {
                next
            } else {
                line_end
            },
        )
    }

    fn remove(&mut self, from: Position, to: Position, kind: Kind) {
        // Text that becomes shorter fits.
        let _ = self.replace(from, to, "", kind);
    }

    /// Puts `text` in the place of what is between two positions: the one way in which a text changes.
    fn replace(
        &mut self,
        from: Position,
        to: Position,
        text: &str,
        kind: Kind,
    ) -> Result<(), TooLong> {
        let removed = self.text.between(from, to);
        let bytes = self.text.bytes();
        if bytes - removed.len() + text.len() > SOURCE_MAX && text.len() > removed.len() {
            return Err(TooLong);
        }
        if removed != text {
            let change = Change {
                at: from,
                removed,
                inserted: text.to_owned(),
            };
            self.apply(&change);
            self.history.note(change, kind);
        }
        Ok(())
    }

    /// Takes a step through the history.
    fn travel(&mut self, step: impl FnOnce(&mut History) -> Option<Change>) {
        if let Some(change) = step(&mut self.history) {
            self.apply(&change);
        }
    }

    fn apply(&mut self, change: &Change) {
        self.text.put(change);
        self.anchor = None;
        self.goal = None;
        self.cursor = self.text.bound(end_of(change.at, &change.inserted));
    }
}

/// Bytes of a line's indentation that one step takes away.
fn indentation_of(line: &str) -> usize {
    if line.starts_with('\t') {
        return 1;
    }
    let spaces = line.bytes().take(INDENT.len());
    spaces.take_while(|byte| *byte == b' ').count()
}

/// What is typed or pasted, without what no program needs.
fn clean(text: &str) -> String {
    let text = with_line_feeds(text).replace('\t', INDENT);
    text.chars()
        .filter(|c| *c == '\n' || !c.is_control())
        .collect()
}
