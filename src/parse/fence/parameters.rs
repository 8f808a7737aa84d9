//! The parameters of a demo's workload and of its lanes' models, as YAML gives them. What they are
//! called and may be, the catalogue knows.

use parade_demos::spec::{Parameters, Value};

use super::program;
use crate::parse::slide::Builder;
use crate::parse::yaml::{self, Fields, Node, Reading};

/// The workload's parameters, from `with`. A program's text is among them, whichever way it is given.
pub(super) fn with(builder: &Builder<'_>, fields: &mut Fields<'_, '_>) -> Parameters {
    let mut parameters = Parameters::new();
    let Some(node) = fields.take("with") else {
        return parameters;
    };
    let reading = &mut *fields.reading;
    let yaml::Value::Map(entries) = &node.value else {
        let expected = "parameters with their values: with: {limit: 1000}";
        reading.expected(&node, "with", expected);
        return parameters;
    };
    for (key, node) in entries {
        if !matches!(key.name.as_str(), "source" | "code") {
            parameters.extend(value(reading, node).map(|value| (key.name.clone(), value)));
        }
    }
    let program = program::read(builder, reading, node.get("source"), node.get("code"));
    // Should the demo name a program for all lanes, and one of them its own, nothing of the other is left.
    if let Some((name, text)) = program {
        parameters.insert("source".to_owned(), Value::Text(name));
        parameters.insert("code".to_owned(), Value::Text(text));
    }
    parameters
}

/// The value of a parameter.
pub(super) fn value(reading: &mut Reading<'_>, node: &Node) -> Option<Value> {
    match &node.value {
        yaml::Value::Bool(value) => Some(Value::Bool(*value)),
        yaml::Value::Int(value) => Some(Value::Int(*value)),
        yaml::Value::Float(value) => Some(Value::Float(*value)),
        yaml::Value::Text(_) => reading.text("value", node).map(Value::Text),
        yaml::Value::List(items) => {
            let items = items.iter().filter_map(|item| value(reading, item));
            Some(Value::List(items.collect()))
        }
        yaml::Value::Null | yaml::Value::Map(_) => {
            let message = "a parameter takes a word, a number or a list";
            reading.report(node.range.clone(), message);
            None
        }
    }
}
