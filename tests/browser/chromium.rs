//! A headless Chromium with one page, told what to do over a pipe in the words of its own protocol.
//!
//! What goes wrong on the page, an error on its console, an exception, a request to the network, is
//! kept, so that a test can say that there was none.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// What Chromium is called.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Its protocol is spoken on the descriptors 3 and 4.
const START: &str = r#"exec "$0" --headless --no-sandbox --disable-gpu --remote-debugging-pipe \
    --disable-background-networking --disable-component-update --disable-sync --no-first-run \
    --user-data-dir="$1" 3<&0 4>&1 1>&2 2>/dev/null"#;

/// How long any answer may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// A browser with one page.
pub(crate) struct Chromium {
    child: Child,
    ask: Option<ChildStdin>,
    told: Receiver<Value>,
    asked: u64,
    session: Option<String>,
    problems: Vec<String>,
    _profile: TempDir,
}

impl Chromium {
    /// The browser, if there is one here.
    pub(crate) fn start() -> Option<Self> {
        let answers = |name: &&&str| Command::new(name).arg("--version").output().is_ok();
        let found = NAMES.iter().find(answers);
        assert!(
            found.is_some() || std::env::var_os("PARADE_TEST_CHROMIUM").is_none(),
            "there is no Chromium here, and PARADE_TEST_CHROMIUM asks for one"
        );
        if found.is_none() {
            eprintln!("not run: there is no Chromium here");
        }
        let profile = tempfile::tempdir().unwrap();
        let mut child = Command::new("sh")
            .args(["-c", START, found?])
            .arg(profile.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap()).split(0);
        let (tell, told) = channel();
        let listen = move || {
            while let Some(Ok(message)) = output.next() {
                let message = serde_json::from_slice(&message).unwrap();
                if tell.send(message).is_err() {
                    return;
                }
            }
        };
        let listener = thread::Builder::new().name("chromium".to_owned());
        listener.spawn(listen).unwrap();
        let mut browser = Self {
            ask: child.stdin.take(),
            child,
            told,
            asked: 0,
            session: None,
            problems: Vec::new(),
            _profile: profile,
        };
        browser.open_page();
        Some(browser)
    }

    fn open_page(&mut self) {
        let target = self.call("Target.createTarget", &json!({"url": "about:blank"}));
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let session = self.call("Target.attachToTarget", &attach);
        self.session = Some(session["sessionId"].as_str().unwrap().to_owned());
        for domain in ["Page", "Runtime", "Network", "Log"] {
            self.call(&format!("{domain}.enable"), &json!({}));
        }
        self.call(
            "Emulation.setTouchEmulationEnabled",
            &json!({"enabled": true}),
        );
        self.resize(1280, 720);
    }

    /// Gives the page so many pixels.
    pub(crate) fn resize(&mut self, width: u32, height: u32) {
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.call("Emulation.setDeviceMetricsOverride", &metrics);
    }

    /// Says what the reader prefers, as in `prefers-color-scheme: dark`.
    pub(crate) fn prefer(&mut self, feature: &str, value: &str) {
        let media = json!({"features": [{"name": feature, "value": value}]});
        self.call("Emulation.setEmulatedMedia", &media);
    }

    /// Opens a file, at the place that `fragment` names, and waits until it is loaded.
    pub(crate) fn open(&mut self, file: &Path, fragment: &str) {
        let url = json!({"url": format!("file://{}{fragment}", file.display())});
        self.call("Page.navigate", &url);
        while self.next()["method"] != "Page.loadEventFired" {}
    }

    /// What an expression comes to; a promise is waited for.
    pub(crate) fn value(&mut self, expression: &str) -> Value {
        let asked = json!({
            "expression": expression, "awaitPromise": true, "returnByValue": true,
        });
        let mut answer = self.call("Runtime.evaluate", &asked);
        assert_eq!(answer.get("exceptionDetails"), None, "{expression}");
        answer["result"]["value"].take()
    }

    /// Presses a key, as its name in JavaScript.
    pub(crate) fn press(&mut self, key: &str) {
        let text = if key.chars().count() == 1 { key } else { "" };
        for kind in ["keyDown", "keyUp"] {
            let event = json!({"type": kind, "key": key, "text": text});
            self.call("Input.dispatchKeyEvent", &event);
        }
    }

    /// Moves a finger from one place to another.
    pub(crate) fn swipe(&mut self, from: (i32, i32), to: (i32, i32)) {
        // It touches what the newest frame shows.
        self.value(
            "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))",
        );
        let points = [
            ("touchStart", json!([{"x": from.0, "y": from.1}])),
            ("touchMove", json!([{"x": to.0, "y": to.1}])),
            ("touchEnd", json!([])),
        ];
        for (kind, points) in points {
            let event = json!({"type": kind, "touchPoints": points});
            self.call("Input.dispatchTouchEvent", &event);
        }
    }

    /// What went wrong so far.
    pub(crate) fn problems(&mut self) -> Vec<String> {
        std::mem::take(&mut self.problems)
    }

    /// Has the browser do something, and gives its answer.
    pub(crate) fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.asked += 1;
        let mut message = json!({"id": self.asked, "method": method, "params": parameters});
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let ask = self.ask.as_mut().unwrap();
        write!(ask, "{message}\0").unwrap();
        loop {
            let mut answer = self.next();
            if answer["id"] == self.asked {
                assert_eq!(answer.get("error"), None, "{method}");
                return answer["result"].take();
            }
        }
    }

    /// The next message; an event that tells of something wrong is kept.
    fn next(&mut self) -> Value {
        let message = self.told.recv_timeout(PATIENCE).expect("an answer in time");
        let told = &message["params"];
        let problem = match message["method"].as_str() {
            Some("Runtime.exceptionThrown") => Some(&told["exceptionDetails"]),
            Some("Runtime.consoleAPICalled") => Some(&told["args"]),
            Some("Log.entryAdded") => Some(&told["entry"]["text"]),
            Some("Network.requestWillBeSent") => Some(&told["request"]["url"]),
            _ => None,
        };
        // The page itself, and what it carries within it.
        let own = |problem: &&Value| {
            let url = problem.as_str().unwrap_or_default();
            !["file:", "data:", "blob:"]
                .iter()
                .any(|own| url.starts_with(own))
        };
        self.problems
            .extend(problem.filter(own).map(Value::to_string));
        message
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // It ends when its pipe does; one that hangs is made to.
        self.ask = None;
        loop {
            match self.told.recv_timeout(PATIENCE) {
                Ok(_) => {}
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    let _ = self.child.kill();
                    break;
                }
            }
        }
        let _ = self.child.wait();
    }
}
