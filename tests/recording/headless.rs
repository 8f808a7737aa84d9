//! `parade record`: no terminal anywhere.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

use crate::film::{Film, Scene, trimmed};

/// Slides without steps, with wide characters, code and a table.
const DECK: &str = "---\ntitle: A talk 🎤\n---\n\n---\n\n# One 漢字 🐍\n\nwide 漢 text\n\n---\n\n<!-- id: code -->\n\n```python\ndef f(x):\n    return \"🐍\" + x\n```\n\n---\n\n# Three\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";

struct Studio(TempDir);

impl Studio {
    fn new(deck: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("deck.md"), deck).unwrap();
        Self(folder)
    }

    fn with_script(self, script: &str) -> Self {
        fs::write(self.0.path().join("script"), script).unwrap();
        self
    }

    fn parade(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parade"));
        command
            .args(arguments.split_whitespace())
            .current_dir(self.0.path());
        command
    }

    /// The recording of the deck, made with these arguments.
    fn film(&self, arguments: &str) -> Film {
        let mut command = self.parade(&format!("record deck.md -o talk.cast {arguments}"));
        command.assert().success();
        Film::read(&self.0.path().join("talk.cast"))
    }

    /// The exported pictures of all slides as text.
    fn pictures(&self, size: &str) -> Vec<String> {
        let mut command = self.parade(&format!(
            "export deck.md -o pictures/ --format txt --size {size}"
        ));
        let written = command.assert().success().get_output().stdout.clone();
        let written = String::from_utf8(written).unwrap();
        let picture = |name: &str| fs::read_to_string(self.0.path().join(name)).unwrap();
        written
            .lines()
            .map(|name| trimmed(&picture(name)))
            .collect()
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        Path::join(self.0.path(), name)
    }
}

fn names(scenes: &[Scene]) -> Vec<(u64, &str)> {
    scenes
        .iter()
        .map(|scene| (scene.at_ms, scene.name.as_str()))
        .collect()
}

#[test]
fn each_marker_shows_what_is_exported_of_its_slide() {
    let studio = Studio::new(DECK);
    for (size, format) in [("80x24", "asciicast-v3"), ("60x20", "asciicast-v2")] {
        let film = studio.film(&format!("--auto 2s --size {size} --format {format}"));
        let (scenes, last) = film.scenes();
        let expected = [
            (0, "1. A talk 🎤"),
            (2000, "2. One 漢字 🐍"),
            (4000, "3. code"),
            (6000, "4. Three"),
        ];
        assert_eq!(names(&scenes), expected);
        let texts: Vec<String> = scenes.into_iter().map(|scene| scene.text).collect();
        assert_eq!(texts, studio.pictures(size), "{size}");
        assert_eq!(last, texts[3]);
        assert_eq!(
            film.length_ms(),
            8000,
            "the last slide stands as long as the others"
        );
        assert_eq!(film.header["title"], "A talk 🎤");
    }
}

#[test]
fn a_talk_without_runs_is_recorded_the_same_each_time_and_nobody_waits_for_it() {
    let studio = Studio::new(DECK);
    let began = std::time::Instant::now();
    let films = [studio.film("--auto 3600s"), studio.film("--auto 3600s")];
    assert!(began.elapsed() < std::time::Duration::from_hours(1));
    assert_eq!(films[0].shots, films[1].shots);
    assert_eq!(films[0].length_ms(), 4 * 60 * 60 * 1000);
}

#[test]
fn steps_come_at_the_pace_too() {
    let studio = Studio::new("# One\n\na\n\n<!-- pause -->\n\nb\n\n---\n\n# Two\n");
    let film = studio.film("--auto 1s");
    let (scenes, _) = film.scenes();
    assert_eq!(names(&scenes), [(0, "1. One"), (2000, "2. Two")]);
    assert!(!scenes[0].text.contains('b'));
    assert_eq!(film.length_ms(), 3000);
}

#[test]
fn a_script_presses_keys_waits_for_runs_and_explains() {
    let deck = "# One\n\n---\n\n<!-- id: live -->\n\n# Live\n\n```demo\nname: short\nworkload: sleep\nwith: {count: 4, each: 5ms}\nlanes: [sequential]\nbaseline: none\n```\n\n---\n\n# Three\n";
    let script = "# shows all there is\nwait 1s\ncaption Now it runs\ngo live\npress run\nwait run\nwait 500ms\ncaption\nwait 1s\npress PgDn s\nwait 1s\ntype /one\npress Enter\n";
    let studio = Studio::new(deck).with_script(script);
    let film = studio.film("--script script");
    let (scenes, _) = film.scenes();
    let names: Vec<&str> = scenes.iter().map(|scene| scene.name.as_str()).collect();
    assert_eq!(names, ["1. One", "2. Live", "3. Three", "1. One"]);
    assert_eq!(scenes[1].at_ms, 1000);
    assert!(scenes[1].text.contains("Now it runs"));
    assert!(!scenes[2].text.contains("Now it runs"));
    let run_ms = scenes[2].at_ms - 1000 - 1500;
    assert!(
        run_ms >= 20,
        "the run took {run_ms} ms, and waits for 20 ms alone"
    );
    // A second, four characters, and a second at the end.
    assert_eq!(film.length_ms() - scenes[2].at_ms, 1000 + 4 * 80 + 1000);
}

#[test]
fn the_speakers_notes_are_on_no_recording() {
    let deck = "# One\n\nseen\n\n<!-- speaker_note: whispered -->\n\n---\n\n# Two\n";
    let script = "press s\nwait 1s\npress →\nwait 1s\npress ← s\n";
    let studio = Studio::new(deck).with_script(script);
    let film = studio.film("--script script");
    let output = film.output();
    assert!(
        output.contains("seen") && !output.contains("whispered"),
        "{output:?}"
    );
    let (_, last) = film.scenes();
    assert_eq!(last, studio.pictures("80x24")[0]);
}

#[test]
fn what_is_wrong_in_a_script_is_told_with_its_place() {
    let studio = Studio::new("# One\n").with_script("wait 1s\npress Spcae\n");
    let assert = studio
        .parade("record deck.md -o talk.cast --script script")
        .assert()
        .code(2);
    let told = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert_eq!(
        told,
        "parade: failed to read the script: script:2:7: `Spcae` is neither a key nor an action; did you mean `Space`?\n"
    );
    assert!(!studio.path("talk.cast").exists());
}
