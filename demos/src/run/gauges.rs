//! Samples the machine and the groups that run, and closes a gauge's window every quarter of a second.
//!
//! It owns the meter. Who runs is told by claimants; what that means to the audience is known to
//! [`super::board`].

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::meter::attribution::{Attribution, Claimant};
use crate::meter::{
    CoreTime, GroupMeter, GroupTime, Meter, SAMPLES_PER_SECOND, SAMPLES_PER_WINDOW, Switches,
};
use crate::snapshot::{Core, HISTORY_MAX, Load, Machine};

/// How often memory and context switches are read at most.
const DEAR_EVERY: Duration = Duration::from_secs(1);

/// A dear reading waits for so many times its own duration: a tenth of a percent.
const DEAR_REST: u32 = 1000;

/// The most windows of which the rest's use is kept.
const OTHERS_MAX: usize = 4096;

/// The time between two samples.
const SAMPLE_EVERY: Duration = Duration::from_nanos(1_000_000_000 / SAMPLES_PER_SECOND as u64);

/// One window of a gauge.
pub(super) const WINDOW: Duration =
    Duration::from_nanos(SAMPLE_EVERY.as_nanos() as u64 * SAMPLES_PER_WINDOW as u64);

/// The gauges of a run.
pub(super) struct Gauges {
    meter: Box<dyn Meter>,
    attribution: Attribution,
    groups: Vec<Group>,
    claimants: usize,
    next: Instant,
    samples: u32,
    window_began: Instant,
    /// The counts at the window's beginning.
    cores: Vec<CoreTime>,
    own: Duration,
    /// What all groups used within this window.
    used: Duration,
    shown: Vec<Core>,
    now: Totals,
    /// Whether the windows are those that the report tells of.
    measuring: bool,
    tally: Tally,
}

/// One group that is watched.
struct Group {
    who: Claimant,
    meter: Box<dyn GroupMeter>,
    cpu: Duration,
    dear_next: Instant,
    dear: Dear,
}

/// What is read once a second.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dear {
    pub(super) pss_max: Option<u64>,
    pub(super) switches: Option<Switches>,
}

/// Cores' worth over one window.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Totals {
    pub(super) others: f64,
    pub(super) own: f64,
}

/// What the windows that were measured add up to.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    others: VecDeque<f64>,
    own: Duration,
    /// `None` where no core was seen.
    steal: Option<Duration>,
    wall: Duration,
    throttled_before: Option<Duration>,
    throttled: Option<Duration>,
}

/// One sample of one group.
pub(super) struct Sample {
    pub(super) who: Claimant,
    pub(super) time: GroupTime,
    pub(super) dear: Dear,
}

impl Gauges {
    pub(super) fn new(mut meter: Box<dyn Meter>) -> Self {
        let now = Instant::now();
        let cores = meter.cores();
        let usable = meter.usable();
        let core = |time: &CoreTime| Core {
            id: time.id,
            usable: usable.contains(&time.id),
            ..Core::default()
        };
        let shown = cores.iter().map(core).collect();
        let own = meter.own_cpu();
        Self {
            meter,
            attribution: Attribution::default(),
            groups: Vec::new(),
            claimants: 0,
            next: now + SAMPLE_EVERY,
            samples: 0,
            window_began: now,
            cores,
            own,
            used: Duration::ZERO,
            shown,
            now: Totals::default(),
            measuring: false,
            tally: Tally::default(),
        }
    }

    pub(super) fn machine(&self) -> Machine {
        self.meter.machine()
    }

    /// Every core and its recent past.
    pub(super) fn cores(&self) -> &[Core] {
        &self.shown
    }

    /// What everything else and this process used within the last window.
    pub(super) fn totals(&self) -> Totals {
        self.now
    }

    /// Whether the last tick closed a window.
    pub(super) fn window_closed(&self) -> bool {
        self.samples == 0
    }

    /// When the next sample is due.
    pub(super) fn next(&self) -> Instant {
        self.next
    }

    /// The windows from now on are those that the report tells of.
    pub(super) fn measure(&mut self) {
        self.tally.throttled_before = self.meter.throttled();
        self.measuring = true;
    }

    /// Begins to watch a group; it claims under the number that is returned.
    pub(super) fn watch(&mut self, leader: u32) -> Claimant {
        let who = self.claimants;
        self.claimants += 1;
        let meter = self.meter.watch(leader);
        let dear = Dear::default();
        self.groups.push(Group {
            who,
            meter,
            cpu: Duration::ZERO,
            dear_next: Instant::now(),
            dear,
        });
        who
    }

    /// Names members of a group, and takes the readings that all later ones are against.
    pub(super) fn adopt(&mut self, who: Claimant, pids: &[u32]) {
        if let Some(group) = self.groups.iter_mut().find(|group| group.who == who) {
            group.meter.adopt(pids);
            group.cpu = group.meter.sample().cpu;
            group.read_dear();
        }
    }

    /// Reads a group's memory now, whether or not it is due.
    pub(super) fn weigh(&mut self, who: Claimant) {
        if let Some(group) = self.groups.iter_mut().find(|group| group.who == who) {
            group.read_dear();
        }
    }

