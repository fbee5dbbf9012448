//! The date of a response.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

/// How long the date of an HTTP response is (RFC 9110, 5.6.7).
const LENGTH: usize = "Sun, 06 Nov 1994 08:49:37 GMT".len();

/// The date as HTTP writes it, written anew once a second.
#[derive(Default)]
pub(super) struct Date {
    second: Option<i64>,
    written: Option<[u8; LENGTH]>,
}

impl Date {
    /// `None` for years that have no such form.
    pub(super) fn at(&mut self, now: Timestamp) -> Option<&[u8]> {
        if self.second != Some(now.as_second()) {
            self.second = Some(now.as_second());
            self.written = DateTimePrinter::new()
                .timestamp_to_rfc9110_string(&now)
                .ok()
                .and_then(|written| written.as_bytes().try_into().ok());
        }
        self.written.as_ref().map(<[u8; LENGTH]>::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_as_http_wants_it_and_goes_on() {
        let mut date = Date::default();
        for (now, written) in [
            ("1994-11-06T08:49:37.9Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
            ("1994-11-06T08:49:38Z", "Sun, 06 Nov 1994 08:49:38 GMT"),
            ("2026-11-24T23:59:59Z", "Tue, 24 Nov 2026 23:59:59 GMT"),
        ] {
            let now = now.parse().expect("a time");
            assert_eq!(date.at(now), Some(written.as_bytes()));
            assert_eq!(date.at(now), Some(written.as_bytes()), "asked again");
        }
        let long_ago = Timestamp::MIN;
        assert_eq!(date.at(long_ago), None);
    }
}
