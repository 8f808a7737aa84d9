//! Runs of snippets: started, heard, stopped. They share the place of the one run with the demos.

use parade_demos::snippet::{FILE, FOLDER, SnippetSnapshot};

use super::super::consent::{Wants, quoted};
use super::super::{Effect, Live, Mode, RunId, Running, SnippetKey, State, Stop};
use super::OutputScroll;
use crate::deck::RunWhen;

impl State {
    /// Runs the snippet, or stops it.
    pub(in crate::app) fn run_or_stop_snippet(
        &mut self,
        key: SnippetKey,
        effects: &mut Vec<Effect>,
    ) {
        let what = Live::Snippet(key);
        if self.is_live(&what) || self.is_next(&what) {
            self.stop_run(effects);
        } else {
            self.run_snippet_if_allowed(what, effects);
        }
    }

    fn run_snippet_if_allowed(&mut self, what: Live, effects: &mut Vec<Effect>) {
        let Live::Snippet(key) = &what else { return };
        let Some(snippet) = self.snippets.get_mut(key) else {
            return;
        };
        if let Err(why) = self.settings.languages.spec(&snippet.fence) {
            snippet.refused = Some(why.clone());
            self.complain(why);
        } else if self.may_run(&what) {
            self.start_or_queue(what, effects);
        } else {
            self.ask_consent(what);
        }
    }

    /// Starts what runs as soon as it is shown, one after the other, each once: whenever the slide is
    /// seen and nothing else runs, whatever was in the way before.
    pub(in crate::app) fn start_shown(&mut self, effects: &mut Vec<Effect>) {
        let may = self.settings.starts_shown && self.console.is_none();
        while may && self.run.is_none() && self.mode == Mode::Slide {
            let Some(due) = self.first_due() else {
                return;
            };
            // It runs, is asked about, or is refused: it is not due again.
            self.run_snippet_if_allowed(due, effects);
        }
    }

    /// The first that is to run as soon as it is shown, and was not tried yet.
    fn first_due(&self) -> Option<Live> {
        self.live_shown().into_iter().find(|what| {
            let snippet = what.snippet().and_then(|key| self.snippets.get(key));
            snippet.is_some_and(|known| known.fence.when == RunWhen::Shown && known.is_untouched())
        })
    }

    /// Starts a snippet, now that nothing else runs.
    pub(in crate::app) fn start_snippet(&mut self, key: SnippetKey, effects: &mut Vec<Effect>) {
        let Some(snippet) = self.snippets.get_mut(&key) else {
            return;
        };
        let Ok(spec) = self.settings.languages.spec(&snippet.fence) else {
            return;
        };
        let run = self.next_run;
        self.next_run = RunId(run.0 + 1);
        snippet.run = Some(run);
        snippet.refused = None;
        snippet.scroll = OutputScroll::default();
        snippet.snapshot = Some(Box::new(SnippetSnapshot {
            steps: spec.commands.len(),
            ..SnippetSnapshot::default()
        }));
        effects.push(Effect::RunSnippet {
            run,
            spec: Box::new(spec),
        });
        self.run = Some(Running {
            id: run,
            what: key.into(),
            stop: Stop::Not,
        });
        self.dirty = true;
    }

    /// A snippet's run told how it stands. What an old run tells late changes nothing.
    pub(in crate::app) fn hear_snippet(
        &mut self,
        run: RunId,
        snapshot: Box<SnippetSnapshot>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(running) = self.run.take_if(|running| running.id == run) else {
            return;
        };
        self.dirty |= self.shows_live();
        let is_over = snapshot.end.is_some();
        let snippet = running.what.snippet();
        let snippet = snippet.and_then(|key| self.snippets.get_mut(key));
        if let Some(snippet) = snippet.filter(|snippet| snippet.run == Some(run)) {
            snippet.snapshot = Some(snapshot);
        }
        match running.stop {
            _ if !is_over => self.run = Some(running),
            Stop::Then(next) => self.start(next, effects),
            Stop::Not | Stop::End => {}
        }
    }

    /// What a snippet wants to run: its commands, and what the slide does not show of it.
    pub(in crate::app) fn snippet_wants(&self, key: &SnippetKey) -> Option<Wants> {
        let fence = &self.snippets.get(key)?.fence;
        let spec = self.settings.languages.spec(fence).ok()?;
        let told = |word: &String| {
            let word = word.replace(FILE, &spec.file);
            quoted(&word.replace(FOLDER, "."))
        };
        let command = |words: &Vec<String>| words.iter().map(told).collect::<Vec<_>>().join(" ");
        let mut shown: Vec<String> = spec.commands.iter().map(command).collect();
        shown.extend(
            fence
                .hidden
                .iter()
                .map(|line| format!("with the hidden line: {line}")),
        );
        if !spec.environment.is_empty() {
            let names: Vec<&str> = spec.environment.keys().map(String::as_str).collect();
            shown.push(format!("with its own {}", names.join(", ")));
        }
        let mut content = spec.commands.concat();
        content.push(spec.text);
        let environment = spec.environment.into_iter();
        content.extend(environment.flat_map(|(name, value)| [name, value]));
        Some(Wants { shown, content })
    }
}
