//! Which commands run a code block of which language: the built-in table, with what the
//! configuration replaces in it and adds to it.
//!
//! Both are the same text: `languages.toml` is what `parade config --default` prints.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use parade_demos::catalogue::value;
use parade_demos::snippet::SnippetSpec;
use parade_demos::spec::Value;
use serde::Deserialize;
use toml::Spanned;

use crate::deck::Snippet;

/// The built-in table, as a configuration file would have it.
pub(super) const TEXT: &str = include_str!("languages.toml");

/// How long a program may take, its build included, where its language says nothing else.
const TIME_MAX: Duration = Duration::from_mins(1);
/// The longest that can be set.
const TIME_LIMIT: Duration = Duration::from_hours(1);

/// How the programs of one language are built and run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// What else it is called.
    pub names: Vec<String>,
    /// The name of the file that gets the program.
    pub file: String,
    /// The commands, one after the other, word by word; `{file}` and `{folder}` stand for the file and
    /// for the folder that it is in.
    pub commands: Vec<Vec<String>>,
    /// How long all of it may take.
    pub time_max: Duration,
}

/// The table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Languages(BTreeMap<String, Language>);

/// A language as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Written {
    names: Option<Vec<String>>,
    file: Option<Spanned<String>>,
    commands: Option<Spanned<Vec<Vec<String>>>>,
    timeout: Option<Spanned<String>>,
}

/// What is wrong, and where in the text.
pub(super) type Fault = (Range<usize>, String);
/// What is wrong with a language, and where; `None` for what is lacking.
type Problem = (Option<Range<usize>>, String);

impl Default for Languages {
    fn default() -> Self {
        #[derive(Deserialize)]
        struct Table {
            languages: BTreeMap<Spanned<String>, Written>,
        }
        let table: Table = toml::from_str(TEXT).expect("a test reads the table");
        let mut languages = Self(BTreeMap::new());
        languages.take(&table.languages).expect("a test reads it");
        languages
    }
}

impl Languages {
    /// Replaces and adds languages. What one of them does not say stays as it is.
    pub(super) fn take(
        &mut self,
        written: &BTreeMap<Spanned<String>, Written>,
    ) -> Result<(), Fault> {
        for (name, written) in written {
            let before = self.0.get(&name.get_ref().to_lowercase());
            let language = written
                .over(before)
                .map_err(|(place, message)| (place.unwrap_or(name.span()), message))?;
            self.0.insert(name.get_ref().to_lowercase(), language);
        }
        Ok(())
    }

    /// The language of this name.
    pub fn find(&self, name: &str) -> Option<&Language> {
        let also = || {
            let mut all = self.0.values();
            all.find(|language| language.names.iter().any(|other| other == name))
        };
        self.0.get(name).or_else(also)
    }

    /// What is to be run for a snippet.
    ///
    /// # Errors
    /// Where no language of its name is known, with what to do about it.
    pub fn spec(&self, snippet: &Snippet) -> Result<SnippetSpec, String> {
        let name = &snippet.language;
        let Some(language) = self.find(name) else {
            return Err(if name.is_empty() {
                "it does not say of which language it is".to_owned()
            } else {
                format!("nothing runs `{name}`: add [languages.{name}] to the configuration")
            });
        };
        Ok(SnippetSpec {
            text: snippet.program.clone(),
            file: language.file.clone(),
            commands: language.commands.clone(),
            place: None,
            environment: snippet.environment.clone(),
            time_max: language.time_max,
        })
    }

    /// The table as a configuration file has it.
    pub fn to_toml(&self) -> String {
        let strings = |words: &[String]| {
            toml::Value::Array(words.iter().cloned().map(toml::Value::String).collect())
        };
        let mut text = String::new();
        for (name, language) in &self.0 {
            let commands = language.commands.iter().map(|words| strings(words));
            let name = if name.chars().all(|c| c.is_ascii_alphanumeric()) {
                name.clone()
            } else {
                toml::Value::String(name.clone()).to_string()
            };
            let time = value::duration_text(language.time_max);
            let lines = [
                format!("\n[languages.{name}]"),
                format!("names = {}", strings(&language.names)),
                format!("file = {}", toml::Value::String(language.file.clone())),
                format!("commands = {}", toml::Value::Array(commands.collect())),
                format!("timeout = {}", toml::Value::String(time)),
            ];
            text.extend(lines.map(|line| line + "\n"));
        }
        text
    }
}

