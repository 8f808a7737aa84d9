//! Readings → gauges: which part of each core's busy time was a lane's. Pure.
//!
//! How busy a core was is counted, and so is how much CPU time a lane used; on which core it used it
//! is attributed. Each thread's CPU time between two samples goes to the core it was last seen on,
//! but never more than that core was busy within the window. What does not fit goes to the core that
//! the thread was on the time before, then waits for the next window: busy time comes in ticks of
//! 10 ms and threads' time in nanoseconds, so one is now ahead and now behind. What no thread
//! accounts for (those that ended between two samples) goes where there is busy time left. So a
//! lane's share summed over cores and windows is what it used.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{CoreTime, ThreadTime};
use crate::snapshot::Load;

/// Who used CPU time: one run of one lane.
pub type Claimant = usize;

/// The most that waits on one core for later windows; what is beyond may go to any core.
const WAITING_NS_MAX: u64 = 250_000_000;

/// Attributes CPU time to cores, window by window.
#[derive(Debug, Default)]
pub struct Attribution {
    claims: BTreeMap<Claimant, Claims>,
}

#[derive(Debug, Default)]
struct Claims {
    /// Nanoseconds by the core the thread was seen on last and the one before.
    seen: BTreeMap<(usize, usize), u64>,
    /// Nanoseconds of which no core is known.
    anywhere: u64,
    placed_ns: u64,
    ended: bool,
}

/// Busy time of one core that nobody has claimed yet.
struct Room {
    id: usize,
    left_ns: u64,
    placed_ns: u64,
}

impl Attribution {
    /// Claims what a lane used since it last claimed: `used` in all, of which `threads` tell where.
    pub fn claim(&mut self, who: Claimant, used: Duration, threads: &[ThreadTime]) {
        let claims = self.claims.entry(who).or_default();
        let used = nanos(used);
        let told: u64 = threads.iter().map(|thread| nanos(thread.ran)).sum();
        // Threads are read after the group's sum, and not in every sample: the sum is the truth, and
        // the threads tell its distribution.
        let scale = if told > used {
            used as f64 / told as f64
        } else {
            1.0
        };
        let mut left = used;
        for thread in threads {
            let Some(core) = thread.core else { continue };
            let ran = ((nanos(thread.ran) as f64 * scale) as u64).min(left);
            left -= ran;
            let before = thread.core_before.unwrap_or(core);
            *claims.seen.entry((core, before)).or_default() += ran;
        }
        claims.anywhere += left;
    }

    /// No more claims will come from this one; what still waits is dropped after the next window.
    pub fn end(&mut self, who: Claimant) {
        if let Some(claims) = self.claims.get_mut(&who) {
            claims.ended = true;
        }
    }

    /// Closes a window of this length, in which cores did so much: each core's load, in the same order.
    pub fn close(&mut self, window: Duration, cores: &[CoreTime]) -> Vec<Load> {
        let room = |core: &CoreTime| Room {
            id: core.id,
            left_ns: nanos(core.busy),
            placed_ns: 0,
        };
        let mut rooms: Vec<Room> = cores.iter().map(room).collect();
        self.place_seen(&mut rooms);
        for claims in self.claims.values_mut() {
            claims.place_before(&mut rooms);
            claims.place_anywhere(&mut rooms);
            if claims.ended {
                claims.seen.clear();
                claims.anywhere = 0;
            }
        }
        let window = window.as_secs_f64().max(f64::MIN_POSITIVE);
        cores
            .iter()
            .zip(&rooms)
            .map(|(core, room)| load(window, core, room.placed_ns))
            .collect()
    }

    /// How much of what it claimed this one was given, over all windows.
    pub fn placed(&self, who: Claimant) -> Duration {
        Duration::from_nanos(self.claims.get(&who).map_or(0, |claims| claims.placed_ns))
    }

    /// Gives each core's busy time to those seen there; where they claim more, each gets its part.
    fn place_seen(&mut self, rooms: &mut [Room]) {
        for room in rooms {
            let claimed: u64 = self
                .claims
                .values()
                .map(|claims| claims.seen_on(room.id))
                .sum();
            let part = if claimed > room.left_ns {
                room.left_ns as f64 / claimed as f64
            } else {
                1.0
            };
            for claims in self.claims.values_mut() {
                let Claims {
                    seen, placed_ns, ..
                } = claims;
                let id = room.id;
                for (_, ns) in seen.iter_mut().filter(|((core, _), _)| *core == id) {
                    let take = ((*ns as f64 * part).round() as u64).min(*ns);
                    *placed_ns += room.take(ns, take);
                }
            }
        }
    }
}

