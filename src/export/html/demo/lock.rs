//! Who had an interpreter's lock: a row for each thread, with the newest stretch of time and the whole
//! run, both drawn by the page, and the thread's share of the time and its takes.

use std::fmt::Write as _;

use parade_demos::holds::Holds;
use parade_demos::spec::DemoSpec;
use parade_demos::trace::{HoldsFrame, Trace};
use serde_json::{Value, json};

use super::super::style::name;
use super::super::text::{escaped, words};
use crate::view::{figure, lane_colour};

/// Writes the lock of each lane that is no baseline; or of those, where there is no other.
pub(super) fn write(spec: &DemoSpec, trace: &Trace, out: &mut String) {
    let lanes = || trace.report.lanes.iter().zip(&trace.holds).enumerate();
    let only_baselines = lanes().all(|(_, (lane, holds))| lane.baseline || holds.is_none());
    for (index, (lane, holds)) in lanes() {
        let Some(holds) = holds.as_ref().filter(|_| only_baselines || !lane.baseline) else {
            continue;
        };
        let _ = writeln!(
            out,
            "<div class=\"runs\"><table class=\"lock\" data-lane=\"{index}\" style=\"--lane:var(--{})\">\
             <caption class=\"unseen\">Who held the lock: {}</caption><thead><tr>\
             <th scope=\"col\">lock held</th><th scope=\"col\" data-newest>newest</th>\
             <th scope=\"col\">the run, {}</th><th scope=\"col\">share</th>\
             <th scope=\"col\">takes</th></tr></thead><tbody>",
            name(lane_colour(spec, &lane.name)),
            escaped(&lane.label),
            figure::seconds(holds.at_ns as f64 / 1e9),
        );
        rows(holds, out);
        out.push_str("</tbody></table></div>\n");
    }
}

fn rows(holds: &Holds, out: &mut String) {
    const STRIP: &str = "<td><svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" \
                         aria-hidden=\"true\"><path/></svg></td>";
    let all = holds.held_ns().max(1) as f64;
    for holder in &holds.holders {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th>{STRIP}{STRIP}<td>{:.1} %</td><td>{}</td></tr>",
            words(&holder.name),
            100.0 * holder.held_ns as f64 / all,
            figure::count(holder.takes as f64),
        );
    }
}

/// Of each lane with a lock, in microseconds: the length of a stretch of the run, who had how much of
/// each, and the moments of the trace's frames.
pub(super) fn samples(trace: &Trace) -> Value {
    let lane = |(index, holds): (usize, &Option<Holds>)| {
        let holds = holds.as_ref()?;
        let stretches = holds
            .stretches
            .iter()
            .map(|held| held.iter().map(|ns| ns / 1000).collect());
        let stretches: Vec<Vec<u64>> = stretches.collect();
        let moment =
            |lanes: &[parade_demos::trace::LaneFrame]| lanes.get(index)?.holds.as_ref().map(moment);
        let moments = trace.frames.iter().map(|frame| moment(&frame.lanes));
        Some(json!({
            "stretch": holds.stretch_ns / 1000,
            "stretches": stretches,
            "moments": moments.collect::<Vec<_>>(),
        }))
    };
    trace.holds.iter().enumerate().map(lane).collect()
}

/// When it was, takes and time of each holder, and the newest holds.
fn moment(frame: &HoldsFrame) -> Value {
    let holders = frame
        .holders
        .iter()
        .map(|(takes, held_ns)| (takes, held_ns / 1000));
    let newest = frame.newest.iter();
    let newest = newest.map(|(holder, from, until)| (holder, from / 1000, until / 1000));
    json!([
        frame.at_ns / 1000,
        holders.collect::<Vec<_>>(),
        newest.collect::<Vec<_>>()
    ])
}
