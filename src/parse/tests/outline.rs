//! A slide in a few short lines, for tests.

use crate::deck::{
    Align, Block, BlockKind, Code, Exec, Inline, Lines, List, Place, Severity, Slide,
};

/// Title, blocks, notes and problems, a line each; `@n` before what waits for step n.
pub(super) fn of(slide: &Slide) -> String {
    let mut lines = Vec::new();
    if let Some(title) = &slide.title {
        lines.push(format!("= {}", text(title)));
    }
    blocks(&slide.blocks, 0, &mut lines);
    for footnote in &slide.footnotes {
        lines.push(format!("^{}", footnote.number));
        blocks(&footnote.blocks, 1, &mut lines);
    }
    for note in &slide.notes {
        lines.push(format!(
            "note {}: {}",
            note.step,
            note.text.replace('\n', "/")
        ));
    }
    if !slide.explain.is_empty() {
        lines.push("explain".into());
        blocks(&slide.explain, 1, &mut lines);
    }
    for diagnostic in &slide.diagnostics {
        let sign = match diagnostic.severity {
            Severity::Warning => "?",
            Severity::Error => "!",
        };
        lines.push(format!("{sign} {}", diagnostic.message));
    }
    lines.join("\n")
}

fn blocks(blocks: &[Block], depth: usize, lines: &mut Vec<String>) {
    for block in blocks {
        let step = if block.step > 0 {
            format!("@{} ", block.step)
        } else {
            String::new()
        };
        let align = match block.align {
            Align::Start => "",
            Align::Center => ">< ",
            Align::End => ">> ",
        };
        let size = if block.font_size == 1 {
            String::new()
        } else {
            format!("x{} ", block.font_size)
        };
        let prefix = format!("{}{step}{align}{size}", "  ".repeat(depth));
        one(&block.kind, &prefix, depth, lines);
    }
}

fn one(kind: &BlockKind, prefix: &str, depth: usize, lines: &mut Vec<String>) {
    let mut line = |text: String| lines.push(format!("{prefix}{text}"));
    match kind {
        BlockKind::Heading { level, content } => line(format!("h{level} {}", text(content))),
        BlockKind::Paragraph(content) => line(format!("p {}", text(content))),
        BlockKind::Rule => line("rule".into()),
        BlockKind::Blank(count) => line(format!("blank {count}")),
        BlockKind::Middle => line("middle".into()),
        BlockKind::SnippetOutput(number) => line(format!("output of {number:?}")),
        BlockKind::Image(image) => {
            let width = image
                .width_percent
                .map_or(String::new(), |percent| format!(" {percent}%"));
            line(format!("image {} ({}){width}", image.path, image.alt));
        }
        BlockKind::List(list) => self::list(list, prefix, depth, lines),
        BlockKind::Quote {
            alert,
            blocks: inner,
        } => {
            line(alert.map_or("quote".into(), |alert| format!("alert {alert:?}")));
            blocks(inner, depth + 1, lines);
        }
        BlockKind::Columns { weights, columns } => {
            line(format!("columns {weights:?}"));
            for (index, column) in columns.iter().enumerate() {
                lines.push(format!("{}{index}:", "  ".repeat(depth + 1)));
                blocks(column, depth + 2, lines);
            }
        }
        BlockKind::Table(table) => {
            line(format!("table {:?}: {}", table.aligns, cells(&table.head)));
            for (step, row) in &table.rows {
                let step = if *step > 0 {
                    format!("@{step} ")
                } else {
                    String::new()
                };
                lines.push(format!("{}{step}{}", "  ".repeat(depth + 1), cells(row)));
            }
        }
        BlockKind::Code(code) => {
            line(code_head(code));
            lines.extend(
                code.lines
                    .iter()
                    .map(|code| format!("{}|{code}", "  ".repeat(depth + 1))),
            );
        }
        BlockKind::Demo(demo) => line(format!("demo {}", demo.spec.name)),
        BlockKind::Chart(chart) => line(format!(
            "chart {:?} {:?} {:?}",
            chart.kind, chart.labels, chart.series
        )),
        BlockKind::Timeline(timeline) => line(format!(
            "timeline {:?} {:?}",
            timeline.events, timeline.highlight
        )),
        BlockKind::Qr {
            data,
            caption,
            place,
        } => {
            let place = if *place == Place::LowerRight {
                " lower right"
            } else {
                ""
            };
            line(format!(
                "qr {data} ({}){place}",
                caption.as_deref().unwrap_or_default()
            ));
        }
        BlockKind::Predict(predict) => line(format!("predict {predict:?}")),
        BlockKind::Challenge(challenge) => line(format!("challenge {challenge:?}")),
        BlockKind::Broken { message, .. } => line(format!("broken: {message}")),
    }
}

fn list(list: &List, prefix: &str, depth: usize, lines: &mut Vec<String>) {
    let kind = list
        .start
        .map_or("ul".into(), |start| format!("ol {start}"));
    let loose = if list.tight { "" } else { " loose" };
    let newlines = if list.item_newlines == 1 {
        String::new()
    } else {
        format!(" x{}", list.item_newlines)
    };
    lines.push(format!("{prefix}{kind}{loose}{newlines}"));
    for item in &list.items {
        let task = match item.task {
            None => "",
            Some(true) => " [x]",
            Some(false) => " [ ]",
        };
        let step = if item.step > 0 {
            format!(" @{}", item.step)
        } else {
            String::new()
        };
        lines.push(format!("{}-{task}{step}", "  ".repeat(depth + 1)));
        blocks(&item.blocks, depth + 2, lines);
    }
}

fn code_head(code: &Code) -> String {
    let first = code.first_number.map(|first| format!("#{first}"));
    let groups = code.groups.iter().map(|group| match group {
        Lines::All => "{all}".to_owned(),
        Lines::Ranges(ranges) => format!("{ranges:?}"),
    });
    let exec = match &code.exec {
        Exec::No => None,
        Exec::Snippet(snippet) => Some(format!(
            "{} {:?} {:?} {} {:?}",
            snippet.number, snippet.when, snippet.output, snippet.language, snippet.program,
        )),
        Exec::Unsupported(attribute) => Some(format!("no {attribute}")),
    };
    let words: Vec<_> = [code.language.clone()]
        .into_iter()
        .chain(first)
        .chain(groups)
        .chain(exec)
        .collect();
    format!("code {}", words.join(" "))
}

fn cells(cells: &[Vec<Inline>]) -> String {
    cells
        .iter()
        .map(|cell| text(cell))
        .collect::<Vec<_>>()
        .join(" | ")
}

fn text(inlines: &[Inline]) -> String {
    inlines.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text(text) => text.clone(),
        Inline::Code(code) => format!("`{code}`"),
        Inline::Emphasis(content) => format!("*{}*", text(content)),
        Inline::Strong(content) => format!("**{}**", text(content)),
        Inline::Strike(content) => format!("~{}~", text(content)),
        Inline::Superscript(content) => format!("^({})", text(content)),
        Inline::Link { url, content } => format!("[{}]({url})", text(content)),
        Inline::Image(image) => format!("![{}]({})", image.alt, image.path),
        Inline::FootnoteRef(number) => format!("[^{number}]"),
        Inline::Styled { paint, content } => {
            format!(
                "<{:?} {:?}: {}>",
                paint.foreground,
                paint.background,
                text(content)
            )
        }
        Inline::SoftBreak => "/".into(),
        Inline::HardBreak => "//".into(),
    }
}