impl Claims {
    fn seen_on(&self, core: usize) -> u64 {
        self.seen
            .iter()
            .filter(|((seen, _), _)| *seen == core)
            .map(|(_, ns)| ns)
            .sum()
    }

    /// What did not fit goes to the core of the time before; the rest waits.
    fn place_before(&mut self, rooms: &mut [Room]) {
        let mut waiting: BTreeMap<usize, u64> = BTreeMap::new();
        for ((core, before), mut ns) in std::mem::take(&mut self.seen) {
            if let Some(room) = rooms.iter_mut().find(|room| room.id == before) {
                let all = ns;
                self.placed_ns += room.take(&mut ns, all);
            }
            *waiting.entry(core).or_default() += ns;
        }
        for (core, ns) in waiting.into_iter().filter(|(_, ns)| *ns > 0) {
            let stays = ns.min(WAITING_NS_MAX);
            self.anywhere += ns - stays;
            self.seen.insert((core, core), stays);
        }
    }

    /// What nobody saw goes where busy time is left, in proportion to it.
    fn place_anywhere(&mut self, rooms: &mut [Room]) {
        let left: u64 = rooms.iter().map(|room| room.left_ns).sum();
        let wanted = self.anywhere;
        if wanted == 0 || left == 0 {
            return;
        }
        let part = (wanted as f64 / left as f64).min(1.0);
        for room in rooms {
            let take = (room.left_ns as f64 * part).ceil() as u64;
            self.placed_ns += room.take(&mut self.anywhere, take);
        }
    }
}

impl Room {
    /// Moves at most `wanted` from a claim into this core's busy time; returns how much.
    fn take(&mut self, claim: &mut u64, wanted: u64) -> u64 {
        let taken = wanted.min(*claim).min(self.left_ns);
        *claim -= taken;
        self.left_ns -= taken;
        self.placed_ns += taken;
        taken
    }
}

