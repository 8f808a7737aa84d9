use insta::assert_snapshot;
use parade_demos::report::VerdictState;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::stage::*;
use crate::app::State;
use crate::export;
use crate::view::draw;

/// The screen as text.
fn screen(state: &State) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, state.size.width, state.size.height));
    draw(state, &mut buffer);
    export::text(&buffer)
}

#[test]
fn a_slide_without_a_demo_leaves_the_last_row_almost_empty() {
    let slide = slide(
        "Concurrency",
        vec![paragraph("Many tasks at once, by switching.")],
    );
    assert_snapshot!(screen(&state(50, 12, slide)));
}

#[test]
fn a_demo_before_its_first_run() {
    assert_snapshot!(screen(&with_demo(80, 24, primes())));
}

#[test]
fn a_demo_while_it_runs() {
    let snapshot = in_the_middle(vec![core(0, 98, 2, 0), core(1, 93, 2, 4)]);
    assert_snapshot!(screen(&running(with_demo(80, 24, primes()), snapshot)));
}

#[test]
fn a_demo_once_it_is_over() {
    let snapshot = at_the_end(vec![core(0, 0, 1, 0), core(1, 0, 2, 0)]);
    let report = result(four_results(3), verdict(VerdictState::Holds, None));
    assert_snapshot!(screen(&over(with_demo(80, 24, primes()), snapshot, report)));
}
