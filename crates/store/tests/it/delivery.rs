//! What is wished of print's delivery, and what was handed to whoever delivers.

use access::EntitlementName;
use commerce::address::PostalAddress;
use commerce::calendar::Zone;
use commerce::delivery::{Days, Limits, Refused, Schedule, Undone, Wish, WishKind};
use commerce::ids::*;
use commerce::subscription::{CancelReason, CancelWhen, Command};
use commerce::terms::Terms;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use ludgate_store::care::InvoiceNames;
use ludgate_store::delivery::{Begun, Finished, Line, WishError};

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
    }
}

async fn takes(world: &World, new: &Wish) -> Result<(), WishError> {
    let mut writing = world.writing().await;
    writing.add_delivery_wish(new, &schedule()).await?;
    writing.commit().await.expect("committed");
    Ok(())
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

fn refused(found: Result<(), WishError>) -> Refused {
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
        product: ProductId::new("digital").expect("a product"),
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
        "2027-01-10",
    );
    let first = day("2027-01-09");
    assert_eq!(
        refused(takes(&world, &early).await),
        Refused::TooEarly { first }
    );
    // It broke off: an hour later nobody is held to it.
    world.passes(jiff::SignedDuration::from_mins(61));
    let again = wish(
        &mut world,
        id,
        WishKind::Suspended,
        "2027-01-08",
        "2027-01-10",
    );
    takes(&world, &again).await.expect("taken");
    let whole = exports(&world, day("2027-01-12"), &line, true).await;
    let late = wish(
        &mut world,
        id,
        WishKind::Suspended,
        "2027-01-12",
        "2027-01-14",
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
