//! Code that runs, told as lines: which block commands go to, what each writes, how it ended.

use std::collections::BTreeMap;

use crate::app::{Live, SnippetKey, SnippetState, State};

/// What was told of a slide's blocks.
#[derive(Default)]
pub(super) struct Told {
    focus: Option<SnippetKey>,
    /// The block that the last lines were of.
    speaker: Option<SnippetKey>,
    blocks: BTreeMap<SnippetKey, Block>,
}

/// What was told of one of them.
#[derive(Default)]
struct Block {
    /// Lines of its output, those left out included.
    lines: u64,
    ending: Option<String>,
}

impl Told {
    /// What is new of them, be they in focus or not: some run by themselves.
    pub(super) fn news(&mut self, state: &State, lines: &mut Vec<String>) {
        self.focus(state, lines);
        for what in state.live_shown() {
            let known = what.snippet().and_then(|key| state.snippet(key.number));
            let Some((key, snippet)) = known else {
                continue;
            };
            let news = self.blocks.entry(key.clone()).or_default().news(snippet);
            if !news.is_empty() && self.speaker.as_ref() != Some(&key) {
                lines.push(format!("{}:", name(&key)));
                self.speaker = Some(key);
            }
            lines.extend(news);
        }
    }

    /// The block that commands go to, when it is another one.
    fn focus(&mut self, state: &State, lines: &mut Vec<String>) {
        let focus = state.snippet_in_focus();
        if focus.map(|(key, _)| key) == self.focus.as_ref() {
            return;
        }
        if let Some((key, snippet)) = focus {
            let language = &snippet.fence.language;
            let name = name(key);
            lines.push(format!("{name}, {language}: r runs it, and stops it."));
            self.speaker = Some(key.clone());
        }
        self.focus = focus.map(|(key, _)| key.clone());
    }
}

impl Block {
    fn news(&mut self, snippet: &SnippetState) -> Vec<String> {
        let mut lines = Vec::new();
        self.output(snippet, &mut lines);
        let ending = ending(snippet);
        if ending != self.ending {
            lines.extend(ending.clone());
            self.ending = ending;
        }
        lines
    }

    /// Whole lines that it has written since.
    fn output(&mut self, snippet: &SnippetState, lines: &mut Vec<String>) {
        let Some(snapshot) = snippet.snapshot.as_deref() else {
            return;
        };
        let open = if snapshot.end.is_some() {
            0
        } else {
            snapshot.open
        };
        let whole = snapshot.lines.len().saturating_sub(open);
        let total = snapshot.left_out + whole as u64;
        if total < self.lines {
            // It runs anew.
            self.lines = 0;
        }
        let missing = snapshot.left_out.saturating_sub(self.lines);
        if missing > 0 {
            lines.push(format!("({missing} lines are left out.)"));
        }
        let known = self.lines.saturating_sub(snapshot.left_out);
        let known = usize::try_from(known).unwrap_or(usize::MAX);
        let whole = snapshot.texts().take(whole);
        lines.extend(whole.skip(known).map(str::to_owned));
        self.lines = total;
    }
}

/// What a block is called.
pub(super) fn name(key: &SnippetKey) -> String {
    format!("Code {}", key.number + 1)
}

/// What a question is about, where several things of a slide could ask it.
pub(super) fn asking(what: &Live) -> String {
    match what {
        Live::Snippet(key) => format!(", for {}", name(key).to_lowercase()),
        Live::Demo(_) => String::new(),
    }
}

/// How it ended, as a sentence.
fn ending(snippet: &SnippetState) -> Option<String> {
    let is_over = |snippet: &SnippetState| {
        let snapshot = snippet.snapshot.as_deref();
        snippet.refused.is_some() || snapshot.is_some_and(|snapshot| snapshot.end.is_some())
    };
    let (_, words) = snippet.in_words().filter(|_| is_over(snippet))?;
    Some(format!("The code: {words}."))
}
