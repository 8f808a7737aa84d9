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
use std::fs;
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
use target::{Format, Target};

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
    /// What a folder is filled with, svg unless told
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Run the demos, and with --trust the code shown, and draw what came out; an .svg or a .gif plays the run
    #[arg(long, group = "played")]
    run: bool,
    /// Replay this run, as parade run --trace wrote it; may be given several times. An .html without it
    /// replays those of a rehearsal
    #[arg(long, value_name = "F", group = "played")]
    trace: Vec<PathBuf>,
    /// One moment, where so much of a slide's first run is done; 100 is the end of all
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
    /// With --run: let the deck's own commands run
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
    let target = Target::of(&asked.output, asked.format, slides.len())?;
    refuse(asked, &target)?;
    let traces = traces::read_all(&asked.trace)?;
    expect_demos(&traces, &opened, &slides)?;
    let theme = asked.theme.as_deref().map(ThemeChoice::from);
    let is_text = target.format() == Some(Format::Txt);
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
    let mut stage = Stage::new((source.clone(), opened), asked.size(), settings)?;
    stage.replay(traces);
    if let Target::Html(path) = &target {
        let page = html(asked, &mut stage, &slides, source)?;
        return save(&stage, path, page, out).map(|()| Ending::Done);
    }
    let Some(format) = target.format() else {
        let pages = pdf::pdf(asked, &mut stage, &slides)?;
        return save(&stage, &asked.output, pages, out).map(|()| Ending::Done);
    };
    if let Target::Folder(folder, _) = &target {
        fs::create_dir_all(folder)
            .with_context(|| format!("failed to make the folder {}", folder.display()))?;
    }
    let mut fonts = fonts::fonts();
    for slide in slides {
        stage.heed()?;
        let drawn = match format {
            Format::Txt => text(asked, &mut stage, slide)?.into_bytes(),
            Format::Svg => svg(asked, &mut stage, slide)?.into_bytes(),
            Format::Gif => gif(asked, &mut stage, slide, &mut fonts)?,
        };
        let path = target.path(slide, &stage.slide_id());
        save(&stage, &path, drawn, out)?;
    }
    fonts::tell_missing(&fonts);
    Ok(Ending::Done)
}

/// Says what does not go together.
fn refuse(asked: &Export, target: &Target) -> anyhow::Result<()> {
    let is_html = matches!(target, Target::Html(_));
    let is_pdf = matches!(target, Target::Pdf(_));
    let is_text = target.format() == Some(Format::Txt);
    let is_picture = target.format().is_some() && !is_text;
    let too_high = format!("failed to size the page: one of .pdf has at most {PDF_ROWS_MAX} rows");
    let rules = [
        (
            asked.notes && !is_pdf,
            "failed to add the notes: only a .pdf has pages for them",
        ),
        (
            is_html && asked.size.is_some(),
            "failed to size the page: one of .html has the size of the window that shows it",
        ),
        (is_pdf && asked.size().height > PDF_ROWS_MAX, &too_high),
        (
            is_html && asked.at.is_some(),
            "failed to stop a run midway: .html replays whole runs",
        ),
        (
            is_html && asked.steps,
            "failed to choose the steps: .html has all of them anyway",
        ),
        (
            is_text && asked.steps,
            "failed to play the steps: a .txt shows one moment",
        ),
        (
            is_picture && asked.steps && asked.at.is_some(),
            "failed to play the steps up to one moment: --steps and --at don't go together here",
        ),
    ];
    match rules.iter().find(|(broken, _)| *broken) {
        Some((_, why)) => bail!(why.to_string()),
        None => Ok(()),
    }
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
    source: Source,
) -> anyhow::Result<String> {
    let mut gathered = Gathered::new(source);
    for &slide in slides {
        stage.heed()?;
        stage.go_to(slide);
        gathered.take(stage, slide, asked.run)?;
    }
    gathered.write(stage)
}

/// A slide as text.
fn text(asked: &Export, stage: &mut Stage, slide: usize) -> anyhow::Result<String> {
    show(asked, stage, slide)?;
    Ok(export::text(&export::picture(stage.state())))
}

/// A slide as SVG, which plays where there is something to play.
fn svg(asked: &Export, stage: &mut Stage, slide: usize) -> anyhow::Result<String> {
    stage.tell(Event::Graphics(Graphics::new(
        Protocol::Iterm2,
        Some(SVG_DOTS),
    )));
    let Some(scenes) = scenes(asked) else {
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
    let film = if let Some(scenes) = scenes(asked) {
        film::film(stage, slide, scenes)?
    } else {
        show(asked, stage, slide)?;
        Film::new(stage.shot())
    };
    let drawn = export::gif(&film, &stage.state().theme, fonts);
    drawn.context("failed to draw the GIF; a shorter run or a smaller --size helps")
}

/// What moves in a picture; nothing, where one moment is asked for.
fn scenes(asked: &Export) -> Option<Scenes> {
    let scenes = Scenes {
        steps: asked.steps,
        demos: asked.plays() && asked.at.is_none(),
    };
    (scenes.steps || scenes.demos).then_some(scenes)
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

/// Writes a file as a whole and names it, unless a signal came: then there is nobody who waits for it.
fn save(
    stage: &Stage,
    path: &Path,
    bytes: impl AsRef<[u8]>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    stage.heed()?;
    files::replace(path, bytes.as_ref())
        .with_context(|| format!("failed to write {}", path.display()))?;
    Ok(writeln!(out, "{}", path.display())?)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        asked: Export,
    }

    /// What is said against a command line.
    fn told(arguments: &str) -> String {
        let words = ["export", "talk.md"]
            .into_iter()
            .chain(arguments.split(' '));
        let asked = Line::parse_from(words).asked;
        let target = Target::of(&asked.output, asked.format, 1);
        let refused = target.and_then(|target| refuse(&asked, &target));
        refused.map_or_else(|error| error.to_string(), |()| String::new())
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        let table = [
            ("-o a.pdf --notes --steps --size 80x718", ""),
            ("-o a.svg --steps --run", ""),
            ("-o a.gif --run --at 50", ""),
            ("-o a/ --format txt", ""),
            ("-o a.html --run", ""),
            (
                "-o a.svg --notes",
                "add the notes: only a .pdf has pages for them",
            ),
            (
                "-o a.html --notes",
                "add the notes: only a .pdf has pages for them",
            ),
            (
                "-o a.html --size 80x24",
                "size the page: one of .html has the size of the window that shows it",
            ),
            (
                "-o a.pdf --size 80x719",
                "size the page: one of .pdf has at most 718 rows",
            ),
            (
                "-o a.html --run --at 50",
                "stop a run midway: .html replays whole runs",
            ),
            (
                "-o a.html --steps",
                "choose the steps: .html has all of them anyway",
            ),
            (
                "-o a.txt --steps",
                "play the steps: a .txt shows one moment",
            ),
            (
                "-o a/ --format txt --steps",
                "play the steps: a .txt shows one moment",
            ),
            (
                "-o a.svg --steps --run --at 50",
                "play the steps up to one moment: --steps and --at don't go together here",
            ),
            (
                "-o a.pdf --format gif",
                "choose the format: the ending of a.pdf says it, and --format is for a folder",
            ),
        ];
        for (arguments, why) in table {
            let why = if why.is_empty() {
                String::new()
            } else {
                format!("failed to {why}")
            };
            assert_eq!(told(arguments), why, "{arguments}");
        }
    }
}
