//! Which DNS servers are asked.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;

/// The most servers that are asked, as in resolv.conf(5).
pub const MAX_SERVERS: usize = 3;

/// Where the system says which servers it asks.
const SYSTEM: &str = "/etc/resolv.conf";

/// The port of DNS.
const PORT: u16 = 53;

/// The DNS servers to ask. What they say is believed, so they should be near:
/// on this machine, or across a network where nobody else can answer for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Servers {
    /// Those that `/etc/resolv.conf` names.
    #[default]
    System,
    /// These; of more than three, the first three.
    These(Vec<SocketAddr>),
}

/// No DNS server to ask.
#[derive(Debug, thiserror::Error)]
pub enum ServersError {
    /// The system's file can't be read.
    #[error(
        "{SYSTEM}, which says what DNS servers to ask, can't be read: {0}; name the servers in \
         the configuration instead"
    )]
    Unreadable(io::Error),
    /// The system's file names none.
    #[error("{SYSTEM} names no DNS server; name one in the configuration")]
    NoneInSystem,
    /// The list is empty.
    #[error("the list of DNS servers is empty; name one, or leave the list out to use {SYSTEM}")]
    NoneListed,
    /// The resolver can't be set up.
    #[error("the DNS resolver can't be set up: {0}")]
    Resolver(String),
}

impl Servers {
    /// Their addresses, one at least. Reads the system's file where it is asked.
    pub fn addresses(&self) -> Result<Vec<SocketAddr>, ServersError> {
        let (mut addresses, none) = match self {
            Self::System => (from_file(Path::new(SYSTEM))?, ServersError::NoneInSystem),
            Self::These(listed) => (listed.clone(), ServersError::NoneListed),
        };
        if addresses.is_empty() {
            return Err(none);
        }
        addresses.truncate(MAX_SERVERS);
        Ok(addresses)
    }
}

fn from_file(path: &Path) -> Result<Vec<SocketAddr>, ServersError> {
    std::fs::read_to_string(path)
        .map(|text| named(&text))
        .map_err(ServersError::Unreadable)
}

/// The servers that a text in the format of resolv.conf(5) names. One with a
/// zone (`fe80::1%eth0`) is passed over: only the system can say what it means.
fn named(text: &str) -> Vec<SocketAddr> {
    text.lines()
        .filter_map(|line| {
            let mut words = line.split_ascii_whitespace();
            let address = words
                .next()
                .filter(|&key| key == "nameserver")
                .and(words.next())?;
            let address: IpAddr = address.parse().ok()?;
            Some(SocketAddr::new(address, PORT))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_read_as_the_system_reads_them() {
        let text = "# nameserver 192.0.2.9\n; nameserver 192.0.2.8\nsearch example.com\n\
                    nameserver 192.0.2.1\n nameserver\t2001:db8::1 # here\nnameserver fe80::1%eth0\n\
                    nameserver\nnameservers 192.0.2.7\noptions edns0\n";
        let expected = ["192.0.2.1:53", "[2001:db8::1]:53"];
        let expected = expected.map(|server| server.parse().expect("an address"));
        assert_eq!(named(text), expected);
    }

    #[test]
    fn there_is_a_server_or_an_error_that_says_what_to_do() {
        let none = Servers::These(Vec::new()).addresses();
        let error = none.expect_err("no server").to_string();
        assert!(error.contains("name one"), "{error}");
        let folder = tempfile::tempdir().expect("a folder");
        let error = from_file(&folder.path().join("resolv.conf"));
        let error = error.expect_err("no file").to_string();
        assert!(
            error.contains("name the servers in the configuration"),
            "{error}"
        );
        let server = |last: u8| SocketAddr::from(([192, 0, 2, last], PORT));
        let listed = Servers::These((1..9).map(server).collect());
        let addresses = listed.addresses().expect("servers");
        assert_eq!(addresses, [server(1), server(2), server(3)]);
    }
}
