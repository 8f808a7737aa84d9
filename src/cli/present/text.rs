//! A deck as text, for a pipe: every slide fully revealed, one below the other.

use std::cmp::Reverse;
use std::io::{self, Write};

use parade_demos::spec::DemoSpec;
use unicode_width::UnicodeWidthStr;

use crate::cli::talk;
use crate::deck::Slide;
use crate::files::Opened;
use crate::highlight::Highlights;
use crate::layout::{Area, Letters, Page, Row, Size, SlotContent, layout};

/// The page that slides are laid out for. So low that nothing is moved to its middle: a pipe has none.
const SIZE: Size = Size {
    width: 80,
    height: 1,
};

/// Writes all slides, a line between them.
pub(super) fn write(opened: &Opened, out: &mut dyn Write) -> io::Result<()> {
    for (index, slide) in talk::slides(opened).enumerate() {
        if index > 0 {
            writeln!(out, "\n{}\n", "─".repeat(SIZE.width.into()))?;
        }
        let page = layout(
            &slide,
            slide.steps,
            SIZE,
            Letters::Plain,
            &Highlights::default(),
        );
        for line in lines(&page, &slide) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// The page's lines; a demo stands as the name of what it would run, an image as what it is called.
/// Blank lines around it all are left out.
fn lines(page: &Page, slide: &Slide) -> Vec<String> {
    let mut lines: Vec<String> = page.rows.iter().map(line).collect();
    let mut named: Vec<(Area, Option<String>)> = Vec::new();
    for slot in &page.slots {
        let name = match &slot.content {
            SlotContent::Demo(name) => {
                let demo = talk::demos(slide).find(|demo| demo.name == *name);
                Some(demo.map(in_a_line).unwrap_or_default())
            }
            // What a block of code would write is not there, and what it replaces stands.
            SlotContent::Snippet(_) => None,
        };
        named.push((slot.area, name));
    }
    let images = page.images.iter();
    named.extend(images.map(|spot| (spot.area, Some(format!("[image: {}]", spot.name)))));
    // From below, since each takes lines away.
    named.sort_by_key(|(area, _)| Reverse(area.y));
    for (area, name) in named {
        put(&mut lines, area, name.as_deref());
    }
    let written = |line: &String| !line.is_empty();
    let used = lines.iter().rposition(written).map_or(0, |last| last + 1);
    lines.truncate(used);
    lines.drain(..lines.iter().position(written).unwrap_or(0));
    lines
}

/// Names what has this room. Where it would be seen, nothing else stands: one line is enough.
fn put(lines: &mut Vec<String>, area: Area, name: Option<&str>) {
    let mut first = area.y as usize;
    if lines.len() <= first {
        lines.resize(first + 1, String::new());
    }
    if let Some(name) = name {
        lines[first] = format!("{}{name}", " ".repeat(area.x.into()));
        first += 1;
    } else {
        let rows = &lines[first..lines.len().min(area.end())];
        let used = rows.iter().rposition(|row| !row.is_empty());
        first += used.map_or(0, |last| last + 1);
    }
    let after = first..lines.len().min(area.end());
    let blank = lines
        .get(after.clone())
        .is_some_and(|rows| rows.iter().all(String::is_empty));
    if blank && !after.is_empty() {
        lines.splice(after, [String::new()]);
    }
}

fn line(row: &Row) -> String {
    let mut text = String::new();
    let mut width = 0;
    for run in &row.runs {
        let gap = usize::from(run.x).saturating_sub(width);
        text.extend(std::iter::repeat_n(' ', gap));
        text.push_str(&run.text);
        width += gap + run.text.width();
    }
    text.truncate(text.trim_end().len());
    text
}

fn in_a_line(demo: &DemoSpec) -> String {
    let lanes: Vec<&str> = demo.lanes.iter().map(|lane| lane.label.as_str()).collect();
    let title = demo.title.as_deref().unwrap_or(&demo.name);
    format!("[demo {}: {title}: {}]", demo.name, lanes.join(", "))
}
