//! Which key does what in which mode: the table of actions, less and plus what the user bound.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{ACTIONS, Action, Focus, Group, Mode, Scope};
use crate::key::{Chord, Key};

/// Which key does what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyMap {
    keys: BTreeMap<Action, Vec<Chord>>,
    by_scope: BTreeMap<(Scope, Chord), Action>,
}

/// One key with two meanings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{chord}` is bound to both `{}` and `{}`; bind one of them to another key", .first.name(), .second.name())]
pub struct Conflict {
    /// The key.
    pub chord: Chord,
    /// The action that has it.
    pub first: Action,
    /// The action that claims it too.
    pub second: Action,
}

impl Default for KeyMap {
    fn default() -> Self {
        Self::new(&BTreeMap::new()).expect("a test keeps the table free of conflicts")
    }
}

impl KeyMap {
    /// The table's keys, with these actions bound to other keys; an empty list unbinds.
    ///
    /// # Errors
    /// The first key that would have two meanings in one mode.
    pub fn new(bound: &BTreeMap<Action, Vec<Chord>>) -> Result<Self, Conflict> {
        let keys: BTreeMap<_, _> = ACTIONS
            .iter()
            .map(|entry| {
                let own = bound.get(&entry.action).cloned();
                (entry.action, own.unwrap_or_else(|| entry.keys.to_vec()))
            })
            .collect();
        let mut by_scope = BTreeMap::new();
        for (&action, chords) in &keys {
            for (&scope, &chord) in each(action.entry().scopes, chords) {
                let first = by_scope.insert((scope, chord), action);
                if let Some(first) = first.filter(|first| *first != action) {
                    return Err(Conflict {
                        chord,
                        first,
                        second: action,
                    });
                }
            }
        }
        let map = Self { keys, by_scope };
        map.layers_agree()?;
        Ok(map)
    }

    /// The keys of an action.
    pub fn keys(&self, action: Action) -> &[Chord] {
        self.keys.get(&action).map_or(&[], Vec::as_slice)
    }

    /// The first key of an action, to show in a hint.
    pub fn key(&self, action: Action) -> Option<Chord> {
        self.keys(action).first().copied()
    }

    /// The first key that an action has in a mode, to show in a hint: where keys type, one that doesn't.
    pub fn key_in(&self, mode: &Mode, action: Action) -> Option<Chord> {
        let mut keys = self.keys(action).iter().copied();
        keys.find(|chord| !mode.takes_text() || chord.types().is_none())
    }

    /// What a key does in a mode, and with what has the focus there.
    pub fn action(&self, mode: &Mode, focus: Focus, chord: Chord) -> Option<Action> {
        if mode.takes_text() && chord.types().is_some() {
            return None;
        }
        let in_scope = |scope: &Scope| self.by_scope.get(&(*scope, chord)).copied();
        scopes(mode, focus).iter().find_map(in_scope)
    }

