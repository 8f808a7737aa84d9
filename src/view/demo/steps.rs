//! `show: steps`: the program with the line that comes next, and its names, objects and counts as they
//! are before it.

use parade_demos::explore::Lines;
use parade_demos::explore::picture::{Heap, Object};

use crate::layout::text_width;
use crate::theme::Role;
use crate::view::canvas::Canvas;

/// The widest that the program stands beside its objects.
const PROGRAM_WIDTH_MAX: u16 = 48;
/// From this width on the objects stand beside the program, else below it.
const BESIDE: u16 = 70;
/// The most dots that stand for a count.
const DOTS_MAX: u64 = 8;

/// Draws the program and, beside or below it, its objects.
pub(super) fn draw(lines: &Lines, canvas: &mut Canvas) {
    let source: Vec<&str> = lines.program().source.lines().collect();
    let widest = source
        .iter()
        .map(|line| line.chars().count())
        .max()
        .unwrap_or(0) as u16;
    if canvas.width() >= BESIDE {
        let width = (widest + 6).min(PROGRAM_WIDTH_MAX).min(canvas.width() / 2);
        let height = canvas.height();
        program(lines, &source, &mut canvas.part(0, 0, width, height));
        let rest = canvas.width().saturating_sub(width + 2);
        objects(lines, &mut canvas.part(width + 2, 0, rest, height));
    } else {
        let rows = (source.len() as u16 + 1).min(canvas.height() / 2);
        program(lines, &source, &mut canvas.rows(0, rows));
        let rest = canvas.height().saturating_sub(rows);
        objects(lines, &mut canvas.rows(rows, rest));
    }
}

fn program(lines: &Lines, source: &[&str], canvas: &mut Canvas) {
    let next = lines.line().map_or(source.len(), |line| line as usize - 1);
    let rows = usize::from(canvas.height());
    let first = (next + 2)
        .saturating_sub(rows)
        .min(source.len().saturating_sub(rows));
    for (y, (at, line)) in (0..).zip(source.iter().enumerate().skip(first).take(rows)) {
        let (sign, role) = match at {
            at if at == next => ("▶", Role::Heading),
            at if at < next => (" ", Role::Muted),
            _ => (" ", Role::Text),
        };
        canvas.text(0, y, sign, Role::Accent);
        canvas.cut(2, y, canvas.width().saturating_sub(2), line, role);
    }
    if lines.line().is_none() && source.len() < rows {
        canvas.text(0, source.len() as u16, "▶", Role::Accent);
        canvas.text(2, source.len() as u16, "the end", Role::Muted);
    }
}

fn objects(lines: &Lines, canvas: &mut Canvas) {
    let heap = lines.heap();
    let width = canvas.width();
    let count_end = width.min(64);
    let names = heap
        .objects
        .iter()
        .map(|object| text_width(&names_of(object, &heap)));
    let names_width = (names.max().unwrap_or(0) as u16 + 1).clamp(8, width / 2);
    canvas.text(0, 0, "names", Role::Muted);
    canvas.text(names_width + 2, 0, "object", Role::Muted);
    canvas.right(count_end, 0, "references", Role::Muted);
    let rows = usize::from(canvas.height().saturating_sub(1));
    let objects = heap.objects.iter().filter(|object| drawn(object, &heap));
    for (y, object) in (1..).zip(objects.take(rows)) {
        let names = names_of(object, &heap);
        canvas.cut(0, y, names_width, &names, Role::Heading);
        if !names.is_empty() {
            canvas.text(names_width, y, "→", Role::Faint);
        }
        let x = names_width + 2;
        let end = canvas.text(x, y, object.kind, Role::Muted);
        let room = count_end.saturating_sub(end + 1 + 14);
        canvas.cut(end + 1, y, room, &object.text, Role::Code);
        if object.prepared {
            canvas.right(count_end, y, "made beforehand", Role::Faint);
        } else {
            let dots = "●".repeat(object.count.min(DOTS_MAX) as usize);
            canvas.right(count_end.saturating_sub(4), y, &dots, Role::Lane(0));
            canvas.right(count_end, y, &object.count.to_string(), Role::Accent);
        }
    }
}

/// Whether the object has a row: one that the program made, or has a name for.
fn drawn(object: &Object, heap: &Heap) -> bool {
    !object.prepared || heap.names.iter().any(|name| name.object == object.id)
}

/// The names of an object; or which object it lies in.
fn names_of(object: &Object, heap: &Heap) -> String {
    let names = heap.names.iter().filter(|name| name.object == object.id);
    let names: Vec<String> = names
        .map(|name| match &name.function {
            Some(function) => format!("{function}.{}", name.name),
            None => name.name.clone(),
        })
        .collect();
    names.join(", ")
}
