//! What waits for the reader's bank, or was declined: what the pages say of it,
//! and what can be done about it.

use commerce::ids::SubscriptionId;
use commerce::subscription::{PendingChange, Stage};
use http::StatusCode;
use providers::payment::Provider;

use crate::browser::Reply;
use crate::buyer::{AUTHENTICATES, NO_MONEY};
use crate::reader::{GOOD, ONCE, Reader, subscription, until};
use crate::site::Site;

const ANNA: &str = "anna@example.com";
const WORDS: &str = "correct horse battery";

/// A card whose charges succeed, and nobody hears of it.
const ANSWER_LOST: &str = "4000 0000 0000 5043";

/// How many charges the bank has taken money for.
fn paid(site: &Site) -> usize {
    match site.billing.provider() {
        Provider::Sandbox(sandbox) => sandbox.paid().len(),
        Provider::Stripe(_) => panic!("it is the sandbox"),
    }
}

/// Has the dearer plan come without anything by post, so that it needs no
/// address.
fn without_paper(site: &Site) {
    let mut sales = site.billing.sales().as_ref().clone();
    for product in &mut sales.catalog.products {
        product.delivered = false;
    }
    site.billing.set_sales(sales);
}

/// Somebody whose bank wants to be asked about each payment, and who has paid
/// the first.
async fn asked(site: &Site, anna: &mut Reader) -> SubscriptionId {
    let id = anna.buys(site, "monthly", AUTHENTICATES).await;
    let order = format!("/-/order/{id}");
    let reply = anna.presses(site, &order, &[("agrees", "yes")]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    assert_eq!(subscription(site, id).await.stage, Stage::Active);
    id
}

fn typed(number: &str) -> [(&'static str, &str); 4] {
    [
        ("method", "new"),
        ("card_number", number),
        ("card_expires", "12/35"),
        ("card_code", "123"),
    ]
}

/// Goes where a reply leads, and on from there.
async fn follow(anna: &mut Reader, site: &Site, reply: Reply) -> Reply {
    let mut reply = reply;
    for _ in 0..3 {
        let Some(to) = reply.location.clone() else {
            break;
        };
        reply = anna.browser.get(site, &to).await;
    }
    reply
}

/// Agrees to the dearer plan, at once.
async fn changes(anna: &mut Reader, site: &Site, id: SubscriptionId) -> Reply {
    let page = format!("/-/account/{id}/change?offer=bundle&when=now");
    let way = format!("/-/account/{id}/change");
    anna.browser.complete(site, (&page, &way), &[]).await
}

#[tokio::test]
async fn a_renewal_that_waits_for_the_bank_can_be_paid_with_another_card() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = asked(&site, &mut anna).await;
    until(&site, "2026-12-13T00:00:00Z").await;
    anna.browser.sign_in(&site, ANNA, WORDS).await;
    let (order, pay) = (format!("/-/order/{id}"), format!("/-/account/{id}/pay"));
    for page in ["/-/account", "/-/account/payment"] {
        let page = anna.browser.get(&site, page).await;
        for said in [
            "Your bank wants you to confirm the payment of $14.90",
            "Confirm the payment",
            "Pay with another card",
        ] {
            assert!(page.html.contains(said), "{said}: {}", page.html);
        }
        for link in [&order, &pay] {
            assert!(page.slashed().contains(link), "{link}: {}", page.html);
        }
    }
    // The page of the bank leads there as well.
    let reply = anna.presses(&site, &order, &[("other", "yes")]).await;
    assert_eq!(reply.location.as_ref(), Some(&pay), "{}", reply.html);
    let page = anna.browser.get(&site, &pay).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.html.contains("Pay $14.90"), "{}", page.html);
    assert!(page.slashed().contains(&order), "{}", page.html);

    let to = (&*pay, &*format!("/-/account/{id}/card"));
    // With the card that waits there is nothing to do but to confirm it.
    let same = subscription(&site, id).await.method.expect("a card");
    let fields = [("method", &*same.to_string())];
    let reply = anna.browser.fill(&site, to, &fields).await;
    assert_eq!(reply.location.as_ref(), Some(&order), "{}", reply.html);

    let reply = anna.browser.fill(&site, to, &typed(NO_MONEY)).await;
    assert_eq!(reply.status, StatusCode::PAYMENT_REQUIRED, "{}", reply.html);
    assert!(reply.html.contains("isn’t enough money"), "{}", reply.html);
    let reply = anna.browser.fill(&site, to, &typed(GOOD)).await;
    let page = follow(&mut anna, &site, reply).await;
    assert!(page.html.contains("It is paid"), "{}", page.html);
    assert_eq!(subscription(&site, id).await.stage, Stage::Active);
    assert_eq!(paid(&site), 2);
    // What was called off can't be confirmed any more.
    let fields = [("agrees", "yes")];
    anna.browser
        .fill(&site, ("/-/account", &order), &fields)
        .await;
    assert_eq!(paid(&site), 2);
}

