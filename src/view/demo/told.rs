//! How the steps of a schedule and what came of it are said, on a screen and on a page.

use parade_demos::explore::world::{End, World};
use parade_demos::explore::{Action, Step};
use parade_demos::interleavings::{Interleavings, Outcome};

/// What a step did, with its value.
pub(crate) fn done(step: &Step) -> String {
    match (&step.action, &step.value) {
        (Action::Read(name) | Action::Write(name), Some(value)) => {
            let verb = if matches!(step.action, Action::Read(_)) {
                "read"
            } else {
                "write"
            };
            format!("{verb} {name} = {value}")
        }
        (Action::Private, _) => step.instruction.to_owned(),
        (action, Some(value)) => format!("{action} → {value}"),
        (action, None) => action.to_string(),
    }
}

/// A picture of what a step did, where there is one.
pub(crate) fn sign(action: &Action) -> &'static str {
    match action {
        Action::Read(_) | Action::ReadItem => "📖",
        Action::Write(_) | Action::WriteItem => "✍️",
        Action::Acquire(_) => "🔒",
        Action::Release(_) => "🔓",
        _ => "",
    }
}

/// How a program that is over came to its end.
pub(crate) fn end_of(world: &World) -> String {
    let output = world.output().trim_end().replace('\n', ", ");
    match world.end() {
        Some(End::Raised(why) | End::Refused(why)) => why.clone(),
        None if output.is_empty() => "ends".to_owned(),
        None => format!("prints {output}"),
    }
}

/// One thing that came out of a search; what a deadlock is about goes without saying if it is the only.
pub(crate) fn outcome(one: &Outcome, only_deadlock: bool) -> String {
    let text = one.text.replace('\n', ", ");
    match (one.deadlock, text.as_str()) {
        (true, _) if only_deadlock => "✗ deadlock".to_owned(),
        (true, text) => format!("✗ deadlock: {text}"),
        (false, "") => "ends".to_owned(),
        (false, text) => format!("ends in {text}"),
    }
}

/// How many schedules a search found, and what it covered.
pub(crate) fn search(found: &Interleavings) -> [String; 2] {
    let all = match &found.stopped {
        None => format!("all {} interleavings", grouped(&found.schedules)),
        Some(stopped) => format!("{} interleavings, {stopped}", grouped(&found.schedules)),
    };
    let covered = format!(
        "{} states, at most {} steps",
        grouped(&found.states.to_string()),
        found.steps
    );
    [all, covered]
}

/// Digits in groups of three.
pub(crate) fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn groups_digits_by_three() {
        for (digits, text) in [("20", "20"), ("184756", "184,756"), ("1000", "1,000")] {
            assert_eq!(grouped(digits), text);
        }
    }
}
