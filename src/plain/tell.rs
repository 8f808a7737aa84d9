//! What is new since the last time: state → lines. Each thing is told once, when it changes.

use std::sync::Arc;

use parade_demos::report::Report;
use parade_demos::spec::DemoSpec;

use super::{hand, run, snippet, spoken};
use crate::app::{Bench, DemoKey, DemoState, Draft, Live, Mode, Notice, Panel, Place, State};
use crate::deck::{BlockKind, Slide};

/// What was told so far.
#[derive(Default)]
pub(super) struct Teller {
    place: Option<Place>,
    slide: Option<Arc<Slide>>,
    page: Vec<String>,
    emphasis: Vec<String>,
    panel: Option<Panel>,
    panel_lines: Vec<String>,
    demo: Option<DemoKey>,
    /// As the demo was said to run, and the parameter that was chosen.
    spec: Option<(DemoSpec, Option<String>)>,
    bench: Option<Bench>,
    lanes: Vec<String>,
    report: Option<Box<Report>>,
    runs: bool,
    snippet: snippet::Told,
    asked: Option<Asked>,
    notice: Option<Notice>,
}

/// What a question is about, whatever of its answer is typed already.
#[derive(Clone, Debug, PartialEq)]
enum Asked {
    /// What will come out of a run, by the question's mark.
    Prediction(String),
    /// Whether the commands of this may run.
    Consent(Live),
}

impl Asked {
    fn of(mode: &Mode) -> Option<Self> {
        match mode {
            Mode::Question(question) => Some(Self::Prediction(question.mark.clone())),
            Mode::Consent { what, .. } => Some(Self::Consent(what.clone())),
            _ => None,
        }
    }
}

impl Teller {
    /// Tells all of the slide the next time.
    pub(super) fn forget(&mut self) {
        *self = Self {
            notice: self.notice.take(),
            ..Self::default()
        };
    }

    /// What is to be told now.
    pub(super) fn news(&mut self, state: &State) -> Vec<String> {
        let mut lines = Vec::new();
        self.tell_slide(state, &mut lines);
        self.tell_demo(state, &mut lines);
        self.tell_run(state, &mut lines);
        self.snippet.news(state, &mut lines);
        self.tell_panel(state, &mut lines);
        self.tell_mode(state, &mut lines);
        let notice = state.notice.as_ref().map(|(notice, _)| notice.clone());
        if notice != self.notice {
            lines.extend(
                notice
                    .iter()
                    .map(|notice| format!("Note: {}.", notice.text)),
            );
            self.notice = notice;
        }
        lines
    }

    /// A slide that is new or changed is told whole; a further step, by what it reveals.
    fn tell_slide(&mut self, state: &State, lines: &mut Vec<String>) {
        let Some(slide) = state.slide() else {
            return;
        };
        let same = self.slide.as_ref() == Some(slide);
        if same && self.place == Some(state.place) {
            return;
        }
        let heading = format!(
            "Slide {} of {}",
            state.place.slide + 1,
            state.slides_total()
        );
        let page = spoken::slide(&heading, slide, state.place.step);
        let emphasis = spoken::emphasis(slide, state.place.step);
        if same
            && self
                .place
                .is_some_and(|place| place.slide == state.place.slide)
        {
            lines.extend(added(&self.page, &page));
            lines.extend(added(&self.emphasis, &emphasis));
        } else {
            lines.extend(page.iter().chain(&emphasis).cloned());
            if state.place.step < slide.steps {
                lines.push("(An empty line shows more.)".to_owned());
            }
            *self = Self {
                asked: self.asked.take(),
                notice: self.notice.take(),
                runs: self.runs,
                ..Self::default()
            };
        }
        self.page = page;
        self.emphasis = emphasis;
        self.place = Some(state.place);
        self.slide = Some(Arc::clone(slide));
    }

    /// The demo that commands go to, when it is another one or runs otherwise.
    fn tell_demo(&mut self, state: &State, lines: &mut Vec<String>) {
        let demo = state.demo_in_focus();
        let learn = state.settings.learn;
        if self.demo != state.demo {
            if let Some(demo) = demo {
                let place = number(state, &demo.spec.name);
                lines.extend(run::demo(demo, place, state.cores, learn));
            }
            self.lanes = Vec::new();
            self.report = demo.and_then(|demo| demo.report.clone());
        } else if let Some(demo) = demo.filter(|demo| self.differs(demo)) {
            lines.push(run::conditions(demo, state.cores, learn));
        }
        self.demo.clone_from(&state.demo);
        self.spec = demo.map(|demo| (demo.spec_in_focus(), demo.parameter.clone()));
        let bench = demo.and_then(|demo| demo.bench.clone());
        if bench != self.bench {
            if let Some(met) = bench.as_ref().filter(|_| self.bench.is_none()) {
                lines.extend(hand::keys(met, &state.keys));
            }
            lines.extend(bench.iter().flat_map(hand::bench));
            self.bench = bench;
        }
    }

