//! The console's side: hears a talk on a thread of its own, and asks it for things.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use crate::app::{Ask, Hello, PROTOCOL, Tell, Told, ToldDeck};
use crate::engine::Bell;

/// How long a talk may take to say who it is and what its deck is.
const GREETING_MAX: Duration = Duration::from_secs(5);
/// The longest line of a talk: a deck of the largest size, each of its characters escaped.
const LINE_BYTES_MAX: u64 = 100 << 20;

/// Why a talk can't be followed.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// The system says no.
    #[error("failed to hear from the talk: {0}")]
    Io(io::Error),
    /// Nothing came in time.
    #[error("failed to hear from the talk: it does not answer; it may be stopped")]
    Silent,
    /// It is another program, or a broken one.
    #[error("failed to understand the talk: {0}")]
    Foreign(#[from] serde_json::Error),
    /// It said something else than it had to.
    #[error("failed to understand the talk: it did not say who it is and what it shows")]
    Unexpected,
    /// It is another parade's.
    #[error(
        "failed to follow the talk: it speaks version {0} of the console's protocol, this parade version {PROTOCOL}; use the parade that presents"
    )]
    Version(u32),
    /// It does not want to.
    #[error("failed to follow the talk: {0}")]
    Refused(String),
    /// It has ended.
    #[error("failed to follow the talk: it has ended")]
    Ended,
}

impl From<io::Error> for LinkError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Self::Silent,
            _ => Self::Io(error),
        }
    }
}

/// A talk that is followed.
#[derive(Debug)]
pub struct Link {
    stream: UnixStream,
    inbox: Arc<Mutex<Inbox>>,
    reader: Option<BufReader<UnixStream>>,
    thread: Option<JoinHandle<()>>,
    /// Who the talk is.
    pub hello: Hello,
    /// Its deck, as it was told first.
    pub deck: ToldDeck,
}

/// What came and was not taken yet; of several states the newest.
#[derive(Debug, Default)]
pub(in crate::engine) struct Inbox {
    pub(in crate::engine) deck: Option<ToldDeck>,
    pub(in crate::engine) state: Option<Box<Told>>,
    /// Why nothing more comes.
    pub(in crate::engine) lost: Option<String>,
}

impl Link {
    /// Greets the talk behind a socket, and waits for its deck.
    ///
    /// # Errors
    /// If there is none, or none that this parade understands.
    pub fn connect(socket: &Path) -> Result<Self, LinkError> {
        let mut stream = UnixStream::connect(socket)?;
        stream.set_read_timeout(Some(GREETING_MAX))?;
        stream.set_write_timeout(Some(GREETING_MAX))?;
        let mut reader = BufReader::new(stream.try_clone()?);
        let Tell::Hello(hello) = read(&mut reader)? else {
            return Err(LinkError::Unexpected);
        };
        if hello.protocol != PROTOCOL {
            return Err(LinkError::Version(hello.protocol));
        }
        // Whoever is turned away hears why, though nobody takes the greeting.
        let greeted = stream.write_all(&line(&Ask::Hello { protocol: PROTOCOL }));
        let Tell::Deck(deck) = read(&mut reader)? else {
            return Err(LinkError::Unexpected);
        };
        greeted?;
        stream.set_read_timeout(None)?;
        Ok(Self {
            stream,
            inbox: Arc::default(),
            reader: Some(reader),
            thread: None,
            hello,
            deck,
        })
    }

    /// Hears from now on, and rings when there is something to [`Link::collect`].
    ///
    /// # Errors
    /// If the system refuses a thread.
    pub(in crate::engine) fn listen(&mut self, bell: Bell) -> io::Result<()> {
        let Some(mut reader) = self.reader.take() else {
            return Ok(());
        };
        let inbox = Arc::clone(&self.inbox);
        let thread = Builder::new().name("talk".to_owned()).spawn(move || {
            loop {
                let heard = read(&mut reader);
                let ends = heard.is_err();
                lock(&inbox).take(heard);
                bell.ring();
                if ends {
                    return;
                }
            }
        })?;
        self.thread = Some(thread);
        Ok(())
    }

    /// What came since the last call.
    pub(in crate::engine) fn collect(&self) -> Inbox {
        std::mem::take(&mut lock(&self.inbox))
    }

    /// Asks for something; never waits.
    ///
    /// # Errors
    /// If the talk does not take it.
    pub(in crate::engine) fn ask(&self, ask: &Ask) -> io::Result<()> {
        use rustix::net::{SendFlags, send};
        let line = line(ask);
        // So short a line is taken whole or not at all.
        send(
            &self.stream,
            &line,
            SendFlags::DONTWAIT | SendFlags::NOSIGNAL,
        )?;
        Ok(())
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // The thread sees its end; a talk that is gone already needs none.
        let _ = self.stream.shutdown(Shutdown::Both);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Inbox {
    fn take(&mut self, heard: Result<Tell, LinkError>) {
        match heard {
            Ok(Tell::Deck(deck)) => self.deck = Some(deck),
            Ok(Tell::State(told)) => self.state = Some(told),
            // Said twice, it changes nothing.
            Ok(Tell::Hello(_) | Tell::Refused(_)) => {}
            Err(LinkError::Ended) => self.lost = Some("the talk has ended".to_owned()),
            Err(error) => self.lost = Some(error.to_string()),
        }
    }
}

/// The talk's next line.
fn read(reader: &mut BufReader<UnixStream>) -> Result<Tell, LinkError> {
    let mut line = Vec::new();
    reader
        .by_ref()
        .take(LINE_BYTES_MAX)
        .read_until(b'\n', &mut line)?;
    if line.last() != Some(&b'\n') {
        return Err(LinkError::Ended);
    }
    match serde_json::from_slice(&line)? {
        Tell::Refused(why) => Err(LinkError::Refused(why)),
        tell => Ok(tell),
    }
}

fn line(ask: &Ask) -> Vec<u8> {
    let mut line =
        serde_json::to_vec(ask).expect("what is asked has no map with other keys than text");
    line.push(b'\n');
    line
}

fn lock(inbox: &Mutex<Inbox>) -> MutexGuard<'_, Inbox> {
    inbox.lock().unwrap_or_else(PoisonError::into_inner)
}
