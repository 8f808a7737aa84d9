//! A program in the user's own editor: what is handed over, and what comes back.

use super::Program;
use super::text::with_line_feeds;
use crate::app::{Action, DemoKey, Effect, Mode, Notice, State};

/// A program that is handed to the user's own editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// The demo that runs it.
    pub demo: DemoKey,
    /// The program's name within the demo.
    pub program: String,
    /// The text.
    pub text: String,
}

impl State {
    /// Hands the program in focus to the user's own editor. Whatever runs ends first: the terminal is the
    /// editor's until it ends.
    pub(in crate::app) fn edit_outside(&mut self, effects: &mut Vec<Effect>) {
        let handed = match &self.mode {
            Mode::Edit(editor) => Outside {
                demo: editor.demo.clone(),
                program: editor.program.name.clone(),
                text: editor.buffer.text(),
            },
            _ => match self.program_in_focus() {
                Ok((demo, program)) => {
                    let text = program
                        .text(self.progress.edits.get(&demo.mark(&program)))
                        .to_owned();
                    Outside {
                        demo,
                        program: program.name,
                        text,
                    }
                }
                Err(why) => return self.complain(why),
            },
        };
        self.stop_run(effects);
        effects.push(Effect::EditOutside(Box::new(handed)));
    }

    /// The user's own editor ended, with another text or with a reason why there is none.
    pub(in crate::app) fn take_back(
        &mut self,
        handed: &Outside,
        came: Result<String, String>,
        effects: &mut Vec<Effect>,
    ) {
        self.dirty = true;
        let text = match came {
            Ok(text) => with_line_feeds(&text).into_owned(),
            Err(why) => return self.complain(why),
        };
        // Editors end a last line that has no end.
        if text.trim_end_matches('\n') == handed.text.trim_end_matches('\n') {
            let text = format!("{} is as it was", handed.program);
            return self.tell(Notice { text, bad: false });
        }
        let is_open = |demo: &DemoKey, program: &Program| {
            *demo == handed.demo && program.name == handed.program
        };
        match &mut self.mode {
            Mode::Edit(editor) if is_open(&editor.demo, &editor.program) => {
                let replaced = editor.buffer.replace_all(&text);
                match replaced {
                    Ok(()) => self.edited(effects),
                    Err(error) => self.complain(error.to_string()),
                }
            }
            _ => self.take_back_on_slide(handed, text, effects),
        }
    }

    fn take_back_on_slide(&mut self, handed: &Outside, text: String, effects: &mut Vec<Effect>) {
        let demo = self.demos.get(&handed.demo);
        let programs = demo
            .map(|demo| Program::all(&demo.fence))
            .unwrap_or_default();
        let Some(program) = programs
            .into_iter()
            .find(|program| program.name == handed.program)
        else {
            return self.complain(format!("the deck has no {} any more", handed.program));
        };
        let wrong = super::first_error(&program.name, &text);
        self.run_text(&handed.demo, &program, text, None, effects);
        if let Some(wrong) = wrong {
            return self.complain(wrong);
        }
        let run = self
            .keys
            .key(Action::Run)
            .map(|key| format!(": {key} runs it"));
        let text = format!("{} is edited{}", program.name, run.unwrap_or_default());
        self.tell(Notice { text, bad: false });
    }
}
