//! A program's run from its beginning to its census, under the runtime that was chosen.

use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::thread::{self, Builder};
use std::time::Instant;

use super::crew::Crew;
use super::{Census, End, Hooks, Outcome, Settings};
use crate::python::code::Program;
use crate::python::interpreter::{Clock, Exception, Interpreter, Interrupt, Prepared};
use crate::python::memory::{Allocator, Ref};
use crate::python::object::Heap;
use crate::python::runtime::{
    AtomicCountObjectLocksRuntime, AtomicCountRuntime, BufferedCountRuntime, Choice, Finish,
    FreeThreadedRuntime, GilRuntime, GlobalCountLockRuntime, OwnerTableRuntime,
    ParallelContextsRuntime, Runtime, TracingRuntime, TransactionsRuntime,
};

/// Runs a program to its end on this thread and others, which have all ended when it returns.
pub fn run(program: &Arc<Program>, settings: &Settings, hooks: &Hooks) -> Outcome {
    let (memory, stop) = (settings.memory, Arc::clone(&hooks.stop));
    match settings.runtime {
        Choice::Gil { immortal } => {
            let runtime = GilRuntime::new(memory, Arc::clone(&hooks.gil), immortal);
            run_under(&Arc::new(runtime), program, settings, hooks)
        }
        Choice::GlobalCountLock => {
            let runtime = GlobalCountLockRuntime::new(memory, stop);
            run_under(&Arc::new(runtime), program, settings, hooks)
        }
        Choice::AtomicCount => {
            let runtime = AtomicCountRuntime::new(memory, stop);
            run_under(&Arc::new(runtime), program, settings, hooks)
        }
        Choice::OwnerTable => {
            let runtime = OwnerTableRuntime::new(memory, stop);
            run_under(&Arc::new(runtime), program, settings, hooks)
        }
        Choice::AtomicCountObjectLocks => {
            let runtime = AtomicCountObjectLocksRuntime::new(memory, stop);
            run_under(&Arc::new(runtime), program, settings, hooks)
        }
        Choice::ParallelContexts => {
            let runtime = ParallelContextsRuntime::new(memory, Arc::clone(&hooks.output));
            run_under(&Arc::new(runtime), program, settings, hooks)
        }
        Choice::Tracing { heap_bytes_min } => {
            let runtime = TracingRuntime::new(memory, heap_bytes_min, stop);
            run_under(&Arc::new(runtime), program, settings, hooks)
        }
        Choice::BufferedCount => run_beside_committer(
            &Arc::new(BufferedCountRuntime::new(memory, stop)),
            program,
            settings,
            hooks,
        ),
        Choice::Transactions { safe_points_max } => {
            let runtime = TransactionsRuntime::new(memory, safe_points_max);
            run_under(&Arc::new(runtime), program, settings, hooks)
        }
        Choice::FreeThreaded(switches) => {
            let runtime = FreeThreadedRuntime::new(memory, switches, stop);
            run_under(&Arc::new(runtime), program, settings, hooks)
        }
    }
}

/// Runs a program whose counts are applied by one more thread, which ends with it.
fn run_beside_committer(
    runtime: &Arc<BufferedCountRuntime>,
    program: &Arc<Program>,
    settings: &Settings,
    hooks: &Hooks,
) -> Outcome {
    thread::scope(|scope| {
        let committer = Builder::new()
            .name("committer".to_owned())
            .spawn_scoped(scope, || runtime.commit_until_finished());
        if committer.is_err() {
            let error = Exception::raise("RuntimeError", "can't start new thread");
            return without_start(error, hooks);
        }
        let _finish = Finish(runtime);
        run_under(runtime, program, settings, hooks)
    })
}

/// Runs a program under a runtime whose memory is still empty.
pub fn run_under<R: Runtime + Send + Sync + 'static>(
    runtime: &Arc<R>,
    program: &Arc<Program>,
    settings: &Settings,
    hooks: &Hooks,
) -> Outcome {
    hooks.counting.watch(runtime);
    let runtime = &**runtime;
    let mut me = runtime.enter(0, Allocator::default());
    let heap = &mut Heap {
        runtime,
        me: &mut me,
    };
    let prepared = match Prepared::new(heap, program, &settings.arguments) {
        Ok(prepared) => prepared,
        Err(interrupt) => {
            runtime.leave(me);
            return without_start(interrupt, hooks);
        }
    };
    let interpreter = Interpreter {
        prepared: &prepared,
        runtime,
        stop: hooks.stop.flag(),
        interval_us: &hooks.interval_us,
        clock: Clock::Running(Instant::now()),
        recursion_max: settings.recursion_max,
        threads_next: &AtomicU32::new(1),
    };
    let crew = Crew::new(&interpreter, hooks, settings.threads_max);
    let end = thread::scope(|scope| crew.main(scope, &mut me));
    let (end, threads) = crew.disband(end);
    let census = matches!(end, End::Finished | End::Raised(_)).then(|| {
        interpreter.clear_globals(&mut me);
        runtime.conclude(&mut me);
        let first = Ref::from_index(prepared.objects + 1);
        let references = |object| runtime.references(object);
        Census::with_cycles(runtime.memory(), first, references)
    });
    runtime.leave(me);
    Outcome {
        end,
        output: hooks.output.text(),
        census,
        counters: [runtime.counters(), hooks.lateness.counters()].concat(),
        threads,
        memory_bytes: runtime.memory().bytes_taken(),
    }
}

/// The outcome of a program whose constants don't fit into its memory.
fn without_start(interrupt: Interrupt, hooks: &Hooks) -> Outcome {
    let end = match interrupt {
        Interrupt::Raise(exception) => End::Raised(exception.class.to_owned()),
        Interrupt::Refused(reason) => End::Refused(reason.into()),
        Interrupt::Wait(_) | Interrupt::Retry | Interrupt::Stop => End::Stopped,
    };
    Outcome {
        end,
        output: hooks.output.text(),
        census: None,
        counters: Vec::new(),
        threads: Vec::new(),
        memory_bytes: 0,
    }
}
