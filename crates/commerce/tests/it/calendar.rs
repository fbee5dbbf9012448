//! Months that end when months end, leap days, and days that clocks make
//! longer or shorter.

use crate::support::*;
use ludgate_commerce::calendar::{Anchor, Interval};

/// The ends of the first periods of something paid every `every`, begun then.
#[track_caller]
fn check(zone_name: &str, begun: &str, every: Interval, ends: &[&str]) {
    let zone = zone(zone_name);
    let mut anchor = Anchor::new(local(&zone, begun), &zone);
    let mut found = Vec::new();
    for _ in ends {
        anchor = anchor.after(every).expect("in the calendar");
        found.push(written(&zone, anchor.instant(&zone).expect("an instant")));
    }
    assert_eq!(found, ends, "{begun} in {zone_name}");
}

#[test]
fn a_month_ends_on_its_day_or_on_its_last() {
    let month = Interval::MONTH;
    check(
        "Asia/Tokyo",
        "2027-01-31 10:00",
        month,
        &[
            "2027-02-28 10:00",
            "2027-03-31 10:00",
            "2027-04-30 10:00",
            "2027-05-31 10:00",
        ],
    );
    check(
        "Asia/Tokyo",
        "2028-01-30",
        month,
        &["2028-02-29", "2028-03-30", "2028-04-30"],
    );
    check(
        "Asia/Tokyo",
        "2027-11-29",
        month,
        &["2027-12-29", "2028-01-29", "2028-02-29", "2028-03-29"],
    );
    check(
        "Asia/Tokyo",
        "2027-08-31",
        Interval::Months(3),
        &["2027-11-30", "2028-02-29", "2028-05-31", "2028-08-31"],
    );
}

#[test]
fn who_begins_on_the_29th_of_february_renews_on_the_28th_until_there_is_another() {
    check(
        "Europe/London",
        "2028-02-29 08:00",
        Interval::YEAR,
        &[
            "2029-02-28 08:00",
            "2030-02-28 08:00",
            "2031-02-28 08:00",
            "2032-02-29 08:00",
        ],
    );
}

#[test]
fn a_hundred_years_of_month_ends_never_drift() {
    let zone = zone("Europe/Paris");
    for day in ["2027-01-29", "2027-01-30", "2027-01-31"] {
        let first = local(&zone, day);
        let mut anchor = Anchor::new(first, &zone);
        let wanted = zone.civil(first).day();
        for _ in 0..1_200 {
            anchor = anchor.after(Interval::MONTH).expect("in the calendar");
            let date = zone
                .civil(anchor.instant(&zone).expect("an instant"))
                .date();
            assert_eq!(date.day(), wanted.min(date.days_in_month()), "{date}");
        }
    }
}

#[test]
fn the_time_of_day_stays_when_clocks_change() {
    // Spring: 02:30 doesn't exist on 28 March 2027 in Paris; only that once it
    // is 03:30.
    check(
        "Europe/Paris",
        "2027-02-28 02:30",
        Interval::MONTH,
        &["2027-03-28 03:30", "2027-04-28 02:30"],
    );
    // Autumn: 02:30 comes twice on 31 October; the first is meant.
    let paris = zone("Europe/Paris");
    let anchor = Anchor::new(local(&paris, "2027-08-31 02:30"), &paris);
    let end = anchor.after(Interval::Months(2)).expect("an anchor");
    let end = end.instant(&paris).expect("an instant");
    assert_eq!(end.to_string(), "2027-10-31T00:30:00Z");
    // A day in which an hour is missing is a day all the same.
    check(
        "America/New_York",
        "2027-03-13 12:00",
        Interval::DAY,
        &["2027-03-14 12:00", "2027-03-15 12:00"],
    );
    // And one that a whole country skipped is passed over.
    check(
        "Pacific/Apia",
        "2011-11-30 09:00",
        Interval::MONTH,
        &["2011-12-31 09:00", "2012-01-30 09:00"],
    );
}

#[test]
fn a_subscription_renews_at_its_time_of_day_the_year_round() {
    let mut world = World::of(catalog_in("America/New_York"), "2027-01-15 09:00");
    world.pays = true;
    world.takes("standard");
    world.goes_to("2027-12-15 08:59:59");
    for (month, fact) in world
        .history
        .iter()
        .filter_map(|fact| match fact {
            ludgate_commerce::subscription::Fact::PeriodStarted(cycle) => Some(cycle.clone()),
            _ => None,
        })
        .enumerate()
    {
        let start = world.catalog.zone.civil(fact.period.start);
        let found = (usize::try_from(start.month()), start.day(), start.hour());
        assert_eq!(found, (Ok(month + 1), 15, 9));
    }
    assert_eq!(world.state().payments.payments().count(), 11);
}

#[test]
fn a_phase_of_days_moves_the_day_of_the_month_and_a_phase_of_months_doesnt() {
    let zone = zone("Asia/Tokyo");
    let begun = Anchor::new(local(&zone, "2027-01-31"), &zone);
    let end = |steps: &[Interval]| {
        let anchor = steps
            .iter()
            .try_fold(begun, |anchor, step| anchor.after(*step))
            .expect("in the calendar");
        written(&zone, anchor.instant(&zone).expect("an instant"))
    };
    let (month, week) = (Interval::MONTH, Interval::Days(7));
    assert_eq!(end(&[Interval::Months(3)]), "2027-04-30");
    assert_eq!(end(&[Interval::Months(3), month]), "2027-05-31");
    assert_eq!(end(&[week, month]), "2027-03-07");
    assert_eq!(end(&[month, week, month]), "2027-04-07");
}

#[test]
fn an_anchor_is_never_before_what_it_is_set_to_though_hours_come_twice() {
    let zone = zone("Europe/London");
    for (at, anchored) in [
        ("2027-06-01T12:00:00Z", "2027-06-01T12:00:00Z"),
        ("2027-06-01T12:00:00.000001Z", "2027-06-01T12:00:01Z"),
        ("2027-06-01T12:00:00.999999Z", "2027-06-01T12:00:01Z"),
        // Half past one by summer time, and an hour later by winter time.
        ("2027-10-31T00:30:00Z", "2027-10-31T00:30:00Z"),
        ("2027-10-31T01:30:00Z", "2027-10-31T02:30:00Z"),
    ] {
        let at = at.parse().expect("a time");
        let anchor = Anchor::not_before(at, &zone).expect("in the calendar");
        let found = anchor.instant(&zone).expect("an instant");
        assert_eq!(found.to_string(), anchored, "{at}");
    }
}
