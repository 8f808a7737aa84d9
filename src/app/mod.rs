//! The machine: `update(&mut State, Event, now) -> Vec<Effect>`.
//!
//! Only [`begin`] and [`update`] change [`State`]. They never block and read no clock: time arrives
//! with each event. What the outside world has to do comes out as [`Effect`]s, which are comparable
//! data.

mod action;
mod adjust;
mod audience;
mod bench;
mod clock;
mod config;
mod consent;
mod console;
mod demo;
mod demo_state;
mod editor;
mod effect;
mod event;
mod images;
mod keymap;
mod ladder;
mod languages;
mod large;
mod learn;
mod line;
mod links;
mod live;
mod mouse;
mod navigate;
mod overview;
mod panel;
mod perform;
mod picture;
mod reload;
mod replay;
mod run;
mod screen;
mod scroll;
mod search;
mod settings;
mod shown;
mod slides;
mod snippet;
mod state;
#[cfg(test)]
mod tests;
mod transit;

pub use action::*;
pub use adjust::{live_parameters, live_value, parameters, takes, worker_count};
pub use bench::Bench;
pub use clock::Clock;
pub use config::*;
pub use console::*;
pub use demo_state::*;
pub use editor::*;
pub use effect::*;
pub use event::*;
pub use images::*;
pub use keymap::*;
pub use languages::{Language, Languages};
pub use learn::*;
pub use links::Link;
pub use live::Live;
pub use overview::OverviewGrid;
pub use picture::{LaneSource, lanes_to_run};
pub use replay::{Player, Replay, ReplayMark, ReplayWhy};
pub use settings::*;
pub use snippet::{
    Output, OutputRow, OutputScroll, SnippetKey, SnippetMood, SnippetState, ink, snippet_in_words,
};
pub use state::*;
pub use transit::Transit;

/// A moment, as the time since the app began.
pub type Moment = std::time::Duration;

/// What to do first: the slide to begin with, from 0, is parsed.
#[must_use]
pub fn begin(state: &mut State, slide: usize) -> Vec<Effect> {
    let mut effects = Vec::new();
    state.place.slide = slide.min(state.slides_total().saturating_sub(1));
    state.show(&mut effects);
    effects
}

/// Takes in what happened at `now`, and says what is to be done about it.
#[must_use]
pub fn update(state: &mut State, event: Event, now: Moment) -> Vec<Effect> {
    let mut effects = Vec::new();
    state.pass_time(now);
    let cut_short = state.cut_short(&event);
    match event {
        Event::Key(chord) => state.press(chord, &mut effects),
        Event::Paste(text) => state.paste(&text, &mut effects),
        Event::Mouse(mouse) => state.point(mouse, &mut effects),
        Event::Resize(size) => state.resize(size),
        Event::Tick => {
            state.play_on();
            state.look_ahead(&mut effects);
        }
        Event::Parsed { index, slide } => state.take_slide(index, &slide, &mut effects),
        Event::Outlined(headings) => state.take_outline(headings, &mut effects),
        Event::Highlighted { key, lines } => state.take_tokens(key, lines, &mut effects),
        Event::Decoded { key, drawn } => state.take_image(key, drawn),
        Event::Graphics(graphics) => state.take_graphics(graphics),
        Event::Reloaded(deck) => state.reload(deck, &mut effects),
        Event::Themed(choice, theme) => state.dress(choice, theme),
        Event::Run { run, news } => state.hear(run, news, &mut effects),
        Event::Snippet { run, snapshot } => state.hear_snippet(run, snapshot, &mut effects),
        Event::Notice(notice) => state.tell(notice),
        Event::Answered(asker, notice) => state.tell_asker(asker, notice),
        Event::Caption(caption) => state.say(caption),
        Event::Ending => state.take_over(&mut effects),
        Event::Resumed => state.dirty = true,
        Event::EditedOutside { handed, came } => state.take_back(&handed, came, &mut effects),
        Event::Consoles(consoles) => state.count_consoles(consoles),
        Event::Traced { demo, why, found } => state.take_trace(&demo, why, found, &mut effects),
        Event::Asked(ask) => state.do_as_asked(&ask, &mut effects),
        Event::Told(told) => state.follow(*told, &mut effects),
        Event::Lost(why) => state.lose(why),
    }
    state.start_shown(&mut effects);
    state.want_images(&mut effects);
    if cut_short {
        // Whoever is in such a hurry sees the next slide at once.
        state.transit = None;
    }
    state.tell_consoles(&mut effects);
    effects
}
