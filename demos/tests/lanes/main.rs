//! Drives `parade-demos lane` as its parent would, over the protocol and against the real system.

#[cfg(test)]
mod commands;
#[cfg(test)]
mod driver;
#[cfg(test)]
mod ends;
#[cfg(test)]
mod python;
#[cfg(test)]
mod results;
