//! What the environment says of the terminal, before that is asked itself.

use std::env;

use super::Means;
use crate::app::{ImageChoice, Protocol};
use crate::theme::Depth;

/// The variables that tell of the terminal, each empty where it is not set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// `TERM`: what kind of terminal it is.
    pub term: String,
    /// `TERM_PROGRAM`: which program it is.
    pub program: String,
    /// `TMUX`: where tmux listens.
    pub tmux: String,
    /// `COLORTERM`: that it has more colours than `TERM` says.
    pub colorterm: String,
    /// `NO_COLOR`: that none are wanted.
    pub no_color: String,
}

impl Environment {
    /// That of this process.
    pub fn of_process() -> Self {
        let variable = |name| env::var(name).unwrap_or_default();
        Self {
            term: variable("TERM"),
            program: variable("TERM_PROGRAM"),
            tmux: variable("TMUX"),
            colorterm: variable("COLORTERM"),
            no_color: variable("NO_COLOR"),
        }
    }

    /// The colours that can be shown.
    pub fn depth(&self) -> Depth {
        if !self.no_color.is_empty() || self.term == "dumb" {
            Depth::None
        } else if matches!(self.colorterm.as_str(), "truecolor" | "24bit")
            || self.term.ends_with("-direct")
        {
            Depth::TrueColour
        } else if self.term.contains("256color") {
            Depth::Ansi256
        } else {
            Depth::Ansi16
        }
    }

    /// Whether the terminal is of a kind that passes over a sequence that it does not know.
    pub fn takes_queries(&self) -> bool {
        !matches!(self.term.as_str(), "" | "linux" | "dumb")
    }

    /// Why there is no use in asking the terminal for more than cells, where there is none.
    pub fn only_cells(&self) -> Option<&'static str> {
        if !self.tmux.is_empty() || self.term.starts_with("tmux") {
            Some("tmux stands between")
        } else if self.term.starts_with("screen") {
            Some("screen stands between")
        } else if !self.takes_queries() {
            Some("TERM names no terminal that can do more")
        } else {
            None
        }
    }

    /// How images get to the terminal, where the user chose this.
    pub fn means(&self, choice: ImageChoice) -> Means {
        match choice {
            ImageChoice::Kitty => Means::By(Protocol::Kitty),
            ImageChoice::Iterm2 => Means::By(Protocol::Iterm2),
            ImageChoice::Sixel => Means::By(Protocol::Sixel),
            ImageChoice::Blocks => Means::Cells("the configuration says so"),
            ImageChoice::Off => Means::Cells("the configuration switches images off"),
            // It writes what it does not know on the screen.
            ImageChoice::Auto if self.program == "Apple_Terminal" => {
                Means::Cells("this terminal shows no pictures")
            }
            ImageChoice::Auto => self.only_cells().map_or(Means::Ask, Means::Cells),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(term: &str) -> Environment {
        Environment {
            term: term.to_owned(),
            ..Environment::default()
        }
    }

    #[test]
    fn it_says_how_many_colours_there_are() {
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
            let environment = Environment {
                no_color: no_color.to_owned(),
                colorterm: colorterm.to_owned(),
                ..environment(term)
            };
            assert_eq!(environment.depth(), expected, "{environment:?}");
        }
    }

    #[test]
    fn what_the_user_says_and_what_stands_between_decides_on_images() {
        let in_tmux = Environment {
            tmux: "/tmp/tmux,1,0".to_owned(),
            ..environment("xterm")
        };
        let apple = Environment {
            program: "Apple_Terminal".to_owned(),
            ..environment("xterm-256color")
        };
        let tmux = Means::Cells("tmux stands between");
        let unable = Means::Cells("TERM names no terminal that can do more");
        for (environment, expected) in [
            (environment("xterm-kitty"), Means::Ask),
            (environment("tmux-256color"), tmux),
            (in_tmux, tmux),
            (environment("screen"), Means::Cells("screen stands between")),
            (environment("linux"), unable),
            (environment(""), unable),
            (apple, Means::Cells("this terminal shows no pictures")),
        ] {
            assert_eq!(environment.means(ImageChoice::Auto), expected);
            let chosen = Means::By(Protocol::Sixel);
            assert_eq!(environment.means(ImageChoice::Sixel), chosen);
        }
    }
}
