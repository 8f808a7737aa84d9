//! A whole deck as one HTML file: goes through the slides, gathers what their demos' runs were, and
//! hands all of it to the export.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, bail};
use parade_demos::trace::{Recorder, Trace};

use super::{play_demos, traces};
use crate::app::{DemoKey, SnippetKey, SnippetState};
use crate::cli::stage::Stage;
use crate::cli::talk;
use crate::deck::Slide;
use crate::export::{HtmlTalk, html};
use crate::files::{self, Source};
use crate::highlight::Highlights;
use crate::theme::builtin;
use crate::{base64, pixels};

/// The most bytes that images may take in a file: a browser keeps all of it in memory.
const IMAGES_BYTES_MAX: usize = 256 << 20;

/// What the file is made of.
pub(super) struct Gathered {
    /// Where the deck is, and beside it the traces of its rehearsal.
    source: Source,
    slides: Vec<(usize, Arc<Slide>)>,
    highlights: Highlights,
    /// Images, as addresses that hold them, by their files.
    images: BTreeMap<PathBuf, String>,
    traces: BTreeMap<DemoKey, Arc<Trace>>,
    snippets: BTreeMap<SnippetKey, SnippetState>,
}

impl Gathered {
    pub(super) fn new(source: Source) -> Self {
        Self {
            source,
            slides: Vec::new(),
            highlights: Highlights::default(),
            images: BTreeMap::new(),
            traces: BTreeMap::new(),
            snippets: BTreeMap::new(),
        }
    }

    /// Takes in the slide that is on the stage. Its demos' runs are those that the stage was given, or
    /// that are made now, or that were rehearsed.
    pub(super) fn take(
        &mut self,
        stage: &mut Stage,
        number: usize,
        run: bool,
    ) -> anyhow::Result<()> {
        let mut made = if run {
            recorded(stage)?
        } else {
            BTreeMap::new()
        };
        let talk = stage.state();
        let known = &talk.highlights.blocks;
        self.highlights
            .blocks
            .extend(known.iter().map(|(key, lines)| (*key, Arc::clone(lines))));
        let Some(slide) = talk.slide() else {
            return Ok(());
        };
        for demo in talk::demos(slide) {
            let trace = match stage.given(&demo.name).or_else(|| made.remove(&demo.name)) {
                None if !run => self.rehearsed(&slide.id, &demo.name)?,
                trace => trace,
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
            if !self.images.contains_key(&file.path) {
                let held = held(&self.source, &file.path);
                self.images
                    .extend(held.map(|held| (file.path.clone(), held)));
            }
        }
        self.slides.push((number, Arc::clone(slide)));
        let bytes: usize = self.images.values().map(String::len).sum();
        if bytes > IMAGES_BYTES_MAX {
            bail!(
                "failed to hold the images: they would be larger than {} MiB; choose some of the \
                 slides with --slides",
                IMAGES_BYTES_MAX >> 20
            );
        }
        Ok(())
    }

    /// The trace of a demo's rehearsal, if there is one.
    fn rehearsed(&self, slide: &str, demo: &str) -> anyhow::Result<Option<Arc<Trace>>> {
        let path = self.source.trace(slide, demo);
        let trace = path
            .filter(|path| path.exists())
            .map(|path| traces::read(&path));
        Ok(trace.transpose()?.map(Arc::new))
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

/// Runs the slide's demos, and gives the traces of that by their names.
fn recorded(stage: &mut Stage) -> anyhow::Result<BTreeMap<String, Arc<Trace>>> {
    let mut recorders: BTreeMap<String, Recorder> = BTreeMap::new();
    play_demos(stage, None, |stage| {
        if let Some((demo, snapshot)) = stage.snapshot() {
            recorders.entry(demo.to_owned()).or_default().take(snapshot);
        }
    })?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok();
    let trace = |(demo, recorder): (String, Recorder)| {
        let trace = Trace {
            recorded_s: now.map(|since| since.as_secs()),
            ..recorder.finish()?
        };
        Some((demo, Arc::new(trace)))
    };
    Ok(recorders.into_iter().filter_map(trace).collect())
}
