//! Every way through a system of choices, counted: which outcomes there are, how many schedules
//! lead to each, and one schedule for each.
//!
//! The search goes step by step. All states that can be reached in so many steps are held at once,
//! equal ones merged with the sum of the schedules that lead to them, so that the number of
//! schedules may be astronomical where the number of states is small. It knows no Python: whatever
//! is a [`System`] can be searched.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

/// Something that goes from state to state by choices, and by nothing else.
pub trait System: Clone {
    /// What tells a state from others: states with equal keys have the same future.
    type Key: Eq + Hash;
    /// What comes of a schedule.
    type Outcome: Clone + Ord;

    /// The state's key.
    fn key(&self) -> Self::Key;

    /// The choices that there are; none where the schedule is over.
    fn choices(&self) -> Vec<u8>;

    /// Goes on by one of the choices.
    fn choose(&mut self, choice: u8);

    /// What came of the schedule, where it is over.
    fn outcome(&self) -> Self::Outcome;
}

/// Where a search stops even though it is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The most states that are looked at.
    pub states_max: u64,
    /// The most steps of a schedule.
    pub steps_max: u32,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage<O> {
    /// Each outcome that there is, the one with the fewest schedules first.
    pub outcomes: Vec<Found<O>>,
    /// How many schedules came to their end.
    pub schedules: Count,
    /// How many different states were looked at.
    pub states: u64,
    /// The longest schedule, in steps.
    pub steps: u32,
    /// The bound that stopped the search; `None` if it saw all there is.
    pub stopped: Option<Stopped>,
}

/// One outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<O> {
    /// What came out.
    pub outcome: O,
    /// How many schedules lead to it.
    pub schedules: Count,
    /// The choices of one of them, as short as any.
    pub example: Vec<u8>,
}

/// A number of schedules: exact up to 2¹²⁸ − 1, where it stays.
pub type Count = u128;

/// Which bound stopped a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// [`Bound::states_max`]
    States,
    /// [`Bound::steps_max`]
    Steps,
}

/// A state that was reached, and how.
struct Reached<S> {
    system: S,
    schedules: Count,
    /// The last step of one schedule that leads here, in [`Trail`].
    trail: Option<usize>,
}

/// The steps of all schedules that are kept, each with the one before it.
#[derive(Default)]
struct Trail(Vec<(Option<usize>, u8)>);

impl Trail {
    fn push(&mut self, before: Option<usize>, choice: u8) -> usize {
        self.0.push((before, choice));
        self.0.len() - 1
    }

    fn choices(&self, mut at: Option<usize>) -> Vec<u8> {
        let mut choices = Vec::new();
        while let Some(index) = at {
            let (before, choice) = self.0[index];
            choices.push(choice);
            at = before;
        }
        choices.reverse();
        choices
    }
}

/// Searches every schedule from this state on.
pub fn search<S: System>(start: S, bound: Bound) -> Coverage<S::Outcome> {
    let mut trail = Trail::default();
    let mut found: Vec<Found<S::Outcome>> = Vec::new();
    let mut level = vec![Reached {
        system: start,
        schedules: 1,
        trail: None,
    }];
    let mut states = 1;
    let mut steps = 0;
    let mut whole = true;
    let stopped = loop {
        let open = finish(level, &trail, &mut found);
        if !whole {
            break Some(Stopped::States);
        }
        if open.is_empty() {
            break None;
        }
        if steps == bound.steps_max {
            break Some(Stopped::Steps);
        }
        (level, whole) = advance(open, &mut trail, bound.states_max.saturating_sub(states));
        states += level.len() as u64;
        steps += u32::from(!level.is_empty());
    };
    found.sort_by(|a, b| (a.schedules, &a.outcome).cmp(&(b.schedules, &b.outcome)));
    Coverage {
        schedules: found
            .iter()
            .fold(0, |sum: Count, one| sum.saturating_add(one.schedules)),
        outcomes: found,
        states,
        steps,
        stopped,
    }
}

/// Takes the schedules that are over out of a level and counts them; gives the others.
fn finish<S: System>(
    level: Vec<Reached<S>>,
    trail: &Trail,
    found: &mut Vec<Found<S::Outcome>>,
) -> Vec<Reached<S>> {
    let mut open = Vec::new();
    for state in level {
        if !state.system.choices().is_empty() {
            open.push(state);
            continue;
        }
        let outcome = state.system.outcome();
        match found.iter_mut().find(|one| one.outcome == outcome) {
            Some(one) => one.schedules = one.schedules.saturating_add(state.schedules),
            None => found.push(Found {
                outcome,
                schedules: state.schedules,
                example: trail.choices(state.trail),
            }),
        }
    }
    open
}

