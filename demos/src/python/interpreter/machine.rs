//! What all threads of a program share, and one thread at work.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use super::prepare::{Prepared, PreparedCode};
use super::{Clock, Effect, Exception, Flow, Frame, Frames, Interrupt};
use crate::python::memory::{Ref, StackRef};
use crate::python::object::{Heap, premade, thread};
use crate::python::runtime::Runtime;

/// What all threads of a program share.
#[derive(Debug)]
pub struct Interpreter<'a, R> {
    /// The program.
    pub prepared: &'a Prepared,
    /// Where it runs.
    pub runtime: &'a R,
    /// Set when it is to end.
    pub stop: &'a AtomicBool,
    /// The switch interval in microseconds.
    pub interval_us: &'a AtomicU64,
    /// What time it is.
    pub clock: Clock,
    /// How deep calls can be nested.
    pub recursion_max: usize,
    /// The number of the next thread object.
    pub threads_next: &'a AtomicU32,
}

impl<R: Runtime> Interpreter<'_, R> {
    /// The frames of the main thread: the module's code.
    pub fn main_frames(&self) -> Frames {
        Frames {
            stack: vec![StackRef::NULL; 2],
            callers: Vec::new(),
            current: Frame {
                code: 0,
                next: 0,
                base: 2,
            },
            held: Vec::new(),
        }
    }

    /// The frames of a thread that begins.
    pub fn thread_frames(&self, me: &mut R::Local, thread: Ref) -> Frames {
        let heap = &mut self.heap(me);
        let [target, arguments, _] = heap.thread_parts(thread);
        // A thread without a target has nothing to call, and returns at once.
        let next = u32::from(target == premade::NONE);
        let (target, arguments) = (heap.share(target), heap.share(arguments));
        Frames {
            stack: vec![
                StackRef::NULL,
                StackRef::NULL,
                target,
                StackRef::NULL,
                arguments,
            ],
            callers: Vec::new(),
            current: Frame {
                code: self.prepared.bootstrap,
                next,
                base: 2,
            },
            held: vec![thread],
        }
    }

    /// Notes that a thread has ended. Whoever waits for it is to be woken.
    pub fn end_thread(&self, me: &mut R::Local, thread: Ref) {
        let (from, to) = (thread::Phase::Started, thread::Phase::Ended);
        // Nothing can keep a thread from ending.
        let _ = self.heap(me).set_phase(thread, from, to);
    }

    /// Gives back all that frames refer to, and empties them.
    pub fn discard(&self, me: &mut R::Local, frames: &mut Frames) {
        let values = std::mem::take(&mut frames.stack);
        self.heap(me).forget_all(values);
        frames.callers.clear();
    }

    /// Clears the module's globals, the last first, and `sys.argv`, as at the end of a program.
    pub fn clear_globals(&self, me: &mut R::Local) {
        let heap = &mut self.heap(me);
        let namespace = self.prepared.namespace;
        for index in (0..self.prepared.builtins.len() as u32).rev() {
            // All other threads have ended: nothing is in the way.
            if let Ok(old) = heap.set_global(namespace, index, StackRef::NULL) {
                heap.forget(old);
            }
        }
        while let Ok(argument) = heap.remove(self.prepared.argv, -1, "") {
            heap.forget(argument);
        }
    }

    /// A thread's hold on memory.
    pub fn heap<'h>(&'h self, me: &'h mut R::Local) -> Heap<'h, R> {
        Heap {
            runtime: self.runtime,
            me,
        }
    }

    /// Runs until something is to be done that the interpreter does not do itself.
    pub fn run(&self, me: &mut R::Local, frames: &mut Frames) -> Flow {
        self.go::<false>(me, frames)
    }

    /// Executes one instruction. What it began it has also done, when it answers.
    pub fn step(&self, me: &mut R::Local, frames: &mut Frames) -> Flow {
        self.go::<true>(me, frames)
    }

    /// Ends a thread by an exception, as if its last instruction had raised it.
    pub fn raise(&self, me: &mut R::Local, frames: &mut Frames, exception: Exception) -> Flow {
        let mut machine = Machine {
            interpreter: self,
            heap: Heap {
                runtime: self.runtime,
                me,
            },
            frames,
        };
        machine.unwind(exception).unwrap_or(Flow::Next)
    }

    fn go<const ONCE: bool>(&self, me: &mut R::Local, frames: &mut Frames) -> Flow {
        let mut machine = Machine {
            interpreter: self,
            heap: Heap {
                runtime: self.runtime,
                me,
            },
            frames,
        };
        machine.go::<ONCE>()
    }
}

