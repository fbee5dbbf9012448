//! What is delivered where on which day.

use access::EntitlementName;
use jiff::Timestamp;
use jiff::civil::{Date, Weekday, date, time};
use ludgate_commerce::delivery::*;
use ludgate_commerce::ids::{AddressId, DeliveryWishId, PaymentMethodId, SubscriptionId};
use ludgate_commerce::payment::DeclineReason;
use ludgate_commerce::subscription::*;
use ludgate_commerce::terms::Terms;

use crate::support::*;

const HOME: AddressId = AddressId::new(1);
const HUT: AddressId = AddressId::new(2);
const NEW: AddressId = AddressId::new(3);

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// The exports of days, numbered from 1.
fn exports(days: &[&str]) -> Exported {
    let standing = days.iter().map(|text| day(text)).zip(1..);
    Exported::new(i64::try_from(days.len()).expect("few"), standing)
}

fn none() -> Exported {
    Exported::default()
}

fn at(text: &str) -> Timestamp {
    local(&zone("Asia/Tokyo"), text)
}

/// Monday to Saturday, settled two days before at noon.
fn schedule() -> Schedule {
    Schedule {
        zone: zone("Asia/Tokyo"),
        days: Days {
            weekdays: vec![
                Weekday::Monday,
                Weekday::Tuesday,
                Weekday::Wednesday,
                Weekday::Thursday,
                Weekday::Friday,
                Weekday::Saturday,
            ],
            also: [date(2026, 12, 27)].into(),
            except: [date(2026, 12, 25)].into(),
        },
        lead_days: 2,
        closes: time(12, 0, 0, 0),
        in_grace: true,
        limits: Limits {
            suspensions_a_year: 2,
            longest_days: 21,
            ahead_days: 180,
        },
    }
}

fn wish(kind: WishKind, first: &str, last: &str, made: &str) -> Wish {
    Wish {
        id: DeliveryWishId::new(1),
        subscription: SubscriptionId::new(1),
        kind,
        first: day(first),
        last: (!last.is_empty()).then(|| day(last)),
        made: at(made),
        beside: Made::default(),
    }
}

fn stop(first: &str, last: &str) -> Wish {
    wish(WishKind::Suspended, first, last, "2026-12-01 09:00")
}

fn move_to(address: AddressId, first: &str, last: &str) -> Wish {
    wish(
        WishKind::Redirected(address),
        first,
        last,
        "2026-12-01 09:00",
    )
}

#[test]
fn days_of_delivery_are_those_of_the_week_with_some_more_and_some_less() {
    let days = schedule().days;
    let from = |text: &str, count: usize| -> Vec<String> {
        let found = days.from(day(text)).take(count);
        found.map(|day| day.to_string()).collect()
    };
    assert_eq!(
        from("2026-12-24", 4),
        ["2026-12-24", "2026-12-26", "2026-12-27", "2026-12-28"]
    );
    assert_eq!(Days::default().from(day("2026-12-24")).next(), None);
}

#[test]
fn what_is_changed_after_the_hour_counts_for_a_day_later_and_what_is_exported_is_settled() {
    let check = |now: &str, exported: &[&str], expected: &str| {
        let (now, from) = (at(now), day("2026-11-01"));
        let open = schedule().next_open(now, from, &exports(exported));
        assert_eq!(
            open.map(|day| day.to_string()).as_deref(),
            Some(expected),
            "{now} {exported:?}"
        );
    };
    check("2026-11-30 11:59", &[], "2026-12-02");
    check("2026-11-30 12:00", &[], "2026-12-03");
    // The days of Tokyo, not of UTC: it is Tuesday there, and Monday still here.
    check("2026-12-01 00:30", &[], "2026-12-03");
    // Sunday has no delivery.
    check("2026-12-04 09:00", &[], "2026-12-07");
    let ahead = ["2026-12-02", "2026-12-03", "2026-12-05"];
    check("2026-11-30 09:00", &ahead, "2026-12-04");
    // One far ahead settles no day but its own.
    check("2026-11-30 09:00", &["2027-01-30"], "2026-12-02");
    check("2026-11-30 09:00", &["2026-11-28"], "2026-12-02");
    check("2026-12-23 09:00", &[], "2026-12-26");
}

