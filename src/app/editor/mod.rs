//! A program of the laboratory, edited where it is shown: the pane, and what becomes of the demo.
//!
//! [`buffer`] is what is done to the [`text`], with its way back in [`history`], its cursor's ways in [`motion`] and its columns in
//! [`column`](mod@column); [`typing`] is what keys do to it. [`program`] finds what can be edited in a demo. All these
//! know nothing of the app. [`pane`] says where the editor stands, [`edits`] puts what was edited into the
//! demo and keeps it, [`outside`] hands it to the user's own editor.

mod buffer;
#[cfg(test)]
mod buffer_tests;
mod column;
mod edits;
mod history;
mod motion;
mod outside;
mod paint;
mod pane;
mod program;
mod text;
mod typing;

use std::sync::Arc;

use parade_demos::python::code::Place;
use parade_demos::python::syntax;
use parade_demos::visible::visible_string;

pub use buffer::{Buffer, Command, TooLong};
pub use column::{byte_at, column, shown};
pub use motion::Motion;
pub use outside::Outside;
pub use pane::EditorPlan;
pub use program::{Edit, Program, fingerprint};
pub use text::Position;

pub(super) use program::EDITS_MAX;

use super::{DemoKey, Effect, Mode, Mouse, State};
use crate::deck::Code;
use crate::highlight::{CodeKey, TokenLines, TokenSpan};
use crate::key::Chord;
use paint::Paint;

/// A program that is being edited.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Editor {
    /// The demo that runs it.
    pub demo: DemoKey,
    /// The program as the deck has it.
    pub program: Program,
    /// The text.
    pub buffer: Buffer,
    /// The first line that is shown.
    pub top: usize,
    /// What the compiler finds wrong, by its places.
    pub errors: Vec<(Place, String)>,
    /// The text that gave way to the deck's own.
    aside: Option<String>,
    /// What was cut last.
    cut: String,
    paint: Paint,
}

impl Editor {
    fn new(demo: DemoKey, program: Program, text: &str) -> Self {
        Self {
            demo,
            program,
            buffer: Buffer::new(text),
            top: 0,
            errors: Vec::new(),
            aside: None,
            cut: String::new(),
            paint: Paint::default(),
        }
    }

    /// Whether the text is another than the deck's.
    pub fn is_edited(&self) -> bool {
        self.buffer.text() != self.program.original
    }

    /// The tokens of a line.
    pub fn tokens(&self, line: usize) -> &[TokenSpan] {
        self.paint.line(line)
    }

    /// The first thing that is wrong with a line, from 0; or with any, where this one is in order.
    pub fn error_near(&self, line: usize) -> Option<&(Place, String)> {
        let here = |error: &&(Place, String)| error.0.line as usize == line + 1;
        self.errors.iter().find(here).or(self.errors.first())
    }

    fn compile(&mut self) {
        self.errors = errors(&self.program.name, &self.buffer.text());
    }

    /// Puts the cursor where something is wrong.
    fn go_to_error(&mut self) {
        let Some((place, _)) = self.errors.first() else {
            return;
        };
        let line = (place.line as usize - 1).min(self.buffer.lines().len() - 1);
        let characters = self.buffer.lines()[line].char_indices();
        let at = characters.map(|(at, _)| at).nth(place.column as usize - 1);
        let byte = at.unwrap_or(self.buffer.lines()[line].len());
        self.buffer.go_to(Position { line, byte }, false);
    }

    fn code(&self) -> Code {
        Code {
            language: "python".to_owned(),
            lines: self.buffer.lines().to_vec(),
            ..Code::default()
        }
    }
}

/// What the compiler finds wrong with a text.
fn errors(name: &str, text: &str) -> Vec<(Place, String)> {
    let errors = syntax::compile(name, text).err();
    let told = errors.into_iter().flatten();
    told.map(|error| (error.place, visible_string(error.message)))
        .collect()
}

/// The first of it, with its place in the file.
fn first_error(name: &str, text: &str) -> Option<String> {
    let first = errors(name, text).into_iter().next();
    first.map(|(place, why)| format!("{name}:{place}: {why}"))
}

impl State {
    /// Opens the pane with the program of the demo in focus.
    pub(super) fn open_editor(&mut self, effects: &mut Vec<Effect>) {
        match self.program_in_focus() {
            Ok((key, program)) => self.edit_program(key, program, effects),
            Err(why) => self.complain(why),
        }
    }

    /// Keeps what was edited, and opens the demo's next program in its place.
    pub(super) fn edit_next_program(&mut self, effects: &mut Vec<Effect>) {
        self.take_over(effects);
        let Some(editor) = self.editor() else {
            return;
        };
        match self.other_programs(editor).into_iter().next() {
            Some(next) => self.edit_program(editor.demo.clone(), next, effects),
            None => self.complain("the demo has no other program"),
        }
    }

    /// The demo's programs beside the one that is open, the next one first.
    pub fn other_programs(&self, open: &Editor) -> Vec<Program> {
        let demo = self.demos.get(&open.demo);
        let mut programs = demo.map_or(Vec::new(), |demo| Program::all(&demo.fence));
        let at = programs.iter().position(|known| *known == open.program);
        if let Some(at) = at {
            programs.rotate_left(at);
            programs.remove(0);
        }
        programs
    }

    fn edit_program(&mut self, key: DemoKey, program: Program, effects: &mut Vec<Effect>) {
        let text = program
            .text(self.progress.edits.get(&key.mark(&program)))
            .to_owned();
        let mut editor = self.reopened(key, program, &text);
        // Nobody heard the answer while the pane was closed.
        editor.paint.answer(None);
        self.enter(Mode::Edit(editor));
        self.edited(effects);
        self.want_paint(effects);
    }

