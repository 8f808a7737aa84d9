//! `parade doctor`: what will and won't work here, and why.

mod console;
mod interpreters;
mod machine;
mod terminal;

use std::io::{self, Write};

use super::ending::Ending;

/// What `parade doctor` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Doctor {}

/// Looks at everything and tells.
pub(super) fn run(_asked: &Doctor, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let parts: [(&str, Vec<Finding>); 4] = [
        ("Terminal", terminal::look()),
        ("Machine", machine::look()),
        ("Presenting", console::look()),
        (
            "Python interpreters, for command lanes",
            interpreters::look(),
        ),
    ];
    for (index, (title, findings)) in parts.iter().enumerate() {
        write_part(out, index, title, findings)?;
    }
    Ok(Ending::Done)
}

/// How well a thing will work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// As it should.
    Good,
    /// With less than there could be.
    Less,
    /// Not at all.
    Missing,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Finding {
    mark: Mark,
    topic: &'static str,
    /// What was found, and what follows from it.
    says: String,
}

impl Finding {
    fn new(mark: Mark, topic: &'static str, says: impl Into<String>) -> Self {
        Self {
            mark,
            topic,
            says: says.into(),
        }
    }

    fn good(topic: &'static str, says: impl Into<String>) -> Self {
        Self::new(Mark::Good, topic, says)
    }

    fn less(topic: &'static str, says: impl Into<String>) -> Self {
        Self::new(Mark::Less, topic, says)
    }

    fn missing(topic: &'static str, says: impl Into<String>) -> Self {
        Self::new(Mark::Missing, topic, says)
    }
}

fn write_part(
    out: &mut dyn Write,
    index: usize,
    title: &str,
    findings: &[Finding],
) -> io::Result<()> {
    writeln!(out, "{}{title}", if index > 0 { "\n" } else { "" })?;
    let widest = findings
        .iter()
        .map(|finding| finding.topic.len())
        .max()
        .unwrap_or(0);
    for Finding { mark, topic, says } in findings {
        let sign = match mark {
            Mark::Good => "✓",
            Mark::Less => "!",
            Mark::Missing => "✗",
        };
        writeln!(out, "  {sign} {topic:widest$}  {says}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_listed_with_their_signs() {
        let findings = [
            Finding::good("size", "120×36"),
            Finding::less("colours", "16: gauges look plainer"),
            Finding::missing("python3.14t", "not found"),
        ];
        let mut written = Vec::new();
        write_part(&mut written, 1, "Terminal", &findings).unwrap();
        let expected = "\nTerminal\n  ✓ size         120×36\n  ! colours      16: gauges look plainer\n  ✗ python3.14t  not found\n";
        assert_eq!(String::from_utf8(written).unwrap(), expected);
    }
}
