//! `chart` fences of `kind: timeline`: what happened when, inline or from a CSV file beside the deck.
//!
//! An event has `on:` a day, or `from:` and perhaps `until:`; one without any is still to come. A file
//! has columns of these names.

use csv::{ReaderBuilder, StringRecord};

use crate::deck::{Date, TimelineEvent, When};
use crate::parse::suggest;
use crate::parse::yaml::{Fields, Node, Reading, Value};
use parade_demos::visible::visible;

/// Most events of a timeline.
const EVENTS_MAX: usize = 50;
pub(super) const EVENT_KEYS: &[&str] = &["label", "on", "from", "until"];

/// Whether there is something to draw, and not too much.
pub(super) fn fits(fields: &mut Fields<'_, '_>, events: &[TimelineEvent]) -> Option<()> {
    let wrong = match events.len() {
        0 => "this timeline has no events",
        1..=EVENTS_MAX => return Some(()),
        _ => "this timeline has too many events",
    };
    if fields.reading.problems.is_empty() {
        let help = format!("give 1 to {EVENTS_MAX} events: [{{label: PEP 703, on: 2023-10-24}}]");
        fields.lack(wrong, help);
    }
    None
}

/// The label of the event that stands out.
pub(super) fn highlight(
    reading: &mut Reading<'_>,
    node: &Node,
    events: &[TimelineEvent],
) -> Option<String> {
    let label = reading.text("highlight", node)?;
    let labels = events.iter().map(|event| event.label.as_str());
    if labels.clone().any(|known| known == label) {
        return Some(label);
    }
    let help = suggest::help(&label, labels);
    reading.report_with_help(
        node.range.clone(),
        format!("no such event: `{label}`"),
        help,
    );
    None
}

/// Events of a list.
pub(super) fn inline(reading: &mut Reading<'_>, events: Node) -> Vec<TimelineEvent> {
    let Value::List(items) = events.value else {
        let expected = "a list: events: [{label: PEP 703, on: 2023-10-24}]";
        reading.expected(&events, "events", expected);
        return Vec::new();
    };
    let mut read = |item: Node| {
        let range = item.range.clone();
        let mut fields = reading.fields(item, EVENT_KEYS);
        let [label, on, from, until] = ["label", "on", "from", "until"].map(|key| fields.text(key));
        let when = when([&on, &from, &until].map(|text| text.as_deref().unwrap_or_default()));
        match when {
            Ok(when) => Some(TimelineEvent {
                label: label.unwrap_or_default(),
                when,
            }),
            Err(message) => {
                reading.report(range, message);
                None
            }
        }
    };
    items.into_iter().filter_map(&mut read).collect()
}

/// Events of a file.
///
/// # Errors
/// What is wrong, with the line.
pub(super) fn from_file(text: &str) -> Result<Vec<TimelineEvent>, String> {
    let mut reader = ReaderBuilder::new()
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let head = reader
        .headers()
        .map_err(|error| super::csv::plain(&error))?
        .clone();
    let column = |name: &str| {
        let found = head.iter().position(|column| column == name);
        found.ok_or_else(|| {
            format!("it has no column `{name}`: a timeline has label, on, from, until")
        })
    };
    let [label, on, from, until] = ["label", "on", "from", "until"].map(column);
    let (label, dates) = (label?, [on?, from?, until?]);
    let event = |record: Result<StringRecord, csv::Error>| {
        let record = record.map_err(|error| super::csv::plain(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        let when = when(dates.map(|column| &record[column]));
        Ok(TimelineEvent {
            label: visible(&record[label]).into_owned(),
            when: when.map_err(|message| format!("line {line}: {message}"))?,
        })
    };
    reader.records().take(EVENTS_MAX + 1).map(event).collect()
}

/// When an event is, from what stands under `on`, `from` and `until`.
fn when([on, from, until]: [&str; 3]) -> Result<When, String> {
    let date = |text: &str| {
        let wrong = || format!("`{}` is no date like 2025-10-07", visible(text));
        Date::read(text).ok_or_else(wrong)
    };
    match (on, from, until) {
        ("", "", "") => Ok(When::Someday),
        (on, "", "") => Ok(When::On(date(on)?)),
        ("", from, "") => Ok(When::Since(date(from)?)),
        ("", from, until) => match (date(from)?, date(until)?) {
            (from, until) if from < until => Ok(When::During(from, until)),
            _ => Err(format!(
                "`{}` is not after `{}`",
                visible(until),
                visible(from)
            )),
        },
        _ => Err("an event has `on`, or `from` and perhaps `until`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::read(text).unwrap()
    }

    #[test]
    fn an_event_is_a_day_a_stretch_or_still_to_come() {
        let (a, b) = (day("2024-10-07"), day("2025-10-07"));
        for (written, expected) in [
            (["", "", ""], Ok(When::Someday)),
            (["2024-10-07", "", ""], Ok(When::On(a))),
            (["", "2024-10-07", ""], Ok(When::Since(a))),
            (["", "2024-10-07", "2025-10-07"], Ok(When::During(a, b))),
            (
                ["", "2025-10-07", "2024-10-07"],
                Err("`2024-10-07` is not after `2025-10-07`"),
            ),
            (["soon", "", ""], Err("`soon` is no date like 2025-10-07")),
            (["", "", "2025-10-07"], Err("`` is no date like 2025-10-07")),
            (
                ["2024-10-07", "2024-10-07", ""],
                Err("an event has `on`, or `from` and perhaps `until`"),
            ),
        ] {
            assert_eq!(
                when(written),
                expected.map_err(str::to_owned),
                "{written:?}"
            );
        }
    }

    #[test]
    fn a_file_says_where_it_is_wrong() {
        let head = "# remark\nlabel,on,from,until\n";
        let event = TimelineEvent {
            label: "PEP 703".into(),
            when: When::On(day("2023-10-24")),
        };
        assert_eq!(
            from_file(&format!("{head}PEP 703,2023-10-24,,\n")),
            Ok(vec![event])
        );
        assert_eq!(
            from_file(&format!("{head}PEP 703,2023-10-32,,\n")),
            Err("line 3: `2023-10-32` is no date like 2025-10-07".into())
        );
        assert_eq!(
            from_file("label,on\n"),
            Err("it has no column `from`: a timeline has label, on, from, until".into())
        );
    }
}
