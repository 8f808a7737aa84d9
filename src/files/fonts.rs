//! The system's fonts: where one that has a character is.
//!
//! Looks through the folders in which fontconfig looks, once and only when a character is wanted. Of
//! each font it reads the table of characters; a file that is none, or broken, is passed over.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use ttf_parser::cmap;

/// Files and folders that are looked at.
const PLACES_MAX: usize = 20_000;
/// The largest font that is read, in bytes.
const FONT_MAX: u64 = 64 << 20;
/// The largest table of characters, in bytes.
const TABLE_MAX: u32 = 4 << 20;
/// Fonts in one file.
const COLLECTED_MAX: u32 = 64;

/// The fonts that the system has.
#[derive(Debug)]
pub struct SystemFonts {
    folders: Vec<PathBuf>,
    /// Every font's table of characters, once it is wanted.
    fonts: Option<Vec<Font>>,
}

/// A font in a file.
#[derive(Debug)]
struct Font {
    path: PathBuf,
    index: u32,
    characters: Vec<u8>,
}

impl SystemFonts {
    /// Those of this system and of its user.
    pub fn new() -> Self {
        Self::in_folders(folders())
    }

    fn in_folders(folders: Vec<PathBuf>) -> Self {
        Self {
            folders,
            fonts: None,
        }
    }

    /// The bytes of a file with a font that has this character, and the font's number in it. Of
    /// several fonts an upright, monospace one is taken, else the first by name.
    pub fn find(&mut self, character: char) -> Option<(Vec<u8>, u32)> {
        let fonts = self.fonts.get_or_insert_with(|| scan(&self.folders));
        fonts
            .iter()
            .filter(|font| font.has(character))
            .find_map(|font| Some((read(&font.path)?, font.index)))
    }
}

impl Default for SystemFonts {
    fn default() -> Self {
        Self::new()
    }
}

impl Font {
    fn has(&self, character: char) -> bool {
        let tables = cmap::Table::parse(&self.characters).map(|table| table.subtables);
        let mut tables = tables.into_iter().flatten();
        tables.any(|table| {
            table.is_unicode()
                && table
                    .glyph_index(u32::from(character))
                    .is_some_and(|id| id.0 > 0)
        })
    }
}

/// The user's folders go first.
fn folders() -> Vec<PathBuf> {
    let from_environment = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let home = from_environment("HOME").map(PathBuf::from);
    let data = from_environment("XDG_DATA_HOME").map(PathBuf::from);
    let data = data.or_else(|| Some(home.as_ref()?.join(".local/share")));
    let others = from_environment("XDG_DATA_DIRS");
    let others = others.unwrap_or_else(|| "/usr/local/share:/usr/share".into());
    let of_user = home
        .iter()
        .flat_map(|home| [".fonts", "Library/Fonts"].map(|at| home.join(at)));
    let of_macos = ["/System/Library/Fonts", "/Library/Fonts"].map(PathBuf::from);
    data.into_iter()
        .map(|data| data.join("fonts"))
        .chain(of_user)
        .chain(std::env::split_paths(&others).map(|data| data.join("fonts")))
        .chain(of_macos)
        .collect()
}

/// All fonts below these folders, by their names: those that call themselves monospace first, then those
/// that say of themselves neither that they are heavy nor that they lean.
fn scan(folders: &[PathBuf]) -> Vec<Font> {
    let mut waiting: VecDeque<PathBuf> = folders.iter().cloned().collect();
    let mut files = Vec::new();
    let mut places = 0;
    while let Some(folder) = waiting.pop_front() {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        for entry in entries {
            places += 1;
            if places > PLACES_MAX {
                break;
            }
            let path = entry.path();
            // What a link leads to may lie above it: only real folders are gone down into.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                waiting.push_back(path);
            } else if is_font(&path) {
                files.push(path);
            }
        }
    }
    files.sort_by_cached_key(|path| {
        let name = path.file_name().unwrap_or_default();
        let name = name.to_string_lossy().to_lowercase();
        let styled = ["bold", "black", "heavy", "italic", "oblique"];
        let is_styled = styled.iter().any(|style| name.contains(style));
        (!name.contains("mono"), is_styled, path.clone())
    });
    let fonts = |path: PathBuf| tables(&path).unwrap_or_default();
    files.into_iter().flat_map(fonts).collect()
}

