//! What may stand between a socket and HTTP: a proxy's word on who is calling,
//! and TLS.
//!
//! The gate knows neither. Whoever runs it hands it an [`Entrance`], through
//! which every connection comes; without one, sockets are read as they are.

use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

use crate::address::TrustedProxies;
use crate::greeting::Spoken;

/// The part of the connections that may be at the entrance at a time. Those who
/// only knock never take the room of those who read.
const AT_THE_ENTRANCE: usize = 4;

/// Lets connections in, any number at a time.
pub trait Entrance: Send + Sync {
    /// Makes of a socket what HTTP can be spoken over. `from_proxy` is whether it
    /// is a trusted proxy that connects. `None` where nothing is to be said over
    /// it. It takes a bounded time, whatever the other side does.
    fn admit(&self, socket: TcpStream, from_proxy: bool) -> Admitting<'_>;
}

/// A connection on its way through an [`Entrance`].
pub type Admitting<'a> = Pin<Box<dyn Future<Output = Option<Admitted>> + Send + 'a>>;

/// A connection that has been let in.
pub struct Admitted {
    /// What HTTP is spoken over.
    pub channel: Channel,
    /// Who speaks.
    pub caller: Caller,
}

/// What HTTP is spoken over.
pub enum Channel {
    /// The socket itself, in either version of HTTP.
    Plain(TcpStream),
    /// A secure stream, in the version that was agreed upon.
    Secure(SecureStream, Spoken),
}

/// Something that nobody else can read.
pub type SecureStream = Box<dyn Secure>;

/// What a [`SecureStream`] can do.
pub trait Secure: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Secure for T {}

/// Who is at the other end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Whoever the socket is connected to.
    Peer,
    /// Somebody for whom a trusted proxy connects, at this address.
    Told(IpAddr),
    /// Somebody for whom a trusted proxy connects without saying whom.
    Untold,
}

impl Caller {
    /// The address of who speaks over a socket to `peer`; `None` where nobody has
    /// told it. Then what is said over the connection doesn't tell it either, for
    /// the proxy has added nothing to that.
    pub(crate) fn address(self, peer: IpAddr, proxies: &TrustedProxies) -> Option<IpAddr> {
        match self {
            Self::Peer => Some(peer),
            // Loopback of another machine is nobody's address, and ours is exempt
            // from what it is looked at for.
            Self::Told(address) => {
                let is_known = !address.to_canonical().is_loopback() || proxies.trusts(address);
                is_known.then_some(address)
            }
            Self::Untold => None,
        }
    }
}

/// An entrance, and the room before it.
pub(crate) struct Door {
    pub(crate) entrance: Arc<dyn Entrance>,
    pub(crate) room: Arc<Semaphore>,
}

impl Door {
    /// For a server that holds so many connections.
    pub(crate) fn new(entrance: Arc<dyn Entrance>, connections: usize) -> Self {
        let room = (connections / AT_THE_ENTRANCE).max(1);
        Self {
            entrance,
            room: Arc::new(Semaphore::new(room)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxys_word_is_taken_but_for_what_can_be_nobodys_address() {
        let proxies = TrustedProxies::new(vec!["10.0.0.0/8".parse().expect("a network")]);
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        let told = |text| Caller::Told(address(text)).address(address("10.0.0.1"), &proxies);
        assert_eq!(told("192.0.2.7"), Some(address("192.0.2.7")));
        assert_eq!(told("10.0.0.2"), Some(address("10.0.0.2")));
        assert_eq!(told("127.0.0.1"), None);
        assert_eq!(told("::ffff:127.0.0.1"), None);
        assert_eq!(told("::1"), None);
        let at_home = TrustedProxies::new(vec!["127.0.0.1".parse::<IpAddr>().expect("one").into()]);
        let home = address("127.0.0.1");
        assert_eq!(Caller::Told(home).address(home, &at_home), Some(home));
        assert_eq!(Caller::Untold.address(home, &at_home), None);
        assert_eq!(Caller::Peer.address(home, &at_home), Some(home));
    }
}
