//! Line by line: the program, and its names, objects and counts before each line.

use std::fmt::Write as _;

use parade_demos::explore::Lines;
use parade_demos::explore::picture::{Heap, Object};
use serde_json::{Value, json};

use super::super::super::text::{json as script, words};

/// The most moments that a page steps through. Beyond, it says that only a terminal goes on.
const MOMENTS_MAX: usize = 500;

pub(super) fn write(mut lines: Lines, out: &mut String) {
    out.push_str("<div class=\"hand steps\">\n<pre class=\"code r-code-block\"><code>");
    for line in lines.program().source.lines() {
        let _ = write!(out, "<span class=\"line\">{}\n</span>", words(line));
    }
    out.push_str(
        "</code></pre>\n<div class=\"runs\"><table class=\"objects\"><thead><tr>\
         <th scope=\"col\">names</th><th scope=\"col\">object</th><td></td>\
         <th scope=\"col\">references</th></tr></thead><tbody></tbody></table></div>\n\
         <p class=\"turns\" hidden><button data-do=\"back\">↶ a line back</button>\
         <button data-do=\"on\">the next line ▸</button>\
         <output class=\"r-muted\"></output></p>\n",
    );
    let mut moments = vec![moment(&lines)];
    while moments.len() < MOMENTS_MAX && lines.forward() {
        moments.push(moment(&lines));
    }
    let steps = json!({"moments": moments, "goes_on": !lines.is_over()});
    let _ = writeln!(
        out,
        "<script type=\"application/json\">{}</script>\n</div>",
        script(&steps)
    );
}

/// The line that comes next, from 1, and the objects.
fn moment(lines: &Lines) -> Value {
    let heap = lines.heap();
    let objects = heap.objects.iter().filter_map(|object| row(object, &heap));
    json!([lines.line(), objects.collect::<Vec<_>>()])
}

/// Names, kind, text, and how many references lead there; none of an object that was made beforehand.
/// One that has neither a name nor been made by the program has no row.
fn row(object: &Object, heap: &Heap) -> Option<Value> {
    let names = heap.names.iter().filter(|name| name.object == object.id);
    let names = names.map(|name| match &name.function {
        Some(function) => format!("{function}.{}", name.name),
        None => name.name.clone(),
    });
    let names: Vec<String> = names.collect();
    if object.prepared && names.is_empty() {
        return None;
    }
    let count = (!object.prepared).then_some(object.count);
    Some(json!([names.join(", "), object.kind, object.text, count]))
}
