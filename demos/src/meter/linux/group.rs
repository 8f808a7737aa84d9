//! One process group: CPU time and cores of its threads, its memory, its context switches.
//!
//! A process's CPU clock is exact, cheap, and includes threads that have ended, so it decides first
//! whether to look closer: the threads of a process that did not run are not read. At most
//! [`THREADS_PER_SAMPLE`] are read in one sample, as [`Turns`] has it; what ran unseen is in the
//! group's sum.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

use nix::time::ClockId;
use nix::unistd::Pid;

use super::processes::{members, numbers};
use super::turns::Turns;
use super::{Reread, parse, ticks};
use crate::meter::{GroupMeter, GroupTime, Switches, ThreadTime};

/// The most threads that one sample reads.
const THREADS_PER_SAMPLE: usize = 64;

/// The most threads of a group that are watched one by one: each keeps two files open.
const THREADS_MAX: usize = 256;

/// A process that ran less than this since its threads were last read is not looked at closer.
const RAN_MIN: Duration = Duration::from_micros(200);

/// How often the members of the group are looked for.
const SEARCH_EVERY: Duration = Duration::from_secs(2);

/// A search waits for this many times its own duration, so that it stays under a tenth of a percent.
const SEARCH_REST: u32 = 1000;

#[derive(Debug)]
pub(super) struct LinuxGroup {
    leader: u32,
    processes: BTreeMap<u32, Process>,
    /// CPU time of members that are gone, as last read.
    ended: Duration,
    /// CPU time before the group was watched; set by the first sample.
    before: Option<Duration>,
    cpu: Duration,
    search_next: Instant,
}

#[derive(Debug)]
struct Process {
    clock: Option<ClockId>,
    stat: Reread,
    cpu: Duration,
    /// CPU time of children that it has waited for.
    children: Duration,
    /// What [`Self::cpu`] was when threads were last read.
    cpu_read: Duration,
    threads: BTreeMap<u32, Thread>,
    threads_total: u32,
    /// How many there were when they were last listed; some may be too many to be watched.
    threads_listed: u32,
    turns: Turns,
}

#[derive(Debug)]
struct Thread {
    stat: Reread,
    schedstat: Reread,
    cpu: Duration,
    /// What it ran between the last two readings.
    ran: Duration,
    core: Option<usize>,
}

impl LinuxGroup {
    pub(super) fn new(leader: u32) -> Self {
        let mut group = Self {
            leader,
            processes: BTreeMap::new(),
            ended: Duration::ZERO,
            before: None,
            cpu: Duration::ZERO,
            search_next: Instant::now(),
        };
        group.adopt(&[leader]);
        group
    }

    fn search(&mut self) {
        let began = Instant::now();
        if began < self.search_next {
            return;
        }
        let members: Vec<u32> = members(self.leader);
        self.adopt(&members);
        // Threads are listed anew too: as many may have begun as have ended.
        self.processes
            .values_mut()
            .for_each(|process| process.threads_listed = 0);
        let rest = began.elapsed() * SEARCH_REST;
        self.search_next = Instant::now() + rest.max(SEARCH_EVERY);
    }

    /// Each thread that lives, for the dear readings.
    fn thread_paths(&self) -> impl Iterator<Item = String> {
        self.processes.iter().flat_map(|(&pid, process)| {
            let tids = process.threads.keys().copied().chain([pid]);
            let mut tids: Vec<u32> = tids.collect();
            tids.sort_unstable();
            tids.dedup();
            tids.into_iter()
                .map(move |tid| format!("/proc/{pid}/task/{tid}"))
        })
    }
}

impl GroupMeter for LinuxGroup {
    fn adopt(&mut self, pids: &[u32]) {
        for &pid in pids {
            self.processes
                .entry(pid)
                .or_insert_with(|| Process::open(pid));
        }
    }

    fn sample(&mut self) -> GroupTime {
        self.search();
        let mut threads = Vec::new();
        let mut budget = THREADS_PER_SAMPLE;
        let mut watched: usize = self.processes.values().map(|p| p.threads.len()).sum();
        let ended = &mut self.ended;
        self.processes.retain(|&pid, process| {
            let lives = process.read();
            if lives {
                let room = THREADS_MAX.saturating_sub(watched);
                watched += process.follow(pid, room);
                process.sample(pid, &mut budget, &mut threads);
            } else {
                *ended += process.cpu;
            }
            lives
        });
        let living: Duration = self.processes.values().map(|process| process.cpu).sum();
        // A member that ended counts twice over: as last read, and exactly where its parent waited
        // for it. The larger is nearer to the truth.
        let waited: Duration = self
            .processes
            .values()
            .map(|process| process.children)
            .sum();
        let total = living + waited.max(self.ended);
        let before = *self.before.get_or_insert(total);
        self.cpu = self.cpu.max(total.saturating_sub(before));
        GroupTime {
            cpu: self.cpu,
            threads,
        }
    }

