//! `parade export [DECK] -o F|DIR/`: slides as text, SVG or GIF, or all of them as HTML or PDF, with
//! their demos run or replayed if asked.

mod film;
mod fonts;
mod html;
mod pdf;
mod select;
mod target;
mod traces;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use parade_demos::trace::Trace;

use super::config;
use super::ending::Ending;
use super::run::Progress;
use super::stage::Stage;
use super::talk;
use crate::app::{BigText, Event, Graphics, Protocol, Settings, ThemeChoice};
use crate::export::{self, Film, Fonts, PDF_ROWS_MAX};
use crate::files::{self, Source};
use crate::layout::Size;
use crate::parse;
use film::Scenes;
use html::Gathered;
use target::{Format, Target, Whole};

/// Of an image in an SVG, the dots of a cell: twice as many as the drawing has units; and in a GIF.
const SVG_DOTS: (u16, u16) = (20, 40);
const GIF_DOTS: (u16, u16) = (10, 20);

/// What `parade export` takes.
#[derive(Debug, clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line, and they don't hang together"
)]
pub(super) struct Export {
    /// The deck; - is standard input, tour the built-in tour; without one the built-in talk
    deck: Option<PathBuf>,
    /// A file for one slide, or a folder for all: its ending decides, .txt, .svg or .gif; .html and .pdf
    /// hold all
    #[arg(short, long, value_name = "F|DIR/")]
    output: PathBuf,
    /// Only these: numbers, ranges and ids, as in 3-7,12,live-1
    #[arg(long, value_name = "LIST")]
    slides: Option<String>,
    /// Columns and rows of the screen, 80x24 unless told; a page of HTML has its browser's
    #[arg(long, value_name = "WxH", value_parser = super::size::parse)]
    size: Option<Size>,
    /// What a folder is filled with
    #[arg(long, value_enum, default_value_t = Format::Svg)]
    format: Format,
    /// Run the demos and the code shown, and draw what came out; an .svg or a .gif plays the run
    #[arg(long, group = "played")]
    run: bool,
    /// Replay this run, as parade run --trace wrote it; may be given several times. An .html without it
    /// replays those of a rehearsal
    #[arg(long, value_name = "F", group = "played")]
    trace: Vec<PathBuf>,
    /// One moment, where so much of each run is done; 100 is its end
    #[arg(long, value_name = "PERCENT", requires = "played", value_parser = clap::value_parser!(u8).range(1..=100))]
    at: Option<u8>,
    /// Each step: in an .svg or a .gif that plays they come before the demos, in a .pdf each has its page
    #[arg(long)]
    steps: bool,
    /// With .pdf: the speaker's notes, on pages behind their slide's
    #[arg(long)]
    notes: bool,
    /// Use this theme: a name, or a TOML file
    #[arg(long, value_name = "NAME|FILE")]
    theme: Option<String>,
    /// Let the deck's own commands run
    #[arg(long, requires = "run")]
    trust: bool,
}

impl Export {
    fn size(&self) -> Size {
        self.size.unwrap_or(Size {
            width: 80,
            height: 24,
        })
    }

    fn plays(&self) -> bool {
        self.run || !self.trace.is_empty()
    }

    /// The part of a run that is shown; all of it without one.
    fn share(&self) -> Option<f64> {
        let midway = self.at.filter(|percent| *percent < 100);
        midway.map(|percent| f64::from(percent) / 100.0)
    }
}

/// Draws the slides, and tells where they are.
pub(super) fn run(asked: &Export, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let source = Source::named(asked.deck.as_deref());
    let opened = files::open(&source)?;
    let slides = select::slides(&opened.deck, asked.slides.as_deref())?;
    let whole = Whole::of(&asked.output);
    let target = match whole {
        Some(_) => None,
        None => Some(Target::of(&asked.output, asked.format, slides.len())?),
    };
    if asked.notes && whole != Some(Whole::Pdf) {
        bail!("failed to add the notes: only a .pdf has pages for them");
    }
    if asked.size.is_some() && whole == Some(Whole::Html) {
        bail!("failed to size the page: one of .html has the size of the window that shows it");
    }
    if whole == Some(Whole::Pdf) && asked.size().height > PDF_ROWS_MAX {
        bail!("failed to size the page: one of .pdf has at most {PDF_ROWS_MAX} rows");
    }
    let traces = traces::read_all(&asked.trace)?;
    expect_demos(&traces, &opened, &slides)?;
    let theme = asked.theme.as_deref().map(ThemeChoice::from);
    let is_text = matches!(&target, Some(target) if target.format() == Format::Txt);
    let settings = Settings {
        theme: theme.unwrap_or_default(),
        trusted: asked.trust,
        // What is exported is run when it is asked for, and then to its end.
        starts_shown: false,
        languages: config::languages(asked.trust)?,
        reduced_motion: true,
        // Words are to be read.
        big_text: if is_text { BigText::Off } else { BigText::Auto },
        ..Settings::default()
    };
    let mut stage = Stage::new((source, opened), asked.size(), settings)?;
    let Some(target) = target else {
        let bytes = match whole {
            Some(Whole::Pdf) => {
                stage.replay(traces);
                pdf::pdf(asked, &mut stage, &slides)?
            }
            _ => html(asked, &mut stage, &slides, traces)?.into_bytes(),
        };
        save(&stage, &asked.output, bytes)?;
        writeln!(out, "{}", asked.output.display())?;
        return Ok(Ending::Done);
    };
    stage.replay(traces);
    let mut fonts = fonts::fonts();
    for slide in slides {
        stage.heed()?;
        let drawn = match target.format() {
            Format::Txt => text(asked, &mut stage, slide)?.into_bytes(),
            Format::Svg => svg(asked, &mut stage, slide)?.into_bytes(),
            Format::Gif => gif(asked, &mut stage, slide, &mut fonts)?,
        };
        let path = target.path(slide, &stage.slide_id());
        save(&stage, &path, drawn)?;
        writeln!(out, "{}", path.display())?;
    }
    fonts::tell_missing(&fonts);
    Ok(Ending::Done)
}

