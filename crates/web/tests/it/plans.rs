//! Changing the plan: what is said before is what is done.

use commerce::ids::AccountId;
use commerce::subscription::PendingChange;
use http::StatusCode;

use crate::reader::{GOOD, Reader, subscription};
use crate::site::Site;

const ANNA: &str = "anna@example.com";

/// As a form has one, of words that nobody was shown.
const MARK: &str = "0123456789abcdef0123456789abcdef";

#[tokio::test]
async fn the_offer_that_keeps_who_wants_to_leave_holds_from_the_next_period_on() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", GOOD).await;
    let page = format!("/-/account/{id}/change?offer=stay&when=now");
    let ask = anna.browser.get(&site, &page).await;
    assert!(
        ask.html.contains("It changes on 12 December 2026."),
        "{}",
        ask.html
    );
    assert!(ask.html.contains("we charge $21.00"), "{}", ask.html);
    let way = format!("/-/account/{id}/change");
    for _ in 0..2 {
        let reply = anna.browser.send_form(&site, &ask, &way, &[]).await;
        let to = reply.location.expect("the way on");
        let done = anna.browser.get(&site, &to).await;
        assert!(
            done.html.contains("Your plan changes on 12 December 2026."),
            "{}",
            done.html
        );
    }
    let change = subscription(&site, id).await.change.expect("one");
    let PendingChange::AtPeriodEnd { terms, .. } = change else {
        panic!("{change:?}");
    };
    assert_eq!(terms.offer.as_str(), "stay");
    let keep = format!("/-/account/{id}/keep-plan");
    let reply = anna.browser.fill(&site, (&keep, &keep), &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert_eq!(subscription(&site, id).await.change, None);
}

#[tokio::test]
async fn who_wants_to_leave_is_held_out_what_they_may_have_and_havent() {
    let site = Site::start().await;
    let mut sales = site.billing.sales().as_ref().clone();
    let offers = sales.catalog.offers.iter_mut();
    for stay in offers.filter(|offer| offer.id.as_str() == "stay") {
        stay.caps.total = Some(1);
    }
    site.billing.set_sales(sales);
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let mut ben = Reader::signed_in(&site, "ben@example.com").await;
    let id = anna.buys(&site, "monthly", GOOD).await;
    let other = ben.buys(&site, "monthly", GOOD).await;
    let stays = "3 months for $21.00";
    for (agrees, held_out) in [(false, true), (true, false)] {
        if agrees {
            let page = format!("/-/account/{other}/change?offer=stay&when=then");
            let way = format!("/-/account/{other}/change");
            let reply = ben.browser.complete(&site, (&page, &way), &[]).await;
            assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
        }
        for (reader, id) in [(&mut anna, id), (&mut ben, other)] {
            let cancel = format!("/-/account/{id}/cancel");
            let page = reader.browser.get(&site, &cancel).await;
            assert_eq!(page.html.contains(stays), held_out, "{}", page.html);
        }
    }
}

#[tokio::test]
async fn who_changes_to_what_comes_by_post_says_first_where_to() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", GOOD).await;
    let (way, address) = (
        format!("/-/account/{id}/change"),
        format!("/-/account/{id}/address"),
    );
    let chosen = format!("{way}?offer=bundle&when=now");
    let reply = anna.browser.get(&site, &chosen).await;
    let to = reply.location.expect("the form for it");
    let page = anna.browser.get(&site, &to).await;
    assert!(page.html.contains("It comes by post."), "{}", page.html);
    let typed = |city| {
        [
            ("country", "GB"),
            ("post_name", "Anna"),
            ("post_street", "1 Ludgate Hill"),
            ("post_city", city),
        ]
    };
    // What is chosen isn't forgotten when something is missing.
    let page = anna
        .browser
        .send_form(&site, &page, &address, &typed(""))
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reply = anna
        .browser
        .send_form(&site, &page, &address, &typed("London"))
        .await;
    assert_eq!(reply.location.as_deref(), Some(&*chosen), "{}", reply.html);
    let ask = anna.browser.get(&site, &chosen).await;
    assert_eq!(ask.status, StatusCode::OK, "{}", ask.html);
    let reply = anna.browser.send_form(&site, &ask, &way, &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let has = subscription(&site, id).await;
    assert_eq!(has.terms.plan.as_str(), "bundle-monthly");
    assert!(has.address.is_some());
    // The first address is no change of one; the next is.
    assert_eq!(told_of_addresses(&site, anna.account).await, 0);
    let reply = anna.presses(&site, &address, &typed("Dover")).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    assert_eq!(told_of_addresses(&site, anna.account).await, 1);
}

/// How often somebody was to be told of another address.
async fn told_of_addresses(site: &Site, account: AccountId) -> usize {
    let mut reading = site.store.read().await.expect("a turn");
    let told = reading.told(account).await.expect("read");
    told.iter().filter(|one| one.name == "address_set").count()
}

#[tokio::test]
async fn nothing_is_changed_that_isnt_held_out_or_wasnt_shown() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", GOOD).await;
    let before = subscription(&site, id).await;
    let way = format!("/-/account/{id}/change");
    let page = anna.browser.get(&site, &way).await;
    assert!(
        !page.html.contains("friends"),
        "a code's offer: {}",
        page.html
    );
    assert!(!page.html.contains("present"), "a gift: {}", page.html);
    let token = anna
        .browser
        .get(&site, "/-/account")
        .await
        .token()
        .to_owned();
    for (offer, mark) in [
        ("friends", MARK),
        ("winter", MARK),
        ("none", MARK),
        ("", MARK),
        ("\"><script>", MARK),
        ("team", MARK),
        ("alone", MARK),
        ("monthly", MARK),
        // Its address is missing.
        ("bundle", MARK),
        ("stay", ""),
        ("stay", MARK),
    ] {
        let fields = [
            ("token", &*token),
            ("offer", offer),
            ("when", "now"),
            ("at", "1794450000"),
            ("mark", mark),
        ];
        let reply = anna.browser.post(&site, &way, &fields).await;
        let is_same = offer == "monthly";
        let expected = if is_same {
            StatusCode::SEE_OTHER
        } else {
            StatusCode::CONFLICT
        };
        assert_eq!(reply.status, expected, "{offer} {mark}: {}", reply.html);
        assert!(!reply.html.contains("<script"), "{offer}");
    }
    assert_eq!(subscription(&site, id).await, before);
}
