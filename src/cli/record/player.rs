//! Plays a talk on a stage: does what its plot says, and films every picture that comes of it.

use std::io;
use std::time::Duration;

use super::script::Command;
use crate::app::{Action, Event, Moment};
use crate::cli::ending::Ending;
use crate::cli::run::Progress;
use crate::cli::stage::Stage;
use crate::key::{Chord, Key};
use crate::terminal::Recording;

/// From one typed character to the next.
const TYPING: Duration = Duration::from_millis(80);
/// How long the last picture stands after a script's end.
const LAST: Duration = Duration::from_secs(1);

/// What the talk shall do.
pub(super) enum Plot {
    /// What a script says.
    Script(Vec<Command>),
    /// Everything, from the first slide to the last.
    Auto {
        /// From one step to the next.
        pace: Duration,
        /// Run the demos.
        run: bool,
    },
}

/// A talk that plays itself.
pub(super) struct Player {
    stage: Stage,
    recording: Recording,
    progress: Progress,
}

/// Why playing broke off.
enum Cut {
    /// The recording can't be written.
    Failed(io::Error),
    /// A signal came.
    Signal(i32),
}

impl From<io::Error> for Cut {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

impl Player {
    pub(super) fn new(stage: Stage, recording: Recording) -> Self {
        Self {
            stage,
            recording,
            progress: Progress::on_stderr(),
        }
    }

    /// Plays all of it, or until a signal comes. Gives the recording's length and the number of its
    /// frames too.
    pub(super) fn play(mut self, plot: &Plot) -> io::Result<(Ending, Moment, usize)> {
        self.stage.begin(0);
        let played = match plot {
            Plot::Script(commands) => self.script(commands),
            Plot::Auto { pace, run } => self.by_itself(*pace, *run),
        };
        self.progress.clear();
        let ending = match played {
            Ok(()) => Ending::Done,
            Err(Cut::Signal(signal)) => Ending::Signal(signal),
            Err(Cut::Failed(error)) => return Err(error),
        };
        let now = self.stage.now();
        Ok((ending, now, self.recording.end(now)?))
    }

    fn script(&mut self, commands: &[Command]) -> Result<(), Cut> {
        for command in commands {
            match command {
                Command::Press(chords) => {
                    for chord in chords {
                        self.press(*chord);
                    }
                }
                Command::Type(chords) => {
                    for chord in chords {
                        self.press(*chord);
                        self.wait(TYPING)?;
                    }
                }
                Command::Go(slide) => self.go(*slide),
                Command::Wait(time) => self.wait(*time)?,
                Command::WaitForRun => self.wait_for_run()?,
                Command::Caption(text) => self.stage.tell(Event::Caption(text.clone())),
            }
        }
        self.wait(LAST)
    }

    /// Goes to a slide as a presenter does.
    fn go(&mut self, slide: usize) {
        self.stage.press(Action::Command);
        let id = self.stage.state().deck.extents[slide].id.clone();
        for character in id.chars() {
            self.press(character.into());
        }
        self.press(Key::Enter.into());
    }

    fn by_itself(&mut self, pace: Duration, run: bool) -> Result<(), Cut> {
        loop {
            // What the slide runs by itself is seen to its end.
            self.wait_for_run()?;
            self.wait(pace)?;
            let talk = self.stage.state();
            let slide = talk.slide();
            let is_last = talk.place.slide + 1 >= talk.slides_total();
            let revealed = slide.is_none_or(|slide| talk.place.step >= slide.steps);
            let live = talk.live_shown().len();
            if run && revealed {
                self.run_all(live, pace)?;
            }
            if revealed && is_last {
                return Ok(());
            }
            self.stage.press(Action::Next);
        }
    }

    /// Runs the slide's demos and its code, one after the other; what has run by itself not again.
    fn run_all(&mut self, live: usize, pace: Duration) -> Result<(), Cut> {
        for index in 0..live {
            if index > 0 {
                self.stage.press(Action::NextFocus);
                self.wait(pace)?;
            }
            let snippet = self.stage.state().snippet_in_focus();
            if snippet.is_some_and(|(_, known)| known.has_run_by_itself()) {
                continue;
            }
            self.stage.run_in_focus();
            self.wait_for_run()?;
            self.wait(pace)?;
        }
        Ok(())
    }

    /// What the slide before this key needs is there first: keys mean what is seen.
    fn press(&mut self, chord: Chord) {
        self.stage.settle();
        self.stage.type_key(chord);
    }

    fn wait(&mut self, time: Duration) -> Result<(), Cut> {
        let until = self.stage.now() + time;
        self.film()?;
        while self.stage.now() < until {
            self.stage.pass(until);
            self.film()?;
        }
        Ok(())
    }

    fn wait_for_run(&mut self) -> Result<(), Cut> {
        self.film()?;
        while self.stage.state().run.is_some() {
            self.stage.pass(Moment::MAX);
            self.film()?;
        }
        Ok(())
    }

    /// Hands the picture of this moment to the recording, if it is another one.
    fn film(&mut self) -> Result<(), Cut> {
        if let Some(signal) = self.stage.signalled() {
            return Err(Cut::Signal(signal));
        }
        self.stage.settle();
        if self.stage.take_dirty() {
            let now = self.stage.now();
            self.recording.frame(now, self.stage.state())?;
            let at = self.stage.state().slide_name();
            self.progress
                .tell(&format!("{:.1} s  {at}", now.as_secs_f64()));
        }
        Ok(())
    }
}
