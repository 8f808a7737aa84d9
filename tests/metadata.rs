//! What the workspace is made of: licences, and what must not stand below the demos floor.
//!
//! Asks `cargo tree`, which lists what is really built on this machine; `cargo metadata` also lists
//! crates behind weak features that nobody turns on.

use std::collections::BTreeMap;
use std::process::Command;

/// Licences that may be linked into a program under MIT OR Apache-2.0. `deny.toml` has the same list.
const LICENCES: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
    "0BSD",
    "WTFPL",
];

#[test]
fn every_dependency_has_a_licence_that_fits() {
    let misfits: Vec<_> = ["parade", "parade-demos"]
        .into_iter()
        .flat_map(|package| below(package, "normal,build,dev"))
        .filter(|(_, licence)| !fits(licence))
        .collect();
    assert!(misfits.is_empty(), "{misfits:#?}");
}

#[test]
fn the_demos_know_no_terminal_and_no_markdown() {
    let below = below("parade-demos", "normal,build");
    for kept_out in [
        "ratatui",
        "ratatui-core",
        "crossterm",
        "pulldown-cmark",
        "syntect",
        "clap",
    ] {
        assert!(
            !below.contains_key(kept_out),
            "parade-demos depends on {kept_out}"
        );
    }
    assert!(
        below.contains_key("serde_json"),
        "the list itself is wrong: {below:?}"
    );
}

#[test]
fn nothing_builds_a_c_library() {
    let below_parade = below("parade", "normal,build");
    for kept_out in ["cmake", "bindgen", "onig_sys", "openssl-sys"] {
        assert!(
            !below_parade.contains_key(kept_out),
            "parade depends on {kept_out}"
        );
    }
    // Two that assemble a page of their own for the parser of Python, so that deep nesting finds stack.
    // They ask for the `cc` with which the Rust toolchain links every program, and build no library.
    let ask_for_cc = crates(&["--invert", "cc", "--depth", "1", "--edges", "normal,build"]);
    let ask_for_cc: Vec<&str> = ask_for_cc.keys().map(String::as_str).collect();
    assert_eq!(ask_for_cc, ["cc", "psm", "stacker"]);
}

#[test]
fn deny_toml_allows_the_same_licences() {
    let text = include_str!("../deny.toml");
    let table: toml::Table = text.parse().expect("deny.toml is TOML");
    let allowed = table["licenses"]["allow"].as_array().expect("a list");
    let allowed: Vec<&str> = allowed.iter().filter_map(toml::Value::as_str).collect();
    assert_eq!(allowed, LICENCES);
}

#[test]
fn licence_expressions_are_weighed() {
    let cases = [
        ("MIT OR Apache-2.0", true),
        ("GPL-3.0 OR MIT", true),
        ("MIT/Apache-2.0", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT", true),
        ("GPL-3.0", false),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR Apache-2.0) AND GPL-3.0", false),
        ("", false),
    ];
    for (expression, expected) in cases {
        assert_eq!(fits(expression), expected, "{expression:?}");
    }
}

/// What a package is built from, itself included: names and licences.
fn below(package: &str, edges: &str) -> BTreeMap<String, String> {
    crates(&["--package", package, "--edges", edges])
}

/// The crates that `cargo tree` lists when asked so: names and licences.
fn crates(asked: &[&str]) -> BTreeMap<String, String> {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--prefix", "none"])
        .args(["--format", "{p}|{l}"])
        .args(asked)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(
        tree.status.success(),
        "{}",
        String::from_utf8_lossy(&tree.stderr)
    );
    let named = |line: &str| {
        let (package, licence) = line.split_once('|')?;
        let name = package.split_whitespace().next()?;
        Some((
            name.to_owned(),
            licence.trim_end_matches("(*)").trim().to_owned(),
        ))
    };
    String::from_utf8(tree.stdout)
        .expect("UTF-8")
        .lines()
        .filter_map(named)
        .collect()
}

/// Whether one can comply with an SPDX expression by complying with allowed licences alone. Knows
/// `OR` (also written `/`), `AND`, and one level of parentheses, which is all that crates use.
fn fits(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    top_level(&expression, " AND ").iter().all(|part| {
        let part = part.trim();
        let part = part
            .strip_prefix('(')
            .and_then(|part| part.strip_suffix(')'))
            .unwrap_or(part);
        part.split(" OR ")
            .any(|licence| LICENCES.contains(&licence.trim()))
    })
}

/// Splits at a word outside parentheses.
fn top_level<'a>(text: &'a str, word: &str) -> Vec<&'a str> {
    let (mut parts, mut from, mut depth) = (Vec::new(), 0, 0_i32);
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 && at >= from && text[at..].starts_with(word) => {
                parts.push(&text[from..at]);
                from = at + word.len();
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}