/// What an instruction leads to.
pub(super) enum Done {
    /// To the next.
    Next,
    /// To another frame.
    Frame,
    /// To an effect.
    Effect(Effect),
    /// To the thread's end.
    Finished,
}

/// One thread at work.
pub(super) struct Machine<'a, 'h, R: Runtime> {
    pub(super) interpreter: &'a Interpreter<'a, R>,
    pub(super) heap: Heap<'h, R>,
    pub(super) frames: &'h mut Frames,
}

impl<'a, R: Runtime> Machine<'a, '_, R> {
    fn go<const ONCE: bool>(&mut self) -> Flow {
        let prepared: &'a Prepared = self.interpreter.prepared;
        loop {
            let code = &prepared.codes[self.frames.current.code as usize];
            let halt = self.go_within::<ONCE>(code);
            let flow = match halt {
                Ok(Done::Next) => Flow::Next,
                Ok(Done::Frame) if ONCE => Flow::Next,
                Ok(Done::Frame) => continue,
                Ok(Done::Effect(effect)) => Flow::Effect(effect),
                Ok(Done::Finished) => Flow::Finished,
                Err(interrupt) => match self.interrupted(interrupt) {
                    Some(flow) => flow,
                    None if ONCE => Flow::Next,
                    None => continue,
                },
            };
            return flow;
        }
    }

    /// Goes on in one frame.
    #[inline]
    fn go_within<const ONCE: bool>(&mut self, code: &'a PreparedCode) -> Result<Done, Interrupt> {
        loop {
            let next = self.frames.current.next;
            let instruction = code.instructions[next as usize];
            self.frames.current.next = next + 1;
            match self.execute(code, instruction)? {
                Done::Next if !ONCE => {}
                done => return Ok(done),
            }
        }
    }

    /// What an interrupt means: `None` to go on with the frames as they are then.
    #[cold]
    fn interrupted(&mut self, interrupt: Interrupt) -> Option<Flow> {
        match interrupt {
            Interrupt::Raise(exception) => self.unwind(*exception),
            Interrupt::Wait(on) => {
                self.frames.current.next -= 1;
                Some(Flow::Wait(on))
            }
            Interrupt::Retry => {
                self.heap.runtime.roll_back(self.heap.me, self.frames);
                None
            }
            Interrupt::Refused(reason) => Some(Flow::Refused(reason)),
            Interrupt::Stop => Some(Flow::Stopped),
        }
    }

    /// The eval breaker.
    #[inline]
    pub(super) fn safe_point(&mut self) -> Result<(), Interrupt> {
        self.check_stop()?;
        self.heap.runtime.safe_point(self.heap.me, self.frames)
    }

    /// Whether the program is to end.
    #[inline]
    pub(super) fn check_stop(&self) -> Result<(), Interrupt> {
        if self.interpreter.stop.load(Ordering::Relaxed) {
            Err(Interrupt::Stop)
        } else {
            Ok(())
        }
    }

    // --- The stack ---

    #[inline]
    pub(super) fn push(&mut self, value: StackRef) {
        self.frames.stack.push(value);
    }

    #[inline]
    pub(super) fn pop(&mut self) -> StackRef {
        self.frames
            .stack
            .pop()
            .expect("the compiler balances the stack")
    }

    /// The value so deep; 1 is the top.
    #[inline]
    pub(super) fn peek(&self, depth: usize) -> StackRef {
        let stack = &self.frames.stack;
        stack[stack.len() - depth]
    }

    /// Forgets the topmost values and pushes one in their place.
    #[inline]
    pub(super) fn replace(&mut self, count: usize, value: StackRef) {
        for _ in 1..count {
            let old = self.pop();
            self.heap.forget(old);
        }
        let top = self.frames.stack.len() - 1;
        let old = std::mem::replace(&mut self.frames.stack[top], value);
        self.heap.forget(old);
    }

    /// Takes all values from `start` on off the stack and forgets them.
    #[inline]
    pub(super) fn truncate(&mut self, start: usize) {
        while self.frames.stack.len() > start {
            let value = self.pop();
            self.heap.forget(value);
        }
    }
}
