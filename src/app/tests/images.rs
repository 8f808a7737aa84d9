//! Images: asked for once, in the size and form in which they are shown.

use std::sync::Arc;

use super::talk::Talk;
use crate::app::{Event, Graphics, ImageKey, ImageState, Protocol};
use crate::deck::{Block, BlockKind, Image, ImageFile, ImageFound, Slide};
use crate::layout::Size;
use crate::pixels::{Drawn, Pixels};

fn file(content: u64) -> ImageFile {
    ImageFile {
        width: 400,
        height: 200,
        content,
        ..ImageFile::default()
    }
}

/// A talk whose first slide, and second, have an image each.
fn talk() -> Talk {
    let mut talk = Talk::open("# One\n\na\n\n---\n\n# Two\n\nb\n");
    for index in 0..2 {
        let with_image = with_image(&talk, index, index as u64);
        talk.happen(Event::Parsed {
            index,
            slide: Arc::new(with_image),
        });
    }
    talk
}

fn with_image(talk: &Talk, index: usize, content: u64) -> Slide {
    let slide = crate::parse::slide(&talk.state.deck, index, &());
    let image = Image {
        file: ImageFound::Known(file(content)),
        ..Image::default()
    };
    let block = Block {
        kind: BlockKind::Image(image),
        ..slide.blocks[0].clone()
    };
    Slide {
        blocks: vec![block],
        ..slide
    }
}

fn key(content: u64, (width, height): (u16, u16)) -> ImageKey {
    ImageKey {
        file: file(content),
        width,
        height,
    }
}

fn drawn(count: usize) -> Vec<Drawn> {
    let pixels = Pixels::default();
    let png = Drawn::Png("AAAA".to_owned());
    let mut drawn = vec![Drawn::Pixels(pixels), png];
    drawn.truncate(count);
    drawn
}

/// The images that were asked for: content, cells, and in how many forms.
fn asked(talk: &mut Talk) -> Vec<String> {
    talk.told()
        .into_iter()
        .filter(|line| line.starts_with("decode"))
        .collect()
}

fn decoded(talk: &mut Talk, content: u64, size: (u16, u16), forms: usize) {
    talk.happen(Event::Decoded {
        key: key(content, size),
        drawn: Ok(drawn(forms)),
    });
}

#[test]
fn an_image_is_asked_for_once_and_that_of_the_next_slide_ahead() {
    let mut talk = talk();
    assert_eq!(
        asked(&mut talk),
        ["decode 0 40×10 in 1", "decode 1 40×10 in 1"]
    );
    talk.press("→ ←").happen(Event::Tick);
    assert_eq!(asked(&mut talk), [""; 0]);
    decoded(&mut talk, 0, (40, 10), 1);
    talk.press("→ ←");
    assert_eq!(asked(&mut talk), [""; 0]);
    talk.happen(Event::Resize(Size {
        width: 30,
        height: 24,
    }));
    assert_eq!(asked(&mut talk), ["decode 0 26×7 in 1"]);
}

#[test]
fn an_image_is_placed_once_it_is_there_as_the_terminal_takes_it() {
    let mut talk = talk();
    decoded(&mut talk, 0, (40, 10), 1);
    decoded(&mut talk, 1, (40, 10), 1);
    asked(&mut talk);
    assert_eq!(talk.state.placed_images(), []);
    let graphics = Graphics::new(Protocol::Kitty, Some((9, 18)));
    talk.happen(Event::Graphics(graphics));
    assert_eq!(asked(&mut talk), ["decode 0 40×10 in 2"]);
    assert_eq!(talk.state.placed_images(), []);
    decoded(&mut talk, 0, (40, 10), 2);
    assert_eq!(placed(&talk), ["0 at 20,7 40×10"]);
    // What covers it takes it away, and gives it back.
    for (open, close) in [("?", "Esc"), ("o", "Esc"), ("b", "b")] {
        talk.press(open);
        assert_eq!(placed(&talk), [""; 0], "{open}");
        talk.press(close);
        assert_eq!(placed(&talk), ["0 at 20,7 40×10"], "{open}");
    }
    talk.press("→");
    assert_eq!(placed(&talk), [""; 0]);
    talk.press("←");
    assert_eq!(asked(&mut talk), ["decode 1 40×10 in 2"]);
}

fn placed(talk: &Talk) -> Vec<String> {
    let placed = talk.state.placed_images();
    let line = |image: &crate::app::PlacedImage| {
        let area = image.area;
        format!(
            "{} at {},{} {}×{}",
            image.key.file.content, area.x, area.y, area.width, area.height
        )
    };
    placed.iter().map(line).collect()
}

#[test]
fn an_image_of_the_explanation_is_placed_where_that_stands() {
    let mut talk = talk();
    let slide = crate::parse::slide(&talk.state.deck, 0, &());
    let explain = with_image(&talk, 0, 5).blocks;
    let slide = Slide { explain, ..slide };
    talk.happen(Event::Parsed {
        index: 0,
        slide: Arc::new(slide),
    });
    talk.happen(Event::Resize(Size {
        width: 120,
        height: 36,
    }));
    talk.happen(Event::Graphics(Graphics::new(Protocol::Kitty, None)));
    talk.press("e");
    let spot = talk.state.panel_page.images[0].clone();
    decoded(&mut talk, 5, (spot.area.width, spot.area.height), 2);
    let panel = talk.state.panel_area();
    let (x, y) = (panel.x + 1 + spot.area.x, panel.y + 1 + spot.area.y);
    let (width, height) = (spot.area.width, spot.area.height);
    assert_eq!(placed(&talk), [format!("5 at {x},{y} {width}×{height}")]);
}

#[test]
fn an_image_that_a_step_reveals_is_scrolled_into_view_whole() {
    let lines = "line\n\n".repeat(8);
    let mut talk = Talk::open(&format!("# One\n\n{lines}\n<!-- pause -->\n\nb\n"));
    let slide = crate::parse::slide(&talk.state.deck, 0, &());
    let mut blocks = slide.blocks.clone();
    let last = blocks.last_mut().expect("there are some");
    last.kind = with_image(&talk, 0, 0).blocks[0].kind.clone();
    talk.happen(Event::Parsed {
        index: 0,
        slide: Arc::new(Slide { blocks, ..slide }),
    });
    assert_eq!((talk.state.scroll, talk.state.page.images.len()), (0, 0));
    talk.happen(Event::Graphics(Graphics::new(Protocol::Kitty, None)));
    talk.press("→");
    let area = talk.state.page.images[0].area;
    decoded(&mut talk, 0, (area.width, area.height), 2);
    assert_eq!(placed(&talk).len(), 1, "{area:?} at {}", talk.state.scroll);
}

#[test]
fn an_image_that_cannot_be_decoded_is_not_asked_for_again() {
    let mut talk = talk();
    let key = key(0, (40, 10));
    talk.happen(Event::Decoded {
        key,
        drawn: Err("broken".to_owned()),
    });
    asked(&mut talk);
    talk.press("→ ←");
    assert_eq!(asked(&mut talk), [""; 0]);
    let spot = &talk.state.page.images[0];
    let failed = ImageState::Failed("broken".to_owned());
    assert_eq!(talk.state.images.get(spot), Some(&failed));
}

#[test]
fn another_content_is_another_image() {
    let mut talk = talk();
    asked(&mut talk);
    let slide = Arc::new(with_image(&talk, 0, 7));
    talk.happen(Event::Parsed { index: 0, slide });
    assert_eq!(asked(&mut talk), ["decode 7 40×10 in 1"]);
}
