//! Films a slide: its steps, and its demos from the key that starts the first to the last one's verdict.

use std::time::Duration;

use super::play_demos;
use crate::cli::stage::Stage;
use crate::export::Film;

/// How long a step is seen; a demo before it runs is half as long.
const STEP: Duration = Duration::from_secs(2);
/// How long the last picture stands before all begins anew.
const LAST: Duration = Duration::from_secs(4);

/// What is to be seen of a slide.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scenes {
    /// Each step, and not only the last.
    pub(super) steps: bool,
    /// The demos, run or replayed.
    pub(super) demos: bool,
}

/// The film of a slide, from 0.
pub(super) fn film(stage: &mut Stage, slide: usize, scenes: Scenes) -> anyhow::Result<Film> {
    stage.go_to_beginning(slide);
    if !scenes.steps {
        while stage.reveal() {}
    }
    let began = stage.now();
    let mut film = Film::new(stage.shot());
    let mut take = |stage: &Stage| film.frame(stage.now().saturating_sub(began), stage.shot());
    while stage.reveal() {
        stage.pass_all(STEP);
        take(stage);
    }
    if scenes.demos {
        stage.pass_all(STEP / 2);
        play_demos(stage, None, &mut take)?;
        take(stage);
    }
    film.end(stage.now().saturating_sub(began) + LAST);
    Ok(film)
}
