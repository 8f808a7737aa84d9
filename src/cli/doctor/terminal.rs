//! The terminal: what it says of itself through the environment; and how it shows images, which it is
//! asked, unless the configuration knows better.

use std::env;
use std::io::{self, IsTerminal};
use std::time::Duration;

use super::Finding;
use crate::app::{BigText, Config, ImageChoice, Protocol};
use crate::cli::config;
use crate::terminal::{Environment, Means, Told, Tty, ask};
use crate::theme::Depth;

/// The smallest screen on which a demo slide shows all it has.
const WANTED: (u16, u16) = (80, 24);

/// How long the terminal's answers are waited for: all that are in use answer, some far away.
const ANSWERS_MAX: Duration = Duration::from_secs(1);

/// Everything about the terminal.
pub(super) fn look() -> Vec<Finding> {
    let told = |name: &str| env::var(name).unwrap_or_default();
    let environment = Environment::of_process();
    let (config, unreadable) = match config::read(None) {
        Ok(config) => (config, None),
        Err(error) => (
            Config::default(),
            Some(Finding::missing("configuration", format!("{error:#}"))),
        ),
    };
    let mut found = vec![
        output(io::stdout().is_terminal()),
        kind(&environment.term),
        size(
            rustix::termios::tcgetwinsize(io::stdout())
                .ok()
                .map(|size| (size.ws_col, size.ws_row)),
        ),
        colours(environment.depth()),
        large_text(config.settings.big_text, &environment),
        images(config.settings.images, &environment, ask_terminal),
        unicode([told("LC_ALL"), told("LC_CTYPE"), told("LANG")]),
    ];
    found.extend(unreadable);
    found
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

fn colours(depth: Depth) -> Finding {
    let topic = "colours";
    match depth {
        Depth::TrueColour => Finding::good(topic, "16 million"),
        Depth::Ansi256 => Finding::good(topic, "256"),
        Depth::Ansi16 => Finding::less(
            topic,
            "16: themes are brought down to the terminal's own; COLORTERM=truecolor says that it has more",
        ),
        Depth::None => Finding::less(topic, "none, because of NO_COLOR or TERM=dumb"),
    }
}

/// A talk asks the terminal; here is only what is known without.
fn large_text(choice: BigText, environment: &Environment) -> Finding {
    let topic = "large text";
    let drawn = |why: &str| Finding::less(topic, format!("drawn in blocks: {why}"));
    match (choice, environment.only_cells()) {
        (BigText::Off, _) => Finding::less(topic, "none: the configuration switches it off"),
        (BigText::Drawn, _) => drawn("the configuration says so"),
        (BigText::Auto, Some(why)) => drawn(why),
        (BigText::Auto, None) => Finding::good(
            topic,
            "scaled where the terminal says that it can when a talk opens, else drawn in blocks",
        ),
    }
}

/// How images are shown; the terminal is asked where nothing else decides.
fn images(
    choice: ImageChoice,
    environment: &Environment,
    ask: impl FnOnce() -> Option<Told>,
) -> Finding {
    let topic = "images";
    let blocks = |why: &str| Finding::less(topic, format!("in half blocks: {why}"));
    match environment.means(choice) {
        Means::Cells(why) if choice == ImageChoice::Off => {
            Finding::less(topic, format!("as their alternative text: {why}"))
        }
        Means::Cells(why) => blocks(why),
        Means::By(protocol) => Finding::good(topic, name(protocol)),
        Means::Ask => match ask() {
            None => blocks("there is no terminal to ask"),
            Some(told) => match told.protocol() {
                Some(protocol) => Finding::good(topic, name(protocol)),
                None if told.is_all() => blocks("the terminal tells of nothing better"),
                None => blocks("the terminal gives no answer"),
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

    fn environment(term: &str) -> Environment {
        Environment {
            term: term.to_owned(),
            ..Environment::default()
        }
    }

    #[test]
    fn all_colours_are_good_and_fewer_are_told() {
        for (depth, mark, says) in [
            (Depth::TrueColour, Mark::Good, "16 million"),
            (Depth::Ansi256, Mark::Good, "256"),
            (
                Depth::None,
                Mark::Less,
                "none, because of NO_COLOR or TERM=dumb",
            ),
        ] {
            assert_eq!(colours(depth), Finding::new(mark, "colours", says));
        }
        assert_eq!(colours(Depth::Ansi16).mark, Mark::Less);
    }

    #[test]
    fn large_text_is_drawn_where_nothing_scales_it() {
        let cases = [
            (BigText::Auto, "tmux-256color", Mark::Less),
            (BigText::Auto, "linux", Mark::Less),
            (BigText::Auto, "xterm-256color", Mark::Good),
            (BigText::Drawn, "xterm-kitty", Mark::Less),
            (BigText::Off, "xterm-kitty", Mark::Less),
        ];
        for (choice, term, mark) in cases {
            let found = large_text(choice, &environment(term));
            assert_eq!(found.mark, mark, "{choice:?} {term}");
        }
    }

    #[test]
    fn images_are_shown_as_the_configuration_says_and_the_terminal_tells() {
        use ImageChoice::{Auto, Blocks, Off, Sixel};
        let silent = || Some(Told::default());
        let sixels = Finding::good("images", "in sixels");
        let blocks = |why: &str| Finding::less("images", format!("in half blocks: {why}"));
        let off = "as their alternative text: the configuration switches images off";
        for (choice, term, asked, expected) in [
            (Sixel, "tmux", None, sixels),
            (
                Auto,
                "xterm",
                silent(),
                blocks("the terminal gives no answer"),
            ),
            (Auto, "xterm", None, blocks("there is no terminal to ask")),
            (Auto, "tmux", None, blocks("tmux stands between")),
            (Blocks, "xterm", None, blocks("the configuration says so")),
            (Off, "xterm", None, Finding::less("images", off)),
        ] {
            assert_eq!(images(choice, &environment(term), || asked), expected);
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
