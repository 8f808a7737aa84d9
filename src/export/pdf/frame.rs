//! What stands around the pages of a PDF: the tree of pages, links, the outline, labels, and what is said
//! of the whole.

use std::collections::HashMap;

use pdf_writer::types::{ActionType, AnnotationType, PageMode};
use pdf_writer::writers::{PageLabel, Resources};
use pdf_writer::{Date, Finish, Name, Pdf as File, Rect, Ref, Str, TextStr};

use super::images::image_name;
use super::letters::{font_name, shape_name};
use super::{Grid, Leaf, PdfAbout};
use crate::app::Link;
use crate::export::leads_out;

const CATALOG: Ref = Ref::new(1);
const TREE: Ref = Ref::new(2);
const OUTLINE: Ref = Ref::new(3);
const INFO: Ref = Ref::new(4);
/// What the pages' contents refer to.
pub(super) const RESOURCES: Ref = Ref::new(5);
/// The last object whose number is fixed.
pub(super) const FIXED: i32 = 5;

/// Writes the list of what the pages' contents refer to, by the names that they use.
pub(super) fn resources(file: &mut File, fonts: &[Ref], shapes: &[Ref], images: &[Ref]) {
    let mut resources = file.indirect(RESOURCES).start::<Resources<'_>>();
    let mut named = resources.fonts();
    for (index, id) in fonts.iter().enumerate() {
        named.pair(Name(font_name(index).as_bytes()), *id);
    }
    named.finish();
    let mut named = resources.x_objects();
    for (index, id) in shapes.iter().enumerate() {
        named.pair(Name(shape_name(index).as_bytes()), *id);
    }
    for (index, id) in images.iter().enumerate() {
        named.pair(Name(image_name(index).as_bytes()), *id);
    }
}

/// Writes all of it.
pub(super) fn write(
    file: &mut File,
    leaves: &[Leaf],
    about: &PdfAbout<'_>,
    next: &mut impl FnMut() -> Ref,
) {
    let begins = |leaf: &Leaf| Some((leaf.begins.clone()?.0, leaf.page));
    let slides: HashMap<String, Ref> = leaves.iter().rev().filter_map(begins).collect();
    for leaf in leaves {
        page(file, leaf, &slides, next);
    }
    let kids = leaves.iter().map(|leaf| leaf.page);
    file.pages(TREE).kids(kids).count(number(leaves.len()));
    let outlined = outline(file, leaves, next);
    let labels: Vec<Ref> = leaves
        .iter()
        .map(|leaf| {
            let id = next();
            let mut label = file.indirect(id).start::<PageLabel<'_>>();
            label.prefix(TextStr(&leaf.label));
            id
        })
        .collect();
    info(file, about);
    let mut catalog = file.catalog(CATALOG);
    catalog.pages(TREE);
    if let Some(lang) = about.lang {
        catalog.lang(TextStr(lang));
    }
    if outlined {
        catalog.outlines(OUTLINE).page_mode(PageMode::UseOutlines);
    }
    let mut tree = catalog.page_labels();
    let mut numbers = tree.nums();
    for (index, label) in (0..).zip(labels) {
        numbers.insert(index, label);
    }
    numbers.finish();
    tree.finish();
    let titled = about.title.is_some();
    catalog.viewer_preferences().display_doc_title(titled);
}

fn page(
    file: &mut File,
    leaf: &Leaf,
    slides: &HashMap<String, Ref>,
    next: &mut impl FnMut() -> Ref,
) {
    let mut links = Vec::new();
    for link in &leaf.links {
        let target = match link.url.strip_prefix('#') {
            Some(id) => slides.get(id).copied().map(Target::Page),
            None => address(&link.url).map(Target::Address),
        };
        if let Some(target) = target {
            let id = next();
            annotation(file, id, rectangle(leaf, link), &target);
            links.push(id);
        }
    }
    let mut page = file.page(leaf.page);
    page.parent(TREE)
        .media_box(Rect::new(0.0, 0.0, leaf.width as f32, leaf.height as f32))
        .contents(leaf.content);
    page.pair(Name(b"Resources"), RESOURCES);
    if !links.is_empty() {
        page.annotations(links);
    }
}

