//! What keys change of a demo: workers and length, which start its run anew, and live parameters,
//! which change at once.

use parade_demos::catalogue::{self, Kind, Parameter};
use parade_demos::spec::{DemoSpec, LaneSpec, Parameters, Value, Workers};

use super::ladder::{neighbour, other_amount};
use super::{DemoFocus, DemoState, Effect, State};

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
        let program = |lane: &LaneSpec| catalogue::is_program(&lane.workload);
        let focused = self.focused_demo();
        if focused.is_some_and(|(_, demo)| demo.spec.lanes.iter().all(program)) {
            return self.complain("a program does what it does");
        }
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

    /// Chooses the demo's next parameter: a live one, or for a learner any.
    pub(super) fn choose_parameter(&mut self) {
        let learn = self.settings.learn;
        let Some((_, demo)) = self.focused_demo() else {
            return;
        };
        let choice = parameters(&demo.spec, learn);
        let chosen = choice
            .iter()
            .position(|parameter| Some(parameter.name) == demo.parameter.as_deref());
        let next = chosen.map_or(0, |at| (at + 1) % choice.len());
        match choice.get(next) {
            Some(parameter) => demo.parameter = Some(parameter.name.to_owned()),
            None => return self.complain("this demo has no live parameter"),
        }
        self.dirty = true;
    }

    /// Lowers or raises the chosen parameter. A run goes on with a live one's new value at once, and
    /// starts anew with any other's.
    pub(super) fn change_parameter(&mut self, raise: bool, effects: &mut Vec<Effect>) {
        let learn = self.settings.learn;
        let Some((key, demo)) = self.focused_demo() else {
            return;
        };
        let choice = parameters(&demo.spec, learn);
        let chosen = choice
            .iter()
            .find(|parameter| Some(parameter.name) == demo.parameter.as_deref());
        let Some(parameter) = chosen else {
            return self.complain(match choice.first() {
                Some(_) => "choose a parameter first",
                None => "this demo has no live parameter",
            });
        };
        let is_live = parameter.live;
        let now = live_value(&demo.spec, parameter);
        let Some(value) = neighbour(parameter.kind, &now, raise) else {
            return;
        };
        let name = parameter.name.to_owned();
        let mut spec = demo.spec.clone();
        set(&mut spec, &name, &value);
        if let Some(problem) = catalogue::check(&spec).into_iter().next() {
            return self.complain(problem.message);
        }
        demo.set.insert(name.clone(), value.clone());
        self.dirty = true;
        let runs = self.is_running(&key);
        if !runs || !is_live {
            if let Some((_, demo)) = self.focused_demo() {
                demo.change(spec);
            }
            if runs {
                self.start_or_queue(key, effects);
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

/// The parameters that keys change: live ones first, and for a learner all others that have steps. What
/// a program is given by name stays: it is the deck's.
pub fn parameters(spec: &DemoSpec, learn: bool) -> Vec<&'static Parameter> {
    let mut found = live_parameters(spec);
    for lane in spec.lanes.iter().filter(|_| learn) {
        let workload =
            catalogue::workload(&lane.workload).filter(|_| !catalogue::is_program(&lane.workload));
        let model = catalogue::model(&lane.model).map(|entry| entry.parameters);
        let each = workload
            .map(|entry| entry.parameters)
            .into_iter()
            .chain(model)
            .flatten();
        for parameter in each.filter(|parameter| has_steps(parameter.kind)) {
            if found.iter().all(|known| known.name != parameter.name) {
                found.push(parameter);
            }
        }
    }
    found
}

fn has_steps(kind: Kind) -> bool {
    !matches!(kind, Kind::Text { .. } | Kind::Texts)
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

/// Whether a lane's workload or model has this parameter.
pub fn takes(lane: &LaneSpec, name: &str) -> bool {
    let workload = catalogue::workload(&lane.workload).map(|entry| entry.parameters);
    let model = catalogue::model(&lane.model).map(|entry| entry.parameters);
    let mut all = workload.into_iter().chain(model).flatten();
    all.any(|parameter| parameter.name == name)
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

/// How many workers a lane has on so many cores, as far as that is known before it runs.
pub fn worker_count(lane: &LaneSpec, cores: usize) -> u32 {
    let work = catalogue::exact_work(lane).unwrap_or(u64::from(catalogue::WORKERS_MAX));
    catalogue::worker_count(lane, cores, work)
}

fn change_lane_workers(lane: &mut LaneSpec, more: bool, cores: usize) {
    let now = worker_count(lane, cores);
    let two = LaneSpec {
        workers: Workers::Count(2),
        ..lane.clone()
    };
    let alone = worker_count(&two, cores) == 1;
    let next = if more { now + 1 } else { now.saturating_sub(1) };
    let next = next.clamp(1, catalogue::WORKERS_MAX);
    if !alone && next != now {
        lane.workers = Workers::Count(next);
    }
}
