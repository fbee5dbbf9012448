//! What comes where in the next weeks, by days that are alike.

use commerce::address::PostalAddress;
use commerce::delivery::{Fate, Schedule, Wish, WishKind, due_on, fate};
use jiff::civil::Date;
use jiff::{Span as Time, Timestamp};
use prompts::Arg;
use store::delivery::Place;

use super::page::Found;
use super::view::Span;
use super::words::in_a_line;
use crate::words::Speaker;

/// How many days are shown: four weeks.
const DAYS: i32 = 28;

/// What becomes of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// As is wished.
    Fate(Fate),
    /// Print doesn't belong to the subscription then.
    Nothing,
}

/// The next weeks, days that are alike together.
pub(super) fn spans(
    speaker: &Speaker<'_>,
    found: &Found,
    schedule: &Schedule,
    now: Timestamp,
) -> Vec<Span> {
    let wishes: Vec<Wish> = found.wishes.iter().map(|one| one.wish.clone()).collect();
    let kept = found.home.as_ref().map(|home| home.kept);
    let today = schedule.zone.civil(now).date();
    let end = today.saturating_add(Time::new().days(DAYS));
    let dated = (schedule, &found.exported);
    let then = |day| match due_on(&found.subscription, day, &schedule.zone) {
        Ok(Some(_)) => Then::Fate(fate(kept, &wishes, day, dated)),
        Ok(None) | Err(_) => Then::Nothing,
    };
    let mut runs: Vec<(Date, Date, i64, Then)> = Vec::new();
    for day in schedule.days.from(today).take_while(|day| *day < end) {
        let then = then(day);
        match runs.last_mut() {
            Some((_, last, count, before)) if *before == then => {
                *last = day;
                *count += 1;
            }
            _ => runs.push((day, day, 1, then)),
        }
    }
    let said = |(first, last, count, then)| Span {
        when: when(speaker, first, last, count),
        what: what(speaker, found, then),
        state: state(then),
    };
    runs.into_iter().map(said).collect()
}

fn when(speaker: &Speaker<'_>, first: Date, last: Date, count: i64) -> String {
    let from = speaker.date(first);
    if first == last {
        return from;
    }
    let to = speaker.date(last);
    let args = [
        ("first", Arg::Text(&from)),
        ("last", Arg::Text(&to)),
        ("count", Arg::Number(count)),
    ];
    speaker.text("delivery-span", &args)
}

fn what(speaker: &Speaker<'_>, found: &Found, then: Then) -> String {
    let home = found.home.as_ref().map(|home: &Place| &home.address);
    let address: Option<&PostalAddress> = match then {
        Then::Fate(Fate::Home(_)) => home,
        Then::Fate(Fate::Elsewhere(id, _)) => {
            let mut there = found.wishes.iter();
            there
                .find(|one| one.wish.kind == WishKind::Redirected(id))
                .and_then(|one| one.address.as_ref())
        }
        _ => None,
    };
    let address = address.map(in_a_line).unwrap_or_default();
    let args = [
        ("state", Arg::Word(state(then))),
        ("address", Arg::Text(&address)),
    ];
    speaker.text("delivery-state", &args)
}

fn state(then: Then) -> &'static str {
    match then {
        Then::Fate(Fate::Home(_)) => "home",
        Then::Fate(Fate::Elsewhere(..)) => "elsewhere",
        Then::Fate(Fate::Suspended) => "suspended",
        Then::Fate(Fate::NoAddress) => "missing",
        Then::Nothing => "none",
    }
}