/// Parts of the window, at most 1 in all: a tick may reach over its edge.
fn load(window: f64, core: &CoreTime, placed_ns: u64) -> Load {
    let lane = (placed_ns as f64 / 1e9 / window).min(1.0);
    let busy = (core.busy.as_secs_f64() / window).min(1.0).max(lane);
    let steal = (core.steal.as_secs_f64() / window).min(1.0 - busy);
    Load {
        lane,
        other: busy - lane,
        steal,
    }
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Duration = Duration::from_millis(250);

    fn ms(count: u64) -> Duration {
        Duration::from_millis(count)
    }

    fn busy(counts: &[u64]) -> Vec<CoreTime> {
        let core = |(id, &busy)| CoreTime {
            id,
            busy: ms(busy),
            steal: Duration::ZERO,
        };
        counts.iter().enumerate().map(core).collect()
    }

    fn ran(count: u64, core: usize, before: usize) -> ThreadTime {
        ThreadTime {
            pid: 1,
            tid: 1,
            cpu: Duration::ZERO,
            ran: ms(count),
            core: Some(core),
            core_before: Some(before),
        }
    }

    /// Lane and rest per core, in ms of the window.
    fn split(loads: &[Load]) -> Vec<(u64, u64)> {
        let ms = |part: f64| (part * 250.0).round() as u64;
        loads
            .iter()
            .map(|load| (ms(load.lane), ms(load.other)))
            .collect()
    }

    #[test]
    fn splits_a_window() {
        struct Case {
            what: &'static str,
            used: u64,
            threads: Vec<ThreadTime>,
            busy: Vec<u64>,
            split: Vec<(u64, u64)>,
        }
        let table = [
            Case {
                what: "a thread on its core",
                used: 200,
                threads: vec![ran(200, 1, 1)],
                busy: vec![10, 250],
                split: vec![(0, 10), (200, 50)],
            },
            Case {
                what: "somebody else alone is never the lane",
                used: 0,
                threads: vec![],
                busy: vec![250, 0],
                split: vec![(0, 250), (0, 0)],
            },
            Case {
                what: "never more than the core was busy",
                used: 250,
                threads: vec![ran(250, 0, 0)],
                busy: vec![240, 250],
                split: vec![(240, 0), (0, 250)],
            },
            Case {
                what: "a thread that moved is split between both cores",
                used: 250,
                threads: vec![ran(250, 0, 1)],
                busy: vec![100, 150],
                split: vec![(100, 0), (150, 0)],
            },
            Case {
                what: "ended threads go where busy time is left, in proportion",
                used: 180,
                threads: vec![ran(100, 0, 0)],
                busy: vec![160, 100],
                split: vec![(130, 30), (50, 50)],
            },
            Case {
                what: "the group's sum is the truth, threads tell its distribution",
                used: 100,
                threads: vec![ran(150, 0, 0), ran(50, 1, 1)],
                busy: vec![250, 250],
                split: vec![(75, 175), (25, 225)],
            },
        ];
        for case in table {
            let mut attribution = Attribution::default();
            attribution.claim(0, ms(case.used), &case.threads);
            let loads = attribution.close(WINDOW, &busy(&case.busy));
            assert_eq!(split(&loads), case.split, "{}", case.what);
        }
    }

    #[test]
    fn carries_what_the_ticks_have_not_counted_yet() {
        let mut attribution = Attribution::default();
        let mut lanes = Vec::new();
        for busy_ms in [240, 260, 250] {
            attribution.claim(0, WINDOW, &[ran(250, 0, 0)]);
            attribution.close(WINDOW, &busy(&[busy_ms, 250]));
            lanes.push(attribution.placed(0).as_millis());
        }
        assert_eq!(lanes, [240, 500, 750]);
    }

    #[test]
    fn two_lanes_at_once_share_a_core_by_what_they_used() {
        let mut attribution = Attribution::default();
        attribution.claim(0, ms(200), &[ran(200, 0, 0)]);
        attribution.claim(1, ms(100), &[ran(100, 0, 0)]);
        attribution.close(WINDOW, &busy(&[240]));
        assert_eq!(
            (attribution.placed(0), attribution.placed(1)),
            (ms(160), ms(80))
        );
    }

    #[test]
    fn an_ended_lane_leaves_nothing_behind() {
        let mut attribution = Attribution::default();
        attribution.claim(0, ms(250), &[ran(250, 0, 0)]);
        attribution.end(0);
        attribution.close(WINDOW, &busy(&[200]));
        let next = attribution.close(WINDOW, &busy(&[250]));
        assert_eq!(split(&next), [(0, 250)]);
    }

    #[test]
    fn reads_64_cores() {
        let mut attribution = Attribution::default();
        let threads: Vec<_> = (0..32).map(|core| ran(225, core * 2, core * 2)).collect();
        attribution.claim(0, ms(225 * 32), &threads);
        let counts: Vec<u64> = (0..64)
            .map(|core| if core % 2 == 0 { 230 } else { 20 })
            .collect();
        let loads = attribution.close(WINDOW, &busy(&counts));
        let expected: Vec<_> = (0..64)
            .map(|core| if core % 2 == 0 { (225, 5) } else { (0, 20) })
            .collect();
        assert_eq!(split(&loads), expected);
    }

    #[test]
    fn shows_steal_apart_and_never_more_than_a_whole_core() {
        let cores = [CoreTime {
            id: 0,
            busy: ms(200),
            steal: ms(100),
        }];
        let loads = Attribution::default().close(WINDOW, &cores);
        assert_eq!(
            loads,
            [Load {
                lane: 0.0,
                other: 0.8,
                steal: 1.0 - 0.8
            }]
        );
    }

    #[test]
    fn gives_no_core_more_than_its_busy_time_and_loses_nothing() {
        use proptest::prelude::*;
        let window = (
            proptest::collection::vec((0u64..100, 0usize..4, 0usize..4), 0..8),
            proptest::collection::vec(0u64..=250, 4),
        );
        proptest!(|(windows in proptest::collection::vec(window, 1..6))| {
            let mut attribution = Attribution::default();
            let mut used = 0;
            for (threads, counts) in windows {
                let threads: Vec<_> = threads.iter().map(|&(n, c, b)| ran(n, c, b)).collect();
                let ran: u64 = threads.iter().map(|thread| thread.ran.as_millis() as u64).sum();
                used += ran;
                attribution.claim(0, ms(ran), &threads);
                let before = attribution.placed(0);
                let cores = busy(&counts);
                let loads = attribution.close(WINDOW, &cores);
                let shown: f64 = loads.iter().map(|load| load.lane * 0.25).sum();
                let placed = attribution.placed(0).saturating_sub(before).as_secs_f64();
                prop_assert!((shown - placed).abs() < 1e-6);
                for (load, core) in loads.iter().zip(&cores) {
                    prop_assert!(load.lane * 0.25 <= core.busy.as_secs_f64() + 1e-9);
                }
            }
            // Given enough busy time, all that was used is placed in the end.
            for _ in 0..8 {
                attribution.close(WINDOW, &busy(&[100_000; 4]));
            }
            let lost = ms(used).saturating_sub(attribution.placed(0));
            prop_assert!(lost < Duration::from_micros(1), "{lost:?}");
        });
    }
}
