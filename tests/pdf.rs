//! A deck as PDF, read back by poppler's programs: text, links, outline, colours.
//!
//! Where there is no poppler, these tests say so and check nothing; with `PARADE_TEST_POPPLER` set, as
//! in `.ci/run`, that is an error.

#[cfg(test)]
mod pdf {
    use std::fs;
    use std::process::Command;

    use tempfile::TempDir;

    const DECK: &str = "---\ntitle: A talk (für alle)\nlang: de\nauthor: Ada & Bob\n---\n\n---\n\n\
        <!-- id: wide -->\n\n# Wide 🐍\n\n🔪| 👩\u{200d}🍳| (é) fi “x” **bold** *lean* end\n\n\
        [out](https://example.org/ä) and [in](#steps) and [nowhere](#gone)\n\n\
        <!-- speaker_note: Only for the speaker. -->\n\n---\n\n\
        <!-- id: steps -->\n\n# Steps\n\none\n\n<!-- pause -->\n\ntwo\n\n---\n\n\
        # Bars\n\n<span style=\"color: #ff0000\">██████</span>\\\n<span style=\"color: #ff0000\">██████</span>\n";

    /// The pages' size in points, and where the first cell's corner is.
    const PAGE: (usize, usize) = (832, 512);
    const PADDING: usize = 16;
    const CELL: (usize, usize) = (10, 20);

    struct Studio(TempDir);

    impl Studio {
        /// With the deck's PDF, if there is somebody to read it.
        fn with(arguments: &str) -> Option<Self> {
            let there = Command::new("pdfinfo").arg("-v").output().is_ok();
            assert!(
                there || std::env::var_os("PARADE_TEST_POPPLER").is_none(),
                "there is no poppler here, and PARADE_TEST_POPPLER asks for one"
            );
            if !there {
                eprintln!("not run: there is no poppler here");
                return None;
            }
            let studio = Self(tempfile::tempdir().unwrap());
            fs::write(studio.0.path().join("deck.md"), DECK).unwrap();
            studio.export("talk.pdf", arguments);
            Some(studio)
        }

        fn export(&self, name: &str, arguments: &str) -> Vec<u8> {
            let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_parade"));
            command
                .args(["export", "deck.md", "-o", name])
                .args(arguments.split_whitespace())
                .env("SOURCE_DATE_EPOCH", "1700000000")
                .current_dir(self.0.path());
            command.assert().success();
            fs::read(self.0.path().join(name)).unwrap()
        }

        /// What one of poppler's programs prints of the talk.
        fn read(&self, arguments: &str) -> Vec<u8> {
            let mut words = arguments.split_whitespace();
            let mut command = Command::new(words.next().unwrap());
            let output = command.args(words).current_dir(self.0.path()).output();
            let output = output.unwrap();
            assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments}");
            output.stdout
        }

        fn text(&self, arguments: &str) -> String {
            String::from_utf8(self.read(arguments)).unwrap()
        }

