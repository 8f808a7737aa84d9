//! `sys`, `threading` and `time`; locks and threads.

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::super::argument::Arguments;
use super::super::call::Called;
use super::super::machine::Machine;
use super::super::{Builtin, Effect, Exception, Interrupt, On, type_error, value_error};
use crate::python::memory::{Kind, PAYLOAD, Ref, StackRef, Word};
use crate::python::object::premade;
use crate::python::object::thread::{self, Phase, UNLOCKED};
use crate::python::runtime::Runtime;

/// The longest that a program can sleep, in seconds.
const SLEEP_MAX_S: f64 = 1e9;

impl<R: Runtime> Machine<'_, '_, R> {
    pub(super) fn call_system(
        &mut self,
        builtin: Builtin,
        arguments: Arguments,
    ) -> Result<Called, Interrupt> {
        match builtin {
            Builtin::ThreadingThread => self.new_thread(arguments),
            Builtin::LockAcquire => self.acquire(arguments),
            Builtin::LockExit => self.release(arguments),
            Builtin::SysGetRefcount | Builtin::SysSetSwitchInterval | Builtin::TimeSleep => {
                self.plain(builtin, arguments, 1, 1)?;
                self.call_with_one(builtin, self.one(arguments))
            }
            _ => {
                self.plain(builtin, arguments, 0, 0)?;
                self.call_with_none(builtin, arguments)
            }
        }
    }

    fn call_with_one(&mut self, builtin: Builtin, value: Ref) -> Result<Called, Interrupt> {
        if builtin == Builtin::SysGetRefcount {
            // The argument's own reference is among them, as in CPython.
            return match self.heap.runtime.references(value) {
                Some(count) => self.heap.int(count.cast_signed()).map(Called::Value),
                None => Ok(Called::Value(self.heap.none())),
            };
        }
        let seconds = self.seconds(value)?;
        if builtin == Builtin::SysSetSwitchInterval {
            if seconds <= 0.0 {
                return Err(value_error("switch interval must be strictly positive"));
            }
            let interval_us = (seconds * 1e6).max(1.0) as u64;
            self.interpreter
                .interval_us
                .store(interval_us, Ordering::Relaxed);
            return Ok(Called::Value(self.heap.none()));
        }
        if seconds < 0.0 {
            return Err(value_error("sleep length must be non-negative"));
        }
        self.heap.runtime.irrevocable(self.heap.me)?;
        let duration = Duration::from_secs_f64(seconds.min(SLEEP_MAX_S));
        Ok(Called::Effect(Effect::Sleep(duration)))
    }

    fn seconds(&self, value: Ref) -> Result<f64, Interrupt> {
        match self.heap.number(value) {
            Some(number) if number.float().is_nan() => {
                Err(value_error("Invalid value NaN (not a number)"))
            }
            Some(number) => Ok(number.float()),
            None => Err(type_error(format!(
                "'{}' object cannot be interpreted as an integer",
                self.heap.type_name(value)
            ))),
        }
    }

    fn call_with_none(
        &mut self,
        builtin: Builtin,
        arguments: Arguments,
    ) -> Result<Called, Interrupt> {
        let clock = self.interpreter.clock;
        Ok(Called::Value(match builtin {
            Builtin::ThreadingLock => self.heap.new_lock()?,
            Builtin::TimeMonotonic | Builtin::TimePerfCounter => {
                self.heap.float(clock.monotonic_s())?
            }
            Builtin::TimeTime => self.heap.float(clock.time_s())?,
            Builtin::SysGetSwitchInterval => {
                let interval_us = self.interpreter.interval_us.load(Ordering::Relaxed);
                self.heap.float(interval_us as f64 / 1e6)?
            }
            Builtin::LockEnter => return self.acquire(arguments),
            Builtin::LockRelease => return self.release(arguments),
            Builtin::LockLocked => {
                let lock = self.one(arguments);
                let state = self.heap.memory().slot(lock)[PAYLOAD].load_acquire();
                self.heap.bool(state != UNLOCKED)
            }
            Builtin::ThreadIsAlive => {
                let phase = thread::phase(self.heap.memory(), self.one(arguments));
                self.heap.bool(phase == Phase::Started)
            }
            Builtin::ThreadJoin => return self.join_thread(self.one(arguments)),
            _ => return self.start(self.one(arguments)),
        }))
    }

