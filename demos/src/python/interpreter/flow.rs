//! What comes of an instruction.

use std::time::Duration;

use crate::python::memory::{Full, Ref, StackRef};

/// Why an instruction did not come to its end.
#[derive(Clone, Debug, PartialEq)]
pub enum Interrupt {
    /// It raised an exception.
    Raise(Box<Exception>),
    /// It must wait. Nothing has been consumed: it is tried again when the wait is over.
    Wait(On),
    /// The transaction has been aborted: the frames are rolled back, and the thread goes on from there.
    Retry,
    /// The runtime refuses it by its nature; this is the reason, a full sentence.
    Refused(Box<str>),
    /// The program has been told to stop.
    Stop,
}

/// What a thread waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum On {
    /// A `threading.Lock` that is taken.
    Lock(Ref),
    /// A thread that has not ended.
    Thread(Ref),
    /// An object in whose section another thread is.
    Section(Ref),
}

/// An exception. No program of the laboratory can catch one, so it is no object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Its class: `TypeError`.
    pub class: &'static str,
    /// What it says; may be empty.
    pub message: String,
}

impl Exception {
    /// That exception, on its way up.
    #[cold]
    pub fn raise(class: &'static str, message: impl Into<String>) -> Interrupt {
        let message = message.into();
        Interrupt::Raise(Box::new(Self { class, message }))
    }
}

/// A `TypeError`.
#[cold]
pub fn type_error(message: impl Into<String>) -> Interrupt {
    Exception::raise("TypeError", message)
}

/// A `ValueError`.
#[cold]
pub fn value_error(message: impl Into<String>) -> Interrupt {
    Exception::raise("ValueError", message)
}

impl From<Full> for Interrupt {
    #[cold]
    fn from(_: Full) -> Self {
        Exception::raise("MemoryError", "")
    }
}

/// What an instruction wants from the world; it has been consumed, and its result is `None`. Whoever
/// drives the interpreter performs it, inside [`Runtime::blocking`] if it may take time.
///
/// [`Runtime::blocking`]: crate::python::runtime::Runtime::blocking
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Text for the output.
    Print(String),
    /// `time.sleep`
    Sleep(Duration),
    /// A thread object whose thread is to be started. Its state says already that it runs. The reference
    /// is the driver's to give back.
    Start(StackRef),
    /// A lock has been released that threads wait for.
    Wake(Ref),
}

/// Where an interpreter stands after a step, or why its run has come to a halt.
#[derive(Clone, Debug, PartialEq)]
pub enum Flow {
    /// The next instruction can come. Only a step answers so.
    Next,
    /// An effect is to be performed; then it goes on.
    Effect(Effect),
    /// The instruction could not be done yet; it is tried again when the wait is over.
    Wait(On),
    /// The thread has come to its end. Its frames are empty.
    Finished,
    /// The thread has ended by an exception. Its frames are empty.
    Raised(Box<Traceback>),
    /// The runtime has refused the program; this is the reason.
    Refused(Box<str>),
    /// It has been told to stop. The frames are as they were.
    Stopped,
}

/// An exception that nobody caught, and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traceback {
    /// The calls, the outermost first: index of the code, index of the instruction.
    pub calls: Vec<(u32, u32)>,
    /// What was raised.
    pub exception: Exception,
    /// Locks that were released on the way up and that threads wait for: as [`Effect::Wake`].
    pub wakes: Vec<Ref>,
}
