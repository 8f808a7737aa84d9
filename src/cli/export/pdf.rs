//! A talk as PDF: goes through the slides and their steps, and makes a page of each picture.

use std::sync::Arc;

use anyhow::Context;

use super::{Export, fonts, play_demos};
use crate::app::{Action, Event, Graphics, Link, Protocol};
use crate::cli::stage::Stage;
use crate::export::{self, Fonts, PDF_ROWS_MAX, Pdf, PdfAbout, PdfPage, Shot};
use crate::layout::Size;

/// Of an image, the dots of a cell: as sharp as a printer on a small page.
const DOTS: (u16, u16) = (20, 40);

/// The PDF's bytes.
pub(super) fn pdf(asked: &Export, stage: &mut Stage, slides: &[usize]) -> anyhow::Result<Vec<u8>> {
    let made_s = std::env::var("SOURCE_DATE_EPOCH").ok();
    let made_s = made_s
        .map(|text| text.parse())
        .transpose()
        .context("failed to read SOURCE_DATE_EPOCH: expected seconds since 1970")?;
    let mut fonts = fonts::fonts();
    let bytes = draw(asked, stage, slides, (&mut fonts, made_s))?;
    fonts::tell_missing(&fonts);
    Ok(bytes)
}

fn draw(
    asked: &Export,
    stage: &mut Stage,
    slides: &[usize],
    (fonts, made_s): (&mut Fonts, Option<u64>),
) -> anyhow::Result<Vec<u8>> {
    let theme = Arc::clone(&stage.state().theme);
    let mut pdf = Pdf::new(&theme, fonts);
    stage.tell(Event::Graphics(Graphics::new(Protocol::Pixels, Some(DOTS))));
    for &slide in slides {
        stage.heed()?;
        make_room(stage, slide, asked.size());
        stage.go_to_beginning(slide);
        let mut pages = Pages::of(&mut pdf, slide);
        if asked.steps {
            pages.add(stage)?;
            while stage.reveal() {
                pages.add(stage)?;
            }
        } else {
            while stage.reveal() {}
        }
        if asked.plays() {
            play_demos(stage, asked.share(), |_| {})?;
        }
        if asked.plays() || !asked.steps {
            pages.add(stage)?;
        }
        if asked.notes {
            pages.add_notes(stage)?;
        }
    }
    let front = &stage.state().deck.front;
    Ok(pdf.finish(&PdfAbout {
        title: front.title.as_deref(),
        lang: front.lang.as_deref(),
        authors: &front.authors,
        made_s,
    }))
}

/// Gives a slide as many rows as it needs, if a page has them: nobody scrolls a page.
fn make_room(stage: &mut Stage, slide: usize, size: Size) {
    resize(stage, size);
    stage.go_to(slide);
    let talk = stage.state();
    let room = usize::from(talk.body_size().height);
    let more = talk.page.rows_shown().saturating_sub(room);
    if more > 0 {
        let height = usize::from(size.height).saturating_add(more);
        let height = height.min(usize::from(PDF_ROWS_MAX)) as u16;
        resize(stage, Size { height, ..size });
    }
}

fn resize(stage: &mut Stage, size: Size) {
    if stage.state().size != size {
        stage.tell(Event::Resize(size));
        stage.settle();
    }
}

/// The pages of a slide.
struct Pages<'a, 'b> {
    pdf: &'a mut Pdf<'b>,
    /// From 1.
    slide: usize,
    count: usize,
}

impl<'a, 'b> Pages<'a, 'b> {
    fn of(pdf: &'a mut Pdf<'b>, slide: usize) -> Self {
        Self {
            pdf,
            slide: slide + 1,
            count: 0,
        }
    }

    /// What is on the stage. The slide's first page has its number, the others follow as 3.1, 3.2.
    fn add(&mut self, stage: &Stage) -> anyhow::Result<()> {
        let label = match self.count {
            0 => self.slide.to_string(),
            count => format!("{}.{count}", self.slide),
        };
        self.count += 1;
        self.page(stage, &stage.shot(), &stage.state().links(), &label)
    }

    fn add_notes(&mut self, stage: &mut Stage) -> anyhow::Result<()> {
        if stage
            .state()
            .slide()
            .is_none_or(|slide| slide.notes.is_empty())
        {
            return Ok(());
        }
        stage.press(Action::Notes);
        let pictures = export::notes(stage.state());
        stage.press(Action::Notes);
        for picture in pictures {
            let label = format!("{} notes", self.slide);
            self.page(stage, &Shot::from(picture), &[], &label)?;
        }
        Ok(())
    }

    fn page(
        &mut self,
        stage: &Stage,
        shot: &Shot,
        links: &[Link],
        label: &str,
    ) -> anyhow::Result<()> {
        let page = PdfPage {
            shot,
            links,
            slide: &stage.slide_id(),
            name: &stage.state().slide_name(),
            label,
        };
        self.pdf.page(&page).context("failed to draw the PDF")
    }
}
