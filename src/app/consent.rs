//! Consent: a deck's own commands run only when the user said so, for exactly this deck.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use parade_demos::catalogue;
use parade_demos::spec::DemoSpec;

use super::{ContentHash, Effect, Live, Mode, ReplayWhy, State};
use crate::deck::Deck;

/// What is shown of something that was not allowed to run.
const REFUSED: &str = "its commands were not allowed to run";

/// What something of the deck's own wants to run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wants {
    /// As the user is asked about it, a line each.
    pub(super) shown: Vec<String>,
    /// All that decides what happens: what is said about it is consent to exactly this.
    pub(super) content: Vec<String>,
}

impl ContentHash {
    /// Of everything that commands come from: the deck's files and what would run.
    pub fn of(deck: &Deck, content: &[String]) -> Self {
        let mut hasher = DefaultHasher::new();
        for file in &deck.files {
            file.path.hash(&mut hasher);
            file.text.hash(&mut hasher);
        }
        content.hash(&mut hasher);
        Self(hasher.finish())
    }
}

impl State {
    /// What it wants to run of the deck's own; nothing for a demo of built-in workloads. `None` for
    /// what is not known here.
    fn wants(&self, what: &Live) -> Option<Wants> {
        match what {
            Live::Demo(key) => {
                let shown = commands(&self.demos.get(key)?.spec, self.cores);
                Some(Wants {
                    content: shown.clone(),
                    shown,
                })
            }
            Live::Snippet(key) => self.snippet_wants(key),
        }
    }

    /// Whether it may run: it has no commands of its own, or the user allowed them.
    pub(super) fn may_run(&self, what: &Live) -> bool {
        self.wants(what).is_some_and(|Wants { content, .. }| {
            content.is_empty()
                || self.settings.trusted
                || self
                    .consents
                    .contains(&ContentHash::of(&self.deck, &content))
        })
    }

    /// Asks whether its commands may run.
    pub(super) fn ask_consent(&mut self, what: impl Into<Live>) {
        let what = what.into();
        let Wants { shown, content } = self.wants(&what).unwrap_or_default();
        self.enter(Mode::Consent {
            what,
            commands: shown,
            content: ContentHash::of(&self.deck, &content),
        });
    }

    /// The user allows the commands that were asked about.
    pub(super) fn allow(&mut self, effects: &mut Vec<Effect>) {
        let Mode::Consent { what, content, .. } = std::mem::take(&mut self.mode) else {
            return;
        };
        self.dirty = true;
        if self.consents.len() < super::DEMOS_KEPT_MAX {
            self.consents.insert(content);
        }
        if self.live_shown().contains(&what) && self.may_run(&what) {
            self.start_or_queue(what, effects);
        }
    }

    /// The user doesn't allow them.
    pub(super) fn refuse(&mut self, effects: &mut Vec<Effect>) {
        self.dirty = true;
        let Mode::Consent { what, .. } = std::mem::take(&mut self.mode) else {
            return;
        };
        match what {
            Live::Demo(key) => {
                if let Some(demo) = self.demos.get_mut(&key) {
                    demo.refused = Some(REFUSED.to_owned());
                    effects.push(Effect::Replay(key, ReplayWhy::NoRun));
                }
            }
            Live::Snippet(key) => {
                if let Some(snippet) = self.snippets.get_mut(&key) {
                    snippet.refused = Some(REFUSED.to_owned());
                }
            }
        }
    }
}

/// The deck's own commands in a demo, each as a line, exactly as they will run.
fn commands(spec: &DemoSpec, cores: u32) -> Vec<String> {
    let own = spec.lanes.iter().filter(|lane| !lane.command.is_empty());
    own.map(|lane| {
        let work = catalogue::exact_work(lane).unwrap_or(1);
        let workers = catalogue::worker_count(lane, cores as usize, work);
        let words = lane.command_for(workers);
        let quoted: Vec<String> = words.iter().map(|word| self::quoted(word)).collect();
        quoted.join(" ")
    })
    .collect()
}

/// A word as a shell would need it, so that the user sees where one ends and the next begins.
pub(super) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=:,+%@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
