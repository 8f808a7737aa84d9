//! What was edited, put into the demo that runs it, kept, and put aside for the deck's own program again.
//!
//! [`Progress::edits`](crate::app::Progress) is the one place where edits are; a demo's spec follows from its
//! fence and from them. An edit holds for the text that it was made of: once the deck has another, that one
//! is shown, and it is told.

use super::program::put;
use super::{EDITS_MAX, Edit, Program};
use crate::app::{
    Action, Bench, DemoFocus, DemoKey, DemoState, Effect, Mode, Notice, Progress, State,
};
use parade_demos::explore::Exhibit;

impl DemoKey {
    /// Where the edit of a program hangs in what is kept: `slide/demo/program`.
    pub(in crate::app) fn mark(&self, program: &Program) -> String {
        format!("{}/{}/{}", self.slide, self.demo, program.name)
    }
}

impl DemoState {
    /// Whether its program is stepped line by line, and never run.
    pub(in crate::app) fn is_stepped_by_line(&self) -> bool {
        let exhibit = self
            .bench
            .as_ref()
            .and_then(|bench| bench.exhibit.as_ref().ok());
        matches!(exhibit, Some(Exhibit::Lines(_)))
    }

    /// Whether what it shows comes of an edited program, and not of the deck's own.
    pub fn shows_edited(&self) -> bool {
        self.spec.edited && self.replay.is_none()
    }
}

