//! Source code: a padded block, tokens, line numbers, and groups of lines that are emphasized one
//! after the other. A line that does not fit goes on in the next row behind a sign: nothing is lost.

use super::glyph;
use super::rows::{Rows, Writer};
use super::setter::{Column, MEASURE, Setter};
use super::snippet;
use super::width::{prefix, text_columns, text_width};
use crate::deck::{Code, Colour, Lines};
use crate::highlight::{CodeKey, TokenSpan};
use crate::theme::{Ink, Role};

/// Columns left and right of code that has a background.
const PADDING: u16 = 2;
/// Lines beyond this many are not laid out; a note says so.
const LINES_MAX: usize = 5_000;
/// Rows beyond this many of a single line are not laid out; a note says so.
const ROWS_OF_A_LINE_MAX: usize = 100;

/// How one code block is set.
struct Plan {
    /// Columns of the whole block.
    width: u16,
    /// Columns before the text: padding, and the number.
    lead: u16,
    /// Columns after it.
    trail: u16,
    /// The background, as an ink for each role on it.
    background: Option<Colour>,
}

impl Setter<'_> {
    /// A code block as it looks at the current step, its groups beginning at `from_step`.
    pub(super) fn code(&mut self, code: &Code, from_step: u16, column: Column) -> Rows {
        let highlights = self.highlights;
        let tokens = highlights.blocks.get(&CodeKey::of(code));
        let plan = Plan::new(code, column.width);
        let group = active_group(code, self.step.saturating_sub(from_step));
        let mut rows = Rows::default();
        plan.pad(&mut rows);
        for (index, line) in code.lines.iter().take(LINES_MAX).enumerate() {
            let spans = tokens.and_then(|lines| lines.get(index));
            let inks = if emphasized(group, index) {
                let spans = spans.map_or(&[][..], Vec::as_slice);
                Inks::Tokens(spans)
            } else {
                Inks::Faded
            };
            let number = code
                .first_number
                .map(|first| first.saturating_add(index as u32));
            plan.line(line, number, &inks, &mut rows);
        }
        if code.lines.len() > LINES_MAX {
            plan.note(code.lines.len() - LINES_MAX, "lines", &mut rows);
        }
        plan.pad(&mut rows);
        snippet::attach(&code.exec, plan.trail, column, &mut rows);
        rows.align(column.align, column.width);
        rows
    }
}

/// How a line's text looks.
enum Inks<'a> {
    Tokens(&'a [TokenSpan]),
    Faded,
}

impl Plan {
    fn new(code: &Code, column_width: u16) -> Self {
        let lines = || code.lines.iter().take(LINES_MAX);
        let longest = lines().map(|line| text_width(line)).max().unwrap_or(0);
        let last_number = |first: u32| first.saturating_add(lines().count() as u32);
        let number = code.first_number.map_or(0, |first| {
            last_number(first).saturating_sub(1).max(1).ilog10() as u16 + 3
        });
        let limit = match code.width_percent {
            Some(percent) => (u32::from(column_width) * u32::from(percent.min(100)) / 100) as u16,
            None => column_width,
        };
        let fits = longest + usize::from(number) <= usize::from(limit);
        let padding = if code.no_background && fits {
            0
        } else {
            PADDING
        };
        let (lead, trail) = (padding + number, padding);
        let wanted = longest.saturating_add(usize::from(lead + trail));
        let least = if code.no_background || code.width_percent.is_some() {
            0
        } else {
            usize::from(limit.min(MEASURE))
        };
        Self {
            width: wanted.max(least).min(usize::from(limit)) as u16,
            lead,
            trail,
            background: (!code.no_background).then_some(Colour::Role(Role::CodeBlock)),
        }
    }

    /// The ink of a role on the block's background.
    fn ink(&self, role: Role) -> Ink {
        Ink {
            background: self.background,
            ..role.into()
        }
    }

    fn plain(&self) -> Ink {
        match self.background {
            Some(_) => self.ink(Role::CodeBlock),
            None => Role::Text.into(),
        }
    }

    /// An empty row of background above and below.
    fn pad(&self, rows: &mut Rows) {
        if self.background.is_some() {
            let mut writer = Writer::default();
            writer.fill(self.width, self.plain());
            rows.push(writer.runs());
        }
    }

