//! A program at one moment, with all its threads: a value that can be copied, stepped, and compared.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use super::action::Action;
use super::stepped::{Local, Sections, Stepped};
use crate::python::code::Program;
use crate::python::interpreter::{
    Clock, Effect, Exception, Flow, Frames, Interpreter, On, Prepared, Traceback,
};
use crate::python::memory::{Allocator, Memory, Ref, Size, StackRef};
use crate::python::object::{Heap, thread};
use crate::python::runtime::Runtime;

/// The memory of a small program: it is copied at each step.
const SIZE: Size = Size {
    slots: 768,
    words: 2048,
    chunk: 16,
};

/// The most threads, the main one included.
pub const THREADS_MAX: usize = 8;

/// The most that a program prints.
const OUTPUT_BYTES_MAX: usize = 4 << 10;

/// How deep calls can be nested here.
const RECURSION_MAX: usize = 64;

/// The program's threads, memory and output at one moment.
#[derive(Clone)]
pub struct World {
    pub(super) prepared: Arc<Prepared>,
    pub(super) runtime: Stepped,
    pub(super) threads: Vec<Thread>,
    threads_next: u32,
    output: String,
    end: Option<End>,
}

/// One thread.
#[derive(Clone)]
pub struct Thread {
    /// `MainThread`, or what the program called it.
    pub name: String,
    /// Where it stands.
    pub standing: Standing,
    pub(super) object: Ref,
    pub(super) frames: Frames,
    local: Option<Local>,
}

/// Where a thread stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// It can go on.
    Ready,
    /// It waits; whether for long only a try can tell.
    Waiting(On),
    /// It has ended.
    Ended,
}

/// How a program ended early.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// A thread died of an exception: its last line.
    Raised(String),
    /// The program asks for more than the explorer has.
    Refused(String),
}

/// What came of one instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It was done.
    Done,
    /// Nothing was done: the thread has to wait.
    None,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World")
            .field("output", &self.output)
            .field("threads", &self.threads.len())
            .finish_non_exhaustive()
    }
}

