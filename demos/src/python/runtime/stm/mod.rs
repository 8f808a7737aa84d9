//! Words that change in transactions: versions, reads, locks, and who gives way. Knows nothing of frames.
//!
//! A version word says either the version of an object (the time of the commit that wrote it), or which
//! thread has locked it. Reading notes the version; a version from after the transaction's snapshot
//! makes it check all that it has read, and take a later snapshot (Felber, Fetzer, Riegel: `TinySTM`,
//! with locks at the first write and writes in place).

#[cfg(test)]
mod tests;
mod transaction;
mod versioned;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};

use transaction::{COMMITS, COUNTERS, Contender, INEVITABLE, WAITED_NS, tally};
pub(super) use transaction::{Conflict, Transaction};
pub(super) use versioned::VersionedMemory;
use versioned::{LOCKED, Place, VERSION_SHIFT, Versioned};

use super::tally::Tally;
use crate::python::count::atomics::{Atomic64, Atomics, Lock};
use crate::python::memory::Site;

/// All transactions of a program.
pub(super) struct Transactions<A: Atomics> {
    /// The version of the last commit.
    clock: A::Word,
    /// How many have been begun.
    begun: A::Word,
    /// 1 if there is an inevitable one.
    inevitable: A::Word,
    /// How many threads are committing.
    committing: A::Word,
    contenders: A::Lock<HashMap<u32, Arc<Contender<A>>>>,
    tally: Tally<COUNTERS>,
}

impl<A: Atomics> Transactions<A> {
    /// None yet.
    pub(super) fn new() -> Self {
        Self {
            clock: A::Word::new(0),
            begun: A::Word::new(0),
            inevitable: A::Word::new(0),
            committing: A::Word::new(0),
            contenders: A::Lock::new(HashMap::new()),
            tally: tally(),
        }
    }

    /// A thread that has none yet.
    pub(super) fn join(&self, number: u32) -> Transaction<A> {
        let contender = Arc::new(Contender::new());
        self.contenders
            .with(|contenders| contenders.insert(number, Arc::clone(&contender)));
        Transaction::new(number, contender, self.tally.join())
    }

    /// A thread that has ended its last.
    pub(super) fn leave(&self, transaction: &Transaction<A>) {
        self.contenders
            .with(|contenders| contenders.remove(&transaction.number));
        self.tally.leave(&transaction.row);
    }

    /// Begins one; one that is done again keeps its age.
    pub(super) fn begin(&self, transaction: &mut Transaction<A>, again: bool) {
        if !again {
            transaction.age = self.begun.fetch_add(1, Relaxed) + 1;
        }
        transaction.contender.age.store(transaction.age, Relaxed);
        transaction.contender.doomed.store(0, Relaxed);
        transaction.serial += 1;
        transaction.snapshot = self.clock.load(Acquire);
        transaction.open = true;
    }

    /// Reads a word.
    #[inline]
    pub(super) fn read(
        &self,
        versioned: &impl Versioned<A>,
        transaction: &mut Transaction<A>,
        site: Site,
    ) -> Result<u64, Conflict> {
        let word = versioned.word(site);
        if !transaction.open {
            return Ok(word.load(Acquire));
        }
        let place = versioned.place(site);
        let version = versioned.version(place);
        loop {
            let before = version.load(Acquire);
            if before & LOCKED != 0 {
                if before == transaction.lock_word() {
                    return Ok(word.load(Relaxed));
                }
                self.contend(transaction, version, place, before)?;
                continue;
            }
            let read = word.load(Acquire);
            if version.load(Relaxed) != before {
                continue;
            }
            if before >> VERSION_SHIFT > transaction.snapshot {
                self.extend(versioned, transaction)?;
                continue;
            }
            transaction.note(place, before >> VERSION_SHIFT);
            return Ok(read);
        }
    }

    /// Writes a word, and answers what was there.
    #[inline]
    pub(super) fn write(
        &self,
        versioned: &impl Versioned<A>,
        transaction: &mut Transaction<A>,
        site: Site,
        new: u64,
    ) -> Result<u64, Conflict> {
        let word = versioned.word(site);
        if transaction.open {
            self.lock(versioned, transaction, versioned.place(site))?;
            transaction.undo.push((site, word.load(Relaxed)));
        }
        let old = word.load(Relaxed);
        word.store(new, Release);
        Ok(old)
    }

    #[inline]
    fn lock(
        &self,
        versioned: &impl Versioned<A>,
        transaction: &mut Transaction<A>,
        place: Place,
    ) -> Result<(), Conflict> {
        let version = versioned.version(place);
        let mine = transaction.lock_word();
        loop {
            let before = version.load(Acquire);
            if before == mine {
                return Ok(());
            }
            if before & LOCKED != 0 {
                self.contend(transaction, version, place, before)?;
            } else if before >> VERSION_SHIFT > transaction.snapshot {
                self.extend(versioned, transaction)?;
            } else if version.exchange(before, mine).is_ok() {
                transaction.locked.push((place, before));
                return Ok(());
            }
        }
    }

