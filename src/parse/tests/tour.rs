//! The tour shows every feature of the format and every option of a demo: what is new is missed here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use parade_demos::catalogue;
use parade_demos::spec::{DemoSpec, LaneSpec};

use super::{files, place};
use crate::deck::{BlockKind, Deck, Slide};
use crate::parse::{FileHead, Files, comment, fence, front, info, open, slide};

const TOUR: &str = include_str!("../../../slides/tour.md");

/// The files that the tour names, and its image.
struct TourFiles(BTreeMap<PathBuf, String>);

impl Files for TourFiles {
    fn read(&self, path: &Path) -> Result<String, String> {
        self.0.read(path)
    }

    fn head(&self, path: &Path) -> Result<FileHead, String> {
        assert_eq!(path, "float.png");
        Ok(FileHead {
            bytes: include_bytes!("../../../slides/float.png").to_vec(),
            content: 0,
        })
    }
}

/// The tour and its slides.
fn tour() -> (Deck, Vec<Slide>) {
    let files = TourFiles(files(&[
        ("tour.md", TOUR),
        ("tour-part.md", include_str!("../../../slides/tour-part.md")),
        (
            "compatibility.csv",
            include_str!("../../../slides/compatibility.csv"),
        ),
        (
            "python/fib.py",
            include_str!("../../../slides/python/fib.py"),
        ),
        (
            "python/race.py",
            include_str!("../../../slides/python/race.py"),
        ),
        (
            "python/references.py",
            include_str!("../../../slides/python/references.py"),
        ),
    ]));
    let deck = open(Path::new("tour.md"), TOUR, &files);
    let slides = (0..deck.extents.len()).map(|index| slide(&deck, index, &files));
    let slides = slides.collect();
    (deck, slides)
}

fn demos() -> Vec<DemoSpec> {
    let (_, slides) = tour();
    let blocks = slides.into_iter().flat_map(|slide| slide.blocks);
    let demos = blocks.filter_map(|block| match block.kind {
        BlockKind::Demo(demo) => Some(demo.spec),
        _ => None,
    });
    demos.collect()
}

/// What stands in all fences of a language.
fn fenced(language: &str) -> String {
    let opened = format!("\n```{language}\n");
    let fences = TOUR.split(&opened).skip(1);
    let inside = fences.map(|rest| rest.split("\n```").next().unwrap_or(rest));
    inside.collect::<Vec<_>>().join("\n")
}

/// Those of the names for which nothing is found.
fn missing<'a>(
    names: impl IntoIterator<Item = &'a str>,
    is_there: impl Fn(&str) -> bool,
) -> Vec<&'a str> {
    let names = names.into_iter();
    names.filter(|name| !is_there(name)).collect()
}

#[test]
fn the_tour_is_without_a_fault() {
    let (deck, slides) = tour();
    let found = slides.iter().flat_map(|slide| &slide.diagnostics);
    let found = found.chain(&deck.diagnostics);
    let found: Vec<String> = found.map(|one| place(&deck, one)).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_tour_has_every_comment_attribute_and_key() {
    let has = |texts: &[String]| texts.iter().any(|text| TOUR.contains(text));
    let comments = missing(comment::names(), |name| {
        has(&[
            format!("<!-- {name}"),
            format!("<!--\n{name}"),
            format!("`{name}"),
        ])
    });
    assert_eq!(comments, [""; 0], "comments");
    let attributes = missing(info::names(), |name| has(&[format!("+{name}")]));
    assert_eq!(attributes, [""; 0], "attributes of code");
    let keys = missing(front::names(), |name| {
        has(&[format!("\n{name}:"), format!("`{name}`")])
    });
    assert_eq!(keys, [""; 0], "keys of the front matter");
    for (language, names) in fence::names() {
        let inside = fenced(language);
        let words: Vec<&str> = inside
            .split(|c: char| !c.is_alphanumeric() && !"_-".contains(c))
            .collect();
        let keys = missing(names, |name| words.contains(&name));
        assert_eq!(keys, [""; 0], "keys of {language} fences");
    }
}

#[test]
fn the_tour_runs_everything_that_can_run_and_sets_all_that_can_be_set() {
    let demos = demos();
    let lanes: Vec<&LaneSpec> = demos.iter().flat_map(|demo| &demo.lanes).collect();
    for workload in catalogue::workloads() {
        let of_it = || lanes.iter().filter(|lane| lane.workload == workload.name);
        assert!(of_it().count() > 0, "{}", workload.name);
        for parameter in workload.parameters {
            let is_set = of_it().any(|lane| lane.with.contains_key(parameter.name));
            assert!(is_set, "{} of {}", parameter.name, workload.name);
        }
    }
    for model in catalogue::models() {
        let of_it = || lanes.iter().filter(|lane| lane.model == model.name);
        assert!(of_it().count() > 0, "{}", model.name);
        for parameter in model.parameters {
            let is_set = of_it().any(|lane| lane.parameters.contains_key(parameter.name));
            assert!(is_set, "{} of {}", parameter.name, model.name);
        }
    }
}
