//! What comments do to the slide that is read: they change how it goes on, or place something.

use std::ops::Range;

use super::Builder;
use crate::deck::{BlockKind, Diagnostic, Note, Span};
use crate::parse::comment::{self, Command};
use parade_demos::visible::visible_lines;

impl Builder<'_> {
    /// Reads the comment in `source`, which begins with `<!--`.
    pub(in crate::parse) fn comment(&mut self, source: &str, range: Range<usize>) {
        let span = self.span(range);
        if let Some(command) = self.command_in(source, span) {
            self.obey(command, span);
        }
    }

    /// A comment within a paragraph: it holds behind it.
    pub(in crate::parse) fn inline_comment(&mut self, source: &str, range: Range<usize>) {
        let span = self.span(range);
        if let Some(command) = self.command_in(source, span) {
            self.deferred.push((command, span));
        }
    }

    /// Obeys the comments of the paragraph that has just been placed.
    pub(in crate::parse) fn obey_deferred(&mut self) {
        for (command, span) in std::mem::take(&mut self.deferred) {
            match command {
                Command::EndSlide | Command::SkipSlide | Command::Include(_) | Command::Id(_) => {
                    let warning =
                        Diagnostic::warning(span, "this command holds only on a line of its own");
                    self.report(warning);
                }
                command => self.obey(command, span),
            }
        }
    }

    fn command_in(&mut self, source: &str, span: Span) -> Option<Command> {
        let inside = source.trim_start_matches("<!--").trim_end_matches("-->");
        match comment::read(inside, &self.deck.front.options.command_prefix)? {
            Ok(command) => Some(command),
            Err(mistake) => {
                let report = if mistake.known {
                    Diagnostic::error
                } else {
                    Diagnostic::warning
                };
                self.report(report(span, mistake.message).with_help(mistake.help));
                None
            }
        }
    }

    fn obey(&mut self, command: Command, span: Span) {
        match command {
            Command::Pause => self.steps.pause(),
            Command::NewLines(count) => self.mark(BlockKind::Blank(count), span),
            Command::JumpToMiddle => self.mark(BlockKind::Middle, span),
            Command::ColumnLayout(_) | Command::Column(_) | Command::ResetLayout => {
                self.lay_out(command, span);
            }
            Command::IncrementalLists(on) => self.incremental_lists = on,
            Command::IncrementalTables(on) => self.incremental_tables = on,
            Command::ListItemNewlines(count) => self.item_newlines = count,
            Command::FontSize(size) => self.font_size = size,
            Command::Alignment(align) => self.align = align,
            Command::Transition(transition) => self.transition = Some(transition),
            Command::NoFooter => self.no_footer = true,
            Command::SpeakerNote(text) => {
                self.notes.push(Note {
                    step: self.steps.reached(),
                    text: visible_lines(&text),
                });
            }
            Command::SnippetOutput(id) => {
                self.outputs.push((id, span));
                self.mark(BlockKind::SnippetOutput(None), span);
            }
            Command::Explain(text) => {
                let blocks = self.aside(&text, span);
                self.explain.extend(blocks);
            }
            // These were obeyed when the deck was opened.
            Command::EndSlide
            | Command::SkipSlide
            | Command::Include(_)
            | Command::Id(_)
            | Command::Comment => {}
        }
    }

    /// Places what a command itself makes.
    fn mark(&mut self, kind: BlockKind, span: Span) {
        let block = self.block_at(kind, span);
        self.place(block);
    }

    fn lay_out(&mut self, command: Command, span: Span) {
        if !self.nest.is_empty() {
            self.report(Diagnostic::error(
                span,
                "columns can't stand within a list or a quotation",
            ));
            return;
        }
        match command {
            Command::ColumnLayout(weights) => {
                let step = self.steps.reached();
                self.flow.open(weights, span, step);
            }
            Command::Column(index) => {
                if let Err(help) = self.flow.column(index) {
                    self.report(
                        Diagnostic::error(span, format!("no column {index} here")).with_help(help),
                    );
                }
            }
            _ => self.flow.close(),
        }
    }
}
