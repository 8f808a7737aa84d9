//! How many colours the terminal says it has, through the environment.

use crate::theme::Depth;

/// The colours that can be shown, from the values of `NO_COLOR`, `COLORTERM` and `TERM`.
pub fn depth(no_color: &str, colorterm: &str, term: &str) -> Depth {
    if !no_color.is_empty() || term == "dumb" {
        Depth::None
    } else if matches!(colorterm, "truecolor" | "24bit") || term.ends_with("-direct") {
        Depth::TrueColour
    } else if term.contains("256color") {
        Depth::Ansi256
    } else {
        Depth::Ansi16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_says_how_many_colours_there_are() {
        let cases = [
            ("", "truecolor", "xterm", Depth::TrueColour),
            ("", "24bit", "", Depth::TrueColour),
            ("", "", "xterm-direct", Depth::TrueColour),
            ("", "", "tmux-256color", Depth::Ansi256),
            ("", "yes", "xterm", Depth::Ansi16),
            ("", "", "", Depth::Ansi16),
            ("1", "truecolor", "xterm-256color", Depth::None),
            ("", "truecolor", "dumb", Depth::None),
        ];
        for (no_color, colorterm, term, expected) in cases {
            let found = depth(no_color, colorterm, term);
            assert_eq!(found, expected, "{no_color:?} {colorterm:?} {term:?}");
        }
    }
}
