//! A real WordPress, started for one test and gone after it.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde::Deserialize;

use crate::siege::{HOME, SECRET, Site, Story};

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
    pub(crate) site: Site,
    server: i32,
    database: i32,
}

impl WordPress {
    /// One that repeats its stories in ten other places, and talks to the gate
    /// alone.
    pub(crate) fn start() -> Self {
        Self::with(&[
            ("WORDPRESS_TEST_GATE", SECRET),
            ("WORDPRESS_TEST_CHATTY", "yes"),
        ])
    }

    /// One that nothing was done to.
    pub(crate) fn as_it_comes() -> Self {
        Self::with(&[])
    }

    fn with(environment: &[(&str, &str)]) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wordpress/site.sh");
        let mut child = Command::new(script)
            .arg(HOME)
            .envs(environment.iter().copied())
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
            site: Site {
                address: SocketAddr::from(([127, 0, 0, 1], told.port)),
                stories: told.stories,
                origin: "preset = \"wordpress\"",
                articles: "",
            },
            server: told.server,
            database: told.database,
        }
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
