//! The meter for every system that sysinfo knows.
//!
//! It sees less: processes but no threads, nor the cores that they ran on; so the lane's share goes
//! to whatever cores were busy. It tells of no proportional set size (the resident set, which it
//! knows, is another thing: pages that processes share count in each) and of no context switches.
//! What it can't see reads as nothing.

use std::time::{Duration, Instant};

use sysinfo::{
    Cpu, CpuRefreshKind, Pid, ProcessRefreshKind, ProcessesToUpdate, RefreshKind, System,
};

use super::{CoreTime, GroupMeter, GroupTime, Meter, Switches, ThreadTime};
use crate::snapshot::Machine;

/// How often the members of a group are looked for.
const SEARCH_EVERY: Duration = Duration::from_secs(2);

/// A search waits for this many times its own duration, so that it stays under a tenth of a percent.
const SEARCH_REST: u32 = 1000;

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
            leader,
            search_next: Instant::now(),
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

    /// The processes of the session that this one leads, as each lane does.
    fn session(&mut self, leader: u32) -> Vec<u32> {
        let Some(system) = &mut self.0 else {
            return Vec::new();
        };
        let all = ProcessesToUpdate::All;
        system.refresh_processes_specifics(all, true, ProcessRefreshKind::nothing());
        let leader = Pid::from_u32(leader);
        let members = system.processes().values();
        let members = members.filter(|process| process.session_id() == Some(leader));
        members.map(|process| process.pid().as_u32()).collect()
    }

    fn cpu(&self, pid: u32) -> Option<Duration> {
        let process = self.0.as_ref()?.process(Pid::from_u32(pid))?;
        Some(Duration::from_millis(process.accumulated_cpu_time()))
    }
}

/// The processes that were named, and others of the same session: sysinfo does not tell of groups.
#[derive(Debug)]
struct PortableGroup {
    processes: Processes,
    leader: u32,
    search_next: Instant,
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
        let began = Instant::now();
        if began >= self.search_next {
            let found = self.processes.session(self.leader);
            self.adopt(&found);
            self.search_next = Instant::now() + SEARCH_EVERY.max(began.elapsed() * SEARCH_REST);
        }
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
        let threads = read.iter().filter_map(|&now| self.ran(now)).collect();
        self.read = read;
        let before = *self.before.get_or_insert(total);
        self.cpu = self.cpu.max(total.saturating_sub(before));
        GroupTime {
            cpu: self.cpu,
            threads,
        }
    }

    fn pss(&mut self) -> Option<u64> {
        None
    }

    fn switches(&mut self) -> Option<Switches> {
        None
    }
}

impl PortableGroup {
    /// What a process did since the sample before; all of its threads count as its first.
    fn ran(&self, (pid, cpu): (u32, Duration)) -> Option<ThreadTime> {
        let (_, before) = self.read.iter().find(|(read, _)| *read == pid)?;
        let ran = cpu.saturating_sub(*before);
        (!ran.is_zero()).then_some(ThreadTime {
            pid,
            tid: pid,
            cpu,
            ran,
            core: None,
            core_before: None,
        })
    }
}
