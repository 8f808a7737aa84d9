//! What keys change of a demo: workers and length, which start its run anew, and live parameters,
//! which change at once.

use std::time::Duration;

use parade_demos::catalogue::{self, Kind, Parameter, value};
use parade_demos::spec::{Amount, DemoSpec, LaneSpec, Parameters, Value, Workers};

use super::{DemoFocus, DemoState, Effect, State};

/// The lengths to choose from, in seconds.
const LENGTHS: [f64; 10] = [0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 15.0, 30.0, 60.0];

/// The shortest duration above zero that keys set, in µs, unless the parameter's range begins higher.
const DURATION_US_MIN: u64 = 1_000;

impl State {
    /// One worker more or less, in the lane in focus or in all that have a choice.
    pub(super) fn change_workers(&mut self, more: bool, effects: &mut Vec<Effect>) {
        let cores = self.cores as usize;
        self.change_spec(effects, |demo| {
            let mut spec = demo.spec.clone();
            for (index, lane) in spec.lanes.iter_mut().enumerate() {
                let focused =
                    matches!(demo.focus, DemoFocus::All) || demo.focus == DemoFocus::Lane(index);
                if focused {
                    change_lane_workers(lane, more, cores);
                }
            }
            spec
        });
    }

    /// More or less work.
    pub(super) fn change_length(&mut self, longer: bool, effects: &mut Vec<Effect>) {
        self.change_spec(effects, |demo| DemoSpec {
            amount: other_amount(demo.spec.amount, longer),
            ..demo.spec.clone()
        });
    }

    /// Gives the demo in focus another spec. Its run starts anew; what came out before goes.
    fn change_spec(
        &mut self,
        effects: &mut Vec<Effect>,
        change: impl FnOnce(&DemoState) -> DemoSpec,
    ) {
        let Some((key, demo)) = self.focused_demo() else {
            return;
        };
        let spec = change(demo);
        if spec == demo.spec {
            return;
        }
        if let Some(problem) = catalogue::check(&spec).into_iter().next() {
            return self.complain(problem.message);
        }
        demo.change(spec);
        self.dirty = true;
        if self.is_running(&key) {
            self.start_or_queue(key, effects);
        }
    }

    /// Chooses the demo's next live parameter.
    pub(super) fn choose_parameter(&mut self) {
        let Some((_, demo)) = self.focused_demo() else {
            return;
        };
        let live = live_parameters(&demo.spec);
        let chosen = live
            .iter()
            .position(|parameter| Some(parameter.name) == demo.parameter.as_deref());
        let next = chosen.map_or(0, |at| (at + 1) % live.len());
        match live.get(next) {
            Some(parameter) => demo.parameter = Some(parameter.name.to_owned()),
            None => return self.complain("this demo has no live parameter"),
        }
        self.dirty = true;
    }

    /// Lowers or raises the chosen live parameter; a run goes on with the new value at once.
    pub(super) fn change_parameter(&mut self, raise: bool, effects: &mut Vec<Effect>) {
        let Some((key, demo)) = self.focused_demo() else {
            return;
        };
        let live = live_parameters(&demo.spec);
        let chosen = live
            .iter()
            .find(|parameter| Some(parameter.name) == demo.parameter.as_deref());
        let Some(parameter) = chosen else {
            return self.complain("this demo has no live parameter");
        };
        let now = live_value(&demo.spec, parameter);
        let Some(value) = neighbour(parameter.kind, &now, raise) else {
            return;
        };
        let name = parameter.name.to_owned();
        let mut spec = demo.spec.clone();
        set(&mut spec, &name, &value);
        demo.set.insert(name.clone(), value.clone());
        self.dirty = true;
        if !self.is_running(&key) {
            if let Some((_, demo)) = self.focused_demo() {
                demo.change(spec);
            }
            return;
        }
        let run = self.run.as_ref().map(|run| run.id);
        if let (Some((_, demo)), Some(run)) = (self.focused_demo(), run) {
            demo.change_live(spec);
            effects.push(Effect::Set { run, name, value });
        }
    }
}

