//! Saving the deck while it is shown.

use parade_demos::report::Outcome;

use super::talk::Talk;
use crate::app::Stop;

const DECK: &str = "\
# One

a

<!-- pause -->

b

---

# Two

```demo
name: races
workload: primes
lanes: [threads]
```

---

# Three

c
";

#[test]
fn shows_the_change_on_its_slide() {
    for (keys, from, to, expected) in [
        ("", "a\n", "aa\n", "1.0"),
        ("→", "a\n", "aa\n", "1.1"),
        ("", "c\n", "cc\n\n<!-- pause -->\n\nd\n", "3.1"),
        ("G", "a\n", "aa\n", "1.1"),
        ("G", "# Two", "# New\n\n---\n\n# Two", "2.0"),
        ("PgDn", "# Two", "# New\n\n---\n\n# Two", "2.0"),
        ("→", "<!-- pause -->\n\nb\n", "", "1.0"),
        ("G", "c\n", "c\n", "3.0"),
    ] {
        let mut talk = Talk::open(DECK);
        talk.press(keys).save(&DECK.replace(from, to));
        assert_eq!(talk.at(), expected, "{keys}: {from:?} → {to:?}");
        assert_eq!(talk.state.page_place, talk.state.place);
    }
}

#[test]
fn stays_within_a_deck_that_became_shorter() {
    let mut talk = Talk::open(DECK);
    talk.press("G o G").save("# Only\n");
    assert_eq!(talk.at(), "1.0 overview 1");
    talk.press("Esc").save("");
    assert_eq!(talk.at(), "1.0");
    talk.save(DECK);
    assert_eq!(talk.at(), "1.1");
    talk.press("G Backspace Backspace");
    assert_eq!(talk.state.place.slide, 0);
}

#[test]
fn brings_back_to_slides_that_moved() {
    let inserted = DECK.replace("# Two", "# New\n\n---\n\n# Two");
    for (before, after, expected) in [
        ("G /", "Esc", "4.0"),
        ("G / o n e", "Esc", "4.0"),
        ("G : 1 Enter", "Backspace", "4.0"),
        ("G o", "Enter", "4.0"),
    ] {
        let mut talk = Talk::open(DECK);
        talk.press(before).save(&inserted).press(after);
        assert_eq!(talk.at(), expected, "{before}, save, {after}");
    }
}

#[test]
fn keeps_a_running_demo_unless_its_fence_changed() {
    for (from, to, expected, stop) in [
        ("c\n", "cc\n", "2.0 (slide 3 changed)", Stop::Not),
        ("# Two\n", "# Zwei\n\nprose\n", "2.0", Stop::Not),
        (
            "# Two\n",
            "# New\n\n---\n\n# Two\n",
            "3.0 (slide 2 changed)",
            Stop::Not,
        ),
        ("lanes: [threads]", "lanes: [async]", "2.0", Stop::End),
        ("name: races", "name: other", "2.0", Stop::End),
    ] {
        let mut talk = Talk::open(DECK);
        talk.press("PgDn r").told();
        talk.save(&DECK.replace(from, to));
        assert_eq!(talk.at(), expected, "{to}");
        assert_eq!(
            talk.state.run.as_ref().map(|run| &run.stop),
            Some(&stop),
            "{to}"
        );
        let told: &[&str] = if stop == Stop::Not {
            &[]
        } else {
            &["cancel 0"]
        };
        assert_eq!(talk.told(), told, "{to}");
        talk.finish(0, Outcome::Done);
        let kept = talk
            .state
            .demo_in_focus()
            .is_some_and(|demo| demo.report.is_some());
        assert_eq!(kept, stop == Stop::Not, "{to}: the result is the demo's");
    }
}

#[test]
fn forgets_the_result_of_a_fence_that_changed() {
    let mut talk = Talk::open(DECK);
    talk.press("PgDn r").finish(0, Outcome::Done);
    talk.save(&DECK.replace("c\n", "cc\n")).press("PgUp");
    assert!(
        talk.state
            .demo_in_focus()
            .is_some_and(|demo| demo.report.is_some())
    );
    talk.save(&DECK.replace("primes", "mandelbrot"));
    let demo = talk.state.demo_in_focus().expect("it is on the slide");
    assert_eq!(
        (demo.spec.lanes[0].workload.as_str(), &demo.report),
        ("mandelbrot", &None)
    );
}
