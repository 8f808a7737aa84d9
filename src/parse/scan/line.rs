//! What a single line looks like, knowing nothing of the lines around it.

#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl<'a> Line<'a> {
    /// Bytes of white space before the text; a tab counts as one, which is enough here.
    pub(super) fn indent(self) -> usize {
        self.text
            .bytes()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count()
    }

    /// The text without the white space around it.
    pub(super) fn rest(self) -> &'a str {
        self.text[self.indent()..].trim_end()
    }

    pub(super) fn is_blank(self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Where the line ends that `start` stands in.
pub(super) fn line_end(text: &str, start: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |length| start + length)
}

pub(super) fn is_underline(rest: &str, marker: u8) -> bool {
    rest.bytes().all(|byte| byte == marker)
}

pub(super) fn is_rule(rest: &str, marker: u8) -> bool {
    rest.bytes().filter(|byte| *byte == marker).count() >= 3
        && rest
            .bytes()
            .all(|byte| byte == marker || byte == b' ' || byte == b'\t')
}

/// Whether a line ends a footnote that it follows without a blank line between.
pub(super) fn starts_block(line: &str) -> bool {
    line.trim_start()
        .starts_with(['[', '#', '>', '`', '~', '<', '-', '*', '+'])
}
