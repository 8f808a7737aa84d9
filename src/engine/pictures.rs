//! Has images decoded by a child process, which keeps a hostile file's memory and time away from the
//! interface.

use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::Builder;
use std::time::Duration;

use parade_demos::visible::visible_string;

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
    request: Request,
}

impl Pictures {
    /// Starts the thread; `tell` is called from it. The child is this program's own `pixels` command.
    pub(super) fn start(tell: impl Fn(Event) + Send + 'static) -> io::Result<Self> {
        let (jobs, waiting) = sync_channel(IMAGES_AWAITED_MAX);
        let mut desk = Desk::of_command("pixels", IMAGE_MAX)?;
        let decode = move |desk: &mut Desk, job: Job| {
            tell(Event::Decoded {
                key: job.key,
                drawn: decode(desk, &job.request),
            });
        };
        Builder::new()
            .name("pictures".to_owned())
            .spawn(move || desk.work(&waiting, decode))?;
        Ok(Self { jobs })
    }

    /// Whether there was room for one more.
    pub(super) fn take_on(&self, key: ImageKey, folder: Option<PathBuf>, forms: Vec<Form>) -> bool {
        let request = request(&key.file, folder, forms);
        self.jobs.try_send(Job { key, request }).is_ok()
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
        decode(&mut self.0, &request(file, folder, Vec::new())).map(drop)
    }
}

fn request(file: &ImageFile, folder: Option<PathBuf>, forms: Vec<Form>) -> Request {
    Request {
        key: file.content,
        folder,
        path: file.path.clone(),
        forms,
    }
}

/// The image in its forms, or why it can't be shown: in the words of a decoder, which may quote the file.
fn decode(desk: &mut Desk, request: &Request) -> Result<Vec<Drawn>, String> {
    match desk.ask(request) {
        Ok(answer) => answer.drawn.map_err(visible_string),
        Err(error) => Err(why(&error)),
    }
}

/// What a child's failure says of its image.
fn why(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::TimedOut => {
            format!("it takes longer than {} s to decode", IMAGE_MAX.as_secs())
        }
        ErrorKind::UnexpectedEof | ErrorKind::BrokenPipe => {
            "its decoder ended, perhaps for want of memory".to_owned()
        }
        _ => format!("its decoder failed: {error}"),
    }
}

impl Ask for Request {
    type Answer = Answer;

    fn is_answered_by(&self, answer: &Answer) -> bool {
        answer.key == self.key
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    const LONG: Duration = Duration::from_secs(10);

    /// What is told of an image whose decoder is this program, which is waited for so long.
    fn told(program: &str, arguments: &[&str], patience: Duration) -> String {
        let mut command = Command::new(program);
        command.args(arguments);
        let mut desk = Desk::with_child(command, patience);
        let request = request(&ImageFile::default(), None, Vec::new());
        decode(&mut desk, &request).unwrap_err()
    }

    /// What is told of one that reads the request and answers this.
    fn answered(answer: &str) -> String {
        let script = "read -r request && printf '%s\\n' \"$1\"";
        told("sh", &["-c", script, "sh", answer], LONG)
    }

    #[test]
    fn a_decoder_that_fails_is_told_for_what_it_did() {
        for (expected, told) in [
            (
                "its decoder ended, perhaps for want of memory",
                told("true", &[], LONG),
            ),
            (
                "it takes longer than 8 s to decode",
                told("sleep", &["9"], Duration::from_millis(1)),
            ),
            (
                "no ␛[2J chunk",
                answered(r#"{"key":0,"drawn":{"Err":"no \u001b[2J chunk"}}"#),
            ),
        ] {
            assert_eq!(told, expected);
        }
        for (begins, told) in [
            ("its decoder failed: expected", answered("no answer")),
            (
                "its decoder failed: No such file",
                told("/no/such/program", &[], LONG),
            ),
        ] {
            assert!(told.starts_with(begins), "{told}");
        }
    }
}