    /// A key may mean one thing in a mode and another where a demo has the focus only if both are
    /// digits: those are the thing's in focus. All else would take a key away from the slide.
    fn layers_agree(&self) -> Result<(), Conflict> {
        let layered = |scope| {
            let above: &[Scope] = match scope {
                Scope::Demo | Scope::Block => &[Scope::Slide, Scope::Anywhere],
                Scope::Anywhere => &[],
                _ => &[Scope::Anywhere],
            };
            above
        };
        for (&(scope, chord), &action) in &self.by_scope {
            for &below in layered(scope) {
                match self.by_scope.get(&(below, chord)) {
                    Some(&other) if !(action.is_fixed() && other.is_fixed()) => {
                        return Err(Conflict {
                            chord,
                            first: action.min(other),
                            second: action.max(other),
                        });
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

fn each<'a, A, B>(a: &'a [A], b: &'a [B]) -> impl Iterator<Item = (&'a A, &'a B)> {
    a.iter().flat_map(move |a| b.iter().map(move |b| (a, b)))
}

/// The scopes that hold in a mode, the thing in focus first.
pub fn scopes(mode: &Mode, focus: Focus) -> &'static [Scope] {
    match mode {
        Mode::Slide if focus == Focus::Demo => &[Scope::Demo, Scope::Slide, Scope::Anywhere],
        Mode::Slide if focus == Focus::Block => &[Scope::Block, Scope::Slide, Scope::Anywhere],
        Mode::Slide => &[Scope::Slide, Scope::Anywhere],
        Mode::Number(_) => &[Scope::Number, Scope::Anywhere],
        Mode::Command(_) | Mode::Search { .. } => &[Scope::Line, Scope::Anywhere],
        Mode::Overview { .. } => &[Scope::Overview, Scope::Anywhere],
        Mode::Help { .. } => &[Scope::Help, Scope::Anywhere],
        Mode::Black => &[Scope::Black, Scope::Anywhere],
        Mode::Consent { .. } => &[Scope::Consent, Scope::Anywhere],
        Mode::Question(_) => &[Scope::Question, Scope::Anywhere],
        Mode::Edit(_) => &[Scope::Editor, Scope::Anywhere],
    }
}

impl Mode {
    /// Whether keys that type belong to a text.
    pub fn takes_text(&self) -> bool {
        matches!(self, Self::Command(_) | Self::Search { .. } | Self::Edit(_))
    }
}

impl Chord {
    /// The character that this key types, if it types one.
    pub fn types(self) -> Option<char> {
        match self.key {
            Key::Char(character) if !self.ctrl && !self.alt => Some(character),
            _ => None,
        }
    }
}

/// The help's lines for a key map, group by group: keys, then what they do.
pub fn help(keys: &KeyMap) -> Vec<(Group, Vec<(String, &'static str)>)> {
    let lines = |group| {
        let of_group = ACTIONS.iter().filter(move |entry| entry.group == group);
        let bound = of_group.filter(|entry| !keys.keys(entry.action).is_empty());
        bound
            .map(|entry| (keys_text(keys.keys(entry.action), ""), entry.help))
            .collect()
    };
    Group::ALL.map(|group| (group, lines(group))).to_vec()
}

/// The table of keys as Markdown, as the README has it.
pub fn keys_markdown() -> String {
    let keys = KeyMap::default();
    let mut text = String::from("| Keys | What they do | Name |\n|---|---|---|\n");
    for group in Group::ALL {
        let _ = writeln!(text, "| **{}** | | |", group.title());
        for entry in ACTIONS.iter().filter(|entry| entry.group == group) {
            let chords = keys_text(keys.keys(entry.action), "`");
            let _ = writeln!(text, "| {chords} | {} | `{}` |", entry.help, entry.name);
        }
    }
    text
}

/// Keys side by side, each between `quote`s; all digits as `0–9`.
fn keys_text(chords: &[Chord], quote: &str) -> String {
    let digits = ('0'..='9').map(Chord::from);
    if chords.iter().copied().eq(digits) {
        return format!("{quote}0{quote}–{quote}9{quote}");
    }
    let quoted = chords.iter().map(|chord| format!("{quote}{chord}{quote}"));
    quoted.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modes() -> Vec<(&'static str, Mode, Focus)> {
        let search = Mode::Search {
            query: String::new(),
            from: super::super::Place::default(),
            found: true,
        };
        let demo = super::super::DemoKey {
            slide: "a".into(),
            demo: "b".into(),
        };
        let question = super::super::Question {
            demo: demo.clone(),
            mark: "a/b".into(),
            text: "?".into(),
            draft: super::super::Draft::Number(String::new()),
        };
        vec![
            ("editor", Mode::Edit(Box::default()), Focus::Slide),
            ("question", Mode::Question(Box::new(question)), Focus::Slide),
            ("slide", Mode::Slide, Focus::Slide),
            ("demo", Mode::Slide, Focus::Demo),
            ("block", Mode::Slide, Focus::Block),
            ("number", Mode::Number("1".into()), Focus::Slide),
            ("command", Mode::Command(String::new()), Focus::Slide),
            ("search", search, Focus::Slide),
            ("overview", Mode::Overview { selected: 0 }, Focus::Slide),
            ("help", Mode::Help { scroll: 0 }, Focus::Slide),
            ("black", Mode::Black, Focus::Slide),
            (
                "consent",
                Mode::Consent {
                    what: demo.into(),
                    commands: Vec::new(),
                    content: super::super::ContentHash::default(),
                },
                Focus::Slide,
            ),
        ]
    }

    #[test]
    fn gives_no_key_two_meanings_in_any_mode() {
        for (name, mode, focus) in modes() {
            let mut meanings: BTreeMap<Chord, Vec<Action>> = BTreeMap::new();
            for entry in ACTIONS {
                let holds = scopes(&mode, focus)
                    .iter()
                    .any(|scope| entry.scopes.contains(scope));
                for &chord in entry.keys.iter().filter(|_| holds) {
                    meanings.entry(chord).or_default().push(entry.action);
                }
            }
            let doubled: Vec<_> = meanings
                .into_iter()
                .filter(|(_, all)| all.len() > 1)
                .collect();
            let digits =
                || ('0'..='9').map(|digit| (digit.into(), vec![Action::Digit, Action::Lane]));
            let expected: Vec<(Chord, _)> = if name == "demo" {
                digits().collect()
            } else {
                vec![]
            };
            assert_eq!(doubled, expected, "{name}");
        }
    }

    #[test]
    fn gives_keys_to_the_thing_in_focus_first() {
        let keys = KeyMap::default();
        for (mode, focus, key, expected) in [
            (Mode::Slide, Focus::Slide, "3", Some(Action::Digit)),
            (Mode::Slide, Focus::Demo, "3", Some(Action::Lane)),
            (Mode::Slide, Focus::Block, "3", Some(Action::Digit)),
            (Mode::Slide, Focus::Block, "r", Some(Action::Run)),
            (Mode::Slide, Focus::Block, "Tab", Some(Action::NextFocus)),
            (Mode::Slide, Focus::Block, "t", None),
            (Mode::Slide, Focus::Slide, "r", None),
            (Mode::Slide, Focus::Demo, "r", Some(Action::Run)),
            (Mode::Slide, Focus::Demo, "→", Some(Action::Next)),
            (Mode::Command(String::new()), Focus::Slide, "q", None),
            (
                Mode::Command(String::new()),
                Focus::Slide,
                "Esc",
                Some(Action::Close),
            ),
            (
                Mode::Command(String::new()),
                Focus::Slide,
                "Ctrl-C",
                Some(Action::Interrupt),
            ),
            (
                Mode::Number("3".into()),
                Focus::Slide,
                "G",
                Some(Action::Last),
            ),
            (Mode::Black, Focus::Slide, "q", Some(Action::Close)),
        ] {
            let chord: Chord = key.parse().unwrap();
            assert_eq!(keys.action(&mode, focus, chord), expected, "{mode:?} {key}");
        }
    }

    #[test]
    fn binds_what_the_user_wants_and_names_both_sides_of_a_conflict() {
        let chord = |text: &str| text.parse::<Chord>().unwrap();
        let bind = |action, keys: &[&str]| {
            KeyMap::new(&BTreeMap::from([(
                action,
                keys.iter().map(|key| chord(key)).collect(),
            )]))
        };
        let keys = bind(Action::Next, &["F5"]).unwrap();
        assert_eq!(
            keys.action(&Mode::Slide, Focus::Slide, chord("F5")),
            Some(Action::Next)
        );
        assert_eq!(
            keys.action(&Mode::Slide, Focus::Slide, chord("Space")),
            None
        );
        assert!(
            bind(Action::Quit, &[])
                .unwrap()
                .keys(Action::Quit)
                .is_empty()
        );
        for (action, key, text) in [
            (
                Action::Next,
                "q",
                "`q` is bound to both `next` and `close`; bind one of them to another key",
            ),
            (
                Action::Run,
                "n",
                "`n` is bound to both `search-next` and `run`; bind one of them to another key",
            ),
            (
                Action::Quit,
                "Ctrl-L",
                "`Ctrl-L` is bound to both `redraw` and `quit`; bind one of them to another key",
            ),
        ] {
            assert_eq!(bind(action, &[key]).unwrap_err().to_string(), text);
        }
    }

    #[test]
    fn writes_the_table_as_markdown() {
        let text = keys_markdown();
        for line in [
            "| `→` `l` `Space` | next step, then the next slide | `next` |",
            "| `0`–`9` | begin a slide's number; Enter or G goes there | `digit` |",
            "| **Demos** | | |",
        ] {
            assert!(text.lines().any(|known| known == line), "{line}");
        }
        assert_eq!(text.lines().count(), 2 + Group::ALL.len() + ACTIONS.len());
    }
}
