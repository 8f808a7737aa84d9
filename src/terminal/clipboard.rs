//! What puts a text into the clipboard of whoever sits at the terminal, also over ssh (xterm, "OSC
//! 52"). In base 64 nothing of the text is a control character.

use crate::base64;

/// The sequence that copies a text.
pub(super) fn copy(text: &str) -> String {
    format!("\x1b]52;c;{}\x1b\\", base64::encode(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_in_base_64() {
        assert_eq!(copy("foo"), "\x1b]52;c;Zm9v\x1b\\");
    }
}
