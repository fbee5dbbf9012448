//! Cards: declined, asked about by banks, known, kept, tried out.

use http::StatusCode;

use crate::buyer::{
    ANNA, AUTHENTICATES, EVE, GOOD, NO_MONEY, REFUSED, buy, filled, follow, has, signed_in,
};
use crate::site::Site;

#[tokio::test]
async fn who_is_declined_is_told_why_and_pays_with_another_card() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    for (card, why) in [(NO_MONEY, "isn’t enough money"), (REFUSED, "declined it")] {
        let reply = buy(&mut anna, &site, "winter", &filled(card)).await;
        assert_eq!(reply.status, StatusCode::PAYMENT_REQUIRED);
        assert!(reply.html.contains(why), "{card}: {}", reply.html);
        assert!(reply.html.contains("role=\"alert\""));
        // Not even a test card's number is shown again.
        let digits = card.replace(' ', "");
        assert!(!reply.html.contains(card) && !reply.html.contains(&digits));
    }
    assert_eq!(has(&site, ANNA).await.1, 0);
    // The form that was shown again is a new one, and fit to be sent.
    let page = anna.get(&site, "/-/subscribe/winter").await;
    assert!(page.html.contains("isn’t enough money"), "{}", page.html);
    let action = "/-/subscribe/winter";
    let reply = anna.send_form(&site, &page, action, &filled(GOOD)).await;
    let page = follow(&mut anna, &site, &reply).await;
    assert!(page.html.contains("Welcome to"), "{}", page.html);
    assert_eq!(has(&site, ANNA).await.1, 1);
}

#[tokio::test]
async fn who_tries_again_keeps_the_code_the_currency_and_the_story() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let query = "to=%2Fstories%2Fa&currency=EUR&code=FRIENDS-26";
    let offer = format!("friends?{query}");
    let reply = buy(&mut anna, &site, &offer, &filled(AUTHENTICATES)).await;
    let page = follow(&mut anna, &site, &reply).await;
    let order = reply.location.expect("an order");
    let action = order.split('?').next().unwrap_or_default();
    let fields = [("agrees", "no")];
    let reply = anna.send_form(&site, &page, action, &fields).await;
    let page = follow(&mut anna, &site, &reply).await;
    assert_eq!(page.status, StatusCode::PAYMENT_REQUIRED);
    let again = format!("/-/subscribe/friends?{query}");
    let link = format!("href=\"{}\"", again.replace('&', "&amp;"));
    assert!(page.slashed().contains(&link), "{}", page.html);
    // It still says why the last payment failed.
    let page = anna.get(&site, &again).await;
    assert_eq!(page.status, StatusCode::PAYMENT_REQUIRED);
    assert!(page.html.contains("€1.00"), "{}", page.html);
}

#[tokio::test]
async fn a_bank_that_asks_is_answered_on_its_page() {
    let site = Site::start().await;
    for (agrees, said) in [("no", "wasn’t confirmed"), ("yes", "Welcome to")] {
        let mail = format!("{agrees}@example.com");
        let mut browser = signed_in(&site, &mail).await;
        let reply = buy(
            &mut browser,
            &site,
            "monthly?to=/stories/a",
            &filled(AUTHENTICATES),
        )
        .await;
        let page = follow(&mut browser, &site, &reply).await;
        assert!(page.html.contains("asks for $14.90"), "{}", page.html);
        let order = reply.location.expect("an order");
        let action = order.split('?').next().unwrap_or_default();
        // Nobody else can say yes.
        let mut eve = signed_in(&site, &format!("eve-{agrees}@example.com")).await;
        let token = eve.get(&site, "/-/account").await.token().to_owned();
        let fields = [("token", &*token), ("agrees", "yes")];
        let refused = eve.post(&site, action, &fields).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
        assert_eq!(has(&site, &mail).await, (1, 0));

        let reply = browser
            .send_form(&site, &page, action, &[("agrees", agrees)])
            .await;
        let page = follow(&mut browser, &site, &reply).await;
        assert!(page.html.contains(said), "{agrees}: {}", page.html);
        assert_eq!(has(&site, &mail).await, (1, usize::from(agrees == "yes")));
    }
}

