//! Where slides go, and what they become: an ending or a folder says so.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// How a slide is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Plain text
    Txt,
    /// A picture
    Svg,
    /// A picture in pixels
    Gif,
}

impl Format {
    /// As files of it end.
    fn ending(self) -> &'static str {
        match self {
            Self::Txt => "txt",
            Self::Svg => "svg",
            Self::Gif => "gif",
        }
    }

    fn of(output: &Path) -> Option<Self> {
        let ending = output.extension()?.to_str()?;
        let known = [Self::Txt, Self::Svg, Self::Gif];
        known.into_iter().find(|format| format.ending() == ending)
    }
}

/// A file that holds all slides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whole {
    /// Every slide can be turned to.
    Html,
    /// A page for each.
    Pdf,
}

impl Whole {
    /// By its ending.
    pub(super) fn of(output: &Path) -> Option<Self> {
        match output.extension()?.to_str()? {
            "html" => Some(Self::Html),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }
}

/// Where slides go.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// One file for the one slide.
    File(PathBuf, Format),
    /// A file for each slide.
    Folder(PathBuf, Format),
}

impl Target {
    /// A folder is there already, or is written with a slash at its end, and then made.
    pub(super) fn of(output: &Path, format: Format, slides: usize) -> anyhow::Result<Self> {
        let name = output.display();
        if output.is_dir() || name.to_string().ends_with('/') {
            fs::create_dir_all(output)
                .with_context(|| format!("failed to make the folder {name}"))?;
            return Ok(Self::Folder(output.to_owned(), format));
        }
        let Some(format) = Format::of(output) else {
            bail!(
                "failed to export to {name}: expected an ending of .txt, .svg, .gif, .html or .pdf, or a folder with a slash at its end"
            );
        };
        if slides != 1 {
            bail!(
                "failed to export {slides} slides to {name}: a file takes one; choose it with --slides N, or name a folder, as in slides/"
            );
        }
        Ok(Self::File(output.to_owned(), format))
    }

    pub(super) fn format(&self) -> Format {
        match self {
            Self::File(_, format) | Self::Folder(_, format) => *format,
        }
    }

    /// A slide's file, its number leading so that they sort.
    pub(super) fn path(&self, slide: usize, id: &str) -> PathBuf {
        match self {
            Self::File(path, _) => path.clone(),
            Self::Folder(folder, format) => {
                let ending = format.ending();
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
        assert_eq!(file("a.gif", 1), Ok(Target::File(at("a.gif"), Format::Gif)));
        assert_eq!(file("new/", 3), Ok(Target::Folder(at("new/"), Format::Svg)));
        assert!(
            file("a.png", 1)
                .unwrap_err()
                .contains("expected an ending of .txt, .svg, .gif, .html or .pdf")
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
