//! The talk's side: what its consoles are told.

use parade_demos::snapshot::Snapshot;
use parade_demos::snippet::SnippetSnapshot;

use super::{Over, Told, ToldDemo, ToldLive, ToldRun, ToldSnippet};
use crate::app::{
    Bench, DemoKey, DemoState, Effect, Live, Mode, Picture, SnippetKey, SnippetState, State, Stop,
};

/// The most cores whose recent past is told: with more, a picture shows the present alone.
const HISTORIES_MAX: usize = 32;
/// The most lines of a snippet's output that are told: a console sees its end.
const OUTPUT_LINES_MAX: usize = 100;

impl State {
    /// So many consoles listen now: a new one is told all.
    pub(in crate::app) fn count_consoles(&mut self, consoles: usize) {
        self.consoles = consoles;
        self.told = None;
    }

    /// Tells the consoles how the talk stands, if any listens and something is new to them.
    pub(in crate::app) fn tell_consoles(&mut self, effects: &mut Vec<Effect>) {
        // A slide that is not parsed yet has no steps and no demos to tell of.
        let unparsed = self.slide().is_none() && self.slides_total() > 0;
        if self.consoles == 0 || unparsed {
            return;
        }
        let told = self.told_now();
        if self.told.as_deref() != Some(&told) {
            effects.push(Effect::Tell(Box::new(told.clone())));
            self.told = Some(Box::new(told));
        }
    }

    fn told_now(&self) -> Told {
        let here = self.slide().map(|slide| slide.id.as_str());
        let is_here = |slide: &String| Some(slide.as_str()) == here;
        let name = |key: &DemoKey| is_here(&key.slide).then(|| key.demo.clone());
        let demos = self.demos.iter().filter(|(key, _)| is_here(&key.slide));
        let snippets = self.snippets.iter();
        let snippets = snippets.filter(|(key, _)| is_here(&key.slide));
        Told {
            place: self.place,
            over: match &self.mode {
                Mode::Slide => Over::Nothing,
                Mode::Black => Over::Black,
                Mode::Consent { what, commands, .. } => Over::Consent {
                    what: told_live(what),
                    commands: commands.clone(),
                },
                _ => Over::Overlay,
            },
            question: match &self.mode {
                Mode::Question(question) => Some((**question).clone()),
                _ => None,
            },
            demo: self.demo.as_ref().and_then(name),
            snippet: self.snippet.as_ref().map(|key| key.number),
            snippets: snippets
                .map(|(key, known)| told_snippet(key, known))
                .collect(),
            demos: demos.map(|(_, demo)| told_demo(demo)).collect(),
            run: self.run.as_ref().map(|run| ToldRun {
                id: run.id,
                what: is_here(run.what.slide()).then(|| told_live(&run.what)),
                ends: run.stop != Stop::Not,
            }),
            clock: self.clock,
            notice: self
                .aside
                .as_ref()
                .or(self.notice.as_ref())
                .map(|(notice, _)| notice.clone()),
        }
    }
}

fn told_live(live: &Live) -> ToldLive {
    match live {
        Live::Demo(key) => ToldLive::Demo(key.demo.clone()),
        Live::Snippet(key) => ToldLive::Snippet(key.number),
    }
}

fn told_snippet(key: &SnippetKey, known: &SnippetState) -> ToldSnippet {
    let shown = |snapshot: &SnippetSnapshot| {
        let excess = snapshot.lines.len().saturating_sub(OUTPUT_LINES_MAX);
        Box::new(SnippetSnapshot {
            lines: snapshot.lines[excess..].to_vec(),
            left_out: snapshot.left_out + excess as u64,
            end: snapshot.end.clone(),
            ..*snapshot
        })
    };
    ToldSnippet {
        number: key.number,
        snapshot: known.snapshot.as_deref().map(shown),
        refused: known.refused.clone(),
    }
}

fn told_demo(demo: &DemoState) -> ToldDemo {
    let bench = demo.bench.as_ref();
    let snapshot = demo.snapshot.as_deref();
    ToldDemo {
        spec: demo.spec.clone(),
        picture: demo.picture,
        snapshot: snapshot.map(|snapshot| Box::new(shown(snapshot, demo.picture))),
        report: demo.report.clone(),
        focus: demo.focus,
        ran: demo.ran,
        stopped: demo.stopped,
        parameter: demo.parameter.clone(),
        refused: demo.refused.clone(),
        replay: demo.replay.as_ref().map(|replay| replay.mark.clone()),
        steps: bench.map(Bench::steps).unwrap_or_default(),
        outcome: bench.map_or(0, |bench| bench.outcome),
    }
}

/// What a picture shows of a snapshot: the rest would only fill the line.
fn shown(snapshot: &Snapshot, picture: Picture) -> Snapshot {
    let mut snapshot = snapshot.clone();
    snapshot.report = None;
    if picture != Picture::Timeline {
        snapshot.timeline.clear();
    }
    if snapshot.cores.len() > HISTORIES_MAX {
        for core in &mut snapshot.cores {
            core.history.clear();
        }
    }
    snapshot
}