#[tokio::test]
async fn who_cant_answer_their_bank_pays_with_another_card() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let reply = buy(
        &mut anna,
        &site,
        "once?to=/stories/a",
        &filled(AUTHENTICATES),
    )
    .await;
    let page = follow(&mut anna, &site, &reply).await;
    let order = reply.location.expect("an order");
    let action = order.split('?').next().unwrap_or_default();
    // Until then another purchase leads back here.
    let again = buy(&mut anna, &site, "monthly", &filled(GOOD)).await;
    assert_eq!(again.location.as_deref(), Some(action));
    let fields = [("other", "yes")];
    let reply = anna.send_form(&site, &page, action, &fields).await;
    let checkout = "/-/subscribe/once?to=%2Fstories%2Fa";
    assert_eq!(reply.location.as_deref(), Some(checkout));
    let page = anna.get(&site, &order).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.html.contains("Nothing has been charged"));
    let reply = buy(&mut anna, &site, "once", &filled(GOOD)).await;
    let page = follow(&mut anna, &site, &reply).await;
    assert!(page.html.contains("Welcome to"), "{}", page.html);
    assert_eq!(has(&site, ANNA).await, (2, 1));
}

#[tokio::test]
async fn a_declined_card_uses_up_nothing_that_there_is_once() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let action = "/-/subscribe/once";
    let declined = buy(&mut anna, &site, "once", &filled(NO_MONEY)).await;
    assert_eq!(declined.status, StatusCode::PAYMENT_REQUIRED);
    // By the page that says so, and by the offer opened anew.
    let reply = anna
        .send_form(&site, &declined, action, &filled(REFUSED))
        .await;
    assert_eq!(reply.status, StatusCode::PAYMENT_REQUIRED);
    let page = anna.get(&site, "/-/subscribe").await;
    assert!(page.slashed().contains("subscribe/once"), "{}", page.html);
    let reply = buy(&mut anna, &site, "once", &filled(GOOD)).await;
    let page = follow(&mut anna, &site, &reply).await;
    assert!(page.html.contains("Welcome to"), "{}", page.html);
    // It was the last one.
    let mut eve = signed_in(&site, EVE).await;
    let page = eve.get(&site, action).await;
    assert_eq!(page.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_known_card_is_paid_with_again_and_nobody_elses() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    buy(&mut anna, &site, "day", &filled(GOOD)).await;
    let page = anna.get(&site, "/-/subscribe/monthly").await;
    assert!(page.html.contains("Visa 4242"), "{}", page.html);
    let known = page.html.split("id=\"card-").nth(1).expect("a card");
    let known = known.split('"').next().expect("an id").to_owned();
    let fields = [("country", "DE"), ("method", &*known), ("consent", "yes")];
    let mut eve = signed_in(&site, EVE).await;
    let reply = buy(&mut eve, &site, "monthly", &fields).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(has(&site, EVE).await, (0, 0));
    let reply = buy(&mut anna, &site, "monthly", &fields).await;
    follow(&mut anna, &site, &reply).await;
    assert_eq!(has(&site, ANNA).await, (2, 2));
}

#[tokio::test]
async fn trying_out_stolen_cards_is_slowed_down() {
    let site = Site::start().await;
    let mut eve = signed_in(&site, EVE).await;
    let mut answered = Vec::new();
    for _ in 0..12 {
        let reply = buy(&mut eve, &site, "monthly", &filled(REFUSED)).await;
        answered.push(reply.status);
    }
    assert_eq!(answered[9], StatusCode::PAYMENT_REQUIRED);
    assert_eq!(answered[10..], [StatusCode::TOO_MANY_REQUESTS; 2]);
}

#[tokio::test]
async fn a_card_counts_when_it_is_entered_and_not_when_its_page_is_looked_at() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let page = anna.get(&site, "/-/subscribe/monthly").await;
    for _ in 0..12 {
        let fields = [("token", page.token())];
        let reply = anna.post(&site, "/-/card", &fields).await;
        // The sandbox has its fields on the page.
        assert_eq!(reply.status, StatusCode::NOT_FOUND);
    }
    let reply = buy(&mut anna, &site, "monthly", &filled(GOOD)).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
}

#[tokio::test]
async fn a_card_that_was_entered_is_kept_whatever_else_is_wrong() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let mut fields = filled(GOOD);
    fields.retain(|(name, _)| *name != "consent");
    // As Stripe's script sends it.
    fields.push(("setup", "seti_1"));
    fields.extend([("business", "yes"), ("vat", "x")]);
    let reply = buy(&mut anna, &site, "monthly", &fields).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.html.contains("id=\"vat-error\""), "{}", reply.html);
    let known = reply.html.split("Visa 4242").next().expect("a card");
    let known = known.rsplit("<input").next().unwrap_or_default();
    assert!(known.contains(" checked"), "{known}");
    let known = known.split("id=\"card-").nth(1).expect("an id");
    let known = known.split('"').next().expect("an id").to_owned();
    let fields = [("country", "DE"), ("method", &*known), ("consent", "yes")];
    let action = "/-/subscribe/monthly";
    let reply = anna.send_form(&site, &reply, action, &fields).await;
    follow(&mut anna, &site, &reply).await;
    assert_eq!(has(&site, ANNA).await, (1, 1));
}
