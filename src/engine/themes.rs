//! Finds the theme that was asked for.

use std::path::Path;
use std::sync::Arc;

use crate::app::ThemeChoice;
use crate::theme::{self, Theme};

/// The largest theme file, in bytes.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// The theme that was asked for. `dark` says what the terminal's background is, once that is known.
///
/// # Errors
/// Why there is no such theme, to be told.
pub(super) fn find(choice: &ThemeChoice, dark: Option<bool>) -> Result<Arc<Theme>, String> {
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
    let base = |name: &str| theme::builtin(name).map(|theme| Theme::clone(&theme));
    theme::parse(&name, &text, &base).map_err(|error| error.to_string())
}
