//! Markdown → page as text, whole slides at a time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::*;
use crate::deck::{
    Align, Block, BlockKind, Chart, ChartKind, Deck, Image, ImageFile, ImageFound, Inline, Series,
    Span,
};
use crate::parse;

mod blocks;
mod charts;
mod large;
mod limits;
mod pages;
mod properties;
mod snippets;
mod text;

/// All is revealed.
const REVEALED: u16 = u16::MAX;

fn files() -> BTreeMap<PathBuf, String> {
    BTreeMap::new()
}

fn deck(markdown: &str) -> Deck {
    parse::open(Path::new("deck.md"), markdown, &files())
}

fn slide(markdown: &str) -> Slide {
    parse::slide(&deck(markdown), 0, &files())
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

fn place(slide: &Slide, step: u16, width: u16, height: u16) -> Page {
    let size = Size { width, height };
    layout(
        slide,
        step,
        size,
        Letters::default(),
        &Highlights::default(),
    )
}

/// The first slide's page, with a bar at the right margin.
fn page(markdown: &str, width: u16, height: u16) -> String {
    place(&slide(markdown), REVEALED, width, height).to_text()
}

fn chart(kind: ChartKind, unit: Option<&str>, labels: &[&str], series: &[(&str, &[f64])]) -> Chart {
    let series = series.iter().map(|(name, values)| Series {
        name: (*name).into(),
        values: values.iter().copied().map(Some).collect(),
    });
    Chart {
        kind,
        title: None,
        unit: unit.map(str::to_owned),
        total: None,
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        series: series.collect(),
        source: None,
        height: None,
    }
}

fn chart_page(chart: Chart, width: u16) -> String {
    let slide = Slide {
        blocks: vec![block(BlockKind::Chart(Box::new(chart)))],
        ..Slide::default()
    };
    place(&slide, 0, width, 23).to_text()
}
