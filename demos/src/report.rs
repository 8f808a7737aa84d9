//! What came out of a run, as `parade run --json` prints it. Fields are only ever added.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::interleavings::Interleavings;
use crate::spec::{Amount, DemoSpec, LaneSpec, Order, Parameters, Workers};

/// The version of this format.
pub const SCHEMA: u32 = 1;

/// One run of one demo.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: u32,
    /// parade's version.
    pub parade: String,
    /// `release` or `debug`.
    pub build: String,
    /// The demo's name.
    pub demo: String,
    /// What was asked for.
    pub spec: SpecReport,
    /// Where it ran.
    pub machine: MachineReport,
    /// Perfect scaling, measured in the same run; `null` where no lane has two workers that compute.
    pub ideal_speedup: Option<f64>,
    /// In the order in which they ran.
    pub lanes: Vec<LaneReport>,
    /// The sentence and what it rests on.
    pub verdict: Verdict,
}

impl Report {
    /// Of a demo of which nothing is known but what was asked for.
    pub fn empty(demo: &DemoSpec) -> Self {
        let build = if cfg!(debug_assertions) {
            "debug"
        } else {
            "release"
        };
        Self {
            schema: SCHEMA,
            parade: env!("CARGO_PKG_VERSION").to_owned(),
            build: build.to_owned(),
            demo: demo.name.clone(),
            spec: SpecReport {
                seed: demo.seed,
                work: 0,
                unit: String::new(),
                length_s: match demo.amount {
                    Amount::Length(length) => Some(length.as_secs_f64()),
                    Amount::Work(_) => None,
                },
                order: demo.order,
                repeat: 0,
                edited: demo.edited,
            },
            machine: MachineReport::default(),
            ideal_speedup: None,
            lanes: Vec::new(),
            verdict: Verdict {
                state: VerdictState::None,
                claim: demo.claim.clone(),
                reason: None,
                text: String::new(),
            },
        }
    }

    /// Of a run that broke off by a fault that is no lane's: every lane failed, for this reason.
    pub(crate) fn broken(demo: &DemoSpec, error: &str) -> Self {
        Self {
            lanes: demo
                .lanes
                .iter()
                .map(|lane| LaneReport {
                    error: Some(error.to_owned()),
                    ..LaneReport::unmeasured(lane, Outcome::Failed)
                })
                .collect(),
            verdict: Verdict {
                state: VerdictState::Withheld,
                claim: demo.claim.clone(),
                reason: Some(error.to_owned()),
                text: "The run broke off.".to_owned(),
            },
            ..Self::empty(demo)
        }
    }
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpecReport {
    /// The seed of the input.
    pub seed: u64,
    /// Work units per lane and run.
    pub work: u64,
    /// What one unit is.
    pub unit: String,
    /// The length asked for, in seconds; `null` when the work was given.
    pub length_s: Option<f64>,
    /// In turn or together.
    pub order: Order,
    /// Runs per lane.
    pub repeat: u32,
    /// Whether a program was edited by whoever watched: the figures are not those of the deck's own.
    #[serde(default)]
    pub edited: bool,
}

/// Where it ran.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MachineReport {
    /// `linux`, …
    pub os: String,
    /// The processor's own name.
    pub cpu: String,
    /// Cores online.
    pub cores: usize,
    /// Cores in the affinity mask.
    pub usable: usize,
    /// The control group's quota in cores.
    pub quota_cores: Option<f64>,
    /// Seconds that the quota held the group back during the run.
    pub throttled_s: Option<f64>,
    /// Cores' worth of CPU time that everything else used during the lanes, median.
    pub others_cores: Option<f64>,
    /// Cores' worth of CPU time that parade itself used during the lanes.
    pub self_cores: Option<f64>,
    /// Cores' worth of time that the hypervisor took during the lanes.
    pub steal_cores: Option<f64>,
}

/// How a lane ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// All its runs gave the right checksum.
    Done,
    /// A panic, an abort, a signal, a wrong checksum, a memory limit.
    Failed,
    /// The user stopped it.
    Cancelled,
    /// Not allowed: no consent, not a pair of workload and model, or not a program that the model runs.
    Refused,
    /// What it needs is not on this machine.
    Unavailable,
    /// It ran past its limit.
    TimedOut,
}

