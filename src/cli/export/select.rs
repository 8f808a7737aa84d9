//! Which slides: `3-7,12,live-1`.

use std::ops::RangeInclusive;

use anyhow::bail;

use crate::deck::Deck;
use crate::parse;

/// The slides that a list names, from 0, each once and in the deck's order; all without a list.
pub(super) fn slides(deck: &Deck, list: Option<&str>) -> anyhow::Result<Vec<usize>> {
    let total = deck.extents.len();
    let Some(list) = list else {
        return Ok((0..total).collect());
    };
    let mut chosen = vec![false; total];
    for part in list.split(',').map(str::trim) {
        let Some(range) = range(deck, part) else {
            bail!(
                "failed to find slide {part}: expected a number from 1 to {total}, a range such as 3-7, or an id"
            );
        };
        for slide in range {
            chosen[slide] = true;
        }
    }
    Ok((0..total).filter(|slide| chosen[*slide]).collect())
}

/// One part of the list. An id may have a dash in it, so it goes before a range.
fn range(deck: &Deck, part: &str) -> Option<RangeInclusive<usize>> {
    if let Some(one) = parse::find(deck, part) {
        return Some(one..=one);
    }
    let (first, last) = part.split_once('-')?;
    let (first, last) = (parse::find(deck, first)?, parse::find(deck, last)?);
    (first <= last).then_some(first..=last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::Extent;

    #[test]
    fn numbers_ranges_and_ids_choose_slides() {
        let extent = |id: &str| Extent {
            id: id.to_owned(),
            ..Extent::default()
        };
        let deck = Deck {
            extents: ["one", "live-1", "three", "four"].map(extent).into(),
            ..Deck::default()
        };
        let cases = [
            (None, Some(vec![0, 1, 2, 3])),
            (Some("2"), Some(vec![1])),
            (Some("live-1"), Some(vec![1])),
            (Some("4,2-3"), Some(vec![1, 2, 3])),
            (Some("3,3"), Some(vec![2])),
            (Some("0"), None),
            (Some("5"), None),
            (Some("3-2"), None),
            (Some("two"), None),
            (Some(""), None),
        ];
        for (list, expected) in cases {
            assert_eq!(slides(&deck, list).ok(), expected, "{list:?}");
        }
    }
}
