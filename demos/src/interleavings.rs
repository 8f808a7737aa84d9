//! What all interleavings of a program come to: plain data, as a report carries it and a picture
//! draws it.

use serde::{Deserialize, Serialize};

/// The most outcomes that are told one by one; those with the most schedules stay.
pub const OUTCOMES_MAX: usize = 64;

/// What a search of every schedule of a program found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Interleavings {
    /// What can come out, the rarest first, at most [`OUTCOMES_MAX`].
    pub outcomes: Vec<Outcome>,
    /// How many different outcomes there are.
    pub outcomes_total: usize,
    /// How many schedules were counted, in full, in decimal digits.
    pub schedules: String,
    /// Different states that were looked at.
    pub states: u64,
    /// The steps of the longest schedule.
    pub steps: u32,
    /// The bound that stopped the search, as words; `None` if it saw all there is.
    pub stopped: Option<String>,
}

/// One thing that can come out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// What the program printed, or how it ended; no line end at its end.
    pub text: String,
    /// Whether it is a deadlock: threads wait for ever.
    pub deadlock: bool,
    /// How many schedules lead to it, in decimal digits.
    pub schedules: String,
    /// Their part of all that were counted, 0…1.
    pub share: f64,
    /// The threads of one such schedule, step by step.
    pub example: Vec<u8>,
}
