//! From what a piece of text means to how it looks.
//!
//! [`Role`] says what a cell means; a theme says how each role looks. Layout and pictures name roles
//! alone, so that a theme, a terminal without colour or an export can each decide for itself.

mod role;

pub use role::*;
