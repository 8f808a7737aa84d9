//! The queues of biased counting: objects that somebody else gave up and only their owner can free.
//!
//! Modelled on CPython's `brc.c`. Each thread has a queue, found in a bucket by the thread's number
//! under the bucket's lock. A queued object holds a reference of its own, so nothing of it is freed
//! before it is merged: by its owner at a safe point or at its end, or by whoever would have queued
//! it, when the owner is gone.

use std::sync::atomic::Ordering::Relaxed;

use super::atomics::{Atomic64, Atomics, Lock};
use super::biased::{Biased, Decrement};
use super::{Fate, NOBODY, Owner};

/// The queues of all threads.
pub struct MergeQueues<A: Atomics> {
    buckets: Box<[Bucket<A>]>,
}

struct Bucket<A: Atomics> {
    /// How many objects wait in this bucket, to be looked at without its lock.
    waiting: A::Word,
    queues: A::Lock<Vec<Queue>>,
}

#[derive(Debug)]
struct Queue {
    owner: Owner,
    objects: Vec<u32>,
}

impl<A: Atomics> MergeQueues<A> {
    /// No queues yet, with so many buckets (CPython has 257).
    pub fn new(buckets: usize) -> Self {
        let bucket = |_| Bucket {
            waiting: A::Word::new(0),
            queues: A::Lock::new(Vec::new()),
        };
        Self {
            buckets: (0..buckets).map(bucket).collect(),
        }
    }

    fn bucket(&self, owner: Owner) -> &Bucket<A> {
        &self.buckets[owner as usize % self.buckets.len()]
    }

    /// A thread begins: others can queue objects to it.
    pub fn open(&self, owner: Owner) {
        let queue = Queue {
            owner,
            objects: Vec::new(),
        };
        self.bucket(owner).queues.with(|queues| queues.push(queue));
    }

    /// `Py_DECREF`, queue and all.
    #[inline]
    pub fn decrement(&self, me: Owner, object: u32, counts: Biased<'_, A::Word>) -> Fate {
        match counts.decrement(me) {
            Decrement::Done(fate) => fate,
            Decrement::Queue => self.queue(object, counts),
        }
    }

    /// `_Py_brc_queue_object`: hands a reference to the owner's queue.
    #[cold]
    pub fn queue(&self, object: u32, counts: Biased<'_, A::Word>) -> Fate {
        let owner = counts.owner();
        if owner == NOBODY {
            // Its owner has merged it in the meantime.
            return match counts.decrement_shared() {
                Decrement::Done(fate) => fate,
                Decrement::Queue => unreachable!("a merged object is never queued"),
            };
        }
        let bucket = self.bucket(owner);
        bucket.queues.with(
            |queues| match queues.iter_mut().find(|queue| queue.owner == owner) {
                Some(queue) => {
                    queue.objects.push(object);
                    bucket.waiting.fetch_add(1, Relaxed);
                    Fate::Alive
                }
                None => counts.merge_queued(),
            },
        )
    }

    /// Whether the thread should look into its queue, as the eval breaker would say. Now and then
    /// it finds nothing there: it shares the bucket.
    #[inline]
    pub fn is_waiting(&self, owner: Owner) -> bool {
        self.bucket(owner).waiting.load(Relaxed) != 0
    }

    /// Takes what is queued to a thread, which then merges each object.
    pub fn take(&self, owner: Owner) -> Vec<u32> {
        let bucket = self.bucket(owner);
        bucket.queues.with(|queues| {
            let queue = queues.iter_mut().find(|queue| queue.owner == owner);
            let objects = queue
                .map(|queue| std::mem::take(&mut queue.objects))
                .unwrap_or_default();
            bucket.waiting.fetch_sub(objects.len() as u64, Relaxed);
            objects
        })
    }

    /// A thread ends: if nothing is queued to it, its queue is closed; else it gets the objects to
    /// merge and comes again. Once closed, it must not count any more: others merge what it owned.
    pub fn close(&self, owner: Owner) -> Option<Vec<u32>> {
        let bucket = self.bucket(owner);
        bucket.queues.with(|queues| {
            let place = queues.iter().position(|queue| queue.owner == owner)?;
            let objects = std::mem::take(&mut queues[place].objects);
            if objects.is_empty() {
                queues.swap_remove(place);
                return None;
            }
            bucket.waiting.fetch_sub(objects.len() as u64, Relaxed);
            Some(objects)
        })
    }
}
