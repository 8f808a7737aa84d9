//! Comments that are commands: presenterm's, and parade's `id`, `explain` and `transition`.
//!
//! One table holds every command's name and how its value is read. What a command does is decided by
//! [`super::extents`] (slide ends, includes) and [`mod@super::slide`] (all others).

use crate::deck::{Align, Transition};

use super::suggest;

/// What a comment asks for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Command {
    Pause,
    EndSlide,
    SkipSlide,
    NewLines(u16),
    JumpToMiddle,
    ColumnLayout(Vec<u16>),
    Column(usize),
    ResetLayout,
    IncrementalLists(bool),
    IncrementalTables(bool),
    ListItemNewlines(u8),
    FontSize(u8),
    Alignment(Align),
    NoFooter,
    Include(String),
    SpeakerNote(String),
    SnippetOutput(String),
    Transition(Transition),
    Comment,
    Id(String),
    Explain(String),
}

/// A comment that looks like a command and is none, or whose value can't be understood.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mistake {
    /// Whether it named a command.
    pub known: bool,
    pub message: String,
    pub help: String,
}

type Read = fn(&str) -> Result<Command, &'static str>;

/// Most columns that a layout can have, and the largest weight of one.
const COLUMNS_MAX: usize = 16;
const WEIGHT_MAX: u16 = 1000;
/// A longer word is nobody's idea of a command.
const NAME_LENGTH_MAX: usize = 40;
/// Most blank lines that one command makes.
const BLANK_LINES_MAX: u16 = 200;

const COMMANDS: &[(&str, Read)] = &[
    ("pause", |value| nothing(value, Command::Pause)),
    ("end_slide", |value| nothing(value, Command::EndSlide)),
    ("skip_slide", |value| nothing(value, Command::SkipSlide)),
    ("new_line", |value| nothing(value, Command::NewLines(1))),
    ("newline", |value| nothing(value, Command::NewLines(1))),
    ("new_lines", |value| {
        Ok(Command::NewLines(number(value, 0, BLANK_LINES_MAX)?))
    }),
    ("newlines", |value| {
        Ok(Command::NewLines(number(value, 0, BLANK_LINES_MAX)?))
    }),
    ("jump_to_middle", |value| {
        nothing(value, Command::JumpToMiddle)
    }),
    ("column_layout", |value| {
        weights(value).map(Command::ColumnLayout)
    }),
    ("column", |value| {
        Ok(Command::Column(
            number(value, 0, COLUMNS_MAX as u16)?.into(),
        ))
    }),
    ("reset_layout", |value| nothing(value, Command::ResetLayout)),
    ("incremental_lists", |value| {
        switch(value).map(Command::IncrementalLists)
    }),
    ("incremental_tables", |value| {
        switch(value).map(Command::IncrementalTables)
    }),
    ("list_item_newlines", |value| {
        Ok(Command::ListItemNewlines(number(value, 1, 20)? as u8))
    }),
    ("font_size", |value| {
        Ok(Command::FontSize(number(value, 1, 7)? as u8))
    }),
    ("alignment", |value| align(value).map(Command::Alignment)),
    ("no_footer", |value| nothing(value, Command::NoFooter)),
    ("include", |value| text(value).map(Command::Include)),
    ("speaker_note", |value| {
        text(value).map(Command::SpeakerNote)
    }),
    ("snippet_output", |value| {
        text(value).map(Command::SnippetOutput)
    }),
    ("transition", |value| {
        transition(value).map(Command::Transition)
    }),
    ("comment", |_| Ok(Command::Comment)),
    ("id", |value| text(value).map(Command::Id)),
    ("explain", |value| text(value).map(Command::Explain)),
];

/// Every command's name.
#[cfg(test)]
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|(name, _)| *name)
}

/// The command between `<!--` and `-->`, if it is one without a mistake.
pub(crate) fn command(comment: &str, prefix: &str) -> Option<Command> {
    let (name, value) = split(behind(prefix, comment)?);
    known(name)?(value).ok()
}

