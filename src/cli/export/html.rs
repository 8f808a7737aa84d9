//! A whole deck as one HTML file: goes through the slides, gathers what their demos' runs were, and
//! hands all of it to the export.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, bail};
use parade_demos::trace::{self, Recorder, Trace};

use crate::app::DemoKey;
use crate::cli::run::Progress;
use crate::cli::stage::{Left, Stage};
use crate::cli::talk;
use crate::deck::Slide;
use crate::export::{HtmlTalk, html};
use crate::files::Source;
use crate::highlight::Highlights;
use crate::theme::builtin;

/// What the file is made of.
pub(super) struct Gathered {
    /// Where the deck is, and beside it the traces of its rehearsal.
    source: Source,
    /// The traces that were asked for, by the name of their demo, until they are placed.
    asked: BTreeMap<String, Trace>,
    slides: Vec<(usize, Arc<Slide>)>,
    highlights: Highlights,
    traces: BTreeMap<DemoKey, Trace>,
}

impl Gathered {
    /// With the traces in these files; each is of the first demo whose name it has.
    pub(super) fn new(source: Source, paths: &[PathBuf]) -> anyhow::Result<Self> {
        let traces = paths.iter().map(|path| {
            let trace = read(path)?;
            Ok((trace.report.demo.clone(), trace))
        });
        Ok(Self {
            source,
            asked: traces.collect::<anyhow::Result<_>>()?,
            slides: Vec::new(),
            highlights: Highlights::default(),
            traces: BTreeMap::new(),
        })
    }

    /// Takes in the slide that is on the stage. Its demos' runs are those that were asked for, or
    /// that are made now, or that were rehearsed.
    pub(super) fn take(
        &mut self,
        stage: &mut Stage,
        number: usize,
        run: bool,
    ) -> anyhow::Result<Left> {
        let mut recorders = Recorders::default();
        if run {
            let left = stage.run_demos(None, |demo, snapshot| recorders.take(demo, snapshot));
            recorders.progress.clear();
            if left != Left::Done {
                return Ok(left);
            }
        }
        let mut made = recorders.finish();
        let talk = stage.state();
        let known = &talk.highlights.blocks;
        self.highlights
            .blocks
            .extend(known.iter().map(|(key, lines)| (*key, Arc::clone(lines))));
        let Some(slide) = talk.slide() else {
            return Ok(Left::Done);
        };
        for demo in talk::demos(slide) {
            let rehearsed = self.source.trace(&slide.id, &demo.name);
            let rehearsed = rehearsed.filter(|path| !run && path.exists());
            let trace = match (self.asked.remove(&demo.name), made.remove(&demo.name)) {
                (Some(trace), _) | (None, Some(trace)) => Some(trace),
                (None, None) => rehearsed.map(|path| read(&path)).transpose()?,
            };
            let key = DemoKey {
                slide: slide.id.clone(),
                demo: demo.name.clone(),
            };
            self.traces.extend(trace.map(|trace| (key, trace)));
        }
        self.slides.push((number, Arc::clone(slide)));
        Ok(Left::Done)
    }

    /// The file's text.
    pub(super) fn write(&self, stage: &Stage) -> anyhow::Result<String> {
        let theme = &*stage.state().theme;
        if let Some(name) = self.asked.keys().next() {
            bail!("failed to place a trace: no slide that is exported has the demo {name}");
        }
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
}

fn read(path: &Path) -> anyhow::Result<Trace> {
    trace::file::read(path).with_context(|| format!("failed to read the trace {}", path.display()))
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

    fn finish(self) -> BTreeMap<String, Trace> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok();
        let over = |(demo, recorder): (String, Recorder)| {
            let trace = Trace {
                recorded_s: now.map(|since| since.as_secs()),
                ..recorder.finish()?
            };
            Some((demo, trace))
        };
        self.by_demo.into_iter().filter_map(over).collect()
    }
}
