//! `parade console [TALK]`: the presenter's console for a talk that runs in another terminal.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use anyhow::bail;
use parade_demos::visible::visible;

use super::config;
use super::ending::Ending;
use crate::app::{self, ThemeChoice};
use crate::engine::{Link, TalkFound, talks};
use crate::present;

/// What `parade console` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Console {
    /// The talk: its deck's name or its process id; needed where several are going on
    talk: Option<String>,
    /// List the talks that are going on
    #[arg(long)]
    list: bool,
    /// Use this theme: a name, or a TOML file
    #[arg(long, value_name = "NAME|FILE")]
    theme: Option<String>,
    /// Use this configuration instead of the user's own
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Lists the talks, or shows the console of one.
pub(super) fn run(asked: &Console, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let talks = talks()?;
    if asked.list {
        for talk in &talks {
            writeln!(out, "{}", line(talk))?;
        }
        return Ok(Ending::Done);
    }
    let talk = choose(&talks, asked.talk.as_deref())?;
    if !io::stdout().is_terminal() {
        bail!("failed to show the console: standard output is no terminal; --list needs none");
    }
    let app::Config { mut settings, keys } = config::read(asked.config.as_deref())?;
    if let Some(theme) = &asked.theme {
        settings.theme = ThemeChoice::from(theme.as_str());
    }
    let talk = Link::connect(&talk.socket)?;
    let elapsed = Duration::from_millis(talk.hello.elapsed_ms);
    present::follow(present::ConsoleOptions {
        began_at: time_of_day().map(|now| began_at(now, elapsed)),
        talk,
        settings,
        keys: Arc::new(keys),
    })?;
    Ok(Ending::Done)
}

/// The talk that is meant: by its process, by its deck's name, or the only one.
fn choose<'a>(talks: &'a [TalkFound], wanted: Option<&str>) -> anyhow::Result<&'a TalkFound> {
    let Some(wanted) = wanted else {
        return match talks {
            [] => bail!("failed to find a talk: none is going on; start one with `parade DECK`"),
            [only] => Ok(only),
            several => bail!(
                "failed to choose a talk: {} are going on, name one: {}",
                several.len(),
                list(several)
            ),
        };
    };
    let named = |talk: &&TalkFound| {
        let name = talk.hello.as_ref().map(|hello| hello.name.as_str());
        name == Some(wanted.strip_suffix(".md").unwrap_or(wanted))
    };
    if let Some(talk) = talks.iter().find(|talk| talk.pid.to_string() == wanted) {
        return Ok(talk);
    }
    let found: Vec<&TalkFound> = talks.iter().filter(named).collect();
    match found[..] {
        [only] => Ok(only),
        [] if talks.is_empty() => bail!("failed to find the talk {wanted}: none is going on"),
        [] => bail!(
            "failed to find the talk {wanted}: there are {}",
            list(talks)
        ),
        _ => bail!(
            "failed to choose a talk: {} are called {wanted}, take the process id: {}",
            found.len(),
            list(talks)
        ),
    }
}

fn list(talks: &[TalkFound]) -> String {
    talks.iter().map(line).collect::<Vec<_>>().join(", ")
}

/// `4711 free-threaded-python`
fn line(talk: &TalkFound) -> String {
    match &talk.hello {
        Some(hello) => format!("{} {}", talk.pid, visible(&hello.name)),
        None => format!("{} (does not answer)", talk.pid),
    }
}

/// The time since midnight; `None` where the system does not say. Its own `date` knows the time
/// zone.
fn time_of_day() -> Option<Duration> {
    let asked = Command::new("date")
        .arg("+%H:%M:%S")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    read_time(std::str::from_utf8(&asked.stdout).ok()?.trim())
}

/// `09:30:15` as a time since midnight.
fn read_time(text: &str) -> Option<Duration> {
    let parts: Option<Vec<u64>> = text.split(':').map(|part| part.parse().ok()).collect();
    let [hours, minutes, seconds] = parts?.try_into().ok()?;
    Some(Duration::from_secs((hours * 60 + minutes) * 60 + seconds))
}

/// The time of day when a talk began that is going on for so long.
fn began_at(now: Duration, elapsed: Duration) -> Duration {
    const DAY: Duration = Duration::from_hours(24);
    let today = Duration::from_secs(elapsed.as_secs() % DAY.as_secs());
    (now + DAY).saturating_sub(today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Hello;

    fn talk(pid: u32, name: &str) -> TalkFound {
        TalkFound {
            socket: PathBuf::new(),
            pid,
            hello: Some(Hello {
                name: name.to_owned(),
                ..Hello::default()
            }),
        }
    }

    #[test]
    fn a_talk_is_found_by_name_or_process() {
        let one = [talk(7, "gil")];
        let several = [talk(7, "gil"), talk(8, "async"), talk(9, "gil")];
        for (talks, wanted, expected) in [
            (&one[..], None, Ok(7)),
            (&one, Some("gil.md"), Ok(7)),
            (&several, Some("async"), Ok(8)),
            (&several, Some("9"), Ok(9)),
            (
                &[],
                None,
                Err("failed to find a talk: none is going on; start one with `parade DECK`"),
            ),
            (
                &[],
                Some("gil"),
                Err("failed to find the talk gil: none is going on"),
            ),
            (
                &one,
                Some("async"),
                Err("failed to find the talk async: there are 7 gil"),
            ),
            (
                &several,
                None,
                Err("failed to choose a talk: 3 are going on, name one: 7 gil, 8 async, 9 gil"),
            ),
            (
                &several,
                Some("gil"),
                Err(
                    "failed to choose a talk: 2 are called gil, take the process id: 7 gil, 8 async, 9 gil",
                ),
            ),
        ] {
            let found = choose(talks, wanted).map(|talk| talk.pid);
            let found = found.map_err(|error| error.to_string());
            assert_eq!(found, expected.map_err(str::to_owned), "{wanted:?}");
        }
    }

    #[test]
    fn the_beginning_is_told_from_the_time_of_day() {
        let now = read_time("09:30:15").expect("a time");
        assert_eq!(now, Duration::from_secs(34_215));
        assert_eq!(read_time("half past nine"), None);
        let day = 24 * 60 * 60;
        for elapsed in [0, 30, 34_216, 3 * day] {
            let began = began_at(now, Duration::from_secs(elapsed)).as_secs();
            assert_eq!((began + elapsed) % day, 34_215);
        }
    }
}
