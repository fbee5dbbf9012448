//! The door that readers come through: what a proxy in front says of them, and
//! TLS. Joins the gate to the crate that knows both.

use std::sync::Arc;
use std::time::Duration;

use gateway::{Admitted, Admitting, Caller, Channel, Entrance, Spoken};
use tls::{Accepted, Acceptor, HandshakeError, Origin, Protocol, ReadError};
use tokio::net::TcpStream;

use super::knocks::{Knock, Knocks};

/// A door.
pub(crate) struct Door {
    /// Whether trusted proxies say who is calling.
    pub(crate) asks_proxies: bool,
    /// For a proxy to say it.
    pub(crate) patience: Duration,
    pub(crate) acceptor: Option<Acceptor>,
    pub(crate) knocks: Arc<Knocks>,
}

impl Entrance for Door {
    fn admit(&self, socket: TcpStream, from_proxy: bool) -> Admitting<'_> {
        Box::pin(self.let_in(socket, from_proxy))
    }
}

impl Door {
    async fn let_in(&self, mut socket: TcpStream, from_proxy: bool) -> Option<Admitted> {
        let caller = if self.asks_proxies && from_proxy {
            self.caller(&mut socket).await?
        } else {
            Caller::Peer
        };
        let channel = match &self.acceptor {
            None => Channel::Plain(socket),
            Some(acceptor) => self.shake_hands(acceptor, socket).await?,
        };
        Some(Admitted { channel, caller })
    }

    async fn caller(&self, socket: &mut TcpStream) -> Option<Caller> {
        match caller(socket, self.patience).await {
            Ok(caller) => Some(caller),
            // It only looked whether somebody is there, or so it seems.
            Err(ReadError::Broken(_)) => None,
            Err(error) => {
                tracing::debug!(%error, "a trusted proxy's connection is closed");
                self.knocks.count(Knock::NoHeader);
                None
            }
        }
    }

    async fn shake_hands(&self, acceptor: &Acceptor, socket: TcpStream) -> Option<Channel> {
        let (knock, channel) = match acceptor.accept(socket).await {
            Ok(Accepted::Reader { stream, protocol }) => match protocol {
                Protocol::Http1 => (Knock::Http1, Some(Channel::Secure(stream, Spoken::Http1))),
                Protocol::Http2 => (Knock::Http2, Some(Channel::Secure(stream, Spoken::Http2))),
            },
            Ok(Accepted::Challenge) => (Knock::Challenge, None),
            Err(error) => {
                tracing::debug!(%error, "no handshake");
                let knock = match error {
                    HandshakeError::TimedOut(_) => Knock::TimedOut,
                    HandshakeError::Failed(_) => Knock::Failed,
                };
                (knock, None)
            }
        };
        self.knocks.count(knock);
        channel
    }
}

/// Who calls through a trusted proxy, by the header that it begins with. Without
/// one, nothing may be read from the connection.
pub(super) async fn caller(
    socket: &mut TcpStream,
    patience: Duration,
) -> Result<Caller, ReadError> {
    Ok(match tls::read_header(socket, patience).await? {
        Origin::Told(address) => Caller::Told(address.ip()),
        Origin::Proxy | Origin::Untold => Caller::Untold,
    })
}