/// The parameters of a demo's workloads and models that can change while it runs, each once.
pub fn live_parameters(spec: &DemoSpec) -> Vec<&'static Parameter> {
    let mut live: Vec<&'static Parameter> = Vec::new();
    for lane in &spec.lanes {
        let workload = catalogue::workload(&lane.workload).map(|entry| entry.parameters);
        let model = catalogue::model(&lane.model).map(|entry| entry.parameters);
        for parameter in workload.into_iter().chain(model).flatten() {
            if parameter.live && live.iter().all(|known| known.name != parameter.name) {
                live.push(parameter);
            }
        }
    }
    live
}

/// A live parameter's value as the demo will run: of the first lane that gives it, else the default.
pub fn live_value(spec: &DemoSpec, parameter: &Parameter) -> Value {
    let given = |lane: &'_ LaneSpec| -> Option<Value> {
        let value = lane
            .with
            .get(parameter.name)
            .or(lane.parameters.get(parameter.name))?;
        catalogue::accept(parameter, value).ok()
    };
    let given = spec.lanes.iter().find_map(given);
    given.unwrap_or_else(|| parameter.kind.default_value())
}

/// Sets a parameter in every lane that has it.
fn set(spec: &mut DemoSpec, name: &str, value: &Value) {
    let has = |parameters: &[Parameter]| parameters.iter().any(|parameter| parameter.name == name);
    let put = |parameters: &mut Parameters| parameters.insert(name.to_owned(), value.clone());
    for lane in &mut spec.lanes {
        if catalogue::workload(&lane.workload).is_some_and(|entry| has(entry.parameters)) {
            put(&mut lane.with);
        } else if catalogue::model(&lane.model).is_some_and(|entry| has(entry.parameters)) {
            put(&mut lane.parameters);
        }
    }
}

fn change_lane_workers(lane: &mut LaneSpec, more: bool, cores: usize) {
    let work = catalogue::exact_work(lane).unwrap_or(u64::from(catalogue::WORKERS_MAX));
    let now = catalogue::worker_count(lane, cores, work);
    let alone = catalogue::worker_count(
        &LaneSpec {
            workers: Workers::Count(2),
            ..lane.clone()
        },
        cores,
        work,
    ) == 1;
    let next = if more { now + 1 } else { now.saturating_sub(1) };
    let next = next.clamp(1, catalogue::WORKERS_MAX);
    if !alone && next != now {
        lane.workers = Workers::Count(next);
    }
}

fn other_amount(amount: Amount, more: bool) -> Amount {
    match amount {
        Amount::Length(length) => {
            let mut lengths = LENGTHS.map(Duration::from_secs_f64).into_iter();
            let other = if more {
                lengths.find(|other| *other > length)
            } else {
                lengths.rfind(|other| *other < length)
            };
            Amount::Length(other.unwrap_or(length))
        }
        Amount::Work(units) => {
            let other = if more {
                units.saturating_mul(2)
            } else {
                units / 2
            };
            Amount::Work(other.clamp(1, catalogue::WORK_MAX.max(units)))
        }
    }
}

