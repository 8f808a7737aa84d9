//! Spec → lanes ready to run: baselines added, workers counted, defaults filled in. Pure.

use std::collections::BTreeMap;

use crate::catalogue::{self, Bound, Crew};
use crate::report::{LaneReport, Report};
use crate::snapshot::Machine;
use crate::spec::{Amount, Baseline, DemoSpec, LaneSpec, Parameters, Workers};

use super::protocol::LaneOrder;

/// The most memory that each process of a lane may map for data.
const MEMORY_BYTES_MAX: u64 = 2 << 30;

/// The model by which the work is calibrated.
const SEQUENTIAL: &str = "sequential";

/// All lanes of a run, in the order in which they run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plan {
    pub(super) lanes: Vec<PlannedLane>,
    pub(super) tasks: Vec<Task>,
}

/// A workload with its parameters: the lanes that share one do the same work and give the same
/// checksum.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Task {
    pub(super) workload: String,
    pub(super) with: Parameters,
    pub(super) bound: Bound,
    pub(super) unit: String,
    /// How much, where it need not be found by calibration.
    pub(super) work: Option<u64>,
    /// What a calibrating lane has to do, but for the work.
    pub(super) probe: LaneOrder,
}

/// One lane.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlannedLane {
    pub(super) name: String,
    pub(super) label: String,
    /// Index into [`Plan::tasks`].
    pub(super) task: usize,
    pub(super) baseline: bool,
    /// The index of the lane that its speed-up is against.
    pub(super) against: Option<usize>,
    /// What it has to do, but for the work.
    pub(super) order: LaneOrder,
    /// Why it must not run.
    pub(super) refused: Option<String>,
}

/// Makes the plan.
pub(super) fn plan(demo: &DemoSpec, machine: &Machine, trusted: bool) -> Plan {
    let mut plan = Plan {
        lanes: Vec::new(),
        tasks: Vec::new(),
    };
    let mut waiting: Vec<&LaneSpec> = demo.lanes.iter().collect();
    while !waiting.is_empty() {
        let lane = waiting.remove(0);
        let with = task_parameters(lane);
        let same = |task: &Task| task.workload == lane.workload && task.with == with;
        if let Some(task) = plan.tasks.iter().position(same) {
            plan.add(lane, task, demo, machine, trusted);
            continue;
        }
        let task = plan.tasks.len();
        plan.tasks.push(new_task(lane, with, demo));
        if demo.baseline == Baseline::Sequential {
            // A baseline of the deck's own goes first, wherever it stands.
            let own = std::iter::once(&lane).chain(&waiting).position(|other| {
                catalogue::is_baseline(other)
                    && (&other.workload, &other.with) == (&lane.workload, &lane.with)
            });
            match own {
                Some(0) => {}
                Some(position) => {
                    let baseline = waiting.remove(position - 1);
                    plan.add(baseline, task, demo, machine, trusted);
                }
                None => {
                    if let Some(baseline) = baseline_of(lane, &plan, demo) {
                        plan.add(&baseline, task, demo, machine, trusted);
                    }
                }
            }
        }
        plan.add(lane, task, demo, machine, trusted);
    }
    plan
}

impl Plan {
    fn add(
        &mut self,
        lane: &LaneSpec,
        task: usize,
        demo: &DemoSpec,
        machine: &Machine,
        trusted: bool,
    ) {
        let of_task = |other: &PlannedLane| other.task == task && other.baseline;
        let existing = self.lanes.iter().position(of_task);
        let baseline = demo.baseline == Baseline::Sequential
            && catalogue::is_baseline(lane)
            && existing.is_none();
        let against = if baseline {
            Some(self.lanes.len())
        } else {
            existing
        };
        let work = self.tasks[task].work.unwrap_or(1);
        let cores = cores_for_workers(machine) as usize;
        let order = order(
            lane,
            work,
            catalogue::worker_count(lane, cores, work),
            demo.seed,
        );
        let refused = refusal(lane, trusted);
        self.lanes.push(PlannedLane {
            name: lane.name.clone(),
            label: lane.label.clone(),
            task,
            baseline,
            against,
            order,
            refused,
        });
    }

    /// What a lane has to do, the work included.
    pub(super) fn order(&self, lane: usize) -> LaneOrder {
        let lane = &self.lanes[lane];
        let work = self.tasks[lane.task].work.unwrap_or(lane.order.work);
        LaneOrder {
            work,
            ..lane.order.clone()
        }
    }

    /// Gives a task, and all others of its workload that have none, this much work.
    pub(super) fn set_work(&mut self, task: usize, work: u64) {
        let workload = self.tasks[task].workload.clone();
        for task in self
            .tasks
            .iter_mut()
            .filter(|task| task.workload == workload)
        {
            task.work.get_or_insert(work);
        }
    }

    /// Takes over how much work an earlier run of the same demo had.
    pub(super) fn take_over_work(&mut self, earlier: &Report) {
        for lane in &self.lanes {
            let same = |old: &&LaneReport| old.name == lane.name;
            let work = earlier.lanes.iter().find(same).and_then(|old| old.work);
            let task = &mut self.tasks[lane.task];
            task.work = task.work.or(work);
        }
    }

    /// Whether no lane of a task may run.
    pub(super) fn is_refused(&self, task: usize) -> bool {
        self.lanes
            .iter()
            .filter(|lane| lane.task == task)
            .all(|lane| lane.refused.is_some())
    }