impl State {
    /// The program that keys edit: that of the lane in focus, or the demo's first.
    pub(super) fn program_in_focus(&mut self) -> Result<(DemoKey, Program), &'static str> {
        if self.console.is_some() {
            return Err("a program is edited in the talk, not at its console");
        }
        let Some((key, demo)) = self.focused_demo() else {
            return Err("there is no demo here");
        };
        let focus = demo.focus;
        let mut programs = Program::all(&demo.fence).into_iter();
        let found = match focus {
            DemoFocus::All => programs.next(),
            DemoFocus::Lane(lane) => programs.find(|program| program.lanes.contains(&lane)),
        };
        let program = found.ok_or("there is no program of the laboratory here to edit")?;
        Ok((key, program))
    }

    /// A demo is met: it runs what was made of its programs. What was made of another text is put aside.
    pub(in crate::app) fn meet_edits(&mut self, key: &DemoKey, effects: &mut Vec<Effect>) {
        let Some(demo) = self.demos.get(key) else {
            return;
        };
        for program in Program::all(&demo.fence) {
            let mark = key.mark(&program);
            let stale = self
                .progress
                .edits
                .get(&mark)
                .filter(|edit| edit.of != program.fingerprint());
            let Some(edit) = stale.cloned() else {
                continue;
            };
            let edit = Edit {
                of: program.fingerprint(),
                aside: true,
                ..edit
            };
            self.keep_edit(mark, edit, effects);
            let text = format!(
                "the deck has another {} now: what you made of the old one is put aside{}",
                program.name,
                self.key_that("brings it back")
            );
            self.tell(Notice { text, bad: false });
        }
        self.put_edits(key, effects);
    }

    /// What is in the open editor becomes what the demo runs.
    pub(in crate::app) fn take_over(&mut self, effects: &mut Vec<Effect>) {
        if let Mode::Edit(editor) = &self.mode {
            let (key, program) = (editor.demo.clone(), editor.program.clone());
            let (text, aside) = (editor.buffer.text(), editor.aside.clone());
            self.run_text(&key, &program, text, aside, effects);
        }
    }

    /// A demo's program is this text from now on. The deck's own puts aside what was made of it.
    pub(super) fn run_text(
        &mut self,
        key: &DemoKey,
        program: &Program,
        text: String,
        aside: Option<String>,
        effects: &mut Vec<Effect>,
    ) {
        let mark = key.mark(program);
        let known = self.progress.edits.get(&mark);
        let is_original = text == program.original;
        let kept = if is_original {
            aside.or_else(|| known.map(|edit| edit.text.clone()))
        } else {
            Some(text)
        };
        let edit = kept.map(|text| Edit {
            of: program.fingerprint(),
            text,
            aside: is_original,
            number: known.map_or(0, |edit| edit.number),
        });
        if let Some(edit) = edit.filter(|edit| known != Some(edit)) {
            self.keep_edit(mark, edit, effects);
        }
        self.put_edits(key, effects);
    }

    /// The deck's own program in the place of what was made of it, or that again.
    pub(in crate::app) fn toggle_original(&mut self, effects: &mut Vec<Effect>) {
        if self.editor().is_some() {
            return self.toggle_original_in_editor(effects);
        }
        let Some((key, demo)) = self.focused_demo() else {
            return;
        };
        let edited = demo.spec.edited;
        let marks = Program::all(&demo.fence)
            .into_iter()
            .map(|program| key.mark(&program));
        let edits: Vec<(String, Edit)> = marks
            .filter_map(|mark| Some((mark.clone(), self.progress.edits.get(&mark)?.clone())))
            .collect();
        if edits.is_empty() {
            return self.complain("nothing was edited here");
        }
        for (mark, edit) in edits {
            self.keep_edit(
                mark,
                Edit {
                    aside: edited,
                    ..edit
                },
                effects,
            );
        }
        self.put_edits(&key, effects);
        let text = if edited {
            format!(
                "this is the deck's own program{}",
                self.key_that("brings yours back")
            )
        } else {
            "this is your program".to_owned()
        };
        self.tell(Notice { text, bad: false });
    }

    fn toggle_original_in_editor(&mut self, effects: &mut Vec<Effect>) {
        let Mode::Edit(editor) = &mut self.mode else {
            return;
        };
        let kept = self.progress.edits.get(&editor.demo.mark(&editor.program));
        let text = if editor.is_edited() {
            editor.aside = Some(editor.buffer.text());
            Some(editor.program.original.clone())
        } else {
            editor
                .aside
                .clone()
                .or_else(|| kept.map(|edit| edit.text.clone()))
        };
        let replaced = text.map(|text| editor.buffer.replace_all(&text));
        match replaced {
            Some(Ok(())) => self.edited(effects),
            Some(Err(error)) => self.complain(error.to_string()),
            None => self.complain("nothing was edited here"),
        }
    }

    /// Gives a demo's lanes the texts that they run. Its run ends and its figures go if one is another.
    fn put_edits(&mut self, key: &DemoKey, effects: &mut Vec<Effect>) {
        let Some(demo) = self.demos.get(key) else {
            return;
        };
        let mut spec = demo.spec.clone();
        spec.edited = false;
        for program in Program::all(&demo.fence) {
            let text = program.text(self.progress.edits.get(&key.mark(&program)));
            spec.edited |= text != program.original;
            put(&mut spec, &demo.fence, &program, text);
        }
        if spec == demo.spec {
            return;
        }
        self.stop_run_of(&key.clone().into(), effects);
        if let Some(demo) = self.demos.get_mut(key) {
            demo.change(spec);
            demo.bench = Bench::of(&demo.spec);
            demo.refused = demo.problem();
        }
        self.lay_out_panel_anew();
    }

    /// Keeps an edit, as the newest, until the app ends, and beyond that for whoever learns.
    fn keep_edit(&mut self, mark: String, edit: Edit, effects: &mut Vec<Effect>) {
        if let Some(other) = self.progress.gives_way(&mark) {
            let text =
                format!("{EDITS_MAX} edited programs are kept: the oldest, {other}, is forgotten");
            self.tell(Notice { text, bad: true });
        }
        let edit = Edit {
            number: self.progress.next_number(),
            ..edit
        };
        let news = Progress {
            edits: [(mark, edit)].into(),
            ..Progress::default()
        };
        self.progress.take_in(news.clone());
        if self.settings.learn {
            effects.push(Effect::Keep(Box::new(news)));
        }
    }

    /// `; O brings it back`, with the key that the user has for it.
    fn key_that(&self, does: &str) -> String {
        let key = self.keys.key(Action::Original);
        key.map(|key| format!("; {key} {does}")).unwrap_or_default()
    }

    /// Why a demo's edited program can't run: what its compiler says first.
    pub(in crate::app) fn wrong_edit(&self, key: &DemoKey) -> Option<String> {
        let demo = self.demos.get(key).filter(|demo| demo.spec.edited)?;
        Program::all(&demo.fence).into_iter().find_map(|program| {
            let text = program.text(self.progress.edits.get(&key.mark(&program)));
            super::first_error(&program.name, text)
        })
    }
}
