//! What transactions promise: what stands between two safe points happens at once, or not at all.

use super::programs::{in_threads, outcome};
use crate::python::lab::{Census, End};
use crate::python::runtime::Choice;

/// Breaks at every safe point, at some, hardly ever.
const LENGTHS: [u32; 4] = [1, 7, 100, 100_000];

fn assert_prints(source: &str, printed: &str) {
    for safe_points_max in LENGTHS {
        let outcome = outcome(source, Choice::Transactions { safe_points_max });
        assert_eq!(
            (outcome.end, outcome.output.as_str(), outcome.census),
            (End::Finished, printed, Some(Census::default())),
            "with breaks at every {safe_points_max}:\n{source}"
        );
    }
}

#[test]
fn no_update_is_lost_without_a_lock_where_no_function_is_called() {
    assert_prints(
        &in_threads(
            4,
            "cnt = 0
counts = [0, 0]
table = {'a': 0}
def work(k):
    global cnt
    for i in range(2000):
        cnt += 1
        counts[i % 2] += 1
        table['a'] = table['a'] + 1
def result():
    return cnt, counts, table",
        ),
        "(8000, [4000, 4000], {'a': 8000})\n",
    );
}

#[test]
fn transfers_keep_the_sum_in_every_round() {
    // Every round sees all accounts as they are between transfers.
    assert_prints(
        &in_threads(
            4,
            "accounts = [1000, 1000, 1000, 1000, 1000]
bad = []
def work(k):
    for i in range(1000):
        source = (i * 7 + k) % 5
        target = (i * 3 + 2 * k + 1) % 5
        amount = i % 50
        accounts[source] -= amount
        accounts[target] += amount
        if sum(accounts) != 5000:
            bad.append(i)
def result():
    return sum(accounts), bad",
        ),
        "(5000, [])\n",
    );
}

#[test]
fn containers_that_grow_at_once_lose_nothing() {
    assert_prints(
        &in_threads(
            4,
            "items = []
table = {}
def work(k):
    for i in range(1000):
        items.append(i)
        table[i * 10 + k] = [i]
        if i % 3 == 0:
            items.pop()
def result():
    return len(items), len(table)",
        ),
        "(2664, 4000)\n",
    );
}

#[test]
fn what_is_printed_is_printed_once() {
    let source = in_threads(
        3,
        "lock = threading.Lock()
cnt = 0
def work(k):
    global cnt
    for i in range(100):
        with lock:
            cnt += 1
            print(cnt)
def result():
    return 'end'",
    );
    let printed: String = (1..=300).map(|count| count.to_string() + "\n").collect();
    assert_prints(&source, &(printed + "end\n"));
}

#[test]
fn conflicts_are_counted_by_their_cause() {
    let source = in_threads(
        2,
        "cnt = 0
def work(k):
    global cnt
    for i in range(50000):
        cnt += 1
def result():
    return cnt",
    );
    let choice = Choice::Transactions {
        safe_points_max: 1000,
    };
    let outcome = outcome(&source, choice);
    assert_eq!(outcome.output, "100000\n");
    let of = |wanted: &str| {
        let found = outcome.counters.iter().find(|(name, _)| name == wanted);
        found.map_or(f64::NAN, |(_, value)| *value)
    };
    // 100,000 rounds make a hundred transactions at least; starting, joining, printing and ending
    // make some inevitable.
    assert!(of("commits") >= 100.0, "{:?}", outcome.counters);
    assert!(of("inevitable") >= 5.0, "{:?}", outcome.counters);
    let names: Vec<&str> = outcome.counters.iter().map(|(name, _)| &**name).collect();
    let aborts = ["aborts_met_older", "aborts_gave_way", "aborts_read_changed"];
    assert_eq!(names[2..5], aborts);
}

#[test]
fn an_exception_of_something_that_never_was_is_no_exception() {
    // The length and the item are read in two instructions of one round.
    assert_prints(
        &in_threads(
            3,
            "items = [1, 2, 3]
def work(k):
    for i in range(3000):
        if k == 0:
            items.append(i)
            items.append(i)
        elif len(items) > 3:
            items.pop()
            items[len(items) - 1]
            items.pop(0)
def result():
    return len(items) >= 2",
        ),
        "True\n",
    );
}
