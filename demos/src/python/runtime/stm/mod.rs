//! Words that change in transactions: versions, reads, locks, and who gives way. Knows nothing of frames.
//!
//! A version word says either the version of an object (the time of the commit that wrote it), or which
//! thread has locked it. Reading notes the version; a version from after the transaction's snapshot
//! makes it check all that it has read, and take a later snapshot (Felber, Fetzer, Riegel: `TinySTM`,
//! with locks at the first write and writes in place).

mod transaction;
mod versioned;

use std::collections::HashMap;
use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(super) use transaction::{Conflict, Transaction};
use transaction::{Contender, Counts};
pub(super) use versioned::Versioned;
use versioned::{LOCKED, Place, VERSION_SHIFT};

use crate::python::memory::Site;

/// All transactions of a program.
#[derive(Default)]
pub(super) struct Transactions {
    /// The version of the last commit.
    clock: AtomicU64,
    /// How many have been begun.
    begun: AtomicU64,
    /// Whether there is an inevitable one.
    inevitable: AtomicBool,
    /// How many threads are committing.
    committing: AtomicU64,
    contenders: Mutex<HashMap<u32, Arc<Contender>>>,
    counts: Mutex<Counts>,
}

impl Transactions {
    fn contenders(&self) -> MutexGuard<'_, HashMap<u32, Arc<Contender>>> {
        self.contenders
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A thread that has none yet.
    pub(super) fn join(&self, number: u32) -> Transaction {
        let contender = Arc::<Contender>::default();
        self.contenders().insert(number, Arc::clone(&contender));
        Transaction::new(number, contender)
    }

    /// A thread that has ended its last.
    pub(super) fn leave(&self, transaction: &Transaction) {
        self.contenders().remove(&transaction.number);
        let (mut all, its) = (self.counts(), &transaction.counts);
        all.commits += its.commits;
        all.inevitable += its.inevitable;
        all.waited += its.waited;
        for (all, its) in all.aborts.iter_mut().zip(its.aborts) {
            *all += its;
        }
    }

    /// Begins one; one that is done again keeps its age.
    pub(super) fn begin(&self, transaction: &mut Transaction, again: bool) {
        if !again {
            transaction.age = self.begun.fetch_add(1, Relaxed) + 1;
        }
        transaction.contender.age.store(transaction.age, Relaxed);
        transaction.contender.doomed.store(false, Relaxed);
        transaction.serial += 1;
        transaction.snapshot = self.clock.load(Acquire);
        transaction.open = true;
    }

    /// Reads a word.
    #[inline]
    pub(super) fn read(
        &self,
        versioned: &Versioned,
        transaction: &mut Transaction,
        site: Site,
    ) -> Result<u64, Conflict> {
        let word = versioned.memory.at(site);
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
        versioned: &Versioned,
        transaction: &mut Transaction,
        site: Site,
        new: u64,
    ) -> Result<u64, Conflict> {
        let word = versioned.memory.at(site);
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
        versioned: &Versioned,
        transaction: &mut Transaction,
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
            } else if version
                .compare_exchange(before, mine, AcqRel, Relaxed)
                .is_ok()
            {
                transaction.locked.push((place, before));
                return Ok(());
            }
        }
    }

    /// Another has locked what this one wants: the younger gives way.
    #[cold]
    fn contend(
        &self,
        transaction: &mut Transaction,
        version: &AtomicU64,
        place: Place,
        lock: u64,
    ) -> Result<(), Conflict> {
        let owner = self.contenders().get(&((lock >> 1) as u32)).cloned();
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
            owner.doomed.store(true, Relaxed);
            version.load(Relaxed) == lock
        })
    }

    /// Takes a later snapshot, if all that was read is still so.
    #[cold]
    fn extend(&self, versioned: &Versioned, transaction: &mut Transaction) -> Result<(), Conflict> {
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
        versioned: &Versioned,
        transaction: &mut Transaction,
    ) -> Result<(), Conflict> {
        if !transaction.open || transaction.inevitable {
            return Ok(());
        }
        let is_taken = || self.inevitable.swap(true, SeqCst);
        transaction.wait_while(is_taken)?;
        let ready = transaction
            .wait_while(|| self.committing.load(SeqCst) > 0)
            .and_then(|()| self.extend(versioned, transaction));
        if ready.is_err() {
            self.inevitable.store(false, SeqCst);
            return ready;
        }
        transaction.contender.age.store(0, Relaxed);
        transaction.inevitable = true;
        transaction.counts.inevitable += 1;
        Ok(())
    }

    /// Commits it, if there is one open.
    pub(super) fn commit(
        &self,
        versioned: &Versioned,
        transaction: &mut Transaction,
    ) -> Result<(), Conflict> {
        if !transaction.open {
            return Ok(());
        }
        if transaction.inevitable {
            self.publish(versioned, transaction);
            transaction.inevitable = false;
            self.inevitable.store(false, SeqCst);
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
        transaction.counts.commits += 1;
        Ok(())
    }

    /// Waits until no transaction is inevitable, and keeps any from becoming so.
    fn begin_committing(&self, transaction: &mut Transaction) -> Result<(), Conflict> {
        loop {
            if transaction.is_doomed() {
                return Err(Conflict::GaveWay);
            }
            self.committing.fetch_add(1, SeqCst);
            if !self.inevitable.load(SeqCst) {
                return Ok(());
            }
            self.committing.fetch_sub(1, SeqCst);
            transaction.wait_while(|| self.inevitable.load(SeqCst))?;
        }
    }

    /// Lets others see what it has written.
    fn publish(&self, versioned: &Versioned, transaction: &mut Transaction) {
        let version = (self.clock.fetch_add(1, AcqRel) + 1) << VERSION_SHIFT;
        for (place, _) in transaction.locked.drain(..) {
            versioned.version(place).store(version, Release);
        }
    }

    /// What has been counted by threads that have ended.
    pub(super) fn counters(&self) -> Vec<(String, f64)> {
        let counts = *self.counts();
        let [met_older, gave_way, read_changed] = counts.aborts;
        let waited_ms = counts.waited.as_secs_f64() * 1e3;
        [
            ("commits", counts.commits as f64),
            ("inevitable", counts.inevitable as f64),
            ("aborts_met_older", met_older as f64),
            ("aborts_gave_way", gave_way as f64),
            ("aborts_read_changed", read_changed as f64),
            ("waited_ms", waited_ms),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }
}
