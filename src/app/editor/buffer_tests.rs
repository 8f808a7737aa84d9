//! `(text, keys, text)`: `‸` is the cursor, `⟨` where the selection began.

use proptest::prelude::*;

use super::buffer::{Buffer, Command};
use super::column::{column, shown};
use super::text::Position;
use super::typing;
use crate::key::Chord;

/// Lines of a page.
const PAGE: usize = 3;

fn read(marked: &str) -> Buffer {
    let mut places = [None, None];
    let mut text = String::new();
    for c in marked.chars() {
        let at = Position {
            line: text.matches('\n').count(),
            byte: text.rsplit('\n').next().unwrap_or_default().len(),
        };
        match c {
            '⟨' => places[0] = Some(at),
            '‸' => places[1] = Some(at),
            c => text.push(c),
        }
    }
    let mut buffer = Buffer::new(&text);
    let [anchor, cursor] = places;
    if let Some(anchor) = anchor {
        buffer.go_to(anchor, false);
    }
    buffer.go_to(cursor.expect("a test has a cursor"), anchor.is_some());
    buffer
}

fn marked(buffer: &Buffer) -> String {
    let cursor = buffer.cursor();
    let mut marks = vec![(cursor, '‸')];
    if let Some((from, to)) = buffer.selection() {
        marks.push((if from == cursor { to } else { from }, '⟨'));
    }
    marks.sort_by(|one, other| other.cmp(one));
    let mut lines = buffer.lines().to_vec();
    for (at, mark) in marks {
        lines[at.line].insert(at.byte, mark);
    }
    lines.join("\n")
}

/// Presses keys, apart by spaces; `Cut` and `Put` stand for their actions.
fn press(buffer: &mut Buffer, keys: &str) {
    let mut cut = String::new();
    for key in keys.split(' ').filter(|key| !key.is_empty()) {
        let done = match key {
            "Undo" => buffer.perform(&Command::Undo, PAGE),
            "Redo" => buffer.perform(&Command::Redo, PAGE),
            "Put" => buffer.perform(&Command::Insert(cut.clone()), PAGE),
            "Cut" => {
                cut = buffer.cut();
                Ok(())
            }
            key => {
                let chord: Chord = key.parse().expect("a test names real keys");
                let command = typing::command(chord).expect("a test names keys that type");
                buffer.perform(&command, PAGE)
            }
        };
        done.expect("a test's text is short");
    }
}

