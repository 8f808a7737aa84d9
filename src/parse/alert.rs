//! Alerts: quotations whose first line says `[!note]`, perhaps with a title of their own behind it.

use pulldown_cmark::BlockQuoteKind;

use crate::deck::{Alert, Block, BlockKind, Inline};

/// The kinds, as a deck names them in small or capital letters.
const KINDS: [(&str, Alert); 5] = [
    ("note", Alert::Note),
    ("tip", Alert::Tip),
    ("important", Alert::Important),
    ("warning", Alert::Warning),
    ("caution", Alert::Caution),
];

/// The kind of an alert without a title, which the Markdown parser knows.
pub(super) fn known(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

/// The kind of an alert with a title, if that is what a quotation begins with. The title becomes a
/// paragraph of its own.
pub(super) fn titled(blocks: &mut Vec<Block>) -> Option<Alert> {
    let first = blocks.first_mut()?;
    let BlockKind::Paragraph(content) = &mut first.kind else {
        return None;
    };
    let Some(Inline::Text(text)) = content.first_mut() else {
        return None;
    };
    let (kind, title) = text.strip_prefix("[!")?.split_once("] ")?;
    let named = KINDS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(kind));
    let (_, alert) = *named?;
    *text = title.to_owned();
    let is_break = |inline: &Inline| matches!(inline, Inline::SoftBreak | Inline::HardBreak);
    let line_end = content.iter().position(is_break).unwrap_or(content.len());
    let below = content.split_off(line_end);
    *content = vec![Inline::Strong(std::mem::take(content))];
    if below.len() > 1 {
        let kind = BlockKind::Paragraph(below.into_iter().skip(1).collect());
        let below = Block {
            kind,
            ..first.clone()
        };
        blocks.insert(1, below);
    }
    Some(alert)
}
