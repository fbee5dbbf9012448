//! Delivery in words.

use commerce::address::PostalAddress;
use commerce::delivery::{Days, Refused, WishKind};
use jiff::civil::Date;
use prompts::Arg;
use store::delivery::Wished;

use crate::words::Speaker;

/// An address in a line, as short as tells one from another.
pub(super) fn in_a_line(address: &PostalAddress) -> String {
    let street = address.lines.first().map_or("", String::as_str);
    format!("{}, {street}, {}", address.name, address.city)
}

/// An address line by line.
pub(super) fn in_lines(speaker: &Speaker<'_>, address: PostalAddress) -> Vec<String> {
    let town = [address.postcode.as_deref(), Some(address.city.as_str())];
    let town: Vec<&str> = town.into_iter().flatten().collect();
    let town = town.join(" ");
    let mut lines = vec![address.name];
    lines.extend(address.lines);
    lines.push(town);
    lines.extend(address.region);
    lines.push(speaker.country(address.country));
    lines
}

/// What was wished for.
pub(super) fn wish_said(speaker: &Speaker<'_>, wished: &Wished) -> String {
    let is_one_day = wished.wish.last == Some(wished.wish.first);
    let first = speaker.date(wished.wish.first);
    let last = wished.wish.last.map(|last| speaker.date(last));
    let to = wished.address.as_ref().map(in_a_line).unwrap_or_default();
    let args = [
        ("first", Arg::Text(&first)),
        ("last", Arg::Text(last.as_deref().unwrap_or_default())),
        ("address", Arg::Text(&to)),
    ];
    let key = match (wished.wish.kind, &last) {
        (WishKind::Suspended, _) if is_one_day => "delivery-wish-suspended-day",
        (WishKind::Suspended, _) => "delivery-wish-suspended",
        (WishKind::Redirected(_), _) if is_one_day => "delivery-wish-redirected-day",
        (WishKind::Redirected(_), Some(_)) => "delivery-wish-redirected",
        (WishKind::Redirected(_), None) => "delivery-wish-for-good",
    };
    speaker.text(key, &args)
}

/// Days of delivery, those that follow each other together.
pub(super) fn spans_of(days: &Days, some: &[Date]) -> Vec<(Date, Date)> {
    let mut spans: Vec<(Date, Date)> = Vec::new();
    for day in some {
        match spans.last_mut() {
            Some((_, last)) if days.from(*last).nth(1) == Some(*day) => *last = *day,
            _ => spans.push((*day, *day)),
        }
    }
    spans
}

/// Days of delivery in words; `None` where there are none.
pub(super) fn days_said(speaker: &Speaker<'_>, days: &Days, some: &[Date]) -> Option<String> {
    let said = |(first, last): (Date, Date)| {
        let from = speaker.date(first);
        if first == last {
            return from;
        }
        let to = speaker.date(last);
        let args = [("first", Arg::Text(&from)), ("last", Arg::Text(&to))];
        speaker.text("delivery-days", &args)
    };
    let spans = spans_of(days, some).into_iter().map(said);
    spans.reduce(|before, next| {
        let args = [("before", Arg::Text(&before)), ("next", Arg::Text(&next))];
        speaker.text("delivery-days-and", &args)
    })
}

/// Why a wish isn't taken.
pub(super) fn refusal(speaker: &Speaker<'_>, refused: Refused) -> String {
    let dated = |key: &str, date| {
        let day = speaker.date(date);
        speaker.text(key, &[("day", Arg::Text(&day))])
    };
    let counted =
        |key: &str, count: u16| speaker.text(key, &[("count", Arg::Number(count.into()))]);
    match refused {
        Refused::TooEarly { first } => dated("delivery-refused-early", first),
        Refused::TooFar { last } => dated("delivery-refused-far", last),
        Refused::Overlaps { first } => dated("delivery-refused-overlaps", first),
        Refused::TooLong { days } => counted("delivery-refused-long", days),
        Refused::TooMany { most } => counted("delivery-refused-many", most),
        Refused::Backwards => speaker.text("delivery-refused-backwards", &[]),
        Refused::NoEnd => speaker.text("delivery-refused-no-end", &[]),
        Refused::NothingThen => speaker.text("delivery-refused-nothing", &[]),
        Refused::Full => speaker.text("delivery-refused-full", &[]),
        Refused::Over => speaker.text("delivery-refused-over", &[]),
    }
}
