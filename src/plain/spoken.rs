//! A slide in words: what stands side by side is told one after the other, and what is a picture is told
//! by what it says.

use crate::deck::{
    Align, Block, BlockKind, Chart, Inline, Item, Lines, List, Slide, Span, Table, Timeline, When,
};
use crate::layout::unparted;

/// A slide's lines as far as it is revealed, without blank ones; its title follows the heading.
pub(super) fn slide(heading: &str, slide: &Slide, step: u16) -> Vec<String> {
    let mut first = vec![Inline::Text(heading.to_owned())];
    if let Some(title) = &slide.title {
        first.push(Inline::Text(": ".to_owned()));
        first.extend(title.iter().cloned());
    }
    let mut told = vec![block(BlockKind::Paragraph(first))];
    told.extend(blocks(&slide.blocks));
    let slide = Slide {
        title: None,
        blocks: told,
        ..slide.clone()
    };
    text(&slide, step)
}

/// The lines of code that stand out at this step.
pub(super) fn emphasis(slide: &Slide, step: u16) -> Vec<String> {
    let mut told = Vec::new();
    for block in blocks(&slide.blocks) {
        let (BlockKind::Code(code), Some(at)) = (&block.kind, step.checked_sub(block.step)) else {
            continue;
        };
        let at = usize::from(at).min(code.groups.len().saturating_sub(1));
        let Some(Lines::Ranges(ranges)) = code.groups.get(at) else {
            continue;
        };
        let stands_out = |number: u32| {
            ranges
                .iter()
                .any(|(from, to)| (*from..=*to).contains(&number))
        };
        let lines = (1..)
            .zip(&code.lines)
            .filter(|(number, _)| stands_out(*number));
        told.extend(
            lines.map(|(number, line)| format!("Line {number} stands out: {}", line.trim())),
        );
    }
    told
}

/// What notes or an explanation say, paragraph by paragraph: where one changes, it is told whole.
pub(super) fn panel(slide: &Slide) -> Vec<String> {
    let each = slide.blocks.iter().map(|block| {
        let slide = Slide {
            blocks: in_words(block),
            ..slide.clone()
        };
        text(&slide, slide.steps).join("\n")
    });
    each.filter(|paragraph| !paragraph.is_empty()).collect()
}

fn text(slide: &Slide, step: u16) -> Vec<String> {
    lines(&unparted(slide, step))
}

/// A page's text as lines, without the page's margin, without what is only drawn, and without blank lines.
fn lines(text: &str) -> Vec<String> {
    let undrawn: Vec<String> = text.lines().map(without_drawing).collect();
    let lines = || undrawn.iter().map(String::as_str);
    let full = || lines().filter(|line| !line.trim().is_empty());
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let margin = full().map(indent).min().unwrap_or(0);
    full().map(|line| line[margin..].to_owned()).collect()
}

/// A line without the lines and bars drawn in it, which would be read out one by one; what they lead to is
/// an arrow. A single one may be meant as a character.
fn without_drawing(line: &str) -> String {
    let is_drawn = |c: char| ('\u{2500}'..='\u{259f}').contains(&c);
    let mut drawn = line.chars().map(is_drawn);
    let mut before = false;
    if !drawn.any(|now| std::mem::replace(&mut before, now) && now) {
        return line.to_owned();
    }
    let indent = line.len() - line.trim_start_matches(' ').len();
    let words = line.split(|c| is_drawn(c) || c == ' ');
    let words = words.filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(|word| word.replace(['▶', '▸'], "→")).collect();
    format!("{}{}", &line[..indent], words.join(" "))
}

fn blocks(blocks: &[Block]) -> Vec<Block> {
    blocks.iter().flat_map(in_words).collect()
}

