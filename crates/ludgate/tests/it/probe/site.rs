//! Small sites of other people's, each answering what a test has written down.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What a site says at an address.
#[derive(Clone)]
pub(crate) enum Says {
    /// An answer: status, media type and body.
    This(u16, &'static str, String),
    /// That what is wanted is elsewhere.
    Elsewhere(String),
    /// A page that never ends.
    Endless,
    /// Nothing, for as long as anybody waits.
    Nothing,
}

/// A site.
pub(crate) struct Site {
    pub(crate) address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    agents: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// Serves these pages, which may mention the site's own address as `HOME`.
    /// What there is none of is answered 404.
    pub(crate) fn start(pages: impl IntoIterator<Item = (&'static str, Says)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let home = format!("http://{address}");
        let pages: HashMap<&'static str, Says> = pages
            .into_iter()
            .map(|(path, says)| match says {
                Says::This(status, media, body) => {
                    (path, Says::This(status, media, body.replace("HOME", &home)))
                }
                says => (path, says),
            })
            .collect();
        let pages = Arc::new(pages);
        let (asked, agents) = (Arc::default(), Arc::default());
        let (paths, names) = (Arc::clone(&asked), Arc::clone(&agents));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let pages = Arc::clone(&pages);
                let (paths, names) = (Arc::clone(&paths), Arc::clone(&names));
                std::thread::spawn(move || serve(stream, &pages, &paths, &names));
            }
        });
        Self {
            address,
            asked,
            agents,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Paths and queries that were asked for, in their order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("a lock").clone()
    }

    /// Who has asked, each once.
    pub(crate) fn agents(&self) -> Vec<String> {
        let mut agents = self.agents.lock().expect("a lock").clone();
        agents.dedup();
        agents
    }
}

/// A page of HTML.
pub(crate) fn html(text: impl Into<String>) -> Says {
    Says::This(200, "text/html; charset=utf-8", text.into())
}

/// Anything else that is there.
pub(crate) fn other(media: &'static str, text: impl Into<String>) -> Says {
    Says::This(200, media, text.into())
}

/// The text of a story, of which no two have a paragraph in common.
pub(crate) fn text(story: &str) -> String {
    let paragraph = |number: usize| {
        format!(
            "<p>In the account of {story} the {number}th paragraph tells how {story} was weighed on \
             the quay of harbour {number} before anybody had thought of {story} at all.</p>"
        )
    };
    (0..20).map(paragraph).collect()
}

fn serve(
    stream: TcpStream,
    pages: &HashMap<&'static str, Says>,
    asked: &Mutex<Vec<String>>,
    agents: &Mutex<Vec<String>>,
) {
    let mut reader = BufReader::new(stream.try_clone().expect("a socket"));
    let mut stream = stream;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        let path = line.split(' ').nth(1).unwrap_or("/").to_owned();
        asked.lock().expect("a lock").push(path.clone());
        loop {
            let mut field = String::new();
            if reader.read_line(&mut field).unwrap_or(0) == 0 {
                return;
            }
            if let Some(agent) = field.to_ascii_lowercase().strip_prefix("user-agent:") {
                agents.lock().expect("a lock").push(agent.trim().to_owned());
            }
            if field == "\r\n" {
                break;
            }
        }
        let missing = Says::This(404, "text/html", "<h1>Not found</h1>".to_owned());
        let sent = match pages.get(path.as_str()).unwrap_or(&missing) {
            Says::This(status, media, body) => stream.write_all(
                format!(
                    "HTTP/1.1 {status} Whatever\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n\
                     {body}",
                    body.len()
                )
                .as_bytes(),
            ),
            Says::Elsewhere(other) => stream.write_all(
                format!("HTTP/1.1 301 Gone\r\nLocation: {other}\r\nContent-Length: 0\r\n\r\n")
                    .as_bytes(),
            ),
            Says::Endless => {
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
                let mut sent = stream.write_all(head.as_bytes());
                while sent.is_ok() {
                    sent = stream.write_all("<p>On and on. ".repeat(4096).as_bytes());
                }
                sent
            }
            Says::Nothing => {
                // Until the other side goes away.
                let _ = reader.read_line(&mut String::new());
                return;
            }
        };
        if sent.is_err() {
            return;
        }
    }
}
