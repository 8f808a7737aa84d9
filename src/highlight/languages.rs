//! Language names as decks write them, where the grammars know the language by another.

/// The name that the grammars know; the name itself where they know that.
pub(super) fn known_name(written: &str) -> &str {
    let aliases: &[(&[&str], &str)] = &[
        (&["python3", "py3", "pycon"], "py"),
        (&["shell", "console", "shellscript", "zsh", "ksh"], "sh"),
        (&["rust-script"], "rs"),
        (&["golang"], "go"),
        (&["jsx", "node"], "js"),
        (&["docker"], "Dockerfile"),
        (&["jsonc", "json5", "jsonl"], "json"),
        (&["csharp"], "cs"),
        (&["objc"], "m"),
        (&["make", "mk"], "Makefile"),
        (&["plain", "plaintext", "text", "none"], "txt"),
    ];
    aliases
        .iter()
        .find(|(names, _)| names.iter().any(|name| name.eq_ignore_ascii_case(written)))
        .map_or(written, |(_, known)| known)
}