#[test]
fn keys_change_a_text_as_in_any_editor() {
    for (text, keys, expected) in [
        // Typing, and its way back by words.
        ("‸", "a b", "ab‸"),
        ("a‸c", "b", "ab‸c"),
        ("‸", "a b Space c d Undo", "ab ‸"),
        ("‸", "a b Space c d Undo Undo", "‸"),
        ("‸", "a b Space c d Undo Undo Redo", "ab ‸"),
        ("‸", "a b Left c Undo", "a‸b"),
        ("ab‸", "Undo Redo", "ab‸"),
        ("‸", "a Undo b Redo", "b‸"),
        // Lines and indentation.
        ("a‸b", "Enter", "a\n‸b"),
        ("  a‸b", "Enter", "  a\n  ‸b"),
        ("def f():‸", "Enter", "def f():\n    ‸"),
        ("  ‸  a", "Enter", "  \n  ‸  a"),
        ("‸a", "Tab", "    ‸a"),
        ("⟨a\nb‸\nc", "Tab", "⟨    a\n    b‸\nc"),
        ("⟨a\nb\n‸c", "Tab", "⟨    a\n    b‸\nc"),
        ("      a‸b", "Shift-Tab", "  a‸b"),
        (" ⟨   a\n  b‸", "Shift-Tab", "⟨a\nb‸"),
        ("a‸", "Shift-Tab", "a‸"),
        ("        ‸a", "Backspace", "    ‸a"),
        ("      ‸a", "Backspace", "    ‸a"),
        ("\ta‸", "Shift-Tab", "a‸"),
        // Erasing.
        ("ab‸c", "Backspace", "a‸c"),
        ("a\n‸b", "Backspace", "a‸b"),
        ("‸a", "Backspace", "‸a"),
        ("a‸bc", "Delete", "a‸c"),
        ("a‸\nb", "Delete", "a‸b"),
        ("a‸", "Delete", "a‸"),
        ("one two‸", "Ctrl-W", "one ‸"),
        ("one two‸", "Alt-Backspace Undo", "one two‸"),
        ("‸one two", "Ctrl-Delete", "‸ two"),
        ("abc‸", "Backspace Backspace Undo", "abc‸"),
        ("‸abc", "Delete Delete Undo", "ab‸c"),
        // Moving.
        ("ab\n‸c", "Left", "ab‸\nc"),
        ("ab‸\nc", "Right", "ab\n‸c"),
        ("abc‸\nd\nefg", "Down Down", "abc\nd\nefg‸"),
        ("ab‸c", "Up", "‸abc"),
        ("a‸bc", "Down", "abc‸"),
        ("a\nb\nc\nd\ne‸", "PgUp", "a\nb‸\nc\nd\ne"),
        ("a\nb‸\nc", "PgUp", "a‸\nb\nc"),
        ("‸a\nb\nc\nd\ne", "PgDn", "a\nb\nc\n‸d\ne"),
        ("  ab‸", "Home", "  ‸ab"),
        ("  ‸ab", "Home", "‸  ab"),
        ("‸ab\nc", "End", "ab‸\nc"),
        ("a\n‸b\nc", "Ctrl-Home", "‸a\nb\nc"),
        ("a\n‸b\nc", "Ctrl-End", "a\nb\nc‸"),
        ("‸one.two  three", "Ctrl-Right", "one‸.two  three"),
        ("one‸.two", "Alt-Right", "one.‸two"),
        ("one ‸\n two", "Ctrl-Right", "one \n two‸"),
        ("one two‸", "Ctrl-Left Ctrl-Left", "‸one two"),
        ("a‸ ", "Ctrl-Right", "a ‸"),
        // What is selected is replaced, erased, cut and put elsewhere.
        ("a‸bc", "Shift-Right Shift-Right", "a⟨bc‸"),
        ("a⟨bc‸", "x", "ax‸"),
        ("a⟨bc‸", "x Undo", "abc‸"),
        ("a‸bc⟨", "Backspace", "a‸"),
        ("a⟨bc‸", "Left", "a‸bc"),
        ("‸bc⟨d", "Right", "bc‸d"),
        ("a⟨b\nc‸d", "Enter", "a\n‸d"),
        ("a\n‸b\nc", "Ctrl-A", "⟨a\nb\nc‸"),
        ("a\nb‸\nc", "Cut", "a\n‸c"),
        ("a\nb‸\nc", "Cut Ctrl-Home Put", "b\n‸a\nc"),
        ("a⟨b‸c", "Cut End Put", "acb‸"),
        ("a\nb‸", "Cut", "a\n‸"),
        // A grapheme is one, however many characters it has, and wide ones take two columns.
        ("a👩\u{200d}🍳‸b", "Left", "a‸👩\u{200d}🍳b"),
        ("e\u{301}‸", "Backspace", "‸"),
        ("漢字‸\nabcd", "Down", "漢字\nabcd‸"),
        ("漢字\nabc‸d", "Up", "漢‸字\nabcd"),
        ("e‸", "\u{301}", "e\u{301}‸"),
        ("🇵🇹‸🇫🇷", "Delete", "🇵🇹‸"),
    ] {
        let mut buffer = read(text);
        press(&mut buffer, keys);
        assert_eq!(marked(&buffer), expected, "{text:?} {keys}");
    }
}

#[test]
fn another_text_is_one_change_where_it_differs() {
    for (text, other, taken_back) in [
        ("a‸b\nc", "ab\nc", "a‸b\nc"),
        ("one\n‸two", "one\nx\ntwo", "one\n‸two"),
        ("one\ntwo\nthr‸ee", "one\nthree", "one\ntwo\nt‸hree"),
        ("aaa‸", "aa", "aaa‸"),
        ("‸é", "è", "é‸"),
        ("a‸", "", "a‸"),
    ] {
        let mut buffer = read(text);
        buffer.replace_all(other).unwrap();
        assert_eq!(buffer.text(), other, "{text:?}");
        press(&mut buffer, "Undo");
        assert_eq!(marked(&buffer), taken_back, "{text:?} → {other:?}");
    }
}

