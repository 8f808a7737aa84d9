//! The same programs under every runtime: what is free of races prints the same everywhere, and leaves
//! nothing behind.

use std::sync::Arc;

use super::super::{Choice, Switches};
use crate::python::lab::{End, Hooks, Outcome, Settings, run};
use crate::python::syntax::compile;

/// All runtimes in which threads may share lists.
fn runtimes() -> impl Iterator<Item = Choice> {
    let switches = (0..8).map(|bits| Switches {
        biased: bits & 1 != 0,
        immortal: bits & 2 != 0,
        deferred: bits & 4 != 0,
    });
    [
        Choice::Gil { immortal: true },
        Choice::Gil { immortal: false },
        Choice::GlobalCountLock,
        Choice::AtomicCount,
        Choice::AtomicCountObjectLocks,
        // So small that all but the shortest programs are collected several times.
        Choice::Tracing {
            heap_bytes_min: 64 << 10,
        },
        Choice::BufferedCount,
        Choice::Transactions {
            safe_points_max: 50,
        },
    ]
    .into_iter()
    .chain(switches.map(Choice::FreeThreaded))
}

pub(super) fn outcome(source: &str, runtime: Choice) -> Outcome {
    let program = compile("test.py", source).unwrap_or_else(|errors| panic!("{errors:?}"));
    let hooks = Hooks::new();
    hooks
        .interval_us
        .store(50, std::sync::atomic::Ordering::Relaxed);
    run(&Arc::new(program), &Settings::new(runtime), &hooks)
}

fn assert_prints_under(runtime: Choice, source: &str, printed: &str) {
    let outcome = outcome(source, runtime);
    let left = outcome.census.map(|census| census.left);
    assert_eq!(
        (outcome.end, outcome.output.as_str(), left),
        (End::Finished, printed, Some(Vec::new())),
        "under {runtime:?}:\n{source}"
    );
}

fn assert_prints(source: &str, printed: &str) {
    for runtime in runtimes().chain([Choice::OwnerTable]) {
        assert_prints_under(runtime, source, printed);
    }
}

fn assert_prints_and_shares_a_list(source: &str, printed: &str) {
    for runtime in runtimes() {
        assert_prints_under(runtime, source, printed);
    }
    let reason = "A list belongs to the thread that made it, and cannot be shared.";
    assert_eq!(
        outcome(source, Choice::OwnerTable).end,
        End::Refused(reason.to_owned())
    );
}

/// Runs `work(k)` in threads numbered by k, and prints `result()` when all have been joined.
pub(super) fn in_threads(threads: u32, work: &str) -> String {
    format!(
        "import threading\n\
         {work}\n\
         threads = []\n\
         for k in range({threads}):\n    \
             t = threading.Thread(target=work, args=(k,))\n    \
             threads.append(t)\n\
         for t in threads:\n    \
             t.start()\n\
         for t in threads:\n    \
             t.join()\n\
         print(result())\n"
    )
}

#[test]
fn hot_shared_function() {
    let source = in_threads(
        3,
        "def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
lock = threading.Lock()
total = 0
def work(k):
    global total
    mine = fib(12 + k)
    with lock:
        total += mine
def result():
    return total",
    );
    assert_prints(&source, "754\n");
}

#[test]
fn counter_with_a_lock() {
    let source = in_threads(
        4,
        "lock = threading.Lock()
cnt = 0
def work(k):
    global cnt
    for _ in range(2000):
        with lock:
            cnt += 1
def result():
    return cnt",
    );
    assert_prints(&source, "8000\n");
}

#[test]
fn private_containers() {
    let source = in_threads(
        3,
        "totals = [0, 0, 0]
def work(k):
    items = []
    table = {}
    for i in range(3000):
        items.append((i, i * 1.5))
        table[f'key {i % 100}'] = i
        if len(items) > 50:
            items.pop()
    totals[k] = len(items) + len(table)
def result():
    return totals",
    );
    assert_prints_and_shares_a_list(&source, "[150, 150, 150]\n");
}

