//! The texts under `/proc` and `/sys/fs/cgroup`, taken apart. Pure: bytes in, values out; `None` or
//! nothing where a text is not what proc(5) and cgroups(7) say.

use std::time::Duration;

/// One core's line of `/proc/stat`, in clock ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CoreTicks {
    pub(super) id: usize,
    pub(super) busy: u64,
    pub(super) steal: u64,
}

/// What `/proc/PID/stat` and `/proc/PID/task/TID/stat` tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stat {
    pub(super) zombie: bool,
    pub(super) parent: u32,
    pub(super) group: u32,
    pub(super) session: u32,
    pub(super) cpu_ticks: u64,
    pub(super) children_ticks: u64,
    pub(super) threads: u32,
    pub(super) core: usize,
}

/// The cores' lines of `/proc/stat`. `guest` is left out: `user` holds it already.
pub(super) fn cores(text: &str) -> Vec<CoreTicks> {
    text.lines()
        .take_while(|line| line.starts_with("cpu"))
        .filter_map(core)
        .collect()
}

fn core(line: &str) -> Option<CoreTicks> {
    let mut fields = line.strip_prefix("cpu")?.split_ascii_whitespace();
    let id = fields
        .next()
        .filter(|_| !line.starts_with("cpu "))?
        .parse()
        .ok()?;
    let ticks: Vec<u64> = fields.map_while(|field| field.parse().ok()).collect();
    let [user, nice, system, _idle, _iowait, rest @ ..] = ticks.as_slice() else {
        return None;
    };
    let at = |index: usize| rest.get(index).copied().unwrap_or(0);
    let (irq, softirq, steal) = (at(0), at(1), at(2));
    Some(CoreTicks {
        id,
        busy: user + nice + system + irq + softirq,
        steal,
    })
}

/// A process's or a thread's `stat`. Its name may hold anything, `)` and spaces included, so that
/// fields are counted from the last `)`.
pub(super) fn stat(bytes: &[u8]) -> Option<Stat> {
    let name_end = bytes.iter().rposition(|&byte| byte == b')')?;
    let rest = std::str::from_utf8(&bytes[name_end + 1..]).ok()?;
    let mut fields = rest.split_ascii_whitespace();
    let state = fields.next()?;
    // Numbers in the manual count from the pid as 1; `state` is 3.
    let mut seen = 3;
    let mut field = |number: usize| {
        let value = fields.nth(number - seen - 1);
        seen = number;
        value
    };
    let parent = field(4)?.parse().ok()?;
    let group = field(5)?.parse().ok()?;
    let session = field(6)?.parse().ok()?;
    let user: u64 = field(14)?.parse().ok()?;
    let system: u64 = field(15)?.parse().ok()?;
    let children_user: u64 = field(16)?.parse().ok()?;
    let children_system: u64 = field(17)?.parse().ok()?;
    let threads = field(20)?.parse().ok()?;
    let core = field(39)?.parse().ok()?;
    Some(Stat {
        zombie: matches!(state, "Z" | "X"),
        parent,
        group,
        session,
        cpu_ticks: user + system,
        children_ticks: children_user + children_system,
        threads,
        core,
    })
}

/// The CPU time in a `schedstat`: its first number, in nanoseconds.
pub(super) fn schedstat(bytes: &[u8]) -> Option<Duration> {
    let text = std::str::from_utf8(bytes).ok()?;
    text.split_ascii_whitespace()
        .next()?
        .parse()
        .ok()
        .map(Duration::from_nanos)
}

/// The proportional set size in a `smaps_rollup`, in bytes.
pub(super) fn pss(text: &str) -> Option<u64> {
    number_after(text, "Pss:").map(|kib| kib * 1024)
}

/// Context switches in a thread's `status`, voluntary and involuntary.
pub(super) fn switches(text: &str) -> Option<(u64, u64)> {
    Some((
        number_after(text, "voluntary_ctxt_switches:")?,
        number_after(text, "nonvoluntary_ctxt_switches:")?,
    ))
}

fn number_after(text: &str, key: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(key))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}

