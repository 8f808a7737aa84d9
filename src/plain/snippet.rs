//! Code that runs, told as lines: which block commands go to, what it writes, how it ended.

use crate::app::{SnippetKey, SnippetState, State};

/// What was told of the snippet in focus.
#[derive(Default)]
pub(super) struct Told {
    key: Option<SnippetKey>,
    /// Lines of its output, those left out included.
    lines: u64,
    words: Option<String>,
}

impl Told {
    /// What is new of it.
    pub(super) fn news(&mut self, state: &State, lines: &mut Vec<String>) {
        let Some((key, snippet)) = state.snippet_in_focus() else {
            *self = Self::default();
            return;
        };
        if self.key.as_ref() != Some(key) {
            let number = key.number + 1;
            let language = &snippet.fence.language;
            lines.push(format!(
                "Code {number}, {language}: r runs it, and stops it."
            ));
            *self = Self {
                key: Some(key.clone()),
                ..Self::default()
            };
        }
        self.output(snippet, lines);
        let words = ending(snippet);
        if words != self.words {
            lines.extend(words.clone());
            self.words = words;
        }
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
        let whole = &snapshot.lines[..snapshot.lines.len().saturating_sub(open)];
        let total = snapshot.left_out + whole.len() as u64;
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
        lines.extend(whole.iter().skip(known).cloned());
        self.lines = total;
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
