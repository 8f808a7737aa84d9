//! Learning alone: questions before runs, goals on their figures, and what is kept of both.
//!
//! [`judge`] lays answers and goals against a report, as far as [`noise`] lets it, and in [`words`];
//! [`progress`] is what is kept; [`question`] asks; [`told`] makes the panel's text of all this. Nothing here
//! happens unless the talk was opened to learn.

mod by_hand;
mod judge;
mod noise;
mod progress;
mod question;
mod told;
mod words;

use std::collections::BTreeMap;

use parade_demos::report::Report;

use super::slides::each_block;
use super::{DemoFocus, DemoKey, Effect, Notice, State};
use crate::deck::{BlockKind, Challenge, Predict, Slide};

use by_hand::is_by_hand;
pub use judge::{attempt, weigh};
pub use progress::*;
pub use question::{Draft, Question};

/// A question or a challenge of a slide, and where what is kept of it hangs.
struct Task<'a, T> {
    /// `slide/demo` for a question, `slide/name` for a challenge.
    mark: String,
    /// The demo whose run answers it.
    demo: String,
    what: &'a T,
}

impl State {
    /// A slide is shown: that it was seen is kept.
    pub(super) fn note_seen(&mut self, slide: &str, effects: &mut Vec<Effect>) {
        let known =
            self.progress.seen.contains(slide) && self.progress.last.as_deref() == Some(slide);
        if !known {
            let news = Progress {
                seen: [slide.to_owned()].into(),
                last: Some(slide.to_owned()),
                ..Progress::default()
            };
            self.keep(news, effects);
        }
    }

    /// Takes in what is new of the learner's progress, and has it kept.
    fn keep(&mut self, news: Progress, effects: &mut Vec<Effect>) {
        if self.settings.learn {
            self.progress.take_in(news.clone());
            effects.push(Effect::Keep(Box::new(news)));
        }
    }

    /// A run of this demo came to its end: its questions and challenges are laid against it.
    pub(super) fn learn_from_run(&mut self, key: &DemoKey, effects: &mut Vec<Effect>) {
        let slide = self.slide().cloned().filter(|slide| slide.id == key.slide);
        let demo = self.demos.get(key).filter(|_| self.settings.learn);
        let (Some(slide), Some(demo)) = (slide, demo) else {
            return;
        };
        let Some(report) = demo.report.clone() else {
            return;
        };
        if !demo.adds {
            return self.complain("a value changed during this run: it counts for no question");
        }
        let mut news = Progress::default();
        if demo.ran == DemoFocus::All {
            news.predictions = if demo.is_as_in_deck(self.cores as usize) {
                self.weighed(&slide, &key.demo, &report)
            } else {
                self.left_open(&slide, &key.demo)
            };
        }
        news.challenges = self.attempted(&slide, &key.demo, &report, |goal| !is_by_hand(goal));
        self.keep_if_new(news, effects);
        self.lay_out_panel_anew();
    }

    /// The answers to a demo's questions, laid against a run.
    fn weighed(&self, slide: &Slide, demo: &str, report: &Report) -> BTreeMap<String, Prediction> {
        let asked = questions(slide, demo)
            .into_iter()
            .filter(|task| self.lacks_cores(task.what.cores).is_none());
        let weighed = asked.filter_map(|task| {
            let guess = self.progress.predictions.get(&task.mark)?.guess.clone();
            let came = Some(weigh(task.what, &guess, report));
            Some((task.mark, Prediction { guess, came }))
        });
        weighed.collect()
    }

    /// The answers to a demo's questions after a run that was another one than they are about. What was
    /// said to an answer before stays.
    fn left_open(&self, slide: &Slide, demo: &str) -> BTreeMap<String, Prediction> {
        let open = questions(slide, demo).into_iter().filter_map(|task| {
            let kept = self.progress.predictions.get(&task.mark)?;
            let came = kept.came.is_none().then(|| Came {
                agreement: Agreement::Open,
                text: "You changed the demo, and the question is about it as the deck has it."
                    .to_owned(),
            })?;
            let prediction = Prediction {
                guess: kept.guess.clone(),
                came: Some(came),
            };
            Some((task.mark, prediction))
        });
        open.collect()
    }

