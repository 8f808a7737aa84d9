//! Cores, threads and memory: what the operating system counted.
//!
//! Everything here is a reading: cumulative counts that only the meter's user subtracts. The seam
//! is [`Meter`], with [`linux`] behind it and [`portable`] for other systems, which can be chosen on
//! Linux too, so that it is tested. [`attribution`] makes gauges of readings, and touches no system.

pub mod attribution;
#[cfg(target_os = "linux")]
pub mod linux;
pub mod portable;

use std::time::Duration;

use crate::snapshot::Machine;

/// How often threads are sampled, per second: at least 20.
pub const SAMPLES_PER_SECOND: u32 = 24;

/// How many samples make a gauge's window of 250 ms; `/proc/stat` counts ticks of 10 ms, and a
/// window under 200 ms is noise.
pub const SAMPLES_PER_WINDOW: u32 = 6;

/// What one core has done since some moment in the past.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CoreTime {
    /// The operating system's number for it.
    pub id: usize,
    /// Busy in all, steal not included.
    pub busy: Duration,
    /// Taken by the hypervisor for other machines.
    pub steal: Duration,
}

/// One thread that ran since the last sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadTime {
    /// Its process.
    pub pid: u32,
    /// Its own number; the process's, for the first thread of a process.
    pub tid: u32,
    /// CPU time since it began.
    pub cpu: Duration,
    /// CPU time since the sample before in which it was read.
    pub ran: Duration,
    /// The core it was last seen on.
    pub core: Option<usize>,
    /// The core it was seen on the time before.
    pub core_before: Option<usize>,
}

/// What a process group has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupTime {
    /// CPU time of all its processes since the group was watched, ended ones included.
    pub cpu: Duration,
    /// Those of its threads that were seen to have run since the sample before.
    pub threads: Vec<ThreadTime>,
}

/// Context switches so far, voluntary and involuntary.
pub type Switches = (u64, u64);

/// Reads the machine.
pub trait Meter: Send {
    /// What does not change while parade runs.
    fn machine(&self) -> Machine;
    /// Which cores the affinity mask lets lanes use, by number.
    fn usable(&self) -> Vec<usize>;
    /// Every core that is online.
    fn cores(&mut self) -> Vec<CoreTime>;
    /// CPU time of this process.
    fn own_cpu(&mut self) -> Duration;
    /// How long the control group's quota has held the group back; `None` without a quota.
    fn throttled(&mut self) -> Option<Duration>;
    /// Begins to watch the process group that this process leads.
    fn watch(&mut self, leader: u32) -> Box<dyn GroupMeter>;
}

/// Reads one process group.
pub trait GroupMeter: Send {
    /// Processes known to belong to the group; others are found as time goes by.
    fn adopt(&mut self, pids: &[u32]);
    /// What the group has done by now. Cheap: meant to be called [`SAMPLES_PER_SECOND`] times.
    fn sample(&mut self) -> GroupTime;
    /// The proportional set size of the whole group, in bytes. Dear: once a second at most.
    fn pss(&mut self) -> Option<u64>;
    /// Context switches of the threads that live now. Dear, as memory is.
    fn switches(&mut self) -> Option<Switches>;
}

/// What of this machine lanes may use, without what takes longer to be read.
pub fn room() -> Machine {
    #[cfg(target_os = "linux")]
    return linux::room();
    #[cfg(not(target_os = "linux"))]
    Machine {
        usable: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        ..Machine::default()
    }
}

/// Which meter reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// The one made for this system, or the portable one where there is none.
    #[default]
    Native,
    /// The one that works on every system, and sees less.
    Portable,
}

/// Opens a meter.
pub fn open(choice: Choice) -> Box<dyn Meter> {
    match choice {
        #[cfg(target_os = "linux")]
        Choice::Native => Box::new(linux::LinuxMeter::open()),
        _ => Box::new(portable::PortableMeter::open()),
    }
}
