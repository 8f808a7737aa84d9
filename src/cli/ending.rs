//! How the program ends: exit codes, signals, and the one place that says what went wrong.

use std::io;
use std::process::ExitCode;

use crate::terminal::tell;

/// How a command ended that was not kept from its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// Done; a withheld verdict too.
    Done,
    /// The work found something wrong: a failed lane, unequal checksums, a claim that fails, an
    /// error in a deck.
    FoundWrong,
    /// A signal came; whatever ran is gone, and the program dies by that signal.
    Signal(i32),
}

/// A signal came while something ran, of which nothing is left. No error to tell: the program dies by
/// that signal.
#[derive(Debug, thiserror::Error)]
#[error("signal {0} came")]
pub(super) struct Signalled(pub(super) i32);

/// Turns an ending into the program's own. An error means that the command could not be done at
/// all: wrong use, or a file that can't be read or written.
pub(super) fn conclude(ending: anyhow::Result<Ending>) -> ExitCode {
    let signalled = |error: anyhow::Error| {
        let Signalled(signal) = error.downcast()?;
        Ok(Ending::Signal(signal))
    };
    match ending.or_else(signalled) {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::FoundWrong) => ExitCode::from(1),
        Ok(Ending::Signal(signal)) => {
            // Returns only where a signal's default is not to end the program.
            let _ = signal_hook::low_level::emulate_default_handler(signal);
            ExitCode::from(128 + u8::try_from(signal).unwrap_or(0))
        }
        Err(error) if reader_left(&error) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&format!("parade: {}\n", sentence(&error)));
            ExitCode::from(2)
        }
    }
}

/// Whoever read the output has seen enough (`parade demos | head`), be it text or JSON.
fn reader_left(error: &anyhow::Error) -> bool {
    let text = error.downcast_ref().map(io::Error::kind);
    let json = error
        .downcast_ref()
        .and_then(serde_json::Error::io_error_kind);
    text.or(json) == Some(io::ErrorKind::BrokenPipe)
}

/// The error and its causes as one line: `failed to read talk.md: no such file`.
fn sentence(error: &anyhow::Error) -> String {
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    causes.join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_told_with_its_causes() {
        let error =
            anyhow::Error::from(io::Error::other("disk on fire")).context("failed to read a.md");
        assert_eq!(sentence(&error), "failed to read a.md: disk on fire");
    }

    #[test]
    fn only_a_closed_pipe_is_quiet() {
        let cases = [
            (io::ErrorKind::BrokenPipe, true),
            (io::ErrorKind::NotFound, false),
        ];
        for (kind, expected) in cases {
            let text = io::Error::from(kind);
            let json = serde_json::Error::io(io::Error::from(kind));
            assert_eq!(reader_left(&text.into()), expected, "{kind:?}");
            assert_eq!(reader_left(&json.into()), expected, "{kind:?} as JSON");
        }
    }
}
