//! The control group's quota of CPU time, in versions 2 and 1. The tightest of the group and those
//! above it counts.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::parse::{self, Hierarchy};

/// The tightest quota that holds for this process.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Quota {
    limit: Option<(f64, PathBuf)>,
}

impl Quota {
    /// Looks for it on this machine.
    pub(super) fn find() -> Self {
        let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let groups =
            parse::control_group(&read("/proc/self/cgroup"), &read("/proc/self/mountinfo"));
        let limits = groups.iter().filter_map(|(hierarchy, mount, inside)| {
            Self::within(*hierarchy, Path::new(mount), inside).limit
        });
        Self {
            limit: limits.min_by(|a, b| a.0.total_cmp(&b.0)),
        }
    }

    /// The tightest from the folder `inside` up to the mount point.
    fn within(hierarchy: Hierarchy, mount: &Path, inside: &str) -> Self {
        let folder = mount.join(inside);
        let limits = folder
            .ancestors()
            .take_while(|above| above.starts_with(mount))
            .filter_map(|above| Some((limit(hierarchy, above)?, above.join("cpu.stat"))));
        Self {
            limit: limits.min_by(|a, b| a.0.total_cmp(&b.0)),
        }
    }

    /// In cores; `None` without one.
    pub(super) fn cores(&self) -> Option<f64> {
        self.limit.as_ref().map(|(cores, _)| *cores)
    }

    /// How long it has held the group back.
    pub(super) fn throttled(&self) -> Option<Duration> {
        let (_, stat) = self.limit.as_ref()?;
        parse::throttled(&fs::read_to_string(stat).ok()?)
    }
}

fn limit(hierarchy: Hierarchy, folder: &Path) -> Option<f64> {
    let read = |name: &str| fs::read_to_string(folder.join(name)).ok();
    match hierarchy {
        Hierarchy::V2 => parse::quota_v2(&read("cpu.max")?),
        Hierarchy::V1 => parse::quota_v1(&read("cpu.cfs_quota_us")?, &read("cpu.cfs_period_us")?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    #[test]
    fn takes_the_tightest_of_a_group_and_those_above_it() {
        let root = tree(&[
            ("a/cpu.max", "150000 100000"),
            ("a/cpu.stat", "throttled_usec 70\n"),
            ("a/b/cpu.max", "max 100000"),
            ("a/b/c/cpu.max", "300000 100000"),
        ]);
        let quota = Quota::within(Hierarchy::V2, root.path(), "a/b/c");
        assert_eq!(quota.cores(), Some(1.5));
        assert_eq!(quota.throttled(), Some(Duration::from_micros(70)));
        assert_eq!(
            Quota::within(Hierarchy::V2, root.path(), "x"),
            Quota::default()
        );
    }

    #[test]
    fn reads_version_1() {
        let root = tree(&[
            ("cpu.cfs_quota_us", "-1\n"),
            ("cpu.cfs_period_us", "100000\n"),
            ("app/cpu.cfs_quota_us", "50000\n"),
            ("app/cpu.cfs_period_us", "100000\n"),
            ("app/cpu.stat", "nr_throttled 1\nthrottled_time 9000\n"),
        ]);
        let quota = Quota::within(Hierarchy::V1, root.path(), "app");
        assert_eq!(quota.cores(), Some(0.5));
        assert_eq!(quota.throttled(), Some(Duration::from_micros(9)));
        assert_eq!(Quota::within(Hierarchy::V1, root.path(), "").cores(), None);
    }
}
