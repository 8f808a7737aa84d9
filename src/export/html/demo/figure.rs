//! The figures of lanes: what the page calls each, how it is written, and what it came to.

use std::fmt::Write as _;

use parade_demos::report::{LaneReport, Outcome};

use super::super::text::words;
use crate::view::{LogScale, figure};

/// How a figure is written; the page's script has a function of the same name for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
    Times,
    Mib,
    Cores,
    Count,
    Rate,
}

/// One figure of a lane.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figure {
    /// What the page calls it: one of the system's, or the name of a lane's own counter.
    pub(super) of: &'static str,
    pub(super) unit: Unit,
}

/// What the whole length of a bar stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scale {
    /// From nothing to so much.
    Full(f64),
    /// Powers of ten.
    Log(LogScale),
}

impl Unit {
    fn name(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
            Self::Milliseconds => "milliseconds",
            Self::Microseconds => "microseconds",
            Self::Nanoseconds => "nanoseconds",
            Self::Times => "times",
            Self::Mib => "mib",
            Self::Cores => "cores",
            Self::Count => "count",
            Self::Rate => "rate",
        }
    }

    fn written(self, value: f64) -> String {
        match self {
            Self::Seconds => figure::seconds(value),
            Self::Milliseconds => figure::milliseconds(value),
            Self::Microseconds => figure::microseconds(value),
            Self::Nanoseconds => figure::nanoseconds(value),
            Self::Times => figure::times(value),
            Self::Mib => figure::mib(value),
            Self::Cores => format!("{value:.2}"),
            Self::Count => figure::count(value.round()),
            Self::Rate => format!("{} MB/s", figure::count(value.round())),
        }
    }
}

impl Figure {
    pub(super) const fn new(of: &'static str, unit: Unit) -> Self {
        Self { of, unit }
    }

    /// Writes an element with what a lane came to, of which the page's script knows what it is.
    pub(super) fn cell(self, tag: &str, lane: &LaneReport, out: &mut String) {
        let written = value(lane, self.of).map(|value| self.unit.written(value));
        let _ = write!(
            out,
            "<{tag} data-of=\"{}\" data-unit=\"{}\">{}</{tag}>",
            self.of,
            self.unit.name(),
            words(written.as_deref().unwrap_or("–"))
        );
    }
}

/// What a figure came to.
pub(super) fn value(lane: &LaneReport, of: &str) -> Option<f64> {
    match of {
        "progress" => Some(f64::from(lane.outcome == Outcome::Done)),
        "wall" => lane.wall_s,
        "cpu" => lane.cpu_s,
        "cores" => lane.cores_used,
        "speedup" => lane.speedup,
        "cost" if lane.baseline && lane.outcome == Outcome::Done => Some(1.0),
        "cost" => lane.speedup.map(|speedup| 1.0 / speedup),
        "memory" => lane.pss_mib_max,
        "switches" => {
            let switches = lane.context_switches.as_ref()?;
            Some((switches.voluntary + switches.involuntary) as f64)
        }
        counter => lane.counters.get(counter)?.as_f64(),
    }
}

impl Scale {
    fn fraction(self, value: f64) -> f64 {
        match self {
            Self::Full(full) => (value / full).clamp(0.0, 1.0),
            Self::Log(scale) => scale.fraction(value),
        }
    }

    /// The attribute by which the page's script knows it.
    fn attribute(self) -> String {
        match self {
            Self::Full(full) => format!("data-full=\"{full:.4}\""),
            Self::Log(scale) => {
                let (first, last) = scale.exponents();
                format!("data-log=\"{first} {last}\"")
            }
        }
    }

    /// Marks and figures above bars of powers of ten.
    pub(super) fn axis(self, out: &mut String) {
        let Self::Log(scale) = self else {
            return;
        };
        out.push_str("<div class=\"axis\">");
        // About three figures have room beside each other.
        let (first, last) = scale.exponents();
        let every = (last - first).unsigned_abs().div_ceil(3) as usize;
        for (value, at) in scale.ticks().step_by(every.max(1)) {
            // The first begins at its mark, the last ends there, and none covers its neighbour.
            let percent = at * 100.0;
            let _ = write!(
                out,
                "<span style=\"left:{percent:.1}%;transform:translateX(-{percent:.1}%)\">{value}</span>",
            );
        }
        out.push_str("</div>");
    }
}

/// A bar of one part or of several, the shortest in front; over its end stands what perfect scaling is,
/// where it is given.
pub(super) fn bar(lane: &LaneReport, parts: &[Part], ideal: Option<f64>, out: &mut String) {
    out.push_str("<div class=\"bar\" aria-hidden=\"true\">");
    for part in parts.iter().rev() {
        let width = value(lane, part.over).map_or(0.0, |value| part.scale_over.fraction(value));
        let _ = write!(
            out,
            "<i data-of=\"{}\" {} style=\"width:{:.1}%\"></i>",
            part.during,
            part.scale_during.attribute(),
            width * 100.0
        );
    }
    if let (Some(ideal), Some(part)) = (ideal, parts.first()) {
        let left = part.scale_over.fraction(ideal) * 100.0;
        let _ = write!(out, "<b style=\"left:{left:.1}%\"></b>");
    }
    out.push_str("</div>");
}

/// A part of a bar: what it tells on the way, and what at the end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) during: &'static str,
    pub(super) scale_during: Scale,
    pub(super) over: &'static str,
    pub(super) scale_over: Scale,
}

impl Part {
    /// Of the same figure at every moment.
    pub(super) fn of(figure: &'static str, scale: Scale) -> Self {
        Self {
            during: figure,
            scale_during: scale,
            over: figure,
            scale_over: scale,
        }
    }
}
