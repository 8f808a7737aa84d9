//! Cores, quotas and what can be measured.

use std::path::Path;

use parade_demos::meter::{self, Choice};
use parade_demos::snapshot::Machine;

use super::Finding;

/// Everything about the machine.
pub(super) fn look() -> Vec<Finding> {
    let machine = meter::open(Choice::default()).machine();
    let mut found = vec![cores(&machine), quota(machine.quota_cores)];
    found.extend(facilities());
    found.push(build(cfg!(debug_assertions)));
    found
}

fn cores(machine: &Machine) -> Finding {
    let Machine {
        usable, cores, cpu, ..
    } = machine;
    let name = if cpu.is_empty() {
        String::new()
    } else {
        format!(", {cpu}")
    };
    let says = format!("{usable} of {cores} usable{name}");
    if *usable < 2 {
        Finding::less(
            "cores",
            format!("{says}: with one, nothing can run in parallel, and verdicts are withheld"),
        )
    } else {
        Finding::good("cores", says)
    }
}

fn quota(cores: Option<f64>) -> Finding {
    match cores {
        None => Finding::good("quota", "none"),
        Some(cores) => Finding::less(
            "quota",
            format!("{cores:.1} cores: lanes are held back beyond that, and the time is shown"),
        ),
    }
}

/// The files that the meter for Linux reads, and what is lost without each.
const FACILITIES: &[(&str, &str, &str)] = &[
    ("/proc/stat", "busy time per core", "there are no gauges"),
    (
        "/proc/self/schedstat",
        "CPU time per thread in nanoseconds",
        "it comes in ticks of 10 ms",
    ),
    (
        "/proc/self/smaps_rollup",
        "memory as proportional set size",
        "memory is not shown",
    ),
];

fn facilities() -> Vec<Finding> {
    if !cfg!(target_os = "linux") {
        let says =
            "another system than Linux: cores and memory are read through sysinfo, which sees less";
        return vec![Finding::less("meter", says)];
    }
    let one = |(path, gives, without): &(&'static str, &str, &str)| match std::fs::read(Path::new(
        path,
    )) {
        Ok(bytes) if !bytes.is_empty() => Finding::good(path, *gives),
        _ => Finding::less(path, format!("can't be read: without it {without}")),
    };
    FACILITIES.iter().map(one).collect()
}

fn build(debug: bool) -> Finding {
    if debug {
        Finding::less(
            "build",
            "debug: verdicts are withheld; cargo run --release gives them",
        )
    } else {
        Finding::good("build", "release")
    }
}

#[cfg(test)]
mod tests {
    use super::super::Mark;
    use super::*;

    #[test]
    fn one_core_and_a_quota_are_told() {
        let machine = |usable| Machine {
            usable,
            cores: 4,
            ..Machine::default()
        };
        assert_eq!(cores(&machine(2)), Finding::good("cores", "2 of 4 usable"));
        assert_eq!(cores(&machine(1)).mark, Mark::Less);
        assert_eq!(quota(None).mark, Mark::Good);
        assert_eq!(quota(Some(1.5)).mark, Mark::Less);
    }
}
