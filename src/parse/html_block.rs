//! Blocks of HTML: comments, which command, and the text between tags.

use std::ops::Range;

use pulldown_cmark::Event;

use super::inline::Line;
use super::slide::Builder;

impl Builder<'_> {
    /// A block of HTML: comments one after the other, and what else there is as text.
    pub(super) fn html(&mut self, source: &str, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let rest = &source[at..range.end];
            let comment = rest.find("<!--");
            let text = &rest[..comment.unwrap_or(rest.len())];
            if !text.trim().is_empty() {
                self.html_text(text, at..at + text.len());
            }
            let Some(start) = comment else { return };
            let end = rest[start..]
                .find("-->")
                .map_or(rest.len(), |end| start + end + 3);
            self.comment(&rest[start..end], at + start..at + end);
            at += end;
        }
    }

    /// HTML other than comments: the text between the tags.
    fn html_text(&mut self, text: &str, range: Range<usize>) {
        let mut line = Line::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let is_tag = rest.starts_with('<');
            let end = if is_tag {
                rest.find('>').map(|end| end + 1)
            } else {
                rest.find('<')
            };
            let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
            let event = if is_tag {
                Event::InlineHtml(part.into())
            } else {
                Event::Text(part.trim_matches(['\n', '\r']).into())
            };
            line.event(self, &event, range.clone());
            rest = after;
        }
        let content = line.finish();
        self.place_text(content, range);
    }
}
