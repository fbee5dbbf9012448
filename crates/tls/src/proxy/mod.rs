//! The PROXY protocol's header: where a connection comes from, told by the proxy
//! that passes it on
//! ([specification](https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt)).
//!
//! Whoever can send it can claim any address, so it is read only where a trusted
//! proxy connects, and then it must be there: this module doesn't guess whether
//! there is one. It never reads past the header, for what follows is TLS or HTTP.
//!
//! Version 2 is what to use. Version 1, the line of text, is accepted as well:
//! nginx and some hosts' load balancers send no other, the two can't be mistaken
//! for each other, and it tells no more and no less.

mod v1;
mod v2;

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};

/// The longest header accepted. Addresses take 52 bytes in version 2; the rest
/// is for what a proxy adds, which is skipped: a name of 255 bytes, an identifier
/// of 128, what cloud networks add, and what is known of the TLS before it come to
/// less than 700. (The format would allow 64 KB.)
const MAX: usize = 1024;

/// Where a connection comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From here. An IPv4 address is one, even where it was told as IPv6.
    Told(SocketAddr),
    /// From the proxy itself, which looks whether we are there.
    Proxy,
    /// The proxy doesn't know, or it isn't an address of the Internet's.
    Untold,
}

/// How far a header has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// At least so many bytes of it are missing; they can be read without
    /// reading past its end.
    Needs(usize),
    /// It is whole.
    Complete(Origin),
}

/// It isn't a header. Nothing may be read from such a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// It begins with something else.
    #[error("a connection doesn't begin with a PROXY header; is it from the proxy?")]
    Missing,
    /// It is longer than we read.
    #[error("a PROXY header is longer than {MAX} bytes")]
    TooLong,
    /// It begins well and makes no sense.
    #[error("a PROXY header is malformed: {0}")]
    Malformed(&'static str),
}

/// Why no header was read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// What came isn't one.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// The connection ended or broke first.
    #[error("a connection ended before its PROXY header did: {0}")]
    Broken(#[from] io::Error),
    /// It didn't come in time.
    #[error("a PROXY header took longer than {0:?}")]
    TimedOut(Duration),
}

/// Judges the beginning of a connection, which is a header and no more: what
/// follows [`Progress::Complete`] isn't looked at.
pub fn parse_header(bytes: &[u8]) -> Result<Progress, HeaderError> {
    if bytes.is_empty() {
        // Either version may follow, and one of them may be so short.
        Ok(Progress::Needs(v1::SHORTEST))
    } else if begins(bytes, v2::SIGNATURE) {
        v2::parse(bytes)
    } else if begins(bytes, v1::SIGNATURE) {
        v1::parse(bytes)
    } else {
        Err(HeaderError::Missing)
    }
}

/// Whether `bytes` is the beginning of `signature`, or has it as its own.
fn begins(bytes: &[u8], signature: &[u8]) -> bool {
    let both = bytes.len().min(signature.len());
    bytes[..both] == signature[..both]
}

/// Reads the header that `stream` begins with, and not a byte more. `patience`
/// is for all of it.
pub async fn read_header<S>(stream: &mut S, patience: Duration) -> Result<Origin, ReadError>
where
    S: AsyncRead + Unpin,
{
    tokio::time::timeout(patience, read(stream))
        .await
        .map_err(|_| ReadError::TimedOut(patience))?
}