#[test]
fn a_suspension_goes_before_another_address_and_one_for_a_while_before_one_for_good() {
    let kept = Kept {
        address: HOME,
        since: at("2026-10-01 09:00"),
    };
    let wishes = [
        move_to(NEW, "2026-12-20", ""),
        move_to(HUT, "2026-12-10", "2026-12-23"),
        stop("2026-12-14", "2026-12-16"),
    ];
    let check = |text: &str, expected: Fate| {
        let found = fate(Some(kept), &wishes, day(text), (&schedule(), &none()));
        assert_eq!(found, expected, "{text}");
    };
    let until = Moved::Until(day("2026-12-23"));
    check("2026-12-09", Fate::Home(HOME));
    check("2026-12-10", Fate::Elsewhere(HUT, until));
    check("2026-12-14", Fate::Suspended);
    check("2026-12-16", Fate::Suspended);
    check("2026-12-17", Fate::Elsewhere(HUT, until));
    check("2026-12-23", Fate::Elsewhere(HUT, until));
    check("2026-12-24", Fate::Elsewhere(NEW, Moved::ForGood));
    check("2027-12-24", Fate::Elsewhere(NEW, Moved::ForGood));
}

#[test]
fn an_address_that_becomes_known_later_replaces_one_for_good_that_had_begun() {
    let for_good = [move_to(NEW, "2026-12-20", "")];
    let check = |since: Option<&str>, expected: Fate| {
        let kept = since.map(|since| Kept {
            address: HOME,
            since: at(since),
        });
        let found = fate(kept, &for_good, day("2027-01-04"), (&schedule(), &none()));
        assert_eq!(found, expected, "{since:?}");
    };
    let moved = Fate::Elsewhere(NEW, Moved::ForGood);
    check(Some("2026-11-01 09:00"), moved);
    // A slip put right before the move isn't another move.
    check(Some("2026-12-05 09:00"), moved);
    check(Some("2026-12-22 09:00"), Fate::Home(HOME));
    check(None, moved);
    assert_eq!(
        fate(None, &[], day("2027-01-04"), (&schedule(), &none())),
        Fate::NoAddress
    );
}

#[test]
fn wishes_are_taken_within_the_publications_limits() {
    let others = [
        stop("2026-12-14", "2026-12-16"),
        move_to(HUT, "2027-01-11", "2027-01-15"),
        move_to(NEW, "2027-02-01", ""),
    ];
    let check = |new: Wish, expected: Option<&str>| {
        let found = may_begin(&new, &others, &schedule(), &none());
        assert_eq!(
            found.err().map(|error| error.to_string()).as_deref(),
            expected,
            "{new:?}"
        );
    };
    check(stop("2026-12-04", "2026-12-05"), None);
    check(
        stop("2026-12-02", "2026-12-05"),
        Some("the addresses of that day are settled; the next that can be changed is 2026-12-03"),
    );
    check(
        stop("2026-12-13", "2026-12-14"),
        Some("there is another from 2026-12-14 on that some of these days belong to"),
    );
    check(
        stop("2026-12-10", "2026-12-20"),
        Some("there is another from 2026-12-14 on that some of these days belong to"),
    );
    check(
        stop("2026-12-20", "2026-12-19"),
        Some("the last day is before the first"),
    );
    // A Sunday and a holiday.
    check(
        stop("2026-12-25", "2026-12-25"),
        Some("nothing is delivered on these days"),
    );
    check(stop("2026-12-17", "2027-01-06"), None);
    check(
        stop("2026-12-17", "2027-01-07"),
        Some("a suspension can last 21 days"),
    );
    check(
        stop("2026-12-18", ""),
        Some("a suspension needs a last day"),
    );
    check(
        stop("2027-07-01", "2027-07-02"),
        Some("that is too far ahead; it can begin until 2027-05-30"),
    );
    // Within a suspension it may go elsewhere, but only to one place.
    check(move_to(HUT, "2026-12-14", "2026-12-18"), None);
    check(
        move_to(HUT, "2027-01-15", "2027-01-18"),
        Some("there is another from 2027-01-11 on that some of these days belong to"),
    );
    check(move_to(HUT, "2027-01-04", ""), None);
    check(
        move_to(HUT, "2027-02-01", ""),
        Some("there is another from 2027-02-01 on that some of these days belong to"),
    );
}

