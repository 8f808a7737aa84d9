//! Everything has a limit, and going beyond is an error of the program's, nothing worse.

use super::{CHOICES, SIZE, TRANSACTIONS, outcome, settings};
use crate::python::lab::{End, Hooks, Settings};
use crate::python::memory::Size;
use crate::python::runtime::Choice;

/// A program that allocates all that there is to allocate.
const GREEDY: &str = "import threading
def build(n):
    d = {}
    rows = []
    for i in range(n):
        d[str(i) * 3] = (i * 1000, [i, float(i)], f'{i:>9}')
        rows.append(d.get(str(i) * 3))
        rows += [(i, rows[-1])]
        rows.extend(range(1000, 1003))
    copy = rows * 2
    return len(list(copy)), max(d), tuple(rows)[0], min(d.values()), '-'.join(d)
lock = threading.Lock()
def work(n):
    with lock:
        build(n)
threads = []
for i in range(2):
    t = threading.Thread(target=work, args=[20])
    t.start()
    threads.append(t)
for t in threads:
    t.join()
r = build(20)
print(r[0], lock.locked())
";

#[test]
fn a_full_memory_is_an_error_wherever_it_happens_and_nothing_is_lost() {
    let mut ends = [0, 0];
    for slots in (340..1400).step_by(7) {
        let settings = Settings {
            memory: Size {
                slots,
                words: 1 << 16,
                chunk: 1,
            },
            ..settings(Choice::Gil { immortal: true })
        };
        count(GREEDY, &settings, &mut ends);
    }
    for words in (150..6000).step_by(23) {
        let settings = Settings {
            memory: Size {
                slots: 1 << 14,
                words,
                chunk: 1,
            },
            ..settings(Choice::Gil { immortal: true })
        };
        count(GREEDY, &settings, &mut ends);
    }
    assert!(ends.iter().all(|end| *end > 10), "{ends:?}");
}

fn count(source: &str, settings: &Settings, ends: &mut [u32; 2]) {
    let outcome = outcome(source, settings, &Hooks::new());
    match outcome.end {
        End::Finished => ends[0] += 1,
        End::Raised(text) if text.ends_with("MemoryError") => ends[1] += 1,
        end => panic!("{end:?} with {:?}", settings.memory),
    }
    let left = outcome.census.map(|census| census.left);
    assert_eq!(left.unwrap_or_default(), [], "with {:?}", settings.memory);
}

#[test]
fn what_is_too_large_is_a_memory_error_at_once() {
    for source in [
        "[0] * 10 ** 12",
        "(1, 2) * 2 ** 62",
        "'x' * 10 ** 15",
        "list(range(10 ** 12))",
        "a = [0]\nwhile True:\n    a += a",
        "s = 'x'\nwhile True:\n    s += s",
        "print([['x' * 1000] * 1000] * 1000)",
        "d = {}\ni = 0\nwhile True:\n    d[i] = i\n    i += 1",
        "a = None\nwhile True:\n    a = (a, a)",
    ] {
        let outcome = outcome(
            source,
            &settings(Choice::Gil { immortal: true }),
            &Hooks::new(),
        );
        match outcome.end {
            End::Raised(text) => assert!(text.ends_with("\nMemoryError"), "{text}"),
            end => panic!("{end:?}: {source}"),
        }
        assert_eq!(
            outcome.census.map(|census| census.left),
            Some(vec![]),
            "{source}"
        );
    }
}

#[test]
fn nesting_without_end_is_a_recursion_error() {
    for use_of in ["repr(a)", "a == b", "{a: 1}", "a < b"] {
        let source = format!(
            "a = ()\nb = ()\nfor i in range(5000):\n    a = (a,)\n    b = (b,)\nprint({use_of})\n"
        );
        let outcome = outcome(
            &source,
            &settings(Choice::Gil { immortal: true }),
            &Hooks::new(),
        );
        match outcome.end {
            End::Raised(text) => assert!(text.contains("RecursionError: "), "{text}"),
            end => panic!("{end:?}: {source}"),
        }
        assert_eq!(
            outcome.census.map(|census| census.left),
            Some(vec![]),
            "{source}"
        );
    }
}

#[test]
fn memory_is_used_again() {
    let source = "def churn(n):
    for i in range(n):
        a = [i * 1000, (i, i), {i: str(i)}]
churn(50000)
";
    for choice in CHOICES {
        let outcome = outcome(source, &settings(choice), &Hooks::new());
        assert_eq!(outcome.end, End::Finished, "under {choice:?}");
        // What is logged is not free yet, and what only a collection frees comes late.
        let slot_bytes = match choice {
            Choice::BufferedCount | TRANSACTIONS => 32,
            _ => 8,
        };
        assert!(
            outcome.memory_bytes < u64::from(SIZE.slots) * slot_bytes,
            "under {choice:?}: {outcome:?}"
        );
    }
}
