//! Owner counts with tables: private objects die at once, promoted ones when they are collected.

use std::sync::atomic::Ordering::SeqCst;

use loom::sync::Arc;

use super::super::table::{OwnerCount, Table};
use super::super::{Fate, Owner};
use super::{Object, Word, spawn};

const OWNER: Owner = 1;
const SECOND: Owner = 2;

/// Two objects of one owner, who has given a reference to each away.
struct World([Object; 2]);

impl World {
    fn new() -> Arc<Self> {
        let world = Self([Object::new(), Object::new()]);
        for object in 0..2 {
            world.counts(object).begin(OWNER);
            assert!(world.counts(object).increment(OWNER));
        }
        Arc::new(world)
    }

    fn counts(&self, object: u32) -> OwnerCount<'_, Word> {
        let object = &self.0[object as usize];
        OwnerCount::new(&object.own, &object.shared)
    }

    /// The owner uses a reference and gives it up.
    fn use_up_own(&self, object: u32) {
        self.0[object as usize].using(0);
        if self.counts(object).decrement(OWNER) == Some(Fate::Dead) {
            self.0[object as usize].free();
        }
    }

    /// Another thread makes a reference of its own, and gives up both.
    fn use_up_foreign(&self, table: &mut Table) {
        for (object, change) in [(0, 1), (1, 1), (0, -1), (1, -1), (1, -1), (0, -1)] {
            let counts = self.counts(object);
            self.0[object as usize].using(1);
            assert!(!counts.increment(SECOND));
            assert_eq!(counts.decrement(SECOND), None);
            counts.promote();
            if let Some((evicted, difference)) = table.count(object, change) {
                self.counts(evicted).flush(difference);
            }
        }
    }

    /// The collector, when all threads stand still and their tables are flushed.
    fn collect(&self) {
        for object in 0..2 {
            let counts = self.counts(object);
            if counts.is_promoted() && counts.count() == 0 {
                self.0[object as usize].free();
            }
        }
    }
}

/// The owner gives up both objects while another thread uses them through a table with one place.
fn check(end: impl Fn(&World, Table) + Copy + Sync + Send + 'static) {
    super::check(3, move || {
        let world = World::new();
        let other = spawn(&world, move |world| {
            let mut table = Table::with_entries(1);
            world.use_up_foreign(&mut table);
            end(world, table);
        });
        world.use_up_own(0);
        world.use_up_own(1);
        other.join().unwrap();
        world.collect();
        for object in &world.0 {
            object.assert_freed();
        }
    });
}

#[test]
fn promoted_objects_are_freed_by_the_collector() {
    check(|world, mut table| {
        for (object, difference) in table.drain() {
            world.counts(object).flush(difference);
        }
    });
}

#[test]
#[should_panic(expected = "leaked")]
fn differences_that_stay_in_a_table_are_caught() {
    check(|_, _| ());
}

#[test]
fn private_objects_die_with_their_last_reference() {
    super::check(3, || {
        let world = World::new();
        world.use_up_own(0);
        world.use_up_own(0);
        assert_eq!(world.0[0].frees.load(SeqCst), 1);
    });
}

#[test]
fn object_that_finds_its_place_taken_evicts_the_other() {
    let mut table = Table::with_entries(2);
    let evicted: Vec<_> = [(4, 1), (4, 1), (5, 1), (6, -1), (6, 1), (8, 1)]
        .map(|(object, n)| table.count(object, n))
        .into();
    assert_eq!(evicted, [None, None, None, Some((4, 2)), None, None]);
    assert_eq!(table.drain().collect::<Vec<_>>(), [(8, 1), (5, 1)]);
    assert_eq!(table.drain().count(), 0);
}
