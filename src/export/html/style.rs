//! Themes as CSS: a variable for each role's letters and ground, once for dark and once for light.

use std::fmt::Write as _;

use crate::deck::Colour;
use crate::export::palette::{Palette, hex};
use crate::theme::{Ink, Look, Role, Theme, xterm_256};

/// The rules that both themes make.
pub(super) fn rules(dark: &Theme, light: &Theme) -> String {
    let both = |pick: &dyn Fn(&Palette) -> String| {
        format!(
            "light-dark({},{})",
            pick(&Palette::of(light)),
            pick(&Palette::of(dark))
        )
    };
    let mut out = format!(
        ":root{{--ink:{};--paper:{};",
        both(&|own| hex(own.foreground)),
        both(&|own| hex(own.background)),
    );
    for (name, role) in Role::all() {
        let [on_dark, on_light] = [dark, light].map(|theme| seen(theme, *role));
        let _ = write!(out, "--{name}:light-dark({},{});", on_light.0, on_dark.0);
        if on_light.1.is_some() || on_dark.1.is_some() {
            let [light, dark] = [on_light.1, on_dark.1].map(Option::unwrap_or_default);
            let none = |ground: String| {
                if ground.is_empty() {
                    "transparent".to_owned()
                } else {
                    ground
                }
            };
            let _ = write!(
                out,
                "--{name}-ground:light-dark({},{});",
                none(light),
                none(dark)
            );
        }
    }
    out.push_str("}\n");
    for (name, role) in Role::all() {
        let look = dark.look(*role);
        let _ = write!(out, ".r-{name}{{color:var(--{name});");
        if look.background.is_some() || look.reverse {
            let _ = write!(out, "background:var(--{name}-ground);");
        }
        out.push_str(attributes(look));
        out.push_str("}\n");
    }
    out
}

/// Letters and ground as they are seen in a theme.
fn seen(theme: &Theme, role: Role) -> (String, Option<String>) {
    let own = Palette::of(theme);
    let look = theme.look(role);
    let written = |colour: Colour| plain(theme.resolve(colour).unwrap_or(colour));
    let letters = look.foreground.map_or_else(|| hex(own.foreground), written);
    let ground = look.background.map(written);
    if look.reverse {
        (ground.unwrap_or_else(|| hex(own.background)), Some(letters))
    } else {
        (letters, ground)
    }
}

fn plain(colour: Colour) -> String {
    match colour {
        Colour::Rgb(red, green, blue) => hex((red, green, blue)),
        Colour::Ansi(number) => hex(xterm_256(number)),
        Colour::Role(_) => "inherit".to_owned(),
    }
}

fn attributes(look: Look) -> &'static str {
    match (look.bold, look.italic) {
        (true, true) => "font-weight:bold;font-style:italic;",
        (true, false) => "font-weight:bold;",
        (false, true) => "font-style:italic;",
        (false, false) => "",
    }
}

/// A colour as a value: a role's is the theme's that is on.
pub(super) fn colour(colour: Colour) -> String {
    match colour {
        Colour::Role(role) => format!("var(--{})", name(role)),
        other => plain(other),
    }
}

/// The classes of an ink.
pub(super) fn classes(ink: Ink) -> String {
    let mut classes = format!("r-{}", name(ink.role));
    for (on, class) in [
        (ink.bold, " bold"),
        (ink.dim, " dim"),
        (ink.italic, " italic"),
        (ink.underline, " underline"),
        (ink.strike, " strike"),
    ] {
        if on {
            classes.push_str(class);
        }
    }
    classes
}

/// What a theme's file calls a role.
pub(super) fn name(role: Role) -> &'static str {
    let role = match role {
        Role::Lane(lane) => Role::Lane(lane % crate::theme::LANE_COLOURS),
        other => other,
    };
    let known = Role::all().iter().find(|(_, known)| *known == role);
    known.map_or("text", |(name, _)| name)
}