fn in_words(block: &Block) -> Vec<Block> {
    let with = |kind| Block {
        kind,
        align: Align::Start,
        ..block.clone()
    };
    match &block.kind {
        BlockKind::Columns { columns, .. } => {
            columns.iter().flat_map(|column| blocks(column)).collect()
        }
        BlockKind::Quote {
            alert,
            blocks: inner,
        } => {
            let name = alert.map_or("Quote".to_owned(), |alert| format!("{alert:?}"));
            let first = with(paragraph(format!("{name}:")));
            [vec![first], blocks(inner)].concat()
        }
        BlockKind::Table(table) => rows_in_words(table)
            .map(|(step, row)| Block {
                step,
                ..with(BlockKind::Paragraph(row))
            })
            .collect(),
        BlockKind::Blank(_)
        | BlockKind::Middle
        | BlockKind::Rule
        | BlockKind::SnippetOutput(_)
        | BlockKind::Demo(_) => Vec::new(),
        BlockKind::Qr { data, caption, .. } => {
            let caption = caption.as_deref().unwrap_or("QR code");
            vec![with(paragraph(format!("{caption}: {data}")))]
        }
        BlockKind::Image(image) => vec![with(paragraph(format!("Image: {}", image.name())))],
        BlockKind::Chart(chart) => chart_in_words(chart).into_iter().map(with).collect(),
        BlockKind::Timeline(timeline) => {
            timeline_in_words(timeline).into_iter().map(with).collect()
        }
        kind => vec![with(kind.clone())],
    }
}

/// A table's rows, each with the step from which it is shown: every cell behind its column's heading.
fn rows_in_words(table: &Table) -> impl Iterator<Item = (u16, Vec<Inline>)> {
    let text = |text: &str| Inline::Text(text.to_owned());
    table.rows.iter().map(move |(step, cells)| {
        let mut told = Vec::new();
        for (column, cell) in cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty())
        {
            if !told.is_empty() {
                told.push(text("; "));
            }
            if let Some(head) = table.head.get(column).filter(|head| !head.is_empty()) {
                told.extend(head.iter().cloned());
                told.push(text(": "));
            }
            told.extend(cell.iter().cloned());
        }
        (*step, told)
    })
}

fn chart_in_words(chart: &Chart) -> Vec<BlockKind> {
    let unit = chart
        .unit
        .as_deref()
        .map(|unit| format!(" {unit}"))
        .unwrap_or_default();
    let total = chart
        .total
        .map(|total| format!(" of {total}"))
        .unwrap_or_default();
    let mut items = Vec::new();
    for series in &chart.series {
        let name = if series.name.is_empty() {
            String::new()
        } else {
            format!("{}, ", series.name)
        };
        for (label, value) in chart.labels.iter().zip(&series.values) {
            let value = value.map_or("nothing".to_owned(), |value| {
                format!("{value}{total}{unit}")
            });
            items.push(format!("{name}{label}: {value}"));
        }
    }
    told(
        chart.title.as_deref().unwrap_or("Chart"),
        items,
        chart.source.as_deref(),
    )
}

fn timeline_in_words(timeline: &Timeline) -> Vec<BlockKind> {
    let items = timeline.events.iter().map(|event| {
        let when = match event.when {
            When::On(day) => day.to_string(),
            When::During(from, until) => format!("{from} to {until}"),
            When::Since(from) => format!("since {from}"),
            When::Someday => "nobody has said when".to_owned(),
        };
        let mark = if timeline.highlight.as_ref() == Some(&event.label) {
            " (this slide's)"
        } else {
            ""
        };
        format!("{}: {when}{mark}", event.label)
    });
    let title = timeline.title.as_deref().unwrap_or("Timeline");
    told(title, items.collect(), timeline.source.as_deref())
}

fn told(title: &str, items: Vec<String>, source: Option<&str>) -> Vec<BlockKind> {
    let item = |text| Item {
        task: None,
        blocks: vec![block(paragraph(text))],
        step: 0,
    };
    let list = List {
        start: None,
        tight: true,
        item_newlines: 1,
        items: items.into_iter().map(item).collect(),
    };
    let mut kinds = vec![paragraph(format!("{title}:")), BlockKind::List(list)];
    kinds.extend(source.map(|source| paragraph(format!("Source: {source}"))));
    kinds
}

fn paragraph(text: String) -> BlockKind {
    BlockKind::Paragraph(vec![Inline::Text(text)])
}

fn block(kind: BlockKind) -> Block {
    Block {
        kind,
        span: Span::default(),
        step: 0,
        align: Align::Start,
        font_size: 1,
    }
}