/// The next greater or smaller value that a parameter may have: 1, 2, 5, 10, 20, 50, … for numbers
/// and durations, twice or half for sizes; `None` at the end of its range.
fn neighbour(kind: Kind, now: &Value, raise: bool) -> Option<Value> {
    match kind {
        Kind::Int { min, max, .. } => {
            let Value::Int(now) = now else { return None };
            let low = u64::try_from(min).unwrap_or(0);
            let high = u64::try_from(max).unwrap_or(0);
            let next = rung(u64::try_from(*now).ok()?, (low, high), 1, raise)?;
            Some(Value::Int(i64::try_from(next).ok()?))
        }
        Kind::Duration { min_us, max_us, .. } => {
            let now = value::duration(now)?.as_micros() as u64;
            let first = if min_us == 0 { DURATION_US_MIN } else { min_us };
            let next = rung(now, (min_us, max_us), first, raise)?;
            Some(Value::Text(value::duration_text(Duration::from_micros(
                next,
            ))))
        }
        Kind::Bytes { min, max, .. } => {
            let now = value::bytes(now)?;
            let next = if raise {
                now.saturating_mul(2)
            } else {
                now / 2
            }
            .clamp(min, max);
            (next != now).then(|| Value::Text(value::bytes_text(next)))
        }
        Kind::Bool { .. } => (*now != Value::Bool(raise)).then_some(Value::Bool(raise)),
        Kind::Choice(words) => {
            let at = words.iter().position(|word| now.to_string() == *word)?;
            let next = if raise { at + 1 } else { at.checked_sub(1)? };
            words.get(next).map(|word| Value::Text((*word).to_owned()))
        }
        Kind::Text { .. } => None,
    }
}

/// The next of 1, 2, 5, 10, 20, 50, … from `first` on, within a range whose ends count as well.
fn rung(now: u64, (min, max): (u64, u64), first: u64, raise: bool) -> Option<u64> {
    let decades = (0..19).map(|power| 10_u64.pow(power));
    let rungs = decades.flat_map(|decade| [1, 2, 5].map(|digit| decade.saturating_mul(digit)));
    let inner = rungs.filter(|rung| (first.max(min)..=max).contains(rung));
    let mut all: Vec<u64> = std::iter::once(min).chain(inner).chain([max]).collect();
    all.dedup();
    if raise {
        all.into_iter().find(|rung| *rung > now)
    } else {
        all.into_iter().rfind(|rung| *rung < now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_through_a_parameters_range_and_stops_at_its_ends() {
        let duration = |min_us, max_us| Kind::Duration {
            min_us,
            max_us,
            default_us: 0,
        };
        let text = |text: &str| Value::Text(text.to_owned());
        for (kind, up) in [
            (
                duration(0, 7_000),
                vec![
                    text("0ms"),
                    text("1ms"),
                    text("2ms"),
                    text("5ms"),
                    text("7ms"),
                ],
            ),
            (
                duration(100, 1_000),
                vec![text("100us"), text("200us"), text("500us"), text("1ms")],
            ),
            (
                Kind::Int {
                    min: 3,
                    max: 20,
                    default: 3,
                },
                [3, 5, 10, 20].map(Value::Int).to_vec(),
            ),
            (
                Kind::Int {
                    min: 0,
                    max: 2,
                    default: 0,
                },
                [0, 1, 2].map(Value::Int).to_vec(),
            ),
            (
                Kind::Bytes {
                    min: 8,
                    max: 40,
                    default: 8,
                },
                vec![text("8B"), text("16B"), text("32B"), text("40B")],
            ),
            (
                Kind::Bool { default: false },
                [false, true].map(Value::Bool).to_vec(),
            ),
            (Kind::Choice(&["a", "b"]), vec![text("a"), text("b")]),
        ] {
            let mut walked = vec![up[0].clone()];
            while let Some(next) = neighbour(kind, walked.last().unwrap(), true) {
                walked.push(next);
            }
            assert_eq!(walked, up);
            assert_eq!(neighbour(kind, &up[0], false), None, "{kind:?}");
            assert!(
                neighbour(kind, &up[up.len() - 1], false).is_some(),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn chooses_another_length_or_amount() {
        let length = |seconds| Amount::Length(Duration::from_secs_f64(seconds));
        for (amount, more, expected) in [
            (length(4.0), true, length(6.0)),
            (length(4.0), false, length(3.0)),
            (length(5.0), false, length(4.0)),
            (length(0.5), false, length(0.5)),
            (length(60.0), true, length(60.0)),
            (Amount::Work(100), true, Amount::Work(200)),
            (Amount::Work(1), false, Amount::Work(1)),
        ] {
            assert_eq!(other_amount(amount, more), expected);
        }
    }
}
