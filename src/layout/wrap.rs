//! Pieces of text → lines no wider than a column.
//!
//! Lines break at spaces, after a hyphen within a word, and on both sides of wide characters (CJK,
//! emoji) except before a closing and after an opening sign. A word that is wider than the column
//! breaks after one of `/?&=._-`, else anywhere, but never inside a grapheme cluster.

use unicode_segmentation::UnicodeSegmentation;

use super::inline::Piece;
use super::rows::{Rows, Writer};
use super::width::grapheme_width;
use super::{Run, glyph};
use crate::deck::Align;

/// One grapheme cluster of a piece.
#[derive(Clone, Copy)]
struct Cluster {
    piece: u32,
    start: u32,
    end: u32,
    width: u16,
    kind: Kind,
}

/// What a cluster is to line breaking.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Space,
    /// A forced line end.
    End,
    Hyphen,
    /// Where a word too long for a line breaks best: after it.
    Joint,
    /// Breaks on both sides.
    Wide,
    /// Never begins a line behind a wide character.
    Closing,
    /// Never ends a line before a wide character.
    Opening,
}

/// How wide text would like to be, and how narrow it bears to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extent {
    /// Cells of its longest line, unbroken.
    pub(super) natural: usize,
    /// Cells of its longest word.
    pub(super) word: usize,
}

/// The lines of some text in a column of this width, 1 at least.
pub(super) fn wrap(pieces: &[Piece<'_>], width: u16, align: Align) -> Rows {
    let clusters = clusters(pieces);
    let mut rows = Rows::default();
    let mut start = 0;
    while start < clusters.len() {
        let line = next_line(&clusters, start, width.max(1));
        let mut runs = runs(pieces, &clusters[start..line.end], width.max(1));
        shift(&mut runs.0, align, width.saturating_sub(runs.1));
        rows.push(runs.0);
        start = line.next;
    }
    rows
}

/// What some text needs and wants.
pub(super) fn extent(pieces: &[Piece<'_>]) -> Extent {
    let clusters = clusters(pieces);
    let mut extent = Extent::default();
    let (mut line, mut word) = (0, 0);
    for (at, cluster) in clusters.iter().enumerate() {
        if cluster.kind == Kind::End {
            (line, word) = (0, 0);
            continue;
        }
        line += usize::from(cluster.width);
        word += usize::from(cluster.width);
        if cluster.kind == Kind::Space {
            word = 0;
        }
        extent.natural = extent.natural.max(line);
        extent.word = extent.word.max(word);
        if breaks_after(&clusters, at) {
            word = 0;
        }
    }
    extent
}

/// Sets a line's runs where the alignment has them, with `free` columns beside them.
pub(super) fn shift(runs: &mut [Run], align: Align, free: u16) {
    let x = match align {
        Align::Start => return,
        Align::Center => free / 2,
        Align::End => free,
    };
    for run in runs {
        run.x += x;
    }
}

/// Where a line ends (without its trailing space) and where the next begins.
struct Line {
    end: usize,
    next: usize,
}

fn next_line(clusters: &[Cluster], start: usize, width: u16) -> Line {
    let mut used = 0;
    let mut break_at = None;
    let mut joint_at = None;
    for (at, cluster) in clusters.iter().enumerate().skip(start) {
        if cluster.kind == Kind::End {
            return trimmed(clusters, start, at, at + 1);
        }
        used += cluster.width;
        if used > width {
            if cluster.kind == Kind::Space {
                return trimmed(clusters, start, at, at);
            }
            let forced = at.max(start + 1);
            let end = break_at
                .or(joint_at.filter(|joint| (joint - start) * 2 > at - start))
                .unwrap_or(forced);
            return trimmed(clusters, start, end, end);
        }
        if breaks_after(clusters, at) {
            break_at = Some(at + 1);
        }
        if matches!(cluster.kind, Kind::Joint | Kind::Hyphen) {
            joint_at = Some(at + 1);
        }
    }
    trimmed(clusters, start, clusters.len(), clusters.len())
}

/// A line's range without the spaces at its end, and without those that a break swallows after it.
fn trimmed(clusters: &[Cluster], start: usize, end: usize, next: usize) -> Line {
    let is_space = |at: usize| clusters[at].kind == Kind::Space;
    let forced_end = next > end;
    let mut line = Line { end, next };
    while line.end > start && is_space(line.end - 1) {
        line.end -= 1;
    }
    while !forced_end && line.next < clusters.len() && is_space(line.next) {
        line.next += 1;
    }
    line
}

fn breaks_after(clusters: &[Cluster], at: usize) -> bool {
    let Some(next) = clusters.get(at + 1) else {
        return false;
    };
    match (clusters[at].kind, next.kind) {
        (Kind::Space, _) => next.kind != Kind::Space,
        (_, Kind::Space | Kind::End | Kind::Closing | Kind::Joint) | (Kind::Opening, _) => false,
        (Kind::Hyphen, Kind::Plain) => at > 0 && clusters[at - 1].kind == Kind::Plain,
        (Kind::Wide, _) | (_, Kind::Wide) => true,
        (kind, _) => kind == Kind::Closing && clusters[at].width > 1,
    }
}

fn clusters(pieces: &[Piece<'_>]) -> Vec<Cluster> {
    let bytes = pieces.iter().map(|piece| piece.text.len()).sum();
    let mut clusters = Vec::with_capacity(bytes);
    for (piece, Piece { text, .. }) in pieces.iter().enumerate() {
        let mut add = |start: usize, end: usize| {
            let grapheme = &text[start..end];
            let width = grapheme_width(grapheme);
            clusters.push(Cluster {
                piece: piece as u32,
                start: start as u32,
                end: end as u32,
                width,
                kind: Kind::of(grapheme, width),
            });
        };
        if text.is_ascii() {
            (0..text.len()).for_each(|at| add(at, at + 1));
        } else {
            text.grapheme_indices(true)
                .for_each(|(at, grapheme)| add(at, at + grapheme.len()));
        }
    }
    clusters
}

impl Kind {
    fn of(grapheme: &str, width: u16) -> Self {
        match grapheme {
            " " => Self::Space,
            "\n" => Self::End,
            "-" => Self::Hyphen,
            "/" | "?" | "&" | "=" | "." | "_" => Self::Joint,
            "," | ";" | ":" | "!" | ")" | "]" | "}" | "、" | "。" | "，" | "．" | "！" | "？"
            | "：" | "；" | "）" | "」" | "』" | "】" | "》" | "〉" | "ー" | "々" | "”" | "’" => {
                Self::Closing
            }
            "(" | "[" | "{" | "（" | "「" | "『" | "【" | "《" | "〈" | "“" | "‘" => {
                Self::Opening
            }
            _ if width >= 2 => Self::Wide,
            _ => Self::Plain,
        }
    }
}

/// The runs of one line and the columns it takes. A cluster wider than the whole column is shown as
/// the sign of a cut.
fn runs(pieces: &[Piece<'_>], line: &[Cluster], width: u16) -> (Vec<Run>, u16) {
    let mut writer = Writer::default();
    for cluster in line {
        let piece = &pieces[cluster.piece as usize];
        let (text, cells) = if cluster.width > width {
            (glyph::CUT, 1)
        } else {
            let text = &piece.text[cluster.start as usize..cluster.end as usize];
            (text, cluster.width)
        };
        writer.write_link(text, piece.ink, piece.link, cells);
    }
    let columns = writer.x();
    (writer.runs(), columns)
}
