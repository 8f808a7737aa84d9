//! Talks and consoles over a socket: [`folder`] knows where talks are, [`consoles`] is the talk's side,
//! [`link`](mod@link) the console's, and [`engine`] what the engine does with either.
//!
//! What goes over it is the app's to say; here are bytes, limits, and whom to believe. Neither side
//! ever waits for the other.

mod consoles;
mod engine;
mod folder;
mod link;
mod peer;
#[cfg(test)]
mod tests;

pub(super) use consoles::Consoles;
pub use folder::{NoFolder, TalkFound, folder as talks_folder, talks};
pub use link::{Link, LinkError};
