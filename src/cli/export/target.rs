//! Where slides go, and what they become: an ending or a folder says so.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::bail;

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

/// Where slides go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A file in which every slide can be turned to.
    Html(PathBuf),
    /// A file with a page for each.
    Pdf(PathBuf),
    /// A file for the one slide.
    File(PathBuf, Format),
    /// A file for each slide.
    Folder(PathBuf, Format),
}

impl Target {
    /// A folder is there already, or is written with a slash at its end; of a file, the ending decides.
    pub(super) fn of(output: &Path, format: Option<Format>, slides: usize) -> anyhow::Result<Self> {
        let name = output.display();
        let path = output.to_owned();
        if output.is_dir() || name.to_string().ends_with('/') {
            return Ok(Self::Folder(path, format.unwrap_or(Format::Svg)));
        }
        let target = match output.extension().and_then(OsStr::to_str) {
            Some("html") => Self::Html(path),
            Some("pdf") => Self::Pdf(path),
            _ => match Format::of(output) {
                Some(format) => Self::File(path, format),
                None => bail!(
                    "failed to export to {name}: expected an ending of .txt, .svg, .gif, .html or .pdf, or a folder with a slash at its end"
                ),
            },
        };
        if format.is_some() {
            bail!(
                "failed to choose the format: the ending of {name} says it, and --format is for a folder"
            );
        }
        if matches!(target, Self::File(..)) && slides != 1 {
            bail!(
                "failed to export {slides} slides to {name}: a file takes one; choose it with --slides N, or name a folder, as in slides/"
            );
        }
        Ok(target)
    }

    /// How each slide is drawn, where each is drawn alone.
    pub(super) fn format(&self) -> Option<Format> {
        match self {
            Self::Html(_) | Self::Pdf(_) => None,
            Self::File(_, format) | Self::Folder(_, format) => Some(*format),
        }
    }

    /// A slide's file, its number leading so that they sort.
    pub(super) fn path(&self, slide: usize, id: &str) -> PathBuf {
        match self {
            Self::Html(path) | Self::Pdf(path) | Self::File(path, _) => path.clone(),
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
            Target::of(&at(name), None, slides).map_err(|error| error.to_string())
        };
        assert_eq!(file("a.txt", 1), Ok(Target::File(at("a.txt"), Format::Txt)));
        assert_eq!(file("a.svg", 1), Ok(Target::File(at("a.svg"), Format::Svg)));
        assert_eq!(file("a.gif", 1), Ok(Target::File(at("a.gif"), Format::Gif)));
        assert_eq!(file("new/", 3), Ok(Target::Folder(at("new/"), Format::Svg)));
        let like_a_file = Ok(Target::Folder(at("new.html/"), Format::Svg));
        assert_eq!(file("new.html/", 3), like_a_file);
        assert_eq!(file("a.html", 3), Ok(Target::Html(at("a.html"))));
        assert_eq!(file("a.pdf", 3), Ok(Target::Pdf(at("a.pdf"))));
        assert!(!at("new/").exists(), "nothing is made before it is filled");
        let told_twice = Target::of(&at("a.pdf"), Some(Format::Gif), 3);
        assert!(
            told_twice
                .unwrap_err()
                .to_string()
                .contains("--format is for a folder")
        );
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
