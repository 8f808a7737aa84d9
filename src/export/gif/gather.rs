//! Too many colours → as many as a palette holds: the most frequent as they are, the others in groups.

use std::collections::BTreeMap;

use crate::export::palette::Rgb;

/// A colour, and how often it is seen.
type Weighed = (Rgb, usize);

/// So many colours that stand for all of these; the most frequent ones, up to `exact`, are themselves.
pub(super) fn gather(colours: BTreeMap<Rgb, usize>, exact: usize, max: usize) -> Vec<Rgb> {
    let mut colours: Vec<Weighed> = colours.into_iter().collect();
    colours.sort_by_key(|(rgb, weight)| (std::cmp::Reverse(*weight), *rgb));
    let rest = colours.split_off(exact.min(colours.len()));
    let groups = groups(rest, max - colours.len());
    let kept = colours.into_iter().map(|(rgb, _)| rgb);
    kept.chain(groups.iter().map(|group| mean(group))).collect()
}

/// The place of the colour that is most like this one.
pub(super) fn nearest(palette: &[Rgb], rgb: Rgb) -> u8 {
    let apart = |other: &Rgb| -> u32 {
        (0..3)
            .map(|channel| u32::from(part(*other, channel).abs_diff(part(rgb, channel))).pow(2))
            .sum()
    };
    let places = (0..=u8::MAX).zip(palette);
    let best = places.min_by_key(|(_, other)| apart(other));
    best.map_or(0, |(place, _)| place)
}

/// Cuts the group in two that differs most where most is seen, until there are enough (median cut).
fn groups(colours: Vec<Weighed>, max: usize) -> Vec<Vec<Weighed>> {
    let mut groups = vec![colours];
    while groups.len() < max {
        let differs = |at: &usize| {
            let group = &groups[*at];
            let seen: usize = group.iter().map(|(_, weight)| weight).sum();
            usize::from(widest_channel(group).1) * seen
        };
        let widest = (0..groups.len()).max_by_key(differs);
        let Some(at) = widest.filter(|at| groups[*at].len() > 1) else {
            break;
        };
        let mut group = groups.swap_remove(at);
        let (channel, _) = widest_channel(&group);
        group.sort_by_key(|(rgb, _)| part(*rgb, channel));
        let upper = group.split_off(middle(&group));
        groups.extend([group, upper]);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// Where half of a group's weight is reached; neither part is empty.
fn middle(group: &[Weighed]) -> usize {
    let half = group.iter().map(|(_, weight)| weight).sum::<usize>() / 2;
    let mut sum = 0;
    let at = group.iter().position(|(_, weight)| {
        sum += weight;
        sum > half
    });
    at.unwrap_or(0).clamp(1, group.len() - 1)
}

/// The channel in which a group's colours differ most, and how much.
fn widest_channel(group: &[Weighed]) -> (usize, u8) {
    let width = |channel: usize| {
        let parts = || group.iter().map(|(rgb, _)| part(*rgb, channel));
        parts().max().unwrap_or(0) - parts().min().unwrap_or(0)
    };
    let widths = [0, 1, 2].map(|channel| (channel, width(channel)));
    widths
        .into_iter()
        .max_by_key(|(_, width)| *width)
        .unwrap_or((0, 0))
}

fn mean(group: &[Weighed]) -> Rgb {
    let weight = |weight: usize| weight.max(1) as u64;
    let total: u64 = group.iter().map(|(_, seen)| weight(*seen)).sum();
    let channel = |channel: usize| {
        let sum: u64 = group
            .iter()
            .map(|(rgb, seen)| u64::from(part(*rgb, channel)) * weight(*seen))
            .sum();
        ((sum + total / 2) / total.max(1)) as u8
    };
    (channel(0), channel(1), channel(2))
}

fn part((red, green, blue): Rgb, channel: usize) -> u8 {
    [red, green, blue][channel]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_colours_stay_and_the_others_are_near() {
        let mut colours: BTreeMap<Rgb, usize> = (0..=255)
            .flat_map(|red| (0..4).map(move |blue| ((red, 0, blue * 60), 1)))
            .collect();
        colours.insert((7, 77, 177), 1000);
        colours.insert((8, 77, 177), 900);
        let palette = gather(colours.clone(), 2, 255);
        assert_eq!(palette.len(), 255);
        assert_eq!(palette[..2], [(7, 77, 177), (8, 77, 177)]);
        for rgb in colours.into_keys() {
            let near = palette[usize::from(nearest(&palette, rgb))];
            assert!(
                near.0.abs_diff(rgb.0) <= 4 && near.2.abs_diff(rgb.2) <= 4,
                "{rgb:?}: {near:?}"
            );
        }
    }

    #[test]
    fn few_colours_are_all_exact() {
        let colours: BTreeMap<Rgb, usize> = [((1, 2, 3), 5), ((4, 5, 6), 1), ((7, 8, 9), 2)].into();
        assert_eq!(gather(colours, 1, 255), [(1, 2, 3), (4, 5, 6), (7, 8, 9)]);
    }
}
