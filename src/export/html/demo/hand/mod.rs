//! A program that is stepped by hand: every place that a reader can come to, worked out beforehand, so
//! that the page goes there without an interpreter. Neither a run nor a trace is needed for it.

mod lines;
mod schedule;

use std::fmt::Write as _;

use parade_demos::explore::Exhibit;
use parade_demos::interleavings::Interleavings;
use parade_demos::spec::DemoSpec;

use super::super::style::name;
use super::super::text::words;
use crate::theme::Role;
use crate::view::told;

/// Writes the program of a demo that is stepped by hand; tells whether it is one.
pub(super) fn write(spec: &DemoSpec, out: &mut String) -> bool {
    match Exhibit::of(spec) {
        None => return false,
        Some(Ok(Exhibit::Lines(lines))) => lines::write(lines, out),
        Some(Ok(Exhibit::Schedule(schedule))) => schedule::write(&schedule, out),
        Some(Err(why)) => {
            let _ = writeln!(
                out,
                "<p><span class=\"r-error\">✗</span> {}</p>",
                words(&why)
            );
        }
    }
    true
}

/// How many schedules lead to what; where the page knows the way to an outcome, its button goes there.
pub(super) fn outcomes(found: &Interleavings, out: &mut String) {
    let [all, covered] = told::search(found);
    let _ = writeln!(
        out,
        "<div class=\"runs\"><table class=\"outcomes\"><caption>{} <span class=\"r-muted\">{}</span>\
         </caption><tbody>",
        words(&all),
        words(&covered)
    );
    let deadlocks = found.outcomes.iter().filter(|one| one.deadlock).count();
    for (at, one) in found.outcomes.iter().enumerate() {
        let example: Vec<String> = one.example.iter().map(u8::to_string).collect();
        let role = if one.deadlock { "error" } else { "text" };
        let _ = writeln!(
            out,
            "<tr style=\"--lane:var(--{})\"><td><button data-way=\"{}\" \
             aria-label=\"Show a way there\">▶</button></td>\
             <th scope=\"row\" class=\"r-{role}\">{}</th>\
             <td><div class=\"bar\" aria-hidden=\"true\"><i style=\"width:{:.1}%\"></i></div></td>\
             <td>{}</td></tr>",
            name(Role::Lane(at as u8)),
            example.join(" "),
            words(&told::outcome(one, deadlocks == 1)),
            one.share * 100.0,
            told::grouped(&one.schedules),
        );
    }
    out.push_str("</tbody></table></div>\n");
}
