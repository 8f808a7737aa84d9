//! Whether a talk can have a console, and which talks are going on.

use super::Finding;
use crate::engine::{talks, talks_folder};

/// Looks at the folder of the sockets, and into it.
pub(super) fn look() -> Vec<Finding> {
    let folder = match talks_folder() {
        Ok(folder) => folder,
        Err(error) => return vec![Finding::missing("console", error.to_string())],
    };
    let going_on = match talks() {
        Ok(talks) if talks.is_empty() => "no talk is going on".to_owned(),
        Ok(talks) => format!("going on: {}", talks.len()),
        Err(error) => error.to_string(),
    };
    let says = format!("talks listen in {}; {going_on}", folder.display());
    vec![Finding::good("console", says)]
}
