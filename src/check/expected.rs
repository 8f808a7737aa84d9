//! Code that says how it is to end: which blocks those are, and whether they have kept to it.

use parade_demos::snippet::{SnippetEnd, SnippetSnapshot};

use super::each_block;
use crate::deck::{BlockKind, Diagnostic, Exec, Expect, Slide, Snippet, Span};

/// How many of the last lines that a program wrote are told.
const LINES_TOLD: usize = 3;

/// The slide's blocks with `+validate` or `+expect`, each with its place.
pub fn expected(slide: &Slide) -> Vec<(Span, &Snippet, Expect)> {
    let mut found = Vec::new();
    each_block(slide, &mut |block| {
        if let BlockKind::Code(code) = &block.kind
            && let Exec::Snippet(snippet) = &code.exec
            && let Some(expect) = snippet.expect
        {
            found.push((block.span, &**snippet, expect));
        }
    });
    found
}

/// What is wrong with how a block ended, told in `words`.
pub fn unexpected(
    place: Span,
    expect: Expect,
    snapshot: &SnippetSnapshot,
    words: &str,
) -> Option<Diagnostic> {
    let kept = match (&snapshot.end, expect) {
        (Some(SnippetEnd::Exited(code)), Expect::Success) => *code == 0,
        (Some(SnippetEnd::Exited(code)), Expect::Failure) => *code != 0,
        _ => false,
    };
    if kept {
        return None;
    }
    let wanted = match expect {
        Expect::Success => "success",
        Expect::Failure => "failure",
    };
    let message = format!("this block was to end with {wanted}: {words}");
    let excess = snapshot.lines.len().saturating_sub(LINES_TOLD);
    let lines: Vec<&str> = snapshot.texts().skip(excess).collect();
    let wrong = Diagnostic::error(place, message);
    Some(if lines.is_empty() {
        wrong
    } else {
        wrong.with_help(format!("it wrote: {}", lines.join(" / ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn success_is_exit_code_0_and_failure_any_other() {
        use Expect::{Failure, Success};
        let no_success =
            Some("this block was to end with success: so it went (it wrote: 2 / 3 / 4)");
        let no_failure =
            Some("this block was to end with failure: so it went (it wrote: 2 / 3 / 4)");
        for (end, expect, expected) in [
            (SnippetEnd::Exited(0), Success, None),
            (SnippetEnd::Exited(1), Success, no_success),
            (SnippetEnd::Exited(139), Failure, None),
            (SnippetEnd::Exited(0), Failure, no_failure),
            (SnippetEnd::Unavailable("none".into()), Failure, no_failure),
            (SnippetEnd::Cancelled, Success, no_success),
        ] {
            let snapshot = SnippetSnapshot {
                end: Some(end),
                lines: ["1", "2", "3", "4"].map(Into::into).into(),
                ..SnippetSnapshot::default()
            };
            let wrong = unexpected(Span::default(), expect, &snapshot, "so it went");
            let told = wrong.map(|wrong| format!("{} ({})", wrong.message, wrong.help.unwrap()));
            assert_eq!(told.as_deref(), expected, "{snapshot:?}");
        }
    }
}
