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

/// Whether a process has not ended yet; a zombie has.
pub(crate) fn lives(pid: u32) -> bool {
    stat(pid).is_some_and(|stat| !stat.zombie)
}

/// Every process below one that has not ended, the nearest first.
pub(crate) fn below(root: u32) -> Vec<u32> {
    let all: Vec<(u32, Stat)> = all().collect();
    let mut found = with_all_below(&all, vec![root]).split_off(1);
    found.retain(|pid| all.iter().any(|(other, stat)| other == pid && !stat.zombie));
    found
}

/// What there is of a lane whose process has ended: its group, what has fallen to the `heir` since,
/// of which some may have left group and session but carry the lane's mark, and all below those. Ended
/// ones are among them where they are the heir's to be reaped.
pub(crate) fn left_by(lane: u32, heir: u32, mark: &str) -> Vec<u32> {
    let all: Vec<(u32, Stat)> = all().collect();
    let is_left = |(pid, stat): &&(u32, Stat)| {
        let fallen = stat.parent == heir && (stat.session == lane || is_marked(*pid, mark));
        stat.group == lane || fallen
    };
    let roots = all.iter().filter(is_left).map(|(pid, _)| *pid).collect();
    let mut left = with_all_below(&all, roots);
    left.retain(|pid| {
        let is_open =
            |(other, stat): &(u32, Stat)| other == pid && (!stat.zombie || stat.parent == heir);
        all.iter().any(is_open)
    });
    left
}

/// These and every process below them.
fn with_all_below(all: &[(u32, Stat)], mut found: Vec<u32>) -> Vec<u32> {
    let mut next = 0;
    while let Some(&parent) = found.get(next) {
        for (pid, _) in all.iter().filter(|(_, stat)| stat.parent == parent) {
            if !found.contains(pid) {
                found.push(*pid);
            }
        }
        next += 1;
    }
    found
}

/// Whether a process was started with this variable, `NAME=VALUE`, in its environment.
fn is_marked(pid: u32, mark: &str) -> bool {
    let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
    let mut variables = environment.split(|&byte| byte == 0);
    variables.any(|variable| variable == mark.as_bytes())
}

fn stat(pid: u32) -> Option<Stat> {
    parse::stat(&fs::read(format!("/proc/{pid}/stat")).ok()?)
}

fn all() -> impl Iterator<Item = (u32, Stat)> {
    let numbers = numbers("/proc").into_iter();
    numbers.filter_map(|pid| Some((pid, stat(pid)?)))
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