    /// Another has locked what this one wants: the younger gives way.
    #[cold]
    fn contend(
        &self,
        transaction: &mut Transaction<A>,
        version: &A::Word,
        place: Place,
        lock: u64,
    ) -> Result<(), Conflict> {
        let owner = (lock >> 1) as u32;
        let owner = self
            .contenders
            .with(|contenders| contenders.get(&owner).cloned());
        let Some(owner) = owner else {
            return Ok(());
        };
        let age = transaction.contender.age.load(Relaxed);
        if age > owner.age.load(Relaxed) {
            transaction.waits_for = Some((place, lock));
            return Err(Conflict::MetOlder);
        }
        transaction.wait_while(|| {
            // It may have begun again since.
            owner.doomed.store(1, Relaxed);
            version.load(Relaxed) == lock
        })
    }

    /// Takes a later snapshot, if all that was read is still so.
    #[cold]
    fn extend(
        &self,
        versioned: &impl Versioned<A>,
        transaction: &mut Transaction<A>,
    ) -> Result<(), Conflict> {
        let now = self.clock.load(Acquire);
        let mine = transaction.lock_word();
        let is_still_so = |(place, seen): &(Place, u64)| {
            let version = versioned.version(*place).load(Acquire);
            // What it has locked itself was still so then.
            version == mine || version & LOCKED == 0 && version >> VERSION_SHIFT == *seen
        };
        if transaction.reads.iter().all(is_still_so) {
            transaction.snapshot = now;
            Ok(())
        } else {
            Err(Conflict::ReadChanged)
        }
    }

    /// Makes it one that can't be undone: it waits for the one that is so already.
    pub(super) fn make_inevitable(
        &self,
        versioned: &impl Versioned<A>,
        transaction: &mut Transaction<A>,
    ) -> Result<(), Conflict> {
        if !transaction.open || transaction.inevitable {
            return Ok(());
        }
        let is_taken = || self.inevitable.fetch_or(1, SeqCst) != 0;
        transaction.wait_while(is_taken)?;
        let ready = transaction
            .wait_while(|| self.committing.load(SeqCst) > 0)
            .and_then(|()| self.extend(versioned, transaction));
        if ready.is_err() {
            self.inevitable.store(0, SeqCst);
            return ready;
        }
        transaction.contender.age.store(0, Relaxed);
        transaction.inevitable = true;
        transaction.row.add(INEVITABLE, 1);
        Ok(())
    }

    /// Commits it, if there is one open.
    pub(super) fn commit(
        &self,
        versioned: &impl Versioned<A>,
        transaction: &mut Transaction<A>,
    ) -> Result<(), Conflict> {
        if !transaction.open {
            return Ok(());
        }
        if transaction.inevitable {
            self.publish(versioned, transaction);
            transaction.inevitable = false;
            self.inevitable.store(0, SeqCst);
        } else if !transaction.locked.is_empty() {
            self.begin_committing(transaction)?;
            let result = self.extend(versioned, transaction);
            if result.is_ok() {
                self.publish(versioned, transaction);
            }
            self.committing.fetch_sub(1, SeqCst);
            result?;
        }
        transaction.reads.clear();
        transaction.undo.clear();
        transaction.open = false;
        transaction.row.add(COMMITS, 1);
        Ok(())
    }

    /// Waits until no transaction is inevitable, and keeps any from becoming so.
    fn begin_committing(&self, transaction: &mut Transaction<A>) -> Result<(), Conflict> {
        loop {
            if transaction.is_doomed() {
                return Err(Conflict::GaveWay);
            }
            self.committing.fetch_add(1, SeqCst);
            if self.inevitable.load(SeqCst) == 0 {
                return Ok(());
            }
            self.committing.fetch_sub(1, SeqCst);
            transaction.wait_while(|| self.inevitable.load(SeqCst) != 0)?;
        }
    }

    /// Lets others see what it has written.
    fn publish(&self, versioned: &impl Versioned<A>, transaction: &mut Transaction<A>) {
        let version = (self.clock.fetch_add(1, AcqRel) + 1) << VERSION_SHIFT;
        for (place, _) in transaction.locked.drain(..) {
            versioned.version(place).store(version, Release);
        }
    }

    /// What has been counted, in the order to show.
    pub(super) fn counters(&self) -> Vec<(String, f64)> {
        let mut counters = self.tally.counters();
        // Counted in nanoseconds, shown in milliseconds.
        counters[WAITED_NS].1 /= 1e6;
        counters
    }
}
