//! The one table of what keys can do. The key map, the help, the README's table, the
//! configuration's defaults and their documentation all derive from [`ACTIONS`].
//!
//! To add an action: a variant and its line here, and its arm in `perform.rs`.

use serde::{Deserialize, Serialize};

use crate::key::{Chord, Key};

/// What a key can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
#[expect(missing_docs, reason = "each is told in its line of the table")]
pub enum Action {
    Next,
    Previous,
    NextSlide,
    PreviousSlide,
    Down,
    Up,
    First,
    Last,
    Digit,
    Command,
    Back,
    Overview,
    Search,
    SearchNext,
    SearchPrevious,
    Choose,
    Erase,
    Close,
    Run,
    Lane,
    AllLanes,
    NextFocus,
    PreviousFocus,
    MoreWorkers,
    FewerWorkers,
    Longer,
    Shorter,
    NextParameter,
    Lower,
    Raise,
    Timeline,
    Step,
    StepBack,
    Explore,
    Predict,
    Hint,
    Replay,
    SaveResult,
    Allow,
    Refuse,
    Edit,
    Original,
    Editor,
    NextProgram,
    Undo,
    Redo,
    Cut,
    PutBack,
    Notes,
    Explanation,
    PauseClock,
    RestartClock,
    Black,
    Help,
    Redraw,
    Suspend,
    Quit,
    Interrupt,
}

/// Where a key has its meaning. [`super::KeyMap`] says which scopes hold in which mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// A demo of the slide has the focus.
    Demo,
    /// A block of code that runs has the focus.
    Block,
    /// The slide.
    Slide,
    /// A slide's number is being typed.
    Number,
    /// A line is being typed: a command or a search. Keys that type belong to the text.
    Line,
    /// All slides as tiles.
    Overview,
    /// All keys.
    Help,
    /// The dark screen.
    Black,
    /// The question whether a deck's commands may run.
    Consent,
    /// The question before a run.
    Question,
    /// A program that is edited. Keys that type belong to the text.
    Editor,
    /// Everywhere.
    Anywhere,
}

/// What keys go to on a slide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The slide itself.
    #[default]
    Slide,
    /// A demo.
    Demo,
    /// A block of code that runs.
    Block,
}

/// What belongs together in the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Through the talk.
    Moving,
    /// To a place in the talk.
    Finding,
    /// Live stops.
    Demos,
    /// The program of a live stop.
    Editing,
    /// Beside the slide.
    Screen,
    /// The program itself.
    Program,
}

impl Group {
    /// All, in the order of the help.
    pub const ALL: [Self; 6] = [
        Self::Moving,
        Self::Finding,
        Self::Demos,
        Self::Editing,
        Self::Screen,
        Self::Program,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Moving => "Moving",
            Self::Finding => "Finding",
            Self::Demos => "Demos",
            Self::Editing => "Editing a program",
            Self::Screen => "Screen",
            Self::Program => "Program",
        }
    }
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct ActionEntry {
    /// What is done.
    pub action: Action,
    /// Stable: keys, scripts and the console share it.
    pub name: &'static str,
    /// One line for people.
    pub help: &'static str,
    /// Where the help lists it.
    pub group: Group,
    /// Where it holds.
    pub scopes: &'static [Scope],
    /// Its keys, unless the configuration has others.
    pub keys: &'static [Chord],
}

impl Action {
    /// Its line of the table.
    pub fn entry(self) -> &'static ActionEntry {
        &ACTIONS[self as usize]
    }

    /// Its stable name.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// Finds an action by its stable name.
    pub fn named(name: &str) -> Option<Self> {
        ACTIONS
            .iter()
            .find(|entry| entry.name == name)
            .map(|entry| entry.action)
    }

    /// Whether its key says what it does (a digit), so that no other key can stand for it.
    pub fn is_fixed(self) -> bool {
        matches!(self, Self::Digit | Self::Lane)
    }
}

impl From<Action> for &'static str {
    fn from(action: Action) -> Self {
        action.name()
    }
}

impl TryFrom<String> for Action {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::named(&name).ok_or_else(|| format!("no action is called `{name}`"))
    }
}

/// A key alone.
const fn key(key: Key) -> Chord {
    Chord {
        key,
        ctrl: false,
        alt: false,
        shift: false,
    }
}

/// A character.
const fn char(character: char) -> Chord {
    key(Key::Char(character))
}

/// A character with Ctrl.
const fn ctrl(character: char) -> Chord {
    Chord {
        ctrl: true,
        ..char(character)
    }
}

/// A named key with Shift.
const fn shift(named: Key) -> Chord {
    Chord {
        shift: true,
        ..key(named)
    }
}

const DIGITS: &[Chord] = &[
    char('0'),
    char('1'),
    char('2'),
    char('3'),
    char('4'),
    char('5'),
    char('6'),
    char('7'),
    char('8'),
    char('9'),
];

