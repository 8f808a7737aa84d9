//! Holds every theme that brings its own background to its promise: what is read stands out from
//! what is behind it.

use super::{Role, builtin, builtin_names, contrast};

/// What a role needs: text that is read, or a shape that is seen.
fn needed(role: Role, high: bool) -> f64 {
    match role {
        Role::Faint | Role::CodeFaded | Role::Lane(_) | Role::Other | Role::Steal if !high => 3.0,
        _ if high => 7.0,
        _ => 4.5,
    }
}

#[test]
fn every_role_stands_out_from_its_background() {
    let mut weak = Vec::new();
    for name in builtin_names() {
        let theme = builtin(name).expect("listed");
        let Some(page) = theme.background else {
            continue;
        };
        for (role_name, role) in Role::all() {
            let look = theme.look(*role);
            let letters = look.foreground.expect("a painted theme paints its letters");
            let sheet = match role {
                Role::Token(_) | Role::CodeNumber | Role::CodeFaded => theme.look(Role::CodeBlock),
                _ => look,
            };
            let ratio = contrast(letters, sheet.background.unwrap_or(page)).expect("RGB");
            if *role != Role::Track && ratio < needed(*role, name == "high-contrast") {
                weak.push(format!("{name}: {role_name} has {ratio:.2}"));
            }
        }
    }
    assert_eq!(weak, Vec::<String>::new());
}

#[test]
fn neighbouring_lanes_differ_in_lightness_or_hue() {
    for name in builtin_names() {
        let theme = builtin(name).expect("listed");
        let colours: Vec<_> = (0..8)
            .map(|lane| theme.look(Role::Lane(lane)).foreground)
            .collect();
        for (at, colour) in colours.iter().enumerate() {
            assert!(
                !colours[..at].contains(colour),
                "{name}: lane {at} looks like another"
            );
        }
    }
}
