//! Drives the interpreter: one thread of the operating system for each of the program's.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{Builder, Scope};
use std::time::Instant;

use super::{End, Hooks, ThreadNotice};
use crate::python::interpreter::{Effect, Exception, Flow, Frames, Interpreter, On, Traceback};
use crate::python::memory::{Allocator, Ref, StackRef};
use crate::python::object::thread;
use crate::python::runtime::Runtime;
use crate::python::traceback;
use crate::run::process::thread_id;

/// The threads of a program.
pub(super) struct Crew<'a, R> {
    interpreter: &'a Interpreter<'a, R>,
    hooks: &'a Hooks,
    threads_max: usize,
    state: Mutex<State>,
    ended: Condvar,
}

#[derive(Default)]
struct State {
    /// Threads besides the main one that have not ended.
    running: usize,
    /// How many have been started.
    started: u32,
    /// What ended threads left of their memory.
    allocators: Vec<Allocator>,
    notices: Vec<ThreadNotice>,
    refused: Option<String>,
}

/// How a thread ended.
enum Ending {
    Finished,
    Raised(Box<Traceback>),
    Refused,
    Stopped,
}

impl<'a, R: Runtime + Sync> Crew<'a, R> {
    /// With no thread yet.
    pub(super) fn new(
        interpreter: &'a Interpreter<'a, R>,
        hooks: &'a Hooks,
        threads_max: usize,
    ) -> Self {
        Self {
            interpreter,
            hooks,
            threads_max,
            state: Mutex::default(),
            ended: Condvar::new(),
        }
    }

    /// When all have ended: how the program did, given how the main thread did, and who there was.
    pub(super) fn disband(self, end: End) -> (End, Vec<ThreadNotice>) {
        let state = self
            .state
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        (state.refused.map_or(end, End::Refused), state.notices)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The main thread; returns when all have ended.
    pub(super) fn main<'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, 'a>,
        me: &mut R::Local,
    ) -> End {
        self.notify(0, "MainThread".to_owned(), false);
        let mut frames = self.interpreter.main_frames();
        let ending = self.drive(scope, me, &mut frames);
        let end = match ending {
            Ending::Finished => End::Finished,
            Ending::Raised(traceback) => {
                let program = &self.interpreter.prepared.program;
                End::Raised(traceback::text(program, &traceback))
            }
            Ending::Refused | Ending::Stopped => End::Stopped,
        };
        let runtime = self.interpreter.runtime;
        runtime.blocking(me, &frames, || {
            let state = self.state();
            let _ended = self.ended.wait_while(state, |state| state.running > 0);
        });
        self.notify(0, "MainThread".to_owned(), true);
        if self.hooks.stop.is_stopped() {
            End::Stopped
        } else {
            end
        }
    }