fn is_font(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str);
    ending.is_some_and(|ending| {
        let known = ["ttf", "otf", "ttc", "otc"];
        known.iter().any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// The tables of characters of the fonts in a file that have outlines: pictures in place of glyphs can't be
/// drawn, and would stand before fonts that can.
fn tables(path: &Path) -> io::Result<Vec<Font>> {
    // To open a pipe would wait for whoever writes to it.
    if !fs::metadata(path)?.is_file() {
        return Ok(Vec::new());
    }
    let mut file = File::open(path)?;
    let mut fonts = Vec::new();
    for (index, font) in (0..).zip(directories(&mut file)?) {
        let tables = directory(&mut file, font)?;
        let of_outlines = [*b"glyf", *b"CFF ", *b"CFF2"];
        let has_outlines = of_outlines
            .into_iter()
            .any(|tag| entry(&tables, tag).is_some());
        let Some((at, length)) = entry(&tables, *b"cmap").filter(|_| has_outlines) else {
            continue;
        };
        fonts.push(Font {
            path: path.to_owned(),
            index,
            characters: bytes(&mut file, at, length.min(TABLE_MAX))?,
        });
    }
    Ok(fonts)
}

/// Where the fonts of a file begin: one at its beginning, or those of a collection.
fn directories(file: &mut File) -> io::Result<Vec<u32>> {
    let head = bytes(file, 0, 12)?;
    if !head.starts_with(b"ttcf") {
        return Ok(vec![0]);
    }
    let count = number(&head[8..]).min(COLLECTED_MAX);
    let places = bytes(file, 12, count * 4)?;
    Ok(places.chunks_exact(4).map(number).collect())
}

/// The list of a font's tables.
fn directory(file: &mut File, font: u32) -> io::Result<Vec<u8>> {
    let head = bytes(file, font, 12)?;
    let count = u32::from(u16::from_be_bytes([head[4], head[5]]));
    bytes(file, font.saturating_add(12), count * 16)
}

/// The place and length of a table.
fn entry(directory: &[u8], tag: [u8; 4]) -> Option<(u32, u32)> {
    let mut entries = directory.chunks_exact(16);
    let entry = entries.find(|entry| entry.starts_with(&tag))?;
    Some((number(&entry[8..]), number(&entry[12..])))
}

fn number(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .take(4)
        .fold(0, |sum, byte| sum << 8 | u32::from(*byte))
}

fn bytes(file: &mut File, at: u32, length: u32) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at.into()))?;
    let mut bytes = vec![0; length as usize];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn read(path: &Path) -> Option<Vec<u8>> {
    let file = File::open(path).ok()?;
    if file.metadata().ok()?.len() > FONT_MAX {
        return None;
    }
    let mut bytes = Vec::new();
    file.take(FONT_MAX).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use flate2::read::ZlibDecoder;
    use rustix::fs::{CWD, FileType, Mode};

    use super::*;

    fn unpacked(packed: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        ZlibDecoder::new(packed).read_to_end(&mut bytes).unwrap();
        bytes
    }

    /// Fonts one after the other in one file; each says where its tables are from the file's beginning.
    fn collection(fonts: &[&[u8]]) -> Vec<u8> {
        let head = 12 + 4 * fonts.len();
        let mut bytes = [
            &b"ttcf"[..],
            &[0, 1, 0, 0],
            &(fonts.len() as u32).to_be_bytes(),
        ]
        .concat();
        let mut at = head as u32;
        for font in fonts {
            bytes.extend(at.to_be_bytes());
            at += font.len() as u32;
        }
        for font in fonts {
            let begin = bytes.len() as u32;
            let mut font = font.to_vec();
            let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
            for table in 0..tables {
                let place = 12 + table * 16 + 8..12 + table * 16 + 12;
                let moved = number(&font[place.clone()]) + begin;
                font[place].copy_from_slice(&moved.to_be_bytes());
            }
            bytes.extend(font);
        }
        bytes
    }

    #[test]
    fn find_a_font_that_has_a_character_and_pass_over_broken_ones() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let letters = unpacked(include_bytes!("../export/font/mono.ttf.z"));
        let emoji = unpacked(include_bytes!("../export/font/emoji.ttf.z"));
        fs::create_dir(at("below")).unwrap();
        fs::write(at("below/a-mono.ttf"), &letters).unwrap();
        fs::write(at("b.TTC"), collection(&[&letters, &emoji])).unwrap();
        fs::write(at("empty.ttf"), "").unwrap();
        fs::write(at("short.otf"), &letters[..200]).unwrap();
        fs::write(at("text.ttf"), "no font at all, but a long text").unwrap();
        fs::write(at("notes.txt"), &letters).unwrap();
        let pictures: Vec<u8> = unpacked(include_bytes!("../export/font/emoji.ttf.z"));
        let outlines = pictures.windows(4).position(|tag| tag == b"glyf").unwrap();
        let pictures = [&pictures[..outlines], b"CBDT", &pictures[outlines + 4..]].concat();
        fs::write(at("a-mono-pictures.ttf"), pictures).unwrap();
        fs::create_dir(at("folder.ttf")).unwrap();
        rustix::fs::mknodat(CWD, at("pipe.ttf"), FileType::Fifo, Mode::RUSR, 0).unwrap();

        let mut fonts = SystemFonts::in_folders(vec![at("nowhere"), folder.path().to_owned()]);
        let mut find = |character| {
            fonts
                .find(character)
                .map(|(bytes, index)| (bytes.len(), index))
        };
        let both = collection(&[&letters, &emoji]).len();
        assert_eq!(find('a'), Some((letters.len(), 0)));
        assert_eq!(find('🍳'), Some((both, 1)));
        assert_eq!(find('漢'), None);
    }
}
