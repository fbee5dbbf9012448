//! What readers have and do with it.

use commerce::subscription::Stage;
use http::StatusCode;

use crate::reader::{GOOD, ONCE, Reader, subscription, until};
use crate::site::Site;

const ANNA: &str = "anna@example.com";
const WORDS: &str = "correct horse battery";

#[tokio::test]
async fn a_reader_cancels_and_thinks_better_of_it() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", GOOD).await;
    let page = anna.browser.get(&site, "/-/account").await;
    assert!(
        page.html.contains("Paid until 12 December 2026"),
        "{}",
        page.html
    );
    assert!(
        page.html.contains("$14.90 on 12 December 2026"),
        "{}",
        page.html
    );

    let cancel = format!("/-/account/{id}/cancel");
    let page = anna.browser.get(&site, &cancel).await;
    assert!(
        page.html.contains("until 12 December 2026"),
        "{}",
        page.html
    );
    assert!(page.html.contains("3 months for $21.00"), "{}", page.html);
    let said = [("reason", "time"), ("words", "<b>Too much</b> to read")];
    let token = page.token().to_owned();
    for _ in 0..2 {
        let fields = [&[("token", &*token)], &said[..]].concat();
        let reply = anna.browser.post(&site, &cancel, &fields).await;
        let to = reply.location.expect("the way on");
        let done = anna.browser.get(&site, &to).await;
        assert!(
            done.html.contains("Your subscription is cancelled."),
            "{}",
            done.html
        );
    }
    let ending = subscription(&site, id).await.ending.expect("ends");
    assert_eq!(ending.cause, commerce::subscription::CancelReason::Time);

    let keep = format!("/-/account/{id}/keep");
    let reply = anna.presses(&site, &keep, &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert_eq!(subscription(&site, id).await.ending, None);
    // What isn't so isn't said, whatever the address says.
    let lie = format!("/-/account?done=cancel&of={id}");
    let page = anna.browser.get(&site, &lie).await;
    assert!(!page.html.contains("role=\"status\""), "{}", page.html);
}

#[tokio::test]
async fn a_reader_pauses_until_a_day_and_goes_on_before() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", GOOD).await;
    let pause = format!("/-/account/{id}/pause");
    for (day, status) in [
        ("", StatusCode::UNPROCESSABLE_ENTITY),
        ("2026-11-12", StatusCode::UNPROCESSABLE_ENTITY),
        ("2027-02-11", StatusCode::UNPROCESSABLE_ENTITY),
        ("2026-13-45", StatusCode::UNPROCESSABLE_ENTITY),
        ("<script>", StatusCode::UNPROCESSABLE_ENTITY),
        ("2027-02-10", StatusCode::SEE_OTHER),
    ] {
        let reply = anna.presses(&site, &pause, &[("day", day)]).await;
        assert_eq!(reply.status, status, "{day}: {}", reply.html);
        assert!(!reply.html.contains("<script"), "{day}");
    }
    let paused = subscription(&site, id).await;
    assert!(matches!(paused.stage, Stage::Paused { .. }));
    let page = anna.browser.get(&site, "/-/account").await;
    assert!(page.html.contains("10 February 2027"), "{}", page.html);
    // Nothing is charged while it is paused.
    assert!(
        page.html.contains("$14.90 on 12 March 2027"),
        "{}",
        page.html
    );
    // What doesn't go is said why, with the way back.
    let page = anna.browser.get(&site, &pause).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(
        page.html.contains("It is paused. Resume it first."),
        "{}",
        page.html
    );
    let reply = anna
        .presses(&site, &format!("/-/account/{id}/resume"), &[])
        .await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert_eq!(subscription(&site, id).await.stage, Stage::Active);
}

#[tokio::test]
async fn what_a_withdrawal_gives_back_is_said_before_and_is_what_is_given() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", GOOD).await;
    let withdraw = format!("/-/account/{id}/withdraw");
    let page = anna.browser.get(&site, &withdraw).await;
    assert!(page.html.contains("You get back $14.90"), "{}", page.html);
    let reply = anna.presses(&site, &withdraw, &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    let over = subscription(&site, id).await;
    assert!(over.is_ended());
    let given: Vec<_> = over
        .payments
        .refunds
        .iter()
        .map(|refund| refund.amount)
        .collect();
    assert_eq!(given, ["14.90 USD".parse().expect("an amount")]);
    let page = anna.browser.get(&site, "/-/account").await;
    assert!(
        page.html.contains("You withdrew from the contract."),
        "{}",
        page.html
    );
    assert!(page.html.contains("Subscribe again"), "{}", page.html);
}

#[tokio::test]
async fn who_hasnt_paid_is_told_why_and_what_to_do() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", ONCE).await;
    until(&site, "2026-12-13T00:00:00Z").await;
    anna.browser.sign_in(&site, ANNA, WORDS).await;
    let page = anna.browser.get(&site, "/-/account").await;
    assert!(
        page.html.contains("there wasn’t enough money"),
        "{}",
        page.html
    );
    assert!(
        page.html.contains("You can read on until 26 December 2026"),
        "{}",
        page.html
    );
    assert!(page.html.contains("Pay now"), "{}", page.html);

    // Another card that is declined, and then one that isn't.
    let pay = format!("/-/account/{id}/pay");
    let page = anna.browser.get(&site, &pay).await;
    assert!(page.html.contains("Pay $14.90"), "{}", page.html);
    let to = (&*pay, &*format!("/-/account/{id}/card"));
    for (number, status) in [
        ("4000 0000 0000 1234", StatusCode::UNPROCESSABLE_ENTITY),
        ("4000 0000 0000 9995", StatusCode::PAYMENT_REQUIRED),
        (GOOD, StatusCode::SEE_OTHER),
    ] {
        let fields = [
            ("method", "new"),
            ("card_number", number),
            ("card_expires", "12/35"),
            ("card_code", "123"),
        ];
        let reply = anna.browser.fill(&site, to, &fields).await;
        assert_eq!(reply.status, status, "{number}: {}", reply.html);
        assert!(
            !reply.html.contains(number),
            "a card's number is never shown again"
        );
    }
    let paid = subscription(&site, id).await;
    assert_eq!(paid.stage, Stage::Active);
    let page = anna.browser.get(&site, "/-/account").await;
    assert!(
        page.html.contains("Paid until 12 January 2027"),
        "{}",
        page.html
    );
}

#[tokio::test]
async fn all_that_is_wrong_with_a_delivery_address_is_said_at_once() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "bundle", GOOD).await;
    let before = subscription(&site, id).await.address;
    let address = format!("/-/account/{id}/address");
    let page = anna.browser.get(&site, &address).await;
    assert!(page.html.contains("Delivery address"), "{}", page.html);
    let typed = |country, city| {
        [
            ("country", country),
            ("post_name", "Anna"),
            ("post_street", "1 Ludgate Hill"),
            ("post_city", city),
        ]
    };
    let reply = anna.presses(&site, &address, &typed("", "")).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    for wrong in ["id=\"country-error\"", "id=\"post_city-error\""] {
        assert!(reply.html.contains(wrong), "{wrong}: {}", reply.html);
    }
    assert_eq!(subscription(&site, id).await.address, before);
    let reply = anna.presses(&site, &address, &typed("GB", "London")).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    assert_ne!(subscription(&site, id).await.address, before);
}
