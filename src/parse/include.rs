//! Files that stand within others.

use std::path::{Component, Path, PathBuf};

use crate::deck::{Deck, Diagnostic, SourceFile, Span};

use super::extents::{Placed, bom_length};
use super::scan::{self, Mark, MarkKind};
use super::{FILE_BYTES_MAX, Files};

/// How deep files may include each other, how many may be included, and how large all may be together.
const DEPTH_MAX: usize = 8;
const INCLUDES_MAX: usize = 512;
const BYTES_MAX: usize = 4 * FILE_BYTES_MAX;

/// The marks of the deck's first file from `start` on, with those of included files in their places.
pub(super) fn splice(deck: &mut Deck, start: usize, files: &dyn Files) -> Vec<Placed> {
    let mut splicer = Splicer {
        deck,
        files,
        placed: Vec::new(),
        open: Vec::new(),
        included: 0,
    };
    splicer.file(0, start);
    splicer.placed
}

struct Splicer<'a> {
    deck: &'a mut Deck,
    files: &'a dyn Files,
    placed: Vec<Placed>,
    /// The files that we stand in, outermost first.
    open: Vec<u16>,
    /// How many files have been included.
    included: usize,
}

impl Splicer<'_> {
    fn file(&mut self, file: u16, start: usize) {
        let text = self.deck.files[usize::from(file)].text.clone();
        self.open.push(file);
        for mark in scan::marks(&text, start, &self.deck.front.options.command_prefix) {
            match mark.kind {
                MarkKind::Include(ref path) => self.include(file, &path.clone(), mark),
                _ => self.placed.push(Placed::Mark(file, mark)),
            }
        }
        self.open.pop();
    }

    fn include(&mut self, file: u16, path: &str, mark: Mark) {
        let comment = Span {
            file,
            start: mark.range.start as u32,
            end: mark.range.end as u32,
        };
        let path = beside(
            &self.deck.files[usize::from(file)].path,
            Path::new(path),
            file == 0,
        );
        match self.read(&path) {
            Ok(included) => {
                self.included += 1;
                self.placed.push(Placed::Enter {
                    comment,
                    text_before: mark.text_before,
                    file: included,
                });
                let start = bom_length(&self.deck.files[usize::from(included)].text);
                self.file(included, start as usize);
                self.placed.push(Placed::Leave);
            }
            Err(message) => {
                let error = Diagnostic::error(
                    comment,
                    format!("failed to include {}: {message}", path.display()),
                );
                self.deck.diagnostics.push(error);
                self.placed.push(Placed::Mark(file, mark));
            }
        }
    }

    /// The number of the file at this path, read when it is new.
    fn read(&mut self, path: &Path) -> Result<u16, String> {
        let is_deck = self.deck.files[0].path.file_name() == Some(path.as_os_str());
        let known = if is_deck {
            Some(0)
        } else {
            self.deck.files.iter().position(|file| file.path == path)
        };
        if known.is_some_and(|known| self.open.iter().any(|open| usize::from(*open) == known)) {
            return Err("it includes itself".into());
        }
        if self.open.len() > DEPTH_MAX {
            return Err(format!(
                "files include each other more than {DEPTH_MAX} deep"
            ));
        }
        if self.included >= INCLUDES_MAX {
            return Err(format!("more than {INCLUDES_MAX} files are included"));
        }
        if let Some(known) = known {
            return Ok(known as u16);
        }
        let text = self.files.read(path)?;
        let bytes: usize = self.deck.files.iter().map(|file| file.text.len()).sum();
        if bytes + text.len() > BYTES_MAX {
            return Err(format!("all files together exceed {} MiB", BYTES_MAX >> 20));
        }
        self.deck.files.push(SourceFile {
            path: path.to_owned(),
            text: text.into(),
        });
        Ok((self.deck.files.len() - 1) as u16)
    }
}

/// A path that a file names, relative to the deck's folder: files name each other relative to their own.
pub(super) fn beside(file: &Path, named: &Path, is_deck: bool) -> PathBuf {
    let folder = if is_deck {
        Path::new("")
    } else {
        file.parent().unwrap_or(Path::new(""))
    };
    let mut path = PathBuf::new();
    for part in folder.join(named).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(path.components().next_back(), Some(Component::Normal(_))) =>
            {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path
}
