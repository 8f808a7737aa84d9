//! Consent: a deck's own commands run only when the user said so, for exactly this deck.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use parade_demos::catalogue;
use parade_demos::spec::DemoSpec;

use super::{ContentHash, DemoKey, Effect, Mode, ReplayWhy, State};
use crate::deck::Deck;

/// What a demo shows that was not allowed to run.
const REFUSED: &str = "its commands were not allowed to run";

impl ContentHash {
    /// Of everything a demo's commands come from: the deck's files and what would run.
    pub fn of(deck: &Deck, commands: &[String]) -> Self {
        let mut hasher = DefaultHasher::new();
        for file in &deck.files {
            file.path.hash(&mut hasher);
            file.text.hash(&mut hasher);
        }
        commands.hash(&mut hasher);
        Self(hasher.finish())
    }
}

impl State {
    /// Whether a demo may run: it has no commands of its own, or the user allowed them.
    pub(super) fn may_run(&self, key: &DemoKey) -> bool {
        let Some(demo) = self.demos.get(key) else {
            return false;
        };
        let commands = commands(&demo.spec, self.cores);
        commands.is_empty()
            || self.settings.trusted
            || self
                .consents
                .contains(&ContentHash::of(&self.deck, &commands))
    }

    /// Asks whether a demo's commands may run.
    pub(super) fn ask_consent(&mut self, demo: DemoKey) {
        let demo_state = self.demos.get(&demo);
        let commands = demo_state.map(|demo| commands(&demo.spec, self.cores));
        let commands = commands.unwrap_or_default();
        self.enter(Mode::Consent { demo, commands });
    }

    /// The user allows the commands that were asked about.
    pub(super) fn allow(&mut self, effects: &mut Vec<Effect>) {
        let Mode::Consent { demo, commands } = std::mem::take(&mut self.mode) else {
            return;
        };
        self.dirty = true;
        if self.consents.len() < super::DEMOS_KEPT_MAX {
            self.consents.insert(ContentHash::of(&self.deck, &commands));
        }
        if self.demo.as_ref() == Some(&demo) && self.may_run(&demo) {
            self.start_or_queue(demo, effects);
        }
    }

    /// The user doesn't allow them.
    pub(super) fn refuse(&mut self, effects: &mut Vec<Effect>) {
        if let Mode::Consent { demo: key, .. } = std::mem::take(&mut self.mode)
            && let Some(demo) = self.demos.get_mut(&key)
        {
            demo.refused = Some(REFUSED.to_owned());
            effects.push(Effect::Replay(key, ReplayWhy::NoRun));
        }
        self.dirty = true;
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
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=:,+%@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
