//! `parade export [DECK] -o F|DIR/`: slides as text or SVG, or all of them as HTML, with their demos run if asked.

mod html;
mod select;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::ending::Ending;
use super::run::Progress;
use super::stage::{Left, Stage};
use crate::app::ThemeChoice;
use crate::export;
use crate::files::{self, Source};
use crate::layout::Size;
use html::Gathered;

/// What `parade export` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Export {
    /// The deck; - is standard input, tour the built-in tour; without one the built-in talk
    deck: Option<PathBuf>,
    /// A file for one slide, or a folder for all: its ending decides, .txt or .svg; .html holds all
    #[arg(short, long, value_name = "F|DIR/")]
    output: PathBuf,
    /// Only these: numbers, ranges and ids, as in 3-7,12,live-1
    #[arg(long, value_name = "LIST")]
    slides: Option<String>,
    /// Columns and rows of the screen
    #[arg(long, value_name = "WxH", default_value = "80x24", value_parser = super::size::parse)]
    size: Size,
    /// What a folder is filled with
    #[arg(long, value_enum, default_value_t = Format::Svg)]
    format: Format,
    /// Run the demos shown, and draw what came out
    #[arg(long)]
    run: bool,
    /// With .html: replay this run, as parade run --trace wrote it; may be given several times.
    /// Without it those of a rehearsal are replayed
    #[arg(long, value_name = "F", conflicts_with = "run")]
    trace: Vec<PathBuf>,
    /// Stop each run where so much of it is done, and draw it as it stands
    #[arg(long, value_name = "PERCENT", requires = "run", value_parser = clap::value_parser!(u8).range(1..=99))]
    at: Option<u8>,
    /// Use this theme: a name, or a TOML file
    #[arg(long, value_name = "NAME|FILE")]
    theme: Option<String>,
    /// Let the deck's own commands run
    #[arg(long, requires = "run")]
    trust: bool,
}

/// How a slide is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Plain text
    Txt,
    /// A picture
    Svg,
}

/// Draws the slides, and tells where they are.
pub(super) fn run(asked: &Export, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let source = Source::named(asked.deck.as_deref());
    let opened = files::open(&source)?;
    let slides = select::slides(&opened.deck, asked.slides.as_deref())?;
    let target = match asked.output.extension() {
        Some(ending) if ending == "html" => None,
        _ => Some(Target::of(&asked.output, asked.format, slides.len())?),
    };
    let theme = asked.theme.as_deref().map(ThemeChoice::from);
    let theme = theme.unwrap_or_default();
    let mut stage = Stage::new((source, opened), asked.size, theme, asked.trust)?;
    let Some(target) = target else {
        return talk(asked, &mut stage, &slides, out);
    };
    if !asked.trace.is_empty() {
        bail!("failed to replay a trace: a picture shows one moment; only .html replays");
    }
    for slide in slides {
        stage.go_to(slide);
        if asked.run {
            match run_demos(&mut stage, asked.at) {
                Left::Done => {}
                Left::Signal(signal) => return Ok(Ending::Signal(signal)),
            }
        }
        let path = target.path(slide, &stage.slide_id());
        write(&stage, target.format(), &path)?;
        writeln!(out, "{}", path.display())?;
    }
    Ok(Ending::Done)
}

/// Writes all slides into one file.
fn talk(
    asked: &Export,
    stage: &mut Stage,
    slides: &[usize],
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    if asked.at.is_some() {
        bail!("failed to stop a run midway: .html replays whole runs");
    }
    let mut gathered = Gathered::new(Source::named(asked.deck.as_deref()), &asked.trace)?;
    for &slide in slides {
        stage.go_to(slide);
        if let Left::Signal(signal) = gathered.take(stage, slide, asked.run)? {
            return Ok(Ending::Signal(signal));
        }
    }
    save(&asked.output, gathered.write(stage)?)?;
    writeln!(out, "{}", asked.output.display())?;
    Ok(Ending::Done)
}

