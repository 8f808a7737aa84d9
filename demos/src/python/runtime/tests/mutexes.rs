//! Two lists that extend each other: with a plain mutex in every object that comes to a deadlock, sooner or
//! later. With critical sections it does not: `two_lists_that_extend_each_other`, among the programs.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crate::python::lab::{End, Hooks, Settings, run};
use crate::python::runtime::Choice;
use crate::python::syntax::compile;

/// Far more than it takes.
const DEADLINE: Duration = Duration::from_secs(30);

const ENDLESS: &str = "import threading
a = [1]
b = [2]
def work(mine, other):
    while True:
        mine.extend(other)
        while len(mine) > 1:
            mine.pop()
threads = [threading.Thread(target=work, args=(a, b)), threading.Thread(target=work, args=(b, a))]
for t in threads:
    t.start()
for t in threads:
    t.join()
";

#[test]
fn lists_that_extend_each_other_deadlock_under_mutexes_until_the_program_is_ended() {
    let program = Arc::new(compile("extend.py", ENDLESS).unwrap());
    for runtime in [Choice::AtomicCountObjectLocks, Choice::BufferedCount] {
        let hooks = Hooks::new();
        thread::scope(|scope| {
            let running = scope.spawn(|| run(&program, &Settings::new(runtime), &hooks).end);
            // The main thread waits for the first of the two, each of which sleeps for a list that only the
            // other could let go of.
            let began = Instant::now();
            let mut sleeping = 0;
            while sleeping < 3 && began.elapsed() < DEADLINE {
                thread::yield_now();
                sleeping = hooks.stop.parking().sleeping();
            }
            hooks.stop.stop();
            assert_eq!(running.join().unwrap(), End::Stopped);
            assert_eq!(sleeping, 3, "no deadlock under {runtime:?}");
        });
    }
}