/// One step from each state of a level by each of its choices; equal states are merged. A level of more
/// than `room` states is cut there, and is then not whole.
fn advance<S: System>(
    level: Vec<Reached<S>>,
    trail: &mut Trail,
    room: u64,
) -> (Vec<Reached<S>>, bool) {
    let mut places: HashMap<S::Key, usize> = HashMap::new();
    let mut next: Vec<Reached<S>> = Vec::new();
    for state in level {
        for choice in state.system.choices() {
            let mut system = state.system.clone();
            system.choose(choice);
            match places.entry(system.key()) {
                Entry::Occupied(place) => {
                    let same = &mut next[*place.get()];
                    same.schedules = same.schedules.saturating_add(state.schedules);
                }
                Entry::Vacant(_) if next.len() as u64 >= room => return (next, false),
                Entry::Vacant(place) => {
                    place.insert(next.len());
                    next.push(Reached {
                        system,
                        schedules: state.schedules,
                        trail: Some(trail.push(state.trail, choice)),
                    });
                }
            }
        }
    }
    (next, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDE: Bound = Bound {
        states_max: 1_000_000,
        steps_max: 1_000,
    };

    /// Threads that have so many steps left and touch nothing.
    #[derive(Clone, Debug)]
    struct Strands(Vec<u8>);

    impl System for Strands {
        type Key = Vec<u8>;
        type Outcome = ();

        fn key(&self) -> Vec<u8> {
            self.0.clone()
        }

        fn choices(&self) -> Vec<u8> {
            (0..self.0.len() as u8)
                .filter(|&strand| self.0[usize::from(strand)] > 0)
                .collect()
        }

        fn choose(&mut self, choice: u8) {
            self.0[usize::from(choice)] -= 1;
        }

        fn outcome(&self) {}
    }

    #[test]
    fn counts_as_many_schedules_as_the_multinomial_coefficient() {
        for (strands, schedules, states) in [
            (vec![3, 3], 20, 16),
            (vec![10, 10], 184_756, 121),
            (vec![5, 5, 5], 756_756, 216),
            (
                vec![60, 60],
                96_614_908_840_363_322_603_893_139_521_372_656,
                3721,
            ),
            (vec![0, 0], 1, 1),
        ] {
            let coverage = search(Strands(strands.clone()), WIDE);
            assert_eq!(
                (coverage.schedules, coverage.states, coverage.stopped),
                (schedules, states, None),
                "{strands:?}"
            );
            assert_eq!(
                coverage.steps,
                strands.iter().map(|&n| u32::from(n)).sum::<u32>()
            );
        }
    }

    /// Two strands that each read a number, add one to it, and write it back.
    #[derive(Clone, PartialEq, Eq, Hash)]
    struct Race {
        number: u8,
        strands: [(u8, u8); 2],
    }

    impl System for Race {
        type Key = Self;
        type Outcome = u8;

        fn key(&self) -> Self {
            self.clone()
        }

        fn choices(&self) -> Vec<u8> {
            (0..2)
                .filter(|&strand| self.strands[usize::from(strand)].0 < 3)
                .collect()
        }

        fn choose(&mut self, choice: u8) {
            let (step, value) = &mut self.strands[usize::from(choice)];
            match step {
                0 => *value = self.number,
                1 => *value += 1,
                _ => self.number = *value,
            }
            *step += 1;
        }

        fn outcome(&self) -> u8 {
            self.number
        }
    }

    #[test]
    fn finds_the_two_schedules_of_twenty_in_which_no_update_is_lost() {
        let race = Race {
            number: 0,
            strands: [(0, 0); 2],
        };
        let coverage = search(race.clone(), WIDE);
        let found: Vec<(u8, Count)> = coverage
            .outcomes
            .iter()
            .map(|one| (one.outcome, one.schedules))
            .collect();
        assert_eq!(found, [(2, 2), (1, 18)]);
        for one in coverage.outcomes {
            let mut replay = race.clone();
            one.example.iter().for_each(|&choice| replay.choose(choice));
            assert_eq!((replay.choices(), replay.outcome()), (vec![], one.outcome));
        }
    }

    #[test]
    fn says_which_bound_stopped_it() {
        let search = |states_max, steps_max| {
            let coverage = search(
                Strands(vec![3, 3]),
                Bound {
                    states_max,
                    steps_max,
                },
            );
            (
                coverage.stopped,
                coverage.schedules,
                coverage.states,
                coverage.steps,
            )
        };
        assert_eq!(search(16, 6), (None, 20, 16, 6));
        assert_eq!(search(15, 6), (Some(Stopped::States), 0, 15, 5));
        assert_eq!(search(14, 6), (Some(Stopped::States), 0, 14, 5));
        assert_eq!(search(16, 5), (Some(Stopped::Steps), 0, 15, 5));
    }
}
