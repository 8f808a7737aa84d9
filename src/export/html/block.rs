//! Blocks as elements, in the order in which the deck has them.

use std::fmt::Write as _;

use super::attributes::{Attributes, aligned, attributes, step};
use super::demo::Demo;
use super::text::words;
use super::{HtmlTalk, PAGE, code, drawing, images, inline, is_corner, output};
use crate::app::{DemoKey, SnippetKey, SnippetState};
use crate::deck::{
    Alert, Block, BlockKind, Code, Exec, Footnote, Inline, Item, List, OutputPlace, Table,
};

/// Columns between two columns.
const GUTTER: u16 = 4;

/// Writes what stands on one slide.
pub(super) struct Writer<'a> {
    talk: &'a HtmlTalk<'a>,
    /// The slide's id.
    id: &'a str,
    out: &'a mut String,
    /// Columns that a drawing can have here.
    width: u16,
}

impl<'a> Writer<'a> {
    pub(super) fn new(talk: &'a HtmlTalk<'a>, id: &'a str, out: &'a mut String) -> Self {
        Self {
            talk,
            id,
            out,
            width: PAGE.width,
        }
    }

    pub(super) fn title(&mut self, content: &[Inline]) {
        self.out.push_str("<h2 class=\"r-title\">");
        inline::write(content, self.out);
        self.out.push_str("</h2>\n");
    }

    /// What stands below the title, and in the corner.
    pub(super) fn body(&mut self, blocks: &[Block], intro: bool) {
        let (corner, flow): (Vec<&Block>, Vec<&Block>) =
            blocks.iter().partition(|block| is_corner(block));
        self.out.push_str("<div class=\"body\">\n");
        for block in &flow {
            self.block(block, u8::from(!intro));
        }
        if flow.iter().any(|block| block.kind == BlockKind::Middle) {
            self.out.push_str("<div class=\"fill\"></div>\n");
        }
        self.out.push_str("</div>\n");
        if !corner.is_empty() {
            self.out.push_str("<div class=\"corner\">\n");
            for block in corner {
                self.block(block, 1);
            }
            self.out.push_str("</div>\n");
        }
    }

