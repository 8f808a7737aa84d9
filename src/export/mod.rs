//! What a screen shows, without a screen → a file: text, SVG, GIF, PDF, the lines of an asciicast; and a
//! whole deck as HTML. A [`Film`] is what it shows over time.

mod cast;
mod film;
mod font;
mod gif;
mod html;
mod notes;
mod palette;
mod pdf;
mod shot;
mod sign;
mod svg;
mod text;

pub use cast::{Cast, CastEvent, CastHeader, CastVersion};
pub use film::{Film, Frame};
pub use font::{
    Face, FaceId, Fit, FontFinder, Fonts, FoundFont, Glyph, LICENCES as FONT_LICENCES, Outline,
    Segment,
};
pub use gif::{GifError, gif};
pub use html::{HtmlTalk, html};
pub use notes::notes;
pub use pdf::{PDF_ROWS_MAX, Pdf, PdfAbout, PdfPage, PdfTooLarge};
pub use shot::Shot;
pub use svg::{SvgTooLarge, animated_svg, svg};
pub use text::text;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::State;
use crate::view;

/// What a screen shows.
pub type Picture = Buffer;

/// What a screen of the state's size would show now.
pub fn picture(state: &State) -> Picture {
    let mut buffer = Buffer::empty(Rect::new(0, 0, state.size.width, state.size.height));
    view::draw(state, &mut buffer);
    buffer
}

/// Whether a reader of a file is given this address to follow out of the talk: other schemes do more
/// than show a page.
fn leads_out(url: &str) -> bool {
    let schemes = ["http://", "https://", "mailto:"];
    let begins = |scheme: &str| {
        url.get(..scheme.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(scheme))
    };
    schemes.into_iter().any(begins)
}
