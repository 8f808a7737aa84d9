//! Threads and locks.

use std::sync::{Arc, Mutex};

use super::{assert_prints, outcome, settings};
use crate::python::lab::{End, Hooks, ThreadNotice};
use crate::python::runtime::Choice;

#[test]
fn a_lock_keeps_updates() {
    assert_prints(
        "import threading
lock = threading.Lock()
total = 0
def work(n, step=1):
    global total
    for i in range(n):
        with lock:
            total += step
threads = []
for i in range(4):
    t = threading.Thread(target=work, args=(500, i + 1))
    threads.append(t)
    t.start()
for t in threads:
    t.join()
print(total, lock.locked())
",
        "5000 False\n",
    );
}

#[test]
fn a_thread_without_a_target_does_nothing() {
    assert_prints(
        "import threading
t = threading.Thread(args=(1000, 2))
t.start()
t.join()
print(t.name, t.is_alive())
",
        "Thread-1 False\n",
    );
}

#[test]
fn locks_are_taken_once() {
    assert_prints(
        "import threading
lock = threading.Lock()
print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(blocking=False))
lock.release()
print(lock.locked())
def within():
    with lock as taken:
        return taken, lock.locked()
print(within(), lock.locked())
for i in range(3):
    with lock:
        if i == 0:
            continue
        break
print(i, lock.locked())
",
        "True True False False\nFalse\n(True, True) False\n1 False\n",
    );
}

#[test]
fn an_exception_leaves_with_blocks() {
    assert_prints(
        "import threading
outer = threading.Lock()
inner = threading.Lock()
def fail():
    with outer:
        with inner:
            return 1 // 0
t = threading.Thread(target=fail)
t.start()
t.join()
print(outer.locked(), inner.locked(), t.is_alive())
",
        "Exception in thread Thread-1 (fail):
Traceback (most recent call last):
  File \"test.py\", line 7, in fail
    return 1 // 0
ZeroDivisionError: integer division or modulo by zero
False False False
",
    );
}

#[test]
fn the_program_ends_with_its_last_thread() {
    assert_prints(
        "import threading, time
def late():
    time.sleep(0.02)
    t = threading.Thread(target=later, name='later')
    t.start()
    print('late', t.name)
def later():
    time.sleep(0.02)
    print('later')
threading.Thread(target=late).start()
print('main')
",
        "main\nlate later\nlater\n",
    );
}

#[test]
fn a_thread_can_wait_for_a_lock_that_another_releases() {
    assert_prints(
        "import threading, time
lock = threading.Lock()
lock.acquire()
def release():
    time.sleep(0.01)
    lock.release()
t = threading.Thread(target=release)
t.start()
lock.acquire()
print('acquired')
taker = threading.Thread(target=lock.acquire)
taker.start()
lock.release()
taker.join()
print(lock.locked())
t.join()
",
        "acquired\nTrue\n",
    );
}

#[test]
fn whoever_runs_it_hears_of_threads() {
    let heard: Arc<Mutex<Vec<ThreadNotice>>> = Arc::default();
    let hooks = Hooks {
        thread: {
            let heard = Arc::clone(&heard);
            Arc::new(move |notice| heard.lock().unwrap().push(notice.clone()))
        },
        ..Hooks::new()
    };
    let source = "import threading\ndef work():\n    pass\n\
                  t = threading.Thread(target=work)\nt.start()\nt.join()\n";
    let outcome = outcome(source, &settings(Choice::Gil { immortal: true }), &hooks);
    assert_eq!(outcome.end, End::Finished);
    let heard = heard.lock().unwrap();
    let told: Vec<_> = heard
        .iter()
        .map(|notice| (notice.number, notice.name.as_str(), notice.ended))
        .collect();
    let (main, worker) = ("MainThread", "Thread-1 (work)");
    assert_eq!(
        told,
        [
            (0, main, false),
            (1, worker, false),
            (1, worker, true),
            (0, main, true)
        ]
    );
    assert_ne!(heard[0].system_id, heard[1].system_id);
    assert_eq!(outcome.threads, [heard[3].clone(), heard[2].clone()]);
}

#[test]
fn more_threads_than_allowed_are_refused() {
    let mut settings = settings(Choice::Gil { immortal: true });
    settings.threads_max = 3;
    let source = "import threading
lock = threading.Lock()
def work():
    with lock:
        pass
lock.acquire()
with lock if False else threading.Lock():
    for i in range(9):
        t = threading.Thread(target=work)
        if i == 2:
            lock.release()
        t.start()
";
    let outcome = outcome(source, &settings, &Hooks::new());
    // When the lock is free the first two may be over before the third is started.
    match outcome.end {
        End::Raised(text) => assert!(
            text.ends_with("RuntimeError: can't start new thread"),
            "{text}"
        ),
        end => assert_eq!(end, End::Finished),
    }
    assert_eq!(outcome.census.map(|census| census.left), Some(vec![]));
}