/// As the format has numbers; a PDF's limits keep them far smaller.
pub(super) fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Where a link leads.
enum Target {
    Page(Ref),
    Address(String),
}

fn annotation(file: &mut File, id: Ref, place: Rect, target: &Target) {
    let mut annotation = file.annotation(id);
    annotation
        .subtype(AnnotationType::Link)
        .rect(place)
        .border(0.0, 0.0, 0.0, None);
    let mut action = annotation.action();
    match target {
        Target::Page(page) => {
            action.action_type(ActionType::GoTo);
            action.destination().page(*page).fit();
        }
        Target::Address(address) => {
            action.action_type(ActionType::Uri);
            action.uri(Str(address.as_bytes()));
        }
    }
}

/// An address that leads out of the talk, in printable ASCII.
fn address(url: &str) -> Option<String> {
    let byte = |byte: u8| {
        if byte.is_ascii_graphic() {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    leads_out(url).then(|| url.bytes().map(byte).collect())
}

fn rectangle(leaf: &Leaf, link: &Link) -> Rect {
    let grid = Grid {
        height: leaf.height,
    };
    let area = link.area;
    let (left, top) = (f64::from(area.x), f64::from(area.y));
    let (right, bottom) = (left + f64::from(area.width), top + f64::from(area.height));
    Rect::new(
        Grid::x(left) as f32,
        grid.y(bottom) as f32,
        Grid::x(right) as f32,
        grid.y(top) as f32,
    )
}

/// An item for each slide; tells whether there is one.
fn outline(file: &mut File, leaves: &[Leaf], next: &mut impl FnMut() -> Ref) -> bool {
    let slides: Vec<(Ref, Ref, &str)> = leaves
        .iter()
        .filter_map(|leaf| Some((next(), leaf.page, leaf.begins.as_ref()?.1.as_str())))
        .collect();
    let (Some(first), Some(last)) = (slides.first(), slides.last()) else {
        return false;
    };
    file.outline(OUTLINE)
        .first(first.0)
        .last(last.0)
        .count(number(slides.len()));
    for (index, (id, page, name)) in slides.iter().enumerate() {
        let mut item = file.outline_item(*id);
        item.title(TextStr(name)).parent(OUTLINE);
        if let Some(before) = index.checked_sub(1) {
            item.prev(slides[before].0);
        }
        if let Some(after) = slides.get(index + 1) {
            item.next(after.0);
        }
        item.dest().page(*page).fit();
    }
    true
}

fn info(file: &mut File, about: &PdfAbout<'_>) {
    let mut info = file.document_info(INFO);
    info.creator(TextStr("parade"));
    if let Some(title) = about.title {
        info.title(TextStr(title));
    }
    if !about.authors.is_empty() {
        info.author(TextStr(&about.authors.join(", ")));
    }
    if let Some(made_s) = about.made_s.and_then(date) {
        info.creation_date(made_s);
    }
}

/// The moment, so many seconds after 1970, in universal time.
fn date(seconds: u64) -> Option<Date> {
    let day = crate::deck::Date::of_unix(seconds)?.to_string();
    let mut parts = day.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    let part = |unit: u64, many: u64| (seconds / unit % many) as u8;
    Some(
        Date::new(year)
            .month(month)
            .day(day)
            .hour(part(3600, 24))
            .minute(part(60, 60))
            .second(part(1, 60))
            .utc_offset_hour(0)
            .utc_offset_minute(0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_pages_and_mail_lead_out() {
        let cases = [
            (
                "https://example.org/ä b",
                Some("https://example.org/%C3%A4%20b"),
            ),
            ("MAILTO:me@example.org", Some("MAILTO:me@example.org")),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("other.md", None),
        ];
        for (url, expected) in cases {
            assert_eq!(address(url).as_deref(), expected, "{url}");
        }
    }
}
