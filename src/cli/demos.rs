//! `parade demos [NAME]`: what there is to run, straight from the catalogue.

use std::io::Write;

use parade_demos::catalogue::{self, Bound, Kind, ModelEntry, Parameter, WorkloadEntry, value};
use parade_demos::spec::DemoSpec;
use serde_json::{Value as Json, json};

use super::ending::Ending;
use super::table::{Column, Table};

/// What `parade demos` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Demos {
    /// Only this workload, model or ready demo
    name: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Prints the catalogue, or one entry of it.
pub(super) fn run(asked: &Demos, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let wanted = |name: &str| asked.name.as_deref().is_none_or(|wanted| wanted == name);
    let chosen = Chosen {
        workloads: catalogue::workloads()
            .filter(|entry| wanted(entry.name))
            .collect(),
        models: catalogue::models()
            .filter(|entry| wanted(entry.name))
            .collect(),
        demos: catalogue::ready_demos()
            .into_iter()
            .filter(|demo| wanted(&demo.name))
            .collect(),
    };
    if let (Some(name), true) = (&asked.name, chosen.is_empty()) {
        anyhow::bail!(
            "failed to find {name}: no workload, model or ready demo has this name; parade demos lists them all"
        );
    }
    if asked.json {
        serde_json::to_writer_pretty(&mut *out, &chosen.to_json())?;
        writeln!(out)?;
    } else {
        chosen.write(out)?;
    }
    Ok(Ending::Done)
}

/// The part of the catalogue that was asked for.
struct Chosen {
    workloads: Vec<&'static WorkloadEntry>,
    models: Vec<&'static ModelEntry>,
    demos: Vec<DemoSpec>,
}

impl Chosen {
    fn is_empty(&self) -> bool {
        self.workloads.is_empty() && self.models.is_empty() && self.demos.is_empty()
    }

    fn write(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let mut parts = 0;
        let mut heading = |out: &mut dyn Write, text: &str| {
            parts += 1;
            let gap = if parts > 1 { "\n" } else { "" };
            writeln!(out, "{gap}{text}")
        };
        if !self.workloads.is_empty() {
            heading(out, "Workloads: what is computed, or waited for")?;
            for entry in &self.workloads {
                let bound = match entry.bound {
                    Bound::Cpu => "computes",
                    Bound::Io => "waits",
                };
                writeln!(
                    out,
                    "\n  {}: {} ({bound}; counted in {})",
                    entry.name, entry.about, entry.unit
                )?;
                write_parameters(out, entry.parameters)?;
            }
        }
        if !self.models.is_empty() {
            heading(out, "Models: how it is scheduled")?;
            for entry in &self.models {
                let taken = taken_by(entry).join(", ");
                writeln!(out, "\n  {}: {} (runs {taken})", entry.name, entry.about)?;
                write_parameters(out, entry.parameters)?;
            }
        }
        if !self.demos.is_empty() {
            heading(out, "Ready demos: parade run NAME")?;
            writeln!(out)?;
            let mut table = Table::new(&[Column::Left; 3]);
            table.row(["name", "lanes", "title"]);
            for demo in &self.demos {
                let lanes: Vec<&str> = demo.lanes.iter().map(|lane| lane.name.as_str()).collect();
                table.row([
                    &demo.name,
                    &lanes.join(", "),
                    demo.title.as_deref().unwrap_or_default(),
                ]);
            }
            table.write(out, "  ")?;
        }
        Ok(())
    }

    fn to_json(&self) -> Json {
        json!({
            "schema": 1,
            "workloads": self.workloads.iter().map(|entry| json!({
                "name": entry.name,
                "about": entry.about,
                "bound": match entry.bound { Bound::Cpu => "cpu", Bound::Io => "io" },
                "unit": entry.unit,
                "parameters": parameters_json(entry.parameters),
            })).collect::<Vec<_>>(),
            "models": self.models.iter().map(|entry| json!({
                "name": entry.name,
                "about": entry.about,
                "workloads": taken_by(entry),
                "parameters": parameters_json(entry.parameters),
            })).collect::<Vec<_>>(),
            "demos": self.demos,
        })
    }
}

/// The workloads that a model runs.
fn taken_by(model: &ModelEntry) -> Vec<&'static str> {
    catalogue::workloads()
        .map(|workload| workload.name)
        .filter(|workload| catalogue::takes(model.name, workload))
        .collect()
}

fn write_parameters(out: &mut dyn Write, parameters: &[Parameter]) -> std::io::Result<()> {
    let mut table = Table::new(&[
        Column::Left,
        Column::Right,
        Column::Left,
        Column::Left,
        Column::Left,
    ]);
    if !parameters.is_empty() {
        table.row(["parameter", "default", "takes", "live", "about"]);
    }
    for parameter in parameters {
        let live = if parameter.live { "yes" } else { "no" };
        let default = parameter.kind.default_value().to_string();
        let takes = value::expected(parameter.kind);
        table.row([parameter.name, &default, &takes, live, parameter.about]);
    }
    table.write(out, "    ")
}

fn parameters_json(parameters: &[Parameter]) -> Vec<Json> {
    let one = |parameter: &Parameter| {
        let (kind, default, limits) = match parameter.kind {
            Kind::Int { min, max, default } => ("int", json!(default), json!([min, max])),
            Kind::Duration {
                min_us,
                max_us,
                default_us,
            } => ("duration_us", json!(default_us), json!([min_us, max_us])),
            Kind::Bytes { min, max, default } => ("bytes", json!(default), json!([min, max])),
            Kind::Bool { default } => ("bool", json!(default), Json::Null),
            Kind::Choice(words) => ("choice", json!(words.first()), json!(words)),
            Kind::Text { default } => ("text", json!(default), Json::Null),
            Kind::Texts => ("texts", json!([]), Json::Null),
        };
        json!({
            "name": parameter.name,
            "about": parameter.about,
            "kind": kind,
            "default": default,
            "range": limits,
            "live": parameter.live,
        })
    };
    parameters.iter().map(one).collect()
}
