//! The terminal: what it says of itself through the environment; and how it shows images, which it is
//! asked.

use std::env;
use std::io::{self, IsTerminal};
use std::time::Duration;

use super::Finding;
use crate::app::{ImageChoice, Protocol};
use crate::terminal::{Means, Told, Tty, ask, means};

/// The smallest screen on which a demo slide shows all it has.
const WANTED: (u16, u16) = (80, 24);

/// How long the terminal's answers are waited for.
const ANSWERS_MAX: Duration = Duration::from_millis(100);

/// Everything about the terminal.
pub(super) fn look() -> Vec<Finding> {
    let told = |name: &str| env::var(name).unwrap_or_default();
    vec![
        output(io::stdout().is_terminal()),
        kind(&told("TERM")),
        size(
            rustix::termios::tcgetwinsize(io::stdout())
                .ok()
                .map(|size| (size.ws_col, size.ws_row)),
        ),
        colours(&told("NO_COLOR"), &told("COLORTERM"), &told("TERM")),
        large_text(&told("TERM"), &told("TMUX")),
        images(
            means(
                ImageChoice::Auto,
                &told("TERM"),
                &told("TERM_PROGRAM"),
                &told("TMUX"),
            ),
            ask_terminal,
        ),
        unicode([told("LC_ALL"), told("LC_CTYPE"), told("LANG")]),
    ]
}

fn output(terminal: bool) -> Finding {
    if terminal {
        Finding::good("output", "a terminal")
    } else {
        Finding::less("output", "no terminal: parade DECK prints the deck as text")
    }
}

fn kind(term: &str) -> Finding {
    match term {
        "" => Finding::less("TERM", "not set: the terminal's kind is unknown"),
        "dumb" => Finding::missing(
            "TERM",
            "dumb: it can't place a cursor, so nothing can be presented",
        ),
        term => Finding::good("TERM", term),
    }
}

fn size(size: Option<(u16, u16)>) -> Finding {
    let (width, height) = WANTED;
    match size {
        None | Some((0, _) | (_, 0)) => Finding::less("size", "unknown"),
        Some((columns, rows)) if columns < width || rows < height => Finding::less(
            "size",
            format!("{columns}×{rows}: slides may scroll; {width}×{height} shows a demo whole"),
        ),
        Some((columns, rows)) => Finding::good("size", format!("{columns}×{rows}")),
    }
}

fn colours(no_color: &str, colorterm: &str, term: &str) -> Finding {
    let topic = "colours";
    if !no_color.is_empty() {
        Finding::less(topic, "none, because NO_COLOR is set")
    } else if matches!(colorterm, "truecolor" | "24bit") {
        Finding::good(topic, "16 million")
    } else if term.contains("256color") {
        Finding::good(topic, "256")
    } else {
        Finding::less(
            topic,
            "16: themes are brought down to the terminal's own; COLORTERM=truecolor says that it has more",
        )
    }
}

/// A talk asks the terminal; here is only what is known without.
fn large_text(term: &str, tmux: &str) -> Finding {
    let topic = "large text";
    if !tmux.is_empty() || term.starts_with("tmux") || term.starts_with("screen") {
        Finding::less(
            topic,
            "drawn in blocks: a multiplexer passes no scaled text on",
        )
    } else if term == "xterm-kitty" {
        Finding::good(topic, "scaled by the terminal")
    } else {
        Finding::good(
            topic,
            "scaled where the terminal says that it can when a talk opens, else drawn in blocks",
        )
    }
}

/// How images are shown where the configuration leaves that to the terminal.
fn images(means: Means, ask: impl FnOnce() -> Option<Told>) -> Finding {
    let topic = "images";
    let blocks = |why: &str| Finding::less(topic, format!("in half blocks: {why}"));
    match means {
        Means::Cells(why) => blocks(why),
        Means::By(protocol) => Finding::good(topic, name(protocol)),
        Means::Ask => match ask() {
            None => blocks("there is no terminal to ask"),
            Some(told) => match told.protocol() {
                None => blocks("the terminal tells of nothing better"),
                Some(protocol) => Finding::good(topic, name(protocol)),
            },
        },
    }
}

