//! The colours of a text that is being edited. Highlighting happens elsewhere and takes its time; until it
//! answers, each line keeps the colours that it had, moved with its text.

use std::sync::Arc;

use crate::highlight::{CodeKey, TokenLines, TokenSpan};

/// Lines as they were highlighted last, and their tokens.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Paint {
    lines: Vec<String>,
    tokens: Vec<Vec<TokenSpan>>,
    /// What is being highlighted now.
    asked: Option<CodeKey>,
}

impl Paint {
    /// A line's tokens.
    pub(super) fn line(&self, index: usize) -> &[TokenSpan] {
        self.tokens.get(index).map_or(&[], Vec::as_slice)
    }

    /// What is being highlighted now.
    pub(super) fn asked(&self) -> Option<CodeKey> {
        self.asked
    }

    /// This is being highlighted from now on.
    pub(super) fn ask(&mut self, key: CodeKey) {
        self.asked = Some(key);
    }

    /// The answer came; it holds if it is of these lines.
    pub(super) fn answer(&mut self, tokens: Option<&Arc<TokenLines>>) {
        self.asked = None;
        if let Some(tokens) = tokens {
            self.tokens.clone_from(tokens);
            self.tokens.resize(self.lines.len(), Vec::new());
        }
    }

    /// The text is this now; tells whether it was another.
    pub(super) fn follow(&mut self, now: &[String]) -> bool {
        if self.lines == now {
            return false;
        }
        let same = |(old, new): &(&String, &String)| old == new;
        let room = self.lines.len().min(now.len());
        let head = self.lines.iter().zip(now).take_while(same).count();
        let tail = self
            .lines
            .iter()
            .rev()
            .zip(now.iter().rev())
            .take(room - head)
            .take_while(same)
            .count();
        let old = head..self.lines.len() - tail;
        let between: Vec<Vec<TokenSpan>> = now[head..now.len() - tail]
            .iter()
            .enumerate()
            .map(|(at, line)| match self.lines[old.clone()].get(at) {
                Some(before) => moved(&self.tokens[head + at], before, line),
                None => Vec::new(),
            })
            .collect();
        self.lines
            .splice(old.clone(), now[head..now.len() - tail].iter().cloned());
        self.tokens.splice(old, between);
        true
    }
}

/// A line's tokens after a change in the midst of it: those before stay, those behind move with their text,
/// and one that the change touches grows or shrinks.
fn moved(tokens: &[TokenSpan], before: &str, now: &str) -> Vec<TokenSpan> {
    let room = before.len().min(now.len());
    let (old, new) = (before.as_bytes(), now.as_bytes());
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(room - head)
        .take_while(|(a, b)| a == b)
        .count();
    let place = |byte: u32, ends: bool| {
        let byte = byte as usize;
        let stays = byte < head || (ends && byte == head);
        let at = if stays {
            byte
        } else {
            (byte + new.len())
                .saturating_sub(old.len())
                .max(head.min(new.len() - tail))
        };
        at as u32
    };
    let spans = tokens.iter().map(|span| TokenSpan {
        start: place(span.start, false),
        end: place(span.end, true),
        token: span.token,
    });
    let is_whole = |span: &TokenSpan| {
        span.start < span.end && now.get(span.start as usize..span.end as usize).is_some()
    };
    spans.filter(is_whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Token;

    fn lines(text: &str) -> Vec<String> {
        text.split('\n').map(str::to_owned).collect()
    }

    fn span(start: u32, end: u32) -> TokenSpan {
        TokenSpan {
            start,
            end,
            token: Token::Keyword,
        }
    }

    #[test]
    fn lines_keep_their_colours_while_the_text_changes() {
        for (before, now, expected) in [
            (
                "if a\nfor",
                "if a\nfor",
                vec![vec![span(0, 2)], vec![span(0, 3)]],
            ),
            (
                "if a\nfor",
                "\nif a\nfor",
                vec![vec![], vec![span(0, 2)], vec![span(0, 3)]],
            ),
            ("if a\nfor", "for", vec![vec![span(0, 3)]]),
            (
                "if a\nfor",
                "if ab\nfor",
                vec![vec![span(0, 2)], vec![span(0, 3)]],
            ),
            (
                "if a\nfor",
                "  if a\nfor",
                vec![vec![span(2, 4)], vec![span(0, 3)]],
            ),
            (
                "if a\nfor",
                "if a\nfor x\ny",
                vec![vec![span(0, 2)], vec![span(0, 3)], vec![]],
            ),
            ("if a\nfor", "", vec![vec![]]),
        ] {
            let mut paint = Paint::default();
            paint.follow(&lines(before));
            paint.answer(Some(&Arc::new(vec![vec![span(0, 2)], vec![span(0, 3)]])));
            paint.follow(&lines(now));
            assert_eq!(paint.tokens, expected, "{before:?} → {now:?}");
        }
    }

    #[test]
    fn a_token_that_changes_grows_and_shrinks() {
        for (before, now, expected) in [
            ("name", "nxame", vec![span(0, 5)]),
            ("name", "nam", vec![span(0, 3)]),
            ("name", "namex", vec![span(0, 4)]),
            ("name", "", vec![]),
        ] {
            assert_eq!(
                moved(&[span(0, 4)], before, now),
                expected,
                "{before} → {now}"
            );
        }
    }
}
