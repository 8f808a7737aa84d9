//! Has images decoded by a child process, which keeps a hostile file's memory and time away from the
//! interface.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::Builder;
use std::time::Duration;

use super::child::{Ask, Desk};
use crate::app::{Event, IMAGES_AWAITED_MAX, ImageKey};
use crate::deck::ImageFile;
use crate::pixels::{Answer, Drawn, Form, Request};

/// How long one image may take; then the child is ended.
const IMAGE_MAX: Duration = Duration::from_secs(8);

/// Takes images to be decoded, on a thread of its own.
#[derive(Debug)]
pub(super) struct Pictures {
    jobs: SyncSender<Job>,
}

/// An image to be decoded.
struct Job {
    key: ImageKey,
    folder: Option<PathBuf>,
    forms: Vec<Form>,
}

impl Pictures {
    /// Starts the thread; `tell` is called from it. The child is this program's own `pixels` command.
    pub(super) fn start(tell: impl Fn(Event) + Send + 'static) -> io::Result<Self> {
        let (jobs, waiting) = sync_channel(IMAGES_AWAITED_MAX);
        let mut desk = Desk::of_command("pixels", IMAGE_MAX)?;
        let decode = move |desk: &mut Desk, job: Job| {
            let drawn = decode(desk, &job);
            tell(Event::Decoded {
                key: job.key,
                drawn,
            });
        };
        Builder::new()
            .name("pictures".to_owned())
            .spawn(move || desk.work(&waiting, decode))?;
        Ok(Self { jobs })
    }

    /// Whether there was room for one more.
    pub(super) fn take_on(&self, key: ImageKey, folder: Option<PathBuf>, forms: Vec<Form>) -> bool {
        let job = Job { key, folder, forms };
        self.jobs.try_send(job).is_ok()
    }
}

/// Finds out which images can be decoded, one after the other.
pub struct Examiner(Desk);

impl Examiner {
    /// With a child of its own.
    ///
    /// # Errors
    /// If the system does not tell where this program is.
    pub fn new() -> io::Result<Self> {
        Ok(Self(Desk::of_command("pixels", IMAGE_MAX)?))
    }

    /// Decodes an image of a deck in this folder; `None` where it is compiled in.
    ///
    /// # Errors
    /// Finishes the sentence "failed to show it: …".
    pub fn examine(&mut self, folder: Option<PathBuf>, file: &ImageFile) -> Result<(), String> {
        let job = Job {
            key: ImageKey {
                file: file.clone(),
                width: 0,
                height: 0,
            },
            folder,
            forms: Vec::new(),
        };
        decode(&mut self.0, &job).map(drop)
    }
}

/// The image in its forms, or why it can't be shown.
fn decode(desk: &mut Desk, job: &Job) -> Result<Vec<Drawn>, String> {
    let request = Request {
        key: job.key.file.content,
        folder: job.folder.clone(),
        path: job.key.file.path.clone(),
        forms: job.forms.clone(),
    };
    match desk.ask(&request) {
        Ok(answer) => answer.drawn,
        Err(error) if error.kind() == io::ErrorKind::TimedOut => Err(format!(
            "it takes longer than {} s to decode",
            IMAGE_MAX.as_secs()
        )),
        Err(_) => Err("it can't be decoded within the memory there is for it".to_owned()),
    }
}

impl Ask for Request {
    type Answer = Answer;

    fn is_answered_by(&self, answer: &Answer) -> bool {
        answer.key == self.key
    }
}
