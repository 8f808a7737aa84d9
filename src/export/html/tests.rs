//! Whole decks as HTML: what is on a slide is in the file, and nothing of it becomes markup.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parade_demos::snippet::{SnippetEnd, SnippetSnapshot};

use super::{HtmlTalk, html};
use crate::app::{RunId, SnippetKey, SnippetState};
use crate::deck::{Slide, Snippet};
use crate::highlight::Highlights;
use crate::parse;
use crate::theme::builtin;

/// A deck's file.
fn exported(markdown: &str) -> String {
    exported_with(markdown, &BTreeMap::new())
}

/// A deck's file, with what came of its code.
fn exported_with(markdown: &str, snippets: &BTreeMap<SnippetKey, SnippetState>) -> String {
    // A GIF's first bytes.
    let gif = "GIF89a\u{1e}\0\u{14}\0".to_owned();
    let files = BTreeMap::from([(PathBuf::from("a.gif"), gif)]);
    let deck = parse::open(Path::new("deck.md"), markdown, &files);
    let slides: Vec<(usize, Arc<Slide>)> = (0..deck.extents.len())
        .map(|index| (index, Arc::new(parse::slide(&deck, index, &files))))
        .collect();
    html(&HtmlTalk {
        deck: "deck.md",
        front: &deck.front,
        slides: &slides,
        highlights: &Highlights::default(),
        dark: &builtin("dark").unwrap(),
        light: &builtin("light").unwrap(),
        images: &BTreeMap::from([(
            PathBuf::from("a.gif"),
            "data:image/gif;base64,R0lG".to_owned(),
        )]),
        traces: &BTreeMap::new(),
        snippets,
    })
}

/// The slides alone.
fn slides(markdown: &str) -> String {
    main_of(&exported(markdown))
}

fn main_of(file: &str) -> String {
    let (_, rest) = file.split_once("<main>\n").unwrap();
    let (main, _) = rest.split_once("</main>").unwrap();
    main.to_owned()
}

#[test]
fn a_slide_is_a_section_of_real_text_in_the_decks_order() {
    let markdown = "# One 漢\n\nA *b* `c` [d](https://e.f/?g&h)\n\n- x\n\n<!-- pause -->\n\n> q\n";
    assert_eq!(
        slides(markdown),
        "<section class=\"slide flow\" id=\"one-漢\" data-number=\"1\" data-steps=\"1\" \
         aria-label=\"1: One 漢\" tabindex=\"-1\">\n\
         <h2 class=\"r-title\">One <span class=\"wide\">漢</span></h2>\n\
         <div class=\"body\">\n\
         <p>A <em>b</em> <code>c</code> <a href=\"https://e.f/?g&amp;h\" rel=\"noopener\">d</a></p>\n\
         <ul>\n<li><p>x</p>\n</li>\n</ul>\n\
         <blockquote class=\"r-quote\" data-step=\"1\"><p data-step=\"1\">q</p>\n</blockquote>\n\
         </div>\n</section>\n"
    );
}