    /// Lays a demo's challenges against figures; gives those that are met now. What was seen of each is
    /// told beside it until the app ends.
    fn attempted(
        &mut self,
        slide: &Slide,
        demo: &str,
        report: &Report,
        concerns: impl Fn(&Challenge) -> bool,
    ) -> BTreeMap<String, Attempt> {
        let mut met = BTreeMap::new();
        for task in challenges(slide, demo) {
            if !concerns(task.what) {
                continue;
            }
            let (is_met, mut said) = match self.lacks_cores(task.what.cores) {
                Some(why) => (false, why),
                None => attempt(task.what, report),
            };
            if report.spec.edited {
                said.push_str(" This was an edited program.");
            }
            self.tried.insert(task.mark.clone(), said.clone());
            let kept = self.progress.challenges.get(&task.mark);
            if is_met && kept.is_none_or(|kept| kept.met.is_none()) {
                let text = format!("✓ challenge met: {}", task.what.name);
                self.tell(Notice { text, bad: false });
                let attempt = Attempt {
                    met: Some(said),
                    hints: 0,
                };
                met.insert(task.mark, attempt);
            }
        }
        met
    }

    /// Why the demo's figures say nothing here, if it takes more cores than can be used.
    fn lacks_cores(&self, needed: u32) -> Option<String> {
        let usable = self.cores;
        let why = || format!("It takes {needed} cores to tell, and here {usable} can be used.");
        (usable < needed).then(why)
    }

    fn keep_if_new(&mut self, news: Progress, effects: &mut Vec<Effect>) {
        if news != Progress::default() {
            self.keep(news, effects);
        }
    }

    /// Opens the next hint of the demo's first challenge that is not met and has one left.
    pub(super) fn open_hint(&mut self, effects: &mut Vec<Effect>) {
        let Some(mark) = self.next_hint() else {
            return self.complain("there is no further hint here");
        };
        let open = self
            .progress
            .challenges
            .get(&mark)
            .map_or(0, |kept| kept.hints);
        let attempt = Attempt {
            met: None,
            hints: open + 1,
        };
        let news = Progress {
            challenges: [(mark, attempt)].into(),
            ..Progress::default()
        };
        self.keep(news, effects);
        self.lay_out_panel_anew();
    }

    /// The mark of the challenge whose next hint can be opened.
    pub fn next_hint(&self) -> Option<String> {
        let (slide, demo) = (self.slide()?, self.demo.as_ref()?);
        let left = |task: &Task<'_, Challenge>| {
            let kept = self.progress.challenges.get(&task.mark);
            let (met, open) = kept.map_or((false, 0), |kept| (kept.met.is_some(), kept.hints));
            !met && open < task.what.hints.len()
        };
        let mut tasks = challenges(slide, &demo.demo)
            .into_iter()
            .filter(|_| self.settings.learn);
        tasks.find(left).map(|task| task.mark)
    }
}

/// The questions before a demo's run. One that names no demo belongs to the slide's first.
fn questions<'a>(slide: &'a Slide, demo: &str) -> Vec<Task<'a, Predict>> {
    let mut tasks = tasks(slide, |kind| match kind {
        BlockKind::Predict(predict) => Some((predict.demo.as_deref(), &**predict)),
        _ => None,
    });
    tasks.retain(|task| task.demo == demo);
    for (index, task) in tasks.iter_mut().enumerate() {
        task.mark = match index {
            0 => format!("{}/{demo}", slide.id),
            _ => format!("{}/{demo}/{}", slide.id, index + 1),
        };
    }
    tasks
}

/// The challenges of a demo. One that names no demo belongs to the slide's first.
fn challenges<'a>(slide: &'a Slide, demo: &str) -> Vec<Task<'a, Challenge>> {
    let mut tasks = tasks(slide, |kind| match kind {
        BlockKind::Challenge(challenge) => Some((challenge.demo.as_deref(), &**challenge)),
        _ => None,
    });
    tasks.retain(|task| task.demo == demo);
    for task in &mut tasks {
        task.mark = format!("{}/{}", slide.id, task.what.name);
    }
    tasks
}

fn tasks<'a, T>(
    slide: &'a Slide,
    take: impl Fn(&'a BlockKind) -> Option<(Option<&'a str>, &'a T)>,
) -> Vec<Task<'a, T>> {
    let mut first = None;
    let mut found = Vec::new();
    for block in &slide.blocks {
        each_block(block, &mut |block| {
            if let BlockKind::Demo(demo) = &block.kind {
                first.get_or_insert(demo.spec.name.as_str());
            }
            found.extend(take(&block.kind));
        });
    }
    let task = |(demo, what): (Option<&str>, &'a T)| Task {
        mark: String::new(),
        demo: demo.or(first).unwrap_or_default().to_owned(),
        what,
    };
    found.into_iter().map(task).collect()
}
