//! Every process there is, by a look through `/proc`: dear, so it is done seldom.

use std::fs;

use super::parse::{self, Stat};

/// The processes of a group.
pub(super) fn members(leader: u32) -> Vec<u32> {
    all()
        .filter(|(_, stat)| stat.group == leader)
        .map(|(pid, _)| pid)
        .collect()
}

/// Whether any process of the group has not ended yet; a zombie has.
pub(crate) fn lives(leader: u32) -> bool {
    all().any(|(_, stat)| stat.group == leader && !stat.zombie)
}

/// Every process below one, the nearest first.
pub(crate) fn below(root: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = all().map(|(pid, stat)| (pid, stat.parent)).collect();
    let mut found = vec![root];
    let mut next = 0;
    while let Some(&parent) = found.get(next) {
        let children = parents.iter().filter(|(_, of)| *of == parent);
        found.extend(children.map(|(pid, _)| pid));
        next += 1;
    }
    found.split_off(1)
}

fn all() -> impl Iterator<Item = (u32, Stat)> {
    numbers("/proc").into_iter().filter_map(|pid| {
        let bytes = fs::read(format!("/proc/{pid}/stat")).ok()?;
        Some((pid, parse::stat(&bytes)?))
    })
}

/// The entries of a folder whose names are numbers.
pub(super) fn numbers(folder: &str) -> Vec<u32> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .collect()
}