/// The processor's name in `/proc/cpuinfo`; empty where it tells none, as on many ARM machines.
pub(super) fn processor(text: &str) -> String {
    const KEYS: [&str; 3] = ["model name", "Model", "cpu model"];
    let value = |line: &str, wanted: &str| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == wanted).then(|| value.trim().to_owned())
    };
    KEYS.iter()
        .find_map(|key| text.lines().find_map(|line| value(line, key)))
        .unwrap_or_default()
}

/// The quota in a version 2 `cpu.max`, in cores.
pub(super) fn quota_v2(text: &str) -> Option<f64> {
    let mut fields = text.split_ascii_whitespace();
    ratio(fields.next()?, fields.next()?)
}

/// The quota in version 1's `cpu.cfs_quota_us` and `cpu.cfs_period_us`, in cores; −1 means none.
pub(super) fn quota_v1(quota: &str, period: &str) -> Option<f64> {
    ratio(quota.trim(), period.trim())
}

fn ratio(quota: &str, period: &str) -> Option<f64> {
    let (quota, period): (u64, u64) = (quota.parse().ok()?, period.parse().ok()?);
    (period > 0).then(|| quota as f64 / period as f64)
}

/// The throttled time in a `cpu.stat`: version 2 tells µs, version 1 ns.
pub(super) fn throttled(text: &str) -> Option<Duration> {
    let value = |key: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(key)?.trim().parse::<u64>().ok())
    };
    value("throttled_usec ")
        .map(Duration::from_micros)
        .or_else(|| value("throttled_time ").map(Duration::from_nanos))
}

/// Which hierarchy of control groups limits CPU time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hierarchy {
    V1,
    V2,
}

