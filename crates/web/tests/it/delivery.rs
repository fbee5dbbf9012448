//! Print's delivery: what comes where, suspended or sent elsewhere.

use std::pin::Pin;

use commerce::delivery::WishKind;
use commerce::ids::{ProductId, SubscriptionId};
use commerce::subscription::{CancelReason, CancelWhen};
use http::StatusCode;
use letters::account::{Change, LetterKind};
use store::care::What;
use store::delivery::{Begun, Finished, Wished};

use crate::browser::Reply;
use crate::reader::{GOOD, Reader};
use crate::site::Site;

const ANNA: &str = "anna@example.com";
const BEN: &str = "ben@example.com";

const HUT: [(&str, &str); 4] = [
    ("country", "NO"),
    ("post_name", "Anna Sand"),
    ("post_street", "Fjellveien 2"),
    ("post_city", "Bergen"),
];

async fn wishes(site: &Site, id: SubscriptionId) -> Vec<Wished> {
    let mut reading = site.store.read().await.expect("a turn");
    reading.delivery_wishes(id).await.expect("read")
}

/// The beginning of the story: 12 November 2026, a Thursday, and print that is paid.
fn reader() -> Pin<Box<dyn Future<Output = (Site, Reader, SubscriptionId)>>> {
    Box::pin(async {
        let site = Site::start().await;
        let anna = Reader::signed_in(&site, ANNA).await;
        let id = anna.buys(&site, "bundle", GOOD).await;
        (site, anna, id)
    })
}

fn check_says(reply: &Reply, says: &[&str]) {
    let html = reply.html.replace("&#x2f;", "/");
    for text in says {
        assert!(html.contains(text), "{text}: {html}");
    }
}