    /// The most workers of a lane that computes, if any has two. The threads of a program that is
    /// explored run in turn, all on one core.
    pub(super) fn computing_workers(&self) -> Option<u32> {
        let computes = |lane: &&PlannedLane| {
            self.tasks[lane.task].bound == Bound::Cpu
                && lane.refused.is_none()
                && catalogue::crew(&lane.order.model) != Crew::InTurn
        };
        let workers = self
            .lanes
            .iter()
            .filter(computes)
            .map(|lane| lane.order.workers);
        workers.max().filter(|&workers| workers >= 2)
    }
}

/// How many cores lanes may keep busy: the affinity mask, less what the quota cuts off.
pub(super) fn cores_for_workers(machine: &Machine) -> u32 {
    let usable = machine.usable.max(1) as u32;
    let quota = machine
        .quota_cores
        .map_or(usable, |quota| (quota.ceil() as u32).max(1));
    usable.min(quota)
}

/// The cores' worth that so many workers can have at once; a quota may end within one.
pub(super) fn cores_at_once(machine: &Machine, workers: u32) -> f64 {
    let cores = f64::from(workers).min(machine.usable.max(1) as f64);
    machine.quota_cores.map_or(cores, |quota| cores.min(quota))
}

/// Why a lane must not run.
fn refusal(lane: &LaneSpec, trusted: bool) -> Option<String> {
    if !catalogue::takes(&lane.model, &lane.workload) {
        return Some(format!(
            "the model {} does not take {}",
            lane.model, lane.workload
        ));
    }
    (catalogue::needs_consent(&lane.model) && !trusted)
        .then(|| "it runs a program of the deck's own, which needs consent".to_owned())
}

fn sequential_takes(lane: &LaneSpec) -> bool {
    catalogue::takes(SEQUENTIAL, &lane.workload)
}

/// The baseline that the catalogue wants for a lane, under a name that is free.
fn baseline_of(lane: &LaneSpec, plan: &Plan, demo: &DemoSpec) -> Option<LaneSpec> {
    let entry = catalogue::added_baseline(demo, lane)?;
    let taken = |name: &str| {
        plan.lanes.iter().any(|other| other.name == name)
            || demo.lanes.iter().any(|other| other.name == name)
    };
    let of_workload = format!("{}-{}", entry.name, lane.workload);
    let numbered = (2..).map(|number| format!("{of_workload}-{number}"));
    let name = [entry.name.to_owned(), of_workload.clone()]
        .into_iter()
        .chain(numbered)
        .find(|name| !taken(name))
        .expect("there are more numbers than lanes");
    Some(LaneSpec {
        label: name.replacen(entry.name, entry.label, 1),
        name,
        model: entry.model.to_owned(),
        workload: lane.workload.clone(),
        workers: Workers::Count(1),
        with: lane.with.clone(),
        parameters: Parameters::new(),
        command: Vec::new(),
        files: BTreeMap::new(),
    })
}

fn task_parameters(lane: &LaneSpec) -> Parameters {
    let known = catalogue::workload(&lane.workload).map_or(&[][..], |entry| entry.parameters);
    catalogue::complete(known, &lane.with)
}

fn model_parameters(model: &str, given: &Parameters) -> Parameters {
    let known = catalogue::model(model).map_or(&[][..], |entry| entry.parameters);
    catalogue::complete(known, given)
}

fn new_task(lane: &LaneSpec, with: Parameters, demo: &DemoSpec) -> Task {
    let entry = catalogue::workload(&lane.workload);
    let bound = entry.map_or(Bound::Cpu, |entry| entry.bound);
    let given = match demo.amount {
        Amount::Work(work) => Some(work),
        // What only waits has no speed to be found out.
        Amount::Length(_) if bound == Bound::Io => Some(1),
        Amount::Length(_) => None,
    };
    let work = catalogue::exact_work(lane).or(given);
    let probe = if sequential_takes(lane) {
        LaneSpec {
            model: SEQUENTIAL.to_owned(),
            parameters: Parameters::new(),
            ..lane.clone()
        }
    } else {
        lane.clone()
    };
    let probe = LaneOrder {
        with: with.clone(),
        ..order(&probe, 1, 1, demo.seed)
    };
    let unit = entry.map_or("", |entry| entry.unit).to_owned();
    Task {
        workload: lane.workload.clone(),
        with,
        bound,
        unit,
        work,
        probe,
    }
}

fn order(lane: &LaneSpec, work: u64, workers: u32, seed: u64) -> LaneOrder {
    LaneOrder {
        workload: lane.workload.clone(),
        with: task_parameters(lane),
        model: lane.model.clone(),
        parameters: model_parameters(&lane.model, &lane.parameters),
        workers,
        work,
        seed,
        memory_bytes_max: MEMORY_BYTES_MAX,
        command: lane.command_for(workers),
        files: lane.files.clone(),
    }
}

/// The order of the loop that shows what perfect scaling is: it needs registers and nothing else.
pub(super) fn spin(workers: u32, work: u64) -> LaneOrder {
    let model = if workers == 1 { SEQUENTIAL } else { "threads" };
    LaneOrder {
        workload: "spin".to_owned(),
        with: catalogue::complete(
            catalogue::workload("spin").map_or(&[][..], |entry| entry.parameters),
            &Parameters::new(),
        ),
        model: model.to_owned(),
        parameters: model_parameters(model, &Parameters::new()),
        workers,
        work,
        seed: 1,
        memory_bytes_max: MEMORY_BYTES_MAX,
        command: Vec::new(),
        files: BTreeMap::new(),
    }
}
