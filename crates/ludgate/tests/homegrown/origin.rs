//! The site's server: HTTP/1.1 as carelessly as it was ever read, so that
//! whatever a reader gets past the gate does its work behind it.

use std::io::{BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use crate::answer::Answer;
use crate::paper::Paper;
use crate::request::Request;
use crate::routes;
use crate::siege::{SECRET, Site};

/// How the server is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Health {
    Well,
    /// It answers everybody who doesn't know the gate's word with nothing.
    Guarded,
    /// It answers everything with an error, and the story in it.
    Failing,
    /// It breaks off in the middle of every answer.
    BreakingOff,
    /// It hangs up on everybody.
    Gone,
}

/// The running site.
pub(crate) struct Origin {
    pub(crate) site: Site,
    health: Arc<Mutex<Health>>,
}

impl Origin {
    pub(crate) fn start() -> Self {
        let paper = Arc::new(Paper::new());
        let health = Arc::new(Mutex::new(Health::Well));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let site = Site {
            address,
            stories: paper.stories(),
            origin: r#"open     = ["/vouched/**"]
terse    = ["/form/**"]
closed   = ["/internal/**", "/search", "/lists/hits"]
personal = ["/account/**"]
sessions = ["session"]
headers  = ["accept-language"]"#,
            articles: r#"body  = [".text", ".hit"]
lists = ["main.results"]
continued = ["main.continued"]
paths = ["/stories/**"]
query = ["in", "as", "how", "page"]"#,
        };
        let state = Arc::clone(&health);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (paper, health) = (Arc::clone(&paper), Arc::clone(&state));
                std::thread::spawn(move || serve(stream, &paper, &health));
            }
        });
        Self { site, health }
    }

    pub(crate) fn becomes(&self, health: Health) {
        *self.health.lock().expect("a lock") = health;
    }
}

/// Answers requests for as long as any come.
fn serve(mut stream: TcpStream, paper: &Paper, health: &Mutex<Health>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a socket"));
    let mut is_last = false;
    while let Some(request) = Request::read(&mut reader) {
        let health = *health.lock().expect("a lock");
        if health == Health::Gone {
            return;
        }
        let is_known = request.header("x-gate") == Some(SECRET);
        let answer = match health {
            Health::Guarded if !is_known => Answer::empty("403 Forbidden"),
            Health::Failing => Answer {
                status: "500 Internal Server Error",
                ..routes::answer(paper, &request)
            },
            _ => routes::answer(paper, &request),
        };
        let bytes = answer.bytes(&request);
        let bytes = match health {
            Health::BreakingOff => &bytes[..bytes.len() * 2 / 3],
            _ => &bytes[..],
        };
        is_last |= request
            .header("connection")
            .is_some_and(|value| value.contains("close"));
        // What has come already is answered, whatever was said before.
        let is_over = is_last && reader.buffer().is_empty();
        if stream.write_all(bytes).is_err()
            || is_over
            || answer.ends()
            || health == Health::BreakingOff
        {
            return;
        }
    }
}
