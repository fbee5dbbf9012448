//! Version 2: a signature, a command, a family, a length, and so many bytes.
//!
//! What a proxy adds after the addresses is skipped by its length; none of it is
//! needed, and what isn't read can't be misread.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::{HeaderError, MAX, Origin, Progress};

pub(super) const SIGNATURE: &[u8; 12] = b"\r\n\r\n\0\r\nQUIT\n";

/// The signature, the version with the command, the family with the transport,
/// and the length of the rest.
const FIXED: usize = 16;

pub(super) fn parse(bytes: &[u8]) -> Result<Progress, HeaderError> {
    let Some((fixed, rest)) = bytes.split_first_chunk::<FIXED>() else {
        return Ok(Progress::Needs(FIXED - bytes.len()));
    };
    let [.., command, family, high, low] = *fixed;
    let length = usize::from(u16::from_be_bytes([high, low]));
    if command >> 4 != 2 {
        return Err(HeaderError::Malformed("its version is none"));
    }
    if FIXED + length > MAX {
        return Err(HeaderError::TooLong);
    }
    let Some(block) = rest.get(..length) else {
        return Ok(Progress::Needs(length - rest.len()));
    };
    match command & 0x0f {
        // What follows is to be ignored, the family included.
        0 => Ok(Progress::Complete(Origin::Proxy)),
        1 => origin(family, block).map(Progress::Complete),
        _ => Err(HeaderError::Malformed("its command is none")),
    }
}

fn origin(family: u8, block: &[u8]) -> Result<Origin, HeaderError> {
    let short = HeaderError::Malformed("it is shorter than its addresses");
    let (size, from, port) = match family {
        0x00 => return Ok(Origin::Untold),
        0x11 => (12, block.first_chunk().copied().map(v4), block.get(8..10)),
        0x21 => (36, block.first_chunk().copied().map(v6), block.get(32..34)),
        // Datagrams and sockets of UNIX are well-formed, and tell no address
        // that a connection of ours could come from.
        0x12 => (12, None, None),
        0x22 => (36, None, None),
        0x31 | 0x32 => (216, None, None),
        _ => return Err(HeaderError::Malformed("its family is none")),
    };
    if block.len() < size {
        return Err(short);
    }
    match (from, port) {
        (Some(from), Some(&[high, low])) => Ok(Origin::Told(SocketAddr::new(
            from,
            u16::from_be_bytes([high, low]),
        ))),
        _ => Ok(Origin::Untold),
    }
}

fn v4(octets: [u8; 4]) -> IpAddr {
    Ipv4Addr::from(octets).into()
}

fn v6(octets: [u8; 16]) -> IpAddr {
    Ipv6Addr::from(octets).to_canonical()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(command: u8, family: u8, block: &[u8]) -> Vec<u8> {
        let length = u16::try_from(block.len()).expect("short").to_be_bytes();
        [&SIGNATURE[..], &[command, family], &length, block].concat()
    }

    fn told(text: &str) -> Origin {
        Origin::Told(text.parse().expect("an address"))
    }

    #[test]
    fn every_command_and_family_of_the_specification_is_understood() {
        let four = [192, 0, 2, 7, 198, 51, 100, 1, 0x12, 0x34, 1, 187];
        let mut six = [0; 36];
        six[..4].copy_from_slice(&[0x20, 1, 0x0d, 0xb8]);
        six[15] = 1;
        six[32..].copy_from_slice(&[0xff, 0xff, 1, 187]);
        let mut mapped = six;
        mapped[..16].copy_from_slice(&Ipv4Addr::new(192, 0, 2, 7).to_ipv6_mapped().octets());
        let extra = |block: &[u8]| [block, &[0x20, 0, 3, 1, 2, 3], &[0xee; 100]].concat();
        let (proxy, untold) = (Origin::Proxy, Origin::Untold);
        let rows = [
            (0x21, 0x11, four.to_vec(), told("192.0.2.7:4660")),
            (0x21, 0x11, extra(&four), told("192.0.2.7:4660")),
            (0x21, 0x21, six.to_vec(), told("[2001:db8::1]:65535")),
            (0x21, 0x21, extra(&six), told("[2001:db8::1]:65535")),
            (0x21, 0x21, mapped.to_vec(), told("192.0.2.7:65535")),
            (0x21, 0x12, four.to_vec(), untold),
            (0x21, 0x22, six.to_vec(), untold),
            (0x21, 0x31, vec![b'/'; 216], untold),
            (0x21, 0x32, vec![b'/'; 216], untold),
            (0x21, 0x00, vec![], untold),
            (0x21, 0x00, vec![9; 50], untold),
            (0x20, 0x00, vec![], proxy),
            (0x20, 0x11, four.to_vec(), proxy),
            (0x20, 0xff, vec![1, 2, 3], proxy),
        ];
        for (command, family, block, expected) in rows {
            let found = parse(&header(command, family, &block));
            let expected = Ok(Progress::Complete(expected));
            assert_eq!(found, expected, "{command:x} {family:x}");
        }
    }

    #[test]
    fn what_isnt_of_the_specification_is_refused() {
        let long = vec![0; MAX - FIXED + 1];
        let rows: &[(u8, u8, &[u8], &str)] = &[
            (0x11, 0x11, &[0; 12], "version"),
            (0x31, 0x11, &[0; 12], "version"),
            (0x22, 0x11, &[0; 12], "command"),
            (0x2f, 0x11, &[0; 12], "command"),
            (0x21, 0x10, &[0; 216], "family"),
            (0x21, 0x13, &[0; 216], "family"),
            (0x21, 0x41, &[0; 216], "family"),
            (0x21, 0x01, &[0; 216], "family"),
            (0x21, 0xff, &[0; 216], "family"),
            (0x21, 0x11, &[0; 11], "shorter"),
            (0x21, 0x21, &[0; 35], "shorter"),
            (0x21, 0x31, &[0; 215], "shorter"),
            (0x21, 0x11, &long, "longer than 1024"),
            (0x20, 0x00, &long, "longer than 1024"),
        ];
        for (command, family, block, what) in rows {
            let error = parse(&header(*command, *family, block)).expect_err(what);
            assert!(error.to_string().contains(what), "{error}");
        }
        let longest = vec![0; MAX - FIXED];
        assert!(parse(&header(0x21, 0x11, &longest)).is_ok());
    }

    #[test]
    fn a_length_that_is_too_long_is_refused_before_the_rest_comes() {
        let mut beginning = header(0x21, 0x11, &[]);
        beginning[14..16].copy_from_slice(&[0xff, 0xff]);
        assert_eq!(parse(&beginning), Err(HeaderError::TooLong));
    }
}