/// Reads what stands between `<!--` and `-->`. `None` for a comment that is meant for nobody.
pub(crate) fn read(comment: &str, prefix: &str) -> Option<Result<Command, Mistake>> {
    let comment = behind(prefix, comment)?;
    let (name, value) = split(comment);
    if let Some(read) = known(name) {
        return Some(read(value).map_err(|expected| Mistake {
            known: true,
            message: format!("`{name}` with a value that it doesn't take"),
            help: expected.to_owned(),
        }));
    }
    looks_like_command(name, comment).then(|| {
        Err(Mistake {
            known: false,
            message: format!("no such command: `{name}`"),
            help: suggest::help(name, COMMANDS.iter().map(|(name, _)| *name)),
        })
    })
}

/// What a comment says behind the prefix that commands have in this deck.
fn behind<'a>(prefix: &str, comment: &'a str) -> Option<&'a str> {
    Some(comment.trim().strip_prefix(prefix)?.trim_start())
}

fn known(name: &str) -> Option<Read> {
    let (_, read) = COMMANDS.iter().find(|(known, _)| *known == name)?;
    Some(*read)
}

/// The word before the first colon, and what follows it.
fn split(comment: &str) -> (&str, &str) {
    match comment.split_once(':') {
        Some((name, value)) => (name.trim_end(), value),
        None => (comment, ""),
    }
}

/// A comment of one line that is a single word, near to a command's name, or a word and a value.
fn looks_like_command(name: &str, comment: &str) -> bool {
    let is_word = (1..=NAME_LENGTH_MAX).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-'));
    let is_snake = name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let ignored = name == "vim" || comment.contains('\n');
    let near = || suggest::nearest(name, COMMANDS.iter().map(|(name, _)| *name)).is_some();
    let has_value = name.len() < comment.len();
    is_word && !ignored && ((is_snake && (has_value || name.contains('_'))) || near())
}

fn nothing(value: &str, command: Command) -> Result<Command, &'static str> {
    if value.trim().is_empty() {
        Ok(command)
    } else {
        Err("it takes no value")
    }
}

fn number(value: &str, min: u16, max: u16) -> Result<u16, &'static str> {
    let number = value
        .trim()
        .parse()
        .ok()
        .filter(|number| (min..=max).contains(number));
    number.ok_or(match (min, max) {
        (1, 7) => "it takes a number from 1 to 7",
        (0, _) => "it takes a number, such as 2",
        _ => "it takes a number from 1 on",
    })
}

fn switch(value: &str) -> Result<bool, &'static str> {
    match value.trim() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err("it takes `true` or `false`"),
    }
}

fn align(value: &str) -> Result<Align, &'static str> {
    match value.trim() {
        "left" => Ok(Align::Start),
        "center" => Ok(Align::Center),
        "right" => Ok(Align::End),
        _ => Err("it takes `left`, `center` or `right`"),
    }
}

fn transition(value: &str) -> Result<Transition, &'static str> {
    let mut names = Transition::NAMES.iter();
    let found = names.find(|(name, _)| *name == value.trim());
    let expected = "it takes `off`, `slide` or `dissolve`";
    found.map(|(_, transition)| *transition).ok_or(expected)
}

fn weights(value: &str) -> Result<Vec<u16>, &'static str> {
    let expected =
        "it takes one weight from 1 to 1000 for each of at most 16 columns, such as [3, 2]";
    let inside = value
        .trim()
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let weights: Option<Vec<u16>> = inside
        .ok_or(expected)?
        .trim_end_matches([',', ' '])
        .split(',')
        .map(|weight| {
            weight
                .trim()
                .parse()
                .ok()
                .filter(|weight| (1..=WEIGHT_MAX).contains(weight))
        })
        .collect();
    weights
        .filter(|weights| weights.len() <= COLUMNS_MAX)
        .ok_or(expected)
}

/// Text as YAML would give it, without its pitfalls: quoted, in a block behind `|`, or plain, where
/// lines join.
fn text(value: &str) -> Result<String, &'static str> {
    let trimmed = value.trim();
    let text = if let Some(block) = trimmed.strip_prefix(['|', '>']) {
        dedent(block.split_once('\n').map_or("", |(_, lines)| lines))
    } else if let Some(quoted) = unquote(trimmed) {
        quoted
    } else {
        trimmed.lines().map(str::trim).collect::<Vec<_>>().join(" ")
    };
    if text.is_empty() {
        Err("it takes a text behind the colon")
    } else {
        Ok(text)
    }
}

