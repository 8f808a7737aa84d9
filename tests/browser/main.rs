//! What parade makes for browsers, in a real one: headless Chromium.
//!
//! Where there is none, these tests say so and check nothing; with `PARADE_TEST_CHROMIUM` set, as in
//! `.ci/run`, that is an error.

#[cfg(test)]
mod chromium;
#[cfg(test)]
mod html;
#[cfg(test)]
mod player;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod studio;
#[cfg(test)]
mod svg;
