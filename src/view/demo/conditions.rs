//! The picture's last line: what all lanes have in common, and what the run is busy with.

use parade_demos::catalogue;
use parade_demos::snapshot::Phase;
use parade_demos::spec::{Amount, DemoSpec, LaneSpec, Order, Workers};

use super::Scene;
use crate::app::{ReplayMark, live_value, parameters, takes};
use crate::theme::Role;
use crate::view::canvas::Canvas;
use crate::view::figure;

/// Draws the line.
pub(super) fn draw(scene: &Scene, row: &mut Canvas) {
    let busy = busy_with(scene);
    let room = row.width().saturating_sub(busy.len() as u16 + 2);
    match &scene.demo.replay {
        Some(replay) => row.cut(0, 0, room, &replayed(&replay.mark), Role::Warning),
        None => row.cut(0, 0, room, &conditions(scene), Role::Muted),
    };
    row.right(row.width(), 0, &busy, Role::Muted);
}

/// `REPLAY of 2026-11-22 on AMD EPYC`: what is seen did not happen here and now.
fn replayed(mark: &ReplayMark) -> String {
    let day = mark.day.as_deref().unwrap_or("an unknown day");
    let machine = match mark.machine.as_str() {
        "" => "an unknown machine",
        known => known,
    };
    format!("REPLAY of {day} on {machine}")
}

/// `4 s of primes · 2 workers · delay 30ms · ideal here 1.97×`.
fn conditions(scene: &Scene) -> String {
    let spec = &scene.demo.spec;
    let mut parts =
        vec![counted(spec).unwrap_or_else(|| format!("{} of {}", amount(scene), workloads(spec)))];
    if let Some(workers) = workers(spec) {
        parts.push(workers);
    }
    parts.extend(live(scene));
    if spec.order == Order::Together {
        parts.push("all at once".to_owned());
    }
    if let Some(ideal) = scene.ideal() {
        parts.push(format!("ideal here {}", figure::times(ideal)));
    }
    parts.join(" · ")
}

/// `100 requests`, where the workload's own parameter says how many all lanes do; of programs, which.
fn counted(spec: &DemoSpec) -> Option<String> {
    let first = spec.lanes.first()?;
    if spec
        .lanes
        .iter()
        .all(|lane| catalogue::is_program(&lane.workload))
    {
        let file = first.with.get("source").map(ToString::to_string);
        let file = file.filter(|file| !file.is_empty());
        let file = file.unwrap_or_else(|| "a program".to_owned());
        return Some(if spec.edited {
            format!("{file}, edited")
        } else {
            file
        });
    }
    let units = catalogue::exact_work(first)?;
    let same = |lane: &LaneSpec| {
        lane.workload == first.workload && catalogue::exact_work(lane) == Some(units)
    };
    let unit = catalogue::workload(&first.workload)?.unit;
    (spec.lanes.iter().all(same)).then(|| format!("{} {unit}", figure::count(units as f64)))
}

fn amount(scene: &Scene) -> String {
    let found = scene.snapshot.and_then(|snapshot| snapshot.work.as_ref());
    match (scene.demo.spec.amount, found) {
        (Amount::Length(length), _) => format!("{} s", length.as_secs_f64()),
        (Amount::Work(work), Some((_, unit))) => format!("{} {unit}", figure::count(work as f64)),
        (Amount::Work(work), None) => figure::count(work as f64),
    }
}

fn workloads(spec: &DemoSpec) -> String {
    let mut names: Vec<&str> = Vec::new();
    for lane in &spec.lanes {
        if !names.contains(&lane.workload.as_str()) {
            names.push(&lane.workload);
        }
    }
    names.join(" and ")
}

/// The number of workers, where all lanes have the same.
fn workers(spec: &DemoSpec) -> Option<String> {
    let first = spec.lanes.first()?.workers;
    let same = spec.lanes.iter().all(|lane| lane.workers == first);
    same.then(|| match first {
        Workers::Cores => "a worker per core".to_owned(),
        Workers::Items => "a worker per item".to_owned(),
        Workers::Count(count) => figure::counted(count as usize, "worker"),
    })
}

/// The values of parameters that can change while a lane runs, and of the one that keys change, but for
/// those in which lanes differ; the one that keys change is marked where there are several.
fn live(scene: &Scene) -> impl Iterator<Item = String> {
    let (spec, chosen) = (&scene.demo.spec, scene.demo.parameter.as_deref());
    let mut parameters = parameters(spec, scene.state.settings.learn);
    parameters.retain(|parameter| {
        let is_told = parameter.live || chosen == Some(parameter.name);
        is_told && !lanes_differ(spec, parameter.name)
    });
    let several = parameters.len() > 1;
    parameters.into_iter().map(move |parameter| {
        let mark = if several && chosen == Some(parameter.name) {
            "▸"
        } else {
            ""
        };
        format!("{mark}{} {}", parameter.name, live_value(spec, parameter))
    })
}

fn lanes_differ(spec: &DemoSpec, name: &str) -> bool {
    let concerned = spec.lanes.iter().filter(|lane| takes(lane, name));
    let mut given = concerned.map(|lane| lane.with.get(name).or(lane.parameters.get(name)));
    let first = given.next();
    given.any(|value| Some(value) != first)
}

/// What the run does before and while its lanes run.
fn busy_with(scene: &Scene) -> String {
    let Some(snapshot) = scene
        .snapshot
        .filter(|_| scene.stage == super::Stage::Running)
    else {
        return String::new();
    };
    match snapshot.phase {
        Phase::Starting => "starting".to_owned(),
        Phase::Calibrating => "finding the amount of work".to_owned(),
        Phase::Ideal => "measuring the ideal".to_owned(),
        Phase::Running | Phase::Finished => format!("{:.1} s", snapshot.elapsed.as_secs_f64()),
    }
}
