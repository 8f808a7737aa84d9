//! Reads sources for the paths in them.
//!
//! A path counts wherever it stands in code (`use`, expressions, types); comments don't.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The Rust files below a folder of the repository.
pub(crate) fn sources(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let root = Path::new(env!("CARGO_MANIFEST_DIR"));
                found.push(path.strip_prefix(root).expect("below the root").to_owned());
            }
        }
    }
    assert!(!found.is_empty(), "no source in {folder}");
    found.sort();
    found
}

/// The module path of a file: `src/app/state.rs` → `[app, state]`.
fn module_path(file: &Path, folder: &str) -> Vec<String> {
    let below = file.strip_prefix(folder).unwrap_or(file).with_extension("");
    let mut path: Vec<String> = below
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if path.last().is_some_and(|name| name == "mod") {
        path.pop();
    }
    path
}

/// The room that a file belongs to; none for the crate's roots, which name every room.
pub(crate) fn room_of(file: &Path, folder: &str) -> Option<String> {
    let room = module_path(file, folder).into_iter().next()?;
    (!matches!(room.as_str(), "lib" | "main")).then_some(room)
}

/// A file without its comments and its tests, which may look upwards to hold two rooms together.
pub(crate) fn code(file: &Path) -> String {
    let tests = |part: &std::ffi::OsStr| part == "tests" || part == "tests.rs";
    if file.iter().any(tests) {
        return String::new();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = without_comments(&fs::read_to_string(path).expect("a source file is UTF-8"));
    let tests = text.find("#[cfg(test)]\nmod tests {");
    tests.map_or(text.clone(), |at| text[..at].to_owned())
}

/// Cuts line comments off. `//` after a colon is an address within a string and stays.
pub(crate) fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for line in text.lines() {
        let cut = line
            .match_indices("//")
            .find(|(at, _)| !line[..*at].ends_with(':'));
        kept.push_str(&line[..cut.map_or(line.len(), |(at, _)| at)]);
        kept.push('\n');
    }
    kept
}

/// The first names of all paths that begin at the crate's root, written `crate::` or with as many
/// `super::` as lead there.
pub(crate) fn crate_paths(text: &str, file: &Path, folder: &str) -> BTreeSet<String> {
    let mut found = heads_after(text, "crate::");
    let to_root = "super::".repeat(module_path(file, folder).len().max(1));
    found.extend(heads_after(text, &to_root));
    found
}

/// What follows a prefix: one name, or those of a group in braces.
pub(crate) fn heads_after(text: &str, prefix: &str) -> BTreeSet<String> {
    let mut heads = BTreeSet::new();
    for (at, _) in text.match_indices(prefix) {
        let within_word =
            text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        if within_word {
            continue;
        }
        let rest = &text[at + prefix.len()..];
        if let Some(group) = rest.strip_prefix('{') {
            heads.extend(group_heads(group));
        } else {
            heads.extend(first_name(rest));
        }
    }
    heads
}

/// The first name of each member of a group: `deck::{Block, Span}, theme}` → `deck`, `theme`.
fn group_heads(group: &str) -> Vec<String> {
    let mut heads = Vec::new();
    let (mut depth, mut begins) = (1, true);
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => begins = true,
            _ if begins && !character.is_whitespace() => {
                heads.extend(first_name(&group[at..]));
                begins = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    heads
}

fn first_name(text: &str) -> Option<String> {
    let name: String = text
        .trim_start()
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    (!name.is_empty()).then_some(name)
}

/// Modules are lower case; types and constants at the crate's root are not.
pub(crate) fn module_like(name: &str) -> bool {
    name.starts_with(|c: char| c.is_lowercase())
}

/// Whether the text names a crate: `ratatui::…` or `use ratatui`.
pub(crate) fn uses_crate(text: &str, name: &str) -> bool {
    let named = ["use {};", "use {} as "].map(|form| form.replace("{}", name));
    let is_used = named.iter().any(|form| text.contains(form));
    is_used || !heads_after(text, &format!("{name}::")).is_empty()
}

#[test]
fn paths_are_found_wherever_they_stand() {
    let cases: &[(&str, &[&str])] = &[
        ("use crate::deck::Block;", &["deck"]),
        (
            "use crate::{deck::{Block, Span}, theme, view::draw};",
            &["deck", "theme", "view"],
        ),
        (
            "pub(crate) fn f(page: &crate::layout::Page) {}",
            &["layout"],
        ),
        ("use super::super::engine::Engine;", &["engine"]),
        ("use super::State;", &[]),
        ("// crate::view is told about it", &[]),
        (
            "let address = \"https://example.org\"; crate::view::draw();",
            &["view"],
        ),
    ];
    for (text, expected) in cases {
        let found = crate_paths(
            &without_comments(text),
            Path::new("src/app/state.rs"),
            "src",
        );
        let expected: BTreeSet<String> = expected.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{text}");
    }
}
