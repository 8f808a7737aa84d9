//! parade's own fences, and what is wrong with them where.

use std::path::Path;

use parade_demos::spec::{Amount, Workers};
use parade_demos::workload::python::Script;

use super::{deck, files, open, outline, outline_with, place};
use crate::deck::{BlockKind, Demo};

/// `line:column message` of everything wrong on the first slide.
fn problems_with(text: &str, files: &dyn crate::parse::Files) -> Vec<String> {
    let deck = deck(text);
    let slide = crate::parse::slide(&deck, 0, files);
    slide
        .diagnostics
        .iter()
        .map(|diagnostic| place(&deck, diagnostic))
        .collect()
}

fn demo(text: &str) -> Demo {
    let deck = deck(text);
    let slide = crate::parse::slide(&deck, 0, &());
    assert_eq!(slide.diagnostics, []);
    match &slide.blocks[0].kind {
        BlockKind::Demo(demo) => (**demo).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn reads_a_demo_whole() {
    let spec = demo(
        "# Races\n\n```demo\ntitle: Who wins\nworkload: primes\nwith: {limit: 2000000}\nlanes: [async, threads, {name: four, label: four of them, model: processes, workers: 4, with: {limit: 1000}}]\nworkers: cores\nlength: 1500ms\norder: together\nclaim: threads.speedup >= 0.9 * ideal\nrepeat: 3\nseed: 7\n```",
    )
    .spec;
    assert_eq!(spec.name, "races");
    assert_eq!(spec.title.as_deref(), Some("Who wins"));
    assert_eq!(
        spec.amount,
        Amount::Length(std::time::Duration::from_millis(1500))
    );
    assert_eq!((spec.repeat, spec.seed), (3, 7));
    let lanes: Vec<_> = spec
        .lanes
        .iter()
        .map(|lane| {
            (
                lane.name.as_str(),
                lane.label.as_str(),
                lane.model.as_str(),
                lane.workers,
            )
        })
        .collect();
    assert_eq!(
        lanes,
        [
            ("async", "async", "async", Workers::Cores),
            ("threads", "threads", "threads", Workers::Cores),
            ("four", "four of them", "processes", Workers::Count(4)),
        ]
    );
    assert_eq!(spec.lanes[0].with["limit"].to_string(), "2000000");
    assert_eq!(spec.lanes[2].with["limit"].to_string(), "1000");
}

#[test]
fn gives_lanes_what_fits_their_workload() {
    let spec = demo("```demo\nname: io\nlanes:\n  - {model: threads, workload: sleep}\n  - {name: two, model: async, threads: 2, workload: primes}\nbaseline: none\n```").spec;
    assert_eq!(spec.lanes[0].workers, Workers::Items);
    assert_eq!(spec.lanes[1].workers, Workers::Cores);
    assert_eq!(spec.lanes[1].parameters["threads"].to_string(), "2");
}

#[test]
fn places_every_problem_of_a_demo_at_its_key() {
    let rows: &[(&str, &[&str])] = &[
        (
            "workload: primes\nlanes: [thread]",
            &["3:9 failed to find model \"thread\"; did you mean \"threads\"?"],
        ),
        (
            "workload: prims\nlanes: [threads]",
            &["2:1 failed to find workload \"prims\"; did you mean \"primes\"?"],
        ),
        (
            "workload: primes\nlanes:\n  - threads\n  - {model: async, workers: 0}",
            &["5:29 failed to use 0 workers; a lane has 1 to 256"],
        ),
        (
            "workload: primes\nlanes: [threads, async]\nworkers: 300",
            &["4:10 failed to use 300 workers; a lane has 1 to 256"],
        ),
        (
            "workload: primes\nwith: {limit: -1}\nlanes: [threads]",
            &["3:8 failed to set limit to -1; it takes a whole number from 0 to 4000000000"],
        ),
        (
            "workload: primes\nlanes: [threads]\nlenght: 4s",
            &["4:1 no such key: `lenght`"],
        ),
        (
            "workload: primes\nlanes: [threads]\nlength: long",
            &["4:9 `length` with a value that it doesn't take"],
        ),
        (
            "workload: primes\nlanes: [threads]\nclaim: theads.speedup > 1",
            &["4:1 failed to find lane \"theads\" of the claim; did you mean \"threads\"?"],
        ),
        (
            "workload: primes\nlanes: [threads",
            &["3:8 failed to read this as YAML: unclosed bracket '['"],
        ),
        ("lanes: [threads]", &["2:9 this lane has no workload"]),
        ("workload: primes", &["2:1 this demo has no lanes"]),
        (
            "workload: primes\nlanes: [{label: x}]",
            &["3:9 this lane has no model"],
        ),
        (
            "workload: primes\nlanes: [threads]\nlength: 1s\nwork: 3",
            &["5:7 `length` and `work` can't both be given"],
        ),
        (
            "workload: primes\nworkload: sleep\nlanes: [threads]",
            &["3:1 failed to read this as YAML: duplicate mapping key: workload"],
        ),
        (
            "name: a b\nworkload: primes\nlanes: [threads]",
            &["2:7 a demo's name has letters, digits, `-`, `_` and `.` alone"],
        ),
        (
            "workload: python\nwith: {source: a.py}\nlanes: [gil]",
            &["3:16 failed to read a.py: this deck comes without files"],
        ),
        (
            "workload: python\nwith: {source: a.py, code: pass}\nlanes: [gil]",
            &["3:28 `source` and `code` can't both be given"],
        ),
        (
            "workload: python\nlanes: [gil]",
            &["2:1 failed to run Python without a program; give `source: file.py` or `code: |`"],
        ),
        (
            "workload: python\nwith: {code: pass}\nlanes: [gil]\nlength: 2s",
            &["5:9 a program does what it does"],
        ),
        (
            "lanes: [{command: [ls]}]\nwork: 3",
            &["3:7 a program does what it does"],
        ),
    ];
    for (yaml, expected) in rows {
        let text = format!("```demo\n{yaml}\n```\n\nafter");
        assert_eq!(
            problems_with(&text, &()),
            *expected,
            "of the fence:\n{yaml}"
        );
        assert!(outline(&text).starts_with("broken: "), "{yaml}");
        assert!(outline(&text).contains("p after"), "{yaml}");
    }
}

#[test]
fn places_problems_in_indented_fences_too() {
    assert_eq!(
        problems_with(
            "- a\n\n  ```demo\n  workload: primes\r\n  lanes: [thread]\r\n  ```",
            &()
        ),
        ["5:11 failed to find model \"thread\"; did you mean \"threads\"?"]
    );
    assert_eq!(
        problems_with("> ```qr\n> daat: x\n> ```", &()),
        ["2:3 no such key: `daat`", "2:3 this code says nothing"]
    );
}

#[test]
fn reads_charts_and_codes() {
    let files = files(&[
        ("a.csv", "label,n\nx,1\ny,2\n"),
        ("b.csv", "label,n\nx,?\n"),
    ]);
    let outline = |text: &str| outline_with(text, &files);
    assert_eq!(
        outline("```chart\nkind: bar\nlabels: [a, b]\nvalues: [1, 2.5]\n```"),
        r#"chart Bar ["a", "b"] [Series { name: "", values: [Some(1.0), Some(2.5)] }]"#
    );
    assert_eq!(
        outline("```chart\nkind: donut\ndata: a.csv\n```"),
        r#"chart Donut ["x", "y"] [Series { name: "", values: [Some(1.0), Some(2.0)] }]"#
    );
    assert_eq!(
        outline("```chart\nkind: line\nlabels: [1]\nseries: [{name: s, values: [null]}]\n```"),
        r#"chart Line ["1"] [Series { name: "s", values: [None] }]"#
    );
    assert_eq!(
        outline(
            "```chart\nkind: timeline\nhighlight: b\nevents: [{label: a, on: 2025-10-02}, {label: b}]\n```"
        ),
        "timeline [TimelineEvent { label: \"a\", when: On(Date { year: 2025, month: 10, day: 2 }) }, \
         TimelineEvent { label: \"b\", when: Someday }] Some(\"b\")"
    );
    assert_eq!(
        outline("```qr\ndata: https://a.b\ncaption: c\nplace: lower-right\n```"),
        "qr https://a.b (c) lower right"
    );
    let rows: &[(&str, &str)] = &[
        (
            "chart\nkind: pie\nvalues: [1]",
            "2:7 `kind` with a value that it doesn't take",
        ),
        ("chart\nvalues: [1]", "2:1 this chart has no kind"),
        (
            "chart\nkind: bar\nlabels: [a]\nvalues: [1, 2]",
            "2:1 1 labels, but 2 values",
        ),
        (
            "chart\nkind: donut\nlabels: [a, b]\nvalues: [2, 3]\ntotal: 4",
            "2:1 the parts of this donut are more than its total",
        ),
        (
            "chart\nkind: donut\nlabels: [a, b]\nvalues: [0, 0]",
            "2:1 all parts of this donut are nothing",
        ),
        (
            "chart\nkind: bar\nlabels: [a]\nvalues: [x]",
            "4:10 `values` with a value that it doesn't take",
        ),
        (
            "chart\nkind: bar\ndata: none.csv",
            "3:7 failed to read none.csv: there is no such file",
        ),
        (
            "chart\nkind: bar\ndata: b.csv",
            "3:7 failed to use b.csv: line 2: `?` is no number",
        ),
        (
            "chart\nkind: timeline\nevents: [{label: a, on: soon}]",
            "3:10 `soon` is no date like 2025-10-07",
        ),
        (
            "chart\nkind: timeline\ndata: a.csv",
            "3:7 failed to use a.csv: it has no column `on`: a timeline has label, on, from, until",
        ),
        ("chart\nkind: timeline", "2:1 this timeline has no events"),
        (
            "chart\nkind: timeline\nhighlight: b\nevents: [{label: a}]",
            "3:12 no such event: `b`",
        ),
        (
            "chart\nkind: bar\nlabels: [a]\nvalues: [1]\nheight: 3",
            "5:9 `height` with a value that it doesn't take",
        ),
        (
            "qr\ndata: x\nplace: left",
            "3:8 `place` with a value that it doesn't take",
        ),
    ];
    for (fence, expected) in rows {
        assert_eq!(
            problems_with(&format!("```{fence}\n```"), &files),
            [*expected],
            "{fence}"
        );
    }
}

#[test]
fn takes_code_from_files() {
    let files = files(&[("sub/a.rs", "one\ntwo\nthree\nfour\n")]);
    assert_eq!(
        outline_with(
            "```file +line_numbers {1}\npath: ./sub/../sub/a.rs\nstart_line: 2\nend_line: 3\n```",
            &files
        ),
        "code rs #2 [(1, 1)]\n  |two\n  |three"
    );
    assert_eq!(
        outline_with(
            "```file\npath: sub/a.rs\nlanguage: rust\nstart_line: 4\n```",
            &files
        ),
        "code rust\n  |four"
    );
    for (yaml, expected) in [
        (
            "path: none.rs",
            "2:7 failed to read none.rs: there is no such file",
        ),
        (
            "path: sub/a.rs\nstart_line: 9",
            "2:7 sub/a.rs has only 4 lines",
        ),
        (
            "path: sub/a.rs\nstart_line: 3\nend_line: 2",
            "4:11 the last line comes before the first",
        ),
        ("language: rust", "2:1 this names no file"),
    ] {
        assert_eq!(
            problems_with(&format!("```file\n{yaml}\n```"), &files),
            [expected],
            "{yaml}"
        );
    }
}

#[test]
fn takes_programs_from_files_and_from_the_fence() {
    let files = files(&[("sub/a.py", "print('\u{202e}')\n")]);
    let text = "```demo\nworkload: python\nwith:\n  source: ./sub/a.py\n  args: [20, '{workers}']\nlanes:\n  - gil\n  - {name: own, model: free-threaded, immortal: false, with: {code: \"if 1:\\n\\tpass\"}}\n```";
    let deck = open(Path::new("deck.md"), text, &files);
    let slide = crate::parse::slide(&deck, 0, &files);
    assert_eq!(slide.diagnostics, []);
    let BlockKind::Demo(demo) = &slide.blocks[0].kind else {
        panic!("{:?}", slide.blocks[0])
    };
    assert_eq!(demo.spec.amount, Amount::Work(1));
    let scripts: Vec<_> = demo
        .spec
        .lanes
        .iter()
        .map(|lane| Script::of(&lane.with).unwrap())
        .map(|script| (script.argv(2), script.source))
        .collect();
    let argv = |file: &str| [file, "20", "2"].map(str::to_owned).to_vec();
    assert_eq!(
        scripts,
        [
            (argv("sub/a.py"), "print('\u{202e}')\n".to_owned()),
            (argv("<code>"), "if 1:\n\tpass".to_owned()),
        ]
    );
    assert_eq!(
        demo.spec.lanes[1].parameters["immortal"].to_string(),
        "false"
    );
}

#[test]
fn places_what_is_wrong_with_programs_in_them() {
    let files = files(&[("sub/a.py", "x = 1\nfor é in x:\n    yield x\n")]);
    let rows: &[(&str, &[&str])] = &[
        (
            "with: {source: sub/a.py}",
            &["sub/a.py:3:5 generators are not in the laboratory's Python: return a list"],
        ),
        ("with: {code: \"x =\\n\"}", &["3:14 expected an expression"]),
        ("with: {code: while}", &["3:19 expected an expression"]),
        (
            "with:\n  code: |\n    # é\n\n    if True:\n        import os\n    yield 1",
            &[
                "8:16 the module `os` is not in the laboratory's Python: it has sys, threading and time",
                "9:5 generators are not in the laboratory's Python: return a list",
            ],
        ),
    ];
    for (with, expected) in rows {
        let text = format!("```demo\nworkload: python\n{with}\nlanes: [gil]\n```");
        assert_eq!(problems_with(&text, &files), *expected, "{with}");
    }
}

#[test]
fn reads_questions_and_goals() {
    assert_eq!(
        outline(
            "```predict\ndemo: d\nquestion: How much?\nnumber: threads.speedup\ntolerance: 20%\n```"
        ),
        r#"predict Predict { demo: Some("d"), question: "How much?", cores: 1, answer: Number { of: "threads.speedup", tolerance: 0.2 } }"#
    );
    assert_eq!(
        outline(
            "```predict\nquestion: q\ncores: 2\nchoices: [no, {text: yes, when: threads.speedup > 1}]\n```"
        ),
        r#"predict Predict { demo: None, question: "q", cores: 2, answer: Choice([("no", None), ("yes", Some("threads.speedup > 1"))]) }"#
    );
    assert_eq!(
        outline(
            "```challenge\nname: n\ntask: t\ngoal: threads.speedup > 1\ncores: 4\nhints: [a, b]\n```"
        ),
        r#"challenge Challenge { name: "n", demo: None, task: "t", goal: "threads.speedup > 1", cores: 4, hints: ["a", "b"] }"#
    );
    assert_eq!(
        problems_with("```predict\nquestion: q\n```", &()),
        ["2:1 this question needs one kind of answer"]
    );
    let found = problems_with(
        "```challenge\nname: n\ntask: t\ngoal: \"threads.speedup >\"\n```",
        &(),
    );
    assert!(
        found.len() == 1 && found[0].starts_with("4:7 failed to understand `goal`: "),
        "{found:?}"
    );
}

#[test]
fn makes_yaml_safe() {
    assert_eq!(
        outline("```qr\ndata: \"a\\e[31m\\x9b\"\ncaption: \"\\u202e\"\n```"),
        "qr a␛[31m‹U+009B› (‹U+202E›)"
    );
    let found = problems_with("```qr\n\"\\e]0;\": x\ndata: y\n```", &());
    assert_eq!(found, ["2:1 no such key: `␛]0;`"]);
}
