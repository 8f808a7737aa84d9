//! Keeps the floors of the house apart: reads every path in `src/` and `demos/src/` and compares it
//! with the tables below. What each room is for stands in `ARCHITECTURE.md`.
//!
//! A path counts wherever it stands in code (`use`, expressions, types); comments don't.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A room of the presenter, what it may use of the other rooms, of the demos floor, and which of
/// the crates that are kept to few rooms.
struct Room {
    name: &'static str,
    rooms: &'static [&'static str],
    demos: Demos,
    crates: &'static [&'static str],
}

/// How much of `parade_demos` a room may see.
#[derive(Clone, Copy, PartialEq)]
enum Demos {
    /// The nouns, and the pure functions over them.
    Nouns,
    /// Runs and meters too.
    All,
}

/// The modules of `parade_demos` that only describe, check and compute, and start nothing.
const DEMO_NOUNS: &[&str] = &[
    "catalogue",
    "expression",
    "holds",
    "report",
    "snapshot",
    "spec",
    "verdict",
];

/// Crates that only some rooms may use.
const GUARDED_CRATES: &[&str] = &[
    "crossterm",
    "ratatui",
    "pulldown_cmark",
    "syntect",
    "notify",
    "clap",
];

const NOUNS: &[&str] = &["deck", "key", "theme"];

const ROOMS: &[Room] = &[
    // 1: nouns.
    Room {
        name: "deck",
        rooms: &["theme"],
        demos: Demos::Nouns,
        crates: &[],
    },
    Room {
        name: "theme",
        rooms: &["deck"],
        demos: Demos::Nouns,
        crates: &[],
    },
    Room {
        name: "key",
        rooms: &[],
        demos: Demos::Nouns,
        crates: &[],
    },
    // 2: pure functions.
    Room {
        name: "highlight",
        rooms: NOUNS,
        demos: Demos::Nouns,
        crates: &["syntect"],
    },
    Room {
        name: "parse",
        rooms: NOUNS,
        demos: Demos::Nouns,
        crates: &["pulldown_cmark"],
    },
    Room {
        name: "layout",
        rooms: &["deck", "highlight", "key", "theme"],
        demos: Demos::Nouns,
        crates: &[],
    },
    Room {
        name: "check",
        rooms: &["deck", "highlight", "key", "layout", "parse", "theme"],
        demos: Demos::Nouns,
        crates: &[],
    },
    // 3: the machine.
    Room {
        name: "app",
        rooms: &[
            "check",
            "deck",
            "highlight",
            "key",
            "layout",
            "parse",
            "theme",
        ],
        demos: Demos::Nouns,
        crates: &[],
    },
    // 4a: the outside world.
    Room {
        name: "files",
        rooms: &["deck", "parse"],
        demos: Demos::Nouns,
        crates: &[],
    },
    Room {
        name: "engine",
        rooms: &[
            "app",
            "check",
            "deck",
            "files",
            "highlight",
            "key",
            "layout",
            "parse",
            "theme",
        ],
        demos: Demos::All,
        crates: &["notify"],
    },
    // 4b: pictures.
    Room {
        name: "view",
        rooms: &["app", "deck", "highlight", "key", "layout", "theme"],
        demos: Demos::Nouns,
        crates: &["ratatui"],
    },
    Room {
        name: "export",
        rooms: &["app", "deck", "highlight", "key", "layout", "theme", "view"],
        demos: Demos::Nouns,
        crates: &["ratatui"],
    },
    // 5: the shell.
    Room {
        name: "terminal",
        rooms: &[
            "app",
            "deck",
            "engine",
            "highlight",
            "key",
            "layout",
            "theme",
            "view",
        ],
        demos: Demos::Nouns,
        crates: &["ratatui"],
    },
    Room {
        name: "present",
        rooms: &[
            "app",
            "check",
            "deck",
            "engine",
            "export",
            "files",
            "highlight",
            "key",
            "layout",
            "parse",
            "terminal",
            "theme",
            "view",
        ],
        demos: Demos::All,
        crates: &[],
    },
    Room {
        name: "cli",
        rooms: &[
            "app",
            "check",
            "deck",
            "engine",
            "export",
            "files",
            "highlight",
            "key",
            "layout",
            "parse",
            "present",
            "terminal",
            "theme",
            "view",
        ],
        demos: Demos::All,
        crates: &["clap"],
    },
];

