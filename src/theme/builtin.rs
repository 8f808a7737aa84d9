//! The themes that are compiled in. A new one is its file and its line here.

use std::sync::Arc;

use super::{Theme, ThemeError, parse};

/// Each theme's name and its file.
const THEMES: &[(&str, &str)] = &[
    ("terminal", include_str!("builtin/terminal.toml")),
    ("dark", include_str!("builtin/dark.toml")),
    ("light", include_str!("builtin/light.toml")),
    ("high-contrast", include_str!("builtin/high-contrast.toml")),
];

/// The names of the built-in themes.
pub fn builtin_names() -> impl Iterator<Item = &'static str> {
    THEMES.iter().map(|(name, _)| *name)
}

/// A built-in theme by its name.
pub fn builtin(name: &str) -> Option<Arc<Theme>> {
    let (name, text) = THEMES.iter().find(|(known, _)| *known == name)?;
    // A test reads every one of them, so none is lost here.
    read(name, text).ok().map(Arc::new)
}

/// Reads a theme, which may extend one of these.
///
/// # Errors
/// The first thing that is wrong, with its key and line.
pub fn read(name: &str, text: &str) -> Result<Theme, ThemeError> {
    parse(name, text, &|base| {
        builtin(base).map(|theme| Theme::clone(&theme))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_theme_is_well_formed() {
        for (name, text) in THEMES {
            let theme = read(name, text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(theme.name, *name);
            assert_eq!(theme.background.is_none(), *name == "terminal");
        }
    }

    #[test]
    fn there_is_no_theme_by_another_name() {
        assert_eq!(builtin("solarized"), None);
    }
}
