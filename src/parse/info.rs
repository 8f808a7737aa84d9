//! What stands behind a code fence's backticks: the language and presenterm's attributes.

use crate::deck::{Expect, Lines, RunWhen};

use super::suggest;

/// The words of an info string.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Info {
    /// As written, empty for none.
    pub language: String,
    pub line_numbers: bool,
    pub no_background: bool,
    pub groups: Vec<Lines>,
    pub exec: InfoExec,
    pub id: Option<String>,
    pub width_percent: Option<u8>,
    /// What could not be understood, each with its help.
    pub problems: Vec<(String, String)>,
}

/// What an info string says about running the code.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct InfoExec {
    /// When it runs, if it does while its slide is shown.
    pub when: Option<RunWhen>,
    pub replaces: bool,
    /// `+exec:name`.
    pub executor: Option<String>,
    pub expect: Option<Expect>,
    /// `+env:file`.
    pub environment: Option<String>,
    /// An attribute that parade knows and does not follow, as written.
    pub unsupported: Option<String>,
}

/// Every attribute.
const ATTRIBUTES: &[&str] = &[
    "line_numbers",
    "no_background",
    "id",
    "width",
    "exec",
    "auto_exec",
    "exec_replace",
    "validate",
    "expect",
    "env",
    "pty",
    "acquire_terminal",
    "image",
    "render",
];

/// Most groups that lines can be emphasized in.
const GROUPS_MAX: usize = 256;

/// Every attribute's name.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    ATTRIBUTES.iter().copied()
}

/// Reads an info string. What is wrong in it is left out and told.
pub(super) fn read(info: &str) -> Info {
    let info = info.trim();
    let end = info
        .find(|c: char| c.is_whitespace() || c == '{')
        .unwrap_or(info.len());
    let (language, mut rest) = info.split_at(if info.starts_with('+') { 0 } else { end });
    let mut read = Info {
        language: language.to_owned(),
        ..Info::default()
    };
    while let Some(first) = rest.trim_start().chars().next() {
        rest = rest.trim_start();
        if first == '{' {
            let (inside, after) = rest[1..].split_once('}').unwrap_or((&rest[1..], ""));
            read.lines(inside);
            rest = after;
        } else {
            let end = rest
                .find(|c: char| c.is_whitespace() || c == '{')
                .unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            read.attribute(word);
            rest = after;
        }
    }
    read
}

impl Info {
    fn attribute(&mut self, word: &str) {
        let Some(attribute) = word.strip_prefix('+') else {
            let help = "attributes begin with `+`, lines to emphasize stand in braces";
            self.problems.push((
                format!("`{word}` behind the language is left out"),
                help.into(),
            ));
            return;
        };
        let (name, value) = attribute.split_once(':').unwrap_or((attribute, ""));
        match name {
            "line_numbers" => self.line_numbers = true,
            "no_background" => self.no_background = true,
            "id" if !value.is_empty() => self.id = Some(value.to_owned()),
            "width" => match value.trim_end_matches('%').parse() {
                Ok(percent) if (1..=100).contains(&percent) => self.width_percent = Some(percent),
                _ => self.problems.push((
                    format!("`{word}` is left out"),
                    "a width is written +width:50%".into(),
                )),
            },
            "exec" => self.exec.run(RunWhen::Asked, value),
            "auto_exec" => self.exec.run(RunWhen::Shown, value),
            "exec_replace" => {
                self.exec.run(RunWhen::Shown, value);
                self.exec.replaces = true;
            }
            "validate" => {
                self.exec.expect.get_or_insert(Expect::Success);
            }
            "expect" if value == "success" => self.exec.expect = Some(Expect::Success),
            "expect" if value == "failure" => self.exec.expect = Some(Expect::Failure),
            "env" if !value.is_empty() => self.exec.environment = Some(value.to_owned()),
            "pty" | "acquire_terminal" | "image" | "render" => {
                let first = || format!("+{attribute}");
                self.exec.unsupported.get_or_insert_with(first);
            }
            "id" | "expect" | "env" => {
                let (what, form) = match name {
                    "id" => ("an id", "+id:name"),
                    "expect" => ("what is expected", "+expect:success or +expect:failure"),
                    _ => ("an environment", "+env:file"),
                };
                self.problems.push((
                    format!("`{word}` is left out"),
                    format!("{what} is written {form}"),
                ));
            }
            _ => {
                let help = suggest::help(name, ATTRIBUTES.iter().copied());
                self.problems
                    .push((format!("no such attribute: `{word}`"), help));
            }
        }
    }