#[test]
fn what_is_pasted_is_a_programs_text() {
    for (pasted, expected) in [
        ("a\r\nb\rc", "a\nb\nc‸"),
        ("\ta", "    a‸"),
        ("a\u{1b}[31m\u{7}b\u{9b}", "a[31mb‸"),
    ] {
        let mut buffer = Buffer::new("");
        buffer
            .perform(&Command::Insert(pasted.to_owned()), PAGE)
            .unwrap();
        assert_eq!(marked(&buffer), expected, "{pasted:?}");
        buffer.perform(&Command::Undo, PAGE).unwrap();
        assert_eq!(marked(&buffer), "‸", "{pasted:?} is taken back in one step");
    }
}

#[test]
fn a_text_that_would_be_too_long_stays_as_it_is() {
    let full = "x".repeat(64 * 1024);
    let mut buffer = Buffer::new(&full);
    let error = buffer
        .perform(&Command::Insert("y".to_owned()), PAGE)
        .unwrap_err();
    assert_eq!(error.to_string(), "a program has at most 64 KiB of text");
    assert_eq!(buffer.text(), full);
    press(&mut buffer, "Delete y");
    assert_eq!(buffer.text().len(), full.len());
    // One that is too long already can be shortened.
    let mut buffer = Buffer::new(&format!("{full}yz"));
    press(&mut buffer, "Delete");
    assert_eq!(buffer.text().len(), full.len() + 1);
}

#[test]
fn what_has_no_width_is_shown_all_the_same() {
    for (grapheme, expected) in [
        ("\t", "    "),
        ("\u{301}", "�"),
        ("\u{1b}", "␛"),
        ("é", "é"),
    ] {
        assert_eq!(shown(grapheme), expected, "{grapheme:?}");
    }
    assert_eq!(column("\ta漢b", 1 + 1 + 3), 7);
}

/// Any key, and now and then something that is pasted.
fn any_command() -> impl Strategy<Value = Command> {
    const KEYS: &[&str] = &[
        "a",
        ":",
        "Space",
        "漢",
        "\u{301}",
        "🍳",
        "\u{200d}",
        "Enter",
        "Tab",
        "Shift-Tab",
        "Backspace",
        "Delete",
        "Ctrl-W",
        "Ctrl-Delete",
        "Ctrl-A",
        "Left",
        "Right",
        "Up",
        "Down",
        "PgUp",
        "PgDn",
        "Home",
        "End",
        "Ctrl-Left",
        "Ctrl-Right",
        "Ctrl-Home",
        "Ctrl-End",
        "Shift-Left",
        "Shift-Right",
        "Shift-Up",
        "Shift-Down",
        "Shift-End",
    ];
    let key = proptest::sample::select(KEYS).prop_map(|key| {
        let chord: Chord = key.parse().expect("these are keys");
        typing::command(chord).expect("these type")
    });
    prop_oneof![
        8 => key,
        1 => Just(Command::Undo),
        1 => Just(Command::Redo),
        1 => "[ab🇵🇹\u{301}\t\r\n ]{0,8}".prop_map(Command::Insert),
    ]
}

proptest! {
    #[test]
    fn any_keys_leave_a_text_whole_and_undo_brings_it_back(
        text in "[ab:🇵🇹\u{301}\t\n 漢]{0,40}",
        commands in proptest::collection::vec(any_command(), 0..60),
    ) {
        let mut buffer = Buffer::new(&text);
        for command in &commands {
            buffer.perform(command, PAGE).unwrap();
            let cursor = buffer.cursor();
            let line = &buffer.lines()[cursor.line];
            prop_assert_eq!(super::column::snapped(line, cursor.byte), cursor.byte, "{:?}", buffer);
            prop_assert!(buffer.lines().iter().all(|line| !line.contains(['\n', '\r'])));
            if let Some((from, to)) = buffer.selection() {
                prop_assert!(from < to && to.line < buffer.lines().len());
            }
            let same = Buffer::new(&buffer.text());
            prop_assert_eq!(same.lines(), buffer.lines());
        }
        let last = buffer.text();
        for _ in 0..=commands.len() {
            buffer.perform(&Command::Undo, PAGE).unwrap();
        }
        prop_assert_eq!(buffer.text(), text);
        for _ in 0..=commands.len() {
            buffer.perform(&Command::Redo, PAGE).unwrap();
        }
        // What was taken back before it ended, and was followed by no change, is done again too.
        let redone = buffer.text();
        if !commands.contains(&Command::Undo) {
            prop_assert_eq!(redone, last);
        }
    }
}
