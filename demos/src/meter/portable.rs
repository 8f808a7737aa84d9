//! The meter for every system that sysinfo knows.
//!
//! It sees less: no threads, no cores of theirs, no proportional set size, no context switches.
//! So the lane's share goes to whatever cores were busy, and what it can't see reads as nothing.

use std::time::{Duration, Instant};

use sysinfo::{
    Cpu, CpuRefreshKind, Pid, ProcessRefreshKind, ProcessesToUpdate, RefreshKind, System,
};

use super::{CoreTime, GroupMeter, GroupTime, Meter, Switches};
use crate::snapshot::Machine;

/// Reads through sysinfo.
#[derive(Debug)]
pub struct PortableMeter {
    /// `None` where sysinfo knows nothing of the system; then everything reads as nothing.
    system: Option<System>,
    /// sysinfo tells shares of the time since the refresh before; sums of them are counts.
    busy: Vec<Duration>,
    refreshed: Instant,
    own: Processes,
}

impl PortableMeter {
    /// Takes the first reading, which the next is against.
    pub fn open() -> Self {
        let cores = RefreshKind::nothing().with_cpu(CpuRefreshKind::nothing().with_usage());
        let system = System::new_with_specifics(cores).ok();
        let busy = vec![Duration::ZERO; system.as_ref().map_or(0, |system| system.cpus().len())];
        Self {
            system,
            busy,
            refreshed: Instant::now(),
            own: Processes::new(),
        }
    }

    fn cpus(&self) -> &[Cpu] {
        self.system.as_ref().map_or(&[], System::cpus)
    }
}

impl Meter for PortableMeter {
    fn machine(&self) -> Machine {
        let cores = self.cpus();
        Machine {
            os: std::env::consts::OS.to_owned(),
            cpu: cores
                .first()
                .map(|core| core.brand().to_owned())
                .unwrap_or_default(),
            cores: cores.len(),
            usable: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            quota_cores: None,
        }
    }

    fn usable(&self) -> Vec<usize> {
        (0..self.busy.len()).collect()
    }

    fn cores(&mut self) -> Vec<CoreTime> {
        let since = self.refreshed.elapsed();
        if since >= sysinfo::MINIMUM_CPU_UPDATE_INTERVAL
            && let Some(system) = &mut self.system
        {
            system.refresh_cpu_usage();
            self.refreshed = Instant::now();
            for (busy, core) in self.busy.iter_mut().zip(system.cpus()) {
                *busy += since.mul_f64(f64::from(core.usage().clamp(0.0, 100.0)) / 100.0);
            }
        }
        let time = |(id, &busy)| CoreTime {
            id,
            busy,
            steal: Duration::ZERO,
        };
        self.busy.iter().enumerate().map(time).collect()
    }

    fn own_cpu(&mut self) -> Duration {
        self.own.refresh(&[std::process::id()]);
        self.own.cpu(std::process::id()).unwrap_or_default()
    }

    fn throttled(&mut self) -> Option<Duration> {
        None
    }

    fn watch(&mut self, leader: u32) -> Box<dyn GroupMeter> {
        Box::new(PortableGroup {
            processes: Processes::new(),
            members: vec![leader],
            read: Vec::new(),
            ended: Duration::ZERO,
            before: None,
            cpu: Duration::ZERO,
        })
    }
}

#[derive(Debug)]
struct Processes(Option<System>);

impl Processes {
    fn new() -> Self {
        Self(System::new().ok())
    }

    fn refresh(&mut self, pids: &[u32]) {
        let Some(system) = &mut self.0 else { return };
        let pids: Vec<Pid> = pids.iter().map(|&pid| Pid::from_u32(pid)).collect();
        let cpu = ProcessRefreshKind::nothing().with_cpu();
        system.refresh_processes_specifics(ProcessesToUpdate::Some(&pids), true, cpu);
    }

    fn cpu(&self, pid: u32) -> Option<Duration> {
        let process = self.0.as_ref()?.process(Pid::from_u32(pid))?;
        Some(Duration::from_millis(process.accumulated_cpu_time()))
    }
}

/// The processes that were named, and no others: sysinfo does not tell of groups.
#[derive(Debug)]
struct PortableGroup {
    processes: Processes,
    members: Vec<u32>,
    read: Vec<(u32, Duration)>,
    ended: Duration,
    before: Option<Duration>,
    cpu: Duration,
}

impl GroupMeter for PortableGroup {
    fn adopt(&mut self, pids: &[u32]) {
        self.members.extend(pids);
        self.members.sort_unstable();
        self.members.dedup();
    }

    fn sample(&mut self) -> GroupTime {
        self.processes.refresh(&self.members);
        let processes = &self.processes;
        let read: Vec<_> = self
            .members
            .iter()
            .filter_map(|&pid| Some((pid, processes.cpu(pid)?)))
            .collect();
        let gone = self
            .read
            .iter()
            .filter(|(pid, _)| !read.iter().any(|(now, _)| now == pid));
        self.ended += gone.map(|(_, cpu)| *cpu).sum();
        self.members = read.iter().map(|(pid, _)| *pid).collect();
        let total = self.ended + read.iter().map(|(_, cpu)| *cpu).sum();
        self.read = read;
        let before = *self.before.get_or_insert(total);
        self.cpu = self.cpu.max(total.saturating_sub(before));
        GroupTime {
            cpu: self.cpu,
            threads: Vec::new(),
        }
    }

    fn pss(&mut self) -> Option<u64> {
        None
    }

    fn switches(&mut self) -> Option<Switches> {
        None
    }
}