/// Every trace is of a demo that is exported.
fn expect_demos(
    traces: &BTreeMap<String, Trace>,
    opened: &files::Opened,
    slides: &[usize],
) -> anyhow::Result<()> {
    if traces.is_empty() {
        return Ok(());
    }
    let parsed = slides
        .iter()
        .map(|slide| parse::slide(&opened.deck, *slide, &*opened.files));
    let there: BTreeSet<String> = parsed
        .flat_map(|slide| {
            talk::demos(&slide)
                .map(|demo| demo.name.clone())
                .collect::<Vec<_>>()
        })
        .collect();
    match traces.keys().find(|name| !there.contains(*name)) {
        Some(name) => {
            bail!("failed to place a trace: no slide that is exported has the demo {name}")
        }
        None => Ok(()),
    }
}

/// All slides as HTML.
fn html(
    asked: &Export,
    stage: &mut Stage,
    slides: &[usize],
    traces: BTreeMap<String, Trace>,
) -> anyhow::Result<String> {
    if asked.at.is_some() {
        bail!("failed to stop a run midway: .html replays whole runs");
    }
    let mut gathered = Gathered::new(Source::named(asked.deck.as_deref()), traces);
    for &slide in slides {
        stage.heed()?;
        stage.go_to(slide);
        gathered.take(stage, slide, asked.run)?;
    }
    gathered.write(stage)
}

/// A slide as text.
fn text(asked: &Export, stage: &mut Stage, slide: usize) -> anyhow::Result<String> {
    if asked.steps {
        bail!("failed to play the steps: a .txt shows one moment");
    }
    show(asked, stage, slide)?;
    Ok(export::text(&export::picture(stage.state())))
}

/// A slide as SVG, which plays where there is something to play.
fn svg(asked: &Export, stage: &mut Stage, slide: usize) -> anyhow::Result<String> {
    stage.tell(Event::Graphics(Graphics::new(
        Protocol::Iterm2,
        Some(SVG_DOTS),
    )));
    let Some(scenes) = scenes(asked)? else {
        show(asked, stage, slide)?;
        return Ok(export::svg(&stage.shot(), &stage.state().theme));
    };
    let film = film::film(stage, slide, scenes)?;
    let drawn = export::animated_svg(&film, &stage.state().theme);
    drawn.context(
        "failed to draw the animation; --at draws one moment, and a shorter run or a smaller --size helps too",
    )
}

/// A slide as GIF, which plays where there is something to play.
fn gif(
    asked: &Export,
    stage: &mut Stage,
    slide: usize,
    fonts: &mut Fonts,
) -> anyhow::Result<Vec<u8>> {
    stage.tell(Event::Graphics(Graphics::new(
        Protocol::Pixels,
        Some(GIF_DOTS),
    )));
    let film = if let Some(scenes) = scenes(asked)? {
        film::film(stage, slide, scenes)?
    } else {
        show(asked, stage, slide)?;
        Film::new(stage.shot())
    };
    let drawn = export::gif(&film, &stage.state().theme, fonts);
    drawn.context("failed to draw the GIF; a shorter run or a smaller --size helps")
}

/// What moves in a picture; nothing, where one moment is asked for.
fn scenes(asked: &Export) -> anyhow::Result<Option<Scenes>> {
    if asked.steps && asked.at.is_some() {
        bail!("failed to play the steps up to one moment: --steps and --at don't go together here");
    }
    let scenes = Scenes {
        steps: asked.steps,
        demos: asked.plays() && asked.at.is_none(),
    };
    Ok((scenes.steps || scenes.demos).then_some(scenes))
}

/// Goes to a slide, and to the moment of its demos that is asked for.
fn show(asked: &Export, stage: &mut Stage, slide: usize) -> anyhow::Result<()> {
    stage.go_to(slide);
    if !asked.plays() {
        return Ok(());
    }
    play_demos(stage, asked.share(), |_| {})
}

/// Plays a slide's demos, and tells on standard error how far they are.
fn play_demos(
    stage: &mut Stage,
    at: Option<f64>,
    mut seen: impl FnMut(&Stage),
) -> anyhow::Result<()> {
    let mut progress = Progress::on_stderr();
    let left = stage.play_demos(at, |stage| {
        seen(stage);
        if let Some((demo, snapshot)) = stage.snapshot() {
            progress.title = format!("{demo}: ");
            progress.show(snapshot);
        }
    });
    progress.clear();
    left
}

/// Writes a file as a whole, unless a signal came: then there is nobody who waits for it.
fn save(stage: &Stage, path: &Path, bytes: impl AsRef<[u8]>) -> anyhow::Result<()> {
    stage.heed()?;
    files::replace(path, bytes.as_ref())
        .with_context(|| format!("failed to write {}", path.display()))
}
