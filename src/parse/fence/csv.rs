//! Figures from a CSV file: a heading row, labels in the first column, numbers in the others; lines
//! that begin with `#` are remarks.

use csv::{ReaderBuilder, StringRecord};

use crate::deck::Series;
use crate::parse::suggest;
use parade_demos::visible::visible;

use super::chart::{LABELS_MAX, SERIES_MAX};

/// Labels and series; with `columns` only those, in that order.
///
/// # Errors
/// What is wrong, with the line.
pub(super) fn read(
    text: &str,
    columns: Option<&[String]>,
) -> Result<(Vec<String>, Vec<Series>), String> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ReaderBuilder::new()
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let head = reader.headers().map_err(|error| plain(&error))?.clone();
    let chosen = choose(&head, columns)?;
    let (label, figures) = chosen.split_first().ok_or("it has no columns")?;
    let mut labels = Vec::new();
    let mut series: Vec<_> = figures
        .iter()
        .map(|index| Series {
            name: visible(&head[*index]).into_owned(),
            values: Vec::new(),
        })
        .collect();
    for record in reader.records() {
        let record = record.map_err(|error| plain(&error))?;
        if labels.len() == LABELS_MAX {
            return Err(format!("it has more than {LABELS_MAX} rows"));
        }
        labels.push(visible(&record[*label]).into_owned());
        for (series, index) in series.iter_mut().zip(figures) {
            series.values.push(number(&record, *index)?);
        }
    }
    if let [only] = &mut series[..] {
        only.name.clear();
    }
    Ok((labels, series))
}

/// The columns to show, as indices.
fn choose(head: &StringRecord, columns: Option<&[String]>) -> Result<Vec<usize>, String> {
    let chosen: Vec<usize> = match columns {
        None => (0..head.len()).collect(),
        Some(columns) => columns
            .iter()
            .map(|name| {
                let found = head.iter().position(|column| column == name);
                found.ok_or_else(|| {
                    format!(
                        "it has no column `{name}`: {}",
                        suggest::help(name, head.iter())
                    )
                })
            })
            .collect::<Result<_, _>>()?,
    };
    match chosen.len() {
        0 | 1 => Err("it needs a column of labels and one of numbers".into()),
        count if count > SERIES_MAX + 1 => Err(format!(
            "more than {SERIES_MAX} columns of numbers: choose some with `columns`"
        )),
        _ => Ok(chosen),
    }
}

/// A cell's number; an empty one is a gap.
fn number(record: &StringRecord, index: usize) -> Result<Option<f64>, String> {
    let cell = &record[index];
    if cell.is_empty() {
        return Ok(None);
    }
    let number: Option<f64> = cell.parse().ok().filter(|number: &f64| number.is_finite());
    let line = record.position().map_or(0, csv::Position::line);
    number
        .map(Some)
        .ok_or_else(|| format!("line {line}: `{}` is no number", visible(cell)))
}

/// What is wrong with a file, and in which line.
pub(super) fn plain(error: &csv::Error) -> String {
    let line = error.position().map_or(0, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("line {line} has {len} cells, the heading {expected_len}")
        }
        _ => format!("line {line} is no CSV"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_labels_and_numbers() {
        let series = |name: &str, values: &[Option<f64>]| Series {
            name: name.into(),
            values: values.into(),
        };
        let text = "# source: x\ndate,a,b\n2025,1,2.5\n2026, ,4\n";
        assert_eq!(
            read(text, None),
            Ok((
                vec!["2025".into(), "2026".into()],
                vec![
                    series("a", &[Some(1.0), None]),
                    series("b", &[Some(2.5), Some(4.0)])
                ]
            ))
        );
        assert_eq!(
            read(text, Some(&["date".into(), "b".into()])),
            Ok((
                vec!["2025".into(), "2026".into()],
                vec![series("", &[Some(2.5), Some(4.0)])]
            ))
        );
    }

    #[test]
    fn tells_what_is_wrong_and_where() {
        for (text, columns, expected) in [
            ("a,b\n1,x\n", None, "line 2: `x` is no number"),
            ("a,b\n1\n", None, "line 2 has 1 cells, the heading 2"),
            (
                "a\n1\n",
                None,
                "it needs a column of labels and one of numbers",
            ),
            ("", None, "it needs a column of labels and one of numbers"),
            (
                "year,b\n1,2\n",
                Some(["yaer".to_owned(), "b".to_owned()]),
                "it has no column `yaer`: did you mean `year`?",
            ),
            ("a,b\n1,inf\n", None, "line 2: `inf` is no number"),
        ] {
            assert_eq!(
                read(text, columns.as_ref().map(|columns| &columns[..])),
                Err(expected.to_owned()),
                "{text:?}"
            );
        }
    }
}
