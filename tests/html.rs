//! A deck as HTML, in a real browser: headless Chromium.
//!
//! Where there is none, these tests say so and check nothing; with `PARADE_TEST_CHROMIUM` set, as in
//! `.ci/run`, that is an error.

#[cfg(test)]
mod html {
    use std::fs;
    use std::path::Path;
    use std::process::Command;

    use serde_json::{Value, json};
    use tempfile::TempDir;

    /// What Chromium is called.
    const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

    /// The largest file that the built-in talk may become.
    const TALK_BYTES_MAX: u64 = 3 << 20;

    /// The browser, if there is one here.
    fn chromium() -> Option<&'static str> {
        let answers = |name: &&&str| Command::new(name).arg("--version").output().is_ok();
        let found = NAMES.iter().find(answers).copied();
        assert!(
            found.is_some() || std::env::var_os("PARADE_TEST_CHROMIUM").is_none(),
            "there is no Chromium here, and PARADE_TEST_CHROMIUM asks for one"
        );
        if found.is_none() {
            eprintln!("not run: there is no Chromium here");
        }
        found
    }

    fn parade(folder: &TempDir, arguments: &str) -> String {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_parade"));
        command
            .args(arguments.split_whitespace())
            .current_dir(folder.path())
            .env("XDG_STATE_HOME", folder.path());
        let output = command.assert().success().get_output().stdout.clone();
        String::from_utf8(output).unwrap()
    }

    /// What a script finds that runs behind the page's own: it calls `note` with each finding.
    fn found(browser: &str, folder: &TempDir, page: &Path, script: &str) -> Vec<Value> {
        let text = fs::read_to_string(page).unwrap();
        let hook = format!(
            "<script>{{ const found = []; const note = (thing) => found.push(thing); \
             const press = (key) => dispatchEvent(new KeyboardEvent('keydown', {{ key }})); \
             const root = document.documentElement;\n{script}\n\
             const result = document.createElement('pre'); result.id = 'found'; \
             result.textContent = JSON.stringify(found); document.body.append(result); }}</script>"
        );
        let hooked = folder.path().join("hooked.html");
        fs::write(&hooked, text.replace("</body>", &(hook + "</body>"))).unwrap();
        let profile = folder.path().join("profile");
        let output = Command::new(browser)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,720",
                "--dump-dom",
            ])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg(format!("file://{}#wide", hooked.display()))
            .output()
            .unwrap();
        let dom = String::from_utf8(output.stdout).unwrap();
        let (_, result) = dom.split_once("<pre id=\"found\">").unwrap_or_else(|| {
            panic!(
                "no result in {dom}\n{}",
                String::from_utf8_lossy(&output.stderr)
            )
        });
        let (result, _) = result.split_once("</pre>").unwrap();
        serde_json::from_str(
            &result
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&"),
        )
        .unwrap()
    }

    const DECK: &str = "# One\n\na\n\n<!-- pause -->\n\nb\n\n---\n\n<!-- id: wide -->\n\n# Two\n\n漢|\n\n\
        ```rust {1|2}\nfn a() {}\nfn b() {}\n```\n\n---\n\n<!-- id: live -->\n\n# Three\n\n\
        ```demo\nname: short\nworkload: sleep\nwith: {count: 4, each: 100ms}\nlanes: [sequential]\nbaseline: none\n```\n\n\
        <img src=x onerror=\"document.body.dataset.hacked=1\"> `<script>document.body.dataset.hacked=1</script>`\n";

    const VISIT: &str = r#"
        const place = () => `${root.dataset.slide} ${root.dataset.step}`;
        const now = () => document.querySelector(".slide.now");
        const seen = (text) => [...now().querySelectorAll("p")].filter((p) => p.textContent === text)
            .map((p) => getComputedStyle(p).visibility).join();
        const ground = () => getComputedStyle(document.body).backgroundColor;
        const faded = () => [...now().querySelectorAll(".line")].map((line) => line.classList.contains("faded"));
        note(["the address", place(), document.querySelectorAll(".slide").length]);
        const wide = now().querySelector(".wide").getBoundingClientRect().width;
        const two = document.createElement("span"); two.textContent = "00"; now().querySelector(".wide").after(two);
        note(["wide", Math.round(wide - two.getBoundingClientRect().width)]);
        note(["lines", faded()]);
        press("ArrowRight");
        note(["lines", faded()]);
        press("PageUp");
        note(["page up", place(), seen("a"), seen("b")]);
        press(" ");
        note(["space", place(), seen("b")]);
        press("End");
        note(["end", place(), decodeURIComponent(location.hash)]);
        press("ArrowLeft");
        note(["left", place()]);
        press("G");
        const lights = [ground()]; press("d"); lights.push(ground()); press("d"); lights.push(ground());
        note(["theme", lights[0] !== lights[1], lights[0] === lights[2]]);
        const range = now().querySelector("input");
        const bar = () => now().querySelector(".bar i").style.width;
        const verdict = () => getComputedStyle(now().querySelector(".verdict")).visibility;
        note(["over", bar(), verdict(), now().querySelectorAll(".gauge").length > 0]);
        range.value = range.max / 2; range.dispatchEvent(new Event("input"));
        note(["midway", Number(now().querySelector(".demo").dataset.moment) <= range.max / 2, verdict()]);
        note(["reads", now().querySelector("h2").textContent, now().getAttribute("aria-label")]);
        note(["hostile", document.querySelectorAll("img").length, document.body.dataset.hacked ?? "not run"]);
    "#;

    #[test]
    fn a_deck_is_stepped_through_replayed_and_read() {
        let Some(browser) = chromium() else { return };
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("deck.md"), DECK).unwrap();
        parade(&folder, "rehearse deck.md");
        parade(&folder, "export deck.md -o talk.html");
        let found = found(browser, &folder, &folder.path().join("talk.html"), VISIT);
        let expected = [
            json!(["the address", "wide 0", 3]),
            json!(["wide", 0]),
            json!(["lines", [false, true]]),
            json!(["lines", [true, false]]),
            json!(["page up", "one 0", "visible", "hidden"]),
            json!(["space", "one 1", "visible"]),
            json!(["end", "live 0", "#live"]),
            json!(["left", "wide 1"]),
            json!(["theme", true, true]),
            json!(["over", "100%", "visible", true]),
            json!(["midway", true, "hidden"]),
            json!(["reads", "Three", "3: Three"]),
            json!(["hostile", 0, "not run"]),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn the_built_in_talk_is_small_and_whole() {
        let folder = tempfile::tempdir().unwrap();
        parade(&folder, "export -o talk.html");
        let page = folder.path().join("talk.html");
        assert!(fs::metadata(&page).unwrap().len() < TALK_BYTES_MAX);
        let Some(browser) = chromium() else { return };
        let script = r##"
            note(document.querySelectorAll(".slide").length);
            note(document.querySelector("#gil h2").textContent);
            note(document.title);
            note(document.querySelectorAll("[src], link, iframe, object").length);
        "##;
        let found = found(browser, &folder, &page, script);
        let expected = [
            json!(36),
            json!("Global Interpreter Lock (GIL)"),
            json!("Free-Threaded Python"),
            json!(0),
        ];
        assert_eq!(found, expected);
    }
}