fn run_demos(stage: &mut Stage, at: Option<u8>) -> Left {
    let mut progress = Progress::on_stderr();
    let left = stage.run_demos(
        at.map(|percent| f64::from(percent) / 100.0),
        |demo, snapshot| {
            progress.title = format!("{demo}: ");
            progress.show(snapshot);
        },
    );
    progress.clear();
    left
}

fn write(stage: &Stage, format: Format, path: &Path) -> anyhow::Result<()> {
    let picture = stage.draw();
    let text = match format {
        Format::Txt => export::text(&picture),
        Format::Svg => export::svg(&picture, &stage.state().theme),
    };
    save(path, text)
}

fn save(path: &Path, text: String) -> anyhow::Result<()> {
    let written = fs::write(path, text);
    if written.is_err() && path.is_file() {
        // Half a picture is none; should it stay, the first error tells more.
        let _ = fs::remove_file(path);
    }
    written.with_context(|| format!("failed to write {}", path.display()))
}

/// Where slides go.
#[derive(Debug, PartialEq, Eq)]
enum Target {
    File(PathBuf, Format),
    Folder(PathBuf, Format),
}

impl Target {
    /// A folder is there already, or is written with a slash at its end, and then made.
    fn of(output: &Path, format: Format, slides: usize) -> anyhow::Result<Self> {
        let name = output.display();
        if output.is_dir() || name.to_string().ends_with('/') {
            fs::create_dir_all(output)
                .with_context(|| format!("failed to make the folder {name}"))?;
            return Ok(Self::Folder(output.to_owned(), format));
        }
        let format = match output.extension().and_then(|ending| ending.to_str()) {
            Some("txt") => Format::Txt,
            Some("svg") => Format::Svg,
            _ => bail!(
                "failed to export to {name}: expected an ending of .txt, .svg or .html, or a folder with a slash at its end"
            ),
        };
        if slides != 1 {
            bail!(
                "failed to export {slides} slides to {name}: a file takes one; choose it with --slides N, or name a folder, as in slides/"
            );
        }
        Ok(Self::File(output.to_owned(), format))
    }

    fn format(&self) -> Format {
        match self {
            Self::File(_, format) | Self::Folder(_, format) => *format,
        }
    }

    /// A slide's file, its number leading so that they sort.
    fn path(&self, slide: usize, id: &str) -> PathBuf {
        match self {
            Self::File(path, _) => path.clone(),
            Self::Folder(folder, format) => {
                let ending = match format {
                    Format::Txt => "txt",
                    Format::Svg => "svg",
                };
                let plain = |c: char| {
                    if c.is_alphanumeric() || "-_".contains(c) {
                        c
                    } else {
                        '-'
                    }
                };
                let id: String = id.chars().map(plain).take(60).collect();
                folder.join(format!("{:03}-{id}.{ending}", slide + 1))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_decides() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let file = |name: &str, slides| {
            Target::of(&at(name), Format::Svg, slides).map_err(|error| error.to_string())
        };
        assert_eq!(file("a.txt", 1), Ok(Target::File(at("a.txt"), Format::Txt)));
        assert_eq!(file("a.svg", 1), Ok(Target::File(at("a.svg"), Format::Svg)));
        assert_eq!(file("new/", 3), Ok(Target::Folder(at("new/"), Format::Svg)));
        assert!(
            file("a.pdf", 1)
                .unwrap_err()
                .contains("expected an ending of .txt, .svg or .html")
        );
        assert!(file("a.svg", 2).unwrap_err().contains("a file takes one"));
    }

    #[test]
    fn slides_in_a_folder_sort_and_have_plain_names() {
        let target = Target::Folder(PathBuf::from("out"), Format::Svg);
        assert_eq!(target.path(4, "live-1"), Path::new("out/005-live-1.svg"));
        assert_eq!(target.path(4, "../x y"), Path::new("out/005----x-y.svg"));
    }
}
