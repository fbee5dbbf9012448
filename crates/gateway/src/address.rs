//! Whose address is it? The peer's, unless the peer is a proxy we were told to
//! trust.

use std::net::{IpAddr, Ipv6Addr};

use http::HeaderName;

use crate::head::Fields;

static FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
use ipnet::IpNet;

/// The most forwarding hops looked at. A longer chain is somebody playing, and
/// the hop it ends at is as good as any.
const MAX_HOPS: usize = 32;

/// The proxies whose word is taken for who asked them.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Trusts every address in `nets`.
    pub fn new(nets: Vec<IpNet>) -> Self {
        Self(nets)
    }

    /// Whether nobody is trusted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the word of `address` is taken.
    pub(crate) fn trusts(&self, address: IpAddr) -> bool {
        let address = plain(address);
        self.0.iter().any(|net| net.contains(&address))
    }

    /// The address of the client: going back from the peer through the hops in
    /// `X-Forwarded-For`, the first one that isn't trusted. A peer that isn't
    /// trusted is the client, whatever it says.
    ///
    /// `None` where the proxies don't tell: the peer isn't known, the header is
    /// missing, a hop is no address, or all of them are trusted. A proxy's own
    /// address is never taken for its clients': it may lie in a network that rules
    /// open for, or be loopback, which has no budget.
    pub(crate) fn client(&self, peer: Option<IpAddr>, fields: &Fields<'_>) -> Option<IpAddr> {
        let peer = plain(peer?);
        if self.0.is_empty() || !self.trusts(peer) {
            return Some(peer);
        }
        let lines = fields.all(&FORWARDED_FOR).rev();
        let hops = lines.flat_map(|line| line.rsplit(|&byte| byte == b','));
        for hop in hops.take(MAX_HOPS) {
            let address = parse_hop(hop)?;
            if !self.trusts(address) {
                // Loopback of another machine, or of a proxy in front of ours
                // that we weren't told of: nobody's address in either case.
                return (!address.is_loopback()).then_some(address);
            }
        }
        None
    }
}

/// `192.0.2.7`, `192.0.2.7:4711`, `2001:db8::1`, `[2001:db8::1]:4711`.
fn parse_hop(hop: &[u8]) -> Option<IpAddr> {
    let hop = std::str::from_utf8(hop.trim_ascii()).ok()?;
    hop.parse()
        .or_else(|_| hop.parse::<std::net::SocketAddr>().map(|addr| addr.ip()))
        .ok()
        .or_else(|| {
            let inner = hop.strip_prefix('[')?.strip_suffix(']')?;
            inner.parse::<Ipv6Addr>().ok().map(IpAddr::V6)
        })
        .map(plain)
}

/// An IPv4 address in IPv6 clothes is an IPv4 address: the budget of a network
/// must not depend on the socket it came through.
fn plain(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    }
}

/// What clients of unknown address share a budget as: `100::/64`, which is for
/// packets to be thrown away and so nobody's (RFC 6666).
const NOWHERE: [u8; 8] = [0x01, 0, 0, 0, 0, 0, 0, 0];

/// The network that a client shares its budget of new readers with: the /24 or
/// the /64. `None` for loopback, which is exempt; all whose address isn't known
/// are one network.
pub(crate) fn network(address: Option<IpAddr>) -> Option<[u8; 8]> {
    let Some(address) = address else {
        return Some(NOWHERE);
    };
    if address.is_loopback() {
        return None;
    }
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            // 64:ff9b::/96, the prefix of translated IPv4 addresses, keeps
            // these keys apart from every /64 in use.
            Some([0x00, 0x64, 0xff, 0x9b, 0, a, b, c])
        }
        IpAddr::V6(v6) => {
            let mut prefix = [0; 8];
            prefix.copy_from_slice(&v6.octets()[..8]);
            Some(prefix)
        }
    }
}

