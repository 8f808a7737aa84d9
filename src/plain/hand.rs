//! A program that is stepped by hand, in words.

use parade_demos::explore::{Exhibit, Lines, Schedule};
use parade_demos::visible::visible;

use crate::app::{Action, Bench, KeyMap};

/// Which keys step it. An empty line is no Enter: it goes on in the talk.
pub(super) fn keys(bench: &Bench, keys: &KeyMap) -> Option<String> {
    let actions: &[(Action, &str)] = match &bench.exhibit {
        Ok(Exhibit::Lines(_)) => &[
            (Action::Step, "does the next line"),
            (Action::StepBack, "takes the last one back"),
        ],
        Ok(Exhibit::Schedule(_)) => &[
            (Action::StepBack, "takes a step back"),
            (Action::Explore, "finds every schedule"),
        ],
        Err(_) => &[],
    };
    let each = actions
        .iter()
        .filter_map(|(action, does)| Some(format!("{} {does}", keys.key(*action)?)));
    let each: Vec<String> = each.collect();
    (!each.is_empty()).then(|| format!("Typed as a word, {}.", each.join(", ")))
}

/// Where the program stands now.
pub(super) fn bench(bench: &Bench) -> Vec<String> {
    match &bench.exhibit {
        Ok(Exhibit::Lines(lines)) => program(lines),
        Ok(Exhibit::Schedule(schedule)) => steps(schedule),
        Err(why) => vec![format!("It can't be stepped: {why}.")],
    }
}

/// The line that comes next, and each name with what it leads to.
fn program(lines: &Lines) -> Vec<String> {
    let source: Vec<&str> = lines.program().source.lines().collect();
    let next = lines
        .line()
        .and_then(|line| source.get(line as usize - 1).map(|text| (line, text)));
    let mut told = vec![match next {
        Some((line, text)) => format!("Next is line {line}: {}", visible(text.trim())),
        None => "The program is over.".to_owned(),
    }];
    let heap = lines.heap();
    for object in heap.objects.iter().filter(|object| !object.prepared) {
        let names = heap.names.iter().filter(|name| name.object == object.id);
        let names: Vec<&str> = names.map(|name| name.name.as_str()).collect();
        told.push(format!(
            "{} {}: named {}, {} {}.",
            object.kind,
            object.text,
            names.join(" and "),
            object.count,
            if object.count == 1 {
                "reference"
            } else {
                "references"
            }
        ));
    }
    told
}

/// The step that was done last, what is shared, and what each thread would do next.
fn steps(schedule: &Schedule) -> Vec<String> {
    let now = schedule.now();
    let mut told = Vec::new();
    if let Some(step) = schedule.steps().last() {
        let value = step
            .value
            .as_ref()
            .map(|value| format!(", {value}"))
            .unwrap_or_default();
        let number = schedule.steps().len();
        told.push(format!(
            "Step {number}, thread {}: {}{value}.",
            step.thread, step.action
        ));
    }
    let shared = now.world().shared_globals();
    told.extend(
        shared
            .into_iter()
            .map(|(name, value)| format!("{name} is {value}.")),
    );
    for thread in now.threads() {
        if let Some(action) = now.next_action(thread) {
            told.push(format!("{thread} lets thread {thread} do: {action}."));
        }
    }
    if now.is_over() {
        let printed = now.world().output().trim();
        told.push(match (now.world().is_over(), printed) {
            (false, _) => "No thread can go on: a deadlock.".to_owned(),
            (true, "") => "The program is over.".to_owned(),
            (true, printed) => format!("The program is over and printed {printed}."),
        });
    }
    told
}
