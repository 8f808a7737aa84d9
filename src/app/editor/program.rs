//! Programs of the laboratory that a demo runs, and what becomes of the demo when one of them is edited.
//!
//! Lanes that run the same text run one program: it is edited once, for all of them. Pure.

use parade_demos::spec::{DemoSpec, LaneSpec, Value};
use serde::{Deserialize, Serialize};

use super::text::with_line_feeds;

/// What a program that stands in the deck itself is called.
const INLINE: &str = "program";
/// The most edits that are kept of one deck; each is no longer than a program may be.
pub(in crate::app) const EDITS_MAX: usize = 24;

/// A program as the deck has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Program {
    /// Its file's name, or one made for it; unique within the demo.
    pub name: String,
    /// The deck's own text.
    pub original: String,
    /// The lanes that run it, by index.
    pub lanes: Vec<usize>,
}

/// What was made of a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Stands for the text of the deck that it was made of.
    pub of: u64,
    /// The text.
    pub text: String,
    /// Whether it is put aside, and the deck's own program runs.
    #[serde(default)]
    pub aside: bool,
    /// The later it was kept, the larger.
    #[serde(default)]
    pub number: u64,
}

impl Program {
    /// The programs of a demo as its fence has it, in the order of its lanes.
    pub fn all(fence: &DemoSpec) -> Vec<Self> {
        let mut programs: Vec<Self> = Vec::new();
        for (index, lane) in fence.lanes.iter().enumerate() {
            let Some((file, text)) = source(lane) else {
                continue;
            };
            let original = with_line_feeds(text).into_owned();
            let known = programs.iter_mut().find(|known| known.is(file, &original));
            match known {
                Some(known) => known.lanes.push(index),
                None => programs.push(Self {
                    name: name(file, &programs),
                    original,
                    lanes: vec![index],
                }),
            }
        }
        programs
    }

    /// Whether a demo has one.
    pub fn any(fence: &DemoSpec) -> bool {
        fence.lanes.iter().any(|lane| source(lane).is_some())
    }

    fn is(&self, file: &str, original: &str) -> bool {
        self.original == original && (file.is_empty() || self.name == file)
    }

    /// Stands for its original text.
    pub fn fingerprint(&self) -> u64 {
        fingerprint(self.original.as_bytes())
    }

    /// The text that runs, with this edit.
    pub fn text<'a>(&'a self, edit: Option<&'a Edit>) -> &'a str {
        let edit = edit.filter(|edit| !edit.aside && edit.of == self.fingerprint());
        edit.map_or(&self.original, |edit| &edit.text)
    }
}

/// Gives the lanes of a program the text that they run: as their fence has it, unless it is edited.
/// Whether the demo counts as edited is for the caller to say, who knows all its programs.
pub(super) fn put(spec: &mut DemoSpec, fence: &DemoSpec, program: &Program, text: &str) {
    let edited = (text != program.original).then(|| Value::Text(text.to_owned()));
    for index in &program.lanes {
        let original = fence
            .lanes
            .get(*index)
            .and_then(|lane| lane.with.get("code"));
        let code = edited.as_ref().or(original);
        if let (Some(lane), Some(code)) = (spec.lanes.get_mut(*index), code) {
            lane.with.insert("code".to_owned(), code.clone());
        }
    }
}

/// The name and the text of a lane's program; `None` where it runs none of the laboratory's.
fn source(lane: &LaneSpec) -> Option<(&str, &str)> {
    let text = |name: &str| match lane.with.get(name) {
        Some(Value::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let code = text("code").filter(|_| lane.workload == "python" && lane.command.is_empty())?;
    Some((text("source").unwrap_or_default(), code))
}

/// A file's name, or one for a program that has none, which no other has.
fn name(file: &str, known: &[Program]) -> String {
    let wanted = if file.is_empty() { INLINE } else { file };
    let is_free = |name: &String| known.iter().all(|known| known.name != *name);
    let numbered = (2..).map(|number| format!("{wanted} {number}"));
    std::iter::once(wanted.to_owned())
        .chain(numbered)
        .find(is_free)
        .expect("there are more numbers than programs")
}

/// FNV-1a: it must stay the same from one version to the next, which the standard library's hash need
/// not.
pub fn fingerprint(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(name: &str, source: &str, code: &str) -> LaneSpec {
        let mut lane = LaneSpec::new("python", name);
        let text = |text: &str| Value::Text(text.to_owned());
        if !source.is_empty() {
            lane.with.insert("source".to_owned(), text(source));
        }
        lane.with.insert("code".to_owned(), text(code));
        lane
    }

    #[test]
    fn lanes_that_run_one_text_run_one_program() {
        let command = LaneSpec {
            command: vec!["python3".to_owned()],
            ..lane("command", "", "x")
        };
        let lanes = vec![
            lane("a", "race.py", "one\r\n"),
            LaneSpec::new("primes", "threads"),
            lane("b", "lock.py", "two"),
            lane("c", "race.py", "one\n"),
            lane("d", "", "three"),
            lane("e", "", "four"),
            command,
        ];
        let mut spec = DemoSpec::new("demo", lanes);
        let programs = Program::all(&spec);
        let told: Vec<(&str, &[usize])> = programs
            .iter()
            .map(|program| (program.name.as_str(), program.lanes.as_slice()))
            .collect();
        let expected: [(&str, &[usize]); 4] = [
            ("race.py", &[0, 3]),
            ("lock.py", &[2]),
            ("program", &[4]),
            ("program 2", &[5]),
        ];
        assert_eq!(told, expected);
        let fence = spec.clone();
        put(&mut spec, &fence, &programs[0], "other");
        let codes: Vec<Option<&str>> = spec
            .lanes
            .iter()
            .map(|lane| source(lane).map(|(_, code)| code))
            .collect();
        let expected = [
            Some("other"),
            None,
            Some("two"),
            Some("other"),
            Some("three"),
            Some("four"),
            None,
        ];
        assert_eq!(codes, expected);
        put(&mut spec, &fence, &programs[0], &programs[0].original);
        assert_eq!(spec, fence, "the deck's own line ends come back too");
    }

    #[test]
    fn an_edit_holds_for_the_text_that_it_was_made_of() {
        let program = &Program::all(&DemoSpec::new("demo", vec![lane("a", "a.py", "one")]))[0];
        let edit = |of, aside| Edit {
            of,
            text: "mine".to_owned(),
            aside,
            number: 0,
        };
        let here = program.fingerprint();
        for (edit, expected) in [
            (None, "one"),
            (Some(edit(here, false)), "mine"),
            (Some(edit(here, true)), "one"),
            (Some(edit(here + 1, false)), "one"),
        ] {
            assert_eq!(program.text(edit.as_ref()), expected, "{edit:?}");
        }
    }
}
