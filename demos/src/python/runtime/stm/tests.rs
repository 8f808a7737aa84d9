//! Transactions under loom, on two words: whatever the order and however stale what a thread reads may be,
//! it comes out as if they had been one after the other. Beside that stand variants that are broken on
//! purpose.
//!
//! No transaction is inevitable here: what keeps it alone needs an order of all its steps (`SeqCst`), which
//! loom does not model.

use std::sync::atomic::Ordering::Relaxed;

use loom::sync::Arc;

use super::super::super::count::tests::{Loom, Word, check, spawn};
use super::versioned::{Place, Versioned};
use super::*;
use crate::python::memory::Ref;

/// How often threads are interrupted at most.
const PREEMPTIONS: usize = 2;

struct World {
    transactions: Transactions<Loom>,
    words: [Word; 2],
    versions: [Word; 2],
}

impl Versioned<Loom> for World {
    fn word(&self, site: Site) -> &Word {
        &self.words[site.owner().index()]
    }

    fn place(&self, site: Site) -> Place {
        Place::Object(site.owner())
    }

    fn version(&self, place: Place) -> &Word {
        match place {
            Place::Object(object) => &self.versions[object.index()],
            Place::Global(_) => unreachable!("there are two objects"),
        }
    }
}

/// One of the two words.
fn site(index: u32) -> Site {
    Site::Payload(Ref::from_index(index))
}

type Commit = fn(&World, &mut Transaction<Loom>) -> Result<(), Conflict>;

impl World {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            transactions: Transactions::new(),
            words: [Word::new(0), Word::new(0)],
            versions: [Word::new(0), Word::new(0)],
        })
    }

    fn read(&self, transaction: &mut Transaction<Loom>, index: u32) -> Result<u64, Conflict> {
        self.transactions.read(self, transaction, site(index))
    }

    fn write(
        &self,
        transaction: &mut Transaction<Loom>,
        index: u32,
        value: u64,
    ) -> Result<(), Conflict> {
        self.transactions
            .write(self, transaction, site(index), value)
            .map(drop)
    }

    fn commit(&self, transaction: &mut Transaction<Loom>) -> Result<(), Conflict> {
        self.transactions.commit(self, transaction)
    }

    /// Does something in a transaction, again and again until it is committed.
    fn transact(
        &self,
        number: u32,
        commit: Commit,
        work: impl Fn(&mut Transaction<Loom>) -> Result<(), Conflict>,
    ) {
        let mut transaction = self.transactions.join(number);
        let mut again = false;
        loop {
            self.transactions.begin(&mut transaction, again);
            match work(&mut transaction).and_then(|()| commit(self, &mut transaction)) {
                Ok(()) => break,
                Err(conflict) => {
                    transaction.fail(conflict);
                    transaction.roll_back(self);
                    again = true;
                }
            }
        }
        self.transactions.leave(&transaction);
    }

    /// Adds one to the word `from` and writes that into the word `to`.
    fn follow(&self, number: u32, commit: Commit, [from, to]: [u32; 2]) {
        self.transact(number, commit, |transaction| {
            let value = self.read(transaction, from)?;
            self.write(transaction, to, value + 1)
        });
    }

    /// Writes 1 into both words.
    fn write_both(&self) {
        self.transact(1, Self::commit, |transaction| {
            self.write(transaction, 0, 1)?;
            self.write(transaction, 1, 1)
        });
    }

    fn values(&self) -> [u64; 2] {
        [0, 1].map(|index| self.words[index].load(Relaxed))
    }
}

/// A commit that does not look whether what it has read is still so.
#[expect(clippy::unnecessary_wraps, reason = "it is a commit as others are")]
fn commit_blindly(world: &World, transaction: &mut Transaction<Loom>) -> Result<(), Conflict> {
    world.transactions.publish(world, transaction);
    transaction.reads.clear();
    transaction.undo.clear();
    transaction.open = false;
    Ok(())
}

/// Two threads write what the other reads. One interruption shows what there is to see; with two it would
/// take half a minute.
fn cross(commit: Commit) {
    check(1, move || {
        let world = World::new();
        let other = spawn(&world, move |world| world.follow(1, commit, [0, 1]));
        world.follow(0, commit, [1, 0]);
        other.join().unwrap();
        let values = world.values();
        assert!(
            [[1, 2], [2, 1]].contains(&values),
            "not one after the other: {values:?}"
        );
    });
}

