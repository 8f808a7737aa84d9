//! An asciicast, read as a player reads it.

use std::fs;
use std::num::NonZero;
use std::path::Path;

use serde_json::Value;

/// One line of the file after the first.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shot {
    /// Since the beginning.
    pub(crate) at_ms: u64,
    pub(crate) code: String,
    pub(crate) data: String,
}

/// What a screen shows at a marker.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scene {
    pub(crate) at_ms: u64,
    pub(crate) name: String,
    pub(crate) text: String,
}

/// The whole file.
pub(crate) struct Film {
    pub(crate) header: Value,
    pub(crate) shots: Vec<Shot>,
}

impl Film {
    pub(crate) fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        assert!(text.ends_with('\n'), "the last line is torn: {text:?}");
        let mut lines = text.lines();
        let header: Value = serde_json::from_str(lines.next().unwrap()).unwrap();
        let sums = header["version"] == 3;
        let mut now_ms = 0;
        let shots = lines.map(|line| {
            let (seconds, code, data): (f64, String, String) = serde_json::from_str(line).unwrap();
            let told_ms = (seconds * 1000.0).round() as u64;
            now_ms = if sums { now_ms + told_ms } else { told_ms };
            Shot {
                at_ms: now_ms,
                code,
                data,
            }
        });
        Self {
            header: header.clone(),
            shots: shots.collect(),
        }
    }

    /// All that the terminal was sent.
    pub(crate) fn output(&self) -> String {
        let output = self.shots.iter().filter(|shot| shot.code == "o");
        output.map(|shot| shot.data.as_str()).collect()
    }

    pub(crate) fn length_ms(&self) -> u64 {
        self.shots.last().map_or(0, |shot| shot.at_ms)
    }

    /// The screen at each marker, and at the end.
    pub(crate) fn scenes(&self) -> (Vec<Scene>, String) {
        let size = match self.header["version"].as_u64() {
            Some(2) => [&self.header["height"], &self.header["width"]],
            _ => [&self.header["term"]["rows"], &self.header["term"]["cols"]],
        };
        let [rows, columns] = size.map(|side| NonZero::new(side.as_u64().unwrap() as u16).unwrap());
        let mut screen = vt100::Parser::new(rows, columns, 0);
        let mut scenes = Vec::new();
        for shot in &self.shots {
            match shot.code.as_str() {
                "o" => screen.process(shot.data.as_bytes()),
                "m" => scenes.push(Scene {
                    at_ms: shot.at_ms,
                    name: shot.data.clone(),
                    text: text(&screen),
                }),
                "r" => {
                    let (columns, rows) = shot.data.split_once('x').unwrap();
                    let cells = |side: &str| NonZero::new(side.parse().unwrap()).unwrap();
                    screen.screen_mut().set_size(cells(rows), cells(columns));
                }
                "x" => assert_eq!(shot.data, "0"),
                other => panic!("{other:?} is no code of an event"),
            }
        }
        (scenes, text(&screen))
    }
}

/// What the screen shows, without blanks at the ends of rows and blank rows at the end.
fn text(screen: &vt100::Parser) -> String {
    trimmed(&screen.screen().contents())
}

pub(crate) fn trimmed(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end().to_owned()
}