        /// The words of each page, line by line.
        fn pages(&self) -> Vec<Vec<String>> {
            let text = self.text("pdftotext -layout talk.pdf -");
            let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
            let lines = |page: &str| {
                let lines = page.lines().map(line);
                lines.filter(|line| !line.is_empty()).collect()
            };
            text.trim_end_matches('\u{c}')
                .split('\u{c}')
                .map(lines)
                .collect()
        }
    }

    #[test]
    fn its_text_is_what_the_slides_say() {
        let Some(studio) = Studio::with("") else {
            return;
        };
        let pages = studio.pages();
        assert_eq!(pages.len(), 4);
        assert_eq!(pages[0], ["A talk (für alle)", "Ada & Bob", "1 ▸ 4"]);
        assert_eq!(
            pages[1],
            [
                "Wide 🐍",
                "🔪| 👩\u{200d}🍳| (é) fi “x” bold lean end",
                "out (example.org/ä) and in (#steps) and nowhere (#gone)",
                "2 ▸ 4"
            ]
        );
        assert_eq!(pages[2], ["Steps", "one", "two", "3 ▸ 4"]);
    }

    #[test]
    fn every_word_stands_in_its_column() {
        let Some(studio) = Studio::with("") else {
            return;
        };
        let boxes = studio.text("pdftotext -bbox -f 2 -l 2 talk.pdf -");
        let column = |word: &str| {
            let line = boxes
                .lines()
                .find(|line| line.ends_with(&format!(">{word}</word>")));
            let (_, rest) = line
                .unwrap_or_else(|| panic!("no {word} in {boxes}"))
                .split_once("xMin=\"")
                .unwrap();
            let (x, _) = rest.split_once('"').unwrap();
            (x.parse::<f64>().unwrap() - PADDING as f64) / CELL.0 as f64
        };
        let text = "🔪| 👩\u{200d}🍳| (é) fi “x” bold lean end";
        let before = |word: &str| {
            let (before, _) = text.split_once(word).unwrap();
            // Each of the emoji takes two columns.
            before
                .replace("👩\u{200d}🍳", "..")
                .replace('🔪', "..")
                .chars()
                .count()
        };
        let margin = column("(é)") - before("(é)") as f64;
        for word in ["fi", "“x”", "bold", "lean", "end"] {
            let distance = column(word) - before(word) as f64 - margin;
            assert!(distance.abs() < 0.01, "{word} is {distance} columns off");
        }
    }

    #[test]
    fn links_outline_and_labels_lead_to_their_places() {
        let Some(studio) = Studio::with("--steps --notes") else {
            return;
        };
        let links = studio.text("pdfinfo -url talk.pdf");
        let links: Vec<&str> = links
            .lines()
            .skip(1)
            .map(|line| line.split_whitespace().last().unwrap())
            .collect();
        // A link's words, and the address behind them.
        assert_eq!(links, ["https://example.org/%C3%A4"; 2]);
        let outline = studio.text("pdftohtml -xml -stdout -i talk.pdf");
        let items: Vec<&str> = outline
            .lines()
            .filter(|line| line.starts_with("<item"))
            .collect();
        assert_eq!(
            items,
            [
                "<item page=\"1\">1. A talk (für alle)</item>",
                "<item page=\"2\">2. Wide 🐍</item>",
                "<item page=\"4\">3. Steps</item>",
                "<item page=\"6\">4. Bars</item>"
            ]
        );
        let raw = fs::read(studio.0.path().join("talk.pdf")).unwrap();
        let raw = String::from_utf8_lossy(&raw);
        let labels: Vec<&str> = raw
            .split("/P (")
            .skip(1)
            .filter_map(|rest| Some(rest.split_once(')')?.0))
            .collect();
        assert_eq!(labels, ["1", "2", "2 notes", "3", "3.1", "4"]);
        assert_eq!(raw.matches("/GoTo").count(), 2);
    }

    #[test]
    fn steps_and_notes_have_pages_when_they_are_asked_for() {
        let Some(studio) = Studio::with("--steps --notes") else {
            return;
        };
        let pages = studio.pages();
        assert_eq!(pages[2], ["2. Wide 🐍 – notes", "Only for the speaker."]);
        assert_eq!(pages[3], ["Steps", "one", "3 ▸ 4"]);
        assert_eq!(pages[4], ["Steps", "one", "two", "3 ▸ 4"]);
        studio.export("talk.pdf", "");
        assert!(!studio.pages().concat().concat().contains("speaker"));
    }

    #[test]
    fn an_image_is_in_it_once_with_its_own_pixels() {
        let Some(studio) = Studio::with("") else {
            return;
        };
        let float = concat!(env!("CARGO_MANIFEST_DIR"), "/slides/float.png");
        fs::copy(float, studio.0.path().join("float.png")).unwrap();
        let deck = "# One\n\n![image:width:50%](float.png)\n\n<!-- pause -->\n\nmore\n";
        fs::write(studio.0.path().join("deck.md"), deck).unwrap();
        studio.export("talk.pdf", "--steps");
        let list = studio.text("pdfimages -list talk.pdf");
        let images: Vec<String> = list
            .lines()
            .skip(2)
            .map(|line| {
                line.split_whitespace()
                    .take(6)
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        let expected = ["1 0 image 760 400 rgb", "1 1 smask 760 400 gray"];
        assert_eq!(images[..2], expected);
        let ids = list
            .lines()
            .skip(2)
            .map(|line| line.split_whitespace().nth(10));
        let ids: std::collections::BTreeSet<_> = ids.collect();
        assert_eq!((images.len(), ids.len()), (4, 1), "{list}");
    }

    #[test]
    fn the_whole_is_described_and_the_same_each_time() {
        let Some(studio) = Studio::with("") else {
            return;
        };
        let bytes = fs::read(studio.0.path().join("talk.pdf")).unwrap();
        let says = |what: &[u8]| bytes.windows(what.len()).any(|there| there == what);
        assert!(
            says(b"/Lang (de)"),
            "a reader reads it aloud in its language"
        );
        let info = studio.text("pdfinfo -isodates talk.pdf");
        let value = |key: &str| {
            let line = info.lines().find_map(|line| line.strip_prefix(key));
            line.map(|value| value.trim().to_owned())
        };
        assert_eq!(value("Title:").as_deref(), Some("A talk (für alle)"));
        assert_eq!(value("Author:").as_deref(), Some("Ada & Bob"));
        assert_eq!(
            value("CreationDate:").as_deref(),
            Some("2023-11-14T22:13:20Z")
        );
        assert_eq!(value("Page size:").as_deref(), Some("832 x 512 pts"));
        assert_eq!(studio.export("a.pdf", ""), studio.export("b.pdf", ""));
    }

    #[test]
    fn colours_fill_their_cells_without_seams() {
        let Some(studio) = Studio::with("") else {
            return;
        };
        for (theme, ground) in [("dark", [0x13, 0x16, 0x1b]), ("light", [0xff, 0xff, 0xff])] {
            studio.export("talk.pdf", &format!("--theme {theme}"));
            // No cell is a whole number of pixels here.
            let picture = studio.read("pdftoppm -r 97 -f 4 -l 4 talk.pdf");
            let head = format!("P6\n{} {}\n255\n", scaled(PAGE.0), scaled(PAGE.1));
            let pixels = picture.strip_prefix(head.as_bytes()).expect(&head);
            let rows: Vec<&[u8]> = pixels.chunks(scaled(PAGE.0) * 3).collect();
            let at = |x: usize, y: usize| [0, 1, 2].map(|part| rows[y][x * 3 + part]);
            assert_eq!(at(1, 1), ground);
            let red = |x: usize, y: usize| at(x, y) == [255, 0, 0];
            let reds: Vec<(usize, usize)> = (0..rows.len())
                .flat_map(|y| (0..scaled(PAGE.0)).map(move |x| (x, y)))
                .filter(|(x, y)| red(*x, *y))
                .collect();
            let (first, last) = (reds[0], reds[reds.len() - 1]);
            let (width, height) = (last.0 + 1 - first.0, last.1 + 1 - first.1);
            assert_eq!(
                reds.len(),
                width * height,
                "a seam, or another shape, in {theme}"
            );
            let cells = (6 * CELL.0, 2 * CELL.1);
            assert!(width.abs_diff(scaled(cells.0)) <= 1 && height.abs_diff(scaled(cells.1)) <= 1);
        }
    }

    /// Points as pixels, rounded up as the renderer does.
    fn scaled(points: usize) -> usize {
        (points * 97).div_ceil(72)
    }
}
