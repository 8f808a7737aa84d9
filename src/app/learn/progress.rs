//! What a learner has done with a deck. It hangs on slide ids and names, so that it survives an edit of
//! the deck; what the deck no longer has stays, and is found again should it come back.
//!
//! A change is a [`Progress`] too: what is new in it is taken in, so that two windows on one deck lose
//! nothing of each other. Where it is kept is not known here.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::app::editor::{EDITS_MAX, Edit};

/// What a learner has done with one deck.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// The ids of the slides that were shown.
    pub seen: BTreeSet<String>,
    /// Answers to questions, by the mark of each (`slide/demo`).
    pub predictions: BTreeMap<String, Prediction>,
    /// Challenges that were begun, by the mark of each (`slide/name`).
    pub challenges: BTreeMap<String, Attempt>,
    /// What was made of programs, by the mark of each (`slide/demo/program`); at most [`EDITS_MAX`].
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub edits: BTreeMap<String, Edit>,
    /// The id of the slide that was shown last.
    pub last: Option<String>,
}

/// An answer to a question, and what the run said to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// What was answered.
    pub guess: Guess,
    /// What was measured then; `None` until a run was over.
    #[serde(default)]
    pub came: Option<Came>,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guess {
    /// One of several, by its text.
    Choice(String),
    /// A number.
    Number(f64),
}

/// An answer laid against a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Came {
    /// Whether it was right.
    pub agreement: Agreement,
    /// The sentence, computed from the run.
    pub text: String,
}

/// Whether an answer was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// The figures agree with it.
    Right,
    /// They don't.
    Wrong,
    /// They bear no answer.
    Open,
}

/// How far a challenge was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attempt {
    /// The sentence of the run that met it; `None` so far.
    pub met: Option<String>,
    /// How many of its hints are open.
    pub hints: usize,
}

impl Progress {
    /// Takes in what is newer: nothing that either has is lost, and where both answer one question the
    /// newer answer holds.
    pub fn take_in(&mut self, newer: Self) {
        self.seen.extend(newer.seen);
        self.predictions.extend(newer.predictions);
        for (mark, attempt) in newer.challenges {
            let kept = self.challenges.entry(mark).or_default();
            kept.hints = kept.hints.max(attempt.hints);
            kept.met = attempt.met.or(kept.met.take());
        }
        for (mark, edit) in newer.edits {
            if let Some(other) = self.gives_way(&mark) {
                self.edits.remove(&other);
            }
            self.edits.insert(mark, edit);
        }
        self.last = newer.last.or(self.last.take());
    }

    /// The mark of the edit that is forgotten where there are so many that there is no room for this one:
    /// the oldest, and before those that run one that is put aside.
    pub(in crate::app) fn gives_way(&self, mark: &str) -> Option<String> {
        let is_full = self.edits.len() >= EDITS_MAX && !self.edits.contains_key(mark);
        let edits = self.edits.iter().filter(|_| is_full);
        let first = edits.min_by_key(|(_, edit)| (!edit.aside, edit.number));
        first.map(|(mark, _)| mark.clone())
    }

    /// What the next edit is numbered with.
    pub(in crate::app) fn next_number(&self) -> u64 {
        let numbers = self.edits.values().map(|edit| edit.number);
        numbers.max().map_or(0, |last| last.saturating_add(1))
    }

    /// Questions that were answered rightly.
    pub fn predictions_right(&self) -> usize {
        let came = self
            .predictions
            .values()
            .filter_map(|kept| kept.came.as_ref());
        came.filter(|came| came.agreement == Agreement::Right)
            .count()
    }

    /// Challenges that were met.
    pub fn challenges_met(&self) -> usize {
        let attempts = self.challenges.values();
        attempts.filter(|attempt| attempt.met.is_some()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(text: &str) -> Prediction {
        Prediction {
            guess: Guess::Choice(text.to_owned()),
            came: None,
        }
    }

    fn attempt(met: Option<&str>, hints: usize) -> Attempt {
        let met = met.map(str::to_owned);
        Attempt { met, hints }
    }

    fn edit(text: &str) -> Edit {
        Edit {
            of: 1,
            text: text.to_owned(),
            aside: false,
            number: 0,
        }
    }

    #[test]
    fn the_oldest_edit_gives_way_and_one_put_aside_before_it() {
        // Marks and ages go against each other.
        let kept = |asides: &[usize]| Progress {
            edits: (0..EDITS_MAX)
                .map(|at| {
                    let edit = Edit {
                        aside: asides.contains(&at),
                        number: (EDITS_MAX - at) as u64,
                        ..edit("kept")
                    };
                    (format!("{at:02}"), edit)
                })
                .collect(),
            ..Progress::default()
        };
        for (asides, mark, expected) in [
            (&[][..], "new", Some("23")),
            (&[], "05", None),
            (&[3, 7], "new", Some("07")),
        ] {
            let mut progress = kept(asides);
            assert_eq!(progress.next_number(), EDITS_MAX as u64 + 1);
            let before = progress.edits.clone();
            progress.take_in(Progress {
                edits: [(mark.to_owned(), edit("new"))].into(),
                ..Progress::default()
            });
            let forgotten: Vec<&String> = before
                .keys()
                .filter(|mark| !progress.edits.contains_key(*mark))
                .collect();
            assert_eq!(forgotten, Vec::from_iter(expected), "{asides:?} {mark}");
            assert_eq!(progress.edits[mark], edit("new"));
        }
    }

    #[test]
    fn two_windows_lose_nothing_of_each_other() {
        let mut one = Progress {
            seen: ["a", "b"].map(str::to_owned).into(),
            predictions: [
                ("b/x".to_owned(), choice("old")),
                ("b/y".to_owned(), choice("kept")),
            ]
            .into(),
            challenges: [
                ("b/met".to_owned(), attempt(Some("by one"), 1)),
                ("b/open".to_owned(), attempt(None, 2)),
            ]
            .into(),
            edits: [
                ("b/d/p".to_owned(), edit("old")),
                ("b/d/q".to_owned(), edit("kept")),
            ]
            .into(),
            last: Some("b".to_owned()),
        };
        one.take_in(Progress {
            seen: ["c"].map(str::to_owned).into(),
            predictions: [("b/x".to_owned(), choice("new"))].into(),
            challenges: [
                ("b/met".to_owned(), attempt(None, 3)),
                ("b/open".to_owned(), attempt(Some("by two"), 0)),
            ]
            .into(),
            edits: [("b/d/p".to_owned(), edit("new"))].into(),
            last: None,
        });
        let expected = Progress {
            seen: ["a", "b", "c"].map(str::to_owned).into(),
            predictions: [
                ("b/x".to_owned(), choice("new")),
                ("b/y".to_owned(), choice("kept")),
            ]
            .into(),
            challenges: [
                ("b/met".to_owned(), attempt(Some("by one"), 3)),
                ("b/open".to_owned(), attempt(Some("by two"), 2)),
            ]
            .into(),
            edits: [
                ("b/d/p".to_owned(), edit("new")),
                ("b/d/q".to_owned(), edit("kept")),
            ]
            .into(),
            last: Some("b".to_owned()),
        };
        assert_eq!(one, expected);
    }
}
