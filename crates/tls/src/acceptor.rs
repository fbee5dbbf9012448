//! The handshake: from a connection to a TLS stream and what is spoken over it.
//!
//! It takes a bounded time, whatever the client does. An authority's look at a
//! challenge is answered here and goes no further.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use rustls::server::ClientHello;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::server::TlsStream;

use crate::certificates::Certificates;
use crate::challenges::Challenges;
use crate::config::{self, CHALLENGE, HTTP_2, SetupError};
use crate::world::World;

/// The version of HTTP that a client and we agreed upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// HTTP/1.1, which is also what a client speaks that says nothing.
    Http1,
    /// HTTP/2.
    Http2,
}

/// What a connection turned out to be.
#[derive(Debug)]
pub enum Accepted<S> {
    /// A reader's.
    Reader {
        /// What is said over it, in the clear.
        stream: Box<TlsStream<S>>,
        /// In which protocol.
        protocol: Protocol,
    },
    /// An authority's, which has seen what it came for. It is closed.
    Challenge,
}

/// Why there is no TLS stream. It is the client's doing, unless there is no
/// certificate yet.
#[derive(Debug, thiserror::Error)]
pub enum HandshakeError {
    /// The client took too long.
    #[error("the handshake took longer than {0:?}")]
    TimedOut(Duration),
    /// The two couldn't agree, or the client left.
    #[error("the handshake failed: {0}")]
    Failed(#[from] io::Error),
}

/// Shakes hands with clients, any number at a time.
#[derive(Clone, Debug)]
pub struct Acceptor {
    readers: Arc<ServerConfig>,
    challenges: Arc<ServerConfig>,
    patience: Duration,
}

impl Acceptor {
    /// With these certificates and, for an authority, these challenges.
    /// `patience` is for the whole handshake.
    pub fn new(
        certificates: Arc<Certificates>,
        challenges: Arc<Challenges>,
        patience: Duration,
        world: &World,
    ) -> Result<Self, SetupError> {
        Ok(Self {
            readers: config::readers(certificates, world)?,
            challenges: config::challenges(challenges, world)?,
            patience,
        })
    }

    /// Shakes hands over `stream`.
    pub async fn accept<S>(&self, stream: S) -> Result<Accepted<S>, HandshakeError>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        tokio::time::timeout(self.patience, self.shake_hands(stream))
            .await
            .map_err(|_| HandshakeError::TimedOut(self.patience))?
            .map_err(HandshakeError::Failed)
    }

    async fn shake_hands<S>(&self, stream: S) -> io::Result<Accepted<S>>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let begun = LazyConfigAcceptor::new(rustls::server::Acceptor::default(), stream).await?;
        if is_challenge(&begun.client_hello()) {
            let mut stream = begun.into_stream(Arc::clone(&self.challenges)).await?;
            // It has seen the certificate; nothing is said after that, and if
            // it has left already, all the better (RFC 8737, 3).
            let _ = stream.shutdown().await;
            return Ok(Accepted::Challenge);
        }
        let stream = begun.into_stream(Arc::clone(&self.readers)).await?;
        let protocol = match stream.get_ref().1.alpn_protocol() {
            Some(HTTP_2) => Protocol::Http2,
            _ => Protocol::Http1,
        };
        Ok(Accepted::Reader {
            stream: Box::new(stream),
            protocol,
        })
    }
}

/// An authority offers the challenge's protocol and no other (RFC 8737, 3).
fn is_challenge(hello: &ClientHello<'_>) -> bool {
    let Some(mut offered) = hello.alpn() else {
        return false;
    };
    offered.next() == Some(CHALLENGE) && offered.next().is_none()
}

#[cfg(test)]
mod tests;
