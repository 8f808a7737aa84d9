//! How what a program writes looks in a theme.
//!
//! Programs name sixteen colours for a dark terminal. Letters on the slide's own ground take the theme's
//! colour for each, which can be read there. Where a program brings its own ground it has chosen a
//! pair, which is left as it is; where it says no letters to that, they are black or white.

use parade_demos::line::{Pen, Tint};

use crate::deck::Colour;
use crate::theme::{Ink, Role, Token, contrast, xterm_256};

/// The theme's colours for the eight that programs name, and for their bright kinds.
const LETTERS: [Role; 8] = [
    Role::Muted,
    Role::Error,
    Role::Good,
    Role::Warning,
    Role::Info,
    Role::Lane(4),
    Role::Token(Token::Type),
    Role::Text,
];

/// How letters of this pen look.
pub fn ink(pen: Pen) -> Ink {
    let on_slide = |tint| match tint {
        Tint::Indexed(index @ 0..16) => Colour::Role(LETTERS[usize::from(index % 8)]),
        tint => own(tint),
    };
    let foreground = match (pen.letters, pen.ground) {
        (letters, None) => letters.map(on_slide),
        (Some(letters), Some(_)) => Some(own(letters)),
        (None, Some(ground)) => Some(readable_on(ground)),
    };
    Ink {
        role: Role::Text,
        bold: pen.bold,
        dim: pen.dim,
        italic: pen.italic,
        underline: pen.underline,
        strike: pen.strike,
        reverse: pen.reverse,
        foreground,
        background: pen.ground.map(own),
    }
}

/// The colour that a program means.
fn own(tint: Tint) -> Colour {
    match tint {
        Tint::Indexed(index @ 0..16) => Colour::Ansi(index),
        tint => seen(tint),
    }
}

/// As most terminals show it.
fn seen(tint: Tint) -> Colour {
    let (red, green, blue) = match tint {
        Tint::Indexed(index) => xterm_256(index),
        Tint::Rgb(red, green, blue) => (red, green, blue),
    };
    Colour::Rgb(red, green, blue)
}

/// Black or white, whichever stands out.
fn readable_on(ground: Tint) -> Colour {
    let (black, white) = (Colour::Rgb(0, 0, 0), Colour::Rgb(255, 255, 255));
    let stands_out = |letters| contrast(letters, seen(ground));
    if stands_out(black) > stands_out(white) {
        black
    } else {
        white
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixteen_are_the_themes_unless_they_come_as_a_pair() {
        let red = Some(Tint::Indexed(1));
        let bright_red = Some(Tint::Indexed(9));
        let (orange, dark_green) = (Some(Tint::Indexed(208)), Some(Tint::Indexed(22)));
        let role = Some(Colour::Role(Role::Error));
        for (letters, ground, foreground, background) in [
            (None, None, None, None),
            (red, None, role, None),
            (bright_red, None, role, None),
            (orange, None, Some(Colour::Rgb(255, 135, 0)), None),
            (
                red,
                bright_red,
                Some(Colour::Ansi(1)),
                Some(Colour::Ansi(9)),
            ),
            (
                None,
                orange,
                Some(Colour::Rgb(0, 0, 0)),
                Some(Colour::Rgb(255, 135, 0)),
            ),
            (
                None,
                dark_green,
                Some(Colour::Rgb(255, 255, 255)),
                Some(Colour::Rgb(0, 95, 0)),
            ),
        ] {
            let pen = Pen {
                letters,
                ground,
                bold: true,
                ..Pen::default()
            };
            let expected = Ink {
                bold: true,
                foreground,
                background,
                ..Ink::from(Role::Text)
            };
            assert_eq!(ink(pen), expected, "{pen:?}");
        }
    }
}
