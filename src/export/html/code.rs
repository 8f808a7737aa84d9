//! Source code: its tokens, its numbers, and the lines that are emphasized one group after the other.

use std::fmt::Write as _;

use super::attributes::Attributes;
use super::style;
use super::text::words;
use crate::deck::{Code, Exec, Lines};
use crate::highlight::{CodeKey, Highlights, TokenSpan};
use crate::theme::Role;

/// Writes a block whose groups begin at `from_step`.
pub(super) fn write(
    code: &Code,
    from_step: u16,
    place: &Attributes,
    highlights: &Highlights,
    out: &mut String,
) {
    let class = if code.no_background {
        "code"
    } else {
        "code r-code-block"
    };
    let _ = write!(out, "<pre{}", place.with(class));
    if code.groups.len() > 1
        || code
            .groups
            .first()
            .is_some_and(|group| *group != Lines::All)
    {
        let _ = write!(
            out,
            " data-from=\"{from_step}\" data-groups=\"{}\"",
            code.groups.len()
        );
    }
    out.push_str("><code>");
    let tokens = highlights.blocks.get(&CodeKey::of(code));
    for (index, line) in code.lines.iter().enumerate() {
        let spans = tokens.and_then(|lines| lines.get(index));
        let groups = groups_of(code, index);
        let _ = write!(out, "<span class=\"line\"{groups}>");
        if let Some(first) = code.first_number {
            let number = first.saturating_add(index as u32);
            let _ = write!(out, "<span class=\"r-code-number number\">{number}</span>");
        }
        tokenized(line, spans.map_or(&[][..], Vec::as_slice), out);
        out.push_str("\n</span>");
    }
    out.push_str("</code></pre>\n");
    if let Exec::Unsupported(attribute) = &code.exec {
        let _ = writeln!(
            out,
            "<p class=\"r-muted\">not run: {} is not supported</p>",
            words(attribute)
        );
    }
}

/// The groups that emphasize a line, as an attribute.
fn groups_of(code: &Code, index: usize) -> String {
    let line = index as u32 + 1;
    let has = |group: &Lines| match group {
        Lines::All => true,
        Lines::Ranges(ranges) => ranges
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&line)),
    };
    let groups = code
        .groups
        .iter()
        .enumerate()
        .filter(|(_, group)| has(group));
    let numbers: Vec<String> = groups.map(|(number, _)| number.to_string()).collect();
    if code.groups.is_empty() {
        String::new()
    } else {
        format!(" data-on=\"{}\"", numbers.join(" "))
    }
}

fn tokenized(line: &str, spans: &[TokenSpan], out: &mut String) {
    let mut at = 0;
    for span in spans {
        let (start, end) = (span.start as usize, span.end as usize);
        let (Some(before), Some(token)) = (line.get(at..start), line.get(start..end)) else {
            break;
        };
        out.push_str(&words(before));
        let role = style::name(Role::Token(span.token));
        let _ = write!(out, "<span class=\"r-{role}\">{}</span>", words(token));
        at = end;
    }
    out.push_str(&words(line.get(at..).unwrap_or_default()));
}
