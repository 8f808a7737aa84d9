//! `parade check --run`: runs the blocks of code that say how they are to end, one after the other.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use anyhow::Context;
use parade_demos::run::{Launcher, Snippet as Running};
use parade_demos::snippet::{SnippetSnapshot, SnippetSpec};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use crate::app::{Languages, snippet_in_words};
use crate::check;
use crate::cli::ending::Signalled;
use crate::deck::{Diagnostic, Expect, Snippet, Span};
use crate::files::{Opened, Source};
use crate::parse;

/// The longest that nobody looks for a signal.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Runs blocks of code.
pub(super) struct Runner {
    launcher: Launcher,
    languages: Arc<Languages>,
    trusted: bool,
    signal: Arc<AtomicUsize>,
    teller: SyncSender<()>,
    news: Receiver<()>,
    /// How many blocks have run.
    pub(super) ran: usize,
}

impl Runner {
    pub(super) fn new(languages: Arc<Languages>, trusted: bool) -> anyhow::Result<Self> {
        let signal = Arc::new(AtomicUsize::new(0));
        for number in [SIGINT, SIGTERM, SIGHUP] {
            let flag = Arc::clone(&signal);
            signal_hook::flag::register_usize(number, flag, number.unsigned_abs() as usize)
                .context("failed to listen for signals")?;
        }
        let (teller, news) = sync_channel(1);
        Ok(Self {
            launcher: Launcher::new().context("failed to start the thread that starts programs")?,
            languages,
            trusted,
            signal,
            teller,
            news,
            ran: 0,
        })
    }

    /// Runs the blocks of a deck that say how they are to end; what was not as they say.
    pub(super) fn deck(
        &mut self,
        source: &Source,
        opened: &Opened,
    ) -> Result<Vec<Diagnostic>, Signalled> {
        let mut found = Vec::new();
        for index in 0..opened.deck.extents.len() {
            let slide = parse::slide(&opened.deck, index, &*opened.files);
            for (place, snippet, expect) in check::expected(&slide) {
                if !self.trusted {
                    return Ok(vec![refusal(place)]);
                }
                found.extend(self.block(source, place, snippet, expect)?);
            }
        }
        Ok(found)
    }

    fn block(
        &mut self,
        source: &Source,
        place: Span,
        snippet: &Snippet,
        expect: Expect,
    ) -> Result<Option<Diagnostic>, Signalled> {
        let spec = match self.languages.spec(snippet) {
            Ok(spec) => spec,
            Err(why) => {
                let message = format!("this block can't be run: {why}");
                return Ok(Some(Diagnostic::error(place, message)));
            }
        };
        self.ran += 1;
        let snapshot = self.run(SnippetSpec {
            place: source.folder(),
            ..spec
        })?;
        let (_, words) = snippet_in_words(&snapshot);
        Ok(check::unexpected(place, expect, &snapshot, &words))
    }

    /// Runs one to its end, or to a signal.
    fn run(&self, spec: SnippetSpec) -> Result<SnippetSnapshot, Signalled> {
        let teller = self.teller.clone();
        // One change that waits stands for all of them.
        let tell = move || {
            let _ = teller.try_send(());
        };
        let running = Running::start(&self.launcher, spec, tell);
        loop {
            let snapshot = running.snapshot();
            if snapshot.end.is_some() {
                return Ok(snapshot);
            }
            let signal = self.signal.load(Ordering::Relaxed);
            if let Some(signal) = i32::try_from(signal).ok().filter(|signal| *signal > 0) {
                running.end();
                return Err(Signalled(signal));
            }
            // Whether it was told of or time is up, one looks again.
            let _ = self.news.recv_timeout(LOOK_EVERY);
        }
    }
}

/// Without leave nothing of a deck runs, which is told once, at the first block.
fn refusal(place: Span) -> Diagnostic {
    Diagnostic::error(place, "this deck's code was not run")
        .with_help("--trust lets the deck's own programs run")
}
