//! Keeps the floors of the house apart: reads every path in `src/` and `demos/src/` and compares it
//! with the [`tables`]. What each room is for stands in `ARCHITECTURE.md`.

#[cfg(test)]
mod sources;
#[cfg(test)]
mod tables;

#[cfg(test)]
mod tests {
    use super::sources::{
        code, crate_paths, heads_after, module_like, room_of, sources, uses_crate,
    };
    use super::tables::{
        BELOW_RUN, DEMO_NOUNS, DEMO_ROOMS, Demos, GUARDED_CRATES, NOUNS, PYTHON_NOUNS, ROOMS, Room,
    };

    /// What the files below a folder use that they must not. A room's `rename`d paths are another's.
    fn broken(
        folder: &str,
        rooms: &[Room],
        rename: impl Fn(String) -> String,
        more: impl Fn(&Room, &str) -> Vec<String>,
    ) -> Vec<String> {
        let mut broken = Vec::new();
        for file in sources(folder) {
            let Some(name) = room_of(&file, folder) else {
                continue;
            };
            let Some(room) = rooms.iter().find(|room| room.name == name) else {
                broken.push(format!("{}: no row in the table", file.display()));
                continue;
            };
            let text = rename(code(&file));
            let mut forbidden: Vec<String> = crate_paths(&text, &file, folder)
                .into_iter()
                .filter(|used| rooms.iter().any(|other| other.name == used))
                .filter(|used| *used != name && !room.may_use(used))
                .collect();
            forbidden.extend(more(room, &text));
            let told = |used| format!("{}: {name} must not use {used}", file.display());
            broken.extend(forbidden.into_iter().map(told));
        }
        broken
    }

    /// What a room that sees nouns alone uses of the demos floor beside them.
    fn beyond_nouns(room: &Room, text: &str) -> Vec<String> {
        let beside = |path: &str, nouns: &[&str]| -> Vec<String> {
            let mut used = heads_after(text, path);
            used.retain(|name| module_like(name) && !nouns.contains(&name.as_str()));
            used.into_iter()
                .map(|name| format!("{path}{name}"))
                .collect()
        };
        match room.demos {
            Demos::All => Vec::new(),
            Demos::Nouns => [
                beside("parade_demos::", DEMO_NOUNS),
                beside("parade_demos::python::", PYTHON_NOUNS),
            ]
            .concat(),
        }
    }

    #[test]
    fn every_room_of_the_presenter_uses_lower_rooms_alone() {
        let beyond = |room: &Room, text: &str| {
            let crates = GUARDED_CRATES
                .iter()
                .filter(|name| uses_crate(text, name) && !room.crates.contains(name))
                .map(ToString::to_string);
            crates.chain(beyond_nouns(room, text)).collect()
        };
        let broken = broken("src", ROOMS, |text| text, beyond);
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }

    #[test]
    fn every_room_of_the_demos_uses_lower_rooms_alone() {
        let below_run = |text: String| {
            let replace = |text: String, name: &&str| text.replace(&format!("run::{name}"), name);
            BELOW_RUN.iter().fold(text, replace)
        };
        let broken = broken("demos/src", DEMO_ROOMS, below_run, |_, _| Vec::new());
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }

    #[test]
    fn the_tables_themselves_have_no_way_up() {
        for rooms in [ROOMS, DEMO_ROOMS] {
            for (index, room) in rooms.iter().enumerate() {
                for used in room.uses.iter().copied().flatten() {
                    let at = rooms.iter().position(|other| other.name == *used);
                    let at = at.unwrap_or_else(|| panic!("{used} has no row"));
                    let nouns = NOUNS.contains(&room.name) && NOUNS.contains(used);
                    assert!(
                        at < index || nouns,
                        "{} uses {used}, which stands above it",
                        room.name
                    );
                }
            }
        }
        let room = |name: &str| ROOMS.iter().find(|room| room.name == name).expect("a row");
        for picture in ["view", "export"] {
            assert!(!room("engine").may_use(picture), "4a imports 4b");
            assert!(!room(picture).may_use("engine"), "4b imports 4a");
        }
    }
}
