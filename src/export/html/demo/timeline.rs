//! Which lane had each core when, over the whole run: a row a core, its height how busy the core was.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use parade_demos::snapshot::Stretch;
use parade_demos::spec::DemoSpec;
use parade_demos::trace::Trace;

use super::super::style::name;
use super::super::text::words;
use crate::view::lane_colour;

/// Parts of the run, each drawn as one bar.
const PARTS: usize = 250;
/// How high a row is, and what is left free above a full bar.
const ROW: usize = 10;
const GAP: usize = 2;
/// The most rows.
const CORES_MAX: usize = 64;

/// Writes it, folded up.
pub(super) fn write(spec: &DemoSpec, trace: &Trace, out: &mut String) {
    let run_s = trace.length().as_secs_f64();
    let cores = cores(trace);
    if trace.timeline.is_empty() || run_s <= 0.0 || cores.is_empty() {
        return;
    }
    let height = cores.len() * ROW;
    let _ = write!(
        out,
        "<details class=\"timeline\"><summary>Which lane had which core when</summary><div>\
         <svg viewBox=\"0 0 {PARTS} {height}\" preserveAspectRatio=\"none\" \
         style=\"height:{:.1}em\" role=\"img\" aria-label=\"A row for each core: {}\">",
        cores.len() as f64 * 1.3,
        list(&cores),
    );
    for (lane, path) in paths(trace, &cores, run_s) {
        let colour = trace.report.lanes.get(lane);
        let colour = colour.map_or("muted", |lane| name(lane_colour(spec, &lane.name)));
        let _ = write!(out, "<path fill=\"var(--{colour})\" d=\"{path}\"/>");
    }
    let _ = write!(
        out,
        "<rect class=\"ahead\" x=\"{PARTS}\" width=\"{PARTS}\" height=\"{height}\"/></svg>\
         <p class=\"r-muted\">0 to {run_s:.1} s"
    );
    for lane in &trace.report.lanes {
        let colour = name(lane_colour(spec, &lane.name));
        let _ = write!(
            out,
            " · <b class=\"r-{colour}\">▆</b> {}",
            words(&lane.label)
        );
    }
    out.push_str("</p></div></details>\n");
}

fn list(cores: &[usize]) -> String {
    let cores: Vec<String> = cores.iter().map(usize::to_string).collect();
    cores.join(", ")
}

/// The cores on which a worker was seen.
fn cores(trace: &Trace) -> Vec<usize> {
    let mut cores: Vec<usize> = trace.timeline.iter().map(|stretch| stretch.core).collect();
    cores.sort_unstable();
    cores.dedup();
    cores.truncate(CORES_MAX);
    cores
}

/// The bars of each lane. A part of a core's row belongs to the lane that was busiest in it.
fn paths(trace: &Trace, cores: &[usize], run_s: f64) -> BTreeMap<usize, String> {
    let mut paths: BTreeMap<usize, String> = BTreeMap::new();
    for (row, core) in cores.iter().enumerate() {
        let own = trace
            .timeline
            .iter()
            .filter(|stretch| stretch.core == *core);
        let parts = parts(own, run_s);
        let mut at = 0;
        while at < PARTS {
            let same = parts[at..]
                .iter()
                .take_while(|part| **part == parts[at])
                .count();
            if let Some((lane, high)) = parts[at] {
                let base = (row + 1) * ROW;
                let path = paths.entry(lane).or_default();
                let _ = write!(path, "M{at} {base}v-{high}h{same}v{high}z");
            }
            at += same;
        }
    }
    paths
}

/// The busiest lane of each part of a row, and how high its bar is.
fn parts<'a>(
    stretches: impl Iterator<Item = &'a Stretch>,
    run_s: f64,
) -> Vec<Option<(usize, usize)>> {
    let mut busy = vec![BTreeMap::<usize, f64>::new(); PARTS];
    let part_s = run_s / PARTS as f64;
    for stretch in stretches {
        let (from, until) = (stretch.from.as_secs_f64(), stretch.until.as_secs_f64());
        let first = (from / part_s) as usize;
        for (part, lanes) in busy.iter_mut().enumerate().skip(first) {
            let begins = part as f64 * part_s;
            if begins >= until {
                break;
            }
            let within = until.min(begins + part_s) - from.max(begins);
            *lanes.entry(stretch.lane).or_default() += within.max(0.0) / part_s * stretch.busy;
        }
    }
    let tallest = |lanes: BTreeMap<usize, f64>| {
        let (lane, busy) = lanes.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
        let high = (busy.min(1.0) * (ROW - GAP) as f64).round() as usize;
        (high > 0).then_some((lane, high))
    };
    busy.into_iter().map(tallest).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_part_belongs_to_the_lane_that_was_busiest_in_it() {
        let stretch = |lane, from, until, busy| Stretch {
            lane,
            worker: 0,
            core: 0,
            from: Duration::from_millis(from),
            until: Duration::from_millis(until),
            busy,
        };
        let run = [stretch(0, 0, 10, 1.0), stretch(1, 6, 40, 0.5)];
        // A part is 10 ms.
        let parts = parts(run.iter(), 2.5);
        let full = ROW - GAP;
        let expected = [Some((0, full)), Some((1, full / 2)), Some((1, full / 2))];
        assert_eq!(parts[..3], expected);
        assert_eq!(parts[5], None);
    }
}