#[test]
fn objects_that_all_read() {
    let source = in_threads(
        4,
        "shared = []
for i in range(300):
    shared.append(1000 + i)
totals = [0, 0, 0, 0]
def work(k):
    total = 0
    for _ in range(30):
        for item in shared:
            total += item
        for index in range(len(shared)):
            total += shared[index]
    totals[k] = total
def result():
    return totals",
    );
    assert_prints_and_shares_a_list(&source, "[20691000, 20691000, 20691000, 20691000]\n");
}

#[test]
fn objects_that_are_handed_on() {
    // Each item is made by one thread and given up by another.
    let source = in_threads(
        2,
        "lock = threading.Lock()
box = []
taken = [0]
def work(k):
    made = 0
    while made < 2000 if k == 0 else taken[0] < 2000:
        with lock:
            if k == 0:
                box.append([made, str(made)])
                made += 1
            elif len(box) > 0:
                item = box.pop()
                taken[0] = taken[0] + 1
def result():
    return taken[0], len(box)",
    );
    assert_prints_and_shares_a_list(&source, "(2000, 0)\n");
}

#[test]
fn functions_made_by_threads() {
    let source = in_threads(
        3,
        "totals = [0, 0, 0]
def work(k):
    total = 0
    for i in range(300):
        def add(a, b=1000):
            return a + b
        total += add(i)
    totals[k] = total
def result():
    return totals",
    );
    assert_prints_and_shares_a_list(&source, "[344850, 344850, 344850]\n");
}

#[test]
fn races_change_counts_and_nothing_else() {
    let source = in_threads(
        2,
        "cnt = 0
def work(k):
    global cnt
    for _ in range(20000):
        cnt += 1
def result():
    return 2 <= cnt <= 40000",
    );
    assert_prints(&source, "True\n");
}

#[test]
fn lists_that_race() {
    // Which item is read is a matter of chance; that it is an item of that list is not.
    let source = in_threads(
        3,
        "shared = [[0, 0], [0, 0], [0, 0], [0, 0]]
bad = [0, 0, 0]
def work(k):
    for i in range(5000):
        shared[i % 4] = [i, i]
        pair = shared[(i + k) % 4]
        if pair[0] != pair[1]:
            bad[k] = bad[k] + 1
        shared.append([i, i])
        pair = shared.pop()
        if pair[0] != pair[1]:
            bad[k] = bad[k] + 1
def result():
    return bad, len(shared)",
    );
    assert_prints_and_shares_a_list(&source, "([0, 0, 0], 4)\n");
}

#[test]
fn lists_that_grow_while_others_read_them() {
    let source = in_threads(
        3,
        "box = [[[0, 0]]]
bad = [0, 0, 0]
def work(k):
    for i in range(3000):
        items = box[0]
        if k == 0:
            items.append([i, i])
            if i % 100 == 0:
                box[0] = [[i, i]]
        else:
            pair = items[len(items) * i // 3000]
            if pair[0] != pair[1]:
                bad[k] = bad[k] + 1
def result():
    return bad, len(box[0])",
    );
    assert_prints_and_shares_a_list(&source, "([0, 0, 0], 100)\n");
}

#[test]
fn two_lists_that_extend_each_other() {
    // With a mutex in each object this would sooner or later come to a deadlock.
    let source = in_threads(
        2,
        "a = [1]
b = [2]
def work(k):
    for _ in range(2000):
        if k == 0:
            a.extend(b)
            while len(a) > 1:
                a.pop()
        else:
            b.extend(a)
            while len(b) > 1:
                b.pop()
def result():
    return len(a), len(b)",
    );
    let mutexes = [Choice::AtomicCountObjectLocks, Choice::BufferedCount];
    for runtime in runtimes().filter(|runtime| !mutexes.contains(runtime)) {
        assert_prints_under(runtime, &source, "(1, 1)\n");
    }
}
