//! A real WordPress, started for one test and gone after it.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde::Deserialize;

/// The address that the site believes it has. Nobody looks it up: requests go
/// to the gate's own address, or to WordPress's.
pub(crate) const HOME: &str = "http://post.example";

/// What the gate proves itself by to the site.
pub(crate) const SECRET: &str = "a word that only the gate and the site know";

/// A story, as it was planted.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Story {
    pub(crate) name: String,
    pub(crate) id: u64,
    pub(crate) path: String,
    /// How many of its canaries everybody may see.
    shown: usize,
    canaries: Vec<String>,
}

impl Story {
    /// The canaries that everybody may see.
    pub(crate) fn beginning(&self) -> &[String] {
        &self.canaries[..self.shown]
    }

    /// The canaries behind them.
    pub(crate) fn rest(&self) -> &[String] {
        &self.canaries[self.shown..]
    }
}

/// What the script says once the site serves.
#[derive(Deserialize)]
struct Told {
    port: u16,
    server: i32,
    database: i32,
    stories: Vec<Story>,
}

/// The running site.
pub(crate) struct WordPress {
    child: Child,
    pub(crate) address: SocketAddr,
    server: i32,
    database: i32,
    pub(crate) stories: Vec<Story>,
}

impl WordPress {
    pub(crate) fn start() -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wordpress/site.sh");
        let mut child = Command::new(script)
            .arg(HOME)
            .env("WORDPRESS_TEST_GATE", SECRET)
            .env("WORDPRESS_TEST_CHATTY", "yes")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the script");
        let mut line = String::new();
        let out = child.stdout.take().expect("standard output");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let told: Told = serde_json::from_str(&line).expect("what the site holds; see above");
        Self {
            child,
            address: SocketAddr::from(([127, 0, 0, 1], told.port)),
            server: told.server,
            database: told.database,
            stories: told.stories,
        }
    }

    /// The story of this name.
    pub(crate) fn story(&self, name: &str) -> &Story {
        let found = self.stories.iter().find(|story| story.name == name);
        found.unwrap_or_else(|| panic!("no story is called {name}"))
    }

    /// Every canary that somebody without a story left must not see.
    pub(crate) fn hidden(&self) -> Vec<String> {
        self.rest_of(|story| story.name != "free")
    }

    /// Every canary that no reader may see.
    pub(crate) fn exclusive(&self) -> Vec<String> {
        let is = |story: &Story| story.name == "locked" || story.shown == 0;
        self.rest_of(|story| is(story) && story.name != "reusable")
    }

    fn rest_of(&self, which: impl Fn(&Story) -> bool) -> Vec<String> {
        let stories = self.stories.iter().filter(|story| which(story));
        stories.flat_map(|story| story.rest().to_vec()).collect()
    }

    /// Ends the database; pages can't be made any more.
    pub(crate) fn lose_the_database(&self) {
        signal("KILL", self.database);
    }

    /// Stops the server where it stands: it takes connections and says nothing.
    pub(crate) fn freeze(&self) {
        signal("STOP", self.server);
    }

    /// Ends the server; nobody takes connections any more.
    pub(crate) fn go_away(&self) {
        signal("KILL", self.server);
    }
}

fn signal(name: &str, group: i32) {
    let sent = Command::new("kill")
        .args(["-s", name, "--", &format!("-{group}")])
        .status()
        .expect("kill");
    assert!(sent.success());
}

impl Drop for WordPress {
    fn drop(&mut self) {
        // The script ends, and takes everything with it, when nobody holds the
        // other end of its standard input.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
