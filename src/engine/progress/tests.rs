use std::os::unix::fs::PermissionsExt;

use super::*;
use crate::app::{Attempt, Event};

fn store(folder: &Path) -> Store {
    Store::of(folder, &Source::BuiltIn, 36).expect("the built-in talk has a name")
}

fn seen(slides: &[&str]) -> Progress {
    Progress {
        seen: slides.iter().map(ToString::to_string).collect(),
        last: slides.last().map(ToString::to_string),
        ..Progress::default()
    }
}

#[test]
fn what_is_kept_is_there_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("not").join("there yet");
    let store = store(&folder);
    assert_eq!(store.load().unwrap(), Progress::default());
    store.add(seen(&["gil"])).unwrap();
    store.add(seen(&["race", "locks"])).unwrap();
    let all = Progress {
        last: Some("locks".to_owned()),
        ..seen(&["gil", "race", "locks"])
    };
    assert_eq!(store.load().unwrap(), all);
    let kept = Kept {
        deck: "the built-in talk".to_owned(),
        slides: 36,
        progress: all,
    };
    let (list, broken) = list(&folder).unwrap();
    assert_eq!((list, broken.len()), (vec![kept], 0));
    assert!(store.reset().unwrap());
    assert!(!store.reset().unwrap());
    assert_eq!(store.load().unwrap(), Progress::default());
}

#[test]
fn many_windows_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    std::thread::scope(|scope| {
        for window in 0..4 {
            let store = &store;
            scope.spawn(move || {
                for slide in 0..20 {
                    let slide = format!("{window}-{slide}");
                    store.add(seen(&[&slide])).unwrap();
                }
            });
        }
    });
    assert_eq!(store.load().unwrap().seen.len(), 80);
}

#[test]
fn a_file_cut_short_is_kept_aside_wherever_it_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let mut whole = seen(&["gil"]);
    let met = Some("Met: it was.".to_owned());
    whole
        .challenges
        .insert("gil/one".to_owned(), Attempt { met, hints: 2 });
    store.add(whole.clone()).unwrap();
    let text = fs::read(&store.path).unwrap();
    // The last byte is the line's end, without which it is whole.
    for end in 0..text.len() - 1 {
        fs::write(&store.path, &text[..end]).unwrap();
        let error = store.load().unwrap_err();
        assert!(
            matches!(error, StoreError::Broken { .. }),
            "cut at {end}: {error}"
        );
    }
    store.add(seen(&["race"])).unwrap();
    assert_eq!(store.load().unwrap(), seen(&["race"]));
    let aside = fs::read(folder.path().join("built-in.broken-1")).unwrap();
    assert_eq!(aside, text[..text.len() - 2]);
    fs::write(&store.path, "nonsense").unwrap();
    assert_eq!(
        store.put_aside().unwrap(),
        folder.path().join("built-in.broken-2")
    );
    assert_eq!(
        reset_all(folder.path()).unwrap(),
        0,
        "what is aside is no deck's"
    );
    assert!(!folder.path().join("built-in.broken-1").exists());
}

#[test]
fn what_a_newer_parade_wrote_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let text = r#"{"version":2,"deck":"the built-in talk","slides":36,"moods":[]}"#;
    fs::write(&store.path, text).unwrap();
    for error in [
        store.load().unwrap_err(),
        store.add(seen(&["gil"])).unwrap_err(),
    ] {
        assert!(
            error.to_string().ends_with("a newer parade wrote it"),
            "{error}"
        );
    }
    assert_eq!(fs::read_to_string(&store.path).unwrap(), text);
}

#[test]
fn no_control_character_of_a_file_gets_through() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let text = r#"{"version":1,"deck":"a\u001b[31m","slides":1,
        "challenges":{"a/b":{"met":"x\u009by","hints":0}},
        "predictions":{"a/c":{"guess":{"choice":"\u202e!"},"came":{"agreement":"right","text":"\u0007"}}}}"#;
    fs::write(&store.path, text).unwrap();
    let (kept, _) = list(folder.path()).unwrap();
    let told = format!("{kept:?}");
    let bad = |c: &char| c.is_control() || *c == '\u{202e}';
    assert_eq!(told.chars().filter(bad).collect::<String>(), "", "{told}");
    assert!(!told.contains("\\u{"), "{told}");
}

