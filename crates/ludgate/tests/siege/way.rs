//! The ways by which a request gets to the gate, and its answer back.

use std::net::SocketAddr;
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};

use super::front::request;
use super::second::{self, Frames};
use super::site::HOST;
use super::wire::{Heard, connect, converse, exchange};

/// A way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// HTTP/1.1, for everybody to read.
    Plain,
    /// HTTP/1.1 over TLS.
    Tls,
    /// HTTP/2 over TLS.
    Second,
    /// Over nginx, which asks the gate, and gets from the site by itself what it
    /// allows.
    Asking,
}

impl Way {
    /// As the page about threats calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plain => "HTTP/1.1",
            Self::Tls => "HTTP/1.1 over TLS",
            Self::Second => "HTTP/2 over TLS",
            Self::Asking => "nginx, which asks the gate",
        }
    }
}

/// Where requests are made, and how they are said there.
#[derive(Clone)]
pub(crate) struct Door {
    address: SocketAddr,
    speech: Speech,
}

#[derive(Clone)]
enum Speech {
    Plain,
    Tls(Arc<ClientConfig>),
    Second(Arc<ClientConfig>),
}

impl Door {
    pub(crate) fn plain(address: SocketAddr) -> Self {
        Self {
            address,
            speech: Speech::Plain,
        }
    }

    pub(crate) fn tls(address: SocketAddr, client: Arc<ClientConfig>) -> Self {
        Self {
            address,
            speech: Speech::Tls(client),
        }
    }

    pub(crate) fn second(address: SocketAddr, client: Arc<ClientConfig>) -> Self {
        Self {
            address,
            speech: Speech::Second(client),
        }
    }

    /// Makes a request on a connection of its own.
    pub(crate) fn ask(&self, method: &str, target: &str, headers: &[&str], body: &str) -> Heard {
        if matches!(self.speech, Speech::Second(_)) {
            let frames = Frames::translated(method, target, headers, body);
            return self.send(&frames, method == "HEAD");
        }
        self.say(&request(method, target, headers, body), method)
    }

    /// Says what is written out, as over HTTP/1.1.
    pub(crate) fn say(&self, bytes: &[u8], method: &str) -> Heard {
        let answer = match &self.speech {
            Speech::Plain => exchange(self.address, bytes),
            Speech::Tls(client) => {
                let name = ServerName::try_from(HOST).expect("a name");
                let session = ClientConnection::new(Arc::clone(client), name).expect("a session");
                converse(&mut StreamOwned::new(session, connect(self.address)), bytes)
            }
            Speech::Second(_) => panic!("that can't be said over HTTP/2"),
        };
        Heard::of(answer, method)
    }

    /// Sends frames, as over HTTP/2.
    pub(crate) fn send(&self, frames: &Frames, is_head: bool) -> Heard {
        let Speech::Second(client) = &self.speech else {
            panic!("frames are for HTTP/2");
        };
        second::exchange(self.address, client, frames, is_head)
    }
}
