//! The HTML tags that a deck may use: `<span>` with colours, `<sup>`, `<br>`.

use crate::deck::Paint;

use super::colour;

/// A tag that is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tag {
    Open(Open),
    Close(&'static str),
    /// The end of one that is none of ours.
    CloseUnknown,
    Break,
}

/// An opening tag.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Open {
    pub name: &'static str,
    /// The colours that it asks for.
    pub paint: Option<Paint>,
    /// What of it is not understood.
    pub problem: Option<String>,
}

/// Reads one tag; `Err` with the name of one that is none of ours, where it begins.
pub(super) fn read(tag: &str) -> Result<Tag, String> {
    let inside = tag
        .trim()
        .trim_start_matches('<')
        .trim_end_matches('>')
        .trim_end_matches('/');
    let (is_close, inside) = match inside.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, inside),
    };
    let end = inside
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(end);
    let name = match name.to_ascii_lowercase().as_str() {
        "br" => return Ok(Tag::Break),
        "span" => "span",
        "sup" => "sup",
        _ if is_close => return Ok(Tag::CloseUnknown),
        other => return Err(other.to_owned()),
    };
    if is_close {
        return Ok(Tag::Close(name));
    }
    let (paint, problem) = match paint(attributes) {
        Ok(paint) => (paint, None),
        Err(problem) => (None, Some(problem)),
    };
    Ok(Tag::Open(Open {
        name,
        paint,
        problem,
    }))
}

/// The colours in `style="…"` or behind `class="…"`.
fn paint(attributes: &str) -> Result<Option<Paint>, String> {
    let mut paint = None;
    for (name, value) in pairs(attributes) {
        match name {
            "style" => paint = Some(style(value)?),
            "class" => {
                let foreground = Some(colour::role(value)?);
                paint = Some(Paint {
                    foreground,
                    background: None,
                });
            }
            _ => {
                return Err(format!(
                    "attribute `{name}` is left out; `style` and `class` are known"
                ));
            }
        }
    }
    Ok(paint)
}

fn style(value: &str) -> Result<Paint, String> {
    let mut paint = Paint::default();
    for rule in value
        .split(';')
        .map(str::trim)
        .filter(|rule| !rule.is_empty())
    {
        let (key, value) = rule
            .split_once(':')
            .ok_or_else(|| format!("`{rule}` has no colon"))?;
        let colour = colour::read(value.trim());
        match key.trim() {
            "color" => paint.foreground = Some(colour?),
            "background-color" => paint.background = Some(colour?),
            other => {
                return Err(format!(
                    "style `{other}` is left out; `color` and `background-color` are known"
                ));
            }
        }
    }
    Ok(paint)
}

/// `name="value"` and `name='value'`.
fn pairs(attributes: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = attributes;
    std::iter::from_fn(move || {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = after[1..].split_once(quote)?;
        rest = after;
        Some((name.trim(), value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::Colour;

    #[test]
    fn reads_the_tags_that_decks_use() {
        let span = |foreground, background| {
            Tag::Open(Open {
                name: "span",
                paint: Some(Paint {
                    foreground,
                    background,
                }),
                problem: None,
            })
        };
        for (tag, expected) in [
            ("<br>", Ok(Tag::Break)),
            ("<br/>", Ok(Tag::Break)),
            ("</span>", Ok(Tag::Close("span"))),
            ("</div>", Ok(Tag::CloseUnknown)),
            (
                "<sup>",
                Ok(Tag::Open(Open {
                    name: "sup",
                    paint: None,
                    problem: None,
                })),
            ),
            (
                "<span style=\"color: red\">",
                Ok(span(Some(Colour::Ansi(9)), None)),
            ),
            (
                "<span style='color:#ff0080; background-color: black;'>",
                Ok(span(Some(Colour::Rgb(255, 0, 128)), Some(Colour::Ansi(0)))),
            ),
            ("<div class=\"x\">", Err("div".to_owned())),
        ] {
            assert_eq!(read(tag), expected, "{tag}");
        }
    }
}
