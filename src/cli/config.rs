//! `parade config`, and reading the configuration for those who need it.

use std::env;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};

use super::ending::Ending;
use crate::app::{self, ACTIONS, Languages};
use crate::deck::Transition;

/// What `parade config` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Config {
    /// This file instead of the user's own
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print a commented file to start from
    #[arg(long)]
    default: bool,
}

/// Prints the path, and the values as a file that could stand there.
pub(super) fn run(asked: &Config, out: &mut dyn Write) -> anyhow::Result<Ending> {
    if asked.default {
        write!(out, "{}", app::Config::default_text())?;
        return Ok(Ending::Done);
    }
    let config = read(asked.config.as_deref())?;
    match asked.config.clone().or_else(own_path) {
        Some(path) if path.exists() => writeln!(out, "# {}", path.display())?,
        Some(path) => writeln!(out, "# {} is not there: all as built in", path.display())?,
        None => writeln!(
            out,
            "# neither XDG_CONFIG_HOME nor HOME is set: all as built in"
        )?,
    }
    write!(out, "{}", values(&config))?;
    Ok(Ending::Done)
}

/// The languages of the user's own configuration where they are needed: where a deck's code may run.
pub(super) fn languages(trusted: bool) -> anyhow::Result<Arc<Languages>> {
    if trusted {
        Ok(read(None)?.settings.languages)
    } else {
        Ok(Arc::default())
    }
}

/// The configuration in this file, or in the user's own; none there is no fault, unless it was named.
pub(super) fn read(named: Option<&Path>) -> anyhow::Result<app::Config> {
    let Some(path) = named.map(Path::to_owned).or_else(own_path) else {
        return Ok(app::Config::default());
    };
    let name = path.display();
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound && named.is_none() => {
            return Ok(app::Config::default());
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!(
                "failed to read {name}: there is no such file; parade config --default prints one to start from"
            )
        }
        Err(error) => return Err(error).with_context(|| format!("failed to read {name}")),
    };
    // The place leads, as in every diagnostic, so that editors can go there.
    app::Config::read(&text).map_err(|error| anyhow!("{name}:{error}"))
}

/// Where the user's own configuration belongs.
fn own_path() -> Option<PathBuf> {
    let folder = |name: &str| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let base = folder("XDG_CONFIG_HOME").or_else(|| Some(folder("HOME")?.join(".config")))?;
    Some(base.join("parade").join("config.toml"))
}

/// Every value as a configuration file would have it.
fn values(config: &app::Config) -> String {
    let settings = &config.settings;
    let theme = toml::Value::String(settings.theme.to_string());
    let mut text = format!("theme = {theme}\n");
    for (name, on) in [
        ("slide_number", settings.slide_number),
        ("elapsed", settings.elapsed),
        ("mouse", settings.mouse),
        ("links", settings.links),
        ("clipboard", settings.clipboard),
        ("ascii", settings.ascii),
        ("reduced_motion", settings.reduced_motion),
    ] {
        text.extend([name, " = ", if on { "true" } else { "false" }, "\n"]);
    }
    text += &chosen("images", &settings.images, &app::ImageChoice::NAMES);
    text += &chosen("big_text", &settings.big_text, &app::BigText::NAMES);
    text += &chosen("transition", &settings.transition, &Transition::NAMES);
    text += "\n[keys]\n";
    for entry in ACTIONS.iter().filter(|entry| !entry.action.is_fixed()) {
        let keys = config.keys.keys(entry.action).iter();
        let keys = keys
            .map(|key| toml::Value::String(key.to_string()))
            .collect();
        text += entry.name;
        text += " = ";
        text += &toml::Value::Array(keys).to_string();
        text.push('\n');
    }
    text += &settings.languages.to_toml();
    text
}

/// A key whose value is one of several names.
fn chosen<T: PartialEq>(key: &str, value: &T, names: &[(&str, T)]) -> String {
    let name = names.iter().find(|(_, known)| known == value);
    name.map_or(String::new(), |(name, _)| format!("{key} = \"{name}\"\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_printed_read_back_as_the_same() {
        let text = "theme = 'a\\b.toml'\nelapsed = true\nclipboard = false\nimages = 'sixel'\nbig_text = 'drawn'\ntransition = 'slide'\nreduced_motion = true\n[languages.'c#']\nfile = 'a.cs'\ncommands = [['dotnet', \"'\"]]\n[keys]\nnext = ['F5', '\"']\nblack = []\n";
        let config = app::Config::read(text).unwrap();
        assert_eq!(app::Config::read(&values(&config)).unwrap(), config);
        let config = app::Config::default();
        assert_eq!(app::Config::read(&values(&config)).unwrap(), config);
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        fs::write(&path, "elapsed = 3\n").unwrap();
        let error = read(Some(&path)).unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("{}:1:11: ", path.display())),
            "{error}"
        );
        let missing = folder.path().join("none.toml");
        let error = read(Some(&missing)).unwrap_err().to_string();
        assert!(
            error.contains("there is no such file; parade config --default"),
            "{error}"
        );
    }
}