impl Written {
    /// The language that this makes of what there was.
    fn over(&self, before: Option<&Language>) -> Result<Language, Problem> {
        let lack = |what: &str| (None, format!("this language lacks its `{what}`"));
        let file = match (&self.file, before) {
            (Some(file), _) => file_name(file)?,
            (None, Some(before)) => before.file.clone(),
            (None, None) => return Err(lack("file")),
        };
        let commands = match (&self.commands, before) {
            (Some(commands), _) => command_words(commands)?,
            (None, Some(before)) => before.commands.clone(),
            (None, None) => return Err(lack("commands")),
        };
        let time_max = match (&self.timeout, before) {
            (Some(time), _) => time_limit(time)?,
            (None, before) => before.map_or(TIME_MAX, |before| before.time_max),
        };
        let names = self.names.iter().flatten();
        let names = match (&self.names, before) {
            (None, Some(before)) => before.names.clone(),
            _ => names.map(|name| name.to_lowercase()).collect(),
        };
        Ok(Language {
            names,
            file,
            commands,
            time_max,
        })
    }
}

fn file_name(file: &Spanned<String>) -> Result<String, Problem> {
    let name = file.get_ref();
    if name.is_empty() || name == "." || name == ".." || name.contains(['/', '\0']) {
        let message = format!("`{name}` is no name of a file, such as main.c");
        return Err((Some(file.span()), message));
    }
    Ok(name.clone())
}

fn command_words(commands: &Spanned<Vec<Vec<String>>>) -> Result<Vec<Vec<String>>, Problem> {
    let words = commands.get_ref();
    let is_command = |words: &Vec<String>| words.first().is_some_and(|word| !word.is_empty());
    if words.is_empty() || !words.iter().all(is_command) {
        let message =
            "expected commands, each a list of words: [[\"cc\", \"{file}\"], [\"./a.out\"]]";
        return Err((Some(commands.span()), message.to_owned()));
    }
    Ok(words.clone())
}

fn time_limit(time: &Spanned<String>) -> Result<Duration, Problem> {
    let limit = value::duration(&Value::Text(time.get_ref().clone()));
    let limit = limit.filter(|limit| !limit.is_zero() && *limit <= TIME_LIMIT);
    limit.ok_or_else(|| {
        let message = format!(
            "`{}` is no time limit; expected one of at most an hour, such as \"30s\"",
            time.get_ref()
        );
        (Some(time.span()), message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_languages_by_all_their_names() {
        let languages = Languages::default();
        for (name, first_words) in [
            ("rust", "rustc {folder}/main"),
            ("rs", "rustc {folder}/main"),
            ("py", "python3"),
            ("bash", "bash"),
            ("shell", "bash"),
            ("sh", "sh"),
            ("c++", "c++ {folder}/main"),
            ("js", "node"),
            ("java", "java"),
            ("text", ""),
            ("", ""),
        ] {
            let language = languages.find(name);
            let commands = language.into_iter().flat_map(|language| &language.commands);
            let words: Vec<&str> = commands.map(|words| words[0].as_str()).collect();
            assert_eq!(words.join(" "), first_words, "{name}");
        }
        let rust = languages.find("rust").unwrap().commands[0].join(" ");
        assert!(rust.contains("--edition 2024 -C opt-level=3"), "{rust}");
    }

    #[test]
    fn no_name_is_that_of_two_languages() {
        let Languages(table) = Languages::default();
        let also = table.values().flat_map(|language| &language.names);
        let mut names: Vec<&String> = table.keys().chain(also).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn says_what_runs_a_snippet_or_what_is_missing() {
        let snippet = |language: &str| Snippet {
            language: language.to_owned(),
            program: "x\n".to_owned(),
            ..Snippet::default()
        };
        let languages = Languages::default();
        let spec = languages.spec(&snippet("sh")).unwrap();
        assert_eq!((&*spec.text, &*spec.file), ("x\n", "main.sh"));
        for (language, expected) in [
            ("", "it does not say of which language it is"),
            (
                "cobol",
                "nothing runs `cobol`: add [languages.cobol] to the configuration",
            ),
        ] {
            assert_eq!(languages.spec(&snippet(language)).unwrap_err(), expected);
        }
    }
}
