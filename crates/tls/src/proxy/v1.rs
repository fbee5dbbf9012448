//! Version 1: a line of text, at most 107 bytes with its end.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::{HeaderError, Origin, Progress};

pub(super) const SIGNATURE: &[u8] = b"PROXY ";

/// The shortest line, `PROXY UNKNOWN` and its end. All others are longer, so
/// that much can be read at once; the rest comes byte by byte, for nothing but
/// the end tells where the end is.
pub(super) const SHORTEST: usize = 15;

/// The longest line: two whole IPv6 addresses and two ports of five digits.
const LONGEST: usize = 107;

pub(super) fn parse(bytes: &[u8]) -> Result<Progress, HeaderError> {
    let beginning = &bytes[..bytes.len().min(LONGEST)];
    let Some(end) = beginning.iter().position(|&byte| byte == b'\n') else {
        return match bytes.len() {
            ..SHORTEST => Ok(Progress::Needs(SHORTEST - bytes.len())),
            SHORTEST..LONGEST => Ok(Progress::Needs(1)),
            _ => Err(HeaderError::Malformed("its line has no end")),
        };
    };
    let line = bytes
        .get(SIGNATURE.len()..end)
        .and_then(|line| line.strip_suffix(b"\r"))
        .ok_or(HeaderError::Malformed("its line ends without a CR"))?;
    let line =
        std::str::from_utf8(line).map_err(|_| HeaderError::Malformed("its line isn't text"))?;
    origin(line).map(Progress::Complete)
}

/// What follows `PROXY `.
fn origin(line: &str) -> Result<Origin, HeaderError> {
    let (family, rest) = line.split_once(' ').unwrap_or((line, ""));
    let parse: fn(&str) -> Option<IpAddr> = match family {
        // What follows is to be ignored.
        "UNKNOWN" => return Ok(Origin::Untold),
        "TCP4" => |text| Some(text.parse::<Ipv4Addr>().ok()?.into()),
        "TCP6" => |text| Some(text.parse::<Ipv6Addr>().ok()?.to_canonical()),
        _ => return Err(HeaderError::Malformed("its family is none")),
    };
    let mut words = rest.split(' ');
    let mut word = || words.next().unwrap_or_default();
    let (from, to, from_port, to_port) = (word(), word(), word(), word());
    let addresses = (parse(from), parse(to), port(from_port), port(to_port));
    match (addresses, words.next()) {
        ((Some(from), Some(_), Some(port), Some(_)), None) => {
            Ok(Origin::Told(SocketAddr::new(from, port)))
        }
        _ => Err(HeaderError::Malformed("its addresses are none")),
    }
}

/// Digits without signs or needless zeros.
fn port(text: &str) -> Option<u16> {
    let plain = text == "0" || text.starts_with(|first: char| matches!(first, '1'..='9'));
    text.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Result<Origin, &str>) {
        let expected = expected.map(Progress::Complete).map_err(str::to_owned);
        let found = parse(format!("{line}\r\n").as_bytes()).map_err(|error| match error {
            HeaderError::Malformed(what) => what.to_owned(),
            other => other.to_string(),
        });
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn addresses_are_told_in_one_line() {
        let told = |text: &str| Ok(Origin::Told(text.parse().expect("an address")));
        let rows = [
            (
                "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535",
                told("255.255.255.255:65535"),
            ),
            (
                "PROXY TCP4 192.0.2.7 198.51.100.1 0 443",
                told("192.0.2.7:0"),
            ),
            ("PROXY TCP6 2001:db8::1 ::1 1 2", told("[2001:db8::1]:1")),
            ("PROXY TCP6 ::ffff:192.0.2.7 ::1 1 2", told("192.0.2.7:1")),
            (
                "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff \
                 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535",
                told("[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535"),
            ),
            ("PROXY UNKNOWN", Ok(Origin::Untold)),
            ("PROXY UNKNOWN ffff::1 what ever it is", Ok(Origin::Untold)),
        ];
        for (line, expected) in rows {
            check(line, expected);
        }
    }

    #[test]
    fn a_line_that_says_it_differently_is_refused() {
        let addresses = "its addresses are none";
        let rows = [
            ("PROXY TCP4", addresses),
            ("PROXY TCP4 192.0.2.7 198.51.100.1 1", addresses),
            ("PROXY TCP4 192.0.2.7 198.51.100.1 1 2 3", addresses),
            ("PROXY TCP4 192.0.2.7 198.51.100.1 1 2 ", addresses),
            ("PROXY TCP4  192.0.2.7 198.51.100.1 1 2", addresses),
            ("PROXY TCP4 192.0.2.07 198.51.100.1 1 2", addresses),
            ("PROXY TCP4 192.0.2.7 198.51.100.1 +1 2", addresses),
            ("PROXY TCP4 192.0.2.7 198.51.100.1 01 2", addresses),
            ("PROXY TCP4 192.0.2.7 198.51.100.1 65536 2", addresses),
            ("PROXY TCP4 ::1 ::1 1 2", addresses),
            ("PROXY TCP6 192.0.2.7 198.51.100.1 1 2", addresses),
            ("PROXY TCP6 fe80::1%eth0 ::1 1 2", addresses),
            ("PROXY TCP4 evil.example 198.51.100.1 1 2", addresses),
            (
                "PROXY UDP4 192.0.2.7 198.51.100.1 1 2",
                "its family is none",
            ),
            ("PROXY unknown padding", "its family is none"),
            ("PROXY  UNKNOWN padding", "its family is none"),
        ];
        for (line, expected) in rows {
            check(line, Err(expected));
        }
    }

    #[test]
    fn a_line_ends_with_both_signs_and_in_time() {
        let endless = format!("PROXY UNKNOWN {}", "x".repeat(LONGEST));
        let longest = format!("PROXY UNKNOWN {}\r\n", "x".repeat(LONGEST - 16));
        let longer = format!("PROXY UNKNOWN {}\r\n", "x".repeat(LONGEST - 15));
        let rows = [
            (b"PROXY UNKNOWN\n".to_vec(), None),
            (b"PROXY \n".to_vec(), None),
            (b"PROXY UNKNOWN \xff\n".to_vec(), None),
            (endless.into_bytes(), None),
            (
                longest.into_bytes(),
                Some(Progress::Complete(Origin::Untold)),
            ),
            (longer.into_bytes(), None),
        ];
        for (bytes, expected) in rows {
            let shown = String::from_utf8_lossy(&bytes).into_owned();
            assert_eq!(parse(&bytes).ok(), expected, "{shown}");
        }
    }
}
