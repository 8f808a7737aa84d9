//! An asciicast, line by line: what a terminal was sent, and when, as `asciinema` plays it.
//!
//! Pure: makes the lines of the file, and knows neither file nor clock. The format's own pages,
//! `docs.asciinema.org/manual/asciicast`, tell of both versions: 2 gives times since the beginning,
//! 3 since the event before.

use std::time::Duration;

use serde_json::json;

use super::palette::{Palette, hex};
use crate::layout::Size;
use crate::theme::{Theme, xterm_256};

/// A version of the format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CastVersion {
    /// What players before 2025 read.
    V2,
    /// The present one.
    #[default]
    V3,
}

/// What the first line tells.
#[derive(Clone, Debug)]
pub struct CastHeader<'a> {
    /// Columns and rows at the beginning.
    pub size: Size,
    /// The talk's title.
    pub title: Option<&'a str>,
    /// When it was recorded, in seconds since 1970.
    pub timestamp: Option<u64>,
    /// Whose colours stand for the terminal's own.
    pub theme: &'a Theme,
}

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CastEvent<'a> {
    /// The terminal was sent this.
    Output(&'a str),
    /// A place to jump to.
    Marker(&'a str),
    /// The terminal has this size from now on.
    Resize(Size),
    /// It is over: what was shown last stays until now.
    End,
}

/// The events' way to lines.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cast {
    version: CastVersion,
    /// When the last event was, in milliseconds. Intervals are taken between rounded moments, so
    /// that their sum never drifts.
    last_ms: u64,
}

impl Cast {
    /// Before the first event.
    pub fn new(version: CastVersion) -> Self {
        Self {
            version,
            last_ms: 0,
        }
    }

    /// The first line.
    pub fn header(&self, header: &CastHeader<'_>) -> String {
        let Size { width, height } = header.size;
        let own = Palette::of(header.theme);
        let palette: Vec<String> = (0..16).map(|number| hex(xterm_256(number))).collect();
        let theme = json!({
            "fg": hex(own.foreground),
            "bg": hex(own.background),
            "palette": palette.join(":"),
        });
        let mut fields = match self.version {
            CastVersion::V2 => json!({
                "version": 2, "width": width, "height": height, "theme": theme,
                "env": {"TERM": TERM},
            }),
            CastVersion::V3 => json!({
                "version": 3,
                "term": {"cols": width, "rows": height, "type": TERM, "theme": theme},
            }),
        };
        if let Some(title) = header.title {
            fields["title"] = title.into();
        }
        if let Some(timestamp) = header.timestamp {
            fields["timestamp"] = timestamp.into();
        }
        format!("{fields}\n")
    }

    /// The line of an event, so long after the beginning.
    pub fn event(&mut self, at: Duration, event: CastEvent<'_>) -> String {
        let at_ms = u64::try_from(at.as_millis()).unwrap_or(u64::MAX);
        let at_ms = at_ms.max(self.last_ms);
        let before_ms = std::mem::replace(&mut self.last_ms, at_ms);
        let told_ms = match self.version {
            CastVersion::V2 => at_ms,
            CastVersion::V3 => at_ms - before_ms,
        };
        let (code, data) = match event {
            CastEvent::Output(bytes) => ("o", bytes.to_owned()),
            CastEvent::Marker(label) => ("m", label.to_owned()),
            CastEvent::Resize(Size { width, height }) => ("r", format!("{width}x{height}")),
            CastEvent::End if self.version == CastVersion::V3 => ("x", "0".to_owned()),
            CastEvent::End => ("o", String::new()),
        };
        format!(
            "[{}.{:03}, {}, {}]\n",
            told_ms / 1000,
            told_ms % 1000,
            json!(code),
            json!(data)
        )
    }
}

/// What the recorded terminal calls itself.
const TERM: &str = "xterm-256color";

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size {
        width: 80,
        height: 24,
    };

    fn lines(version: CastVersion) -> String {
        let theme = crate::theme::builtin("dark").expect("built in");
        let mut cast = Cast::new(version);
        let header = CastHeader {
            size: SIZE,
            title: Some("a \"talk\""),
            timestamp: Some(1_700_000_000),
            theme: &theme,
        };
        let mut text = cast.header(&header);
        for (at_us, event) in [
            (0, CastEvent::Output("\x1b[2J\"é👩‍🍳\r\n")),
            (0, CastEvent::Marker("1 One")),
            (1_000_600, CastEvent::Output("a")),
            (2_000_700, CastEvent::Resize(SIZE)),
            (1_500_000, CastEvent::Output("never back in time")),
            (5_000_000, CastEvent::End),
        ] {
            text += &cast.event(Duration::from_micros(at_us), event);
        }
        let (head, events) = text.split_once('\n').expect("a header");
        let head: serde_json::Value = serde_json::from_str(head).expect("JSON");
        let palette = "#000000:#cd0000:#00cd00:#cdcd00:#0000ee:#cd00cd:#00cdcd:#e5e5e5:\
                       #7f7f7f:#ff0000:#00ff00:#ffff00:#5c5cff:#ff00ff:#00ffff:#ffffff";
        let theme = json!({"fg": "#e6e8eb", "bg": "#13161b", "palette": palette});
        let expected = match version {
            CastVersion::V2 => json!({
                "version": 2, "width": 80, "height": 24, "theme": theme,
                "env": {"TERM": "xterm-256color"},
                "title": "a \"talk\"", "timestamp": 1_700_000_000,
            }),
            CastVersion::V3 => json!({
                "version": 3,
                "term": {"cols": 80, "rows": 24, "type": "xterm-256color", "theme": theme},
                "title": "a \"talk\"", "timestamp": 1_700_000_000,
            }),
        };
        assert_eq!(head, expected);
        events.to_owned()
    }

    #[test]
    fn version_3_tells_intervals_whose_sum_does_not_drift() {
        assert_eq!(
            lines(CastVersion::V3),
            "[0.000, \"o\", \"\\u001b[2J\\\"é👩‍🍳\\r\\n\"]\n\
             [0.000, \"m\", \"1 One\"]\n\
             [1.000, \"o\", \"a\"]\n\
             [1.000, \"r\", \"80x24\"]\n\
             [0.000, \"o\", \"never back in time\"]\n\
             [3.000, \"x\", \"0\"]\n"
        );
    }

    #[test]
    fn version_2_tells_times_since_the_beginning() {
        assert_eq!(
            lines(CastVersion::V2),
            "[0.000, \"o\", \"\\u001b[2J\\\"é👩‍🍳\\r\\n\"]\n\
             [0.000, \"m\", \"1 One\"]\n\
             [1.000, \"o\", \"a\"]\n\
             [2.000, \"r\", \"80x24\"]\n\
             [2.000, \"o\", \"never back in time\"]\n\
             [5.000, \"o\", \"\"]\n"
        );
    }
}