/// Where this process's control group for CPU time is, from `/proc/self/cgroup` and
/// `/proc/self/mountinfo`: the hierarchy, its mount point, and the folders from there on.
pub(super) fn control_group(groups: &str, mounts: &str) -> Vec<(Hierarchy, String, String)> {
    let mut found = Vec::new();
    for line in groups.lines() {
        let mut parts = line.splitn(3, ':');
        let (Some(_), Some(controllers), Some(path)) = (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let hierarchy = match controllers {
            "" => Hierarchy::V2,
            list if list.split(',').any(|controller| controller == "cpu") => Hierarchy::V1,
            _ => continue,
        };
        if let Some((root, mount)) = mounts.lines().find_map(|line| mount(line, hierarchy)) {
            let inside = path.strip_prefix(root.trim_end_matches('/')).unwrap_or("");
            found.push((hierarchy, mount, inside.trim_matches('/').to_owned()));
        }
    }
    found
}

/// The root and mount point of a hierarchy, if this line of `mountinfo` mounts it.
fn mount(line: &str, hierarchy: Hierarchy) -> Option<(String, String)> {
    let (place, system) = line.split_once(" - ")?;
    let mut place = place.split(' ').skip(3);
    let (root, mount) = (place.next()?, place.next()?);
    let mut system = system.split(' ');
    let kind = system.next()?;
    let options = system.nth(1)?;
    let fits = match hierarchy {
        Hierarchy::V2 => kind == "cgroup2",
        Hierarchy::V1 => kind == "cgroup" && options.split(',').any(|option| option == "cpu"),
    };
    fits.then(|| (root.to_owned(), mount.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_cores_of_stat() {
        let text = "cpu  7 7 7 7 7 7 7 7 7 7\ncpu0 100 5 20 900 50 3 2 11 40 0\ncpu63 1 2 3 4 5\n\
                    cpu7 x\nintr 271986 0\ncpu9 1 1 1 1 1 1 1 1\n";
        assert_eq!(
            cores(text),
            [
                CoreTicks {
                    id: 0,
                    busy: 130,
                    steal: 11
                },
                CoreTicks {
                    id: 63,
                    busy: 6,
                    steal: 0
                },
            ]
        );
        assert_eq!(cores(""), []);
    }

    #[test]
    fn reads_stat_whatever_the_name() {
        let tail = " R 1 4711 4700 0 -1 4194304 99 0 0 0 250 30 7 8 20 0 3 0 5000 1 2 3 4 5 6 7 8 \
                    9 10 11 12 13 0 0 17 1 0 0 0 0 0\n";
        let expected = Stat {
            zombie: false,
            parent: 1,
            group: 4711,
            session: 4700,
            cpu_ticks: 280,
            children_ticks: 15,
            threads: 3,
            core: 1,
        };
        for name in ["(sh)", "(a) R 9 9 (b))", "()", "(\u{1f40d} x)"] {
            assert_eq!(
                stat(format!("12 {name}{tail}").as_bytes()),
                Some(expected),
                "{name}"
            );
        }
        assert_eq!(stat(b"12 (\xff\xfe) R 1 4711"), None);
        assert_eq!(stat(b""), None);
        assert!(stat(format!("1 (x) Z{}", &tail[2..]).as_bytes()).is_some_and(|s| s.zombie));
    }

    #[test]
    fn reads_one_value_of_each_text() {
        assert_eq!(
            schedstat(b"58347123 99 7\n"),
            Some(Duration::from_nanos(58_347_123))
        );
        assert_eq!(schedstat(b""), None);
        let rollup = "55-7f ---p 00000000 00:00 0 [rollup]\nRss: 1712 kB\nPss:     546 kB\n";
        assert_eq!(pss(rollup), Some(546 * 1024));
        let status = "Name:\tx\nvoluntary_ctxt_switches:\t12\nnonvoluntary_ctxt_switches:\t3\n";
        assert_eq!(switches(status), Some((12, 3)));
        assert_eq!(switches("Name:\tx\n"), None);
        assert_eq!(
            processor("processor : 0\nmodel name\t: AMD EPYC\n"),
            "AMD EPYC"
        );
        assert_eq!(
            processor("processor : 0\nModel\t: Raspberry Pi 5\n"),
            "Raspberry Pi 5"
        );
        assert_eq!(processor(""), "");
    }

    #[test]
    fn reads_quotas_of_both_versions() {
        for (text, expected) in [
            ("150000 100000\n", Some(1.5)),
            ("max 100000\n", None),
            ("100000 0", None),
            ("", None),
        ] {
            assert_eq!(quota_v2(text), expected, "{text}");
        }
        assert_eq!(quota_v1("50000\n", "100000\n"), Some(0.5));
        assert_eq!(quota_v1("-1\n", "100000\n"), None);
        let v2 = "usage_usec 5\nnr_throttled 2\nthrottled_usec 1500\n";
        assert_eq!(throttled(v2), Some(Duration::from_micros(1500)));
        assert_eq!(
            throttled("nr_throttled 2\nthrottled_time 42\n"),
            Some(Duration::from_nanos(42))
        );
        assert_eq!(throttled("usage_usec 5\n"), None);
    }

    #[test]
    fn finds_the_control_group_wherever_it_is_mounted() {
        type Found = (Hierarchy, &'static str, &'static str);
        let unified = "25 21 0:22 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw,nsdelegate";
        let legacy = "30 25 0:26 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct\n\
                      31 25 0:27 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory";
        let inside = "40 30 0:26 /docker/abc /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu";
        let table: &[(&str, &str, &[Found])] = &[
            (
                "0::/user.slice/x\n",
                unified,
                &[(Hierarchy::V2, "/sys/fs/cgroup", "user.slice/x")],
            ),
            ("0::/\n", unified, &[(Hierarchy::V2, "/sys/fs/cgroup", "")]),
            (
                "4:memory:/m\n1:cpu,cpuacct:/a\n0::/\n",
                legacy,
                &[(Hierarchy::V1, "/sys/fs/cgroup/cpu", "a")],
            ),
            (
                "1:cpu:/docker/abc/app\n",
                inside,
                &[(Hierarchy::V1, "/sys/fs/cgroup/cpu", "app")],
            ),
            ("nonsense\n", unified, &[]),
        ];
        for (groups, mounts, expected) in table {
            let found = control_group(groups, mounts);
            let found: Vec<_> = found
                .iter()
                .map(|(h, mount, path)| (*h, mount.as_str(), path.as_str()))
                .collect();
            assert_eq!(found, *expected, "{groups}");
        }
    }
}
