//! A demo of whose run nothing is known: what would run, what is claimed of it, and how to run it.

use std::fmt::Write as _;

use parade_demos::spec::{DemoSpec, LaneSpec, Workers};

use super::super::style::name;
use super::super::text::words;
use crate::view::lane_colour;

pub(super) fn write(spec: &DemoSpec, deck: &str, out: &mut String) {
    out.push_str(
        "<div class=\"runs\"><table class=\"run\"><thead><tr><td></td><td></td>\
         <th scope=\"col\">what is done</th><th scope=\"col\">how</th>\
         <th scope=\"col\">workers</th></tr></thead><tbody>\n",
    );
    for lane in &spec.lanes {
        let _ = writeln!(
            out,
            "<tr style=\"--lane:var(--{})\"><td class=\"sign lane\">·</td><th scope=\"row\">{}</th>\
             <td>{}</td><td>{}</td><td>{}</td></tr>",
            name(lane_colour(spec, &lane.name)),
            words(&lane.label),
            words(&what(lane)),
            words(&lane.model),
            workers(lane.workers),
        );
    }
    out.push_str("</tbody></table></div>\n");
    if let Some(claim) = &spec.claim {
        let _ = writeln!(
            out,
            "<p><span class=\"r-muted\">claim</span> {}</p>",
            words(claim)
        );
    }
    // In a shell a bare # may begin a comment.
    let demo = format!("'{deck}#{}'", spec.name);
    let _ = writeln!(
        out,
        "<p class=\"r-muted\">It was not run here. <code>parade run {}</code> runs it; after \
         <code>parade rehearse</code> this page replays it.</p>",
        words(&demo)
    );
}

/// The workload, or a program and its arguments.
fn what(lane: &LaneSpec) -> String {
    if lane.command.is_empty() {
        lane.workload.clone()
    } else {
        lane.command.join(" ")
    }
}

fn workers(workers: Workers) -> String {
    match workers {
        Workers::Cores => "one a core".to_owned(),
        Workers::Items => "one for each thing waited for".to_owned(),
        Workers::Count(count) => count.to_string(),
    }
}
