//! A mail server that says what it is told to.

use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Answers by how a command begins; what isn't listed is fine.
pub(crate) type Answers = &'static [(&'static str, Saying)];

/// What it says to a command.
#[derive(Clone, Copy)]
pub(crate) enum Saying {
    /// These lines.
    Lines(&'static str),
    /// Nothing, and the end.
    HangUp,
    /// Nothing, and no end.
    Silence,
}

pub(crate) struct Server {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn new(answers: Answers) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                serve(stream, answers).await;
            }
        });
        Self { address, task }
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(stream: tokio::net::TcpStream, answers: Answers) {
    let mut stream = BufReader::new(stream);
    let mut command = "greeting".to_owned();
    let mut in_message = false;
    loop {
        let found = answers
            .iter()
            .find(|(begins, _)| command.starts_with(begins));
        let usual = match command.split_whitespace().next() {
            Some("greeting") => "220 here",
            Some("EHLO") => "250-here\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN",
            Some("AUTH") => "235 welcome",
            Some("DATA") => "354 go on",
            Some("QUIT") => "221 bye",
            _ => "250 fine",
        };
        match found.map_or(Saying::Lines(usual), |(_, saying)| *saying) {
            Saying::Lines(lines) => {
                in_message = lines.starts_with("354");
                let lines = format!("{lines}\r\n");
                if stream.write_all(lines.as_bytes()).await.is_err() {
                    return;
                }
            }
            Saying::HangUp => return,
            Saying::Silence => std::future::pending().await,
        }
        command.clear();
        loop {
            let mut line = String::new();
            match stream.read_line(&mut line).await {
                Ok(count) if count > 0 => {}
                _ => return,
            }
            if !in_message {
                command = line;
                break;
            }
            if line == ".\r\n" {
                "message".clone_into(&mut command);
                break;
            }
        }
    }
}