    /// One line of code, in as many rows as it takes.
    fn line(&self, line: &str, number: Option<u32>, inks: &Inks<'_>, rows: &mut Rows) {
        let room = self.width.saturating_sub(self.lead + self.trail).max(1);
        let mut writer = self.begin(&number.map(|number| number.to_string()).unwrap_or_default());
        let mut used = 0;
        let mut rows_left = ROWS_OF_A_LINE_MAX;
        let mut cells_left = 0;
        for (mut text, role) in segments(line, inks) {
            let ink = role.map_or_else(|| self.plain(), |role| self.ink(role));
            while !text.is_empty() {
                if rows_left == 0 {
                    cells_left += text.len();
                    break;
                }
                let (mut head, mut width) = prefix(text, room - used);
                if head.is_empty() && used == 0 {
                    // Not even one cluster fits the column: it stands alone, and the page cuts it.
                    (head, width) = first_cluster(text);
                }
                writer.write_link(head, ink, None, width);
                used += width;
                text = &text[head.len()..];
                if !text.is_empty() {
                    rows.push(self.end(std::mem::take(&mut writer)));
                    writer = self.begin(glyph::CONTINUED);
                    used = 0;
                    rows_left -= 1;
                }
            }
        }
        rows.push(self.end(writer));
        if cells_left > 0 {
            self.note(cells_left, "bytes", rows);
        }
    }

    /// The beginning of a row: padding, with the line's number or the sign of its going on.
    fn begin(&self, label: &str) -> Writer {
        let mut writer = Writer::default();
        if self.lead == 0 {
            return writer;
        }
        let after = if label == glyph::CONTINUED { 1 } else { 2 };
        let label_width = text_columns(label);
        writer.fill(self.lead.saturating_sub(after + label_width), self.plain());
        writer.write(label, self.ink(Role::CodeNumber));
        writer.fill(self.lead, self.plain());
        writer
    }

    fn end(&self, mut writer: Writer) -> Vec<super::Run> {
        if self.background.is_some() {
            writer.fill(self.width, self.plain());
        }
        writer.runs()
    }

    /// A row that says how much is not shown.
    fn note(&self, count: usize, what: &str, rows: &mut Rows) {
        let mut writer = self.begin("");
        let text = format!("{} {count} more {what}", glyph::CUT);
        writer.write(&text, self.ink(Role::Warning));
        rows.push(self.end(writer));
    }
}

fn first_cluster(text: &str) -> (&str, u16) {
    (1..=u16::MAX)
        .map(|width| prefix(text, width))
        .find(|(head, _)| !head.is_empty())
        .unwrap_or((text, 0))
}

/// A line's text in stretches of one role each, `None` for plain.
fn segments<'a>(line: &'a str, inks: &'a Inks<'_>) -> Vec<(&'a str, Option<Role>)> {
    let spans = match inks {
        Inks::Faded => return vec![(line, Some(Role::CodeFaded))],
        Inks::Tokens(spans) => spans,
    };
    let mut segments = Vec::with_capacity(2 * spans.len() + 1);
    let mut at = 0;
    for span in *spans {
        let (start, end) = (span.start as usize, span.end as usize);
        // Tokens of an older text of the same key can't be: but a wrong one must not cut a character.
        let (Some(plain), Some(token)) = (line.get(at..start), line.get(start..end)) else {
            break;
        };
        segments.push((plain, None));
        segments.push((token, Some(Role::Token(span.token))));
        at = end;
    }
    segments.push((&line[at..], None));
    segments
}

/// The group that is emphasized after so many further steps.
fn active_group(code: &Code, steps: u16) -> Option<&Lines> {
    let last = code.groups.len().checked_sub(1)?;
    code.groups.get(usize::from(steps).min(last))
}

fn emphasized(group: Option<&Lines>, index: usize) -> bool {
    match group {
        None | Some(Lines::All) => true,
        Some(Lines::Ranges(ranges)) => ranges
            .iter()
            .any(|(first, last)| (*first as usize..=*last as usize).contains(&(index + 1))),
    }
}
