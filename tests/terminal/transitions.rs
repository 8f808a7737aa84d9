//! Slides that follow each other visibly.

use crate::stage::Show;
use crate::talk::Deck;

#[test]
fn the_next_slide_comes_whole_and_keys_do_not_wait() {
    for transition in ["slide", "dissolve"] {
        let deck = Deck::new(&format!(
            "---\ntransition: {transition}\n---\n\n# First slide\n\n日本 👩\u{200d}🍳 words\n\n---\n\n\
             # Second slide\n\n漢字 here\n\n---\n\n# Third slide\n\nBye\n"
        ));
        let mut stage = Show::parade(&[&deck.name()]).begin();
        stage.await_text("words");
        stage.press("l");
        stage.await_text("Second slide");
        stage.await_text("漢字 here");
        stage.await_that("nothing of the first is left", |stage| {
            !stage.text().contains("日") && !stage.text().contains("words")
        });
        stage.press("hl");
        stage.press("l");
        stage.await_text("Third slide");
        stage.press("q");
        assert!(stage.await_end().success());
        assert_eq!(stage.damage(), [] as [String; 0]);
    }
}
