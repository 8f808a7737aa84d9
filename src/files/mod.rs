//! Where decks come from: a file, standard input, or this program itself. Reads with limits, and
//! knows neither screens nor what stands in a deck.
//!
//! [`open`] is for a deck, [`Files`] for what a deck names; [`replace()`] is how files are written.

mod asked;
mod fonts;
mod pictures;
mod replace;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

pub use asked::AskedFiles;
pub use fonts::SystemFonts;
pub use pictures::picture;
pub use replace::replace;

use crate::deck::Deck;
use crate::parse::{self, FileHead, Files};

/// The largest deck, and the largest file that a deck names, in bytes.
pub const BYTES_MAX: u64 = 16 << 20;

/// The built-in talk's name in [`BUILT_IN`], and that of the tour.
const TALK: &str = "free-threaded-python.md";
const TOUR: &str = "tour.md";
/// What the tour is called by instead of a file; a file of that name is `./tour`.
const TOUR_WORD: &str = "tour";

/// Files of `slides/`, each with its text.
macro_rules! compiled_in {
    ($include:ident: $($name:literal),* $(,)?) => {
        &[$(($name, $include!(concat!("../../slides/", $name)))),*]
    };
}

/// The talk, the tour and all that they name, compiled in, so that the program needs no file beside it.
const BUILT_IN: &[(&str, &str)] = compiled_in![include_str:
    "free-threaded-python.md",
    "tour.md",
    "tour-part.md",
    "compatibility.csv",
    "phases.csv",
    "wheels-history.csv",
    "wheels.csv",
    "python/asked.py",
    "python/convoy.py",
    "python/counter.py",
    "python/counter_lock.py",
    "python/deadlock.py",
    "python/extend.py",
    "python/fib.py",
    "python/floats.py",
    "python/race.py",
    "python/race_lock.py",
    "python/references.py",
    "python/shared.py",
    "python/total.py",
    "python/waiting.py",
];

/// The images of the built-in decks.
const BUILT_IN_IMAGES: &[(&str, &[u8])] = compiled_in![include_bytes: "float.png"];

