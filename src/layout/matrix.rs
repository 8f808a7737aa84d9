//! Lanes as a matrix: a row for each kind of lane, with a cell for one worker and a cell for many. What
//! belongs in one row follows from the lanes alone; which of them ran is not asked here.

use parade_demos::spec::{DemoSpec, LaneSpec, Show, Workers};

/// One row of the matrix; its lanes are the same but for their workers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatrixRow<'a> {
    /// What its lanes' labels have in common.
    pub label: &'a str,
    /// The lane with one worker, by its place in the demo.
    pub one: Option<usize>,
    /// The lane with more.
    pub many: Option<usize>,
}

impl MatrixRow<'_> {
    /// Whether a lane is of this row.
    pub fn has(&self, lane: usize) -> bool {
        self.one == Some(lane) || self.many == Some(lane)
    }
}

/// The rows of a demo that is shown as a matrix, in the order of their first lanes; `None` for any
/// other demo.
pub fn matrix(spec: &DemoSpec) -> Option<Vec<MatrixRow<'_>>> {
    if !matches!(spec.show, Show::Counts | Show::Attempts) {
        return None;
    }
    let mut rows: Vec<MatrixRow> = Vec::new();
    for (index, lane) in spec.lanes.iter().enumerate() {
        let is_alone = lane.workers == Workers::Count(1);
        let of_row = |row: &&mut MatrixRow| {
            let (Some(first), free) = (
                row.one.or(row.many),
                if is_alone { row.one } else { row.many },
            ) else {
                return false;
            };
            free.is_none() && are_alike(&spec.lanes[first], lane)
        };
        if let Some(row) = rows.iter_mut().find(of_row) {
            row.label = common(row.label, &lane.label);
            *(if is_alone {
                &mut row.one
            } else {
                &mut row.many
            }) = Some(index);
        } else {
            rows.push(MatrixRow {
                label: &lane.label,
                one: is_alone.then_some(index),
                many: (!is_alone).then_some(index),
            });
        }
    }
    Some(rows)
}

/// Whether two lanes are the same but for their names and their workers.
fn are_alike(a: &LaneSpec, b: &LaneSpec) -> bool {
    (&a.model, &a.workload, &a.with, &a.parameters)
        == (&b.model, &b.workload, &b.with, &b.parameters)
}

/// How two labels begin, up to what separates the words in which they differ.
fn common<'a>(a: &'a str, b: &str) -> &'a str {
    if a == b {
        return a;
    }
    let same = a.char_indices().zip(b.chars());
    let end = same.take_while(|((_, a), b)| a == b).last();
    let end = end.map_or(0, |((at, sign), _)| at + sign.len_utf8());
    let words = a[..end].rfind([',', ' ', '_', '-']).unwrap_or(0);
    let begin = a[..words].trim_end_matches([',', ' ', '_', '-', '–']);
    if begin.is_empty() { a } else { begin }
}

#[cfg(test)]
mod tests {
    use parade_demos::catalogue::ready_demos;

    use super::*;

    #[test]
    fn lanes_that_differ_in_workers_alone_share_a_row() {
        let demos = ready_demos();
        let counting = demos.iter().find(|demo| demo.name == "counting").unwrap();
        let row = |label, lane| MatrixRow {
            label,
            one: Some(lane),
            many: Some(lane + 1),
        };
        let expected = [
            row("plain", 0),
            row("lock", 2),
            row("atomic", 4),
            row("biased", 6),
        ];
        assert_eq!(matrix(counting).as_deref(), Some(&expected[..]));
        let lanes = DemoSpec {
            show: Show::Lanes,
            ..counting.clone()
        };
        assert_eq!(matrix(&lanes), None);
    }

    #[test]
    fn a_row_is_named_by_what_its_labels_share() {
        for (a, b, expected) in [
            ("GIL, one thread", "GIL, two threads", "GIL"),
            ("Stein: lock, one", "Stein: lock, many", "Stein: lock"),
            ("gil_one", "gil_many", "gil"),
            ("one", "many", "one"),
            ("same", "same", "same"),
        ] {
            assert_eq!(common(a, b), expected, "{a} and {b}");
        }
    }
}
