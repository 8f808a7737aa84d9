//! When a committing thread does its next round, and who waits for it. Knows nothing of what is committed.

use std::sync::atomic::Ordering::{AcqRel, Acquire, Release};

use crate::python::count::atomics::{Atomic64, Atomics, Monitor};

/// The rounds of one committing thread, numbered from 1.
pub(super) struct Rounds<A: Atomics> {
    state: A::Monitor<State>,
    /// 1 if a round is wanted and has not begun, for those who ask again and again.
    wanted: A::Word,
    /// The newest round that is done.
    done: A::Word,
}

#[derive(Debug, Default)]
struct State {
    /// The newest round that somebody wants.
    wanted: u64,
    begun: u64,
    done: u64,
    /// How much the newest round applied.
    applied: u64,
    applied_total: u64,
    finished: bool,
}

impl<A: Atomics> Rounds<A> {
    /// None yet.
    pub(super) fn new() -> Self {
        Self {
            state: A::Monitor::new(State::default()),
            wanted: A::Word::new(0),
            done: A::Word::new(0),
        }
    }

    /// Asks for a round, and goes on.
    pub(super) fn want(&self) {
        if self.wanted.fetch_or(1, AcqRel) == 0 {
            self.state.change(|rounds| rounds.wanted = rounds.begun + 1);
        }
    }

    /// Waits for a round that begins after now; answers how much it applied, or the newest since.
    #[cold]
    pub(super) fn wait(&self) -> u64 {
        let number = self.state.change(|rounds| {
            rounds.wanted = rounds.begun + 1;
            rounds.wanted
        });
        self.state
            .wait(|rounds| (rounds.done >= number).then_some(rounds.applied))
    }

    /// The committing thread waits until a round is wanted, and begins it; or learns that there will be none
    /// any more.
    pub(super) fn begin(&self) -> bool {
        let begins = self.state.wait(|rounds| {
            let wanted = rounds.wanted > rounds.begun && !rounds.finished;
            rounds.begun += u64::from(wanted);
            (wanted || rounds.finished).then_some(wanted)
        });
        self.wanted.store(0, Release);
        begins
    }

    /// The round has applied so much, and is done.
    pub(super) fn end(&self, applied: u64) {
        self.state.change(|rounds| {
            rounds.done = rounds.begun;
            rounds.applied = applied;
            rounds.applied_total += applied;
            self.done.store(rounds.done, Release);
        });
    }

    /// Nobody wants a round any more.
    pub(super) fn finish(&self) {
        self.state.change(|rounds| rounds.finished = true);
    }

    /// The newest round that is done.
    #[inline]
    pub(super) fn done(&self) -> u64 {
        self.done.load(Acquire)
    }

    /// How many have been done, and how much they have applied in all.
    pub(super) fn counts(&self) -> [u64; 2] {
        self.state
            .wait(|rounds| Some([rounds.done, rounds.applied_total]))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering::Relaxed;

    use loom::sync::Arc;

    use super::*;
    use crate::python::count::tests::{Loom, Word, check, spawn};

    /// Two threads that each leave something to be committed, and what has been committed of it.
    struct World {
        rounds: Rounds<Loom>,
        left: [Word; 2],
        committed: [Word; 2],
    }

    impl World {
        fn new() -> Arc<Self> {
            let words = || std::array::from_fn(|_| Word::new(0));
            Arc::new(Self {
                rounds: Rounds::new(),
                left: words(),
                committed: words(),
            })
        }

        fn commit_until_finished(&self) {
            while self.rounds.begin() {
                let mut applied = 0;
                for (left, committed) in self.left.iter().zip(&self.committed) {
                    let all = left.load(Acquire);
                    applied += all - committed.load(Relaxed);
                    committed.store(all, Relaxed);
                }
                self.rounds.end(applied);
            }
        }

        /// Leaves something, waits for a round, and finds it committed.
        fn leave(&self, thread: usize, wait: impl Fn(&Rounds<Loom>)) {
            self.left[thread].store(1, Release);
            wait(&self.rounds);
            assert_eq!(self.committed[thread].load(Relaxed), 1, "not committed");
        }
    }

    /// A committing thread and two others, which wait so.
    fn run(wait: fn(&Rounds<Loom>)) {
        check(2, move || {
            let world = World::new();
            let committer = spawn(&world, World::commit_until_finished);
            let other = spawn(&world, move |world| world.leave(1, wait));
            world.leave(0, wait);
            other.join().unwrap();
            world.rounds.finish();
            committer.join().unwrap();
            assert_eq!(world.rounds.counts()[1], 2);
        });
    }

    #[test]
    fn who_waits_for_a_round_gets_one_that_began_later() {
        run(|rounds| _ = rounds.wait());
    }

    #[test]
    fn who_only_asks_gets_a_round_too() {
        check(3, || {
            let world = World::new();
            let committer = spawn(&world, World::commit_until_finished);
            let other = spawn(&world, |world| world.rounds.want());
            world.rounds.want();
            let done = world
                .rounds
                .state
                .wait(|rounds| (rounds.done > 0).then_some(rounds.done));
            assert!(world.rounds.done() >= done);
            other.join().unwrap();
            world.rounds.finish();
            committer.join().unwrap();
        });
    }

    // Broken on purpose.

    #[test]
    #[should_panic(expected = "not committed")]
    fn waiting_for_the_round_under_way_is_caught() {
        run(|rounds| {
            let number = rounds.state.change(|rounds| {
                rounds.wanted = rounds.wanted.max(1);
                rounds.begun.max(1)
            });
            rounds
                .state
                .wait(|rounds| (rounds.done >= number).then_some(()));
        });
    }
}
