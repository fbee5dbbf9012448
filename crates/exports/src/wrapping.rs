//! What an export is in before it is one: packed, or in another encoding than UTF-8.
//!
//! Nothing is unpacked or turned here. It is told in words, where a reader of XML or JSON
//! would say that it makes no sense.

use std::io::BufRead;

use crate::error::Error;

/// How archives and encodings begin, what that is, and what to do.
const BEGINNINGS: [(&[u8], &str); 11] = [
    (b"\x1f\x8b", "packed with gzip; unpack it first"),
    (b"PK\x03\x04", "a ZIP archive; unpack it first"),
    (b"BZh", "packed with bzip2; unpack it first"),
    (b"\xfd7zXZ", "packed with xz; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd; unpack it first"),
    (b"\xff\xfe", "in UTF-16; save it as UTF-8 first"),
    (b"\xfe\xff", "in UTF-16; save it as UTF-8 first"),
    // Without a mark: what an export begins with, in two bytes each.
    (b"<\0", "in UTF-16; save it as UTF-8 first"),
    (b"\0<", "in UTF-16; save it as UTF-8 first"),
    (b"{\0", "in UTF-16; save it as UTF-8 first"),
    (b"\0{", "in UTF-16; save it as UTF-8 first"),
];

/// Refuses what is in something; nothing is read away.
pub(crate) fn refuse(source: &mut impl BufRead) -> Result<(), Error> {
    let begins = source.fill_buf().map_err(Error::Unreadable)?;
    let found = BEGINNINGS
        .iter()
        .find(|(start, _)| begins.starts_with(start));
    found.map_or(Ok(()), |&(_, what)| Err(Error::Wrapped(what)))
}