#[tokio::test]
async fn the_provider_is_asked_so_often_whether_a_page_asks_or_its_form() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", AUTHENTICATES).await;
    let order = format!("/-/order/{id}");
    let token = anna.browser.get(&site, &order).await.token().to_owned();
    for _ in 1..30 {
        anna.browser.get(&site, &order).await;
    }
    let fields = [("token", &*token), ("agrees", "yes")];
    let reply = anna.browser.post(&site, &order, &fields).await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(paid(&site), 0);
    site.pass(10);
    let reply = anna.browser.post(&site, &order, &fields).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    assert_eq!(subscription(&site, id).await.stage, Stage::Active);
}

#[tokio::test]
async fn a_change_of_plan_that_is_declined_is_told_so_and_changes_nothing() {
    let site = Site::start().await;
    without_paper(&site);
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", ONCE).await;
    let reply = changes(&mut anna, &site, id).await;
    assert_eq!(reply.status, StatusCode::PAYMENT_REQUIRED, "{}", reply.html);
    for said in ["isn’t enough money", "Your plan stays as it was."] {
        assert!(reply.html.contains(said), "{said}: {}", reply.html);
    }
    // Where another card can be chosen.
    let card = format!("/-/account/{id}/card");
    assert!(reply.slashed().contains(&card), "{}", reply.html);
    let after = subscription(&site, id).await;
    assert_eq!(after.terms.offer.as_str(), "monthly");
    assert_eq!(after.change, None);
    let lie = format!("/-/account?done=change&of={id}");
    let page = anna.browser.get(&site, &lie).await;
    assert!(!page.html.contains("role=\"status\""), "{}", page.html);
}

#[tokio::test]
async fn a_change_of_plan_that_waits_for_the_bank_is_finished_or_given_up() {
    let site = Site::start().await;
    without_paper(&site);
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = asked(&site, &mut anna).await;
    let order = format!("/-/order/{id}");
    let reply = changes(&mut anna, &site, id).await;
    assert_eq!(reply.location.as_ref(), Some(&order), "{}", reply.html);
    // The same again leads to the same place.
    let again = format!("/-/account/{id}/change");
    let fields = [("offer", "bundle"), ("when", "now")];
    let reply = anna
        .browser
        .fill(&site, ("/-/account", &again), &fields)
        .await;
    assert_eq!(reply.location.as_ref(), Some(&order), "{}", reply.html);
    let page = anna.browser.get(&site, "/-/account").await;
    for said in [
        "as soon as the difference is paid",
        "Unless you confirm it by 13 November 2026, your plan stays as it is.",
        "Keep the plan I have",
    ] {
        assert!(page.html.contains(said), "{said}: {}", page.html);
    }

    let keep = format!("/-/account/{id}/keep-plan");
    let page = anna.browser.get(&site, &keep).await;
    assert!(page.html.contains("is called off"), "{}", page.html);
    let reply = anna.presses(&site, &keep, &[]).await;
    let page = follow(&mut anna, &site, reply).await;
    assert!(
        page.html.contains("Everything stays as it is."),
        "{}",
        page.html
    );
    assert_eq!(subscription(&site, id).await.change, None);
    assert_eq!(paid(&site), 1);

    for (agrees, said, offer) in [
        ("no", "The payment didn’t go through. Your plan", "monthly"),
        ("yes", "Your plan has changed.", "bundle"),
    ] {
        changes(&mut anna, &site, id).await;
        let reply = anna.presses(&site, &order, &[("agrees", agrees)]).await;
        let page = follow(&mut anna, &site, reply).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
        assert!(page.html.contains(said), "{said}: {}", page.html);
        assert_eq!(subscription(&site, id).await.terms.offer.as_str(), offer);
    }
    assert_eq!(paid(&site), 2);
}

