//! The shell: one terminal, taken and given back; bytes to events, pictures to bytes, and the loop
//! that lets everything else sleep.
//!
//! One thread does all of this, in one `poll` over the terminal, the signals and the engine's bell.
//! So nobody else reads the terminal while the app is suspended, a key is answered by the thread
//! that read it, and a terminal that disappears is seen as such instead of being read for ever.
//! Read [`Shell`] first, then [`Guard`]. A [`Recording`] needs no terminal at all.

mod clipboard;
mod encode;
mod environment;
mod graphics;
mod guard;
mod input;
mod last_words;
mod panics;
mod recording;
mod screen;
mod settings;
mod shell;
mod signals;
mod tty;

pub use environment::Environment;
pub use graphics::{Means, Told, ask};
pub use guard::Guard;
pub use last_words::tell;
pub use panics::Panics;
pub use recording::Recording;
pub use shell::{Curiosity, Draw, End, Parts, Shell};
pub use signals::{Signals, die_by};
pub use tty::Tty;
