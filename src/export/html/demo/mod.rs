//! A demo: what came out of its run, and the samples of its trace, from which the page draws gauges,
//! lanes and its own picture as they were at any moment.
//!
//! Rust writes a run as it ended, so that it can be read and printed as it stands; every element that
//! changes on the way says of which figure it is (`data-of`), and the page's script writes that
//! figure of another moment there. A program that is stepped by hand is stepped here beforehand.

mod figure;
mod hand;
mod lock;
mod matrix;
mod samples;
mod table;
mod timeline;
mod unseen;

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use parade_demos::report::{Report, VerdictState};
use parade_demos::spec::{DemoSpec, Show};
use parade_demos::trace::Trace;

use super::attributes::Attributes;
use super::text::{escaped, json, words};
use crate::deck::Date;
use crate::layout::matrix;
use crate::view::told;

/// A demo on its slide.
pub(super) struct Demo<'a> {
    pub(super) spec: &'a DemoSpec,
    /// What the deck is called on a command line; nothing for the built-in talk.
    pub(super) deck: &'a str,
    pub(super) trace: Option<&'a Trace>,
}

impl Demo<'_> {
    /// Writes it, with its run where there is a trace of it.
    pub(super) fn write(&self, place: &Attributes, out: &mut String) {
        let title = self.spec.title.as_deref().unwrap_or(&self.spec.name);
        let _ = writeln!(
            out,
            "<figure{} data-demo=\"{}\">\n<figcaption>{}</figcaption>",
            place.with("demo"),
            escaped(&self.spec.name),
            words(title)
        );
        let stepped = hand::write(self.spec, out);
        match self.trace {
            Some(trace) if stepped => self.explored(trace, out),
            Some(trace) => self.replay(trace, out),
            None if stepped => {}
            None => unseen::write(self.spec, self.deck, out),
        }
        out.push_str("</figure>\n");
    }

    /// What came of a program that is stepped by hand, and on demand how that went.
    fn explored(&self, trace: &Trace, out: &mut String) {
        let lanes = trace.report.lanes.iter();
        let found: Vec<_> = lanes
            .filter_map(|lane| lane.interleavings.as_deref())
            .collect();
        for found in &found {
            hand::outcomes(found, out);
        }
        let how = match found.first() {
            Some(found) => format!("How {} were explored", told::search(found)[0]),
            None => "How it ran".to_owned(),
        };
        let _ = writeln!(out, "<details><summary>{}</summary>", words(&how));
        self.replay(trace, out);
        out.push_str("</details>\n");
    }

    fn replay(&self, trace: &Trace, out: &mut String) {
        let report = &trace.report;
        controls(trace, out);
        if matrix(self.spec).is_some() {
            matrix::write(self.spec, report, out);
        } else {
            table::write(self.spec, report, out);
        }
        if self.spec.show == Show::Gil {
            lock::write(self.spec, trace, out);
        }
        self.verdict(report, out);
        remarks(self.spec, report, out);
        timeline::write(self.spec, trace, out);
        conditions(trace, out);
        let samples = samples::of(self.spec, trace);
        let _ = writeln!(
            out,
            "<script type=\"application/json\" class=\"samples\">{}</script>",
            json(&samples)
        );
    }

    /// The verdict's sentences; a matrix says by itself how each lane did, so that there remains
    /// whether the claim holds.
    fn verdict(&self, report: &Report, out: &mut String) {
        let verdict = &report.verdict;
        let (sign, role) = match verdict.state {
            VerdictState::Holds => ("✓ ", "good"),
            VerdictState::Fails => ("✗ ", "error"),
            VerdictState::Withheld => ("– ", "warning"),
            VerdictState::None => ("", "text"),
        };
        let text = match (matrix(self.spec), &verdict.claim) {
            (None, _) => Some(&verdict.text),
            (Some(_), Some(claim)) if verdict.state != VerdictState::None => Some(claim),
            (Some(_), _) => None,
        };
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            let _ = writeln!(
                out,
                "<p class=\"verdict\"><span class=\"r-{role}\">{sign}</span>{}</p>",
                words(text)
            );
        }
        if let Some(reason) = &verdict.reason {
            let why = match verdict.state {
                VerdictState::Withheld => "No verdict: ",
                _ => "",
            };
            let _ = writeln!(
                out,
                "<p class=\"verdict r-muted\">{why}{}</p>",
                words(reason)
            );
        }
    }
}

/// The moment that is shown, and the gauges, which the page draws.
fn controls(trace: &Trace, out: &mut String) {
    let _ = writeln!(
        out,
        "<div class=\"replay\" hidden><button data-do=\"play\" aria-label=\"Replay the run\">▶</button>\
         <input type=\"range\" min=\"0\" max=\"{}\" aria-label=\"Moment of the run\">\
         <output aria-live=\"off\"></output><span class=\"mark\">REPLAY</span></div>\n\
         <div class=\"gauges\" role=\"group\" aria-label=\"Load of each core\"></div>",
        trace.length().as_millis(),
    );
}

/// What the lanes counted themselves, where no picture tells of it.
fn remarks(spec: &DemoSpec, report: &Report, out: &mut String) {
    if !matches!(spec.show, Show::Lanes | Show::Gil) {
        return;
    }
    for lane in &report.lanes {
        let counts = lane.counters.iter().filter_map(|(name, value)| {
            let count = crate::view::figure::count(value.as_f64()?);
            Some(format!("{} {count}", name.replace('_', " ")))
        });
        let counts: Vec<String> = counts.collect();
        if !counts.is_empty() {
            let _ = writeln!(
                out,
                "<p class=\"counts verdict r-muted\">{}: {}</p>",
                words(&lane.label),
                words(&counts.join(" · "))
            );
        }
    }
}

/// Where and when it was measured.
fn conditions(trace: &Trace, out: &mut String) {
    let machine = &trace.machine;
    let cpu = if machine.cpu.is_empty() {
        &machine.os
    } else {
        &machine.cpu
    };
    let quota = machine
        .quota_cores
        .map_or(String::new(), |cores| format!(", quota {cores}"));
    let ideal = trace.report.ideal_speedup;
    let ideal = ideal.map_or(String::new(), |ideal| format!(" · ideal here {ideal:.2}×"));
    let day = trace.recorded_s.and_then(Date::of_unix);
    let day = day.map_or(String::new(), |day| format!(" · {day}"));
    let _ = writeln!(
        out,
        "<p class=\"conditions r-muted\">Measured on {} · {} cores, {} usable{quota}{ideal}{day}</p>",
        words(cpu),
        trace.cores.len(),
        machine.usable,
    );
}