async fn read<S: AsyncRead + Unpin>(stream: &mut S) -> Result<Origin, ReadError> {
    let mut header = [0; MAX];
    let mut read = 0;
    loop {
        match parse_header(&header[..read])? {
            Progress::Complete(origin) => return Ok(origin),
            Progress::Needs(more) => {
                let next = header
                    .get_mut(read..read + more)
                    .ok_or(HeaderError::TooLong)?;
                stream.read_exact(next).await?;
                read += more;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tokio::io::AsyncWriteExt;

    const V1: &[u8] = b"PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n";

    fn v2() -> Vec<u8> {
        let mut header = v2::SIGNATURE.to_vec();
        header.extend([
            0x21, 0x11, 0, 15, 192, 0, 2, 7, 198, 51, 100, 1, 0xdc, 4, 1, 187,
        ]);
        header.extend([4, 0, 0]);
        header
    }

    fn told() -> Origin {
        Origin::Told("192.0.2.7:56324".parse().expect("an address"))
    }

    /// Reads as a server would, and returns what is left for TLS.
    fn read_all(sent: &[u8]) -> (Result<Origin, ReadError>, Vec<u8>) {
        tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime")
            .block_on(async {
                let (mut client, mut server) = tokio::io::duplex(4096);
                client.write_all(sent).await.expect("room for it");
                drop(client);
                let origin = read_header(&mut server, Duration::from_secs(20)).await;
                let mut rest = Vec::new();
                server.read_to_end(&mut rest).await.expect("the rest");
                (origin, rest)
            })
    }

    #[test]
    fn what_follows_the_header_is_left_where_it_is() {
        for header in [V1.to_vec(), v2(), b"PROXY UNKNOWN\r\n".to_vec()] {
            for follows in [&b""[..], b"\r\n", b"\x16\x03\x01", b"PROXY TCP4 "] {
                let sent = [&header, follows].concat();
                let (origin, rest) = read_all(&sent);
                let expected = match header[6] {
                    b'U' => Origin::Untold,
                    _ => told(),
                };
                assert_eq!(origin.expect("a header"), expected);
                assert_eq!(rest, follows);
            }
        }
    }

    #[test]
    fn a_header_that_is_cut_short_is_none() {
        for header in [V1.to_vec(), v2()] {
            for end in 0..header.len() {
                let progress = parse_header(&header[..end]).expect("so far, so good");
                assert!(matches!(progress, Progress::Needs(1..)), "{end}");
                let (origin, _) = read_all(&header[..end]);
                assert!(matches!(origin, Err(ReadError::Broken(_))), "{end}");
            }
        }
    }

    #[test]
    fn a_connection_without_a_header_is_refused() {
        let rows: &[&[u8]] = &[
            b"GET / HTTP/1.1\r\nHost: review.example\r\n\r\n",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03abcdefgh",
            b"proxy tcp4 192.0.2.7 198.51.100.1 56324 443\r\n",
            b"\r\n\r\nPROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n",
            b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        ];
        for row in rows {
            assert_eq!(parse_header(row), Err(HeaderError::Missing));
            let (origin, _) = read_all(row);
            assert!(matches!(
                origin,
                Err(ReadError::Header(HeaderError::Missing))
            ));
        }
    }

    #[tokio::test]
    async fn a_proxy_that_says_nothing_isnt_waited_for_longer_than_agreed() {
        let (mut client, mut server) = tokio::io::duplex(64);
        client.write_all(&V1[..20]).await.expect("room for it");
        let patience = Duration::from_millis(5);
        let error = read_header(&mut server, patience)
            .await
            .expect_err("silence");
        assert!(matches!(error, ReadError::TimedOut(_)), "{error}");
    }

    #[tokio::test]
    async fn a_header_is_read_from_a_socket_however_it_is_cut_up() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let address = listener.local_addr().expect("an address");
        for cut in 1..v2().len() {
            let mut client = tokio::net::TcpStream::connect(address)
                .await
                .expect("there");
            let (mut server, _) = listener.accept().await.expect("a connection");
            let header = v2();
            let (origin, ()) =
                tokio::join!(read_header(&mut server, Duration::from_secs(20)), async {
                    client.write_all(&header[..cut]).await.expect("sent");
                    tokio::task::yield_now().await;
                    client.write_all(&header[cut..]).await.expect("sent");
                    client.write_all(b"after").await.expect("sent");
                    client.shutdown().await.expect("closed");
                });
            assert_eq!(origin.expect("a header"), told());
            let mut rest = Vec::new();
            server.read_to_end(&mut rest).await.expect("the rest");
            assert_eq!(rest, b"after");
        }
    }

    proptest! {
        /// Whatever comes: no panic, an end, and never a byte past a header.
        #[test]
        fn any_bytes_are_judged(
            bytes in proptest::collection::vec(any::<u8>(), 0..300),
            start in 0usize..4,
        ) {
            let beginnings = [&b""[..], v2::SIGNATURE, v1::SIGNATURE, b"PROXY TCP6 "];
            let sent = [beginnings[start], &bytes].concat();
            if let Ok(Progress::Needs(more)) = parse_header(&sent) {
                prop_assert!(more > 0);
            }
            let (origin, rest) = read_all(&sent);
            if let Ok(origin) = origin {
                let header = &sent[..sent.len() - rest.len()];
                prop_assert_eq!(parse_header(header), Ok(Progress::Complete(origin)));
                let shorter = parse_header(&header[..header.len() - 1]);
                prop_assert!(matches!(shorter, Ok(Progress::Needs(_))), "{:?}", shorter);
            }
        }

        /// A header of version 2 ends where its length says, whatever else is
        /// wrong with it.
        #[test]
        fn a_header_is_never_longer_than_it_says(
            index in 0usize..31,
            flip in 1u8..,
            follows in proptest::collection::vec(any::<u8>(), 0..40),
        ) {
            let mut header = v2();
            header[index] ^= flip;
            let said = header.get(14..16).map_or(0, |said| usize::from(said[0]) * 256 + usize::from(said[1]));
            let sent = [&header[..], &follows].concat();
            let (origin, rest) = read_all(&sent);
            if origin.is_ok() {
                prop_assert_eq!(sent.len() - rest.len(), 16 + said);
            }
        }
    }
}
