//! Values as people write them: durations, sizes, dates, one or many.

use std::fmt;
use std::time::Duration;

use commerce::calendar::read_day;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde::de::{self, Deserializer, SeqAccess, Visitor};

/// `"60 s"`, `"100 ms"`, `"5 min"`, `"2 h"`, `"30 days"`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = split(text);
    let scale: f64 = match unit {
        "ms" => 0.001,
        "s" | "second" | "seconds" => 1.0,
        "min" | "minute" | "minutes" => 60.0,
        "h" | "hour" | "hours" => 3600.0,
        "d" | "day" | "days" => 86400.0,
        _ => {
            return Err(format!(
                "\"{text}\" isn't a length of time; write for example \"60 s\""
            ));
        }
    };
    let amount: f64 = number
        .parse()
        .map_err(|_| format!("\"{text}\" doesn't begin with a number"))?;
    Duration::try_from_secs_f64(amount * scale)
        .map_err(|_| format!("\"{text}\" is longer than any clock runs"))
}

/// A length of time that something can be waited for in.
pub(crate) fn positive(text: &str) -> Result<Duration, String> {
    match duration(text)? {
        Duration::ZERO => Err("nothing can be waited for in no time".to_owned()),
        length => Ok(length),
    }
}

/// `"256 MB"`, `"2 GB"`, `"64 KB"`, in powers of 1,024.
pub(crate) fn bytes(text: &str) -> Result<u64, String> {
    let (number, unit) = split(text);
    let shift = match unit {
        "B" => 0,
        "KB" | "kB" | "KiB" => 10,
        "MB" | "MiB" => 20,
        "GB" | "GiB" => 30,
        _ => {
            return Err(format!(
                "\"{text}\" isn't a size; write for example \"256 MB\""
            ));
        }
    };
    let amount: u64 = number
        .parse()
        .map_err(|_| format!("\"{text}\" isn't a whole number"))?;
    amount
        .checked_mul(1 << shift)
        .ok_or_else(|| format!("\"{text}\" is more than any machine has"))
}

fn split(text: &str) -> (&str, &str) {
    let text = text.trim();
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    (&text[..end], text[end..].trim())
}

/// An instant: a full timestamp, or a day or local time in `zone`.
///
/// A day stands for its first instant; with `inclusive`, for the first instant
/// of the next one, so that "until 31 January" is through that day.
pub(crate) fn instant(text: &str, zone: &TimeZone, inclusive: bool) -> Result<Timestamp, String> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant);
    }
    if let Some(date) = read_day(text) {
        let day = if inclusive { date.tomorrow() } else { Ok(date) };
        return day
            .and_then(|day| day.to_zoned_datetime(zone.clone()))
            .map(|zoned| zoned.timestamp())
            .map_err(|_| format!("\"{text}\" is later than clocks run; name an earlier day"));
    }
    text.parse::<jiff::civil::DateTime>()
        .and_then(|local| local.to_zoned_datetime(zone.clone()))
        .map(|zoned| zoned.timestamp())
        .map_err(|_| {
            format!(
                "\"{text}\" is neither a day (2026-01-31) nor a time (2026-01-31T18:00, \
                 2026-01-31T18:00:00Z)"
            )
        })
}

/// A date or time in TOML's own notation, or the same in quotes.
#[derive(Clone, Debug)]
pub(crate) struct When(pub(crate) String);

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Native(toml::value::Datetime),
            Quoted(String),
        }
        let error = |_| de::Error::custom("expected a date such as 2026-01-31");
        Either::deserialize(deserializer)
            .map_err(error)
            .map(|either| match either {
                Either::Native(native) => Self(native.to_string()),
                Either::Quoted(quoted) => Self(quoted),
            })
    }
}

/// `"a"` or `["a", "b"]`.
#[derive(Clone, Debug)]
pub(crate) struct Many(pub(crate) Vec<String>);

impl<'de> Deserialize<'de> for Many {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;

        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Many;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Many, E> {
                Ok(Many(vec![text.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Many, A::Error> {
                let mut many = Vec::new();
                while let Some(one) = list.next_element()? {
                    many.push(one);
                }
                Ok(Many(many))
            }
        }

        deserializer.deserialize_any(OneOrMany)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_a_number_and_a_unit() {
        assert_eq!(duration("60 s"), Ok(Duration::from_mins(1)));
        assert_eq!(duration("100ms"), Ok(Duration::from_millis(100)));
        assert_eq!(duration("1.5 h"), Ok(Duration::from_mins(90)));
        assert_eq!(duration("30 days"), Ok(Duration::from_hours(720)));
        for bad in ["", "60", "s", "60 fortnights", "-1 s", "1e300 h", "1..2 s"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn sizes_are_whole_numbers_in_powers_of_1024() {
        assert_eq!(bytes("256 MB"), Ok(256 << 20));
        assert_eq!(bytes("2GB"), Ok(2 << 30));
        for bad in ["", "256", "1.5 MB", "99999999999 GB", "MB"] {
            assert!(bytes(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_day_begins_in_the_publications_zone_and_may_be_meant_through_its_end() {
        let tokyo = TimeZone::get("Asia/Tokyo").expect("a zone");
        let say = |text, inclusive| instant(text, &tokyo, inclusive).map(|t| t.to_string());
        assert_eq!(
            say("2026-01-31", false).as_deref(),
            Ok("2026-01-30T15:00:00Z")
        );
        assert_eq!(
            say("2026-01-31", true).as_deref(),
            Ok("2026-01-31T15:00:00Z")
        );
        assert_eq!(
            say("2026-01-31T18:00", false).as_deref(),
            Ok("2026-01-31T09:00:00Z")
        );
        assert_eq!(
            say("2026-01-31T18:00:00Z", true).as_deref(),
            Ok("2026-01-31T18:00:00Z")
        );
        assert!(say("31 January", false).is_err());
        assert!(say("2026-02-30", false).is_err());
        let last = say("9999-12-31", true).expect_err("no day after it");
        assert!(last.contains("name an earlier day"), "{last}");
    }
}
