//! Makes visible what a terminal would obey or hide: the one place where a deck's text, and what a
//! lane tells, is made safe.
//!
//! Every string of a parsed deck has gone through [`visible()`], after entities and escapes were
//! resolved, and every string that a lane sent. Knows nothing of either.

use std::borrow::Cow;
use std::fmt::Write as _;

/// How many marks of no width one character may carry before the rest are shown apart.
const MARKS_MAX: usize = 16;

/// The text with every control character, bidirectional override and stray invisible character
/// replaced by something that can be seen: `␛` for escape, `‹U+202E›` for what has no picture.
/// A tab or a line end becomes a space: callers split lines and expand tabs first.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut before = None;
    let mut marks = 0;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        match c {
            '\t' | '\n' | '\r' => shown.push(' '),
            '\u{0}'..='\u{1f}' => shown.push(picture(c)),
            '\u{7f}' => shown.push('␡'),
            _ if marks > MARKS_MAX || is_hidden(c, before, rest.clone().next()) => {
                spell(&mut shown, c);
            }
            _ => shown.push(c),
        }
        before = Some(c);
    }
    Cow::Owned(shown)
}

/// [`visible`] for each line of a text.
pub fn visible_lines(text: &str) -> String {
    text.lines().map(visible).collect::<Vec<_>>().join("\n")
}

/// [`visible`] for a string that is owned already.
pub fn visible_string(text: String) -> String {
    match visible(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(shown) => shown,
    }
}

/// The picture that Unicode has for a control character below space.
fn picture(c: char) -> char {
    char::from_u32(0x2400 + u32::from(c)).unwrap_or('�')
}

fn spell(shown: &mut String, c: char) {
    // Writing to a String cannot fail.
    let _ = write!(shown, "‹U+{:04X}›", u32::from(c));
}

/// Whether a character must be spelled out where it stands, between these two.
fn is_hidden(c: char, before: Option<char>, after: Option<char>) -> bool {
    match c {
        '\u{200d}' => !joins(before, after),
        '\u{200c}' => {
            !(before.is_some_and(is_joining_script) && after.is_some_and(is_joining_script))
        }
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => !before.is_some_and(is_variable),
        // Tags spell the flags of England, Scotland and Wales behind a black flag, and nothing else.
        '\u{e0020}'..='\u{e007f}' => {
            !before.is_some_and(|b| b == '🏴' || matches!(b, '\u{e0020}'..='\u{e007e}'))
        }
        _ => is_invisible(c),
    }
}

/// Control characters beyond ASCII, bidirectional controls, separators and what else has no glyph.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}'
        | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e001f}' | '\u{e0080}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// A zero-width joiner belongs between two pictographs, or behind a letter of a script that joins.
fn joins(before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else {
        return before.is_some_and(is_joining_script);
    };
    (is_pictograph_part(before) && is_pictograph(after)) || is_joining_script(before)
}

/// A pictograph, or what may stand between one and a joiner.
fn is_pictograph_part(c: char) -> bool {
    is_pictograph(c) || matches!(c, '\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}')
}

fn is_pictograph(c: char) -> bool {
    matches!(c,
        '\u{a9}' | '\u{ae}' | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{2460}'..='\u{27bf}'
        | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}' | '\u{3030}' | '\u{303d}'
        | '\u{1f000}'..='\u{1faff}')
}

/// Whether a variation selector can choose a form of this character.
fn is_variable(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !is_invisible(c)
        && !matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Letters and marks of the scripts that write with joiners: Arabic, Syriac, those of India and
/// their neighbours, Mongolian.
fn is_joining_script(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{f00}'..='\u{109f}' | '\u{1780}'..='\u{18aa}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        && c != '\u{61c}'
}

/// Characters that take no cell of their own.
fn is_mark(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(0)
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn shows_what_would_be_obeyed_or_hidden_and_keeps_what_is_text() {
        for (text, expected) in [
            ("plain text", "plain text"),
            ("\u{1b}[31mred", "␛[31mred"),
            ("a\0b\u{7}c\u{8}d\u{7f}", "a␀b␇c␈d␡"),
            ("a\tb\nc\r", "a b c "),
            ("\u{9b}31m \u{85}", "‹U+009B›31m ‹U+0085›"),
            ("user\u{202e}txt.exe\u{2066}", "user‹U+202E›txt.exe‹U+2066›"),
            (
                "zero\u{200b}width\u{2060}\u{feff}",
                "zero‹U+200B›width‹U+2060›‹U+FEFF›",
            ),
            ("line\u{2028}end", "line‹U+2028›end"),
            ("👩\u{200d}🍳 cooks", "👩\u{200d}🍳 cooks"),
            ("🧑🏽\u{200d}🚀", "🧑🏽\u{200d}🚀"),
            ("❤\u{fe0f}\u{200d}🔥", "❤\u{fe0f}\u{200d}🔥"),
            ("✍\u{fe0f} 1\u{fe0f}\u{20e3}", "✍\u{fe0f} 1\u{fe0f}\u{20e3}"),
            ("✍\u{fe0f}\u{fe0f}", "✍\u{fe0f}‹U+FE0F›"),
            (" \u{fe0f}", " ‹U+FE0F›"),
            ("a\u{200d}b", "a‹U+200D›b"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("क\u{94d}\u{200d}ष", "क\u{94d}\u{200d}ष"),
            (
                "🏴\u{e0067}\u{e0062}\u{e007f}",
                "🏴\u{e0067}\u{e0062}\u{e007f}",
            ),
            ("a\u{e0067}", "a‹U+E0067›"),
            ("日本語 ñ e\u{301} \u{e0a0}", "日本語 ñ e\u{301} \u{e0a0}"),
            ("ㅤ", "‹U+3164›"),
        ] {
            assert_eq!(visible(text), expected, "{text:?}");
        }
    }

    #[test]
    fn bounds_the_marks_on_one_character() {
        let shown = visible(&format!("a{}", "\u{301}".repeat(18))).into_owned();
        assert_eq!(shown, format!("a{}‹U+0301›‹U+0301›", "\u{301}".repeat(16)));
    }
}