impl World {
    /// The program before its first instruction.
    ///
    /// # Errors
    /// If it is too large to be stepped.
    pub fn new(
        program: &Arc<Program>,
        arguments: &[String],
        sections: Sections,
    ) -> Result<Self, String> {
        let runtime = Stepped::new(SIZE, sections);
        let mut local = runtime.enter(0, Allocator::default());
        let mut heap = Heap {
            runtime: &runtime,
            me: &mut local,
        };
        let prepared = Prepared::new(&mut heap, program, arguments)
            .map_err(|_| "the program is too large to be stepped: make it smaller".to_owned())?;
        let mut world = Self {
            prepared: Arc::new(prepared),
            runtime,
            threads: Vec::new(),
            threads_next: 1,
            output: String::new(),
            end: None,
        };
        #[expect(
            clippy::redundant_closure_for_method_calls,
            reason = "the method alone is not general enough over its lifetimes"
        )]
        let frames = world.with_interpreter(|interpreter| interpreter.main_frames());
        world.threads.push(Thread {
            name: "MainThread".to_owned(),
            standing: Standing::Ready,
            object: Ref::NULL,
            frames,
            local: Some(local),
        });
        Ok(world)
    }

    /// The program.
    pub fn program(&self) -> &Arc<Program> {
        &self.prepared.program
    }

    /// Its threads in the order of their start, the main one first.
    pub fn threads(&self) -> &[Thread] {
        &self.threads
    }

    /// What it has printed.
    pub fn output(&self) -> &str {
        &self.output
    }

    /// How it ended early.
    pub fn end(&self) -> Option<&End> {
        self.end.as_ref()
    }

    /// Whether every thread has ended, or the program as a whole.
    pub fn is_over(&self) -> bool {
        self.end.is_some() || self.threads.iter().all(Thread::has_ended)
    }

    /// Its memory.
    pub(super) fn memory(&self) -> &Memory<std::cell::Cell<u64>> {
        self.runtime.memory()
    }

    /// What a thread is about to do; `None` if it has ended.
    pub fn next_action(&self, thread: usize) -> Option<Action> {
        let lives = !self.threads.get(thread)?.has_ended();
        lives.then(|| Action::of(self, thread))
    }

    /// Whether the thread would get anywhere if it were its turn.
    pub fn can_step(&self, thread: usize) -> bool {
        if self.end.is_some() || self.threads[thread].has_ended() {
            return false;
        }
        let may_wait = matches!(self.threads[thread].standing, Standing::Waiting(_))
            || self
                .next_action(thread)
                .is_some_and(|action| action.may_wait());
        !may_wait || self.clone().step(thread) == Progress::Done
    }

    /// Does one instruction of a thread.
    pub fn step(&mut self, thread: usize) -> Progress {
        let Some(mut local) = self.threads[thread].local.take() else {
            return Progress::None;
        };
        let mut frames = std::mem::take(&mut self.threads[thread].frames);
        let locked_before = local.locked();
        let flow = self.with_interpreter(|interpreter| interpreter.step(&mut local, &mut frames));
        let got_a_lock = local.locked() > locked_before;
        self.threads[thread].frames = frames;
        self.threads[thread].local = Some(local);
        self.threads[thread].standing = Standing::Ready;
        match flow {
            Flow::Next => {}
            Flow::Effect(effect) => self.perform(effect),
            Flow::Wait(on) => {
                self.threads[thread].standing = Standing::Waiting(on);
                return if got_a_lock {
                    Progress::Done
                } else {
                    Progress::None
                };
            }
            Flow::Finished => self.finish(thread),
            Flow::Raised(traceback) => self.raise(thread, &traceback),
            Flow::Refused(reason) => self.end = Some(End::Refused(reason.into_string())),
            Flow::Stopped => unreachable!("nobody tells it to stop"),
        }
        Progress::Done
    }

    /// Does what an instruction wants of the world outside of the interpreter. Time does not pass here: a
    /// sleep is over when its thread is next.
    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Print(text) => self.print(&text),
            Effect::Sleep(_) | Effect::Wake(_) => {}
            Effect::Start(object) => self.start(object),
        }
    }

    fn print(&mut self, text: &str) {
        if self.output.len() + text.len() > OUTPUT_BYTES_MAX {
            self.refuse(format!("it prints more than {OUTPUT_BYTES_MAX} bytes"));
        } else {
            self.output.push_str(text);
        }
    }

    fn start(&mut self, object: StackRef) {
        if self.threads.len() == THREADS_MAX {
            self.refuse(format!("it starts more than {} threads", THREADS_MAX - 1));
            return;
        }
        let number = thread::number(self.memory(), object.object());
        let mut local = self.runtime.enter(number, Allocator::default());
        let (name, frames) = self.with_interpreter(|interpreter| {
            let heap = interpreter.heap(&mut local);
            let [_, _, name] = heap.thread_parts(object.object());
            let name = heap.text(name);
            (name, interpreter.thread_frames(&mut local, object.object()))
        });
        // The reference that came with the effect is kept until the thread ends.
        self.threads.push(Thread {
            name,
            standing: Standing::Ready,
            object: object.object(),
            frames,
            local: Some(local),
        });
    }

    /// The end of a thread: whoever joins it goes on.
    fn finish(&mut self, thread: usize) {
        let object = self.threads[thread].object;
        let Some(mut local) = self.threads[thread].local.take() else {
            return;
        };
        let mut frames = std::mem::take(&mut self.threads[thread].frames);
        self.with_interpreter(|interpreter| {
            interpreter.discard(&mut local, &mut frames);
            if !object.is_null() {
                interpreter.end_thread(&mut local, object);
                interpreter
                    .heap(&mut local)
                    .forget(StackRef::counted(object));
            }
        });
        self.runtime.leave(local);
        self.threads[thread].standing = Standing::Ended;
    }

    fn raise(&mut self, thread: usize, traceback: &Traceback) {
        let Exception { class, message } = &traceback.exception;
        let text = match message.as_str() {
            "" => (*class).to_owned(),
            message => format!("{class}: {message}"),
        };
        self.finish(thread);
        if thread == 0 {
            self.end = Some(End::Raised(text));
        } else {
            let name = &self.threads[thread].name;
            let line = format!("Exception in thread {name}: {text}\n");
            self.print(&line);
        }
    }

    /// What a thread waits for, if it waits.
    pub fn waits_for(&self, thread: usize) -> Option<On> {
        match self.threads[thread].standing {
            Standing::Waiting(on) => Some(on),
            Standing::Ready | Standing::Ended => None,
        }
    }

    /// Ends the program as one that can't be played on.
    pub(super) fn refuse(&mut self, reason: String) {
        self.end = Some(End::Refused(reason));
    }

    /// An object's value as `repr` shows it.
    pub(super) fn show(&mut self, object: Ref) -> String {
        let mut local = self.runtime.enter(0, Allocator::default());
        self.with_interpreter(|interpreter| interpreter.heap(&mut local).repr(object))
            .unwrap_or_else(|_| "…".to_owned())
    }

    pub(super) fn with_interpreter<T>(
        &mut self,
        work: impl FnOnce(&Interpreter<'_, Stepped>) -> T,
    ) -> T {
        let threads_next = AtomicU32::new(self.threads_next);
        let result = work(&Interpreter {
            prepared: &self.prepared,
            runtime: &self.runtime,
            stop: &AtomicBool::new(false),
            interval_us: &AtomicU64::new(5_000),
            clock: Clock::Still,
            recursion_max: RECURSION_MAX,
            threads_next: &threads_next,
        });
        self.threads_next = threads_next.load(Ordering::Relaxed);
        result
    }
}

impl Thread {
    /// Whether it has ended.
    pub fn has_ended(&self) -> bool {
        self.standing == Standing::Ended
    }

    /// How many calls wait for the one that runs.
    pub fn depth(&self) -> usize {
        self.frames.callers.len()
    }

    /// The call that runs: index of its code, and of the instruction to come.
    pub fn place(&self) -> (usize, usize) {
        let frame = self.frames.current;
        (frame.code as usize, frame.next as usize)
    }
}
