//! Links on the screen, and clicks on them.

use super::talk::Talk;
use crate::app::{Event, Link, Mouse, MouseWhat, Settings, Setup};
use crate::layout::Area;

const DECK: &str = "# A\n\n- see [the docs](https://example.com/docs)\n- or [B](#b)\n\n\
    <!-- explain: \"[more](https://example.com/more)\" -->\n\n---\n\n# B\n\nb\n";

fn click(talk: &mut Talk, x: u16, y: u16) -> String {
    talk.happen(Event::Mouse(Mouse {
        x,
        y,
        what: MouseWhat::Click,
    }));
    talk.at()
}

/// Where the links of the screen stand, and where they lead.
fn links(talk: &Talk) -> Vec<(u16, u32, u16, String)> {
    let place = |Link { area, url }| {
        let Area { x, y, width, .. } = area;
        (x, y, width, url)
    };
    talk.state.links().into_iter().map(place).collect()
}

#[test]
fn stand_where_their_text_and_their_address_stand() {
    let mut talk = Talk::open(DECK);
    let docs = "https://example.com/docs".to_owned();
    let here = [
        (8, 3, 8, docs.clone()),
        (16, 3, 19, docs),
        (7, 4, 1, "#b".to_owned()),
        (8, 4, 5, "#b".to_owned()),
    ];
    assert_eq!(links(&talk), here);
    talk.press("e");
    let more = "https://example.com/more".to_owned();
    assert_eq!(
        links(&talk)[here.len()..],
        [(2, 16, 4, more.clone()), (6, 16, 19, more)]
    );
    talk.press("o");
    assert_eq!(links(&talk), []);
}

#[test]
fn a_click_shows_and_copies_the_address_or_goes_to_the_slide() {
    let mut talk = Talk::open(DECK);
    assert_eq!(
        click(&mut talk, 8, 3),
        "1.0 (copied https://example.com/docs)"
    );
    assert_eq!(talk.told(), ["copy https://example.com/docs"]);
    assert_eq!(
        click(&mut talk, 7, 4),
        "2.0 (copied https://example.com/docs)"
    );
    let setup = Setup {
        settings: Settings {
            clipboard: false,
            ..Settings::default()
        },
        ..Setup::default()
    };
    let mut talk = Talk::open_with(DECK, setup);
    assert_eq!(click(&mut talk, 30, 3), "1.0 (https://example.com/docs)");
    assert_eq!(talk.told(), [""; 0]);
}