    fn pss(&mut self) -> Option<u64> {
        let of =
            |pid: &u32| parse::pss(&fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?);
        self.processes.keys().filter_map(of).reduce(|a, b| a + b)
    }

    fn switches(&mut self) -> Option<Switches> {
        let of =
            |path: String| parse::switches(&fs::read_to_string(format!("{path}/status")).ok()?);
        self.thread_paths()
            .filter_map(of)
            .reduce(|a, b| (a.0 + b.0, a.1 + b.1))
    }
}

impl Process {
    fn open(pid: u32) -> Self {
        let raw = i32::try_from(pid).unwrap_or(i32::MAX);
        Self {
            clock: ClockId::pid_cpu_clock_id(Pid::from_raw(raw)).ok(),
            stat: Reread::open(&format!("/proc/{pid}/stat")),
            cpu: Duration::ZERO,
            children: Duration::ZERO,
            cpu_read: Duration::ZERO,
            threads: BTreeMap::new(),
            threads_total: 0,
            threads_listed: 0,
            turns: Turns::default(),
        }
    }

    /// Reads the sums. False once the process is gone; a zombie still has its sums.
    fn read(&mut self) -> bool {
        let Some(stat) = parse::stat(self.stat.bytes()) else {
            return false;
        };
        let exact = self
            .clock
            .and_then(|clock| clock.now().ok())
            .map(Duration::from);
        let cpu = exact.unwrap_or_else(|| ticks(stat.cpu_ticks));
        self.cpu = self.cpu.max(cpu);
        self.children = ticks(stat.children_ticks);
        self.threads_total = if stat.zombie { 0 } else { stat.threads };
        true
    }

    /// Begins to watch threads that are new, and forgets those that have ended. Returns how many
    /// more are watched than before.
    fn follow(&mut self, pid: u32, room: usize) -> usize {
        if self.threads_listed == self.threads_total {
            return 0;
        }
        self.threads_listed = self.threads_total;
        let before = self.threads.len();
        let tids = numbers(&format!("/proc/{pid}/task"));
        self.threads.retain(|tid, _| tids.contains(tid));
        for tid in tids {
            if self.threads.len() >= before + room {
                break;
            }
            self.threads
                .entry(tid)
                .or_insert_with(|| Thread::open(pid, tid));
        }
        self.threads.len().saturating_sub(before)
    }

    fn sample(&mut self, pid: u32, budget: &mut usize, seen: &mut Vec<ThreadTime>) {
        if self.cpu.saturating_sub(self.cpu_read) < RAN_MIN || *budget == 0 {
            return;
        }
        let threads: Vec<(u32, Duration)> = self
            .threads
            .iter()
            .map(|(&tid, thread)| (tid, thread.ran))
            .collect();
        let ran = self.cpu.saturating_sub(self.cpu_read);
        self.cpu_read = self.cpu;
        let chosen = self.turns.choose(&threads, ran, *budget);
        *budget -= chosen.len();
        for tid in chosen {
            let Some(thread) = self.threads.get_mut(&tid) else {
                continue;
            };
            seen.extend(thread.sample(pid, tid));
        }
    }
}

impl Thread {
    fn open(pid: u32, tid: u32) -> Self {
        let path = format!("/proc/{pid}/task/{tid}");
        let mut thread = Self {
            stat: Reread::open(&format!("{path}/stat")),
            schedstat: Reread::open(&format!("{path}/schedstat")),
            cpu: Duration::ZERO,
            ran: Duration::ZERO,
            core: None,
        };
        thread.cpu = thread.clock().unwrap_or_default();
        thread
    }

    fn clock(&mut self) -> Option<Duration> {
        parse::schedstat(self.schedstat.bytes())
            .or_else(|| parse::stat(self.stat.bytes()).map(|stat| ticks(stat.cpu_ticks)))
    }

    /// What it did since it was last read; `None` if it did nothing or has ended.
    fn sample(&mut self, pid: u32, tid: u32) -> Option<ThreadTime> {
        let cpu = self.clock()?;
        let ran = cpu.saturating_sub(self.cpu);
        (self.cpu, self.ran) = (cpu, ran);
        if ran.is_zero() {
            return None;
        }
        let core = parse::stat(self.stat.bytes()).map(|stat| stat.core);
        let core_before = std::mem::replace(&mut self.core, core);
        Some(ThreadTime {
            pid,
            tid,
            cpu,
            ran,
            core,
            core_before,
        })
    }
}
