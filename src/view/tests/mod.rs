//! Whole screens: state → what is read.

mod screens;
mod stage;