fn name(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Kitty => "by kitty's graphics protocol",
        Protocol::Iterm2 => "as iTerm2's inline images",
        Protocol::Sixel => "in sixels",
        Protocol::Pixels => "as pixels",
    }
}

/// What the terminal of standard output tells.
fn ask_terminal() -> Option<Told> {
    let on_terminal = io::stdout().is_terminal();
    let tty = on_terminal.then(Tty::open)?.ok()?;
    ask(&tty, ANSWERS_MAX).ok()
}

/// The first of the three that is set decides, as in the C library.
fn unicode(locales: [String; 3]) -> Finding {
    let locale = locales
        .into_iter()
        .find(|locale| !locale.is_empty())
        .unwrap_or_default();
    let plain = locale.to_ascii_lowercase().replace('-', "");
    if plain.contains("utf8") {
        Finding::good("unicode", locale)
    } else {
        let name = if locale.is_empty() {
            "no locale"
        } else {
            &locale
        };
        Finding::less(
            "unicode",
            format!("{name}: where emoji and bars look broken, set ascii in the configuration"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::Mark;
    use super::*;

    #[test]
    fn colours_follow_the_environment() {
        let cases = [
            (
                ("1", "truecolor", "xterm"),
                Mark::Less,
                "none, because NO_COLOR is set",
            ),
            (("", "truecolor", "xterm"), Mark::Good, "16 million"),
            (("", "", "xterm-256color"), Mark::Good, "256"),
        ];
        for ((no_color, colorterm, term), mark, says) in cases {
            assert_eq!(
                colours(no_color, colorterm, term),
                Finding::new(mark, "colours", says)
            );
        }
    }

    #[test]
    fn large_text_is_drawn_in_a_multiplexer() {
        let cases = [
            (("tmux-256color", "/tmp/tmux"), Mark::Less),
            (("screen", ""), Mark::Less),
            (("xterm-kitty", ""), Mark::Good),
            (("xterm-256color", ""), Mark::Good),
        ];
        for ((term, tmux), mark) in cases {
            assert_eq!(large_text(term, tmux).mark, mark, "{term} {tmux}");
        }
    }

    #[test]
    fn images_are_shown_as_the_terminal_tells() {
        let silent = || Some(Told::default());
        let by = images(Means::By(Protocol::Sixel), silent);
        assert_eq!(by, Finding::good("images", "in sixels"));
        for (means, asked, why) in [
            (Means::Ask, silent(), "the terminal tells of nothing better"),
            (Means::Ask, None, "there is no terminal to ask"),
            (
                Means::Cells("tmux stands between"),
                None,
                "tmux stands between",
            ),
        ] {
            let expected = Finding::less("images", format!("in half blocks: {why}"));
            assert_eq!(images(means, || asked), expected);
        }
    }

    #[test]
    fn a_small_screen_is_told() {
        assert_eq!(size(Some((120, 36))).mark, Mark::Good);
        assert_eq!(size(Some((79, 24))).mark, Mark::Less);
        assert_eq!(size(Some((0, 0))).mark, Mark::Less);
        assert_eq!(size(None).mark, Mark::Less);
    }

    #[test]
    fn the_first_locale_that_is_set_decides() {
        let locale =
            |all: &str, lang: &str| unicode([all.to_owned(), String::new(), lang.to_owned()]).mark;
        assert_eq!(locale("", "en_US.UTF-8"), Mark::Good);
        assert_eq!(locale("C.utf8", "POSIX"), Mark::Good);
        assert_eq!(locale("C", "en_US.UTF-8"), Mark::Less);
        assert_eq!(locale("", ""), Mark::Less);
    }
}
