//! Cards: with what something is paid, and letting them go.

use http::StatusCode;

use crate::reader::{GOOD, Reader, subscription};
use crate::site::Site;

const ANNA: &str = "anna@example.com";
const EVE: &str = "eve@example.com";
const PAYMENT: &str = "/-/account/payment";

#[tokio::test]
async fn a_card_that_is_somebody_elses_pays_for_nothing() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", GOOD).await;
    let eve = Reader::signed_in(&site, EVE).await;
    let hers = eve.card(&site, GOOD).await;
    let before = subscription(&site, id).await;
    let card = format!("/-/account/{id}/card");
    for method in [
        &*hers.to_string(),
        "pm_00000000000000000000000000000000",
        "",
        "x",
    ] {
        let reply = anna.presses(&site, &card, &[("method", method)]).await;
        assert!(reply.status.is_client_error(), "{method}: {}", reply.html);
    }
    assert_eq!(subscription(&site, id).await, before);
}

#[tokio::test]
async fn a_card_is_let_go_by_its_owner_where_nothing_is_paid_with_it() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", GOOD).await;
    let used = subscription(&site, id).await.method.expect("one");
    let other = anna.card(&site, "5555 5555 5555 4444").await;
    let mut eve = Reader::signed_in(&site, EVE).await;
    let hers = eve.card(&site, GOOD).await;
    for (card, status) in [
        ("", StatusCode::CONFLICT),
        ("x", StatusCode::CONFLICT),
        (&*hers.to_string(), StatusCode::CONFLICT),
        (&*used.to_string(), StatusCode::CONFLICT),
        (&*other.to_string(), StatusCode::SEE_OTHER),
        // The button pressed twice: it is gone, as they wanted.
        (&*other.to_string(), StatusCode::SEE_OTHER),
    ] {
        let reply = anna.presses(&site, PAYMENT, &[("card", card)]).await;
        assert_eq!(reply.status, status, "{card}: {}", reply.html);
    }
    let page = anna.browser.get(&site, PAYMENT).await;
    assert!(
        page.html.contains("Change the payment method"),
        "{}",
        page.html
    );
    assert!(page.html.contains(&used.to_string()), "{}", page.html);
    assert!(!page.html.contains(&other.to_string()), "{}", page.html);
    assert!(!page.html.contains("class=\"badge"), "{}", page.html);
    let page = eve.browser.get(&site, PAYMENT).await;
    assert!(page.html.contains(&hers.to_string()), "{}", page.html);
}
