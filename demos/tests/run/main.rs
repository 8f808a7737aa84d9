//! Runs as their owner sees them: what is told, what is reported, and that nothing is left.

#[cfg(test)]
mod ends;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod live;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod snippets;