    /// Any other thread.
    fn thread<'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, 'a>,
        number: u32,
        thread: StackRef,
        begun: &mpsc::SyncSender<()>,
    ) {
        let runtime = self.interpreter.runtime;
        let allocator = self.state().allocators.pop().unwrap_or_default();
        let mut me = runtime.enter(number, allocator);
        let name = self.name(&mut me, thread.object());
        self.notify(number, name.clone(), false);
        let mut frames = self.interpreter.thread_frames(&mut me, thread.object());
        // From here on the thread's own frames hold it. Whoever started it waits to hear that.
        let _ = begun.send(());
        if let Ending::Raised(traceback) = self.drive(scope, &mut me, &mut frames) {
            let text = traceback::text(&self.interpreter.prepared.program, &traceback);
            let text = format!("Exception in thread {name}:\n{text}\n");
            self.print(&mut me, &frames, text);
        }
        self.interpreter.end_thread(&mut me, thread.object());
        self.hooks.stop.parking().wake(thread.object());
        self.interpreter.heap(&mut me).forget(thread);
        let allocator = runtime.leave(me);
        self.notify(number, name, true);
        let mut state = self.state();
        state.allocators.push(allocator);
        state.running -= 1;
        self.ended.notify_all();
    }

    /// Runs frames to their end and does what they want done.
    fn drive<'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, 'a>,
        me: &mut R::Local,
        frames: &mut Frames,
    ) -> Ending {
        let interpreter = self.interpreter;
        interpreter.runtime.begin(me, frames);
        let mut flow = interpreter.run(me, frames);
        loop {
            match flow {
                Flow::Next => {}
                Flow::Effect(Effect::Start(thread)) => {
                    frames.held.push(thread.object());
                    let started = self.start(scope, me, frames, thread);
                    frames.held.pop();
                    if let Err(exception) = started {
                        flow = interpreter.raise(me, frames, exception);
                        continue;
                    }
                }
                Flow::Effect(effect) => self.perform(me, frames, effect),
                Flow::Wait(on) => self.wait(me, frames, on),
                Flow::Finished => return Ending::Finished,
                Flow::Raised(traceback) => {
                    for lock in &traceback.wakes {
                        self.hooks.stop.parking().wake(*lock);
                    }
                    return Ending::Raised(traceback);
                }
                Flow::Refused(reason) => {
                    self.state().refused.get_or_insert(reason.into());
                    self.hooks.stop.stop();
                    interpreter.discard(me, frames);
                    return Ending::Refused;
                }
                Flow::Stopped => {
                    interpreter.discard(me, frames);
                    return Ending::Stopped;
                }
            }
            flow = if self.hooks.stop.is_stopped() {
                Flow::Stopped
            } else {
                interpreter.run(me, frames)
            };
        }
    }

    fn perform(&self, me: &mut R::Local, frames: &Frames, effect: Effect) {
        let runtime = self.interpreter.runtime;
        match effect {
            Effect::Print(text) => self.print(me, frames, text),
            Effect::Sleep(duration) => {
                let due = Instant::now() + duration;
                runtime.blocking(me, frames, || self.hooks.stop.sleep(duration));
                // It goes on only now: under the GIL it had to wait for the lock again.
                self.hooks.lateness.record(due.elapsed());
            }
            Effect::Wake(lock) => self.hooks.stop.parking().wake(lock),
            Effect::Start(thread) => self.interpreter.heap(me).forget(thread),
        }
    }

    fn print(&self, me: &mut R::Local, frames: &Frames, text: String) {
        let runtime = self.interpreter.runtime;
        if let Some(text) = runtime.print(me, text) {
            runtime.blocking(me, frames, || self.hooks.output.write(&text));
        }
    }

    fn wait(&self, me: &mut R::Local, frames: &Frames, on: On) {
        let (On::Lock(object) | On::Thread(object) | On::Section(object)) = on;
        let runtime = self.interpreter.runtime;
        let is_over = || self.hooks.stop.is_stopped() || thread::is_over(runtime.memory(), on);
        runtime.blocking(me, frames, || {
            self.hooks.stop.parking().wait(object, is_over);
        });
    }

    /// Starts a thread, and waits until it has begun, as `Thread.start` does.
    fn start<'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, 'a>,
        me: &mut R::Local,
        frames: &Frames,
        thread: StackRef,
    ) -> Result<(), Exception> {
        let number = {
            let mut state = self.state();
            state.running += 1;
            state.started += 1;
            state.started
        };
        let (begun, begins) = mpsc::sync_channel(1);
        let allowed = self.state().running < self.threads_max;
        let name = self.name(me, thread.object()).replace('\0', "?");
        let spawned = allowed.then(|| {
            Builder::new()
                .name(name)
                .spawn_scoped(scope, move || self.thread(scope, number, thread, &begun))
        });
        if let Some(Ok(_)) = spawned {
            // An error means that the thread is over already.
            let runtime = self.interpreter.runtime;
            let _ = runtime.starting(me, frames, || begins.recv());
            return Ok(());
        }
        self.state().running -= 1;
        self.interpreter.end_thread(me, thread.object());
        self.interpreter.heap(me).forget(thread);
        Err(Exception {
            class: "RuntimeError",
            message: "can't start new thread".to_owned(),
        })
    }

    fn name(&self, me: &mut R::Local, thread: Ref) -> String {
        let heap = self.interpreter.heap(me);
        heap.text(heap.thread_parts(thread)[2])
    }

    fn notify(&self, number: u32, name: String, ended: bool) {
        let notice = ThreadNotice {
            number,
            name,
            system_id: thread_id(),
            ended,
        };
        (self.hooks.thread)(&notice);
        let mut state = self.state();
        match state.notices.iter_mut().find(|old| old.number == number) {
            Some(old) => *old = notice,
            None => state.notices.push(notice),
        }
    }
}
