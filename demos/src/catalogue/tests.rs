use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::run::protocol::LaneOrder;
use crate::spec::Parameters;

fn all_workloads() -> impl Iterator<Item = &'static WorkloadEntry> {
    workloads().chain(workload::HIDDEN.iter().copied())
}

fn all_parameters() -> impl Iterator<Item = &'static Parameter> {
    let of_models = models().flat_map(|entry| entry.parameters);
    all_workloads()
        .flat_map(|entry| entry.parameters)
        .chain(of_models)
}

#[test]
fn every_entry_explains_itself_in_a_line() {
    let workloads = all_workloads().flat_map(|entry| [entry.about, entry.unit]);
    let models = models().map(|entry| entry.about);
    let parameters = all_parameters().map(|parameter| parameter.about);
    for text in workloads.chain(models).chain(parameters) {
        assert!(!text.is_empty() && text.len() < 80, "{text:?}");
        assert!(!text.ends_with('.') && !text.contains('\n'), "{text:?}");
    }
}

#[test]
fn every_default_is_in_range() {
    for parameter in all_parameters() {
        let default = parameter.kind.default_value();
        let accepted = accept(parameter, &default);
        assert_eq!(accepted, Ok(default.clone()), "{}", parameter.name);
    }
}

#[test]
fn no_name_has_two_meanings() {
    let mut names = BTreeSet::new();
    for name in all_workloads().map(|entry| entry.name) {
        assert!(names.insert(name), "two workloads are called {name}");
    }
    let mut names = BTreeSet::new();
    for name in models().map(|entry| entry.name) {
        assert!(names.insert(name), "two models are called {name}");
    }
}

#[test]
fn every_workload_can_be_made_and_has_a_model() {
    // A port, so that no server is started.
    let with = Parameters::from([("port".to_owned(), Value::Int(1))]);
    for entry in all_workloads() {
        let order = LaneOrder {
            workload: entry.name.to_owned(),
            with: with.clone(),
            model: "sequential".to_owned(),
            parameters: Parameters::new(),
            workers: 1,
            work: 1,
            seed: 1,
            memory_bytes_max: 1 << 30,
            command: Vec::new(),
            files: BTreeMap::new(),
        };
        assert!(workload::build(&order).is_ok(), "{}", entry.name);
        let mut models = models();
        assert!(
            models.any(|model| takes(model.name, entry.name)),
            "no model takes {}",
            entry.name
        );
        let is_known = |amount| entry.parameters.iter().any(|known| known.name == amount);
        assert!(entry.amount.is_none_or(is_known), "{}", entry.name);
    }
}

#[test]
fn every_model_has_a_workload() {
    for model in models() {
        assert!(
            workloads().any(|entry| takes(model.name, entry.name)),
            "{} takes none",
            model.name
        );
    }
}

#[test]
fn work_and_workers_follow_from_the_lane() {
    let lane = |workload: &str, model: &str, with: &[(&str, i64)], workers| LaneSpec {
        name: String::new(),
        label: String::new(),
        model: model.to_owned(),
        workload: workload.to_owned(),
        workers,
        with: with
            .iter()
            .map(|&(name, value)| (name.to_owned(), Value::Int(value)))
            .collect(),
        parameters: Parameters::new(),
        command: Vec::new(),
        files: BTreeMap::new(),
    };
    let cases = [
        (lane("primes", "threads", &[], Workers::Cores), None, 4),
        (
            lane(
                "primes",
                "threads",
                &[("limit", 2_000_000)],
                Workers::Count(3),
            ),
            Some(2_000_000),
            3,
        ),
        (
            lane("primes", "sequential", &[], Workers::Count(3)),
            None,
            1,
        ),
        (lane("sleep", "async", &[], Workers::Items), Some(20), 20),
        (
            lane("sleep", "async", &[("count", 300)], Workers::Items),
            Some(300),
            256,
        ),
        (lane("command", "command", &[], Workers::Cores), Some(1), 1),
        (lane("python", "gil", &[], Workers::Cores), Some(1), 4),
        (lane("python", "gil", &[], Workers::Count(3)), Some(1), 3),
    ];
    for (lane, work, workers) in cases {
        assert_eq!(exact_work(&lane), work, "{lane:?}");
        assert_eq!(
            worker_count(&lane, 4, work.unwrap_or(1)),
            workers,
            "{lane:?}"
        );
    }
}
