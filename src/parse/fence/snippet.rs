//! Code that can be run: what its attributes and its hidden lines make of it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::deck::{Diagnostic, Exec, OutputPlace, RunWhen, Snippet};
use crate::parse::code;
use crate::parse::info::{Info, InfoExec};
use crate::parse::slide::Builder;
use parade_demos::visible::{visible, visible_string};

/// Whether and how the text behind this info string runs.
pub(super) fn read(
    builder: &mut Builder<'_>,
    info: &Info,
    text: &str,
    range: &Range<usize>,
) -> Exec {
    let InfoExec { when, expect, .. } = info.exec;
    if let Some(attribute) = &info.exec.unsupported {
        let span = builder.span(range.clone());
        let message = format!("`{attribute}` is not supported: this code is shown and not run");
        builder.report(Diagnostic::warning(span, message).with_help(instead_of(attribute)));
        return Exec::Unsupported(visible(attribute).into_owned());
    }
    if when.is_none() && expect.is_none() {
        return Exec::No;
    }
    let Some(environment) = environment(builder, info, range) else {
        return Exec::No;
    };
    let Some(number) = builder.snippet_number() else {
        return Exec::No;
    };
    let lines = || code::lines(&info.language, text);
    let hidden = lines().filter(|(hidden, _)| *hidden);
    let executor = info.exec.executor.as_ref().unwrap_or(&info.language);
    Exec::Snippet(Box::new(Snippet {
        number,
        when: when.unwrap_or(RunWhen::Checked),
        output: if info.exec.replaces {
            OutputPlace::Instead
        } else {
            OutputPlace::Below
        },
        language: visible_string(executor.to_lowercase()),
        program: lines().flat_map(|(_, line)| [line, "\n"]).collect(),
        hidden: hidden.map(|(_, line)| code::line(line)).collect(),
        environment,
        expect,
    }))
}

/// What to do without an attribute that is not supported.
fn instead_of(attribute: &str) -> &'static str {
    let name = attribute.split(':').next().unwrap_or(attribute);
    match name {
        "+pty" | "+acquire_terminal" => {
            "a program that needs a terminal is shown in a terminal of its own"
        }
        _ => "a picture that a program makes is shown as an image: ![](picture.png)",
    }
}

/// What the file of `+env:FILE` says; `None` when that can't be read, which is reported.
fn environment(
    builder: &mut Builder<'_>,
    info: &Info,
    range: &Range<usize>,
) -> Option<BTreeMap<String, String>> {
    let Some(named) = &info.exec.environment else {
        return Some(BTreeMap::new());
    };
    let place = builder.beside(named);
    let read = builder
        .files
        .read(&place)
        .and_then(|text| variables(&text))
        .map_err(|reason| format!("failed to read {}: {reason}", place.display()));
    match read {
        Ok(variables) => Some(variables),
        Err(message) => {
            let span = builder.span(range.clone());
            builder.report(Diagnostic::error(span, message));
            None
        }
    }
}

/// Lines of `NAME=VALUE`, the value in quotes or not; empty lines and those behind `#` say nothing.
fn variables(text: &str) -> Result<BTreeMap<String, String>, String> {
    let lines = text.lines().map(str::trim).enumerate();
    let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|(at, line)| {
            let line = line.strip_prefix("export ").unwrap_or(line);
            let (name, value) = line
                .split_once('=')
                .map(|(name, value)| (name.trim(), value.trim()))
                .filter(|(name, value)| is_name(name) && !value.contains('\0'))
                .ok_or_else(|| format!("line {} is not NAME=VALUE", at + 1))?;
            Ok((name.to_owned(), unquoted(value).to_owned()))
        })
        .collect()
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn unquoted(value: &str) -> &str {
    let inside = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::variables;

    #[test]
    fn reads_variables() {
        for (text, expected) in [
            ("", Ok("")),
            (
                "# none\n\nA=1\n export B = two words \n",
                Ok("A=1 B=two words"),
            ),
            ("A=\"x=y\"\nB='z'\nC=", Ok("A=x=y B=z C=")),
            ("A=1\nnothing", Err("line 2 is not NAME=VALUE")),
            ("1A=x", Err("line 1 is not NAME=VALUE")),
        ] {
            let found = variables(text).map(|found| {
                let pairs = found.iter().map(|(name, value)| format!("{name}={value}"));
                pairs.collect::<Vec<_>>().join(" ")
            });
            assert_eq!(
                found.as_ref().map(String::as_str).map_err(String::as_str),
                expected,
                "{text}"
            );
        }
    }
}
