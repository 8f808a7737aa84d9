//! Images that are not as they should be: a slide says why, and the others are shown.

#[cfg(test)]
mod images {
    use std::fs::{self, File};
    use std::os::unix::fs::symlink;
    use std::path::Path;

    use assert_cmd::Command;
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    use tempfile::TempDir;

    const PNG: &[u8] = include_bytes!("../slides/float.png");

    /// A deck with an image on each slide.
    fn deck(images: &[&str]) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        let slides: Vec<String> = images
            .iter()
            .map(|name| format!("# Slide\n\n![]({name})\n"))
            .collect();
        fs::write(folder.path().join("deck.md"), slides.join("\n---\n\n")).unwrap();
        folder
    }

    /// What this program says, run in a folder.
    fn parade(folder: &Path, arguments: &[&str]) -> String {
        let mut command = Command::cargo_bin("parade").unwrap();
        let output = command
            .current_dir(folder)
            .args(arguments)
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr)
    }

    /// A PNG that claims to be so large, and whose checksum agrees.
    fn claiming(side: u32) -> Vec<u8> {
        let mut bytes = PNG.to_vec();
        bytes[16..20].copy_from_slice(&side.to_be_bytes());
        bytes[20..24].copy_from_slice(&side.to_be_bytes());
        let checksum = crc(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&checksum.to_be_bytes());
        bytes
    }

    /// A chunk's checksum (PNG, annex D).
    fn crc(bytes: &[u8]) -> u32 {
        let step = |crc: u32| crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
        let fold = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc));
        !bytes.iter().fold(u32::MAX, fold)
    }

    #[test]
    fn an_image_that_cannot_be_shown_is_told_with_its_place_and_reason() {
        let cases = [
            ("none.png", "there is no such file"),
            ("text.png", "it is no PNG, JPEG, GIF or WebP"),
            (
                "bomb.png",
                "it has 60000×60000 pixels, more than 50 million",
            ),
            ("folder", "it is no regular file"),
            ("pipe", "it is no regular file"),
            ("/dev/zero", "it is no regular file"),
            ("huge.png", "it is larger than 32 MiB"),
            ("circle", "Too many levels of symbolic links"),
            ("head.png", "it is broken: it does not say how large it is"),
        ];
        let names: Vec<&str> = cases.iter().map(|(name, _)| *name).collect();
        let folder = deck(&names);
        let at = |name: &str| folder.path().join(name);
        fs::write(at("text.png"), "a text").unwrap();
        fs::write(at("bomb.png"), claiming(60_000)).unwrap();
        fs::create_dir(at("folder")).unwrap();
        mknodat(CWD, at("pipe"), FileType::Fifo, Mode::RUSR, 0).unwrap();
        File::create(at("huge.png"))
            .unwrap()
            .set_len(33 << 20)
            .unwrap();
        symlink("circle", at("circle")).unwrap();
        fs::write(at("head.png"), &PNG[..14]).unwrap();
        let told = parade(folder.path(), &["check", "deck.md"]);
        for (index, (name, why)) in cases.iter().enumerate() {
            assert!(
                told.contains(&format!("failed to show the image {name}: {why}")),
                "{told}"
            );
            assert!(
                told.contains(&format!("deck.md:{}:1", index * 6 + 3)),
                "{told}"
            );
        }
        // A picture of each slide says the same.
        parade(
            folder.path(),
            &["export", "deck.md", "-o", "out/", "--format", "txt"],
        );
        let shown = fs::read_to_string(folder.path().join("out/001-slide.txt")).unwrap();
        assert!(shown.contains("there is no such file"), "{shown}");
    }

    #[test]
    fn an_image_that_breaks_the_decoder_leaves_the_next_one_whole() {
        let folder = deck(&["short.png", "lie.png", "whole.png"]);
        let at = |name: &str| folder.path().join(name);
        fs::write(at("short.png"), &PNG[..PNG.len() / 2]).unwrap();
        fs::write(at("lie.png"), claiming(7000)).unwrap();
        fs::write(at("whole.png"), PNG).unwrap();
        let told = parade(folder.path(), &["check", "deck.md"]);
        for name in ["short.png", "lie.png"] {
            let expected = format!("failed to show the image {name}: it is broken");
            assert!(told.contains(&expected), "{told}");
        }
        assert!(!told.contains("whole.png"), "{told}");
        parade(
            folder.path(),
            &["export", "deck.md", "-o", "out/", "--format", "txt"],
        );
        let shown = |name: &str| fs::read_to_string(at("out").join(name)).unwrap();
        for name in ["001-slide.txt", "002-slide-2.txt"] {
            assert!(shown(name).contains("it is broken"), "{}", shown(name));
        }
        assert!(
            shown("003-slide-3.txt").contains('▀'),
            "{}",
            shown("003-slide-3.txt")
        );
    }
}