/// The rooms of the demos floor and what each may use of the others. Two files of `run/`
/// stand below the models: `protocol`, the nouns that lanes are told and tell, and `process`, what
/// a process asks the system about itself.
const DEMO_ROOMS: &[(&str, &[&str])] = &[
    ("spec", &[]),
    ("parameter", &["spec"]),
    ("holds", &[]),
    ("report", &["spec"]),
    ("snapshot", &["holds", "report", "spec"]),
    ("protocol", &["holds", "spec"]),
    ("process", &["protocol"]),
    ("expression", &["report", "spec"]),
    ("meter", &["snapshot"]),
    ("python", &["holds", "spec"]),
    ("explore", &["python"]),
    (
        "workload",
        &["holds", "parameter", "process", "protocol", "spec"],
    ),
    // The keeper of a deck's own program finds what is left of it with the meter's reader.
    (
        "model",
        &[
            "holds",
            "meter",
            "parameter",
            "process",
            "protocol",
            "python",
            "spec",
            "workload",
        ],
    ),
    (
        "catalogue",
        &[
            "expression",
            "model",
            "parameter",
            "python",
            "spec",
            "workload",
        ],
    ),
    ("verdict", &["catalogue", "expression", "report", "spec"]),
    ("trace", &["report", "snapshot", "spec"]),
    (
        "run",
        &[
            "catalogue",
            "expression",
            "holds",
            "meter",
            "model",
            "process",
            "protocol",
            "report",
            "snapshot",
            "spec",
            "verdict",
            "workload",
        ],
    ),
];

#[test]
fn every_room_of_the_presenter_uses_lower_rooms_alone() {
    let mut broken = Vec::new();
    for file in sources("src") {
        let Some(name) = room_of(&file, "src") else {
            continue;
        };
        let Some(room) = ROOMS.iter().find(|room| room.name == name) else {
            broken.push(format!("{}: no row in the table of rooms", file.display()));
            continue;
        };
        let text = code(&file);
        for used in crate_paths(&text, &file, "src") {
            let is_room = ROOMS.iter().any(|other| other.name == used);
            if is_room && used != name && !room.rooms.contains(&used.as_str()) {
                broken.push(format!("{}: {name} must not use {used}", file.display()));
            }
        }
        for module in heads_after(&text, "parade_demos::") {
            if room.demos == Demos::Nouns
                && module_like(&module)
                && !DEMO_NOUNS.contains(&module.as_str())
            {
                broken.push(format!(
                    "{}: {name} must not use parade_demos::{module}",
                    file.display()
                ));
            }
        }
        for guarded in GUARDED_CRATES {
            if uses_crate(&text, guarded) && !room.crates.contains(guarded) {
                broken.push(format!("{}: {name} must not use {guarded}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_room_of_the_demos_uses_lower_rooms_alone() {
    let mut broken = Vec::new();
    for file in sources("demos/src") {
        let Some(name) = room_of(&file, "demos/src") else {
            continue;
        };
        let Some((_, allowed)) = DEMO_ROOMS.iter().find(|(room, _)| *room == name) else {
            broken.push(format!(
                "{}: no row in the table of demo rooms",
                file.display()
            ));
            continue;
        };
        let text = code(&file)
            .replace("run::proc", "proc")
            .replace("run::proto", "proto");
        for used in crate_paths(&text, &file, "demos/src") {
            let is_room = DEMO_ROOMS.iter().any(|(room, _)| *room == used);
            if is_room && used != name && !allowed.contains(&used.as_str()) {
                broken.push(format!("{}: {name} must not use {used}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_tables_themselves_have_no_way_up() {
    for (index, room) in ROOMS.iter().enumerate() {
        for used in room.rooms {
            let at = ROOMS.iter().position(|other| other.name == *used);
            let at = at.unwrap_or_else(|| panic!("{used} has no row"));
            let nouns = NOUNS.contains(&room.name) && NOUNS.contains(used);
            assert!(
                at < index || nouns,
                "{} uses {used}, which stands above it",
                room.name
            );
        }
    }
    let room = |name: &str| ROOMS.iter().find(|room| room.name == name).expect("a row");
    for picture in ["view", "export"] {
        assert!(!room("engine").rooms.contains(&picture), "4a imports 4b");
        assert!(!room(picture).rooms.contains(&"engine"), "4b imports 4a");
    }
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

/// The Rust files below a folder of the repository.
fn sources(folder: &str) -> Vec<PathBuf> {
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
fn room_of(file: &Path, folder: &str) -> Option<String> {
    let room = module_path(file, folder).into_iter().next()?;
    (!matches!(room.as_str(), "lib" | "main")).then_some(room)
}

/// A file without its comments and its tests, which may look upwards to hold two rooms together.
fn code(file: &Path) -> String {
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
fn without_comments(text: &str) -> String {
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
fn crate_paths(text: &str, file: &Path, folder: &str) -> BTreeSet<String> {
    let mut found = heads_after(text, "crate::");
    let to_root = "super::".repeat(module_path(file, folder).len().max(1));
    found.extend(heads_after(text, &to_root));
    found
}

/// What follows a prefix: one name, or those of a group in braces.
fn heads_after(text: &str, prefix: &str) -> BTreeSet<String> {
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
fn module_like(name: &str) -> bool {
    name.starts_with(|c: char| c.is_lowercase())
}

/// Whether the text names a crate: `ratatui::…` or `use ratatui`.
fn uses_crate(text: &str, name: &str) -> bool {
    !heads_after(text, &format!("{name}::")).is_empty() || text.contains(&format!("use {name}"))
}