#[tokio::test]
async fn the_page_says_what_comes_where_and_from_when_a_change_holds() {
    let (site, mut anna, id) = reader().await;
    let account = anna.browser.get(&site, "/-/account").await;
    check_says(&account, &[&format!("/-/delivery/{id}")]);
    let page = anna.browser.get(&site, &format!("/-/delivery/{id}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    check_says(
        &page,
        &[
            "12 November 2026 to 9 December 2026 (24 deliveries)",
            "To Anna Sand, Hafenstr. 1, Hamburg",
            "Deliveries before 14 November 2026 were settled before you subscribed",
            "What you change now holds from 14 November 2026 on. What comes before that is settled.",
            "Nothing: it comes as usual.",
            "20457 Hamburg",
        ],
    );
    site.pass(2 * 86_400);
    let later = anna.browser.get(&site, &format!("/-/delivery/{id}")).await;
    check_says(&later, &["To Anna Sand, Hafenstr. 1, Hamburg"]);
    assert!(!later.html.contains("before you subscribed"));
    // What isn't print has no such page.
    let mut ben = Reader::signed_in(&site, BEN).await;
    let digital = ben.buys(&site, "monthly", GOOD).await;
    let none = ben
        .browser
        .get(&site, &format!("/-/delivery/{digital}"))
        .await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn delivery_is_suspended_within_limits_and_taken_back() {
    let (site, mut anna, id) = reader().await;
    let way = format!("/-/delivery/{id}/suspend");
    let page = anna.browser.get(&site, &way).await;
    check_says(
        &page,
        &[
            "nothing is given back for these days",
            "up to 14 days",
            "2 more times in 2026",
            "14 November 2026 at the earliest",
            "min=\"2026-11-14\"",
        ],
    );
    for (first, last, status, says) in [
        ("", "", StatusCode::UNPROCESSABLE_ENTITY, "aria-invalid"),
        (
            "12/24/2026",
            "2026-12-26",
            StatusCode::UNPROCESSABLE_ENTITY,
            "Please write a date",
        ),
        (
            "2026-11-20T10:00",
            "20261121",
            StatusCode::UNPROCESSABLE_ENTITY,
            "Please write a date",
        ),
        (
            "2026-11-13",
            "2026-11-20",
            StatusCode::CONFLICT,
            "What comes on that day is settled already. The next day that can be changed is 14 November 2026.",
        ),
        (
            "2026-11-20",
            "2026-11-19",
            StatusCode::CONFLICT,
            "The last day is before the first.",
        ),
        (
            "2026-11-15",
            "2026-11-15",
            StatusCode::CONFLICT,
            "Nothing is delivered on these days anyway.",
        ),
        (
            "2026-11-20",
            "2026-12-04",
            StatusCode::CONFLICT,
            "It can last 14 days at a time at most.",
        ),
        (
            "2027-11-20",
            "2027-11-21",
            StatusCode::CONFLICT,
            "too far ahead",
        ),
    ] {
        let fields = [("first", first), ("last", last)];
        let reply = anna.presses(&site, &way, &fields).await;
        assert_eq!(reply.status, status, "{first} {last}: {}", reply.html);
        check_says(&reply, &[says]);
    }
    assert_eq!(wishes(&site, id).await, []);
    // The same form twice is one.
    let form = anna.browser.get(&site, &way).await;
    for _ in 0..2 {
        let fields = [("first", "2026-11-16"), ("last", "2026-11-21")];
        let reply = anna.browser.send_form(&site, &form, &way, &fields).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
        let done = reply.location.expect("a way on");
        let page = anna.browser.get(&site, &done).await;
        check_says(
            &page,
            &[
                "Nothing is delivered from 16 November 2026 to 21 November 2026.",
                "16 November 2026 to 21 November 2026 (6 deliveries)",
                "Not delivered, as you wished",
            ],
        );
    }
    let found = wishes(&site, id).await;
    assert_eq!(found.len(), 1);
    let wish = found[0].wish.id.to_string();
    let undo = format!("/-/delivery/{id}/undo");
    // Once more from a page that was open already: what is done stays done.
    for _ in 0..2 {
        let fields = [("wish", &*wish)];
        let reply = anna.browser.fill(&site, (&way, &undo), &fields).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    }
    assert_eq!(wishes(&site, id).await, []);
}

#[tokio::test]
async fn it_goes_elsewhere_for_a_while_or_for_good_and_only_its_reader_says_so() {
    let (site, mut anna, id) = reader().await;
    let way = format!("/-/delivery/{id}/redirect");
    let wrong = anna.presses(&site, &way, &[("first", "2026-11-16")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    check_says(&wrong, &["href=\"#post_name\"", "href=\"#country\""]);
    for (first, last) in [("2026-11-16", "2026-11-21"), ("2026-11-19", "")] {
        let fields = [&[("first", first), ("last", last)][..], &HUT].concat();
        let reply = anna.presses(&site, &way, &fields).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    }
    let page = anna.browser.get(&site, &format!("/-/delivery/{id}")).await;
    check_says(
        &page,
        &[
            "From 16 November 2026 to 21 November 2026 it goes to Anna Sand, Fjellveien 2, Bergen.",
            "From 19 November 2026 on it goes to Anna Sand, Fjellveien 2, Bergen.",
            "To another address: Anna Sand, Fjellveien 2, Bergen",
            "12 November 2026 to 14 November 2026 (3 deliveries)",
        ],
    );
    let mut eve = Reader::signed_in(&site, "eve@example.com").await;
    let wish = wishes(&site, id).await[0].wish.id.to_string();
    let token = eve
        .browser
        .get(&site, "/-/account")
        .await
        .token()
        .to_owned();
    for (way, fields) in [
        (way, vec![("first", "2026-12-01")]),
        (format!("/-/delivery/{id}/undo"), vec![("wish", &*wish)]),
        (
            format!("/-/delivery/{id}/suspend"),
            vec![("first", "2026-12-01"), ("last", "2026-12-02")],
        ),
    ] {
        let fields = [&[("token", &*token)][..], &fields].concat();
        let reply = eve.browser.post(&site, &way, &fields).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{way}");
    }
    assert_eq!(wishes(&site, id).await.len(), 2);
}

#[tokio::test]
async fn print_that_is_given_without_an_address_says_so_until_it_has_one() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let who = billing::Who::Care {
        actor: "cli:care".to_owned(),
        why: "a thank-you".to_owned(),
    };
    let id = site.billing.draw_subscription().expect("an id");
    let product = ProductId::new("bundle").expect("a product");
    let given = site.billing.give(&who, id, anna.account, &product, None);
    given.await.expect("given");
    let says = "Nothing is delivered yet: we have no address.";
    let account = anna.browser.get(&site, "/-/account").await;
    check_says(
        &account,
        &[
            says,
            &format!("/-/delivery/{id}"),
            "Delivery: tell us where to send it",
        ],
    );
    let way = format!("/-/delivery/{id}/redirect");
    // For a week it has one; what it lacks is one for good.
    for (first, last, lacks) in [
        ("2026-11-16", "2026-11-21", true),
        ("2026-11-23", "", false),
    ] {
        let fields = [&[("first", first), ("last", last)][..], &HUT].concat();
        let reply = anna.presses(&site, &way, &fields).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
        let account = anna.browser.get(&site, "/-/account").await;
        assert_eq!(account.html.contains(says), lacks, "{}", account.html);
    }
}

#[tokio::test]
async fn a_wish_for_one_day_says_on_that_day() {
    let (site, mut anna, id) = reader().await;
    let day = [("first", "2026-11-16"), ("last", "2026-11-16")];
    let away = [("first", "2026-11-17"), ("last", "2026-11-17")];
    for (way, fields) in [
        ("suspend", day.to_vec()),
        ("redirect", [&away[..], &HUT].concat()),
    ] {
        let way = format!("/-/delivery/{id}/{way}");
        let reply = anna.presses(&site, &way, &fields).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    }
    let page = anna.browser.get(&site, &format!("/-/delivery/{id}")).await;
    check_says(
        &page,
        &[
            "Nothing is delivered on 16 November 2026.",
            "On 17 November 2026 it goes to Anna Sand, Fjellveien 2, Bergen.",
        ],
    );
}

#[tokio::test]
async fn another_address_begins_with_the_name_and_country_of_the_first() {
    let (site, mut anna, id) = reader().await;
    let way = format!("/-/delivery/{id}/redirect");
    let page = anna.browser.get(&site, &way).await;
    let name = page
        .html
        .split("name=\"post_name\"")
        .nth(1)
        .expect("a field");
    let name = name.split('>').next().expect("its end");
    assert!(name.contains("value=\"Anna Sand\""), "{name}");
    check_says(&page, &["value=\"DE\" selected"]);
}

/// Exports a day of the product; its number.
async fn exports(site: &Site, day: &str) -> i64 {
    let settings = serde_json::json!({});
    let product = ProductId::new("bundle").expect("a product");
    let mut writing = site.store.write().await.expect("a turn");
    let begun = Begun {
        day: day.parse().expect("a date"),
        product: Some(&product),
        actor: "cli:anna",
        configuration: &settings,
    };
    let number = writing.begin_print_export(&begun, site.now()).await;
    let number = number.expect("begun");
    let done = Finished {
        lines: 0,
        copies: 0,
        digest: "00",
        summary: &settings,
    };
    let finished = writing.finish_print_export(number, &done, site.now());
    finished.await.expect("finished");
    writing.commit().await.expect("committed");
    number
}

#[tokio::test]
async fn what_was_exported_is_told_to_be_settled_and_every_other_day_is_free() {
    let (site, mut anna, id) = reader().await;
    let way = format!("/-/delivery/{id}/suspend");
    let own = format!("/-/delivery/{id}");
    let before = [("first", "2026-12-02"), ("last", "2026-12-04")];
    let reply = anna.presses(&site, &way, &before).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    exports(&site, "2026-12-03").await;
    let page = anna.browser.get(&site, &own).await;
    check_says(
        &page,
        &[
            "What you change now holds from 14 November 2026 on.",
            "What comes on some later days is settled as well: 3 December 2026.",
            "End it early",
        ],
    );
    // What was exported of it stays; the rest is taken back, and free again.
    let wish = wishes(&site, id).await[0].wish.id.to_string();
    let undo = format!("{own}/undo");
    let reply = anna
        .browser
        .fill(&site, (&own, &undo), &[("wish", &*wish)])
        .await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let page = anna.browser.get(&site, &own).await;
    check_says(&page, &["Nothing is delivered on 3 December 2026."]);
    assert!(!page.html.contains("End it early"), "{}", page.html);
    let fields = [("first", "2026-12-01"), ("last", "2026-12-05")];
    let reply = anna.presses(&site, &way, &fields).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let done = reply.location.expect("a way on");
    let page = anna.browser.get(&site, &done).await;
    check_says(
        &page,
        &[
            "Nothing is delivered from 1 December 2026 to 5 December 2026.",
            "It came too late for these days, which were settled: 3 December 2026.",
        ],
    );
}

#[tokio::test]
async fn where_it_comes_is_what_was_exported_whatever_was_wished_later() {
    let (site, mut anna, id) = reader().await;
    exports(&site, "2026-12-03").await;
    let way = format!("/-/delivery/{id}/suspend");
    let only = [("first", "2026-12-03"), ("last", "2026-12-03")];
    let reply = anna.presses(&site, &way, &only).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    check_says(
        &reply,
        &["The next day that can be changed is 4 December 2026."],
    );
    let fields = [("first", "2026-12-02"), ("last", "2026-12-05")];
    let reply = anna.presses(&site, &way, &fields).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let page = anna.browser.get(&site, &format!("/-/delivery/{id}")).await;
    let html = &page.html;
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text}: {html}"));
    let (stops, comes) = (
        at("2 December 2026</p>"),
        at("<p class=\"span__when\">3 December 2026</p>"),
    );
    assert!(stops < comes, "{html}");
    check_says(
        &page,
        &["4 December 2026 to 5 December 2026 (2 deliveries)"],
    );
}

#[tokio::test]
async fn the_days_after_an_end_bring_nothing_and_an_end_takes_the_page_away() {
    let (site, mut anna, id) = reader().await;
    let who = billing::Who::Reader(anna.account);
    let cancel = |when| billing::Wish::Cancel {
        when,
        reason: CancelReason::Unsaid,
    };
    let done = site
        .billing
        .command(&who, id, cancel(CancelWhen::PeriodEnd));
    done.await.expect("cancelled");
    site.pass(20 * 24 * 3_600);
    let page = anna.browser.get(&site, &format!("/-/delivery/{id}")).await;
    check_says(
        &page,
        &[
            "Your subscription doesn’t include print then",
            "To Anna Sand",
        ],
    );
    let done = site.billing.command(&who, id, cancel(CancelWhen::Now));
    done.await.expect("ended");
    let page = anna.browser.get(&site, &format!("/-/delivery/{id}")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(
        wishes(&site, id)
            .await
            .iter()
            .all(|one| one.wish.kind != WishKind::Suspended)
    );
}

#[tokio::test]
async fn the_owner_of_the_account_hears_of_it_once_and_it_is_in_the_history() {
    let (site, mut anna, id) = reader().await;
    let _ = site.letters().await;
    let suspend = format!("/-/delivery/{id}/suspend");
    let form = anna.browser.get(&site, &suspend).await;
    for _ in 0..2 {
        let fields = [("first", "2026-11-16"), ("last", "2026-11-21")];
        let reply = anna
            .browser
            .send_form(&site, &form, &suspend, &fields)
            .await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    }
    let letter = site.letter().await;
    assert_eq!((letter.kind, &*letter.to), (LetterKind::Delivery, ANNA));
    let told = letter.delivery.expect("a delivery");
    assert_eq!(
        (told.of, told.change, told.is_late),
        (id, Change::Suspended, false)
    );
    assert_eq!(told.first.to_string(), "2026-11-16");
    let redirect = format!("/-/delivery/{id}/redirect");
    let fields = [&[("first", "2026-11-23")][..], &HUT].concat();
    let reply = anna.presses(&site, &redirect, &fields).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let told = site.letter().await.delivery.expect("a delivery");
    let town = "Bergen".to_owned();
    assert_eq!((told.change, told.last), (Change::Elsewhere { town }, None));
    // What is refused is nobody's news.
    let reply = anna
        .presses(
            &site,
            &suspend,
            &[("first", "2026-11-17"), ("last", "2026-11-18")],
        )
        .await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    let wish = wishes(&site, id).await;
    let wish = wish.iter().find(|one| one.wish.kind == WishKind::Suspended);
    let wish = wish.expect("a wish").wish.id.to_string();
    let (own, undo) = (
        format!("/-/delivery/{id}"),
        format!("/-/delivery/{id}/undo"),
    );
    for _ in 0..2 {
        let reply = anna
            .browser
            .fill(&site, (&own, &undo), &[("wish", &*wish)])
            .await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    }
    let told = site.letter().await.delivery.expect("a delivery");
    assert_eq!(
        (told.change, told.first.to_string()),
        (Change::Back, "2026-11-16".to_owned())
    );
    let mut reading = site.store.read().await.expect("a turn");
    let all = reading.timeline(anna.account, jiff::Timestamp::MAX).await;
    let all = all.expect("read");
    let acts = all.iter().filter_map(|entry| match &entry.what {
        What::Act {
            actor, what, why, ..
        } if what.ends_with("_delivery") => Some(format!("{actor} {what} {why}")),
        _ => None,
    });
    let mut acts: Vec<String> = acts.collect();
    acts.sort();
    assert_eq!(
        acts,
        [
            "reader redirect_delivery from 2026-11-23 on",
            "reader suspend_delivery 2026-11-16 to 2026-11-21",
            "reader undo_delivery 2026-11-16 to 2026-11-21",
        ]
    );
}

#[tokio::test]
async fn nobody_is_sent_mail_without_end_by_arranging_and_taking_back() {
    let (site, mut anna, id) = reader().await;
    let (suspend, own) = (
        format!("/-/delivery/{id}/suspend"),
        format!("/-/delivery/{id}"),
    );
    let undo = format!("{own}/undo");
    let _ = site.letters().await;
    let mut statuses = Vec::new();
    for _ in 0..20 {
        let fields = [("first", "2026-11-16"), ("last", "2026-11-21")];
        statuses.push(anna.presses(&site, &suspend, &fields).await.status);
        let Some(wish) = wishes(&site, id)
            .await
            .first()
            .map(|one| one.wish.id.to_string())
        else {
            continue;
        };
        let fields = [("wish", &*wish)];
        statuses.push(
            anna.browser
                .fill(&site, (&own, &undo), &fields)
                .await
                .status,
        );
    }
    let done = statuses
        .iter()
        .filter(|status| **status == StatusCode::SEE_OTHER);
    assert_eq!(done.count(), 30, "{statuses:?}");
    assert!(
        statuses.contains(&StatusCode::TOO_MANY_REQUESTS),
        "{statuses:?}"
    );
    assert_eq!(site.letters().await.len(), 30);
}

#[tokio::test]
async fn nobody_is_sent_mail_without_end_by_moving_to_and_fro() {
    let (site, mut anna, id) = reader().await;
    let way = format!("/-/account/{id}/address");
    let mut statuses = Vec::new();
    for _ in 0..32 {
        statuses.push(anna.presses(&site, &way, &HUT).await.status);
    }
    let done = statuses
        .iter()
        .filter(|status| **status == StatusCode::SEE_OTHER);
    assert_eq!(done.count(), 30, "{statuses:?}");
    assert_eq!(statuses.last(), Some(&StatusCode::TOO_MANY_REQUESTS));
}

#[tokio::test]
async fn a_suspension_that_came_to_nothing_isnt_counted() {
    let (site, mut anna, id) = reader().await;
    let own = format!("/-/delivery/{id}");
    let (way, undo) = (format!("{own}/suspend"), format!("{own}/undo"));
    let fields = [("first", "2026-12-02"), ("last", "2026-12-04")];
    let reply = anna.presses(&site, &way, &fields).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let number = exports(&site, "2026-12-03").await;
    let wish = wishes(&site, id).await[0].wish.id.to_string();
    let reply = anna
        .browser
        .fill(&site, (&own, &undo), &[("wish", &*wish)])
        .await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let page = anna.browser.get(&site, &way).await;
    check_says(&page, &["once more in 2026"]);
    // Nobody delivers by it, so nothing is left of what was wished.
    let mut writing = site.store.write().await.expect("a turn");
    let today = "2026-11-12".parse().expect("a date");
    let void = writing.void_print_export(number, "cli:anna", (today, site.now()));
    void.await.expect("void");
    writing.commit().await.expect("committed");
    let page = anna.browser.get(&site, &way).await;
    check_says(&page, &["2 more times in 2026"]);
}
