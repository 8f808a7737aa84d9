//! Thread by thread: every schedule of a small program as a tree, so that a reader is the scheduler.

use std::collections::VecDeque;
use std::fmt::Write as _;

use parade_demos::explore::{Play, Schedule, Step};
use serde_json::{Map, Value, json};

use super::super::super::text::json as script;
use crate::view::told;

/// The most places of a tree. Beyond, the page says that only a terminal goes on.
const PLACES_MAX: usize = 3000;

pub(super) fn write(schedule: &Schedule, out: &mut String) {
    let start = schedule.start();
    let globals = start.world().shared_globals();
    let names: Vec<&str> = globals.iter().map(|(name, _)| name.as_str()).collect();
    let tree = json!({
        "first": first(start),
        "threads": start.world().threads().len(),
        "globals": names,
        "places": places(start),
    });
    let _ = writeln!(
        out,
        "<div class=\"hand schedule\">\n<div class=\"runs\"><table class=\"threads\"><thead></thead>\
         <tbody></tbody></table></div>\n<p class=\"turns\" hidden>\
         <button data-do=\"back\">↶ a step back</button><button data-do=\"anew\">anew</button>\
         <output class=\"r-muted\"></output></p>\n\
         <script type=\"application/json\">{}</script>\n</div>",
        script(&tree)
    );
}

/// The first thread that has a column: the main one, if it takes part.
fn first(start: &Play) -> usize {
    let alone = start.world().threads().len() < 2;
    usize::from(!alone && !start.threads().contains(&0))
}

/// Every place that a choice of threads leads to, nearest first, each with the step that led there,
/// what each thread would do next, and where that leads.
fn places(start: &Play) -> Vec<Value> {
    let mut places = vec![place(start, None)];
    let mut open = VecDeque::from([(0, start.clone())]);
    while let Some((index, play)) = open.pop_front() {
        let mut ways = Map::new();
        for thread in play.threads() {
            if places.len() >= PLACES_MAX {
                break;
            }
            let mut next = play.clone();
            if let Some(step) = next.step(thread) {
                ways.insert(thread.to_string(), json!(places.len()));
                open.push_back((places.len(), next.clone()));
                places.push(place(&next, Some(&step)));
            }
        }
        places[index]["ways"] = Value::Object(ways);
    }
    places
}

fn place(play: &Play, step: Option<&Step>) -> Value {
    let world = play.world();
    let can = play.threads();
    let globals = world.shared_globals();
    let next = (0..world.threads().len()).map(|thread| {
        let action = play.next_action(thread)?.to_string();
        Some(if can.contains(&thread) {
            json!([action, "can"])
        } else if play.is_over() {
            json!([action, "never"])
        } else {
            json!([action, "waits"])
        })
    });
    let next: Vec<Option<Value>> = next.collect();
    json!({
        "step": step.map(|step| json!([step.thread, told::done(step), told::sign(&step.action)])),
        "globals": globals.iter().map(|(_, value)| value).collect::<Vec<_>>(),
        "next": next,
        "end": world.is_over().then(|| told::end_of(world)),
    })
}
