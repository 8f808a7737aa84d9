//! Workloads, models and meters: what runs on a demo slide, and what the operating system counted
//! while it ran.
//!
//! This crate knows no terminal and no Markdown. It builds, tests and runs alone, through its own
//! small binary. Read [`spec`] first (what a demo is), then [`catalogue`] (what there is to run),
//! [`run`] (how it runs) and [`report`] (what came out).

pub mod catalogue;
pub mod explore;
pub mod expression;
mod histogram;
pub mod holds;
pub mod interleavings;
pub mod line;
pub mod meter;
pub mod model;
pub mod parameter;
pub mod python;
pub mod report;
pub mod run;
pub mod snapshot;
pub mod snippet;
pub mod spec;
pub mod tail;
pub mod trace;
pub mod verdict;
pub mod visible;
pub mod workload;
