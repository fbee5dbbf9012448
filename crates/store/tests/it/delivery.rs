//! What is wished of print's delivery, and what was handed to whoever delivers.

use access::EntitlementName;
use commerce::address::PostalAddress;
use commerce::calendar::Zone;
use commerce::delivery::{Back, Days, Limits, Made, Refused, Schedule, Undone, Wish, WishKind};
use commerce::ids::*;
use commerce::subscription::{CancelReason, CancelWhen, Command};
use commerce::terms::Terms;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use ludgate_store::care::InvoiceNames;
use ludgate_store::delivery::{Begun, Finished, Line, Taken, VoidError, WishError};

use crate::support::*;

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn schedule() -> Schedule {
    Schedule {
        zone: Zone::new(TimeZone::get("Asia/Tokyo").expect("a zone")).expect("a name"),
        days: Days {
            weekdays: (0..7)
                .map(|day| Weekday::from_monday_zero_offset(day).expect("a day"))
                .collect(),
            ..Days::default()
        },
        lead_days: 2,
        closes: Time::MAX,
        in_grace: true,
        limits: Limits {
            suspensions_a_year: 3,
            longest_days: 21,
            ahead_days: 180,
        },
    }
}

fn place(name: &str) -> PostalAddress {
    PostalAddress {
        name: name.to_owned(),
        lines: vec!["1 Ludgate Hill".to_owned()],
        city: "London".to_owned(),
        region: None,
        postcode: Some("EC4".to_owned()),
        country: country("GB"),
    }
}

/// Somebody who gets print at an address of their own.
async fn subscriber(world: &mut World, mail: &str) -> (AccountId, SubscriptionId, AddressId) {
    let account = world.account(mail).await;
    let id = SubscriptionId::new(world.draw());
    let order = OrderId::new(world.draw());
    let address = AddressId::new(world.draw());
    let begin = world.shop.begin(account, "standard", order, world.now);
    let begin = commerce::subscription::Begin {
        terms: Terms {
            grants: vec![EntitlementName::new("print")],
            delivered: true,
            ..begin.terms
        },
        address: Some(address),
        ..begin
    };
    let home = place(mail);
    let mut writing = world.writing().await;
    let kept = writing.add_address(address, account, &home, world.now);
    kept.await.expect("kept");
    let begun = writing.begin_subscription(id, &begin, &world.books()).await;
    begun.expect("a beginning");
    writing.commit().await.expect("committed");
    world.settles(Card::Pays).await;
    (account, id, address)
}

fn wish(world: &mut World, of: SubscriptionId, kind: WishKind, first: &str, last: &str) -> Wish {
    Wish {
        id: DeliveryWishId::new(world.draw()),
        subscription: of,
        kind,
        first: day(first),
        last: (!last.is_empty()).then(|| day(last)),
        made: world.now,
        beside: Made::default(),
    }
}

async fn takes(world: &World, new: &Wish) -> Result<Taken, WishError> {
    let mut writing = world.writing().await;
    let taken = writing.add_delivery_wish(new, &schedule()).await?;
    writing.commit().await.expect("committed");
    Ok(taken)
}

/// The days on which a wish holds, of those of January 2027.
async fn holds(world: &World, new: &Wish) -> Vec<i8> {
    let mut reading = world.store.read().await.expect("a transaction");
    let wishes = reading
        .delivery_wishes(new.subscription)
        .await
        .expect("read");
    let Some(found) = wishes.iter().find(|one| one.wish.id == new.id) else {
        return Vec::new();
    };
    let standing = reading.standing_exports(day("2027-01-01"), world.now).await;
    let exported = standing.expect("read").of(&product());
    let days = (1..=31).map(|number| Date::constant(2027, 1, number));
    let days = days.filter(|day| found.wish.holds_on(*day, &exported));
    days.map(Date::day).collect()
}

fn product() -> ProductId {
    ProductId::new("digital").expect("a product")
}

async fn voids(world: &World, number: i64) -> Result<Date, VoidError> {
    let mut writing = world.writing().await;
    let today = schedule().zone.civil(world.now).date();
    let day = writing.void_print_export(number, "cli:anna", (today, world.now));
    let day = day.await?;
    writing.commit().await.expect("committed");
    Ok(day)
}

async fn redirects(
    world: &mut World,
    (account, of): (AccountId, SubscriptionId),
    first: &str,
    last: &str,
) -> Wish {
    let address = AddressId::new(world.draw());
    let hut = place("The Hut");
    let mut writing = world.writing().await;
    let kept = writing.add_address(address, account, &hut, world.now);
    kept.await.expect("kept");
    writing.commit().await.expect("committed");
    let new = wish(world, of, WishKind::Redirected(address), first, last);
    takes(world, &new).await.expect("taken");
    new
}

