//! The rooms, lowest first, and what each may use.

/// A room, what it may use of the rooms below it, how much of the demos floor it sees, and which of
/// the crates that are kept to few rooms.
pub(crate) struct Room {
    pub(crate) name: &'static str,
    pub(crate) uses: &'static [&'static [&'static str]],
    pub(crate) demos: Demos,
    pub(crate) crates: &'static [&'static str],
}

/// How much of `parade_demos` a room may see.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Demos {
    /// The nouns, and the pure functions over them.
    Nouns,
    /// Runs and meters too.
    All,
}

impl Room {
    /// Whether it may use that one.
    pub(crate) fn may_use(&self, name: &str) -> bool {
        self.uses.iter().any(|group| group.contains(&name))
    }

    /// May run demos, and measure.
    const fn with_runs(self) -> Self {
        Self {
            demos: Demos::All,
            ..self
        }
    }

    /// May use these of the [`GUARDED_CRATES`].
    const fn with(self, crates: &'static [&'static str]) -> Self {
        Self { crates, ..self }
    }
}

const fn room(name: &'static str, uses: &'static [&'static [&'static str]]) -> Room {
    Room {
        name,
        uses,
        demos: Demos::Nouns,
        crates: &[],
    }
}

/// The modules of `parade_demos` that only describe, check and compute, and start nothing; of the
/// laboratory, the [`PYTHON_NOUNS`].
pub(crate) const DEMO_NOUNS: &[&str] = &[
    "catalogue",
    "explore",
    "expression",
    "holds",
    "interleavings",
    "line",
    "python",
    "report",
    "snapshot",
    "snippet",
    "spec",
    "trace",
    "verdict",
    "visible",
];

/// What of the laboratory is pure: programs as code, and their syntax.
pub(crate) const PYTHON_NOUNS: &[&str] = &["code", "syntax"];

/// Crates that only some rooms may use.
pub(crate) const GUARDED_CRATES: &[&str] = &[
    "crossterm",
    "ratatui",
    "pulldown_cmark",
    "syntect",
    "notify",
    "clap",
    "image",
];

pub(crate) const NOUNS: &[&str] = &["deck", "key", "theme"];
const PURE: &[&str] = &["check", "highlight", "layout", "parse", "pixels"];
const MACHINE: &[&str] = &["app"];
const OUTSIDE: &[&str] = &["engine", "files"];
const PICTURES: &[&str] = &["export", "view"];

/// The presenter's rooms.
pub(crate) const ROOMS: &[Room] = &[
    // 1: nouns; a deck speaks of styles, and a theme of where it is wrong.
    room("deck", &[&["theme"]]),
    room("theme", &[&["deck"]]),
    room("key", &[]),
    // Below all floors: how bytes are written as text, and how a child of the program is spoken to.
    room("base64", &[]),
    room("service", &[]),
    // 2: pure functions.
    room("highlight", &[NOUNS, &["service"]]).with(&["syntect"]),
    room("pixels", &[&["base64", "service"]]).with(&["image"]),
    room("parse", &[NOUNS, &["pixels"]]).with(&["pulldown_cmark"]),
    room("layout", &[NOUNS, &["highlight"]]),
    room("check", &[NOUNS, &["highlight", "layout", "parse"]]),
    // 3: the machine.
    room("app", &[NOUNS, PURE]),
    // 4a: the outside world.
    room("files", &[&["deck", "parse", "pixels"]]),
    room("engine", &[NOUNS, PURE, MACHINE, &["files"]])
        .with_runs()
        .with(&["notify"]),
    // 4b: pictures.
    room(
        "view",
        &[NOUNS, MACHINE, &["highlight", "layout", "pixels"]],
    )
    .with(&["ratatui"]),
    room(
        "export",
        &[
            NOUNS,
            MACHINE,
            &["base64", "highlight", "layout", "pixels", "view"],
        ],
    )
    .with(&["ratatui"]),
    // 5: the shell.
    room(
        "terminal",
        &[
            NOUNS,
            MACHINE,
            PICTURES,
            &["base64", "engine", "highlight", "layout", "pixels"],
        ],
    )
    .with(&["ratatui"]),
    room(
        "present",
        &[NOUNS, PURE, MACHINE, OUTSIDE, PICTURES, &["terminal"]],
    )
    .with_runs(),
    room("plain", &[NOUNS, PURE, MACHINE, OUTSIDE, &["present"]]).with_runs(),
    room(
        "cli",
        &[
            NOUNS,
            PURE,
            MACHINE,
            OUTSIDE,
            PICTURES,
            &["base64", "plain", "present", "terminal"],
        ],
    )
    .with_runs()
    .with(&["clap"]),
];

/// What is said of demos and of runs.
const SAID: &[&str] = &["interleavings", "report", "snapshot", "spec"];
/// What of `run/` stands below the models: the nouns that lanes are told and tell, what a process
/// asks the system about itself and about others' ends, and the folder that goes with them.
pub(crate) const BELOW_RUN: &[&str] = &["ends", "folder", "process", "protocol"];

/// The rooms of the demos floor.
pub(crate) const DEMO_ROOMS: &[Room] = &[
    room("spec", &[]),
    room("histogram", &[]),
    room("holds", &[]),
    room("tail", &[]),
    room("visible", &[]),
    room("line", &[&["visible"]]),
    room("snippet", &[&["line"]]),
    room("parameter", &[&["spec"]]),
    room("interleavings", &[]),
    room("report", &[&["interleavings", "spec"]]),
    room("snapshot", &[&["holds", "report", "spec"]]),
    room("protocol", &[&["holds", "interleavings", "spec"]]),
    room("process", &[&["protocol"]]),
    room("folder", &[&["process"]]),
    room("expression", &[&["interleavings", "report", "spec"]]),
    room("meter", &[&["snapshot"]]),
    room("ends", &[&["meter", "process"]]),
    room(
        "python",
        &[&["histogram", "holds", "process", "spec", "tail"]],
    ),
    room(
        "workload",
        &[
            BELOW_RUN,
            &["histogram", "holds", "parameter", "python", "spec"],
        ],
    ),
    room("explore", &[&["python", "spec", "workload"]]),
    // The keeper of a deck's own program finds what is left of it with the meter's reader.
    room(
        "model",
        &[
            BELOW_RUN,
            &[
                "explore",
                "holds",
                "interleavings",
                "meter",
                "parameter",
                "python",
                "spec",
                "tail",
                "workload",
            ],
        ],
    ),
    room(
        "catalogue",
        &[&[
            "explore",
            "expression",
            "model",
            "parameter",
            "python",
            "spec",
            "workload",
        ]],
    ),
    room(
        "verdict",
        &[&["catalogue", "expression", "interleavings", "report", "spec"]],
    ),
    room("trace", &[SAID, &["holds"]]),
    room(
        "run",
        &[
            SAID,
            BELOW_RUN,
            &[
                "catalogue",
                "expression",
                "holds",
                "line",
                "meter",
                "model",
                "snippet",
                "tail",
                "verdict",
                "visible",
                "workload",
            ],
        ],
    ),
];
