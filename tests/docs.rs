//! What the documents say is what the code does.

#[cfg(test)]
mod docs {
    use std::fs;
    use std::path::{Path, PathBuf};

    use parade::app;
    use parade::deck::BlockKind;
    use parade::files::{self, Source};
    use parade::parse;
    use parade::theme::builtin_names;

    const README: &str = include_str!("../README.md");
    const CI: &str = include_str!("../.ci/run");

    #[test]
    fn the_readme_has_the_keys_of_the_code() {
        let (_, rest) = README
            .split_once("<!-- keys -->\n")
            .expect("the mark before the keys");
        let (table, _) = rest
            .split_once("<!-- /keys -->")
            .expect("the mark after the keys");
        let keys = app::keys_markdown();
        assert_eq!(
            table.trim(),
            keys.trim(),
            "between the marks should stand:\n{keys}"
        );
    }

    #[test]
    fn the_readmes_test_command_is_what_ci_runs() {
        assert!(
            README.contains("\ncargo test  "),
            "the README tells another command"
        );
        assert!(
            CI.contains("\nstep cargo test\n"),
            "CI runs another command"
        );
    }

    /// Every document, by its name.
    fn documents(home: &Path) -> Vec<(String, String)> {
        let documents = [home.to_owned(), home.join("docs")].map(fs::read_dir);
        let files = documents.into_iter().flat_map(Result::unwrap);
        let paths = files.map(|file| file.unwrap().path());
        let is_document = |path: &PathBuf| path.extension().is_some_and(|end| end == "md");
        paths
            .filter(is_document)
            .map(|path| {
                let text = fs::read_to_string(&path).unwrap();
                (path.display().to_string(), text)
            })
            .collect()
    }

    #[test]
    fn every_file_that_the_documents_name_is_there() {
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        let roots = ["", "src", "demos/src"].map(|root| home.join(root));
        for (document, text) in documents(home) {
            let named = text.split('`').skip(1).step_by(2).filter(|word| {
                let starts = ["src/", "demos/", "slides/"].map(|root| word.starts_with(root));
                let is_code = Path::new(word).extension().is_some_and(|end| end == "rs");
                let is_path = is_code || starts.contains(&true);
                is_path && !word.contains("NAME") && !word.contains(char::is_whitespace)
            });
            for path in named {
                let is_there = roots.iter().any(|root| root.join(path).exists());
                assert!(is_there, "{document}: {path} is not there");
            }
        }
    }

    #[test]
    fn the_built_in_talk_leads_someone_alone_from_its_first_slide_to_its_last() {
        let talk = files::open(&Source::BuiltIn).unwrap();
        let mut challenges = 0;
        for index in 0..talk.deck.extents.len() {
            let slide = parse::slide(&talk.deck, index, &*talk.files);
            assert!(!slide.explain.is_empty(), "{} has no explanation", slide.id);
            let count = |is: fn(&BlockKind) -> bool| {
                slide.blocks.iter().filter(|block| is(&block.kind)).count()
            };
            let demos = count(|kind| matches!(kind, BlockKind::Demo(_)));
            let questions = count(|kind| matches!(kind, BlockKind::Predict(_)));
            assert!(demos == 0 || questions > 0, "{} asks nothing", slide.id);
            challenges += count(|kind| matches!(kind, BlockKind::Challenge(_)));
        }
        assert!(challenges >= 10, "{challenges} challenges");
    }

    #[test]
    fn a_theme_is_two_files() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/theme/builtin");
        let mut there: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| {
                entry
                    .unwrap()
                    .path()
                    .file_stem()
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        let mut known: Vec<String> = builtin_names().map(str::to_owned).collect();
        there.sort();
        known.sort();
        assert_eq!(there, known);
    }
}
