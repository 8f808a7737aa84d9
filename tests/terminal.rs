//! What presenting does to a real terminal, and to the processes around it.

#[cfg(test)]
mod stage;

#[cfg(test)]
mod terminal {
    use std::fs;
    use std::path::{Path, PathBuf};

    use rustix::process::Signal;
    use tempfile::TempDir;

    use super::stage::{Show, Stage, kill, marked};

    const DECK: &str = "# First slide\n\nHello\n\n---\n\n# Second slide\n\nBye\n";

    /// A deck in a folder of its own.
    struct Deck {
        folder: TempDir,
    }

    impl Deck {
        fn new(text: &str) -> Self {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("deck.md"), text).unwrap();
            Self { folder }
        }

        fn path(&self) -> PathBuf {
            self.folder.path().join("deck.md")
        }

        fn name(&self) -> String {
            self.path().to_str().unwrap().to_owned()
        }
    }

    fn present(deck: &Deck) -> Stage {
        let mut stage = Show::parade(&[&deck.name()]).begin();
        stage.await_text("First slide");
        stage
    }

    #[test]
    fn keys_turn_slides_and_quitting_restores() {
        let deck = Deck::new(DECK);
        let mut stage = present(&deck);
        stage.press("\x1b[C");
        stage.await_text("Second slide");
        stage.press("\x1b[D");
        stage.await_text("First slide");
        stage.press("q");
        assert!(stage.await_end().success());
        assert_eq!(stage.damage(), [] as [String; 0]);
    }

    #[test]
    fn a_signal_restores_and_ends_by_that_signal() {
        let deck = Deck::new(DECK);
        for (signal, name) in [
            (Signal::TERM, "Terminated"),
            (Signal::INT, "Interrupt"),
            (Signal::HUP, "Hangup"),
            (Signal::QUIT, "Quit"),
        ] {
            let mut stage = present(&deck);
            stage.signal(signal);
            let status = stage.await_end();
            assert!(
                status.signal().is_some_and(|by| by.starts_with(name)),
                "{status:?}"
            );
            assert_eq!(stage.damage(), [] as [String; 0], "{name}");
        }
    }

    #[test]
    fn an_error_leaves_the_terminal_alone() {
        for arguments in [&["/nonexistent.md"][..], &["/"], &["/dev/null"]] {
            let mut stage = Show::parade(arguments).begin();
            assert_eq!(stage.await_end().exit_code(), 2);
            assert!(stage.text().contains("failed to open"), "{}", stage.text());
            assert_eq!(stage.damage(), [] as [String; 0]);
        }
    }

    /// Not a test of its own but what [`a_panic_in_the_interface_restores_and_is_told`] puts on the
    /// stage: parade whose picture panics.
    #[test]
    fn panicking_picture() {
        if let Ok(deck) = std::env::var("PARADE_TEST_PANIC") {
            let source = parade::files::Source::File(deck.into());
            let mut options = parade::present::Options::new(source);
            options.draw = |state, buffer| {
                assert!(state.place.slide == 0, "no picture of that");
                parade::view::draw(state, buffer);
            };
            parade::present::run(options).unwrap();
        }
    }

    #[test]
    fn a_panic_in_the_interface_restores_and_is_told() {
        let deck = Deck::new(DECK);
        let program = std::env::current_exe().unwrap();
        let test = "terminal::panicking_picture";
        let mut stage = Show::program(program.to_str().unwrap(), &["--exact", test, "--nocapture"])
            .env("PARADE_TEST_PANIC", &deck.name())
            .begin();
        stage.await_text("First slide");
        stage.press("l");
        assert!(!stage.await_end().success());
        assert_eq!(stage.damage(), [] as [String; 0]);
        assert!(
            stage.text().contains("no picture of that"),
            "{}",
            stage.text()
        );
    }

    /// A shell with job control that runs parade, tells when it stopped, and continues it on Enter.
    fn under_a_shell(deck: &Deck) -> Stage {
        let script = "set -m; \"$0\" \"$1\"; echo STOPPED; read line; fg; echo ENDED $?";
        let program = env!("CARGO_BIN_EXE_parade");
        let mut stage = Show::program("sh", &["-c", script, program, &deck.name()]).begin();
        stage.await_text("First slide");
        stage
    }

    #[test]
    fn suspending_gives_the_terminal_back_and_resuming_takes_it_again() {
        let deck = Deck::new(DECK);
        for by_key in [true, false] {
            let mut stage = under_a_shell(&deck);
            stage.press("l");
            stage.await_text("Second slide");
            if by_key {
                stage.press("\x1a");
            } else {
                let processes = stage.processes();
                let parade = |words: &String| words.starts_with(env!("CARGO_BIN_EXE_parade"));
                let pid = processes.iter().find(|(_, words)| parade(words)).unwrap().0;
                kill(*pid, Signal::TSTP);
            }
            stage.await_text("STOPPED");
            stage.await_that("the terminal is restored", |stage| {
                stage.damage().is_empty()
            });
            stage.press("\n");
            stage.await_text("Second slide");
            assert!(!stage.is_cooked());
            stage.press("q");
            stage.await_text("ENDED 0");
            stage.await_end();
            assert_eq!(stage.damage(), [] as [String; 0]);
        }
    }

    #[test]
    fn without_a_shell_there_is_nothing_to_suspend_to() {
        let deck = Deck::new(DECK);
        let mut stage = present(&deck);
        stage.press("\x1a");
        stage.await_text("there is no shell to go back to");
        stage.press("l");
        stage.await_text("Second slide");
    }

    /// Not a test of its own but the terminal of [`a_terminal_that_disappears_ends_everything`]:
    /// when this process is killed, so is the terminal.
    #[test]
    fn vanishing_terminal() {
        if let Ok(deck) = std::env::var("PARADE_TEST_VANISH") {
            let mut stage = Show::parade(&[&deck]).begin();
            stage.await_text("First slide");
            stage.press("r");
            stage.await_that("a lane runs", |stage| lanes(&stage.processes()) > 0);
            println!("MARK {} ", stage.mark());
            loop {
                std::thread::park();
            }
        }
    }

    #[test]
    fn a_terminal_that_disappears_ends_everything() {
        let deck = Deck::new(&demo("threads"));
        let program = std::env::current_exe().unwrap();
        let test = "terminal::vanishing_terminal";
        let mut outer = Show::program(program.to_str().unwrap(), &["--exact", test, "--nocapture"])
            .env("PARADE_TEST_VANISH", &deck.name())
            .begin();
        outer.await_text("MARK");
        outer.await_that("the mark is whole", |outer| {
            mark_in(&outer.text()).is_some()
        });
        let mark = mark_in(&outer.text()).unwrap();
        assert!(!marked(&mark).is_empty());
        outer.signal(Signal::KILL);
        outer.await_that("nothing is left", |_| marked(&mark).is_empty());
    }

    fn mark_in(text: &str) -> Option<String> {
        let (_, rest) = text.split_once("MARK ")?;
        rest.split_once(' ').map(|(mark, _)| mark.to_owned())
    }

    fn demo(model: &str) -> String {
        format!(
            "# First slide\n\n```demo\nname: long\nworkload: primes\nlanes: [{model}]\nworkers: 2\nlength: 60s\nbaseline: none\n```\n"
        )
    }

    /// How many processes of lanes there are.
    fn lanes(processes: &std::collections::BTreeMap<u32, String>) -> usize {
        processes
            .values()
            .filter(|words| words.contains(" lane"))
            .count()
    }

    #[test]
    fn nothing_is_left_of_a_run_when_the_app_is_killed() {
        for model in ["sequential", "async", "threads", "rayon", "processes"] {
            let deck = Deck::new(&demo(model));
            let mut stage = present(&deck);
            stage.press("r");
            stage.await_that("a lane runs", |stage| lanes(&stage.processes()) > 0);
            stage.signal(Signal::KILL);
            stage.await_end();
            stage.await_that("nothing is left", |stage| stage.processes().is_empty());
        }
    }

    #[test]
    fn nothing_is_left_of_a_run_when_the_app_ends_otherwise() {
        let ways: [fn(&mut Stage); 3] = [
            |stage| stage.press("q"),
            |stage| stage.signal(Signal::TERM),
            |stage| stage.press("\x03"),
        ];
        let deck = Deck::new(&demo("processes"));
        for end in ways {
            let mut stage = present(&deck);
            stage.press("r");
            stage.await_that("a lane runs", |stage| lanes(&stage.processes()) > 0);
            end(&mut stage);
            stage.await_end();
            assert_eq!(stage.processes(), [].into(), "ended, yet something is left");
        }
    }

    #[test]
    fn a_stuck_terminal_keeps_neither_the_app_nor_its_lanes() {
        // The first frame is already more than a terminal takes that nobody reads from.
        let deck = Deck::new(&(demo("threads") + "\n" + &"words ".repeat(8000)));
        let mut stage = Show::parade(&[&deck.name()]).size(300, 140).stuck().begin();
        while !stage.text().contains("First slide") {
            stage.read_once();
        }
        stage.press("r");
        stage.await_that("a lane runs", |stage| lanes(&stage.processes()) > 0);
        stage.signal(Signal::TERM);
        assert!(stage.await_end().signal().is_some());
        assert_eq!(stage.processes(), [].into());
        assert!(stage.is_cooked());
    }

    #[test]
    fn no_escape_sequence_of_a_deck_gets_to_the_terminal() {
        let evil = "\x1b]0;owned\x07\x1b[31mred\x1b[2J\u{9b}31m\u{202e}";
        let deck = Deck::new(&format!(
            "---\ntitle: \"T&#27;]0;owned&#7;{evil}\"\n---\n\n# First slide {evil} &#27;[2J&#x9b;2J\n\n{evil}\n\n[a](http://x/{evil})\n\n```py{evil}\n{evil}\n```\n\n| a{evil} |\n| - |\n| {evil} |\n"
        ));
        let mut stage = Show::parade(&[&deck.name()]).begin();
        stage.press("l");
        stage.await_text("First slide");
        stage.press("oq");
        stage.press("q");
        stage.await_end();
        let written = String::from_utf8_lossy(&stage.bytes).into_owned();
        for forbidden in ["\x1b]0", "\x1b[31mred", "\u{9b}", "\u{202e}", "\x07"] {
            assert!(
                !written.contains(forbidden),
                "{}",
                forbidden.escape_unicode()
            );
        }
    }

    #[test]
    fn resizes_come_to_rest_at_the_last_size() {
        let deck = Deck::new(DECK);
        let mut stage = present(&deck);
        for step in 0..200 {
            stage.resize(1 + step * 37 % 140, 1 + step * 17 % 50);
        }
        stage.resize(60, 20);
        stage.press("l");
        stage.await_text("Second slide");
        stage.press("q");
        assert!(stage.await_end().success());
        assert_eq!(stage.damage(), [] as [String; 0]);
    }

    #[test]
    fn the_smallest_terminal_can_be_quit() {
        let deck = Deck::new(DECK);
        for (columns, rows) in [(1, 1), (2, 1), (1, 2), (19, 5), (500, 1)] {
            let mut stage = Show::parade(&[&deck.name()]).size(columns, rows).begin();
            stage.press("lhq");
            assert!(stage.await_end().success(), "{columns}x{rows}");
            assert_eq!(stage.damage(), [] as [String; 0], "{columns}x{rows}");
        }
    }

    #[test]
    fn a_terminal_that_answers_takes_its_theme_and_loses_no_key() {
        let deck = Deck::new(DECK);
        let mut stage = present(&deck);
        stage.await_that("it asks", |stage| {
            String::from_utf8_lossy(&stage.bytes).contains("\x1b]11;?")
        });
        stage.press("\x1b]11;rgb:ffff/ff");
        stage.press("ff/ffff\x1b\\l");
        stage.await_text("Second slide");
    }

    #[test]
    fn saving_the_deck_shows_the_change() {
        let deck = Deck::new(DECK);
        let mut stage = present(&deck);
        // The first save may come before the folder is watched, so it is saved until it shows.
        let mut saves = 0;
        stage.await_that("the change shows", |stage| {
            saves += 1;
            save(
                &deck.path(),
                &DECK.replace("Hello", &format!("Saved {saves}")),
            );
            stage.text().contains("Saved")
        });
    }

    /// As editors do: a new file takes the place of the old one.
    fn save(path: &Path, text: &str) {
        let new = path.with_extension("new");
        fs::write(&new, text).unwrap();
        fs::rename(new, path).unwrap();
    }

    #[test]
    fn a_deck_from_standard_input_leaves_the_keyboard_free() {
        let deck = Deck::new(DECK);
        let script = "cat \"$1\" | \"$0\" -";
        let program = env!("CARGO_BIN_EXE_parade");
        let mut stage = Show::program("sh", &["-c", script, program, &deck.name()]).begin();
        stage.await_text("First slide");
        stage.press("l");
        stage.await_text("Second slide");
        stage.press("q");
        assert!(stage.await_end().success());
    }

    #[test]
    fn keys_are_answered_while_every_core_is_busy() {
        let deck = Deck::new(&(demo("threads") + "\n---\n\n# Second slide\n"));
        let mut stage = present(&deck);
        stage.press("r");
        stage.await_that("a lane runs", |stage| lanes(&stage.processes()) > 0);
        stage.press("G");
        stage.await_text("Second slide");
        stage.await_that("the run ends", |stage| lanes(&stage.processes()) == 0);
    }
}
