//! `parade export -o F.gif`, from a deck to the pixels that a reader sees.

#[cfg(test)]
mod gifs {
    use std::fs::{self, File};
    use std::path::Path;

    use assert_cmd::Command;
    use gif::{DecodeOptions, Repeat};
    use tempfile::TempDir;

    const DECK: &str = "<!-- id: live -->\n\n# Three\n\none\n\n<!-- pause -->\n\ntwo\n\n\
        ```demo\nname: short\nworkload: sleep\nwith: {count: 4, each: 100ms}\nlanes: [sequential]\nbaseline: none\n```\n";

    /// Runs parade in a folder; what it says on standard error.
    fn parade(folder: &TempDir, arguments: &str) -> String {
        let run = Command::new(env!("CARGO_BIN_EXE_parade"))
            .args(arguments.split(' '))
            .current_dir(folder)
            .output()
            .unwrap();
        let told = String::from_utf8(run.stderr).unwrap();
        assert!(run.status.success(), "{arguments}: {told}");
        told
    }

    /// What a file shows: when each picture gives way to the next, in hundredths of a second; the last
    /// picture's pixels, as far as frames have drawn over each other; whether it begins anew.
    fn seen(path: &Path) -> (Vec<u16>, Vec<[u8; 3]>, bool) {
        let mut decoder = DecodeOptions::new()
            .read_info(File::open(path).unwrap())
            .unwrap();
        let width = usize::from(decoder.width());
        let palette = decoder.global_palette().unwrap().to_vec();
        let mut pixels = vec![[0; 3]; width * usize::from(decoder.height())];
        let mut delays = Vec::new();
        while let Some(frame) = decoder.read_next_frame().unwrap() {
            delays.push(frame.delay);
            let rows = frame.buffer.chunks(frame.width.into());
            for (y, row) in rows.enumerate() {
                let from = (usize::from(frame.top) + y) * width + usize::from(frame.left);
                for (pixel, index) in pixels[from..].iter_mut().zip(row) {
                    if frame.transparent != Some(*index) {
                        let rgb = &palette[usize::from(*index) * 3..][..3];
                        pixel.copy_from_slice(rgb);
                    }
                }
            }
        }
        (delays, pixels, decoder.repeat() == Repeat::Infinite)
    }

    #[test]
    fn a_run_that_was_kept_plays_from_its_steps_to_its_verdict() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("deck.md"), DECK).unwrap();
        parade(&folder, "run deck.md#short --repeat 1 --trace kept.json");
        parade(
            &folder,
            "export deck.md --trace kept.json --steps -o run.gif",
        );
        parade(
            &folder,
            "export deck.md --trace kept.json --at 100 -o end.gif",
        );
        let (delays, played, repeats) = seen(&at("run.gif"));
        let (still, end, _) = seen(&at("end.gif"));
        // A step, the demo before its run, some pictures of it, and the last, which stands longest.
        assert!(delays.len() > 4 && delays[0] == 200, "{delays:?}");
        assert!(delays.last().is_some_and(|last| *last >= 400), "{delays:?}");
        assert_eq!((repeats, still.len()), (true, 1));
        assert!(
            played == end,
            "the last picture is the one of the run's end"
        );
    }

    #[test]
    fn what_no_font_has_is_a_box_and_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("deck.md"), "# A \u{10FFFD} B\n").unwrap();
        let told = parade(&folder, "export deck.md -o a.gif");
        assert_eq!(
            told,
            "parade: no glyph for \u{10FFFD}: drawn as a box; a font on this system that has it would be used\n"
        );
    }
}