fn refused(found: Result<Taken, WishError>) -> Refused {
    match found {
        Err(WishError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

/// Exports a day, with one line.
async fn exports(world: &World, day: Date, line: &Line, finished: bool) -> i64 {
    let settings = serde_json::json!({ "zone": "Asia/Tokyo" });
    let mut writing = world.writing().await;
    let begun = Begun {
        day,
        product: None,
        actor: "cli:anna",
        configuration: &settings,
    };
    let number = writing.begin_print_export(&begun, world.now).await;
    let number = number.expect("begun");
    let kept = writing.keep_print_part(number, 0, std::slice::from_ref(line));
    kept.await.expect("kept");
    if finished {
        let summary = serde_json::json!({ "no_address": 0 });
        let done = Finished {
            lines: 1,
            copies: 1,
            digest: "00",
            summary: &summary,
        };
        let finished = writing.finish_print_export(number, &done, world.now);
        finished.await.expect("finished");
    }
    writing.commit().await.expect("committed");
    number
}

fn line(account: AccountId, subscription: SubscriptionId, address: AddressId) -> Line {
    Line {
        subscription,
        account,
        address,
        product: product(),
        copies: 1,
        grace: false,
        until: None,
    }
}

#[tokio::test]
async fn a_wish_is_taken_once_and_seen_on_its_days_and_taken_back_while_it_can_be() {
    let mut world = World::new().await;
    let (account, id, home) = subscriber(&mut world, "anna@example.com").await;
    let stop = wish(
        &mut world,
        id,
        WishKind::Suspended,
        "2027-01-10",
        "2027-01-12",
    );
    takes(&world, &stop).await.expect("taken");
    takes(&world, &stop).await.expect("the same form once more");
    let hut = redirects(&mut world, (account, id), "2027-01-12", "2027-01-20").await;
    let on = async |world: &World, text: &str| {
        let mut reading = world.store.read().await.expect("a transaction");
        let (mut page, last) = reading.printed(None, day(text)).await.expect("read");
        assert_eq!((page.len(), last), (1, Some(id)));
        let one = page.pop().expect("one");
        assert_eq!(one.home.expect("a home").kept.address, home);
        let kinds = one
            .wishes
            .iter()
            .map(|one| (one.wish.kind, one.address.is_some()));
        kinds.collect::<std::collections::HashSet<_>>()
    };
    assert_eq!(on(&world, "2027-01-09").await, [].into());
    let stopped = (WishKind::Suspended, false);
    let moved = (hut.kind, true);
    assert_eq!(on(&world, "2027-01-10").await, [stopped].into());
    assert_eq!(on(&world, "2027-01-12").await, [stopped, moved].into());
    assert_eq!(on(&world, "2027-01-20").await, [moved].into());
    assert_eq!(on(&world, "2027-01-21").await, [].into());
    let mut writing = world.writing().await;
    let schedule = schedule();
    let undone = writing.undo_delivery_wish(id, stop.id, &schedule, world.now);
    assert_eq!(undone.await.expect("undone"), Undone::Dropped);
    let other = SubscriptionId::new(999);
    let theirs = writing.undo_delivery_wish(other, hut.id, &schedule, world.now);
    assert!(matches!(theirs.await, Err(WishError::Unknown)));
    writing.commit().await.expect("committed");
    assert_eq!(on(&world, "2027-01-10").await, [].into());
    assert_eq!(on(&world, "2027-01-12").await, [moved].into());
}

#[tokio::test]
async fn what_is_exported_is_settled_from_its_beginning_and_what_broke_off_is_not() {
    let mut world = World::new().await;
    let (account, id, home) = subscriber(&mut world, "anna@example.com").await;
    let line = line(account, id, home);
    let number = exports(&world, day("2027-01-08"), &line, false).await;
    let early = wish(
        &mut world,
        id,
        WishKind::Suspended,
        "2027-01-08",
        "2027-01-08",
    );
    let first = day("2027-01-09");
    assert_eq!(
        refused(takes(&world, &early).await),
        Refused::TooEarly { first }
    );
    let longer = wish(
        &mut world,
        id,
        WishKind::Suspended,
        "2027-01-08",
        "2027-01-10",
    );
    let taken = takes(&world, &longer).await.expect("taken");
    assert_eq!(taken.late, [day("2027-01-08")]);
    assert_eq!(holds(&world, &longer).await, [9, 10]);
    // It broke off: an hour later nobody is held to it.
    world.passes(jiff::SignedDuration::from_mins(61));
    assert_eq!(holds(&world, &longer).await, [8, 9, 10]);
    let whole = exports(&world, day("2027-01-12"), &line, true).await;
    let late = wish(
        &mut world,
        id,
        WishKind::Suspended,
        "2027-01-12",
        "2027-01-12",
    );
    let first = day("2027-01-13");
    assert_eq!(
        refused(takes(&world, &late).await),
        Refused::TooEarly { first }
    );
    let mut reading = world.store.read().await.expect("a transaction");
    let last = reading.last_print_export(day("2027-01-12"), None).await;
    let last = last.expect("read").expect("one");
    assert_eq!(
        (last.number, last.actor.as_str(), last.lines),
        (whole, "cli:anna", 1)
    );
    assert_eq!(
        reading
            .last_print_export(day("2027-01-08"), None)
            .await
            .expect("read"),
        None
    );
    let listed = reading.print_exports().await.expect("read");
    let listed: Vec<(i64, bool)> = listed
        .iter()
        .map(|one| (one.number, one.finished.is_some()))
        .collect();
    assert_eq!(listed, [(whole, true), (number, false)]);
    let part = reading.print_part(whole, 0).await.expect("read");
    assert_eq!(part, Some(vec![line]));
    drop(reading);
    // What is old, and what broke off, is let go of; that it was stays known.
    let mut writing = world.writing().await;
    let hour = jiff::SignedDuration::from_hours(1);
    let kept = (world.now - hour, day("2026-12-31"));
    let forgotten = writing.forget_print_parts(kept, world.now);
    assert_eq!(forgotten.await.expect("forgotten"), 1);
    // What was made long ago for a day that isn't long over can still be wanted.
    let kept = (world.now + hour, day("2027-01-12"));
    let forgotten = writing.forget_print_parts(kept, world.now + hour);
    assert_eq!(forgotten.await.expect("forgotten"), 0);
    let kept = (world.now + hour, day("2027-01-13"));
    let forgotten = writing.forget_print_parts(kept, world.now + hour);
    assert_eq!(forgotten.await.expect("forgotten"), 1);
    assert_eq!(writing.print_part(whole, 0).await.expect("read"), None);
    assert_eq!(writing.print_exports().await.expect("read").len(), 2);
}

#[tokio::test]
async fn what_broke_off_holds_up_nothing_of_the_export_that_is_made_instead() {
    let mut world = World::new().await;
    let (account, id, home) = subscriber(&mut world, "anna@example.com").await;
    let line = line(account, id, home);
    exports(&world, day("2027-01-08"), &line, false).await;
    let stop = wish(
        &mut world,
        id,
        WishKind::Suspended,
        "2027-01-08",
        "2027-01-10",
    );
    takes(&world, &stop).await.expect("taken");
    assert_eq!(holds(&world, &stop).await, [9, 10]);
    // Within the hour: it has everything that was wished until now.
    exports(&world, day("2027-01-08"), &line, true).await;
    assert_eq!(holds(&world, &stop).await, [8, 9, 10]);
}

#[tokio::test]
async fn an_export_far_ahead_settles_its_day_alone_until_it_is_void() {
    let mut world = World::new().await;
    let (account, id, home) = subscriber(&mut world, "anna@example.com").await;
    let line = line(account, id, home);
    let before = wish(
        &mut world,
        id,
        WishKind::Suspended,
        "2027-01-18",
        "2027-01-22",
    );
    takes(&world, &before).await.expect("taken");
    let far = exports(&world, day("2027-01-20"), &line, true).await;
    let near = wish(
        &mut world,
        id,
        WishKind::Suspended,
        "2027-01-06",
        "2027-01-07",
    );
    let taken = takes(&world, &near).await.expect("taken");
    assert!(taken.is_new && taken.late.is_empty(), "{taken:?}");
    // Taken back, what was exported of it stays, and nothing else.
    let mut writing = world.writing().await;
    let schedule = schedule();
    let undone = writing.undo_delivery_wish(id, before.id, &schedule, world.now);
    let (from, after) = (day("2027-01-18"), far);
    let back = Undone::Except(Back { from, after });
    assert_eq!(undone.await.expect("undone"), back);
    writing.commit().await.expect("committed");
    assert_eq!(holds(&world, &before).await, [20]);
    let again = wish(
        &mut world,
        id,
        WishKind::Suspended,
        "2027-01-19",
        "2027-01-21",
    );
    let taken = takes(&world, &again).await.expect("taken");
    assert_eq!(taken.late, [day("2027-01-20")]);
    let taken = takes(&world, &again).await.expect("the same form again");
    assert!(!taken.is_new, "{taken:?}");
    assert_eq!(holds(&world, &again).await, [19, 21]);
    // A later one for the day knows the earlier, and goes first.
    let second = exports(&world, day("2027-01-20"), &line, true).await;
    assert_eq!(holds(&world, &again).await, [19, 21]);
    let refused = voids(&world, far).await.expect_err("refused");
    assert!(
        matches!(refused, VoidError::Later(number, later) if (number, later) == (far, second)),
        "{refused}"
    );
    assert_eq!(voids(&world, second).await.ok(), Some(day("2027-01-20")));
    assert_eq!(holds(&world, &again).await, [19, 21]);
    assert_eq!(voids(&world, far).await.ok(), Some(day("2027-01-20")));
    assert_eq!(holds(&world, &before).await, Vec::<i8>::new());
    assert_eq!(holds(&world, &again).await, [19, 20, 21]);
    let refused = voids(&world, far).await.expect_err("refused");
    assert!(matches!(refused, VoidError::Already(_)), "{refused}");
    let mut reading = world.store.read().await.expect("a transaction");
    let last = reading.last_print_export(day("2027-01-20"), None).await;
    assert_eq!(last.expect("read"), None);
    let listed = reading.print_exports().await.expect("read");
    let by: Vec<Option<&str>> = listed
        .iter()
        .map(|one| one.voided.as_ref().map(|voided| voided.by.as_str()))
        .collect();
    assert_eq!(by, [Some("cli:anna"); 2]);
    // What was in it is kept as of every other.
    assert_eq!(
        reading.print_part(far, 0).await.expect("read"),
        Some(vec![line])
    );
}

#[tokio::test]
async fn who_is_erased_leaves_no_address_and_no_wish_and_takes_both_away_before() {
    let mut world = World::new().await;
    let (account, id, home) = subscriber(&mut world, "anna@example.com").await;
    let hut = redirects(&mut world, (account, id), "2027-01-12", "2027-01-20").await;
    let mut reading = world.store.read().await.expect("a transaction");
    let all = reading
        .export(account)
        .await
        .expect("read")
        .expect("somebody");
    drop(reading);
    let wished = &all["delivery"][0];
    assert_eq!(wished["wish"], "redirected");
    assert_eq!(
        (&wished["first"], &wished["last"]),
        (&"2027-01-12".into(), &"2027-01-20".into())
    );
    assert_eq!(wished["to"]["name"], "The Hut");
    let number = exports(&world, day("2027-01-03"), &line(account, id, home), true).await;
    let cancel = Command::Cancel {
        when: CancelWhen::Now,
        reason: CancelReason::Unsaid,
    };
    world.does(id, &cancel).await;
    world.settles(Card::Pays).await;
    let mut writing = world.writing().await;
    let erased = writing.erase(account, InvoiceNames::Forgotten, world.now);
    erased.await.expect("erased");
    assert_eq!(writing.delivery_wishes(id).await.expect("read"), []);
    let WishKind::Redirected(there) = hut.kind else {
        panic!("{hut:?}");
    };
    let places = writing.places([home, there]).await.expect("read");
    assert!(places.is_empty(), "{places:?}");
    // The line stays, and leads nowhere.
    let part = writing.print_part(number, 0).await.expect("read");
    assert_eq!(part.map(|lines| lines.len()), Some(1));
}

#[tokio::test]
async fn a_merged_account_has_the_wishes_of_what_it_brought() {
    let mut world = World::new().await;
    let (account, id, _) = subscriber(&mut world, "anna@example.com").await;
    let hut = redirects(&mut world, (account, id), "2027-01-12", "2027-01-20").await;
    let other = world.account("anna@example.org").await;
    let mut writing = world.writing().await;
    let books = world.books();
    let merged = writing.merge_accounts(account, other, &books, world.now);
    merged.await.expect("merged");
    let wishes = writing.delivery_wishes(id).await.expect("read");
    assert_eq!(wishes.len(), 1);
    assert_eq!(wishes[0].wish, hut);
    let all = writing
        .export(other)
        .await
        .expect("read")
        .expect("somebody");
    assert_eq!(all["delivery"].as_array().map(Vec::len), Some(1));
}