#[test]
fn a_disk_that_refuses_is_told_once_and_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("progress");
    // A file where the folder belongs refuses everybody, the superuser too.
    fs::write(&place, "").unwrap();
    let (teller, told) = std::sync::mpsc::channel();
    let tell = move |event| drop(teller.send(event));
    let keeper = Keeper::start(store(&place), tell).unwrap();
    keeper.keep(seen(&["gil"]));
    let Ok(Event::Notice(notice)) = told.recv() else {
        panic!("nothing was told");
    };
    let path = place.display();
    let expected = format!("your progress lasts until you quit: failed to make {path}: ");
    assert!(notice.text.starts_with(&expected), "{}", notice.text);
    keeper.keep(seen(&["race"]));
    fs::remove_file(&place).unwrap();
    keeper.keep(seen(&["locks"]));
    drop(keeper);
    assert!(told.recv().is_err(), "it was told twice");
    assert_eq!(store(&place).load().unwrap().seen.len(), 3);
}

#[test]
fn a_folder_that_may_not_be_written_refuses() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.add(seen(&["gil"])).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let refused = store.add(seen(&["race"]));
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    // The superuser may write all the same; then nothing may be lost.
    match refused {
        Ok(()) => assert_eq!(store.load().unwrap().seen.len(), 2),
        Err(error) => assert!(error.to_string().starts_with("failed to "), "{error}"),
    }
}

/// What stands where progress is kept, what is told of it at the start, and what of it at the first write.
#[test]
fn whatever_stands_in_a_file_s_place_is_told_once() {
    let anew = "your progress begins anew: failed to read FILE: it is no file; it is now ASIDE";
    let newer = "your progress lasts until you quit: failed to read FILE: a newer parade wrote it";
    let lock = "your progress lasts until you quit: failed to open LOCK: it is no file";
    for (case, at_start, at_write) in [
        ("nothing", None, None),
        ("folder", Some(anew), None),
        ("pipe", Some(anew), None),
        ("newer", None, Some(newer)),
        ("lock is a pipe", None, Some(lock)),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path());
        let beside = |ending| store.path.with_extension(ending);
        let pipe = |path: &Path| {
            let made = std::process::Command::new("mkfifo").arg(path).status();
            assert!(made.unwrap().success());
        };
        match case {
            "folder" => fs::create_dir_all(store.path.join("full")).unwrap(),
            "pipe" => pipe(&store.path),
            "newer" => fs::write(&store.path, r#"{"version":2}"#).unwrap(),
            "lock is a pipe" => pipe(&beside("lock")),
            _ => {}
        }
        let shown = |text: &str| {
            let show = |text: String, path: &Path, name| text.replace(path.to_str().unwrap(), name);
            let text = show(text.to_owned(), &store.path, "FILE");
            show(
                show(text, &beside("lock"), "LOCK"),
                &beside("broken-1"),
                "ASIDE",
            )
        };
        let (known, notice) = store.recall();
        let started = notice.map(|notice| shown(&notice.text));
        let (teller, told) = std::sync::mpsc::channel();
        let keeper = Keeper::start(store.clone(), move |event| drop(teller.send(event))).unwrap();
        keeper.keep(seen(&["gil"]));
        drop(keeper);
        let written = told.into_iter().map(|event| match event {
            Event::Notice(notice) => shown(&notice.text),
            other => format!("{other:?}"),
        });
        let written: Vec<String> = written.collect();
        assert_eq!(
            (known, started.as_deref(), written),
            (
                Progress::default(),
                at_start,
                at_write.map(str::to_owned).into_iter().collect()
            ),
            "{case}"
        );
        let kept = store.load().map(|kept| kept.seen.len());
        assert_eq!(kept.unwrap_or(0), usize::from(at_write.is_none()), "{case}");
    }
}

#[test]
fn a_link_stays_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder.path().join("linked"));
    let target = folder.path().join("kept.json");
    store.add(seen(&["gil"])).unwrap();
    fs::rename(&store.path, &target).unwrap();
    std::os::unix::fs::symlink(&target, &store.path).unwrap();
    store.add(seen(&["race"])).unwrap();
    assert!(store.path.is_symlink());
    assert_eq!(read(&target).unwrap().unwrap().progress.seen.len(), 2);
}