    /// Whether a demo would run otherwise than was told.
    fn differs(&self, demo: &DemoState) -> bool {
        self.spec != Some((demo.spec_in_focus(), demo.parameter.clone()))
    }

    /// How the run goes, and what came out.
    fn tell_run(&mut self, state: &State, lines: &mut Vec<String>) {
        let demo = state.demo_in_focus();
        let run = state.run.as_ref();
        let runs = run.is_some_and(|run| run.what.demo().is_some());
        if runs && !self.runs {
            lines.push("The run begins.".to_owned());
        }
        if runs && let Some(snapshot) = demo.and_then(|demo| demo.snapshot.as_deref()) {
            let progress = run::progress(snapshot);
            lines.extend(added(&self.lanes, &progress));
            self.lanes = progress;
        }
        let report = demo.and_then(|demo| demo.report.clone()).filter(|_| !runs);
        if !runs && report != self.report {
            lines.extend(report.iter().flat_map(|report| run::result(report)));
            self.report = report;
        } else if self.runs && !runs && demo.is_some_and(|demo: &DemoState| demo.report.is_none()) {
            lines.push("The run was stopped.".to_owned());
        }
        self.runs = runs;
        if !runs {
            self.lanes = Vec::new();
        }
    }

    /// Notes or explanation: whole when they are opened, then by what changes in them.
    fn tell_panel(&mut self, state: &State, lines: &mut Vec<String>) {
        let panel = state.slide().map(|slide| state.panel_text(slide));
        let now = panel.iter().flat_map(spoken::panel).collect::<Vec<_>>();
        if self.panel != Some(state.panel) {
            let heading = match state.panel {
                Panel::None => None,
                Panel::Notes => Some("Notes:"),
                Panel::Explanation => Some("Explanation:"),
            };
            lines.extend(heading.filter(|_| !now.is_empty()).map(str::to_owned));
            lines.extend(now.iter().cloned());
        } else if now != self.panel_lines {
            lines.extend(added(&self.panel_lines, &now));
        }
        self.panel = Some(state.panel);
        self.panel_lines = now;
    }

    /// A question, when it is asked.
    fn tell_mode(&mut self, state: &State, lines: &mut Vec<String>) {
        let asked = Asked::of(&state.mode);
        if asked == self.asked {
            return;
        }
        match &state.mode {
            Mode::Question(question) => {
                lines.push(format!("Question: {}", question.text));
                match &question.draft {
                    Draft::Choice { choices, .. } => {
                        let each = choices.iter().zip(1..);
                        lines.extend(each.map(|(choice, number)| format!("{number}: {choice}")));
                        lines.push(
                            "A number answers and runs, r runs without an answer.".to_owned(),
                        );
                    }
                    Draft::Number(_) => {
                        lines.push("Type a number; r runs without an answer.".to_owned());
                    }
                }
            }
            Mode::Consent { what, commands, .. } => {
                let what = snippet::asking(what);
                lines.push(format!("This deck wants to run commands of its own{what}:"));
                lines.extend(commands.iter().cloned());
                lines.push("y lets them run, n does not.".to_owned());
            }
            _ => {}
        }
        self.asked = asked;
    }
}

/// The lines that are new, in order.
fn added(before: &[String], now: &[String]) -> Vec<String> {
    now.iter()
        .filter(|line| !before.contains(line))
        .cloned()
        .collect()
}

/// A demo's number among those of its slide, from 1, and how many there are.
fn number(state: &State, name: &str) -> (usize, usize) {
    let mut names = Vec::new();
    for block in state.slide().iter().flat_map(|slide| &slide.blocks) {
        if let BlockKind::Demo(demo) = &block.kind {
            names.push(demo.spec.name.as_str());
        }
    }
    let at = names.iter().position(|known| *known == name);
    (at.map_or(1, |at| at + 1), names.len().max(1))
}