/// Every action, in the order of [`Action`] and of the help.
#[rustfmt::skip]
pub static ACTIONS: &[ActionEntry] = {
    use Action as A;
    use Group::{Demos, Editing, Finding, Moving, Program, Screen};
    use Scope as S;

    const fn line(
        action: A,
        name: &'static str,
        group: Group,
        scopes: &'static [S],
        keys: &'static [Chord],
        help: &'static str,
    ) -> ActionEntry {
        ActionEntry { action, name, help, group, scopes, keys }
    }

    &[
        line(A::Next, "next", Moving, &[S::Slide, S::Overview], &[key(Key::Right), char('l'), char(' ')],
            "next step, then the next slide"),
        line(A::Previous, "previous", Moving, &[S::Slide, S::Overview], &[key(Key::Left), char('h')],
            "previous step, then the previous slide, fully revealed"),
        line(A::NextSlide, "next-slide", Moving, &[S::Slide, S::Overview, S::Help], &[key(Key::PageDown)],
            "next slide; next page of an overlay"),
        line(A::PreviousSlide, "previous-slide", Moving, &[S::Slide, S::Overview, S::Help], &[key(Key::PageUp)],
            "previous slide; previous page of an overlay"),
        line(A::Down, "down", Moving, &[S::Slide, S::Overview, S::Help, S::Question], &[key(Key::Down), char('j')],
            "scroll down what overflows, else next step"),
        line(A::Up, "up", Moving, &[S::Slide, S::Overview, S::Help, S::Question], &[key(Key::Up), char('k')],
            "scroll up what overflows, else previous step"),
        line(A::First, "first", Moving, &[S::Slide, S::Overview, S::Help], &[char('g'), key(Key::Home)],
            "first slide"),
        line(A::Last, "last", Moving, &[S::Slide, S::Overview, S::Help, S::Number], &[char('G'), key(Key::End)],
            "last slide, or the one whose number was typed"),

        line(A::Digit, "digit", Finding, &[S::Slide, S::Number, S::Question], DIGITS,
            "begin a slide's number; Enter or G goes there"),
        line(A::Command, "command", Finding, &[S::Slide], &[char(':')],
            "go to a slide by number or id"),
        line(A::Back, "back", Finding, &[S::Slide], &[key(Key::Backspace)],
            "back from a jump"),
        line(A::Overview, "overview", Finding, &[S::Slide, S::Overview], &[char('o')],
            "all slides"),
        line(A::Search, "search", Finding, &[S::Slide, S::Overview], &[char('/')],
            "search the slides' text"),
        line(A::SearchNext, "search-next", Finding, &[S::Slide], &[char('n')],
            "next slide where the text was found"),
        line(A::SearchPrevious, "search-previous", Finding, &[S::Slide], &[char('N')],
            "previous slide where the text was found"),
        line(A::Choose, "choose", Finding, &[S::Overview, S::Number, S::Line, S::Question], &[key(Key::Enter)],
            "take what is chosen or typed"),
        line(A::Erase, "erase", Finding, &[S::Number, S::Line, S::Question], &[key(Key::Backspace)],
            "erase the last character"),
        line(A::Close, "close", Finding, &[S::Overview, S::Number, S::Line, S::Help, S::Black, S::Consent, S::Question, S::Editor], &[key(Key::Escape), char('q')],
            "close what lies over the slide; what was edited is kept"),

        line(A::Run, "run", Demos, &[S::Demo, S::Block, S::Question, S::Editor], &[char('r'), ctrl('r')],
            "run the demo or code, or stop it; a demo's runs add up"),
        line(A::Lane, "lane", Demos, &[S::Demo], DIGITS,
            "pick the lane that run then runs alone, 0 picks all; step the thread; any other begins a slide's number"),
        line(A::AllLanes, "all-lanes", Demos, &[S::Demo], &[key(Key::Escape)],
            "pick all lanes again"),
        line(A::NextFocus, "next-focus", Demos, &[S::Demo, S::Block], &[key(Key::Tab)],
            "next demo or code, or next lane where the slide has one demo"),
        line(A::PreviousFocus, "previous-focus", Demos, &[S::Demo, S::Block], &[shift(Key::Tab)],
            "previous demo, code or lane"),
        line(A::MoreWorkers, "more-workers", Demos, &[S::Demo], &[char('+')],
            "one more worker; a run starts anew"),
        line(A::FewerWorkers, "fewer-workers", Demos, &[S::Demo], &[char('-')],
            "one worker less; a run starts anew"),
        line(A::Longer, "longer", Demos, &[S::Demo], &[char(']')],
            "more work; a run starts anew"),
        line(A::Shorter, "shorter", Demos, &[S::Demo], &[char('[')],
            "less work; a run starts anew"),
        line(A::NextParameter, "next-parameter", Demos, &[S::Demo], &[char('p')],
            "choose another live parameter"),
        line(A::Lower, "lower", Demos, &[S::Demo], &[char(',')],
            "lower the live parameter, at once"),
        line(A::Raise, "raise", Demos, &[S::Demo], &[char('.')],
            "raise the live parameter, at once"),
        line(A::Timeline, "timeline", Demos, &[S::Demo], &[char('t')],
            "which worker ran on which core when"),
        line(A::Step, "step", Demos, &[S::Demo], &[key(Key::Enter)],
            "the program's next line, or the next step of the schedule that is replayed"),
        line(A::StepBack, "step-back", Demos, &[S::Demo], &[char('u')],
            "take the last line or step back"),
        line(A::Explore, "explore", Demos, &[S::Demo], &[char('a')],
            "explore all interleavings, then choose the next outcome to replay"),
        line(A::Predict, "predict", Demos, &[S::Demo], &[char('P')],
            "when learning: answer the demo's question anew, and run it"),
        line(A::Hint, "hint", Demos, &[S::Demo], &[char('H')],
            "when learning: open the challenge's next hint"),
        line(A::Replay, "replay", Demos, &[S::Demo], &[char('R')],
            "play what was rehearsed, marked as a replay, or put it away"),
        line(A::SaveResult, "save-result", Demos, &[S::Demo], &[char('w')],
            "write the result to a file, as `parade run --json` prints it"),
        line(A::Allow, "allow", Demos, &[S::Consent], &[char('y')],
            "let the deck's own commands run"),
        line(A::Refuse, "refuse", Demos, &[S::Consent], &[char('n')],
            "don't let them run"),

        line(A::Edit, "edit", Editing, &[S::Demo], &[char('E')],
            "edit the demo's program, or that of the lane that was picked"),
        line(A::Original, "original", Editing, &[S::Demo, S::Editor], &[char('O'), ctrl('o')],
            "the deck's own program; again, what was made of it"),
        line(A::Editor, "editor", Editing, &[S::Demo, S::Editor], &[ctrl('e')],
            "edit the program in `$VISUAL` or `$EDITOR`"),
        line(A::NextProgram, "next-program", Editing, &[S::Editor], &[ctrl('n')],
            "edit the demo's next program, where it has several"),
        line(A::Undo, "undo", Editing, &[S::Editor], &[ctrl('u')],
            "take the last change back"),
        line(A::Redo, "redo", Editing, &[S::Editor], &[ctrl('y')],
            "do again what was taken back"),
        line(A::Cut, "cut", Editing, &[S::Editor], &[ctrl('x')],
            "cut what is selected with Shift and arrows, or the line"),
        line(A::PutBack, "put-back", Editing, &[S::Editor], &[ctrl('v')],
            "put in what was cut"),

        line(A::Notes, "notes", Screen, &[S::Slide], &[char('s')],
            "the speaker's notes below the slide"),
        line(A::Explanation, "explanation", Screen, &[S::Slide], &[char('e')],
            "the explanation beside the slide, or below it"),
        line(A::PauseClock, "pause-clock", Screen, &[S::Slide], &[char('c')],
            "pause the talk's clock, or let it go on"),
        line(A::RestartClock, "restart-clock", Screen, &[S::Slide], &[char('C')],
            "start the talk's clock anew"),
        line(A::Black, "black", Screen, &[S::Slide, S::Black], &[char('b')],
            "darken the screen, and back with any key"),
        line(A::Help, "help", Screen, &[S::Slide, S::Overview, S::Help], &[char('?')],
            "all keys"),

        line(A::Redraw, "redraw", Program, &[S::Anywhere], &[ctrl('l')],
            "draw the whole screen anew"),
        line(A::Suspend, "suspend", Program, &[S::Anywhere], &[ctrl('z')],
            "end the run and go back to the shell until `fg`"),
        line(A::Quit, "quit", Program, &[S::Slide], &[char('q')],
            "quit"),
        line(A::Interrupt, "interrupt", Program, &[S::Anywhere], &[ctrl('c')],
            "quit from wherever you are"),
    ]
};

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn stands_in_the_order_of_the_actions() {
        for (index, entry) in ACTIONS.iter().enumerate() {
            assert_eq!(entry.action as usize, index, "{}", entry.name);
            assert_eq!(entry.action.entry().name, entry.name);
        }
    }

    #[test]
    fn names_each_action_once_in_kebab_case() {
        let names: BTreeSet<_> = ACTIONS.iter().map(|entry| entry.name).collect();
        assert_eq!(names.len(), ACTIONS.len());
        for entry in ACTIONS {
            let kebab = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(entry.name.chars().all(kebab), "{}", entry.name);
            assert_eq!(Action::named(entry.name), Some(entry.action));
            assert!(!entry.keys.is_empty(), "{} has no key", entry.name);
            assert!(!entry.scopes.is_empty(), "{} holds nowhere", entry.name);
        }
    }

    #[test]
    fn lists_each_group_in_one_piece() {
        let mut groups: Vec<_> = ACTIONS.iter().map(|entry| entry.group).collect();
        groups.dedup();
        assert_eq!(groups, Group::ALL);
    }
}