#[test]
fn suspensions_are_counted_by_the_year_in_which_they_begin_and_ending_one_early_frees_none() {
    let mut others = vec![
        stop("2026-12-07", "2026-12-09"),
        stop("2026-12-10", "2026-12-11"),
    ];
    let new = |first: &str, last: &str| Wish {
        made: at("2026-12-08 09:00"),
        ..stop(first, last)
    };
    let most = Err(Refused::TooMany { most: 2 });
    let third = new("2026-12-28", "2027-01-02");
    assert_eq!(may_begin(&third, &others, &schedule(), &none()), most);
    let next_year = new("2027-01-02", "2027-01-04");
    assert_eq!(may_begin(&next_year, &others, &schedule(), &none()), Ok(()));
    // The first has begun: what of it is settled stays, and counts.
    let now = at("2026-12-07 09:00");
    let ended = undo(&others[0], &schedule(), &none(), now);
    assert_eq!(ended, Ok(Undone::Ends(day("2026-12-08"))));
    assert_eq!(may_begin(&third, &others, &schedule(), &none()), most);
    assert_eq!(
        undo(&others[1], &schedule(), &none(), at("2026-12-07 09:00")),
        Ok(Undone::Dropped)
    );
    others.pop();
    assert_eq!(may_begin(&third, &others, &schedule(), &none()), Ok(()));
}

#[test]
fn what_is_settled_of_a_wish_cannot_be_taken_back() {
    let one = stop("2026-12-07", "2026-12-19");
    let check = |now: &str, exported: &[&str], expected: Result<Undone, Refused>| {
        let found = undo(&one, &schedule(), &exports(exported), at(now));
        assert_eq!(found, expected, "{now} {exported:?}");
    };
    check("2026-12-05 11:00", &[], Ok(Undone::Dropped));
    // An export of other days is nothing to it.
    let others = ["2026-12-05", "2027-01-30"];
    check("2026-12-01 11:00", &others, Ok(Undone::Dropped));
    let ends = |text: &str| Ok(Undone::Ends(day(text)));
    check("2026-12-05 12:00", &[], ends("2026-12-07"));
    let except = |from: &str, after: i64| {
        let from = day(from);
        Ok(Undone::Except(Back { from, after }))
    };
    check("2026-12-01 12:00", &["2026-12-09"], except("2026-12-07", 1));
    let two = ["2026-12-12", "2026-12-09"];
    check("2026-12-08 12:00", &two, except("2026-12-11", 2));
    // What is left of it was exported, but for a Sunday.
    let rest = ["2026-12-18", "2026-12-19"];
    check("2026-12-15 12:00", &rest, Err(Refused::Over));
    check("2026-12-17 13:00", &[], Err(Refused::Over));
    check("2026-12-30 13:00", &[], Err(Refused::Over));
}

#[test]
fn a_wish_leaves_what_was_exported_before_as_it_is_and_holds_for_every_other_day() {
    let christmas = exports(&["2026-12-24", "2026-12-27"]);
    let (schedule, kept) = (
        schedule(),
        Some(Kept {
            address: HOME,
            since: at("2026-10-01 09:00"),
        }),
    );
    let mut away = stop("2026-12-20", "2027-01-03");
    assert_eq!(may_begin(&away, &[], &schedule, &christmas), Ok(()));
    away.beside.after = christmas.latest();
    let late = away.came_late_for(day("2026-12-01"), &schedule.days, &christmas);
    assert_eq!(late, [day("2026-12-24"), day("2026-12-27")]);
    let check = |wish: &Wish, exported: &Exported, expected: &[(&str, bool)]| {
        for (text, stops) in expected {
            let wishes = std::slice::from_ref(wish);
            let found = fate(kept, wishes, day(text), (&schedule, exported));
            assert_eq!(found == Fate::Suspended, *stops, "{text} of {wish:?}");
        }
    };
    let days = [
        ("2026-12-23", true),
        ("2026-12-24", false),
        ("2026-12-26", true),
        ("2026-12-27", false),
        ("2027-01-02", true),
    ];
    check(&away, &christmas, &days);
    // Once the export is void, it holds for its day as well.
    let voided = Exported::new(2, [(day("2026-12-27"), 2)]);
    check(
        &away,
        &voided,
        &[("2026-12-24", true), ("2026-12-27", false)],
    );
    // Nothing but days that were exported: there is nothing to take.
    let none_left = stop("2026-12-24", "2026-12-25");
    let first = day("2026-12-26");
    let refused = may_begin(&none_left, &[], &schedule, &christmas);
    assert_eq!(refused, Err(Refused::TooEarly { first }));
}