#[tokio::test]
async fn a_change_of_plan_of_which_nobody_knows_isnt_said_to_be_done() {
    let site = Site::start().await;
    without_paper(&site);
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", GOOD).await;
    let card = format!("/-/account/{id}/card");
    let reply = anna.presses(&site, &card, &typed(ANSWER_LOST)).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let reply = changes(&mut anna, &site, id).await;
    let page = follow(&mut anna, &site, reply).await;
    assert!(!page.html.contains("role=\"status\""), "{}", page.html);
    for said in ["is under way", "as soon as the difference is paid"] {
        assert!(page.html.contains(said), "{said}: {}", page.html);
    }
    let change = subscription(&site, id).await.change;
    assert!(
        matches!(change, Some(PendingChange::OnPayment { .. })),
        "{change:?}"
    );
    // Nor is it somewhere to be welcomed.
    let page = anna.browser.get(&site, &format!("/-/order/{id}")).await;
    assert!(page.html.contains("is under way"), "{}", page.html);
}

#[tokio::test]
async fn what_a_change_of_plan_was_shown_to_cost_is_what_is_charged() {
    let site = Site::start().await;
    without_paper(&site);
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", GOOD).await;
    // Half of the month later a cent is a matter of minutes.
    site.pass(15 * 24 * 3_600);
    let page = format!("/-/account/{id}/change?offer=bundle&when=now");
    let way = format!("/-/account/{id}/change");
    let open = anna.browser.get(&site, &page).await;

    // The price was raised meanwhile.
    let before = site.billing.sales().as_ref().clone();
    let mut dearer = before.clone();
    let plans = dearer.catalog.plans.iter_mut();
    for plan in plans.filter(|plan| plan.id.as_str() == "bundle-monthly") {
        plan.prices = vec!["29.90 USD".parse().expect("a price")];
    }
    site.billing.set_sales(dearer);
    let reply = anna.browser.send_form(&site, &open, &way, &[]).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    for said in ["has changed since you opened the page", "$29.90"] {
        assert!(reply.html.contains(said), "{said}: {}", reply.html);
    }
    assert_eq!(paid(&site), 1);
    site.billing.set_sales(before);

    site.pass(25 * 60);
    let reply = anna.browser.send_form(&site, &open, &way, &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let after = subscription(&site, id).await;
    let charged = after.payments.payments().last().expect("one").total.minor();
    let charged = format!("we charge ${}.{:02}", charged / 100, charged % 100);
    assert!(open.html.contains(&charged), "{charged}: {}", open.html);
}

#[tokio::test]
async fn a_change_for_a_period_that_was_renewed_meanwhile_is_shown_anew() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", GOOD).await;
    let page = format!("/-/account/{id}/change?offer=stay&when=then");
    let way = format!("/-/account/{id}/change");
    let open = anna.browser.get(&site, &page).await;
    assert!(open.html.contains("12 December 2026"), "{}", open.html);
    until(&site, "2026-12-12T04:00:00Z").await;
    let reply = anna.browser.send_form(&site, &open, &way, &[]).await;
    assert_eq!(reply.status, StatusCode::CONFLICT, "{}", reply.html);
    assert!(reply.html.contains("12 January 2027"), "{}", reply.html);
    assert_eq!(subscription(&site, id).await.change, None);
    let reply = anna.browser.send_form(&site, &reply, &way, &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
}

/// Buys a gift whose payment waits for the bank; says where its order is.
async fn gives(anna: &mut Reader, site: &Site) -> String {
    let ways = ("/-/subscribe/present", "/-/subscribe/present");
    let mut fields = vec![
        ("gift_to", "Ben"),
        ("gift_mail", "ben@example.com"),
        ("gift_from", "Anna"),
        ("country", "DE"),
        ("consent", "yes"),
    ];
    fields.extend(typed(AUTHENTICATES));
    let reply = anna.browser.complete(site, ways, &fields).await;
    reply.location.expect("an order")
}

#[tokio::test]
async fn a_gift_that_was_left_at_the_bank_is_given_up_by_who_gives_it() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let order = gives(&mut anna, &site).await;
    let id = order.trim_start_matches("/-/order/");
    let gift = format!("/-/account/gifts/{id}");
    let list = anna.browser.get(&site, "/-/account/gifts").await;
    assert!(list.slashed().contains(&gift), "{}", list.html);
    let page = anna.browser.get(&site, &gift).await;
    for said in [
        "Your bank wants you to confirm the payment of $99.00",
        "If it isn’t paid by 13 November 2026",
    ] {
        assert!(page.html.contains(said), "{said}: {}", page.html);
    }
    assert!(page.slashed().contains(&order), "{}", page.html);

    let mut eve = Reader::signed_in(&site, "eve@example.com").await;
    let fields = [("give_up", "yes")];
    let theirs = eve.browser.fill(&site, ("/-/account", &gift), &fields);
    assert_eq!(theirs.await.status, StatusCode::NOT_FOUND);

    for _ in 0..2 {
        let reply = anna
            .browser
            .fill(&site, ("/-/account", &gift), &fields)
            .await;
        let page = follow(&mut anna, &site, reply).await;
        assert!(page.html.contains("The gift is given up"), "{}", page.html);
    }
    let page = anna.browser.get(&site, &order).await;
    assert_eq!(page.status, StatusCode::GONE, "{}", page.html);
    let page = anna.browser.get(&site, &gift).await;
    assert!(page.html.contains("It was never paid."), "{}", page.html);
    assert!(!page.html.contains("give_up"), "{}", page.html);
    assert_eq!(paid(&site), 0);
}

#[tokio::test]
async fn a_gift_that_cant_be_confirmed_is_given_up_for_one_with_another_card() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let order = gives(&mut anna, &site).await;
    let reply = anna.presses(&site, &order, &[("other", "yes")]).await;
    let to = reply.location.unwrap_or_default();
    assert!(to.starts_with("/-/subscribe/present"), "{to}");
    let page = anna.browser.get(&site, &order).await;
    assert_eq!(page.status, StatusCode::GONE, "{}", page.html);

    // Nothing has to be written twice.
    let page = anna.browser.get(&site, &to).await;
    assert!(page.html.contains("ben@example.com"), "{}", page.html);

    // One that the bank was told no about can be given up, too.
    let order = gives(&mut anna, &site).await;
    anna.presses(&site, &order, &[("agrees", "no")]).await;
    let gift = order.replace("/order/", "/account/gifts/");
    let page = anna.browser.get(&site, &gift).await;
    assert!(page.html.contains("Pay with another card"), "{}", page.html);
    let reply = anna.presses(&site, &gift, &[("give_up", "yes")]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let page = anna.browser.get(&site, &order).await;
    assert_eq!(page.status, StatusCode::GONE, "{}", page.html);
    assert_eq!(paid(&site), 0);
}
