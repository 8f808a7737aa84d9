//! The slide that the front matter's title keys make.

use crate::deck::{Align, Block, BlockKind, Inline, Inlines, Span};

use super::slide::Builder;

/// Places title, sub-title, event, place, date and authors in the middle of the page.
pub(super) fn place(builder: &mut Builder<'_>) {
    let front = builder.deck.front.clone();
    let span = Span::default();
    let mut blocks = vec![BlockKind::Middle];
    if let Some(title) = &front.title {
        let content = builder.line(title, span);
        blocks.push(BlockKind::Heading { level: 1, content });
    }
    let place = [front.event, front.location]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    let groups = [
        front.sub_title.into_iter().collect(),
        [place]
            .into_iter()
            .chain(front.date)
            .filter(|line| !line.is_empty())
            .collect(),
        front.authors,
    ];
    for lines in groups
        .into_iter()
        .filter(|lines: &Vec<String>| !lines.is_empty())
    {
        blocks.push(BlockKind::Paragraph(one_below_the_other(
            builder, &lines, span,
        )));
    }
    for kind in blocks {
        builder.place(Block {
            kind,
            span,
            step: 0,
            align: Align::Center,
            font_size: 1,
        });
    }
}

/// Lines of Markdown as one text.
fn one_below_the_other(builder: &mut Builder<'_>, lines: &[String], span: Span) -> Inlines {
    let mut content = Inlines::new();
    for line in lines {
        if !content.is_empty() {
            content.push(Inline::HardBreak);
        }
        content.extend(builder.line(line, span));
    }
    content
}