#[test]
fn code_has_its_lines_numbers_and_groups() {
    let markdown = "```text +line_numbers {1|2}\na < b\nc\n```\n";
    let text = slides(markdown);
    for expected in [
        "data-from=\"0\" data-groups=\"2\"",
        "<span class=\"line\" data-on=\"0\"><span class=\"r-code-number number\">1</span>a &lt; b\n</span>",
        "<span class=\"line\" data-on=\"1\"><span class=\"r-code-number number\">2</span>c\n</span>",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
}

#[test]
fn a_chart_is_drawn_and_its_figures_can_be_read() {
    let markdown =
        "```chart\nkind: bar\ntitle: T\nunit: \"%\"\nlabels: [a, b]\nvalues: [1, 2.5]\n```\n";
    let text = slides(markdown);
    for expected in [
        "<figure role=\"group\" aria-label=\"T\"><svg class=\"cells\"",
        "aria-hidden=\"true\"",
        "<tr><th scope=\"row\">b</th><td>2.5 %</td></tr>",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
}

/// Words that would be markup, an attribute's end, a script or an address that runs.
const HOSTILE: &str =
    "<script>alert(1)</script> <img src=x onerror=alert(2)> \"'> --></style></title><!-- &lt;b&gt;";

#[test]
fn nothing_that_a_deck_says_becomes_markup_or_script() {
    let quoted = HOSTILE.replace('\\', "\\\\").replace('"', "\\\"");
    let code = HOSTILE.replace("-->", "->");
    let markdown = format!(
        "---\ntitle: \"{quoted}\"\nfooter: \"{quoted}\"\n---\n\n# {HOSTILE}\n\n<!-- id: \"><script>alert(3)</script> -->\n\n\
         `{code}`\n\n```\"><script>\n{code}\n```\n\n| {code} |\n|---|\n| {code} |\n\n![{code}](x.png)\n\n\
         [a](javascript:alert(4)) [b](<https://x\" onmouseover=\"alert(5)>)\n\n\
         <span style=\"color: red; background: url(https://evil)\">c</span>\n\n\
         ```chart\nkind: bar\ntitle: \"{quoted}\"\nlabels: [\"{quoted}\"]\nvalues: [1]\n```\n\n\
         ```demo\nname: d\ntitle: \"{quoted}\"\nworkload: primes\nlanes: [{{model: threads, label: \"{quoted}\"}}]\n```\n\n\
         ```qr\ndata: \"{quoted}\"\n```\n\n```demo\n{code}\n```\n"
    );
    let file = exported(&markdown);
    let tags = |name: &str| file.matches(&format!("<{name}")).count();
    let counted = ["script", "img", "style", "title", "b>", "!--"].map(tags);
    assert_eq!(counted, [1, 0, 1, 1, 0, 0], "{file}");
    for attribute in [
        "onerror=\"",
        "onmouseover=\"",
        "href=\"javascript",
        "url(",
        "https://evil\"",
    ] {
        assert!(!file.contains(attribute), "{attribute} in {file}");
    }
}

#[test]
fn each_slide_has_the_footer_that_a_terminal_would_show() {
    let text = exported(
        "---\nfooter: \"{title} {current_slide}/{total_slides}\"\ntitle: T\n---\n\n# One\n\n---\n\n\
         <!-- no_footer -->\n\n# Two\n\n---\n\n# Three\n",
    );
    let sections = text.split("<section ").skip(1);
    let footer = |section: &str| {
        let (_, rest) = section.split_once("data-footer=\"")?;
        Some(rest.split('"').next()?.to_owned())
    };
    let footers: Vec<Option<String>> = sections.map(footer).collect();
    let all = text.matches("<section ").count();
    let last = Some(format!("T {all}/{all}"));
    assert_eq!(footers.last(), Some(&last));
    assert_eq!(footers[all - 2], None);
}

#[test]
fn an_image_is_in_the_file_once_and_one_that_is_not_there_is_named() {
    let text = exported("![\"A\" cook](a.gif)\n\n![image:width:50%](a.gif)\n\n![none](b.gif)\n");
    for expected in [
        "<p class=\"image\"><svg role=\"img\" aria-label=\"&quot;A&quot; cook\" viewBox=\"0 0 30 20\" style=\"width:3ch\">\
         <use href=\"#image:0\"/></svg></p>",
        "<svg role=\"img\" aria-label=\"a.gif\" viewBox=\"0 0 30 20\" style=\"width:50%\">",
        "<p class=\"image r-muted\">[none]</p>",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    assert_eq!(text.matches("R0lG").count(), 1);
}

/// Blocks of the slide `one`, each with what it wrote, if it was run.
fn ran(outputs: &[Option<&str>]) -> BTreeMap<SnippetKey, SnippetState> {
    let known = outputs.iter().enumerate().map(|(number, output)| {
        let snapshot = output.map(|output| {
            Box::new(SnippetSnapshot {
                steps: 1,
                step: Some(0),
                lines: output.lines().map(Into::into).collect(),
                end: Some(SnippetEnd::Exited(0)),
                ..SnippetSnapshot::default()
            })
        });
        let key = SnippetKey {
            slide: "one".to_owned(),
            number,
        };
        let state = SnippetState {
            run: snapshot.is_some().then_some(RunId(0)),
            snapshot,
            ..SnippetState::new(&Snippet::default())
        };
        (key, state)
    });
    known.collect()
}

#[test]
fn code_that_was_run_has_its_output_where_the_deck_wants_it() {
    let markdown = "# One\n\n```text +exec\na\n```\n\n```text +exec_replace\nb\n```\n\n\
                    ```text +exec +id:c\nc\n```\n\nThen\n\n<!-- snippet_output: c -->\n";
    let code = |text: &str| {
        format!(
            "<pre class=\"code r-code-block\"><code><span class=\"line\">{text}\n</span></code></pre>\n"
        )
    };
    let output = |line: &str| {
        format!(
            "<pre class=\"output\" tabindex=\"0\" aria-label=\"Output\"><samp>\
             <span class=\"line\">{line}\n</span></samp></pre>\n\
             <p class=\"ended r-good\">✓ done in 0.0 s</p>\n"
        )
    };
    let not_run = "<p class=\"ended r-muted\">not run</p>\n";
    let then = "<p>Then</p>\n";
    for (outputs, expected) in [
        (
            ran(&[None, None, None]),
            [&*code("a"), not_run, &code("b"), not_run, &code("c"), then, not_run].concat(),
        ),
        (
            ran(&[Some("<1>"), Some("\u{1b}[31m2\u{1b}[0m!"), Some("\u{1b}[7m3")]),
            [
                &*code("a"),
                &output("&lt;1&gt;"),
                &output("<span class=\"r-text\" style=\"color:var(--error);\">2</span>!"),
                &code("c"),
                then,
                &output("<span class=\"r-text\" style=\"color:var(--paper);background:var(--ink);\">3</span>"),
            ]
            .concat(),
        ),
    ] {
        let main = main_of(&exported_with(markdown, &outputs));
        let (_, body) = main.split_once("<div class=\"body\">\n").unwrap();
        assert_eq!(body, expected + "</div>\n</section>\n");
    }
}