/// The wider surroundings of a [`network`]: the /12 or the /32, the rest of it
/// zeros. Where there are more networks than can be told apart, those that share
/// it share a budget.
///
/// The meter tells 4,096 networks of a neighbourhood apart, which is every /24 of
/// a /12. A /8 has sixteen times as many, and large providers' are busy.
pub(crate) fn neighbourhood(network: [u8; 8]) -> [u8; 8] {
    match network {
        [0x00, 0x64, 0xff, 0x9b, 0, a, b, _] => [0x00, 0x64, 0xff, 0x9b, 0, a, b & 0xf0, 0],
        [a, b, c, d, ..] => [a, b, c, d, 0, 0, 0, 0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whom a server that trusts 10/8, 127/8 and `2001:db8::/32` takes for the
    /// client; "unknown" where it can't tell.
    #[track_caller]
    fn check(peer: &str, forwarded: &[&[u8]], client: &str) {
        let nets = ["10.0.0.0/8", "127.0.0.0/8", "2001:db8::/32"];
        let nets = nets.map(|net| net.parse().expect("a network"));
        let fields = forwarded
            .iter()
            .map(|&line| ("x-forwarded-for", line))
            .collect();
        let trusted = TrustedProxies::new(nets.to_vec());
        let found = trusted.client(peer.parse().ok(), &fields);
        let found = found.map_or("unknown".to_owned(), |found| found.to_string());
        assert_eq!(found, client, "{peer} {forwarded:?}");
    }

    #[test]
    fn a_stranger_is_whoever_connects_whatever_they_say() {
        check("192.0.2.1", &[], "192.0.2.1");
        check("192.0.2.1", &[b"198.51.100.1"], "192.0.2.1");
        check("192.0.2.1", &[b"\xff"], "192.0.2.1");
        check("::ffff:192.0.2.1", &[b"10.0.0.1"], "192.0.2.1");
        check("::1", &[b"198.51.100.1"], "::1");
    }

    #[test]
    fn behind_trusted_proxies_the_rightmost_untrusted_hop_is_the_client() {
        check("10.0.0.1", &[b"198.51.100.1"], "198.51.100.1");
        check("::ffff:10.0.0.1", &[b"198.51.100.1"], "198.51.100.1");
        check("10.0.0.1", &[b"203.0.113.9, 198.51.100.1"], "198.51.100.1");
        check(
            "10.0.0.1",
            &[b"203.0.113.9,198.51.100.1, 10.1.1.1"],
            "198.51.100.1",
        );
        check(
            "10.0.0.1",
            &[b"203.0.113.9", b"198.51.100.1"],
            "198.51.100.1",
        );
        check(
            "10.0.0.1",
            &[b"198.51.100.1", b"10.0.0.2", b"10.0.0.3"],
            "198.51.100.1",
        );
    }

    #[test]
    fn a_hop_may_have_brackets_and_a_port() {
        check("2001:db8::1", &[b"[2001:470::1]:443"], "2001:470::1");
        check("2001:db8::1", &[b"[2001:470::1]"], "2001:470::1");
        check(
            "10.0.0.1",
            &[b"2001:470::1, [2001:db8::2]:443"],
            "2001:470::1",
        );
        check("10.0.0.1", &[b"198.51.100.1:4711"], "198.51.100.1");
        check("10.0.0.1", &[b"::ffff:198.51.100.1"], "198.51.100.1");
        check("10.0.0.1", &[b"[2001:470::1"], "unknown");
    }

    #[test]
    fn what_a_reader_writes_before_the_proxys_own_hop_changes_nothing() {
        let claims: [&[u8]; 5] = [b"\xff", b"127.0.0.1", b"10.0.0.9", b"", b"\"x"];
        for claim in claims {
            let same_line = [claim, b", 198.51.100.1"].concat();
            check("10.0.0.1", &[&same_line], "198.51.100.1");
            check("10.0.0.1", &[claim, b"198.51.100.1"], "198.51.100.1");
        }
    }

    #[test]
    fn a_proxys_own_address_is_never_taken_for_a_clients() {
        check("10.0.0.1", &[], "unknown");
        check("127.0.0.1", &[], "unknown");
        check("127.0.0.1", &[b"\xff"], "unknown");
        check("127.0.0.1", &[b"unknown"], "unknown");
        check("10.0.0.1", &[b""], "unknown");
        check("10.0.0.1", &[b"198.51.100.1, garbage, 10.0.0.2"], "unknown");
        check("10.0.0.1", &[b"198.51.100.1", b"\xe9, 10.0.0.2"], "unknown");
        check("10.0.0.1", &[b"10.0.0.2, 127.0.0.1"], "unknown");
        check("10.0.0.1", &[b"::1"], "unknown");
        let chain = ["10.0.0.2"; MAX_HOPS].join(",");
        let longer = format!("198.51.100.1,{chain}");
        check("10.0.0.1", &[longer.as_bytes()], "unknown");
    }

    #[test]
    fn where_the_peer_isnt_known_what_is_said_isnt_asked() {
        check("unknown", &[], "unknown");
        check("unknown", &[b"198.51.100.1"], "unknown");
    }

    #[test]
    fn neighbours_share_a_network_and_loopback_has_none() {
        let net = |address: &str| network(Some(address.parse().expect("an address")));
        assert_eq!(net("192.0.2.1"), net("192.0.2.254"));
        assert_ne!(net("192.0.2.1"), net("192.0.3.1"));
        assert_eq!(net("2001:db8:0:1::1"), net("2001:db8:0:1:ffff::"));
        assert_ne!(net("2001:db8:0:1::1"), net("2001:db8:0:2::1"));
        let wide = |address: &str| neighbourhood(net(address).expect("a network"));
        assert_eq!(wide("192.0.2.1"), wide("192.15.255.9"));
        assert_ne!(wide("192.0.2.1"), wide("192.16.2.1"));
        assert_ne!(wide("192.0.2.1"), wide("193.0.2.1"));
        assert_eq!(wide("2001:db8::1"), wide("2001:db8:9::1"));
        assert_ne!(wide("2001:db8::1"), wide("2001:db9::1"));
        assert_eq!(net("127.0.0.1"), None);
        assert_eq!(net("::1"), None);
        let unknown = network(None);
        assert_eq!(unknown, Some(NOWHERE), "the unknown are one network");
        for known in ["192.0.2.1", "2001:db8::1"] {
            assert_ne!(net(known), unknown, "and nobody else is in it");
        }
    }
}
