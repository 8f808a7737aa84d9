//! The search: what is found is shown as one types.

use super::{Ask, Effect, Heading, Mode, Outline, Place, SearchStep, State};

impl State {
    /// A search begins.
    pub(super) fn begin_search(&mut self, effects: &mut Vec<Effect>) {
        self.want_outline(effects);
        self.enter(Mode::Search {
            query: String::new(),
            from: self.place,
            found: true,
        });
    }

    /// What is typed so far is shown where it stands: on this slide or the next that has it.
    pub(super) fn search_typed(&mut self, effects: &mut Vec<Effect>) {
        let (Mode::Search { query, from, found }, Outline::Known(headings)) =
            (&mut self.mode, &self.outline)
        else {
            return;
        };
        let all = 0..headings.len();
        let here = from.slide.min(headings.len());
        let order = all.clone().skip(here).chain(all.take(here));
        let hit = find(headings, query, order);
        *found = hit.is_some();
        let to = match hit {
            Some(slide) if slide != from.slide => Place { slide, step: 0 },
            _ => *from,
        };
        self.dirty = true;
        self.go(to, effects);
    }

    /// Whether what is shown is only looked at until the search is confirmed.
    pub(super) fn searches(&self) -> bool {
        matches!(self.mode, Mode::Search { .. })
    }

    /// The search ends where it stands: now the slide where it began is left.
    pub(super) fn end_search(&mut self, query: String, from: Place, effects: &mut Vec<Effect>) {
        if self.place.slide != from.slide && self.console.is_some() {
            self.ask(Ask::Go(self.place), effects);
        } else if self.place.slide != from.slide {
            self.stop_run(effects);
            self.remember(from);
        }
        if !query.is_empty() {
            self.search = Some(query);
            // Typed faster than the slides could be read.
            if !matches!(self.outline, Outline::Known(_)) {
                self.search_on(SearchStep::Here, effects);
            }
        }
    }

    /// The search ends where it began; a run that goes on there was never left.
    pub(super) fn leave_search(&mut self, from: Place, effects: &mut Vec<Effect>) {
        self.go(from, effects);
        self.enter(Mode::Slide);
    }

    /// On to another slide that has what was last searched for, now or once all slides are known.
    pub(super) fn search_on(&mut self, step: SearchStep, effects: &mut Vec<Effect>) {
        let Some(query) = self.search.clone() else {
            return self.complain("nothing was searched for yet");
        };
        self.want_outline(effects);
        let headings = match &mut self.outline {
            Outline::Known(headings) => headings,
            Outline::Asked(then) => return *then = Some(step),
            Outline::Unknown => return,
        };
        let (all, here) = (headings.len(), self.place.slide);
        let after = (here + 1..all).chain(0..here.min(all));
        let hit = match step {
            SearchStep::Here => find(headings, &query, (here..all).chain(0..here.min(all))),
            SearchStep::Next => find(headings, &query, after),
            SearchStep::Previous => find(headings, &query, after.rev()),
        };
        match hit {
            Some(slide) if slide == here => {}
            Some(slide) => self.jump(slide, effects),
            None if step == SearchStep::Here => self.complain(format!("no slide has `{query}`")),
            None => self.complain(format!("no other slide has `{query}`")),
        }
    }
}

/// The first slide in this order whose text has what is searched for, in whatever case.
fn find(
    headings: &[Heading],
    query: &str,
    mut order: impl Iterator<Item = usize>,
) -> Option<usize> {
    let query = query.to_lowercase();
    order.find(|&slide| headings[slide].text.contains(&query))
}
