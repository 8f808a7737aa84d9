//! Finds the theme that was asked for: by the user, else by the deck.

use std::path::Path;
use std::sync::Arc;

use super::Engine;
use crate::app::ThemeChoice;
use crate::deck::DeckTheme;
use crate::theme::{self, Theme};

/// The largest theme file, in bytes.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// A theme to begin with.
pub struct Dressed {
    /// The theme.
    pub theme: Arc<Theme>,
    /// Which one it is.
    pub choice: ThemeChoice,
    /// Why it is not the one that the deck wants.
    pub refused: Option<String>,
}

impl Engine {
    /// The theme that the user wants, or else the one that the deck wants. A deck may want one that
    /// only another program has: that is told, and no reason not to show it.
    ///
    /// # Errors
    /// Why there is no theme such as the user wants.
    pub fn dress(&mut self, wanted: ThemeChoice) -> Result<Dressed, String> {
        let of_deck = match wanted {
            ThemeChoice::Auto => self.deck_theme(),
            _ => None,
        };
        let refused = match of_deck {
            None => None,
            Some(choice) => match self.theme(&choice) {
                Err(why) => Some(why),
                Ok(theme) => {
                    return Ok(Dressed {
                        theme,
                        choice,
                        refused: None,
                    });
                }
            },
        };
        Ok(Dressed {
            theme: self.theme(&wanted)?,
            choice: wanted,
            refused,
        })
    }

    /// Uses this theme from now on.
    pub(super) fn theme(&mut self, choice: &ThemeChoice) -> Result<Arc<Theme>, String> {
        let theme = find(choice, self.dark)?;
        self.theme = choice.clone();
        self.watch_theme();
        Ok(theme)
    }

    fn deck_theme(&self) -> Option<ThemeChoice> {
        match self.deck.front.theme.as_ref()? {
            DeckTheme::Named(name) => Some(ThemeChoice::Named(name.clone())),
            DeckTheme::File { path, .. } => Some(ThemeChoice::File(self.beside(Path::new(path)))),
        }
    }
}

/// The theme that was asked for. `dark` says what the terminal's background is, once that is known.
///
/// # Errors
/// Why there is no such theme, to be told.
fn find(choice: &ThemeChoice, dark: Option<bool>) -> Result<Arc<Theme>, String> {
    match choice {
        ThemeChoice::Auto => named(match dark {
            None => "terminal",
            Some(true) => "dark",
            Some(false) => "light",
        }),
        ThemeChoice::Named(name) => named(name),
        ThemeChoice::File(path) => read(path)
            .map(Arc::new)
            .map_err(|why| format!("failed to read the theme {}: {why}", path.display())),
    }
}

fn named(name: &str) -> Result<Arc<Theme>, String> {
    theme::builtin(name).ok_or_else(|| {
        let names: Vec<&str> = theme::builtin_names().collect();
        let names = names.join(", ");
        format!("there is no theme {name:?}; there are {names}, and files that end in .toml")
    })
}

fn read(path: &Path) -> Result<Theme, String> {
    let length = path.metadata().map_err(|error| error.to_string())?.len();
    if length > FILE_BYTES_MAX {
        return Err("it is larger than a theme may be".to_owned());
    }
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    theme::read(&name, &text).map_err(|error| error.to_string())
}