#[test]
fn taking_back_what_was_exported_for_some_days_leaves_those_and_no_others() {
    let schedule = schedule();
    let mut away = stop("2026-12-20", "2027-01-03");
    let ahead = exports(&["2026-12-24"]);
    let now = at("2026-12-05 09:00");
    let Ok(Undone::Except(back)) = undo(&away, &schedule, &ahead, now) else {
        panic!("it can be taken back");
    };
    away.beside.back = Some(back);
    let holds = |wish: &Wish, exported: &Exported| {
        let days = schedule.days.from(day("2026-12-01"));
        let days = days.take_while(|each| *each <= day("2027-01-05"));
        days.filter(|each| wish.holds_on(*each, exported))
            .collect::<Vec<_>>()
    };
    let eve = [day("2026-12-24")];
    assert_eq!(holds(&away, &ahead), eve);
    assert_eq!(away.left(day("2026-12-01"), &schedule.days, &ahead), eve);
    // It is no wish of a later export, and none at all once that one is void.
    let later = exports(&["2026-12-24", "2026-12-28"]);
    assert_eq!(holds(&away, &later), eve);
    let again = Exported::new(3, [(day("2026-12-24"), 3)]);
    assert_eq!(holds(&away, &again), []);
    assert_eq!(undo(&away, &schedule, &ahead, now), Err(Refused::Over));
    // The days that are free again can be wished for anew, for good as well.
    let anew = stop("2026-12-21", "2026-12-23");
    assert_eq!(may_begin(&anew, &[away.clone()], &schedule, &ahead), Ok(()));
    // It still counts among those of its year, as long as it is about a day.
    let others = [away.clone(), stop("2026-12-07", "2026-12-08")];
    let most = Err(Refused::TooMany { most: 2 });
    assert_eq!(may_begin(&anew, &others, &schedule, &ahead), most);
    assert_eq!(may_begin(&anew, &others, &schedule, &again), Ok(()));
    let for_good = move_to(NEW, "2026-12-20", "");
    let mut gone = for_good.clone();
    gone.beside.back = Some(back);
    assert_eq!(may_begin(&for_good, &[gone], &schedule, &ahead), Ok(()));
}

/// The day's copies of a subscription, and whether in grace.
fn copies(world: &World, text: &str) -> Option<(u32, bool)> {
    let due = due_on(world.state(), day(text), &world.catalog.zone).expect("in the calendar");
    due.map(|due| (due.copies, due.grace))
}

fn printed(terms: Terms) -> Terms {
    Terms {
        grants: ["read", "print"].map(EntitlementName::new).to_vec(),
        ..terms
    }
}

#[test]
fn a_copy_is_due_to_whoever_is_entitled_when_the_day_begins_in_the_publications_zone() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("paper");
    assert!(is_printed(world.state()));
    // It renews, so it is taken to go on.
    assert_eq!(copies(&world, "2027-02-20"), Some((1, false)));
    world.does(&Command::Cancel {
        when: CancelWhen::PeriodEnd,
        reason: CancelReason::Unsaid,
    });
    assert_eq!(copies(&world, "2027-02-01"), Some((1, false)));
    assert_eq!(copies(&world, "2027-02-02"), None);
    world.goes_to("2027-02-01 10:00");
    assert_eq!(copies(&world, "2027-02-01"), None);
    assert!(!is_printed(world.state()));
}

