//! The console's side: taking in what the talk told.

use std::sync::Arc;

use parade_demos::spec::DemoSpec;

use super::{Next, Over, Told, ToldDemo, ToldLive};
use crate::app::{
    Bench, ConsolePlan, ContentHash, DemoKey, DemoState, Effect, Live, Mode, Notice, Place, Replay,
    Running, SnippetKey, State, Stop,
};
use crate::layout::layout;

impl State {
    /// The talk told how it stands: so does the console.
    pub(in crate::app) fn follow(&mut self, told: Told, effects: &mut Vec<Effect>) {
        let Some(console) = &mut self.console else {
            return;
        };
        let before = std::mem::replace(&mut console.told, Arc::new(told));
        let told = Arc::clone(&console.told);
        self.clock = told.clock;
        if let Some(notice) = told.notice.clone().filter(|_| told.notice != before.notice) {
            self.tell(notice);
        }
        match &mut self.mode {
            // Whoever searches looks around; the talk is where the search ends.
            Mode::Search { from, .. } => *from = told.place,
            _ => self.go(told.place, effects),
        }
        self.mirror();
        self.dirty = true;
    }

    /// The talk is no longer heard.
    pub(in crate::app) fn lose(&mut self, why: String) {
        if let Some(console) = &mut self.console {
            console.lost = Some(why.clone());
            self.tell(Notice {
                text: why,
                bad: true,
            });
        }
    }

    /// Gives the demos of the slide, the run and what lies over the slide what the talk told of them.
    pub(in crate::app) fn mirror(&mut self) {
        let Some(told) = self
            .console
            .as_ref()
            .map(|console| Arc::clone(&console.told))
        else {
            return;
        };
        let Some(slide) = self.slide().cloned() else {
            return;
        };
        if self.place.slide != told.place.slide {
            return;
        }
        let key = |demo: &String| DemoKey {
            slide: slide.id.clone(),
            demo: demo.clone(),
        };
        for demo in &told.demos {
            if let Some(known) = self.demos.get_mut(&key(&demo.spec.name)) {
                known.mirror(demo);
            }
        }
        self.demo = told.demo.as_ref().map(key);
        let snippet = |number| SnippetKey {
            slide: slide.id.clone(),
            number,
        };
        for told in &told.snippets {
            if let Some(known) = self.snippets.get_mut(&snippet(told.number)) {
                known.snapshot.clone_from(&told.snapshot);
                known.refused.clone_from(&told.refused);
            }
        }
        self.snippet = told.snippet.map(snippet);
        let live = |what: &ToldLive| match what {
            ToldLive::Demo(name) => Live::Demo(key(name)),
            ToldLive::Snippet(number) => Live::Snippet(snippet(*number)),
        };
        self.run = told.run.as_ref().map(|run| Running {
            id: run.id,
            // What runs on for a moment after its slide was left is nothing of this one.
            what: run
                .what
                .as_ref()
                .map_or_else(|| DemoKey::default().into(), live),
            stop: if run.ends { Stop::End } else { Stop::Not },
        });
        // What whoever sits here opened stays.
        if matches!(
            self.mode,
            Mode::Slide | Mode::Consent { .. } | Mode::Question(_)
        ) {
            self.enter(match (&told.question, &told.over) {
                (Some(question), _) => Mode::Question(Box::new(question.clone())),
                (None, Over::Consent { what, commands }) => Mode::Consent {
                    what: live(what),
                    commands: commands.clone(),
                    // The talk alone allows anything.
                    content: ContentHash::default(),
                },
                _ => Mode::Slide,
            });
        }
    }

    /// At a console: lays out what a step further shows.
    pub(in crate::app) fn lay_out_next(&mut self) {
        if self.console.is_none() {
            return;
        }
        let next = self.next_place().and_then(|place| {
            let slide = self.slides.get(&place.slide)?;
            let size = ConsolePlan::of(self.size).next.size();
            let page = layout(slide, place.step, size, self.letters(), &self.highlights);
            Some(Next {
                place,
                page: Arc::new(page),
            })
        });
        if let Some(console) = &mut self.console {
            console.next = next;
            self.dirty = true;
        }
    }

    /// Where a step further leads; `None` at the end.
    fn next_place(&self) -> Option<Place> {
        let Place { slide, step } = self.place;
        if step < self.slide()?.steps {
            return Some(Place {
                slide,
                step: step + 1,
            });
        }
        let slide = slide + 1;
        (slide < self.slides_total()).then_some(Place { slide, step: 0 })
    }
}

impl DemoState {
    fn mirror(&mut self, told: &ToldDemo) {
        let program = |spec: &DemoSpec| spec.lanes.first().map(|lane| lane.with.clone());
        if self.bench.is_some() && program(&self.spec) != program(&told.spec) {
            self.bench = Bench::of(&told.spec);
        }
        self.spec = told.spec.clone();
        self.picture = told.picture;
        self.snapshot.clone_from(&told.snapshot);
        self.report.clone_from(&told.report);
        self.focus = told.focus;
        self.ran = told.ran;
        self.stopped = told.stopped;
        self.parameter.clone_from(&told.parameter);
        self.refused.clone_from(&told.refused);
        let replay = |mark| Replay { mark, player: None };
        self.replay = told.replay.clone().map(replay);
        if let Some(bench) = &mut self.bench {
            bench.retrace(&told.steps);
            bench.outcome = told.outcome;
        }
    }
}