fn unquote(text: &str) -> Option<String> {
    let mut inside = text
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inside = inside.or_else(|| {
        text.strip_prefix('\'')
            .and_then(|rest| rest.strip_suffix('\''))
    });
    inside.map(|inside| inside.replace("\\\"", "\"").replace("''", "'"))
}

/// The lines without the indentation that all of them have.
pub(crate) fn dedent(block: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let lines = || block.lines().map(str::trim_end);
    let common = lines()
        .filter(|line| !line.is_empty())
        .map(indent)
        .min()
        .unwrap_or(0);
    let dedented: Vec<_> = lines()
        .map(|line| line.get(common..).unwrap_or(""))
        .collect();
    dedented.join("\n").trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(comment: &str) -> Option<Result<Command, String>> {
        read(comment, "").map(|read| read.map_err(|mistake| mistake.help))
    }

    #[test]
    fn reads_every_command() {
        for (comment, expected) in [
            (" pause ", Command::Pause),
            ("end_slide", Command::EndSlide),
            ("new_line", Command::NewLines(1)),
            ("newlines: 12", Command::NewLines(12)),
            ("column_layout: [3, 2]", Command::ColumnLayout(vec![3, 2])),
            ("column_layout: [1,]", Command::ColumnLayout(vec![1])),
            ("column: 0", Command::Column(0)),
            ("incremental_lists: true", Command::IncrementalLists(true)),
            ("alignment: center", Command::Alignment(Align::Center)),
            ("font_size: 7", Command::FontSize(7)),
            ("include: \"a b.md\"", Command::Include("a b.md".into())),
            (
                "speaker_note: so: it is",
                Command::SpeakerNote("so: it is".into()),
            ),
            (
                "speaker_note: |\n  one\n    two\n\n  three\n",
                Command::SpeakerNote("one\n  two\n\nthree".into()),
            ),
            (
                "speaker_note: one\n  two",
                Command::SpeakerNote("one two".into()),
            ),
            (
                "transition: dissolve",
                Command::Transition(Transition::Dissolve),
            ),
            ("id: intro", Command::Id("intro".into())),
        ] {
            assert_eq!(outcome(comment), Some(Ok(expected)), "{comment}");
        }
    }

    #[test]
    fn tells_a_mistyped_command_from_a_comment_for_nobody() {
        let wrong = |help: &str| Some(Err(help.to_owned()));
        for (comment, expected) in [
            ("pauze", wrong("did you mean `pause`?")),
            ("end-slide", wrong("did you mean `end_slide`?")),
            ("colunm: 1", wrong("did you mean `column`?")),
            ("column: x", wrong("it takes a number, such as 2")),
            ("font_size: 8", wrong("it takes a number from 1 to 7")),
            (
                "column_layout: [0, 1]",
                wrong(
                    "it takes one weight from 1 to 1000 for each of at most 16 columns, such as [3, 2]",
                ),
            ),
            (
                "transition: fade",
                wrong("it takes `off`, `slide` or `dissolve`"),
            ),
            ("pause: 3", wrong("it takes no value")),
            ("include:", wrong("it takes a text behind the colon")),
            ("vim: set ft=markdown", None),
            ("{{{", None),
            ("// note to self", None),
            ("a remark in several words", None),
            ("TODO: say this better", None),
            ("prettier-ignore", None),
            ("a:\nseveral lines", None),
            (&"x".repeat(100), None),
            ("", None),
        ] {
            assert_eq!(outcome(comment), expected, "{comment}");
        }
    }

    #[test]
    fn reads_commands_behind_the_prefix_alone() {
        assert_eq!(read("cmd:pause", "cmd:"), Some(Ok(Command::Pause)));
        assert_eq!(read("pause", "cmd:"), None);
        assert_eq!(read("pauze", "cmd:"), None);
    }
}