    /// The last sample of a group, before it is gone.
    pub(super) fn leave(&mut self, who: Claimant) -> Option<Sample> {
        let index = self.groups.iter().position(|group| group.who == who)?;
        let mut group = self.groups.swap_remove(index);
        let sample = group.sample(&mut self.attribution, &mut self.used);
        self.attribution.end(who);
        Some(sample)
    }

    /// What the gauges gave this one until now.
    pub(super) fn gauged(&self, who: Claimant) -> Duration {
        self.attribution.placed(who)
    }

    /// Samples every group if it is time, and closes the window if that is over.
    pub(super) fn tick(&mut self) -> Vec<Sample> {
        let now = Instant::now();
        if now < self.next {
            return Vec::new();
        }
        self.next += SAMPLE_EVERY;
        if self.next < now {
            // The machine was too busy for us: no catching up.
            self.next = now + SAMPLE_EVERY;
        }
        let mut samples = Vec::with_capacity(self.groups.len());
        for group in &mut self.groups {
            if now >= group.dear_next {
                group.read_dear();
            }
            samples.push(group.sample(&mut self.attribution, &mut self.used));
        }
        self.samples += 1;
        if self.samples >= SAMPLES_PER_WINDOW {
            self.close();
        }
        samples
    }

    /// Closes the window, however long it was.
    pub(super) fn close(&mut self) {
        self.samples = 0;
        let cores = self.meter.cores();
        let own = self.meter.own_cpu();
        let window = self.window_began.elapsed();
        self.window_began = Instant::now();
        let spent = spent(&self.cores, &cores);
        let loads = self.attribution.close(window, &spent);
        self.show(&spent, &loads);
        let used = std::mem::take(&mut self.used);
        let own_used = own.saturating_sub(self.own);
        self.own = own;
        self.cores = cores;
        let busy: Duration = spent.iter().map(|core| core.busy).sum();
        let part = |time: f64| time / window.as_secs_f64().max(f64::MIN_POSITIVE);
        let others = busy.as_secs_f64() - used.as_secs_f64() - own_used.as_secs_f64();
        self.now = Totals {
            others: part(others).max(0.0),
            own: part(own_used.as_secs_f64()),
        };
        if self.measuring {
            self.tally.own += own_used;
            self.tally.wall += window;
            // Where the system does not tell of its cores, nothing is known of the rest.
            if !spent.is_empty() {
                let steal = spent.iter().map(|core| core.steal).sum();
                self.tally.see(part(others), steal);
            }
        }
    }

    /// What the report says of the machine.
    pub(super) fn tally(&mut self) -> Tally {
        self.tally.throttled = self.meter.throttled();
        self.tally.clone()
    }

    fn show(&mut self, spent: &[CoreTime], loads: &[Load]) {
        for (time, load) in spent.iter().zip(loads) {
            let Some(core) = self.shown.iter_mut().find(|core| core.id == time.id) else {
                continue;
            };
            core.now = *load;
            core.history.push(*load);
            let excess = core.history.len().saturating_sub(HISTORY_MAX);
            core.history.drain(..excess);
        }
    }
}

impl Group {
    fn sample(&mut self, attribution: &mut Attribution, used: &mut Duration) -> Sample {
        let time = self.meter.sample();
        let since = time.cpu.saturating_sub(self.cpu);
        self.cpu = time.cpu;
        *used += since;
        attribution.claim(self.who, since, &time.threads);
        Sample {
            who: self.who,
            time,
            dear: self.dear,
        }
    }

    fn read_dear(&mut self) {
        let began = Instant::now();
        self.dear.pss_max = self.dear.pss_max.max(self.meter.pss());
        self.dear.switches = self.meter.switches().or(self.dear.switches);
        let rest = began.elapsed() * DEAR_REST;
        self.dear_next = Instant::now() + rest.max(DEAR_EVERY);
    }
}

impl Tally {
    fn see(&mut self, others: f64, steal: Duration) {
        if self.others.len() == OTHERS_MAX {
            self.others.pop_front();
        }
        self.others.push_back(others);
        *self.steal.get_or_insert_default() += steal;
    }

    fn cores(&self, time: Duration) -> Option<f64> {
        (!self.wall.is_zero()).then(|| time.as_secs_f64() / self.wall.as_secs_f64())
    }

    /// Cores' worth that everything else used: the median over the windows.
    pub(super) fn others_cores(&self) -> Option<f64> {
        let others: Vec<f64> = self.others.iter().copied().collect();
        crate::report::median(&others).map(|median| median.max(0.0))
    }

    pub(super) fn own_cores(&self) -> Option<f64> {
        self.cores(self.own)
    }

    pub(super) fn steal_cores(&self) -> Option<f64> {
        self.cores(self.steal?)
    }

    pub(super) fn throttled_s(&self) -> Option<f64> {
        let (before, after) = (self.throttled_before?, self.throttled?);
        Some(after.saturating_sub(before).as_secs_f64())
    }
}

/// What each core did between two readings; a core that came or went in between is left out.
fn spent(before: &[CoreTime], after: &[CoreTime]) -> Vec<CoreTime> {
    let since = |now: &CoreTime| {
        let then = before.iter().find(|core| core.id == now.id)?;
        Some(CoreTime {
            id: now.id,
            busy: now.busy.saturating_sub(then.busy),
            steal: now.steal.saturating_sub(then.steal),
        })
    };
    after.iter().filter_map(since).collect()
}