#[test]
fn an_end_at_midnight_there_is_the_end_of_the_day_before() {
    let mut world = World::paying("2027-01-01 00:00");
    world.takes("paper");
    world.does(&Command::Cancel {
        when: CancelWhen::PeriodEnd,
        reason: CancelReason::Unsaid,
    });
    // The period ends as February begins in Tokyo, on 31 January in UTC.
    assert_eq!(copies(&world, "2027-01-31"), Some((1, false)));
    assert_eq!(copies(&world, "2027-02-01"), None);
}

#[test]
fn who_pauses_gets_nothing_until_it_goes_on() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("paper");
    world.goes_to("2027-01-11 09:00");
    let resumes = Some(local(&world.catalog.zone, "2027-02-11 00:00"));
    world.does(&Command::Pause { resumes });
    assert_eq!(copies(&world, "2027-01-20"), None);
    assert_eq!(copies(&world, "2027-02-10"), None);
    assert_eq!(copies(&world, "2027-02-11"), Some((1, false)));
}

#[test]
fn grace_is_told_apart_and_ends() {
    let mut world = World::at("2027-01-01 09:00");
    world.takes("paper");
    world.paid();
    world.goes_to("2027-02-01 09:00");
    world.declined(DeclineReason::CardExpired);
    let Stage::PastDue { until } = world.state().stage else {
        panic!("{:?}", world.state().stage);
    };
    let last = world.catalog.zone.civil(until).date();
    assert_eq!(copies(&world, "2027-02-03"), Some((1, true)));
    assert_eq!(copies(&world, &last.to_string()), Some((1, true)));
    let after = last.tomorrow().expect("a day");
    assert_eq!(copies(&world, &after.to_string()), None);
}

#[test]
fn a_subscription_for_several_has_a_copy_for_each_seat() {
    let mut world = World::paying("2027-01-01 09:00");
    let team = printed(terms_for(&world.catalog, "team", "USD", 5));
    world
        .begins(team, Some(PaymentMethodId::new(1)))
        .expect("a beginning");
    assert_eq!(copies(&world, "2027-01-20"), Some((5, false)));
}

#[test]
fn a_change_of_plan_brings_print_and_takes_it_away_on_its_day() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("standard");
    assert!(!is_printed(world.state()));
    world.does(&Command::SetAddress { address: HOME });
    let change = |world: &mut World, offer: &str| {
        Command::ChangePlan(Box::new(ChangePlan {
            terms: world.terms(offer),
            intro: IntroOnChange::LeftOut,
            acceptance: acceptance(world.now),
            when: ChangeWhen::PeriodEnd,
            as_of: None,
            order: world.order(),
            refund: world.refund(),
        }))
    };
    let paper = change(&mut world, "paper");
    world.does(&paper);
    assert!(is_printed(world.state()));
    assert_eq!(copies(&world, "2027-02-01"), None);
    assert_eq!(copies(&world, "2027-02-02"), Some((1, false)));
    world.goes_to("2027-02-10 09:00");
    assert_eq!(copies(&world, "2027-02-20"), Some((1, false)));
    let screen = change(&mut world, "standard");
    world.does(&screen);
    assert_eq!(copies(&world, "2027-03-01"), Some((1, false)));
    assert_eq!(copies(&world, "2027-03-02"), None);
}

#[test]
fn a_gift_is_delivered_through_its_time_and_what_isnt_print_never() {
    let mut world = World::paying("2027-01-01 09:00");
    let gift = printed(terms_for(&world.catalog, "gift", "USD", 1));
    world
        .begins(gift, Some(PaymentMethodId::new(1)))
        .expect("a beginning");
    assert_eq!(copies(&world, "2027-04-01"), Some((1, false)));
    assert_eq!(copies(&world, "2027-04-02"), None);
    let mut digital = World::paying("2027-01-01 09:00");
    digital.takes("standard");
    assert_eq!(copies(&digital, "2027-01-20"), None);
}
