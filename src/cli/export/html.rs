//! A whole deck as one HTML file: goes through the slides, gathers what their demos' runs were, and
//! hands all of it to the export.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context;
use parade_demos::trace::{Recorder, Trace};

use super::traces;
use crate::app::{DemoKey, SnippetKey, SnippetState};
use crate::cli::run::Progress;
use crate::cli::stage::Stage;
use crate::cli::talk;
use crate::deck::Slide;
use crate::export::{HtmlTalk, html};
use crate::files::{self, Source};
use crate::highlight::Highlights;
use crate::theme::builtin;
use crate::{base64, pixels};

/// What the file is made of.
pub(super) struct Gathered {
    /// Where the deck is, and beside it the traces of its rehearsal.
    source: Source,
    /// The traces that were asked for, by the name of their demo, until they are placed.
    asked: BTreeMap<String, Trace>,
    slides: Vec<(usize, Arc<Slide>)>,
    highlights: Highlights,
    /// Images, as addresses that hold them, by their files.
    images: BTreeMap<PathBuf, String>,
    traces: BTreeMap<DemoKey, Trace>,
    snippets: BTreeMap<SnippetKey, SnippetState>,
}

impl Gathered {
    /// With these traces, by the name of their demo; each is of the first that has it.
    pub(super) fn new(source: Source, asked: BTreeMap<String, Trace>) -> Self {
        Self {
            source,
            asked,
            slides: Vec::new(),
            highlights: Highlights::default(),
            images: BTreeMap::new(),
            traces: BTreeMap::new(),
            snippets: BTreeMap::new(),
        }
    }

    /// Takes in the slide that is on the stage. Its demos' runs are those that were asked for, or
    /// that are made now, or that were rehearsed.
    pub(super) fn take(
        &mut self,
        stage: &mut Stage,
        number: usize,
        run: bool,
    ) -> anyhow::Result<()> {
        let mut recorders = Recorders::default();
        if run {
            stage.play_demos(None, |stage| {
                if let Some((demo, snapshot)) = stage.snapshot() {
                    recorders.take(demo, snapshot);
                }
            })?;
            recorders.progress.clear();
        }
        let mut made = recorders.finish();
        let talk = stage.state();
        let known = &talk.highlights.blocks;
        self.highlights
            .blocks
            .extend(known.iter().map(|(key, lines)| (*key, Arc::clone(lines))));
        let Some(slide) = talk.slide() else {
            return Ok(());
        };
        for demo in talk::demos(slide) {
            let rehearsed = self.source.trace(&slide.id, &demo.name);
            let rehearsed = rehearsed.filter(|path| !run && path.exists());
            let trace = match (self.asked.remove(&demo.name), made.remove(&demo.name)) {
                (Some(trace), _) | (None, Some(trace)) => Some(trace),
                (None, None) => rehearsed.map(|path| traces::read(&path)).transpose()?,
            };
            let key = DemoKey {
                slide: slide.id.clone(),
                demo: demo.name.clone(),
            };
            self.traces.extend(trace.map(|trace| (key, trace)));
        }
        let snippets = talk.live_shown().into_iter();
        let snippets = snippets.filter_map(|what| talk.snippet(what.snippet()?.number));
        self.snippets
            .extend(snippets.map(|(key, known)| (key, known.clone())));
        for (file, _) in talk::images(slide) {
            let held = held(&self.source, &file.path);
            self.images
                .extend(held.map(|held| (file.path.clone(), held)));
        }
        self.slides.push((number, Arc::clone(slide)));
        Ok(())
    }

    /// The file's text.
    pub(super) fn write(&self, stage: &Stage) -> anyhow::Result<String> {
        let theme = &*stage.state().theme;
        let other = builtin(if theme.dark { "light" } else { "dark" });
        let other = other.context("failed to find a built-in theme")?;
        let (dark, light) = if theme.dark {
            (theme, &*other)
        } else {
            (&*other, theme)
        };
        Ok(html(&HtmlTalk {
            deck: &self.source.word(),
            front: &stage.state().deck.front,
            slides: &self.slides,
            highlights: &self.highlights,
            dark,
            light,
            images: &self.images,
            traces: &self.traces,
            snippets: &self.snippets,
        }))
    }
}

/// An image's file as an address that holds it; `None` for one that can't be read.
fn held(source: &Source, path: &Path) -> Option<String> {
    let bytes = files::picture(source.folder().as_deref(), path).ok()?;
    let kind = pixels::media_type(&bytes)?;
    Some(format!("data:{kind};base64,{}", base64::encode(&bytes)))
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
