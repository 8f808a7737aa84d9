//! What a deck's progress is called on disk: readable, and different for decks that are.

use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use crate::app::fingerprint;
use crate::files::{Source, state_folder};

/// What the built-in talk is called, and the built-in tour.
const BUILT_IN: &str = "the built-in talk";
const TOUR: &str = "the built-in tour";

/// The folder in which progress is kept: the user's state, or none where no home is known.
pub fn folder() -> Option<PathBuf> {
    Some(state_folder()?.join("progress"))
}

/// A deck's file in a folder, and the deck's own name.
pub(super) fn of(folder: &Path, source: &Source) -> Option<(PathBuf, String)> {
    let (name, deck) = match source {
        Source::Stdin => return None,
        Source::BuiltIn => ("built-in.json".to_owned(), BUILT_IN.to_owned()),
        Source::Tour => ("tour.json".to_owned(), TOUR.to_owned()),
        Source::File(path) => {
            // A link and what it leads to are one deck.
            let whole = path
                .canonicalize()
                .or_else(|_| std::path::absolute(path))
                .ok()?;
            let stem = whole.file_stem().unwrap_or_default().to_string_lossy();
            let hash = fingerprint(whole.as_os_str().as_bytes());
            (
                format!("{}-{hash:016x}.json", plain(&stem)),
                whole.display().to_string(),
            )
        }
    };
    Some((folder.join(name), deck))
}

/// The letters and digits of a name, as many as a listing needs.
fn plain(name: &str) -> String {
    let fit = |c: char| {
        if c.is_ascii_alphanumeric() || c == '-' {
            c
        } else {
            '_'
        }
    };
    name.chars().take(40).map(fit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decks_have_names_of_their_own_that_stay() {
        let of = |source| of(Path::new("/state"), &source);
        let file = |path: &str| Source::File(PathBuf::from(path));
        let built_in = (PathBuf::from("/state/built-in.json"), BUILT_IN.to_owned());
        assert_eq!(of(Source::BuiltIn), Some(built_in));
        let tour = (PathBuf::from("/state/tour.json"), TOUR.to_owned());
        assert_eq!(of(Source::Tour), Some(tour));
        assert_eq!(of(Source::Stdin), None);
        let one = of(file("/talks/a talk.md")).expect("a name");
        assert_eq!(one.0, PathBuf::from("/state/a_talk-86b335d3da23005c.json"));
        assert_eq!(one.1, "/talks/a talk.md");
        assert_ne!(one.0, of(file("/other/a talk.md")).expect("a name").0);
    }
}