    fn lines(&mut self, inside: &str) {
        if inside.trim().is_empty() {
            return;
        }
        match inside
            .split('|')
            .take(GROUPS_MAX)
            .map(group)
            .collect::<Option<_>>()
        {
            Some(groups) => self.groups = groups,
            None => self.problems.push((
                format!("`{{{inside}}}` names no lines"),
                "lines to emphasize are written {1,3-5|7|all}".into(),
            )),
        }
    }
}

impl InfoExec {
    fn run(&mut self, when: RunWhen, executor: &str) {
        self.when = Some(when);
        if !executor.is_empty() {
            self.executor = Some(executor.to_owned());
        }
    }
}

fn group(text: &str) -> Option<Lines> {
    let mut ranges = Vec::new();
    for piece in text.split(',').map(str::trim) {
        if piece == "all" {
            return Some(Lines::All);
        }
        let (first, last) = piece.split_once('-').unwrap_or((piece, piece));
        let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        if first == 0 || last < first {
            return None;
        }
        ranges.push((first, last));
    }
    Some(Lines::Ranges(ranges))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_language_attributes_and_groups() {
        let some = |language: &str| Info {
            language: language.into(),
            ..Info::default()
        };
        for (info, expected) in [
            ("", some("")),
            ("rust", some("rust")),
            (
                "rust {1-4|6,8|all} +line_numbers",
                Info {
                    line_numbers: true,
                    groups: vec![
                        Lines::Ranges(vec![(1, 4)]),
                        Lines::Ranges(vec![(6, 6), (8, 8)]),
                        Lines::All,
                    ],
                    ..some("rust")
                },
            ),
            (
                "rust{2}",
                Info {
                    groups: vec![Lines::Ranges(vec![(2, 2)])],
                    ..some("rust")
                },
            ),
            (
                "bash +exec:zsh +id:a +no_background",
                Info {
                    exec: InfoExec {
                        when: Some(RunWhen::Asked),
                        executor: Some("zsh".into()),
                        ..InfoExec::default()
                    },
                    id: Some("a".into()),
                    no_background: true,
                    ..some("bash")
                },
            ),
            (
                "mermaid +render +width:50%",
                Info {
                    exec: InfoExec {
                        unsupported: Some("+render".into()),
                        ..InfoExec::default()
                    },
                    width_percent: Some(50),
                    ..some("mermaid")
                },
            ),
            (
                "rust +validate +exec_replace +env:here.env",
                Info {
                    exec: InfoExec {
                        when: Some(RunWhen::Shown),
                        replaces: true,
                        expect: Some(Expect::Success),
                        environment: Some("here.env".into()),
                        ..InfoExec::default()
                    },
                    ..some("rust")
                },
            ),
            (
                "sh +auto_exec +expect:failure +validate +pty:standby:80:24",
                Info {
                    exec: InfoExec {
                        when: Some(RunWhen::Shown),
                        expect: Some(Expect::Failure),
                        unsupported: Some("+pty:standby:80:24".into()),
                        ..InfoExec::default()
                    },
                    ..some("sh")
                },
            ),
            (
                "+line_numbers",
                Info {
                    line_numbers: true,
                    ..some("")
                },
            ),
        ] {
            assert_eq!(read(info), expected, "{info}");
        }
    }

    #[test]
    fn tells_what_it_leaves_out() {
        for (info, expected) in [
            ("c +line_number", "no such attribute: `+line_number`"),
            ("c {0}", "`{0}` names no lines"),
            ("c {5-2}", "`{5-2}` names no lines"),
            ("c {a|b", "`{a|b}` names no lines"),
            ("c title=x", "`title=x` behind the language is left out"),
            ("c +width:500%", "`+width:500%` is left out"),
            ("c +expect:fail", "`+expect:fail` is left out"),
            ("c +env", "`+env` is left out"),
            ("c +id:", "`+id:` is left out"),
        ] {
            let problems = read(info).problems;
            assert_eq!(
                problems
                    .iter()
                    .map(|(message, _)| message.as_str())
                    .collect::<Vec<_>>(),
                [expected]
            );
        }
    }
}
