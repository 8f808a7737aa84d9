//! Loads a theme for a picture: there is no terminal to ask whether it is light or dark.

use std::fs;
use std::sync::Arc;

use anyhow::{Context, anyhow};

use crate::app::ThemeChoice;
use crate::theme::{self, Theme, builtin, builtin_names};

/// The theme that was chosen; the dark one where none was.
pub(super) fn load(choice: &ThemeChoice) -> anyhow::Result<Arc<Theme>> {
    match choice {
        ThemeChoice::Auto => named("dark"),
        ThemeChoice::Named(name) => named(name),
        ThemeChoice::File(path) => {
            let name = path.display().to_string();
            let text =
                fs::read_to_string(path).with_context(|| format!("failed to read {name}"))?;
            let base = |name: &str| builtin(name).map(|theme| Theme::clone(&theme));
            let theme = theme::parse(&name, &text, &base);
            Ok(Arc::new(theme.map_err(|error| {
                anyhow!("failed to read {name}: {error}")
            })?))
        }
    }
}

fn named(name: &str) -> anyhow::Result<Arc<Theme>> {
    builtin(name).ok_or_else(|| {
        let names: Vec<&str> = builtin_names().collect();
        anyhow!(
            "failed to find theme {name}: expected a TOML file or one of {}",
            names.join(", ")
        )
    })
}