/// One lane over all its runs; figures are medians.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LaneReport {
    /// As in the spec.
    pub name: String,
    /// What the audience reads.
    pub label: String,
    /// The workload's name.
    pub workload: String,
    /// The model's name.
    pub model: String,
    /// How many workers.
    pub workers: u32,
    /// Parameters of workload and model, defaults included.
    pub parameters: Parameters,
    /// Whether it is the baseline of its workload.
    pub baseline: bool,
    /// The name of the baseline that its speed-up is against; `null` without one.
    #[serde(default)]
    pub against: Option<String>,
    /// Work units in each run; `null` when it never began.
    #[serde(default)]
    pub work: Option<u64>,
    /// How it ended.
    pub outcome: Outcome,
    /// Why, unless done.
    pub error: Option<String>,
    /// The same in every lane of a workload, in hexadecimal.
    pub checksum: Option<String>,
    /// Wall time in seconds, from `go` to the last worker's end.
    pub wall_s: Option<f64>,
    /// CPU time of the whole group in seconds.
    pub cpu_s: Option<f64>,
    /// CPU time ÷ wall time.
    pub cores_used: Option<f64>,
    /// Baseline's wall time ÷ this one's.
    pub speedup: Option<f64>,
    /// (max − min) ÷ median of the wall times; `null` for one run.
    pub spread: Option<f64>,
    /// Largest sample of the group's proportional set size, in MiB.
    pub pss_mib_max: Option<f64>,
    /// Context switches of the whole group.
    pub context_switches: Option<ContextSwitches>,
    /// What workload and model counted themselves.
    pub counters: Map<String, Json>,
    /// What a search of all schedules found; `null` where there was none.
    #[serde(default)]
    pub interleavings: Option<Box<Interleavings>>,
    /// The last lines of what its program wrote in the last run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub output: Vec<String>,
    /// The exit code of its program in the last run, 128 and the signal's number where a signal ended
    /// it; `null` for what is no program of a deck's own.
    #[serde(default)]
    pub exit_code: Option<i32>,
    /// Each run.
    pub runs: Vec<LaneRun>,
}

impl LaneReport {
    /// Of a lane of which nothing is known but what was asked for, and how it came out.
    pub fn unmeasured(lane: &LaneSpec, outcome: Outcome) -> Self {
        Self {
            name: lane.name.clone(),
            label: lane.label.clone(),
            workload: lane.workload.clone(),
            model: lane.model.clone(),
            workers: match lane.workers {
                Workers::Count(workers) => workers,
                Workers::Cores | Workers::Items => 0,
            },
            parameters: Parameters::new(),
            baseline: false,
            against: None,
            work: None,
            outcome,
            error: None,
            checksum: None,
            wall_s: None,
            cpu_s: None,
            cores_used: None,
            speedup: None,
            spread: None,
            pss_mib_max: None,
            context_switches: None,
            counters: Map::new(),
            interleavings: None,
            output: Vec::new(),
            exit_code: None,
            runs: Vec::new(),
        }
    }
}

/// Context switches as the operating system counted them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContextSwitches {
    /// The thread waited.
    pub voluntary: u64,
    /// The thread was made to stop.
    pub involuntary: u64,
}

/// One run of a lane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LaneRun {
    /// Wall time in seconds.
    pub wall_s: f64,
    /// CPU time in seconds.
    pub cpu_s: f64,
    /// CPU time that the gauges gave this lane, in seconds: read independently of `cpu_s`, and within
    /// 5 % of it where that is 0.1 s or more and few processes share it. The limits of sampling weigh
    /// more in shorter runs (what a process used since its last sample, 42 ms, before it ended) and
    /// with hundreds of processes (the fraction of a millisecond that each takes to get from its own
    /// reading to the barrier).
    pub gauged_s: Option<f64>,
}

/// Whether the claim held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerdictState {
    /// The claim is true of these figures.
    Holds,
    /// The claim is false of these figures.
    Fails,
    /// The figures don't bear a verdict; `reason` says why.
    Withheld,
    /// There was no claim; `text` still says what was seen.
    None,
}

/// The sentence and the figures computed from a finished run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Whether the claim held.
    pub state: VerdictState,
    /// The claim as written.
    pub claim: Option<String>,
    /// Why it was withheld, or why it fails.
    pub reason: Option<String>,
    /// One or two sentences for the audience.
    pub text: String,
}

/// The middle value, or the mean of both; `None` of nothing.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(sorted[middle]),
        _ => Some(f64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}

/// (max − min) ÷ median; `None` of fewer than two.
pub fn spread(values: &[f64]) -> Option<f64> {
    let most = values.iter().copied().reduce(f64::max)?;
    let least = values.iter().copied().reduce(f64::min)?;
    let middle = median(values).filter(|middle| *middle > 0.0)?;
    (values.len() > 1).then(|| (most - least) / middle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_middle_and_the_width() {
        let table: [(&[f64], Option<f64>, Option<f64>); 4] = [
            (&[], None, None),
            (&[2.0], Some(2.0), None),
            (&[3.0, 1.0], Some(2.0), Some(1.0)),
            (&[4.0, 1.0, 2.0], Some(2.0), Some(1.5)),
        ];
        for (values, middle, width) in table {
            assert_eq!(
                (median(values), spread(values)),
                (middle, width),
                "{values:?}"
            );
        }
    }
}
