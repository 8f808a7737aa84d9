//! A program that never ends stops when it is told to, whatever it does.

use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use super::{CHOICES, outcome, settings};
use crate::python::lab::{End, Hooks, Output};
use crate::python::runtime::Choice;

/// Far more than it takes.
const DEADLINE: Duration = Duration::from_secs(10);

#[test]
fn endless_programs_stop() {
    for source in [
        "while True:\n    pass",
        "def f(n):\n    if n:\n        f(n - 1)\n        f(n - 1)\nf(900)",
        "import time\ntime.sleep(1000000)",
        "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
        "import threading\nlock = threading.Lock()\nwith lock:\n    with lock:\n        pass",
        "while True:\n    print('x' * 100)",
        "import threading\ndef spin():\n    while True:\n        pass\n\
         for i in range(3):\n    threading.Thread(target=spin).start()\nspin()",
        "import threading, time\ndef wait():\n    time.sleep(1000000)\n\
         t = threading.Thread(target=wait)\nt.start()\nt.join()",
        "import threading\na = threading.Lock()\nb = threading.Lock()\na.acquire()\nb.acquire()\n\
         def wait(lock):\n    lock.acquire()\n\
         threading.Thread(target=wait, args=(a,)).start()\n\
         threading.Thread(target=wait, args=(b,)).start()",
    ] {
        for choice in CHOICES {
            assert_stops(source, choice);
        }
    }
}

#[test]
fn endless_builtins_stop() {
    for source in [
        "sum(range(1000000000000))",
        "max(range(1000000000000))",
        "print(-1.5 in [2.5], min(range(10 ** 12)))",
    ] {
        for choice in CHOICES {
            assert_stops(source, choice);
        }
    }
}

fn assert_stops(source: &str, choice: Choice) {
    let hooks = Hooks::new();
    let (started, starts) = mpsc::channel();
    let hooks = Hooks {
        thread: Arc::new(move |_| {
            // Nobody listens any more when it ends.
            let _ = started.send(());
        }),
        output: Arc::new(Output::new(1000)),
        ..hooks
    };
    let stop = Arc::clone(&hooks.stop);
    let (ended, end) = mpsc::channel();
    thread::scope(|scope| {
        let running = scope.spawn(|| {
            let outcome = outcome(source, &settings(choice), &hooks);
            ended.send(outcome.end).unwrap();
        });
        starts.recv_timeout(DEADLINE).unwrap();
        // It may run, wait or not have begun yet: it stops in any case.
        thread::yield_now();
        stop.stop();
        assert_eq!(end.recv_timeout(DEADLINE), Ok(End::Stopped), "{source}");
        running.join().unwrap();
    });
}
