//! Talks that record themselves: what is in the file is what a screen would have shown.

#[cfg(test)]
mod film;
#[cfg(test)]
mod headless;
