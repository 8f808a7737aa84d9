//! What contexts can do, and what they are refused.

use super::programs::{in_threads, outcome};
use crate::python::lab::{Census, End};
use crate::python::runtime::Choice;

#[test]
fn contexts_read_print_and_leave_nothing() {
    for (source, printed) in [
        (
            // What contexts print comes out in the order in which they were started.
            in_threads(
                3,
                "shared = {'a': [1000, 2000], 'b': (3000, 'x')}
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
def work(k):
    mine = []
    for i in range(50):
        mine.append(fib(k + 10) + shared['a'][i % 2])
    print(k, sum(mine), f'{shared}')
def result():
    return len(shared)",
            ),
            "0 77750 {'a': [1000, 2000], 'b': (3000, 'x')}
1 79450 {'a': [1000, 2000], 'b': (3000, 'x')}
2 82200 {'a': [1000, 2000], 'b': (3000, 'x')}
2
",
        ),
        (
            // The main thread changes what it likes between two contexts.
            "import threading
items = []
def work():
    print(items, len(items))
for i in range(3):
    items.append(i * 1000)
    t = threading.Thread(target=work)
    t.start()
    t.join()
    print('joined', i)
"
            .to_owned(),
            "[0] 1\njoined 0\n[0, 1000] 2\njoined 1\n[0, 1000, 2000] 3\njoined 2\n",
        ),
        (
            // It stands still while a context runs, also when it only wanted to sleep a little.
            "import threading, time
def work():
    time.sleep(0.05)
    print('context')
t = threading.Thread(target=work)
t.start()
print('main')
time.sleep(0.001)
print('main again')
t.join()
"
            .to_owned(),
            "main\ncontext\nmain again\n",
        ),
        (
            // A lock of its own, and an exception.
            "import threading
def work():
    lock = threading.Lock()
    with lock:
        print('locked', lock.locked())
    [][0]
t = threading.Thread(target=work)
t.start()
t.join()
print('end')
"
            .to_owned(),
            "locked True
Exception in thread Thread-1 (work):
Traceback (most recent call last):
  File \"test.py\", line 6, in work
    [][0]
IndexError: list index out of range
end
",
        ),
    ] {
        let outcome = outcome(&source, Choice::ParallelContexts);
        assert_eq!(
            (outcome.end, outcome.output.as_str(), outcome.census),
            (End::Finished, printed, Some(Census::default())),
            "{source}"
        );
    }
}

#[test]
fn contexts_are_refused_what_changes_the_main_threads_objects() {
    for (work, what) in [
        ("global cnt\n    cnt = 5", "change a global variable"),
        ("global cnt\n    del cnt", "change a global variable"),
        ("items[0] = 5", "change a list"),
        ("items.append(5)", "change a list"),
        ("items.extend(items)", "change a list"),
        ("items.pop()", "change a list"),
        ("table['k'] = 5", "change a dict"),
        ("table.pop('a')", "change a dict"),
        ("lock.acquire()", "change a lock"),
        ("with lock: pass", "change a lock"),
    ] {
        let source = format!(
            "import threading
cnt = 0
items = [1, 2]
table = {{'a': 1}}
lock = threading.Lock()
def work():
    {work}
t = threading.Thread(target=work)
t.start()
t.join()
"
        );
        let reason = format!(
            "A parallel context cannot {what} of the main thread, whose objects it can only read."
        );
        let outcome = outcome(&source, Choice::ParallelContexts);
        assert_eq!(
            (outcome.end, outcome.census),
            (End::Refused(reason), None),
            "{source}"
        );
    }
}

#[test]
fn contexts_start_no_threads() {
    let source = "import threading
def work():
    threading.Thread(target=work).start()
t = threading.Thread(target=work)
t.start()
t.join()
";
    let reason = "A parallel context cannot start a thread: only the main thread can.";
    assert_eq!(
        outcome(source, Choice::ParallelContexts).end,
        End::Refused(reason.to_owned())
    );
}

#[test]
fn arenas_are_used_again_by_later_contexts() {
    let source = "import threading
def work():
    for i in range(100000):
        a = [i * 1000]
for i in range(20):
    t = threading.Thread(target=work)
    t.start()
    t.join()
";
    let outcome = outcome(source, Choice::ParallelContexts);
    assert_eq!(outcome.end, End::Finished);
    let counters: Vec<f64> = outcome.counters.iter().map(|(_, value)| *value).collect();
    let [contexts, largest, all] = counters[..] else {
        panic!("{:?}", outcome.counters);
    };
    // An int of the loop's, one of the product, a list and its buffer each round.
    assert!(contexts > 19.5 && largest > 9.0, "{contexts} {largest}");
    assert!((all / largest - 20.0).abs() < 0.01, "{all} {largest}");
    assert!(outcome.memory_bytes as f64 / 1_048_576.0 < 2.0 * largest);
}
