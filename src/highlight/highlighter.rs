//! Grammars, loaded, and the work itself.

use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};

use super::classes::Classes;
use super::languages::known_name;
use super::{TokenLines, TokenSpan};

/// A longer line stays plain: grammars can take quadratic time over a line.
const LINE_BYTES_MAX: usize = 2_000;
/// Lines beyond this many stay plain.
const LINES_MAX: usize = 5_000;

/// Grammars of some two hundred languages.
pub struct Highlighter {
    syntaxes: SyntaxSet,
    classes: Classes,
}

impl Highlighter {
    /// Loads the grammars: some 7 ms and 2 MiB, and more with every language that is used.
    pub fn load() -> Self {
        Self {
            syntaxes: two_face::syntax::extra_newlines(),
            classes: Classes::new(),
        }
    }

    /// The tokens of code in a language, which is named as in a fence: by name, alias or file
    /// extension. Before each line `should_stop` is asked; what is left then stays plain, as does
    /// all of a language that isn't known.
    pub fn highlight(
        &self,
        language: &str,
        lines: &[String],
        should_stop: &dyn Fn() -> bool,
    ) -> TokenLines {
        let Some(syntax) = self.syntax(language) else {
            return TokenLines::new();
        };
        let mut state = ParseState::new(syntax);
        let mut stack = ScopeStack::new();
        let mut tokens = TokenLines::with_capacity(lines.len().min(LINES_MAX));
        for line in lines.iter().take(LINES_MAX) {
            if should_stop() {
                break;
            }
            let spans = if line.len() > LINE_BYTES_MAX {
                Some(Vec::new())
            } else {
                self.line(line, &mut state, &mut stack)
            };
            // A grammar that fails over a line says nothing of those after it.
            let Some(spans) = spans else { break };
            tokens.push(spans);
        }
        tokens
    }

    /// Whether the language is known.
    pub fn knows(&self, language: &str) -> bool {
        self.syntax(language).is_some()
    }

    fn syntax(&self, language: &str) -> Option<&SyntaxReference> {
        if language.is_empty() {
            return None;
        }
        self.syntaxes
            .find_syntax_by_token(known_name(language))
            .or_else(|| self.syntaxes.find_syntax_by_token(&language.to_lowercase()))
    }

    fn line(
        &self,
        line: &str,
        state: &mut ParseState,
        stack: &mut ScopeStack,
    ) -> Option<Vec<TokenSpan>> {
        let with_end = format!("{line}\n");
        let operations = state.parse_line(&with_end, &self.syntaxes).ok()?;
        let mut spans = Vec::new();
        let mut from = 0;
        for (at, operation) in operations {
            self.add(&mut spans, from, at.min(line.len()), stack);
            from = at;
            stack.apply(&operation).ok()?;
        }
        self.add(&mut spans, from, line.len(), stack);
        Some(spans)
    }

    /// Adds a stretch in one class; neighbours in the same class become one.
    fn add(&self, spans: &mut Vec<TokenSpan>, start: usize, end: usize, stack: &ScopeStack) {
        if start >= end {
            return;
        }
        let Some(token) = self.classes.token(stack) else {
            return;
        };
        let (start, end) = (start as u32, end as u32);
        match spans.last_mut() {
            Some(last) if last.end == start && last.token == token => last.end = end,
            _ => spans.push(TokenSpan { start, end, token }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// Each token as `Class‹text›`, plain text as it is.
    fn marked(highlighter: &Highlighter, language: &str, text: &str) -> String {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let tokens = highlighter.highlight(language, &lines, &|| false);
        let mut marked = String::new();
        for (line, spans) in lines.iter().zip(&tokens) {
            let mut at = 0;
            for span in spans {
                let (start, end) = (span.start as usize, span.end as usize);
                marked.push_str(&line[at..start]);
                let token = &line[start..end];
                write!(marked, "{:?}‹{token}›", span.token).unwrap();
                at = end;
            }
            marked.push_str(&line[at..]);
            marked.push('\n');
        }
        marked
    }

    #[test]
    fn class_tokens_of_several_languages() {
        let highlighter = Highlighter::load();
        for (language, text, expected) in [
            (
                "python",
                "with lock:  # held\n    x += 1",
                "Keyword‹with› lockPunctuation‹:›  Comment‹# held›\n    x Operator‹+=› Number‹1›\n",
            ),
            (
                "Rust",
                "fn main() { let s = \"é\\n\"; }",
                "Keyword‹fn› Function‹main›Punctuation‹()› Punctuation‹{› Keyword‹let› s \
                 Operator‹=› String‹\"é\\n\"›Punctuation‹;› Punctuation‹}›\n",
            ),
            (
                "c++",
                "int main() { return 0; }",
                "Keyword‹int› Function‹main›Punctuation‹()› Punctuation‹{› Keyword‹return› \
                 Number‹0›Punctuation‹;› Punctuation‹}›\n",
            ),
            (
                "toml",
                "[package]\nname = \"parade\"",
                "Punctuation‹[›Type‹package›Punctuation‹]›\n\
                 Keyword‹name› Punctuation‹=› String‹\"parade\"›\n",
            ),
            (
                "sh",
                "echo \"$HOME\"",
                "Function‹echo› String‹\"›Punctuation‹$›HOMEString‹\"›\n",
            ),
        ] {
            assert_eq!(marked(&highlighter, language, text), expected, "{language}");
        }
    }

    #[test]
    fn know_languages_by_name_alias_and_extension() {
        let highlighter = Highlighter::load();
        for language in [
            "py",
            "python",
            "python3",
            "Python",
            "rs",
            "rust",
            "sh",
            "bash",
            "zsh",
            "shell",
            "console",
            "c",
            "c++",
            "cpp",
            "h",
            "toml",
            "yaml",
            "yml",
            "json",
            "jsonc",
            "js",
            "jsx",
            "javascript",
            "ts",
            "typescript",
            "tsx",
            "go",
            "golang",
            "java",
            "kotlin",
            "html",
            "css",
            "sql",
            "diff",
            "docker",
            "dockerfile",
            "make",
            "md",
            "markdown",
            "rb",
            "ruby",
            "hs",
            "haskell",
            "lua",
            "nix",
            "xml",
            "csharp",
            "cs",
            "swift",
            "zig",
            "elixir",
            "text",
        ] {
            assert!(highlighter.knows(language), "{language}");
        }
        assert!(!highlighter.knows(""));
        assert!(!highlighter.knows("no such language"));
    }

    #[test]
    fn leave_long_lines_plain_and_stop_when_asked() {
        let highlighter = Highlighter::load();
        let long = format!("x = {}", "1".repeat(LINE_BYTES_MAX));
        let lines = ["x = 1".to_owned(), long, "y = 2".to_owned()];
        let tokens = highlighter.highlight("py", &lines, &|| false);
        assert_eq!(tokens.len(), 3);
        assert_eq!(tokens[1], []);
        assert_eq!(tokens[0].len(), tokens[2].len());

        let asked = std::cell::Cell::new(0);
        let stop_at_the_third = || {
            asked.set(asked.get() + 1);
            asked.get() == 3
        };
        let tokens = highlighter.highlight("py", &lines, &stop_at_the_third);
        assert_eq!(tokens.len(), 2);
    }
}
