//! A demo's `with`, and the Python program that it may name: read from beside the deck, or written
//! in the fence itself.

use parade_demos::spec::{Parameters, Value};

use super::demo::value;
use crate::parse::slide::Builder;
use crate::parse::yaml::{self, Node, Reading};

/// The parameters of a workload. A program's text is among them, whichever way it is given.
pub(super) fn with(builder: &Builder<'_>, reading: &mut Reading<'_>, node: Node) -> Parameters {
    let yaml::Value::Map(entries) = node.value else {
        let help = "it takes parameters with their values: with: {limit: 1000}";
        reading.report_with_help(node.range, "`with` with a value that it doesn't take", help);
        return Parameters::new();
    };
    let mut parameters = Parameters::new();
    let (mut source, mut code) = (None, None);
    for (key, node) in entries {
        let given = match &node.value {
            // As it is written: it is to be run, not shown.
            yaml::Value::Text(text) if key.name == "code" => Some(Value::Text(text.clone())),
            _ => value(reading, &node),
        };
        match key.name.as_str() {
            "source" => source = Some(node),
            "code" => code = Some(node),
            _ => {}
        }
        parameters.extend(given.map(|given| (key.name, given)));
    }
    match (source, code) {
        (Some(_), Some(code)) => {
            let help = "name a file, or write the program here";
            let message = "`source` and `code` can't both be given";
            reading.report_with_help(code.range, message, help);
        }
        (Some(source), None) => {
            let read = file(builder, reading, &source);
            parameters.extend(read.into_iter().flatten());
        }
        (None, Some(_)) => {
            // Should the demo name a file for its other lanes, this program is not that.
            parameters.insert("source".to_owned(), Value::Text(String::new()));
        }
        (None, None) => {}
    }
    parameters
}

/// The file that is named, under its place in the deck's folder, and its text.
fn file(
    builder: &Builder<'_>,
    reading: &mut Reading<'_>,
    source: &Node,
) -> Option<[(String, Value); 2]> {
    let named = reading.text("source", source)?;
    let path = builder.beside(&named);
    let shown = path.display().to_string();
    match builder.files.read(&path) {
        Ok(text) => {
            let parameter = |name: &str, text| (name.to_owned(), Value::Text(text));
            Some([parameter("source", shown), parameter("code", text)])
        }
        Err(reason) => {
            let message = format!("failed to read {shown}: {reason}");
            reading.report(source.range.clone(), message);
            None
        }
    }
}
