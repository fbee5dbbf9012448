//! Which HTTP does a new connection speak?

use std::io;
use std::time::Duration;

use tokio::net::TcpStream;

/// How a client of HTTP/2 begins without TLS (RFC 9113, 3.4).
const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// Between looks at a beginning that came in pieces; no browser sends it so.
const PAUSE: Duration = Duration::from_millis(20);

/// The version of HTTP, as far as servers tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    /// HTTP/1.1, or an older one.
    Http1,
    /// HTTP/2.
    Http2,
}

/// Looks at the first bytes and leaves them where they are. The caller bounds
/// the time. An error where the client leaves before it has said enough.
pub(crate) async fn hear(stream: &TcpStream) -> io::Result<Spoken> {
    let mut said = [0; PREFACE.len()];
    loop {
        let heard = stream.peek(&mut said).await?;
        if heard == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if said[..heard] != PREFACE[..heard] {
            return Ok(Spoken::Http1);
        }
        if heard == PREFACE.len() {
            return Ok(Spoken::Http2);
        }
        tokio::time::sleep(PAUSE).await;
    }
}