    /// An editor with this text: the last one, if it has it, with all that can be taken back; of another
    /// text of the same program, the place of its cursor.
    fn reopened(&mut self, key: DemoKey, program: Program, text: &str) -> Box<Editor> {
        let is_same = |last: &mut Box<Editor>| last.demo == key && last.program == program;
        let last = self.last_editor.take_if(is_same);
        match last {
            Some(last) if last.buffer.text() == text => last,
            last => {
                let mut editor = Editor::new(key, program, text);
                if let Some(last) = last {
                    editor.buffer.go_to(last.buffer.cursor(), false);
                    editor.top = last.top;
                }
                Box::new(editor)
            }
        }
    }

    /// The editor that is open.
    pub fn editor(&self) -> Option<&Editor> {
        match &self.mode {
            Mode::Edit(editor) => Some(editor),
            _ => None,
        }
    }

    fn editor_mut(&mut self) -> Option<&mut Editor> {
        match &mut self.mode {
            Mode::Edit(editor) => Some(editor),
            _ => None,
        }
    }

    /// A key that is no action of the key map.
    pub(super) fn type_in_editor(&mut self, chord: Chord, effects: &mut Vec<Effect>) {
        if let Some(command) = typing::command(chord) {
            self.edit(&command, effects);
        }
    }

    /// Does something to the text.
    pub(super) fn edit(&mut self, command: &Command, effects: &mut Vec<Effect>) {
        let page = usize::from(self.editor_plan().text.height).max(1);
        let Some(editor) = self.editor_mut() else {
            return;
        };
        if let Err(error) = editor.buffer.perform(command, page) {
            return self.complain(error.to_string());
        }
        self.edited(effects);
    }

    /// Cuts what is selected, or the line; the clipboard of whoever sits at the terminal has it too.
    pub(super) fn cut(&mut self, effects: &mut Vec<Effect>) {
        let Some(editor) = self.editor_mut() else {
            return;
        };
        let cut = editor.buffer.cut();
        editor.cut.clone_from(&cut);
        if self.settings.clipboard && !cut.is_empty() {
            effects.push(Effect::Copy(cut));
        }
        self.edited(effects);
    }

    /// Puts in what was cut last.
    pub(super) fn put_in(&mut self, effects: &mut Vec<Effect>) {
        let cut = self.editor().map(|editor| editor.cut.clone());
        if let Some(cut) = cut.filter(|cut| !cut.is_empty()) {
            self.edit(&Command::Insert(cut), effects);
        }
    }

    /// The pane was clicked: the cursor goes there.
    pub(super) fn click_editor(&mut self, mouse: Mouse) {
        let plan = self.editor_plan();
        let Some(editor) = self
            .editor_mut()
            .filter(|_| plan.text.contains(mouse.x, u32::from(mouse.y)))
        else {
            return;
        };
        let last = editor.buffer.lines().len() - 1;
        let line = (editor.top + (u32::from(mouse.y) - plan.text.y) as usize).min(last);
        let byte = byte_at(
            &editor.buffer.lines()[line],
            plan.left + usize::from(mouse.x - plan.text.x),
        );
        editor.buffer.go_to(Position { line, byte }, false);
        self.dirty = true;
    }

    /// The cursor moved or the text changed: what hangs on it follows.
    fn edited(&mut self, effects: &mut Vec<Effect>) {
        self.dirty = true;
        self.keep_cursor_in_view();
        let Some(editor) = self.editor_mut() else {
            return;
        };
        if editor.paint.follow(editor.buffer.lines()) {
            editor.compile();
            self.want_paint(effects);
        }
    }

    /// Asks for the colours of the text, unless an answer is on its way.
    fn want_paint(&mut self, effects: &mut Vec<Effect>) {
        let Some(editor) = self
            .editor_mut()
            .filter(|editor| editor.paint.asked().is_none())
        else {
            return;
        };
        let code = editor.code();
        let key = CodeKey::of(&code);
        editor.paint.ask(key);
        self.highlighting.insert(key);
        effects.push(Effect::Highlight(key, code));
    }

    /// Code was highlighted: tells whether it was the editor's.
    pub(super) fn paint_editor(
        &mut self,
        key: CodeKey,
        tokens: &Arc<TokenLines>,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let Some(editor) = self
            .editor_mut()
            .filter(|editor| editor.paint.asked() == Some(key))
        else {
            return false;
        };
        let is_new = CodeKey::of(&editor.code()) == key;
        editor.paint.answer(is_new.then_some(tokens));
        self.highlighting.remove(&key);
        if !is_new {
            self.want_paint(effects);
        }
        self.dirty = true;
        true
    }

    /// Runs the demo with the text as it is now; one that runs already with it is stopped.
    pub(super) fn run_edited(&mut self, effects: &mut Vec<Effect>) {
        let Some(editor) = self.editor_mut() else {
            return;
        };
        if let Some((place, why)) = editor.errors.first() {
            let text = format!("{}:{place}: {why}", editor.program.name);
            editor.go_to_error();
            self.edited(effects);
            return self.complain(text);
        }
        self.take_over(effects);
        let is_stepped = self
            .demo_in_focus()
            .is_some_and(super::DemoState::is_stepped_by_line);
        if !self.editor_is_beside() || is_stepped {
            self.enter(Mode::Slide);
        }
        if !is_stepped {
            self.run_or_stop(effects);
        }
    }

    /// Closes the pane and keeps what was edited.
    pub(super) fn close_editor(&mut self, effects: &mut Vec<Effect>) {
        if self.editor().is_some() {
            self.take_over(effects);
            self.enter(Mode::Slide);
        }
    }
}
