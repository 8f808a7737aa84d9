use super::{Decoder, Input, PASTE_BYTES_MAX};
use crate::app::Mouse;
use crate::key::Chord;

/// What the bytes mean, as text, when nothing follows them.
fn read(bytes: &[u8]) -> String {
    let mut decoder = Decoder::default();
    decoder.feed(bytes);
    let mut seen = Vec::new();
    loop {
        while let Some(input) = decoder.next() {
            seen.push(show(&input));
        }
        if !decoder.waits() {
            return seen.join(" ");
        }
        seen.extend(decoder.settle().as_ref().map(show));
    }
}

fn show(input: &Input) -> String {
    match input {
        Input::Key(chord) => chord.to_string(),
        Input::Paste(text) => format!("paste {text:?}"),
        Input::Mouse(Mouse { x, y, what }) => format!("{what:?}@{x},{y}"),
        Input::Answer(answer) => format!("{answer:?}"),
        Input::Background { dark } => format!("dark={dark}"),
        Input::Cursor { x, y } => format!("cursor={x},{y}"),
    }
}

#[test]
fn reads_what_terminals_send() {
    let table: &[(&[u8], &str)] = &[
        (b"", ""),
        (b"a G?", "a Space G ?"),
        ("é日👩".as_bytes(), "é 日 👩"),
        (b"\r\t\x7f\x08", "Enter Tab Backspace Backspace"),
        (b"\x01\x1a\x00\x1c", "Ctrl-A Ctrl-Z Ctrl-Space Ctrl-\\"),
        (b"\x1b", "Esc"),
        (b"\x1b\x1b", "Esc Esc"),
        (b"\x1b\x1b[A", "Esc ↑"),
        (b"\x1bx\x1b\r", "Alt-x Alt-Enter"),
        (b"\x1b[", "Alt-["),
        (b"\x1bO", "Alt-O"),
        (b"\x1b]", "Alt-]"),
        (b"\x1b[A\x1b[B\x1b[C\x1b[D", "↑ ↓ → ←"),
        (b"\x1bOA\x1bOH\x1bOF\x1bOP\x1bOM", "↑ Home End F1 Enter"),
        (
            b"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~",
            "Home End Home End Home End",
        ),
        (b"\x1b[5~\x1b[6~", "PgUp PgDn"),
        // A report of the cursor's place, and keys that look like one.
        (b"\x1b[2;5R\x1b[1;2R\x1b[R", "cursor=4,1 Shift-F3 F3"),
        (
            b"\x1b[11~\x1b[15~\x1b[17~\x1b[21~\x1b[23~\x1b[24~",
            "F1 F5 F6 F10 F11 F12",
        ),
        (b"\x1b[[A\x1b[[E", "F1 F5"),
        (b"\x1b[Z", "Shift-Tab"),
        (
            b"\x1b[1;2A\x1b[1;5C\x1b[1;3D\x1b[6;5~",
            "Shift-↑ Ctrl-→ Alt-← Ctrl-PgDn",
        ),
        (
            b"\x1b[97u\x1b[97;5u\x1b[13u\x1b[27;1:1u",
            "a Ctrl-A Enter Esc",
        ),
        (
            b"\x1b[<0;3;4M\x1b[<0;3;4m\x1b[<64;1;1M\x1b[<65;9;9M",
            "Click@2,3 WheelUp@0,0 WheelDown@8,8",
        ),
        (b"\x1b[<0;0;0M", ""),
        (b"\x1b[200~a\x1b[Ab\x1b[201~q", "paste \"a\\u{1b}[Ab\" q"),
        (b"\x1b]11;rgb:0000/0000/0000\x07", "dark=true"),
        (b"\x1b]11;rgb:ff/ff/e0\x1b\\q", "dark=false q"),
        (b"\x1b]11;rgb:1/2/zz\x07", ""),
        (b"\x1b]10;rgb:0/0/0\x07x", "x"),
        (b"\x1bP>|kitty(0.36)\x1b\\x", "Version(\"kitty(0.36)\") x"),
        (b"\x1b[?62;22cx", "Attributes { sixel: false } x"),
        (b"\x1b[?62;4;22cx", "Attributes { sixel: true } x"),
        (b"\x1b[?4cx", "Attributes { sixel: false } x"),
        (b"\x1b[6;20;9tx", "Cell(9, 20) x"),
        (b"\x1b[4;20;9t\x1b[6;20tx", "x"),
        (b"\x1b_Gi=31;OK\x1b\\x", "Kitty x"),
        (b"\x1b_Gi=31;ENOTSUP:no\x1b\\x", "x"),
        (b"\x1b[99999999999999999999~x", "x"),
        (b"\x1b[1;\x1b[Ax", "↑ x"),
        (b"\x1b[2~\x1b[3~", "Del"),
        (b"\xff\xc3(\x80x", "( x"),
        (b"\xc2\x9bx", "x"),
    ];
    for (bytes, expected) in table {
        assert_eq!(read(bytes), *expected, "{}", bytes.escape_ascii());
    }
}

#[test]
fn reads_the_same_however_the_bytes_are_cut() {
    let bytes =
        "a\x1b[1;5C\x1b[200~x\x1b[201y\x1b[201~é\x1b]11;rgb:1/1/1\x1b\\\x1b[<0;3;4M日".as_bytes();
    let mut decoder = Decoder::default();
    let mut seen = Vec::new();
    for byte in bytes {
        decoder.feed(&[*byte]);
        seen.extend(std::iter::from_fn(|| decoder.next()).map(|input| show(&input)));
    }
    assert_eq!(seen.join(" "), read(bytes));
    assert!(!decoder.waits());
}

#[test]
fn keeps_no_more_of_a_paste_than_its_limit() {
    let mut decoder = Decoder::default();
    decoder.feed(b"\x1b[200~");
    for _ in 0..3 {
        decoder.feed(&vec![b'x'; PASTE_BYTES_MAX]);
        assert_eq!(decoder.next(), None);
        assert!(decoder.bytes.len() < 16);
    }
    decoder.feed(b"\x1b[201~");
    assert_eq!(
        decoder.next(),
        Some(Input::Paste("x".repeat(PASTE_BYTES_MAX)))
    );
}

#[test]
fn forgets_a_sequence_without_an_end() {
    let mut decoder = Decoder::default();
    decoder.feed(b"\x1b]");
    decoder.feed(&[b'x'; 5000]);
    assert_eq!(decoder.next(), None);
    decoder.feed(b"q");
    assert_eq!(decoder.next(), Some(Input::Key(Chord::from('q'))));
}

mod properties {
    use proptest::prelude::*;

    use super::super::Decoder;

    proptest! {
        #[test]
        fn takes_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut decoder = Decoder::default();
            decoder.feed(&bytes);
            while decoder.next().is_some() {}
            while decoder.waits() {
                decoder.settle();
                while decoder.next().is_some() {}
            }
        }
    }
}
