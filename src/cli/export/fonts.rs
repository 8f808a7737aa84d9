//! The fonts of pictures that carry their letters, and what none of them has.

use std::io::{self, Write};

use crate::export::Fonts;
use crate::files::SystemFonts;

/// The most characters that are named.
const NAMED_MAX: usize = 20;

/// Those that are compiled in, then the system's.
pub(super) fn fonts() -> Fonts {
    let mut system = SystemFonts::new();
    Fonts::new(Box::new(move |character| system.find(character)))
}

/// Tells on standard error which characters stand as boxes.
pub(super) fn tell_missing(fonts: &Fonts) {
    if let Some(told) = told(fonts.missing()) {
        // Without standard error there is nobody to tell.
        let _ = writeln!(io::stderr(), "parade: {told}");
    }
}

fn told<'a>(missing: impl Iterator<Item = &'a str>) -> Option<String> {
    let missing: Vec<&str> = missing.collect();
    let rest = missing.len().saturating_sub(NAMED_MAX);
    let named = missing[..missing.len() - rest].join(" ");
    let more = if rest > 0 {
        format!(" and {rest} more")
    } else {
        String::new()
    };
    (!missing.is_empty()).then(|| {
        format!("no glyph for {named}{more}: drawn as a box; a font on this system that has it would be used")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(told([].into_iter()), None);
        assert_eq!(
            told(["漢", "字"].into_iter()).as_deref(),
            Some(
                "no glyph for 漢 字: drawn as a box; a font on this system that has it would be used"
            )
        );
        let many = told(std::iter::repeat_n("漢", 23)).unwrap_or_default();
        assert!(many.contains("漢 and 3 more:"), "{many}");
    }
}
