//! Who had the lock at each moment of a trace, told in little: a frame has the totals and the newest
//! holds, and what is known of the whole run stands in the trace once.

use serde::{Deserialize, Serialize};

use crate::holds::{Hold, Holder, Holds};
use crate::snapshot::Lane;

/// The most holds in a frame: as many as a picture of the newest has room for.
const NEWEST_MAX: usize = 48;

/// What was known at one moment of who had a lane's lock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldsFrame {
    /// As in [`Holds::at_ns`].
    pub at_ns: u64,
    /// As in [`Holds::switches`].
    pub switches: u64,
    /// As in [`Holds::drop_requests`].
    pub drop_requests: u64,
    /// How often each holder took the lock, and how long it had it in all, in nanoseconds.
    pub holders: Vec<(u64, u64)>,
    /// Holder, from and until of the newest holds, oldest first, at most 48.
    pub newest: Vec<(usize, u64, u64)>,
}

/// What is known of each lane's lock at the end.
pub(super) fn last(lanes: &[Lane]) -> Vec<Option<Holds>> {
    let last = |lane: &Lane| lane.holds.as_deref().cloned();
    let holds: Vec<_> = lanes.iter().map(last).collect();
    if holds.iter().all(Option::is_none) {
        return Vec::new();
    }
    holds
}

impl HoldsFrame {
    pub(super) fn of(holds: &Holds) -> Self {
        let hidden = holds.newest.len().saturating_sub(NEWEST_MAX);
        let newest = holds.newest.iter().skip(hidden);
        Self {
            at_ns: holds.at_ns,
            switches: holds.switches,
            drop_requests: holds.drop_requests,
            holders: holds.holders.iter().map(|h| (h.takes, h.held_ns)).collect(),
            newest: newest.map(|h| (h.holder, h.from_ns, h.until_ns)).collect(),
        }
    }

    /// The picture of that moment, with names and stretches out of what is known at the end.
    pub(super) fn unfolded(&self, last: &Holds) -> Holds {
        let holder = |(index, &(takes, held_ns)): (usize, &(u64, u64))| Holder {
            name: last
                .holders
                .get(index)
                .map_or_else(String::new, |holder| holder.name.clone()),
            takes,
            held_ns,
        };
        // A holder that a damaged file makes up would be outside of every picture.
        let known = |&&(holder, ..): &&(usize, u64, u64)| holder < self.holders.len();
        let hold = |&(holder, from_ns, until_ns): &(usize, u64, u64)| Hold {
            holder,
            from_ns,
            until_ns,
        };
        let begun = self.at_ns.div_ceil(last.stretch_ns.max(1));
        let begun = usize::try_from(begun).unwrap_or(usize::MAX);
        Holds {
            holders: self.holders.iter().enumerate().map(holder).collect(),
            switches: self.switches,
            drop_requests: self.drop_requests,
            stretch_ns: last.stretch_ns,
            stretches: last.stretches.iter().take(begun).cloned().collect(),
            newest: self.newest.iter().filter(known).map(hold).collect(),
            at_ns: self.at_ns,
        }
    }
}
