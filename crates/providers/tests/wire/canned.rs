//! A server that answers what it is told to, in order, and notes what it was
//! asked.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// One answer.
pub(crate) struct Answering {
    text: String,
    after: After,
}

/// What comes after it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    TheNext,
    HangingUp,
    Silence,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) line: String,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// The server.
pub(crate) struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    task: JoinHandle<()>,
}

impl Answering {
    pub(crate) fn ok(body: String) -> Self {
        Self::status(200, body)
    }

    pub(crate) fn status(status: u16, body: impl Into<String>) -> Self {
        let body = body.into();
        let length = body.len();
        Self {
            text: format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n\r\n{body}"),
            after: After::TheNext,
        }
    }

    /// With a header more.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        let header = format!("X\r\n{name}: {value}\r\ncontent-length");
        self.text = self.text.replacen("X\r\ncontent-length", &header, 1);
        self
    }

    /// Half an answer, and the end.
    pub(crate) fn broken_off() -> Self {
        Self {
            text: "HTTP/1.1 200 X\r\ncontent-length: 1000\r\n\r\n{\"id\":".to_owned(),
            after: After::HangingUp,
        }
    }

    /// None, and the end.
    pub(crate) fn hung_up() -> Self {
        Self {
            text: String::new(),
            after: After::HangingUp,
        }
    }

    /// None, and no end.
    pub(crate) fn silent() -> Self {
        Self {
            text: String::new(),
            after: After::Silence,
        }
    }

    /// Half an answer, and no end.
    pub(crate) fn stalled() -> Self {
        Self {
            after: After::Silence,
            ..Self::broken_off()
        }
    }
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl Server {
    pub(crate) async fn new(answers: impl IntoIterator<Item = Answering>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (notes, mut answers) = (Arc::clone(&asked), answers.into_iter().collect::<Vec<_>>());
        answers.reverse();
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                // One connection at a time, for as many questions as it has.
                while let Some(request) = request(&mut stream).await {
                    notes.lock().expect("notes").push(request);
                    let Some(answer) = answers.pop() else { break };
                    let _ = stream.write_all(answer.text.as_bytes()).await;
                    match answer.after {
                        After::TheNext => {}
                        After::HangingUp => break,
                        After::Silence => std::future::pending().await,
                    }
                }
            }
        });
        Self {
            address,
            asked,
            task,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("notes").clone()
    }

    /// Nobody listens any more.
    pub(crate) async fn close(mut self) {
        self.task.abort();
        let _ = (&mut self.task).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn request(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let line = lines.next()?.trim_end_matches(" HTTP/1.1").to_owned();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, value)| value.parse().expect("a length"));
    let mut body = bytes.split_off(end + 4);
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some(Asked {
        line,
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}
