//! A small publication for the tests: what it sells, a clock that moves, and
//! facts in brief.

mod brief;
mod shop;
mod world;

pub(crate) use brief::{brief, brief_gift};
pub(crate) use shop::*;
pub(crate) use world::World;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use ludgate_commerce::calendar::Zone;
use ludgate_commerce::money::{Currency, Money};

pub(crate) fn zone(name: &str) -> Zone {
    Zone::new(TimeZone::get(name).expect("a zone")).expect("a name")
}

/// `2027-01-31 09:00` or `2027-01-31`, in a zone.
pub(crate) fn local(zone: &Zone, text: &str) -> Timestamp {
    let text = text.replace(' ', "T");
    let civil: DateTime = text.parse().expect("a date and time");
    zone.instant(civil).expect("in the calendar")
}

/// An instant as its zone writes it, without a time of day at midnight and
/// without seconds on the minute.
pub(crate) fn written(zone: &Zone, at: Timestamp) -> String {
    let civil = zone.civil(at);
    let text = civil.strftime("%Y-%m-%d %H:%M:%S").to_string();
    let text = text.strip_suffix(":00").unwrap_or(&text);
    text.strip_suffix(" 00:00").unwrap_or(text).to_owned()
}

pub(crate) fn money(text: &str) -> Money {
    text.parse().expect("an amount")
}

pub(crate) fn currency(code: &str) -> Currency {
    Currency::parse(code).expect("a currency")
}
