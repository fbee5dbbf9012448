//! What the tests ask and are told by hand: forms posted as a browser would, and
//! a webhook taken.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// How long the machine may take for anything.
const PATIENCE: Duration = Duration::from_secs(30);

/// A webhook as it came.
pub(crate) struct Webhook {
    pub(crate) signature: Option<String>,
    pub(crate) body: Vec<u8>,
}

/// Posts a form; the status, and the body.
pub(crate) fn post(address: &str, path: &str, form: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("set");
    let length = form.len();
    write!(
        stream,
        "POST {path} HTTP/1.0\r\ncontent-length: {length}\r\n\
         content-type: application/x-www-form-urlencoded\r\n\r\n{form}"
    )
    .expect("asked");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let status = answer
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let body = answer
        .split_once("\r\n\r\n")
        .map(|(_, body)| body.to_owned());
    (status.expect("a status"), body.expect("a body"))
}

/// Takes the next webhook, and says that it was taken.
pub(crate) fn take(listener: &TcpListener) -> Webhook {
    let (mut stream, _) = listener.accept().expect("a webhook");
    stream.set_read_timeout(Some(PATIENCE)).expect("set");
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    let (head, length, start) = loop {
        let count = stream.read(&mut buffer).expect("read");
        assert!(count > 0, "it broke off");
        bytes.extend_from_slice(&buffer[..count]);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length = header(&head, "content-length").expect("a length");
            break (head, length.parse::<usize>().expect("a number"), end + 4);
        }
    };
    while bytes.len() < start + length {
        let count = stream.read(&mut buffer).expect("read");
        assert!(count > 0, "it broke off");
        bytes.extend_from_slice(&buffer[..count]);
    }
    stream
        .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        .expect("answered");
    Webhook {
        signature: header(&head, "stripe-signature"),
        body: bytes.split_off(start),
    }
}

fn header(head: &str, name: &str) -> Option<String> {
    let mut lines = head.lines().filter_map(|line| line.split_once(':'));
    let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    Some(found.1.trim().to_owned())
}
