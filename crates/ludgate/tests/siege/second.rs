//! HTTP/2 as a client writes it by hand, so that it may say what no library lets
//! it say. Answers are read by hyper, for which a request of its own stands in:
//! on the way its head is exchanged for the frames that are really meant.

use std::net::SocketAddr;
use std::sync::Arc;

use http_body_util::{BodyExt, Empty};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

use super::site::HOST;
use super::wire::{Heard, PATIENCE, Reply, unpacked};

/// Kinds and flags of frames (RFC 9113, 6).
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

/// How every connection begins (RFC 9113, 3.4).
const PREFACE: usize = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".len();

/// The one stream of a connection.
const STREAM: u32 = 1;

/// More than a client says before it has heard anything.
const ROOM: usize = 64 * 1024;

/// What a line of HTTP/1.1 says about its connection only; a client doesn't say
/// that here (RFC 9113, 8.2.2).
const CONNECTION: [&str; 6] = [
    "connection",
    "http2-settings",
    "keep-alive",
    "proxy-connection",
    "transfer-encoding",
    "upgrade",
];

/// A part of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part {
    /// A head as it should be, for this path, and more fields behind it.
    Get(&'static str, &'static [(&'static str, &'static str)]),
    /// The same of a request that sends something.
    Post(&'static str, &'static [(&'static str, &'static str)]),
    /// Fields in their order, those with a colon before the name among them;
    /// behind a body they are its trailers.
    Fields(&'static [(&'static str, &'static str)]),
    /// A piece of the body.
    Data(&'static str),
}

/// Frames of a request, of which the last ends it.
#[derive(Default)]
pub(crate) struct Frames(Vec<(u8, Vec<u8>)>);

impl Frames {
    /// A request as one over HTTP/1.1 would be said here.
    pub(crate) fn translated(method: &str, target: &str, headers: &[&str], body: &str) -> Self {
        let mut fields = head(method, target);
        for line in headers {
            let (name, value) = line.split_once(':').expect("a field");
            let name = name.to_ascii_lowercase();
            if !CONNECTION.contains(&name.as_str()) {
                fields.push((name, value.trim().to_owned()));
            }
        }
        let mut frames = Self::default();
        frames.fields(&fields);
        if !body.is_empty() {
            frames.data(body);
        }
        frames
    }

    /// Parts in which `fill` puts what they stand for.
    pub(crate) fn of(parts: &[Part], fill: impl Fn(&str) -> String) -> Self {
        let mut frames = Self::default();
        for part in parts {
            let (mut fields, more) = match part {
                Part::Data(text) => {
                    frames.data(&fill(text));
                    continue;
                }
                Part::Fields(fields) => (Vec::new(), fields),
                Part::Get(path, more) => (head("GET", &fill(path)), more),
                Part::Post(path, more) => (head("POST", &fill(path)), more),
            };
            let more = more.iter();
            fields.extend(more.map(|(name, value)| ((*name).to_owned(), fill(value))));
            frames.fields(&fields);
        }
        frames
    }

    /// Each a literal that isn't remembered, under a name of its own (RFC 7541,
    /// 6.2.2), so that nothing depends on what was said before.
    fn fields(&mut self, fields: &[(String, String)]) {
        let mut block = Vec::new();
        for (name, value) in fields {
            block.push(0);
            for text in [name, value] {
                length(&mut block, text.len());
                block.extend_from_slice(text.as_bytes());
            }
        }
        self.0.push((HEADERS, block));
    }

    fn data(&mut self, text: &str) {
        self.0.push((DATA, text.as_bytes().to_vec()));
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (number, (kind, payload)) in self.0.iter().enumerate() {
            let mut flags = 0;
            if *kind == HEADERS {
                flags |= END_HEADERS;
            }
            if number + 1 == self.0.len() {
                flags |= END_STREAM;
            }
            let length = u32::try_from(payload.len()).expect("a short frame");
            bytes.extend_from_slice(&length.to_be_bytes()[1..]);
            bytes.extend([*kind, flags]);
            bytes.extend_from_slice(&STREAM.to_be_bytes());
            bytes.extend_from_slice(payload);
        }
        bytes
    }
}

/// What every request begins with.
fn head(method: &str, path: &str) -> Vec<(String, String)> {
    let parts = [
        (":method", method),
        (":scheme", "https"),
        (":authority", HOST),
        (":path", path),
    ];
    let parts = parts.into_iter();
    parts
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// A number with a prefix of seven bits (RFC 7541, 5.1).
fn length(block: &mut Vec<u8>, length: usize) {
    const PREFIX: usize = 0x7f;
    let byte = |number: usize| u8::try_from(number).expect("seven bits");
    if length < PREFIX {
        block.push(byte(length));
        return;
    }
    block.push(byte(PREFIX));
    let mut rest = length - PREFIX;
    while rest >= 0x80 {
        block.push(byte(rest & 0x7f) | 0x80);
        rest >>= 7;
    }
    block.push(byte(rest));
}

/// Makes the request on a connection of its own, and reads what comes.
pub(crate) fn exchange(
    to: SocketAddr,
    config: &Arc<ClientConfig>,
    frames: &Frames,
    is_head: bool,
) -> Heard {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(async {
        let mut heard = Heard::default();
        let socket = TcpStream::connect(to).await.expect("a connection");
        let connector = tokio_rustls::TlsConnector::from(Arc::clone(config));
        let name = ServerName::try_from(HOST).expect("a name");
        let stream = connector.connect(name, socket).await.expect("TLS");
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
        let all = hear(&mut heard, stream, frames.bytes(), is_head);
        // Who is refused hears nothing, or half.
        let _ = tokio::time::timeout(PATIENCE, all).await;
        heard
    })
}

async fn hear(
    heard: &mut Heard,
    stream: TlsStream<TcpStream>,
    frames: Vec<u8>,
    is_head: bool,
) -> hyper::Result<()> {
    let (ours, theirs) = tokio::io::duplex(ROOM);
    tokio::spawn(carry(theirs, stream, frames));
    let io = TokioIo::new(ours);
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), io).await?;
    tokio::spawn(connection);
    let method = if is_head { "HEAD" } else { "GET" };
    let stand_in = http::Request::builder()
        .method(method)
        .uri("https://stand.in/")
        .body(Empty::<bytes::Bytes>::new());
    let response = sender.send_request(stand_in.expect("a request")).await?;
    let (parts, mut body) = response.into_parts();
    let mut reply = Reply {
        status: parts.status.as_u16(),
        head: format!("HTTP/2 {}{}", parts.status.as_u16(), lines(&parts.headers)),
        ..Reply::default()
    };
    heard.bytes.extend_from_slice(reply.head.as_bytes());
    heard.bytes.extend_from_slice(b"\r\n\r\n");
    while let Some(Ok(frame)) = body.frame().await {
        match frame.into_data() {
            Ok(piece) => reply.body.extend_from_slice(&piece),
            Err(frame) => {
                let trailers = frame.into_trailers().unwrap_or_default();
                heard.bytes.extend_from_slice(lines(&trailers).as_bytes());
            }
        }
    }
    heard.bytes.extend_from_slice(&reply.body);
    if !reply.body.is_empty() {
        let body = std::mem::take(&mut reply.body);
        reply.body = unpacked(&reply, body);
    }
    heard.replies.push(reply);
    Ok(())
}

