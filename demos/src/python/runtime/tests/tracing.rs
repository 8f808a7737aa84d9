//! What the collector must and must not take.

use super::programs::outcome;
use crate::python::lab::{Census, End};
use crate::python::runtime::Choice;

const TRACING: Choice = Choice::Tracing {
    heap_bytes_min: 32 << 10,
};

/// Collections, pauses in all and the longest, the heap before and after at most.
fn counters(source: &str) -> [f64; 5] {
    let outcome = outcome(source, TRACING);
    assert_eq!(
        (outcome.end, outcome.census),
        (End::Finished, Some(Census::default())),
        "{source}"
    );
    let values: Vec<f64> = outcome.counters.iter().map(|(_, value)| *value).collect();
    values.try_into().unwrap()
}

#[test]
fn cycles_are_collected_while_the_program_runs() {
    let source = "for i in range(100000):\n    a = [i * 1000]\n    a.append(a)\n";
    let [collections, pause_ms_total, pause_ms_max, before, after] = counters(source);
    assert!(collections > 10.0, "{collections}");
    assert!(0.0 < pause_ms_max && pause_ms_max <= pause_ms_total);
    assert!(after < before && before < 1.0, "{before} MiB, {after} MiB");
}

#[test]
fn a_short_program_is_not_collected() {
    assert!(
        counters("print(1000 + 1)")
            .iter()
            .all(|value| value.abs() < f64::EPSILON)
    );
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
