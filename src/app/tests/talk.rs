//! A talk without a terminal: the real parser answers at once, everything else is written down.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use parade_demos::report::{LaneReport, Outcome, Report};
use parade_demos::spec::{Amount, DemoSpec, LaneSpec, Workers};

use crate::app::{
    Ask, Draft, Effect, Event, Heading, Mode, Moment, Outline, Panel, RunId, RunNews, Settings,
    Setup, State, Told, begin, update,
};
use crate::deck::Deck;
use crate::layout::Size;
use crate::parse;

/// A demo that is stepped by hand: two threads add to one count, and nothing keeps them apart.
pub(super) const RACE: &str = "\
```demo
name: race
workload: python
with:
  code: |
    import threading
    cnt = 0
    def increment():
        global cnt
        cnt += 1
    one = threading.Thread(target=increment)
    two = threading.Thread(target=increment)
    one.start()
    two.start()
    one.join()
    two.join()
    print(cnt)
lanes: [explorer]
show: scheduler
```
";

/// What a talk is opened with to learn.
pub(super) fn learning() -> Setup {
    Setup {
        settings: Settings {
            learn: true,
            ..Settings::default()
        },
        ..Setup::default()
    }
}

pub(super) struct Talk {
    pub(super) state: State,
    pub(super) now: Moment,
    /// Titles, ids and texts are not found until [`Talk::outline`].
    pub(super) is_slow: bool,
    /// Effects that nobody performed here, a line each.
    told: Vec<String>,
    /// What consoles were told, and what a console asked for.
    pub(super) tells: Vec<Told>,
    pub(super) asks: Vec<Ask>,
}

impl Talk {
    /// A talk on an 80×24 terminal with two cores.
    pub(super) fn open(markdown: &str) -> Self {
        Self::open_with(markdown, Setup::default())
    }

    pub(super) fn open_with(markdown: &str, setup: Setup) -> Self {
        let state = State::new(Setup {
            deck: Arc::new(deck(markdown)),
            size: Size {
                width: 80,
                height: 24,
            },
            cores: 2,
            ..setup
        });
        let mut talk = Self {
            state,
            now: Duration::ZERO,
            is_slow: false,
            told: Vec::new(),
            tells: Vec::new(),
            asks: Vec::new(),
        };
        let effects = begin(&mut talk.state, 0);
        talk.perform(effects);
        talk
    }

    /// Presses keys, named and apart by spaces.
    pub(super) fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            let chord = key.parse().expect("a test names real keys");
            self.happen(Event::Key(chord));
        }
        self
    }

    /// Types each character of a text.
    pub(super) fn write(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            self.happen(Event::Key(character.into()));
        }
        self
    }

    pub(super) fn happen(&mut self, event: Event) -> &mut Self {
        let effects = update(&mut self.state, event, self.now);
        self.perform(effects);
        self
    }

    /// Titles, ids and texts are found.
    pub(super) fn outline(&mut self) -> &mut Self {
        let found = outline(&self.state.deck);
        self.happen(Event::Outlined(Arc::new(found)))
    }

    pub(super) fn save(&mut self, markdown: &str) -> &mut Self {
        self.happen(Event::Reloaded(Arc::new(deck(markdown))))
    }

    /// The run of this number is over; every lane ended so.
    pub(super) fn finish(&mut self, run: u64, outcome: Outcome) -> &mut Self {
        let news = RunNews::Finished(Box::new(report(run, outcome)));
        self.happen(Event::Run {
            run: RunId(run),
            news,
        })
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let deck = Arc::clone(&self.state.deck);
            match effect {
                Effect::Parse(index) => {
                    let slide = Arc::new(parse::slide(&deck, index, &()));
                    self.happen(Event::Parsed { index, slide });
                }
                Effect::Outline if self.is_slow => {}
                Effect::Outline => drop(self.outline()),
                Effect::Tell(told) => self.tells.push(*told),
                Effect::Ask(ask) => self.asks.push(ask),
                other => self.told.push(line(&other)),
            }
        }
    }

    /// What was told to the outside world since the last time, but for highlighting.
    pub(super) fn told(&mut self) -> Vec<String> {
        std::mem::take(&mut self.told)
    }

    /// Slide and step, and what else is to be seen.
    pub(super) fn at(&self) -> String {
        let state = &self.state;
        let mut text = format!("{}.{}", state.place.slide + 1, state.place.step);
        if state.scroll > 0 {
            let _ = write!(text, " scrolled {}", state.scroll);
        }
        match &state.mode {
            Mode::Slide => {}
            Mode::Number(number) => drop(write!(text, " number {number}")),
            Mode::Command(line) => drop(write!(text, " :{line}")),
            Mode::Overview { selected } => drop(write!(text, " overview {}", selected + 1)),
            Mode::Search { query, found, .. } => {
                let sign = if *found { "" } else { " (not found)" };
                let _ = write!(text, " /{query}{sign}");
            }
            Mode::Help { scroll } => drop(write!(text, " help {scroll}")),
            Mode::Black => text.push_str(" black"),
            Mode::Consent { commands, .. } => drop(write!(text, " may {}?", commands.join("; "))),
            Mode::Edit(editor) => drop(write!(text, " edit {}", editor.program.name)),
            Mode::Question(question) => {
                let draft = match &question.draft {
                    Draft::Choice { choices, selected } => &choices[*selected],
                    Draft::Number(typed) => typed,
                };
                let _ = write!(text, " {} {draft}", question.text);
            }
        }
        match state.panel {
            Panel::None => {}
            Panel::Notes => text.push_str(" +notes"),
            Panel::Explanation => text.push_str(" +explanation"),
        }
        if state.panel_scroll > 0 {
            let _ = write!(text, " scrolled {}", state.panel_scroll);
        }
        if let Some((notice, _)) = &state.notice {
            let _ = write!(text, " ({})", notice.text);
        }
        text
    }
}

pub(super) fn deck(markdown: &str) -> Deck {
    parse::open(Path::new("deck.md"), markdown, &())
}

fn outline(deck: &Deck) -> Vec<Heading> {
    let heading = |index: usize| {
        let slide = parse::slide(deck, index, &());
        Heading {
            id: slide.id.clone(),
            title: parse::heading(deck, index),
            text: format!("{slide:?}").to_lowercase(),
        }
    };
    (0..deck.extents.len()).map(heading).collect()
}

/// An effect as a line.
fn line(effect: &Effect) -> String {
    match effect {
        Effect::Start {
            run,
            spec,
            trusted,
            earlier,
        } => {
            let trusted = if *trusted && spec.lanes.iter().any(|lane| !lane.command.is_empty()) {
                " trusted"
            } else {
                ""
            };
            let after = earlier
                .as_ref()
                .map(|report| format!(" after {}", report.parade));
            format!(
                "start {} {}{trusted}{}",
                run.0,
                spec_text(spec),
                after.unwrap_or_default()
            )
        }
        Effect::RunSnippet { run, spec } => {
            format!("run {} {}", run.0, spec.text.trim_end().replace('\n', "/"))
        }
        Effect::Set { run, name, value } => format!("set {} {name} {value}", run.0),
        Effect::Replay(key, why) => {
            format!("replay {} {} {why:?}", key.slide, key.demo).to_lowercase()
        }
        Effect::SaveResult(report, _) => format!("save {}", report.parade),
        Effect::Copy(text) => format!("copy {text}"),
        Effect::Cancel(run) => format!("cancel {}", run.0),
        Effect::Keep(news) => format!("keep {}", serde_json::to_string(news).expect("plain data")),
        Effect::Decode(key, forms) => format!(
            "decode {} {}×{} in {}",
            key.file.content,
            key.width,
            key.height,
            forms.len()
        ),
        Effect::Highlight(_, code) => format!("highlight {}", code.lines.join("/")),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// A demo's name, length and lanes.
pub(super) fn spec_text(spec: &DemoSpec) -> String {
    let lanes: Vec<_> = spec
        .lanes
        .iter()
        .map(|lane| match lane.workers {
            Workers::Cores => lane.name.clone(),
            Workers::Items => format!("{}×items", lane.name),
            Workers::Count(count) => format!("{}×{count}", lane.name),
        })
        .collect();
    let amount = match spec.amount {
        Amount::Length(length) => format!("{length:?}"),
        Amount::Work(work) => format!("{work} units"),
    };
    format!("{} {amount} [{}]", spec.name, lanes.join(" "))
}

/// A report that can be told from others by its `parade`, of a lane that no demo has.
pub(super) fn report(run: u64, outcome: Outcome) -> Report {
    let lane = LaneReport {
        name: "lane".to_owned(),
        ..LaneReport::unmeasured(&LaneSpec::new("primes", "threads"), outcome)
    };
    Report {
        parade: format!("report {run}"),
        lanes: vec![lane],
        ..Report::empty(&DemoSpec::new("demo", Vec::new()))
    }
}

/// Whether titles, ids and texts are known.
pub(super) fn is_known(outline: &Outline) -> bool {
    matches!(outline, Outline::Known(_))
}
