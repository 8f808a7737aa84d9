//! What the collector must and must not take.

use super::programs::outcome;
use crate::python::lab::{Census, End};
use crate::python::runtime::Choice;

const TRACING: Choice = Choice::Tracing {
    heap_bytes_min: 32 << 10,
};

fn counter(source: &str, name: &str) -> f64 {
    let outcome = outcome(source, TRACING);
    assert_eq!(
        (outcome.end, outcome.census),
        (End::Finished, Some(Census::default())),
        "{source}"
    );
    let counter = outcome.counters.iter().find(|(other, _)| other == name);
    counter.map_or(f64::NAN, |(_, value)| *value)
}

#[test]
fn cycles_are_collected_while_the_program_runs() {
    let source = "for i in range(100000):\n    a = [i * 1000]\n    a.append(a)\n";
    assert!(counter(source, "collections") > 10.0);
    assert!(counter(source, "heap_mib_before_max") < 1.0);
    assert!(counter(source, "heap_mib_after_max") < counter(source, "heap_mib_before_max"));
    assert!(counter(source, "pause_ms_max") <= counter(source, "pause_ms_total"));
}

#[test]
fn a_short_program_is_not_collected() {
    assert!(counter("print(1000 + 1)", "collections").abs() < f64::EPSILON);
}

#[test]
fn what_is_in_use_stays() {
    for (source, printed) in [
        (
            // Only the thread itself knows of it.
            "import threading
def work(items):
    for i in range(20000):
        items.append(i * 1000)
        if len(items) > 100:
            items = [sum(items)]
    done.append(sum(items))
done = []
threading.Thread(target=work, args=([5],)).start()
threading.Thread(target=work, args=([5],)).start()
while len(done) < 2:
    pass
print(done)
",
            "[199990000005, 199990000005]\n",
        ),
        (
            // Locals of callers, a loop's iterator, a dict that grows.
            "def down(n, table):
    mine = [n * 1000]
    if n > 0:
        down(n - 1, table)
    for i in range(100):
        table[(n, i)] = [i * 1000, str(i)]
    assert mine[0] == n * 1000
    return table
table = down(60, {})
total = 0
for value in table.values():
    total += value[0]
print(len(table), total)
",
            "6100 301950000\n",
        ),
    ] {
        let outcome = outcome(source, TRACING);
        assert_eq!(
            (outcome.end, outcome.output.as_str()),
            (End::Finished, printed)
        );
    }
}
