//! Whether a host is this machine: what isn't encrypted goes nowhere else.

use std::net::IpAddr;

/// A name or an address, which may be in brackets as in URLs.
pub(crate) fn is_loopback(host: &str) -> bool {
    let bare = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    bare == "localhost"
        || bare
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_this_machine() {
        for host in ["localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "localhost.example.com",
            "192.0.2.1",
            "0.0.0.0",
            "::ffff:192.0.2.1",
            "[::1",
            "[[::1]]",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