#[test]
fn no_update_of_one_word_is_lost() {
    check(PREEMPTIONS, || {
        let world = World::new();
        let other = spawn(&world, |world| world.follow(1, World::commit, [0, 0]));
        world.follow(0, World::commit, [0, 0]);
        other.join().unwrap();
        assert_eq!(world.values(), [2, 0]);
        let [commits, ..] = world.transactions.tally.sums();
        assert_eq!(commits, 2);
    });
}

#[test]
fn two_that_write_what_the_other_reads_come_one_after_the_other() {
    cross(World::commit);
}

#[test]
fn one_never_sees_half_of_another() {
    check(PREEMPTIONS, || {
        let world = World::new();
        let other = spawn(&world, World::write_both);
        world.transact(0, World::commit, |transaction| {
            let both = [world.read(transaction, 0)?, world.read(transaction, 1)?];
            assert_eq!(both[0], both[1], "half of another");
            Ok(())
        });
        other.join().unwrap();
        assert_eq!(world.values(), [1, 1]);
    });
}

#[test]
fn conflicts_undo_the_younger_one_or_the_one_that_read_too_early() {
    check(0, || {
        let world = World::new();
        let [mut older, mut younger] = [0, 1].map(|number| world.transactions.join(number));
        for transaction in [&mut older, &mut younger] {
            world.transactions.begin(transaction, false);
        }
        assert_eq!(world.read(&mut older, 1), Ok(0));
        assert_eq!(world.write(&mut older, 0, 7), Ok(()));
        assert_eq!(world.read(&mut younger, 0), Err(Conflict::MetOlder));
        assert_eq!(world.write(&mut younger, 0, 9), Err(Conflict::MetOlder));
        // What the older one has not written is the younger one's to change, if it is committed first.
        assert_eq!(world.write(&mut younger, 1, 5), Ok(()));
        assert_eq!(world.commit(&mut younger), Ok(()));
        assert_eq!(world.commit(&mut older), Err(Conflict::ReadChanged));
        older.fail(Conflict::ReadChanged);
        older.roll_back(&*world);
        assert_eq!(world.values(), [0, 5]);
        world.transactions.leave(&older);
        world.transactions.leave(&younger);
        let [commits, _, met_older, gave_way, read_changed, _] = world.transactions.tally.sums();
        assert_eq!([commits, met_older, gave_way, read_changed], [1, 0, 0, 1]);
    });
}

#[test]
fn the_older_one_gets_what_the_younger_has_locked() {
    check(PREEMPTIONS, || {
        let world = World::new();
        let mut older = world.transactions.join(0);
        world.transactions.begin(&mut older, false);
        let younger = spawn(&world, |world| world.follow(1, World::commit, [0, 0]));
        let written = world
            .read(&mut older, 0)
            .and_then(|value| world.write(&mut older, 0, value + 1))
            .and_then(|()| world.commit(&mut older));
        // Nobody is older: it can only have read what the younger one has changed since.
        if let Err(conflict) = written {
            assert_eq!(conflict, Conflict::ReadChanged);
            older.fail(conflict);
            older.roll_back(&*world);
        }
        younger.join().unwrap();
        assert_eq!(world.values()[0], 1 + u64::from(written.is_ok()));
    });
}

// Broken on purpose.

#[test]
#[should_panic(expected = "not one after the other")]
fn commit_that_does_not_look_at_what_it_has_read_is_caught() {
    cross(commit_blindly);
}

#[test]
#[should_panic(expected = "lost")]
fn update_of_something_that_was_read_past_the_transaction_is_caught() {
    check(PREEMPTIONS, || {
        let world = World::new();
        let add = |world: &World, number: u32| {
            world.transact(number, World::commit, |transaction| {
                let value = world.words[0].load(Relaxed);
                world.write(transaction, 0, value + 1)
            });
        };
        let other = spawn(&world, move |world| add(world, 1));
        add(&world, 0);
        other.join().unwrap();
        assert_eq!(world.values()[0], 2, "lost");
    });
}

#[test]
#[should_panic(expected = "half of another")]
fn reading_past_the_transaction_is_caught() {
    check(PREEMPTIONS, || {
        let world = World::new();
        let other = spawn(&world, World::write_both);
        let both = [0, 1].map(|index| world.words[index].load(Relaxed));
        assert_eq!(both[0], both[1], "half of another");
        other.join().unwrap();
    });
}
