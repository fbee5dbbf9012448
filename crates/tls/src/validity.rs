//! When a certificate is valid, read from its DER (RFC 5280, 4.1).
//!
//! The TLS library judges certificates of others, and keeps these times to
//! itself; a server has to know them of its own. Nothing else is read here, and
//! nothing here decides whether a certificate can be trusted.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

const INTEGER: u8 = 0x02;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const SEQUENCE: u8 = 0x30;
/// The version's explicit tag; absent in certificates of the first version.
const VERSION: u8 = 0xa0;

/// RFC 5280's year that means "no end", one day beyond what timestamps reach.
const NO_END: i16 = 9999;

/// The time in which a certificate is valid, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// The first moment.
    pub not_before: Timestamp,
    /// The last moment.
    pub not_after: Timestamp,
}

impl Validity {
    /// Of the certificate that is `der`; `None` where it isn't one.
    pub(crate) fn of(der: &[u8]) -> Option<Self> {
        let (certificate, _) = element(der, SEQUENCE)?;
        let (mut rest, _) = element(certificate, SEQUENCE)?;
        if let Some((_, after)) = element(rest, VERSION) {
            rest = after;
        }
        // Its serial number, the algorithm of its signature, its issuer.
        for tag in [INTEGER, SEQUENCE, SEQUENCE] {
            (_, rest) = element(rest, tag)?;
        }
        let (validity, _) = element(rest, SEQUENCE)?;
        let (not_before, rest) = time(validity)?;
        let (not_after, _) = time(rest)?;
        Some(Self {
            not_before,
            not_after,
        })
    }

    /// Whether `now` is within it.
    pub fn covers(&self, now: Timestamp) -> bool {
        self.not_before <= now && now <= self.not_after
    }
}

/// The content of the element that `der` begins with, and what follows it;
/// `None` if it has another tag, or isn't whole.
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&[found, first], mut rest) = der.split_first_chunk()?;
    if found != tag {
        return None;
    }
    let mut length = usize::from(first);
    if first & 0x80 != 0 {
        // Three bytes of length tell of sixteen megabytes; no certificate has more.
        let (digits, after) = rest.split_at_checked(usize::from(first & 0x7f))?;
        if digits.is_empty() || digits.len() > 3 {
            return None;
        }
        length = digits
            .iter()
            .fold(0, |length, digit| length << 8 | usize::from(*digit));
        rest = after;
    }
    rest.split_at_checked(length)
}

fn time(der: &[u8]) -> Option<(Timestamp, &[u8])> {
    if let Some((text, rest)) = element(der, UTC_TIME) {
        let (year, text) = number(text, 2)?;
        // Two digits are of the years from 1950 on (RFC 5280, 4.1.2.5.1).
        let century = if year < 50 { 2000 } else { 1900 };
        return Some((moment(century + year, text)?, rest));
    }
    let (text, rest) = element(der, GENERALIZED_TIME)?;
    let (year, text) = number(text, 4)?;
    Some((moment(year, text)?, rest))
}

/// The rest of a time after its year: `MMDDHHMMSSZ`.
fn moment(year: i16, text: &[u8]) -> Option<Timestamp> {
    let mut parts = [0i8; 5];
    let mut rest = text;
    for part in &mut parts {
        let (value, after) = number(rest, 2)?;
        *part = i8::try_from(value).ok()?;
        rest = after;
    }
    if rest != b"Z" {
        return None;
    }
    let [month, day, hour, minute, second] = parts;
    let date = DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
    match TimeZone::UTC.to_timestamp(date) {
        Ok(timestamp) => Some(timestamp),
        Err(_) => (year == NO_END).then_some(Timestamp::MAX),
    }
}

fn number(text: &[u8], digits: usize) -> Option<(i16, &[u8])> {
    let (number, rest) = text.split_at_checked(digits)?;
    if !number.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = number
        .iter()
        .fold(0, |value, digit| value * 10 + i16::from(digit - b'0'));
    Some((value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{Site, at};

    #[test]
    fn both_ways_of_writing_a_time_are_read() {
        let rows = [
            ("2026-01-02T00:00:00Z", "2026-04-02T00:00:00Z"),
            ("1950-01-01T00:00:00Z", "2049-12-31T00:00:00Z"),
            ("1975-01-01T00:00:00Z", "4096-01-01T00:00:00Z"),
            ("2050-01-01T00:00:00Z", "9999-01-01T00:00:00Z"),
        ];
        for (from, until) in rows {
            let site = Site::new(&["a.example"]).valid(from, until).make();
            let expected = Validity {
                not_before: at(from),
                not_after: at(until),
            };
            assert_eq!(Validity::of(site.der()), Some(expected), "{from} {until}");
        }
    }

    #[test]
    fn a_certificate_without_an_end_is_valid_until_time_ends() {
        assert_eq!(moment(9999, b"1231235959Z"), Some(Timestamp::MAX));
    }

    #[test]
    fn times_that_are_none_are_refused() {
        let rows: &[&[u8]] = &[
            b"",
            b"Z",
            b"0101000000",
            b"0101000000+0100",
            b"1301000000Z",
            b"0230000000Z",
            b"0101240000Z",
            b"010100000Z",
            b"01010000-1Z",
            b"0101000000ZZ",
        ];
        for row in rows {
            let shown = String::from_utf8_lossy(row);
            assert_eq!(moment(2026, row), None, "{shown}");
        }
    }

    #[test]
    fn a_certificate_that_is_cut_short_or_isnt_one_has_no_validity() {
        let site = Site::new(&["a.example"]).make();
        let der = site.der();
        for end in 0..der.len() {
            assert_eq!(Validity::of(&der[..end]), None, "{end}");
        }
        let endless = [SEQUENCE, 0x84, 0xff, 0xff, 0xff, 0xff];
        let unsaid = [SEQUENCE, 0x80, 0, 0];
        for nonsense in [&endless[..], &unsaid, b"-----BEGIN", &[0; 64]] {
            assert_eq!(Validity::of(nonsense), None, "{nonsense:?}");
        }
    }

    #[test]
    fn a_damaged_byte_never_does_worse_than_another_time() {
        let site = Site::new(&["a.example"]).make();
        for index in 0..site.der().len().min(200) {
            for flipped in 1..=u8::MAX {
                let mut der = site.der().to_vec();
                der[index] ^= flipped;
                let _ = Validity::of(&der);
            }
        }
    }

    #[test]
    fn both_ends_belong_to_it() {
        let (from, until) = ("2026-01-02T00:00:00Z", "2026-04-02T00:00:00Z");
        let validity = Validity {
            not_before: at(from),
            not_after: at(until),
        };
        let rows = [
            ("2026-01-01T23:59:59Z", false),
            (from, true),
            (until, true),
            ("2026-04-02T00:00:01Z", false),
        ];
        for (now, expected) in rows {
            assert_eq!(validity.covers(at(now)), expected, "{now}");
        }
    }
}
