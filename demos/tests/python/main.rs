//! Holds the laboratory's Python against a real one, with programs that nobody has thought of.

#[cfg(test)]
mod agree;
#[cfg(test)]
mod generate;
#[cfg(test)]
mod real;
#[cfg(test)]
mod slides;
