//! How a snippet stands, in words.

use std::time::Duration;

use parade_demos::snippet::{SnippetEnd, SnippetSnapshot};

use super::SnippetState;

/// How what is said of a snippet is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnippetMood {
    /// It waits, was stopped, or is at work.
    Calm,
    /// It has ended well.
    Good,
    /// It has ended otherwise, or can't run.
    Bad,
}

impl SnippetState {
    /// How it stands, in words; `None` before its first run.
    pub fn in_words(&self) -> Option<(SnippetMood, String)> {
        if let Some(why) = &self.refused {
            return Some((SnippetMood::Bad, why.clone()));
        }
        self.snapshot.as_deref().map(snippet_in_words)
    }
}

/// How a run of a snippet stands or has ended, in words.
pub fn snippet_in_words(snapshot: &SnippetSnapshot) -> (SnippetMood, String) {
    use SnippetMood::{Bad, Calm, Good};
    let so_far = snapshot.elapsed.saturating_sub(snapshot.step_began);
    let time = seconds(so_far);
    let Some(end) = &snapshot.end else {
        let does = match snapshot.step {
            None => "starting",
            Some(_) if snapshot.is_built() => "running",
            Some(_) => "building",
        };
        return (Calm, format!("{does}… {time}"));
    };
    let built = if snapshot.is_built() && snapshot.steps > 1 {
        format!(", built in {}", seconds(snapshot.step_began))
    } else {
        String::new()
    };
    match end {
        SnippetEnd::Exited(0) => (Good, format!("done in {time}{built}")),
        SnippetEnd::Exited(code) if !snapshot.is_built() => (
            Bad,
            format!("the build failed with exit code {code} after {time}"),
        ),
        SnippetEnd::Exited(code @ 129..=192) => {
            let signal = code - 128;
            (Bad, format!("ended by signal {signal} after {time}{built}"))
        }
        SnippetEnd::Exited(code) => (
            Bad,
            format!("ended with exit code {code} after {time}{built}"),
        ),
        SnippetEnd::Unavailable(why) => (Bad, why.clone()),
        SnippetEnd::Failed(why) => (Bad, format!("failed: {why}")),
        SnippetEnd::TimedOut(limit) => (
            Bad,
            format!("stopped: it took longer than {}", seconds(*limit)),
        ),
        SnippetEnd::Cancelled => (Calm, format!("stopped after {}", seconds(snapshot.elapsed))),
    }
}

/// To a tenth.
fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_each_stand() {
        let ms = Duration::from_millis;
        let end = |code| Some(SnippetEnd::Exited(code));
        let text = || "no cc".to_owned();
        // Steps, the one that was started last, when, elapsed, the end.
        for (steps, step, step_began, elapsed, end, expected) in [
            (2, None, 0, 10, None, "starting… 0.0 s"),
            (2, Some(0), 10, 2110, None, "building… 2.1 s"),
            (2, Some(1), 2100, 2200, None, "running… 0.1 s"),
            (1, Some(0), 0, 1500, None, "running… 1.5 s"),
            (1, Some(0), 0, 1500, end(0), "done in 1.5 s"),
            (
                2,
                Some(1),
                2100,
                2400,
                end(0),
                "done in 0.3 s, built in 2.1 s",
            ),
            (
                2,
                Some(0),
                0,
                700,
                end(1),
                "the build failed with exit code 1 after 0.7 s",
            ),
            (
                1,
                Some(0),
                0,
                700,
                end(3),
                "ended with exit code 3 after 0.7 s",
            ),
            (
                1,
                Some(0),
                0,
                700,
                end(139),
                "ended by signal 11 after 0.7 s",
            ),
            (
                2,
                Some(0),
                0,
                7,
                Some(SnippetEnd::Unavailable(text())),
                "no cc",
            ),
            (
                2,
                None,
                0,
                7,
                Some(SnippetEnd::Failed(text())),
                "failed: no cc",
            ),
            (
                2,
                Some(0),
                0,
                7,
                Some(SnippetEnd::Cancelled),
                "stopped after 0.0 s",
            ),
            (
                1,
                Some(0),
                0,
                60_001,
                Some(SnippetEnd::TimedOut(ms(60_000))),
                "stopped: it took longer than 60.0 s",
            ),
        ] {
            let snapshot = SnippetSnapshot {
                steps,
                step,
                step_began: ms(step_began),
                elapsed: ms(elapsed),
                end,
                ..SnippetSnapshot::default()
            };
            assert_eq!(snippet_in_words(&snapshot).1, expected);
        }
    }
}
