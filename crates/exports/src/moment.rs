//! Moments as exports write them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;

/// `2019-03-05 10:22:33` in `zone`; `None` for no moment, such as `0000-00-00 00:00:00`.
pub(crate) fn local(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let moment: DateTime = text.trim().replacen(' ', "T", 1).parse().ok()?;
    Some(moment.to_zoned_datetime(zone.clone()).ok()?.timestamp())
}

/// A moment of a feed or of JSON: RFC 3339, RFC 2822, or a local one.
pub(crate) fn any(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    let exact: Option<Timestamp> = text.parse().ok();
    exact
        .or_else(|| Some(rfc2822::parse(text).ok()?.timestamp()))
        .or_else(|| local(text, zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_in_each_form_that_exports_have() {
        let zone = TimeZone::get("Europe/Berlin").expect("a zone");
        for (written, expected) in [
            ("2019-03-05 10:22:33", Some("2019-03-05T09:22:33Z")),
            ("2019-03-05T10:22:33.000Z", Some("2019-03-05T10:22:33Z")),
            ("2019-03-05T10:22:33+01:00", Some("2019-03-05T09:22:33Z")),
            (
                "Tue, 05 Mar 2019 10:22:33 +0000",
                Some("2019-03-05T10:22:33Z"),
            ),
            (
                "Tue, 05 Mar 2019 10:22:33 GMT",
                Some("2019-03-05T10:22:33Z"),
            ),
            ("0000-00-00 00:00:00", None),
            ("yesterday", None),
            ("", None),
        ] {
            let expected = expected.map(|moment| moment.parse().expect("a moment"));
            assert_eq!(any(written, &zone), expected, "{written}");
        }
    }
}
