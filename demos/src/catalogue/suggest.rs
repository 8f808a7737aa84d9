//! "Did you mean": the known name nearest to an unknown one.

/// Nothing longer is looked at: no name is nearly as long.
const LETTERS_MAX: usize = 64;
/// More letters than this are not mistyped, however long the name.
const MISTYPED_MAX: usize = 4;

/// The candidate that differs from `name` in at most a third of its letters, nearest first;
/// small or capital letters, dashes and underscores are all the same.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |name: &str| name.to_lowercase().replace(['-', ' '], "_");
    let name = plain(name);
    let letters = name.chars().count();
    if letters > LETTERS_MAX {
        return None;
    }
    let allowed = (letters / 3).clamp(1, MISTYPED_MAX);
    candidates
        .into_iter()
        .map(|candidate| (distance(&name, &plain(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters must be put in, left out, changed or swapped (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1)
                .min(rows[i][j - 1] + 1)
                .min(rows[i - 1][j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_the_name_that_was_meant() {
        let names = [
            "pause",
            "end_slide",
            "column_layout",
            "column",
            "free-threaded",
        ];
        for (name, expected) in [
            ("pauze", Some("pause")),
            ("puase", Some("pause")),
            ("end-slide", Some("end_slide")),
            ("EndSlide", Some("end_slide")),
            ("colum", Some("column")),
            ("Free_treaded", Some("free-threaded")),
            ("layout", None),
            ("", None),
            // A third of its letters would be nine.
            ("no-gil-at-all-free-threaded", None),
        ] {
            assert_eq!(nearest(name, names), expected, "{name}");
        }
        let endless = "pause".repeat(100);
        assert_eq!(nearest(&endless, names), None);
    }
}
