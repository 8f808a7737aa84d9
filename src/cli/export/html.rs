//! A whole deck as one HTML file: goes through the slides, gathers what their demos' runs were, and
//! hands all of it to the export.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};
use parade_demos::trace::{self, Recorder, Trace};

use crate::cli::run::Progress;
use crate::cli::stage::{Left, Stage};
use crate::cli::talk;
use crate::deck::Slide;
use crate::export::{HtmlTalk, html};
use crate::highlight::Highlights;
use crate::theme::builtin;

/// What the file is made of.
#[derive(Default)]
pub(super) struct Gathered {
    slides: Vec<(usize, Arc<Slide>)>,
    highlights: Highlights,
    traces: BTreeMap<String, Trace>,
}

impl Gathered {
    /// With the traces in these files; each is of the demo whose name it has.
    pub(super) fn with_traces(paths: &[PathBuf]) -> anyhow::Result<Self> {
        let mut gathered = Self::default();
        for path in paths {
            let trace = trace::file::read(path)
                .with_context(|| format!("failed to read the trace {}", path.display()))?;
            gathered.traces.insert(trace.report.demo.clone(), trace);
        }
        Ok(gathered)
    }

    /// Takes in the slide that is on the stage, and runs its demos if asked.
    pub(super) fn take(&mut self, stage: &mut Stage, number: usize, run: bool) -> Left {
        if run {
            let mut recorders = Recorders::default();
            let left = stage.run_demos(None, |demo, snapshot| recorders.take(demo, snapshot));
            recorders.progress.clear();
            if left != Left::Done {
                return left;
            }
            self.traces.extend(recorders.finish());
        }
        let talk = stage.state();
        if let Some(slide) = talk.slide() {
            self.slides.push((number, Arc::clone(slide)));
        }
        let known = &talk.highlights.blocks;
        self.highlights
            .blocks
            .extend(known.iter().map(|(key, lines)| (*key, Arc::clone(lines))));
        Left::Done
    }

    /// The file's text.
    pub(super) fn write(&self, stage: &Stage) -> anyhow::Result<String> {
        let theme = &*stage.state().theme;
        self.every_trace_has_its_demo()?;
        let other = builtin(if theme.dark { "light" } else { "dark" });
        let other = other.context("failed to find a built-in theme")?;
        let (dark, light) = if theme.dark {
            (theme, &*other)
        } else {
            (&*other, theme)
        };
        Ok(html(&HtmlTalk {
            front: &stage.state().deck.front,
            slides: &self.slides,
            highlights: &self.highlights,
            dark,
            light,
            traces: &self.traces,
        }))
    }

    fn every_trace_has_its_demo(&self) -> anyhow::Result<()> {
        let demos = self.slides.iter().flat_map(|(_, slide)| talk::demos(slide));
        let names: BTreeSet<&str> = demos.map(|demo| demo.name.as_str()).collect();
        match self
            .traces
            .keys()
            .find(|name| !names.contains(name.as_str()))
        {
            Some(name) => {
                bail!("failed to place a trace: no slide that is exported has the demo {name}")
            }
            None => Ok(()),
        }
    }
}

/// The traces of a slide's demos while they run.
struct Recorders {
    by_demo: BTreeMap<String, Recorder>,
    progress: Progress,
}

impl Default for Recorders {
    fn default() -> Self {
        Self {
            by_demo: BTreeMap::new(),
            progress: Progress::on_stderr(),
        }
    }
}

impl Recorders {
    fn take(&mut self, demo: &str, snapshot: &parade_demos::snapshot::Snapshot) {
        self.progress.title = format!("{demo}: ");
        self.progress.show(snapshot);
        self.by_demo
            .entry(demo.to_owned())
            .or_default()
            .take(snapshot);
    }

    fn finish(self) -> impl Iterator<Item = (String, Trace)> {
        let over = |(demo, recorder): (String, Recorder)| Some((demo, recorder.finish()?));
        self.by_demo.into_iter().filter_map(over)
    }
}