/// Where a deck is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The built-in talk.
    BuiltIn,
    /// The built-in tour of what a deck can do.
    Tour,
    /// Standard input, read to its end.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Source {
    /// As the command line names it: nothing is the built-in talk, `tour` the tour, `-` standard input.
    pub fn named(deck: Option<&Path>) -> Self {
        match deck {
            None => Self::BuiltIn,
            Some(path) if path == Path::new("-") => Self::Stdin,
            Some(path) if path == Path::new(TOUR_WORD) => Self::Tour,
            Some(path) => Self::File(path.to_owned()),
        }
    }

    /// As diagnostics and errors name it.
    pub fn path(&self) -> &Path {
        match self {
            Self::BuiltIn => Path::new(TALK),
            Self::Tour => Path::new(TOUR),
            Self::Stdin => Path::new("standard input"),
            Self::File(path) => path,
        }
    }

    /// As a command line would name it again: nothing is the built-in talk.
    pub fn word(&self) -> String {
        match self {
            Self::BuiltIn => String::new(),
            Self::Tour => TOUR_WORD.to_owned(),
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Where the files are that this deck names, as seen from anywhere; `None` where they are
    /// compiled in.
    pub fn folder(&self) -> Option<PathBuf> {
        let folder = match self {
            Self::BuiltIn | Self::Tour => return None,
            Self::Stdin => Path::new(""),
            Self::File(path) => path.parent().unwrap_or(Path::new("")),
        };
        let here = std::env::current_dir().unwrap_or_default();
        Some(here.join(folder))
    }

    /// Where the traces of its rehearsal are: beside the deck, or in the state directory for one that
    /// is built in. `None` for standard input, and where there is no such directory.
    pub fn traces(&self) -> Option<PathBuf> {
        match self {
            Self::BuiltIn | Self::Tour => {
                let folder = state_folder()?;
                Some(folder.join("traces").join(self.path().file_stem()?))
            }
            Self::Stdin => None,
            Self::File(path) => Some(path.with_extension("traces")),
        }
    }

    /// The trace of one demo.
    pub fn trace(&self, slide: &str, demo: &str) -> Option<PathBuf> {
        let plain = |name: &str| -> String {
            let plain = |c: char| {
                if c.is_alphanumeric() || "-_".contains(c) {
                    c
                } else {
                    '-'
                }
            };
            name.chars().take(60).map(plain).collect()
        };
        let name = format!("{}.{}.json", plain(slide), plain(demo));
        Some(self.traces()?.join(name))
    }

    /// What answers for the files that this deck names.
    pub fn files(&self) -> Arc<dyn Files + Send + Sync> {
        match self {
            Self::BuiltIn | Self::Tour => Arc::new(BuiltIn),
            Self::Stdin => Arc::new(Folder(PathBuf::new())),
            Self::File(path) => Arc::new(Folder(path.parent().unwrap_or(Path::new("")).to_owned())),
        }
    }
}

/// Where the program keeps what is its user's (XDG Base Directory Specification, `XDG_STATE_HOME`);
/// none where no home is known.
pub fn state_folder() -> Option<PathBuf> {
    let folder = |name: &str| {
        let path = std::env::var_os(name).map(PathBuf::from);
        path.filter(|path| path.is_absolute())
    };
    let base = folder("XDG_STATE_HOME").or_else(|| Some(folder("HOME")?.join(".local/state")))?;
    Some(base.join("parade"))
}

/// A deck that was read, and what answers for the files that it names.
pub struct Opened {
    /// The deck, its slides found but not yet parsed.
    pub deck: Deck,
    /// For [`parse::slide`]; it knows what was asked for in finding the slides, too.
    pub files: Arc<AskedFiles>,
}

/// Why a deck can't be opened.
#[derive(Debug, thiserror::Error)]
#[error("failed to open {}: {why}", path.display())]
pub struct OpenError {
    /// The deck.
    pub path: PathBuf,
    /// What is the matter, and what to do.
    pub why: String,
}

/// Reads a deck and finds its slides.
///
/// # Errors
/// If it is missing, empty, a folder, too large, or no text.
pub fn open(source: &Source) -> Result<Opened, OpenError> {
    let files = Arc::new(AskedFiles::new(source.files()));
    let deck = open_beside(source, &*files)?;
    Ok(Opened { deck, files })
}

/// A deck of which another process told the text; the files that it names are read here.
/// Where they are says `folder`, and `None` that they are compiled in.
pub fn open_told(path: &Path, folder: Option<&Path>, text: &str) -> (Source, Opened) {
    let source = match folder {
        None => Source::BuiltIn,
        Some(folder) => Source::File(folder.join(path.file_name().unwrap_or_default())),
    };
    let files = Arc::new(AskedFiles::new(source.files()));
    let deck = parse::open(path, text, &*files);
    (source, Opened { deck, files })
}

/// Reads a deck again, with the files that it names read through `files`.
///
/// # Errors
/// As [`open`].
pub fn open_beside(source: &Source, files: &dyn Files) -> Result<Deck, OpenError> {
    let failed = |why| OpenError {
        path: source.path().to_owned(),
        why,
    };
    let text = read(source).map_err(failed)?;
    if text.trim().is_empty() {
        return Err(failed(
            "it is empty; parade new FILE writes a deck to start from".to_owned(),
        ));
    }
    Ok(parse::open(source.path(), &text, files))
}

/// A deck's text.
fn read(source: &Source) -> Result<String, String> {
    match source {
        Source::BuiltIn | Source::Tour => BuiltIn.read(source.path()),
        Source::Stdin => text(io::stdin().lock()),
        Source::File(path) => {
            // Asked before it is opened: opening a named pipe waits for one who writes.
            let about = fs::metadata(path).map_err(|error| because(&error))?;
            if about.is_dir() {
                return Err("it is a folder; name a deck within it".to_owned());
            }
            if !about.is_file() {
                return Err("it is no regular file; `-` reads standard input".to_owned());
            }
            text(File::open(path).map_err(|error| because(&error))?)
        }
    }
}

/// Files beside a deck. Reads regular files alone: a pipe or a device would block the talk.
struct Folder(PathBuf);

impl Files for Folder {
    fn read(&self, path: &Path) -> Result<String, String> {
        let path = self.0.join(path);
        let about = fs::metadata(&path).map_err(|error| because(&error))?;
        if !about.is_file() {
            return Err("it is no regular file".to_owned());
        }
        text(File::open(&path).map_err(|error| because(&error))?)
    }

    fn head(&self, path: &Path) -> Result<FileHead, String> {
        pictures::head(&self.0.join(path))
    }

    fn exists(&self, path: &Path) -> bool {
        self.0.join(path).is_file()
    }

    fn place(&self, path: &Path) -> Option<PathBuf> {
        Some(self.0.join(path)).filter(|path| path.is_file())
    }
}

/// Files compiled in.
struct BuiltIn;

impl Files for BuiltIn {
    fn read(&self, path: &Path) -> Result<String, String> {
        let text = named(BUILT_IN, path)?;
        Ok(text.to_owned())
    }

    fn head(&self, path: &Path) -> Result<FileHead, String> {
        Ok(FileHead {
            bytes: pictures::built_in(path)?.to_vec(),
            content: 0,
        })
    }

    fn exists(&self, path: &Path) -> bool {
        named(BUILT_IN, path).is_ok() || pictures::built_in(path).is_ok()
    }
}

/// The file of this name among those that are compiled in.
fn named<Content: Copy>(files: &[(&str, Content)], path: &Path) -> Result<Content, String> {
    let plain: PathBuf = path
        .components()
        .filter(|part| *part != Component::CurDir)
        .collect();
    let found = files.iter().find(|(name, _)| plain == Path::new(name));
    found
        .map(|(_, content)| *content)
        .ok_or_else(|| "the built-in decks have no such file".to_owned())
}

/// All of a text that is no larger than [`BYTES_MAX`].
fn text(source: impl Read) -> Result<String, String> {
    let mut bytes = Vec::new();
    source
        .take(BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| because(&error))?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(format!(
            "it is larger than {} MiB; split it",
            BYTES_MAX >> 20
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = String::from_utf8_lossy(&error.as_bytes()[..good])
            .matches('\n')
            .count()
            + 1;
        format!("line {line} is not UTF-8; save it in that encoding")
    })
}

/// What the system says, in plain words where it is the usual thing.
fn because(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder; name a deck within it".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_deck_that_cannot_be_shown_gets_a_clear_answer() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
        write("empty.md", b" \n\n");
        write("latin.md", b"# One\n\ncaf\xe9\n");
        File::create(folder.path().join("large.md"))
            .unwrap()
            .set_len(BYTES_MAX + 1)
            .unwrap();
        let cases = [
            ("missing.md", "there is no such file"),
            (
                "empty.md",
                "it is empty; parade new FILE writes a deck to start from",
            ),
            ("", "it is a folder; name a deck within it"),
            (
                "/dev/zero",
                "it is no regular file; `-` reads standard input",
            ),
            ("latin.md", "line 3 is not UTF-8; save it in that encoding"),
            ("large.md", "it is larger than 16 MiB; split it"),
        ];
        for (name, expected) in cases {
            let source = Source::File(folder.path().join(name));
            let why = open(&source).map(|_| ()).unwrap_err().why;
            assert_eq!(why, expected, "{name:?}");
        }
    }

    #[test]
    fn files_are_looked_for_beside_the_deck() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("data.csv"), "a,b\n").unwrap();
        let files = Source::File(folder.path().join("deck.md")).files();
        assert_eq!(files.read(Path::new("data.csv")), Ok("a,b\n".to_owned()));
        let path = folder.path().join("data.csv");
        assert_eq!(files.place(Path::new("data.csv")), Some(path));
        assert_eq!(files.place(Path::new("none.csv")), None);
        assert_eq!(
            files.read(Path::new(".")),
            Err("it is no regular file".to_owned())
        );
        assert_eq!(
            files.read(Path::new("none.csv")),
            Err("there is no such file".to_owned())
        );
    }

    #[test]
    fn all_that_the_talk_names_is_compiled_in() {
        let slides = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/slides"));
        let names = |folder: &str| {
            let entries = fs::read_dir(slides.join(folder)).unwrap();
            let path = |name: String| Path::new(folder).join(name).display().to_string();
            entries
                .map(|entry| entry.unwrap())
                .filter(|entry| entry.path().is_file())
                .map(move |entry| path(entry.file_name().into_string().unwrap()))
                .collect::<Vec<_>>()
        };
        let there: BTreeSet<String> = names("")
            .into_iter()
            .chain(names("python"))
            .filter(|name| name != "new.md")
            .collect();
        let texts = BUILT_IN.iter().map(|(name, _)| *name);
        let images = BUILT_IN_IMAGES.iter().map(|(name, _)| *name);
        let here: BTreeSet<String> = texts.chain(images).map(str::to_owned).collect();
        assert_eq!(here, there);
        assert!(open(&Source::named(Some(Path::new("tour")))).is_ok());
        assert!(
            Source::BuiltIn
                .files()
                .read(Path::new("./wheels.csv"))
                .is_ok()
        );
    }
}
