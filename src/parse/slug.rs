//! Names made of titles.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Longest name made of a title, in characters.
const LENGTH_MAX: usize = 64;

/// A title in lower case with hyphens between its words, nothing else; empty when it has no letter
/// or digit.
pub(crate) fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len().min(LENGTH_MAX));
    for c in title.chars().take(LENGTH_MAX) {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') && !is_inner(c) {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Marks within a word, which don't part it.
fn is_inner(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{200d}' | '\u{fe0f}')
}

/// Gives out names, each once.
#[derive(Default)]
pub(crate) struct Names {
    /// For each name wanted so far: the number that its next namesake tries first.
    next: HashMap<String, usize>,
}

impl Names {
    /// The name itself, or with a number behind it that makes it unlike those given out before.
    pub(crate) fn take(&mut self, wanted: String) -> String {
        let mut number = match self.next.entry(wanted.clone()) {
            Entry::Vacant(free) => {
                free.insert(2);
                return wanted;
            }
            Entry::Occupied(taken) => *taken.get(),
        };
        let mut name = format!("{wanted}-{number}");
        while self.next.contains_key(&name) {
            number += 1;
            name = format!("{wanted}-{number}");
        }
        self.next.insert(name.clone(), 2);
        self.next.insert(wanted, number + 1);
        name
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, slug};

    #[test]
    fn makes_a_name_of_a_title() {
        for (title, expected) in [
            ("CPU bound vs I/O bound", "cpu-bound-vs-i-o-bound"),
            ("🐍 Examples", "examples"),
            ("Why?!?", "why"),
            ("Sam Gross' nogil", "sam-gross-nogil"),
            ("Größe 日本", "größe-日本"),
            ("🐍", ""),
        ] {
            assert_eq!(slug(title), expected, "{title}");
        }
    }

    #[test]
    fn gives_each_name_once() {
        let mut names = Names::default();
        let taken: Vec<_> = ["a", "a-2", "a", "a", "b"]
            .map(|name| names.take(name.into()))
            .into();
        assert_eq!(taken, ["a", "a-2", "a-3", "a-4", "b"]);
    }
}
