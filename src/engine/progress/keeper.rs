//! Writes progress on a thread of its own, so that a slow disk delays no key. What could not be written
//! waits for the next try; the user is told once.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Store;
use crate::app::{Event, Notice, Progress};

/// How long the end waits for the last write.
const END_MAX: Duration = Duration::from_secs(1);

/// Keeps what it is given until it is dropped.
#[derive(Debug)]
pub(in crate::engine) struct Keeper {
    news: Arc<Mutex<Option<Progress>>>,
    /// A place for one call is enough: it stands for all news so far. None once the end has come.
    call: Option<SyncSender<()>>,
    ended: Receiver<()>,
}

impl Keeper {
    /// Begins to keep one deck's progress; `tell` hears of the first failure.
    ///
    /// # Errors
    /// If the system refuses a thread.
    pub(in crate::engine) fn start(
        store: Store,
        tell: impl Fn(Event) + Send + 'static,
    ) -> io::Result<Self> {
        let news = Arc::new(Mutex::new(None));
        let (call, calls) = sync_channel(1);
        let (end, ended) = sync_channel(1);
        let waiting = Arc::clone(&news);
        let thread = std::thread::Builder::new().name("progress".to_owned());
        thread.spawn(move || {
            let mut told = false;
            while calls.recv().is_ok() {
                if let Err(text) = write(&store, &waiting) {
                    if !told {
                        tell(Event::Notice(Notice { text, bad: true }));
                    }
                    told = true;
                }
            }
            // What could not be written may be by now.
            let _ = write(&store, &waiting);
            // Nobody waits for it where the end took too long.
            let _ = end.send(());
        })?;
        Ok(Self {
            news,
            call: Some(call),
            ended,
        })
    }

    /// Has something new kept, soon.
    pub(in crate::engine) fn keep(&self, news: Progress) {
        let mut waiting = lock(&self.news);
        waiting.get_or_insert_default().take_in(news);
        if let Some(call) = &self.call {
            // Full: the writer is called already. Gone: it could not be helped.
            let _ = call.try_send(());
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.call = None;
        let waited = self.ended.recv_timeout(END_MAX);
        debug_assert!(
            waited != Err(RecvTimeoutError::Disconnected),
            "the writer broke off"
        );
    }
}

/// Writes what waits. What could not be written goes back, below what came meanwhile.
fn write(store: &Store, waiting: &Mutex<Option<Progress>>) -> Result<(), String> {
    let Some(news) = lock(waiting).take() else {
        return Ok(());
    };
    let Err(error) = store.add(news.clone()) else {
        return Ok(());
    };
    let mut waiting = lock(waiting);
    let mut all = news;
    if let Some(newer) = waiting.take() {
        all.take_in(newer);
    }
    *waiting = Some(all);
    // The end of a notice may be cut: what it means for the learner comes first.
    Err(format!("your progress lasts until you quit: {error}"))
}

fn lock(news: &Mutex<Option<Progress>>) -> MutexGuard<'_, Option<Progress>> {
    news.lock().unwrap_or_else(PoisonError::into_inner)
}
