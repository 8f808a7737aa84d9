//! What presenting does to a real terminal, and to the processes around it.

#[cfg(test)]
mod console;
#[cfg(test)]
mod doctor;
#[cfg(test)]
mod editing;
#[cfg(test)]
#[path = "../recording/film.rs"]
mod film;
#[cfg(test)]
mod images;
#[cfg(test)]
mod oddities;
#[cfg(test)]
mod recording;
#[cfg(test)]
mod reloading;
#[cfg(test)]
mod restoring;
#[cfg(test)]
mod running;
#[cfg(test)]
mod scaling;
#[cfg(test)]
mod snippets;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod talk;
#[cfg(test)]
mod transitions;
