//! The runtimes of the laboratory, as the catalogue tells of them: a model each.

use super::run;
use crate::model::{Crew, ModelEntry};
use crate::parameter::{Kind, Parameter, value};
use crate::python::runtime::{Choice, Switches};
use crate::spec::{Parameters, Value};
use crate::workload::Nature;

/// The runtime that a model's name and parameters ask for, if the laboratory has it.
pub(super) fn choice(model: &str, parameters: &Parameters) -> Option<Choice> {
    let is_on = |name: &str| parameters.get(name) != Some(&Value::Bool(false));
    let given = |parameter: &Parameter| {
        let value = parameters.get(parameter.name).cloned();
        value.unwrap_or_else(|| parameter.kind.default_value())
    };
    Some(match model {
        "gil" => Choice::Gil {
            immortal: is_on("immortal"),
        },
        "global-count-lock" => Choice::GlobalCountLock,
        "atomic-count" => Choice::AtomicCount,
        "owner-table" => Choice::OwnerTable,
        "atomic-count-object-locks" => Choice::AtomicCountObjectLocks,
        "buffered-count" => Choice::BufferedCount,
        "parallel-contexts" => Choice::ParallelContexts,
        "tracing" => Choice::Tracing {
            heap_bytes_min: value::bytes(&given(&HEAP_MIN))?,
        },
        "transactions" => Choice::Transactions {
            safe_points_max: match given(&LENGTH) {
                Value::Int(length) => u32::try_from(length).ok()?,
                _ => return None,
            },
        },
        "free-threaded" => Choice::FreeThreaded(Switches {
            biased: is_on("biased"),
            immortal: is_on("immortal"),
            deferred: is_on("deferred"),
        }),
        _ => return None,
    })
}

const fn runtime(
    name: &'static str,
    about: &'static str,
    parameters: &'static [Parameter],
) -> ModelEntry {
    ModelEntry {
        name,
        about,
        takes: &[Nature::Python],
        parameters,
        crew: Crew::Wanted,
        run,
    }
}

const HEAP_MIN: Parameter = Parameter {
    name: "heap-min",
    about: "how much is allocated before the first collection",
    kind: Kind::Bytes {
        min: 64 << 10,
        max: 1 << 30,
        default: 4 << 20,
    },
    live: false,
};

const LENGTH: Parameter = Parameter {
    name: "length",
    about: "how many calls and rounds of loops a transaction spans",
    kind: Kind::Int {
        min: 1,
        max: 1_000_000,
        default: 1_000,
    },
    live: false,
};

/// A way to save counting that can be left out.
const fn switch(name: &'static str, about: &'static str) -> Parameter {
    Parameter {
        name,
        about,
        kind: Kind::Bool { default: true },
        live: false,
    }
}

pub(in crate::model) static GIL: ModelEntry = runtime(
    "gil",
    "plain counts under one lock that threads hand over, as in CPython",
    &[
        Parameter::duration(
            "interval",
            "how long a thread waits for the lock before it asks for it",
            (1, 1_000_000, 5_000),
        ),
        switch(
            "immortal",
            "None, small integers and the like are never counted, as since CPython 3.12",
        ),
    ],
);

pub(in crate::model) static GLOBAL_COUNT_LOCK: ModelEntry = runtime(
    "global-count-lock",
    "one lock around every count (Greg Stein, 1996, on Linux)",
    &[],
);

pub(in crate::model) static ATOMIC_COUNT: ModelEntry = runtime(
    "atomic-count",
    "every count an atomic operation (Greg Stein, 1996, on Windows)",
    &[],
);

pub(in crate::model) static OWNER_TABLE: ModelEntry = runtime(
    "owner-table",
    "the owner counts plainly, others in a table (python-safethread, 2008)",
    &[],
);

pub(in crate::model) static ATOMIC_COUNT_OBJECT_LOCKS: ModelEntry = runtime(
    "atomic-count-object-locks",
    "atomic counts and a lock in every object (Gilectomy, 2016)",
    &[],
);

pub(in crate::model) static BUFFERED_COUNT: ModelEntry = runtime(
    "buffered-count",
    "threads log their counts, one committer applies them (Gilectomy, 2017)",
    &[],
);

pub(in crate::model) static PARALLEL_CONTEXTS: ModelEntry = runtime(
    "parallel-contexts",
    "no counts, a heap per thread, shared objects read-only (PyParallel, 2012)",
    &[],
);

pub(in crate::model) static TRACING: ModelEntry = runtime(
    "tracing",
    "no counts, a collector that stops the world (Jython, IronPython)",
    &[HEAP_MIN],
);

pub(in crate::model) static TRANSACTIONS: ModelEntry = runtime(
    "transactions",
    "changes in transactions that begin again on a conflict (PyPy-STM)",
    &[LENGTH],
);

pub(in crate::model) static FREE_THREADED: ModelEntry = runtime(
    "free-threaded",
    "biased, immortal and deferred counts, object locks (PEP 703)",
    &[
        switch("biased", "the owner counts without atomic operations"),
        switch(
            "immortal",
            "None, small integers and the like are never counted",
        ),
        switch(
            "deferred",
            "functions and modules are not counted on the stack",
        ),
    ],
);
