//! The meter for Linux: `/proc` and `/sys/fs/cgroup`, files kept open and read again in place.

mod group;
mod parse;
mod processes;
mod quota;
mod turns;

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use self::group::LinuxGroup;
pub(crate) use self::processes::{below, left_by, lives};
use self::quota::Quota;
use super::{CoreTime, GroupMeter, Meter};
use crate::snapshot::Machine;

/// Reads `/proc`.
#[derive(Debug)]
pub struct LinuxMeter {
    stat: Reread,
    quota: Quota,
    machine: Machine,
    usable: Vec<usize>,
}

impl LinuxMeter {
    /// Opens what is there; what is missing later reads as nothing.
    pub fn open() -> Self {
        let mut stat = Reread::open("/proc/stat");
        let cores = parse::cores(&stat.text());
        let quota = Quota::find();
        let usable = usable(&cores.iter().map(|core| core.id).collect::<Vec<_>>());
        let machine = Machine {
            os: "linux".to_owned(),
            cpu: parse::processor(&fs::read_to_string("/proc/cpuinfo").unwrap_or_default()),
            cores: cores.len().max(usable.len()),
            usable: usable.len(),
            quota_cores: quota.cores(),
        };
        Self {
            stat,
            quota,
            machine,
            usable,
        }
    }
}

impl Meter for LinuxMeter {
    fn machine(&self) -> Machine {
        self.machine.clone()
    }

    fn usable(&self) -> Vec<usize> {
        self.usable.clone()
    }

    fn cores(&mut self) -> Vec<CoreTime> {
        let time = |core: parse::CoreTicks| CoreTime {
            id: core.id,
            busy: ticks(core.busy),
            steal: ticks(core.steal),
        };
        parse::cores(&self.stat.text())
            .into_iter()
            .map(time)
            .collect()
    }

    fn own_cpu(&mut self) -> Duration {
        Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).unwrap_or_default()
    }

    fn throttled(&mut self) -> Option<Duration> {
        self.quota.throttled()
    }

    fn watch(&mut self, leader: u32) -> Box<dyn GroupMeter> {
        Box::new(LinuxGroup::new(leader))
    }
}

/// What of this machine lanes may use.
pub(super) fn room() -> Machine {
    Machine {
        usable: usable(&[]).len(),
        quota_cores: Quota::find().cores(),
        ..Machine::default()
    }
}

/// Those of the online cores that the affinity mask allows. All online ones if the mask can't be
/// read, and all that it allows where the system does not tell which are online.
fn usable(online: &[usize]) -> Vec<usize> {
    const MAX: usize = rustix::thread::CpuSet::MAX_CPU;
    let Ok(mask) = rustix::thread::sched_getaffinity(None) else {
        return online.to_vec();
    };
    let allowed = |&id: &usize| id < MAX && mask.is_set(id);
    if online.is_empty() {
        return (0..MAX).filter(allowed).collect();
    }
    online.iter().copied().filter(allowed).collect()
}

/// Clock ticks as a duration.
fn ticks(count: u64) -> Duration {
    let per_second = rustix::param::clock_ticks_per_second().max(1);
    Duration::from_nanos(count.saturating_mul(1_000_000_000 / per_second))
}

/// A file of `/proc` that is read again and again: opened once, its buffer kept.
#[derive(Debug)]
struct Reread {
    file: io::Result<File>,
    buffer: Vec<u8>,
}

/// The most that is read of one file.
const FILE_BYTES_MAX: usize = 1 << 20;

impl Reread {
    fn open(path: &str) -> Self {
        Self {
            file: File::open(path),
            buffer: vec![0; 1024],
        }
    }

    /// What the file says now; empty if it can't be read, as when its process has ended.
    fn bytes(&mut self) -> &[u8] {
        let Ok(file) = &self.file else { return &[] };
        let mut filled = 0;
        loop {
            match file.read_at(&mut self.buffer[filled..], filled as u64) {
                Ok(0) => return &self.buffer[..filled],
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return &[],
            }
            if filled < self.buffer.len() {
                // A short read of these files is the end: a second one would only confirm it.
                return &self.buffer[..filled];
            }
            if filled >= FILE_BYTES_MAX {
                return &self.buffer[..filled];
            }
            self.buffer.resize(filled * 2, 0);
        }
    }

    fn text(&mut self) -> String {
        String::from_utf8_lossy(self.bytes()).into_owned()
    }
}