fn lines(headers: &http::HeaderMap) -> String {
    let lines = headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        format!("\r\n{name}: {value}")
    });
    lines.collect()
}

/// Carries everything between a client and the gate until the gate hangs up, but
/// `frames` in the place of the head of the client's request.
async fn carry(client: DuplexStream, gate: TlsStream<TcpStream>, frames: Vec<u8>) {
    let (from_client, mut to_client) = tokio::io::split(client);
    let (mut from_gate, to_gate) = tokio::io::split(gate);
    let there = async {
        // Who is refused may not be able to say all of it.
        let _ = exchanged(from_client, to_gate, &frames).await;
        std::future::pending::<()>().await;
    };
    let back = tokio::io::copy(&mut from_gate, &mut to_client);
    tokio::select! {
        () = there => {}
        _ = back => {}
    }
}

async fn exchanged(
    mut client: impl AsyncRead + Unpin,
    mut gate: impl AsyncWrite + Unpin,
    frames: &[u8],
) -> std::io::Result<()> {
    let mut preface = [0; PREFACE];
    client.read_exact(&mut preface).await?;
    gate.write_all(&preface).await?;
    loop {
        let mut head = [0; 9];
        client.read_exact(&mut head).await?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; usize::try_from(length).expect("a length")];
        client.read_exact(&mut payload).await?;
        if head[3] == HEADERS {
            gate.write_all(frames).await?;
        } else {
            gate.write_all(&head).await?;
            gate.write_all(&payload).await?;
        }
        gate.flush().await?;
    }
}