    /// `threading.Thread(target=…, args=…, name=…)`
    fn new_thread(&mut self, arguments: Arguments) -> Result<Called, Interrupt> {
        let builtin = Builtin::ThreadingThread;
        self.only_names(builtin, arguments, &["target", "args", "name"])?;
        let given = self
            .argument(arguments, 0)
            .filter(|group| *group != premade::NONE);
        if given.is_some() {
            return Err(Exception::raise(
                "AssertionError",
                "group argument must be None for now",
            ));
        }
        let target = self.either(arguments, 1, "target").unwrap_or(premade::NONE);
        let name = self.either(arguments, 2, "name");
        let parts = self
            .either(arguments, 3, "args")
            .unwrap_or(premade::EMPTY_TUPLE);
        let tuple = if self.heap.memory().is(parts, Kind::Tuple) {
            self.heap.share(parts)
        } else {
            let items = self.heap.collect(parts, usize::MAX)?;
            self.heap.sequence_or_forget(Kind::Tuple, items)?
        };
        let thread = self.named_thread(target, tuple.object(), name);
        self.heap.forget(tuple);
        thread.map(Called::Value)
    }

    fn named_thread(
        &mut self,
        target: Ref,
        arguments: Ref,
        name: Option<Ref>,
    ) -> Result<StackRef, Interrupt> {
        // Numbers are given once.
        self.heap.runtime.irrevocable(self.heap.me)?;
        let number = self
            .interpreter
            .threads_next
            .fetch_add(1, Ordering::Relaxed);
        let name = match name {
            Some(name) if name != premade::NONE => {
                let name = self.show(name)?;
                self.heap.string(&name)?
            }
            _ => {
                let name = self.default_name(target, number);
                self.heap.string(&name)?
            }
        };
        let thread = self
            .heap
            .new_thread(target, arguments, name.object(), number);
        self.heap.forget(name);
        thread
    }

    /// `Thread-1 (work)`
    fn default_name(&self, target: Ref, number: u32) -> String {
        let memory = self.heap.memory();
        match self.heap.kind(target) {
            Kind::Function => {
                let code = (memory.payload(target) >> 32) as usize;
                let name = &self.interpreter.prepared.program.codes[code].name;
                format!("Thread-{number} ({name})")
            }
            Kind::Builtin => {
                let name = Builtin::from_number(memory.payload(target)).name();
                format!("Thread-{number} ({name})")
            }
            _ => format!("Thread-{number}"),
        }
    }

    fn start(&mut self, thread: Ref) -> Result<Called, Interrupt> {
        self.heap.runtime.irrevocable(self.heap.me)?;
        if !self.heap.set_phase(thread, Phase::New, Phase::Started)? {
            let message = "threads can only be started once";
            return Err(Exception::raise("RuntimeError", message));
        }
        let thread = self.heap.share(thread);
        Ok(Called::Effect(Effect::Start(thread)))
    }

    fn join_thread(&mut self, thread: Ref) -> Result<Called, Interrupt> {
        self.heap.runtime.irrevocable(self.heap.me)?;
        // A thread's own object is the first that its frames hold.
        if self.frames.held.first() == Some(&thread) {
            return Err(Exception::raise(
                "RuntimeError",
                "cannot join current thread",
            ));
        }
        match thread::phase(self.heap.memory(), thread) {
            Phase::New => Err(Exception::raise(
                "RuntimeError",
                "cannot join thread before it is started",
            )),
            Phase::Started => Err(Interrupt::Wait(On::Thread(thread))),
            Phase::Ended => Ok(Called::Value(self.heap.none())),
        }
    }

    /// `lock.acquire(blocking=True)`
    fn acquire(&mut self, arguments: Arguments) -> Result<Called, Interrupt> {
        let builtin = Builtin::LockAcquire;
        self.only_names(builtin, arguments, &["blocking"])?;
        Self::expect_count(builtin, arguments, 0, 1)?;
        let lock = self.one(arguments);
        let blocking = match self.either(arguments, 1, "blocking") {
            Some(blocking) => self.heap.truth(blocking)?,
            None => true,
        };
        let acquired = if blocking {
            self.heap.acquire(lock)?;
            true
        } else {
            self.heap.try_acquire(lock)?
        };
        Ok(Called::Value(self.heap.bool(acquired)))
    }

    fn release(&mut self, arguments: Arguments) -> Result<Called, Interrupt> {
        let lock = self.one(arguments);
        Ok(if self.heap.release(lock)? {
            Called::Effect(Effect::Wake(lock))
        } else {
            Called::Value(self.heap.none())
        })
    }
}