    pub(super) fn footnotes(&mut self, footnotes: &[Footnote]) {
        if footnotes.is_empty() {
            return;
        }
        self.out.push_str("<footer class=\"r-muted\"><ol>");
        for footnote in footnotes {
            let _ = write!(self.out, "<li value=\"{}\">", footnote.number);
            self.blocks(&footnote.blocks);
            self.out.push_str("</li>");
        }
        self.out.push_str("</ol></footer>\n");
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block, 1);
        }
    }

    /// One block; headings are so many levels below their own.
    fn block(&mut self, block: &Block, below: u8) {
        let place = attributes(block);
        match &block.kind {
            BlockKind::Heading { level, content } => {
                let tag = (level + below).min(6);
                let role = if *level == 1 { "title" } else { "heading" };
                let _ = write!(self.out, "<h{tag}{}>", place.with(&format!("r-{role}")));
                inline::write(content, self.out);
                let _ = writeln!(self.out, "</h{tag}>");
            }
            BlockKind::Paragraph(content) => {
                let _ = write!(self.out, "<p{}>", place.with(""));
                inline::write(content, self.out);
                self.out.push_str("</p>\n");
            }
            BlockKind::List(list) => self.list(list, &place),
            BlockKind::Quote { alert, blocks } => self.quote(*alert, blocks, &place),
            BlockKind::Table(table) => self.table(table, &place),
            BlockKind::Code(code) => self.code(code, block.step, &place),
            BlockKind::SnippetOutput(Some(number)) => {
                output::write(self.snippet(*number), &place, self.out);
            }
            BlockKind::Rule => {
                let _ = writeln!(self.out, "<hr{}>", place.with(""));
            }
            BlockKind::Image(image) => images::write(image, &place, self.talk.images, self.out),
            BlockKind::Blank(count) => {
                let _ = writeln!(self.out, "<div style=\"height:{count}lh\"></div>");
            }
            BlockKind::Middle => self.out.push_str("<div class=\"fill\"></div>\n"),
            BlockKind::Columns { weights, columns } => self.columns(weights, columns, &place),
            BlockKind::Demo(spec) => {
                let key = DemoKey {
                    slide: self.id.to_owned(),
                    demo: spec.spec.name.clone(),
                };
                let demo = Demo {
                    spec: &spec.spec,
                    deck: self.talk.deck,
                    trace: self.talk.traces.get(&key).map(|trace| &**trace),
                };
                demo.write(&place, self.out);
            }
            BlockKind::Chart(_) | BlockKind::Timeline(_) | BlockKind::Qr { .. } => {
                drawing::write(block, self.width, self.talk.highlights, self.out);
            }
            BlockKind::Broken { message, source } => {
                let _ = writeln!(
                    self.out,
                    "<div{}><p class=\"r-error\">{}</p><pre>{}</pre></div>",
                    place.with("broken"),
                    words(message),
                    words(source)
                );
            }
            // As on a screen, questions belong to learning alone.
            BlockKind::Predict(_) | BlockKind::Challenge(_) | BlockKind::SnippetOutput(None) => {}
        }
    }

    /// Code, and where it can be run what came of that, if it does not stand elsewhere.
    fn code(&mut self, code: &Code, from_step: u16, place: &Attributes) {
        let (known, output) = match &code.exec {
            Exec::Snippet(snippet) if snippet.is_live() => {
                (self.snippet(snippet.number), snippet.output)
            }
            _ => (None, OutputPlace::Elsewhere),
        };
        let has_run = known.is_some_and(|known| known.run.is_some());
        if output != OutputPlace::Instead || !has_run {
            code::write(code, from_step, place, self.talk.highlights, self.out);
        }
        if output != OutputPlace::Elsewhere {
            output::write(known, place, self.out);
        }
    }

    /// What is known of the slide's block of this number.
    fn snippet(&self, number: usize) -> Option<&'a SnippetState> {
        let slide = self.id.to_owned();
        self.talk.snippets.get(&SnippetKey { slide, number })
    }

    fn list(&mut self, list: &List, place: &Attributes) {
        let (tag, start) = match list.start {
            Some(start) => ("ol", format!(" start=\"{start}\"")),
            None => ("ul", String::new()),
        };
        let loose = if list.tight && list.item_newlines < 2 {
            ""
        } else {
            "loose"
        };
        let _ = writeln!(self.out, "<{tag}{start}{}>", place.with(loose));
        for item in &list.items {
            self.item(item);
        }
        let _ = writeln!(self.out, "</{tag}>");
    }

    fn item(&mut self, item: &Item) {
        let class = if item.task.is_some() {
            " class=\"task\""
        } else {
            ""
        };
        let _ = write!(self.out, "<li{class}{}>", step(item.step));
        if let Some(done) = item.task {
            let (sign, word) = if done {
                ("☑", "done")
            } else {
                ("☐", "to do")
            };
            let _ = write!(
                self.out,
                "<span class=\"r-marker\" role=\"img\" aria-label=\"{word}\">{sign}</span> "
            );
        }
        self.blocks(&item.blocks);
        self.out.push_str("</li>\n");
    }

    fn quote(&mut self, alert: Option<Alert>, blocks: &[Block], place: &Attributes) {
        let (tag, class) = match alert {
            None => ("blockquote", "r-quote".to_owned()),
            Some(alert) => ("aside", format!("alert {}", face(alert).1)),
        };
        let _ = write!(self.out, "<{tag}{}>", place.with(&class));
        if let Some((word, role)) = alert.map(face) {
            let _ = write!(self.out, "<p class=\"bold {role}\">{word}</p>");
        }
        self.blocks(blocks);
        let _ = writeln!(self.out, "</{tag}>");
    }

    fn table(&mut self, table: &Table, place: &Attributes) {
        let _ = write!(self.out, "<table{}><thead><tr>", place.with(""));
        let align = |column: usize| {
            let align = table.aligns.get(column).copied().unwrap_or_default();
            aligned(align).map_or(String::new(), |class| format!(" class=\"{class}\""))
        };
        for (column, content) in table.head.iter().enumerate() {
            let _ = write!(self.out, "<th scope=\"col\"{}>", align(column));
            inline::write(content, self.out);
            self.out.push_str("</th>");
        }
        self.out.push_str("</tr></thead><tbody>");
        for (from, row) in &table.rows {
            let _ = write!(self.out, "<tr{}>", step(*from));
            for (column, content) in row.iter().enumerate() {
                let _ = write!(self.out, "<td{}>", align(column));
                inline::write(content, self.out);
                self.out.push_str("</td>");
            }
            self.out.push_str("</tr>");
        }
        self.out.push_str("</tbody></table>\n");
    }

    fn columns(&mut self, weights: &[u16], columns: &[Vec<Block>], place: &Attributes) {
        let parts: Vec<String> = weights.iter().map(|weight| format!("{weight}fr")).collect();
        let _ = writeln!(
            self.out,
            "<div{} style=\"grid-template-columns:{}\">",
            place.with("columns"),
            parts.join(" ")
        );
        let whole = self.width;
        let sum: u32 = weights.iter().map(|weight| u32::from(*weight)).sum();
        for (blocks, weight) in columns.iter().zip(weights) {
            let share = u32::from(whole) * u32::from(*weight) / sum.max(1);
            self.width = (share as u16).saturating_sub(GUTTER).max(16);
            self.out.push_str("<div>\n");
            self.blocks(blocks);
            self.out.push_str("</div>\n");
        }
        self.width = whole;
        self.out.push_str("</div>\n");
    }
}

/// An alert's word and the class of its colour.
fn face(alert: Alert) -> (&'static str, &'static str) {
    match alert {
        Alert::Note => ("ℹ Note", "r-info"),
        Alert::Tip => ("✓ Tip", "r-good"),
        Alert::Important => ("● Important", "r-accent"),
        Alert::Warning => ("▲ Warning", "r-warning"),
        Alert::Caution => ("✗ Caution", "r-error"),
    }
}
