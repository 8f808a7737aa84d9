//! Words of a deck on their way into HTML: nothing of them becomes markup.

use unicode_segmentation::UnicodeSegmentation;

use crate::layout::grapheme_width;

/// The text with every character that HTML takes for its own written as a reference; for elements
/// and for attributes in quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            character => out.push(character),
        }
    }
    out
}

/// The same for elements, each wide character in a box of two columns, as a terminal has it: fonts
/// disagree on how wide those are.
pub(super) fn words(text: &str) -> String {
    if text.is_ascii() {
        return escaped(text);
    }
    let mut out = String::with_capacity(text.len());
    for grapheme in text.graphemes(true) {
        if grapheme_width(grapheme) == 2 {
            out.push_str("<span class=\"wide\">");
            out.push_str(&escaped(grapheme));
            out.push_str("</span>");
        } else {
            out.push_str(&escaped(grapheme));
        }
    }
    out
}

/// JSON within a script element, which ends at `</script` whatever surrounds it.
pub(super) fn json(value: &serde_json::Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_markup() {
        assert_eq!(
            words("<b onclick='x' id=\"y\">&amp;"),
            "&lt;b onclick=&#39;x&#39; id=&quot;y&quot;&gt;&amp;amp;"
        );
        assert_eq!(
            json(&serde_json::json!({"a": "</script><!--"})),
            "{\"a\":\"\\u003c/script>\\u003c!--\"}"
        );
    }

    #[test]
    fn wide_characters_have_a_box_of_two_columns() {
        assert_eq!(
            words("a漢👩‍🍳é"),
            "a<span class=\"wide\">漢</span><span class=\"wide\">👩‍🍳</span>é"
        );
    }
}
