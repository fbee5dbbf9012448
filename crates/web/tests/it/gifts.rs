//! Gifts: bought for another, looked at, redeemed once.

use http::StatusCode;

use crate::browser::{Browser, Reply};
use crate::site::Site;

const ANNA: &str = "anna@example.com";
const BEN: &str = "ben@example.com";
const WORDS: &str = "correct horse battery";

const FILLED: [(&str, &str); 10] = [
    ("gift_to", "Ben <b>"),
    ("gift_mail", "ben@example.com"),
    ("gift_words", "Happy birthday,\r\nand many more"),
    ("gift_from", "Anna & family"),
    ("country", "DE"),
    ("method", "new"),
    ("card_number", "4242424242424242"),
    ("card_expires", "12/30"),
    ("card_code", "123"),
    ("consent", "yes"),
];

async fn signed_in(site: &Site, mail: &str) -> Browser {
    site.register(mail, WORDS).await;
    let mut browser = Browser::new();
    browser.sign_in(site, mail, WORDS).await;
    browser
}

async fn give(browser: &mut Browser, site: &Site) -> Reply {
    let ways = ("/-/subscribe/present", "/-/subscribe/present");
    browser.complete(site, ways, &FILLED).await
}

/// The code of the gift that was bought.
async fn code(site: &Site, reply: &Reply) -> String {
    let order = reply.location.as_deref().expect("an order");
    let id = order.trim_start_matches("/-/order/").parse();
    let account = site.account(ANNA).await.expect("an account").id;
    let code = site.billing.gift_code(account, id.expect("a gift")).await;
    code.expect("a code").expect("paid")
}

#[tokio::test]
async fn a_gift_is_bought_shown_and_redeemed_once() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let bought = give(&mut anna, &site).await;
    assert_eq!(bought.status, StatusCode::SEE_OTHER, "{}", bought.html);
    let order = bought.location.clone().expect("an order");
    let page = anna.get(&site, &order).await;
    assert!(page.html.contains("the gift is paid"), "{}", page.html);
    let code = code(&site, &bought).await;
    // The mail may be lost, or its address mistyped.
    assert!(page.html.contains(&code), "{}", page.html);
    assert!(page.html.contains("ben@example.com"), "{}", page.html);

    // Whoever has the code sees what it is, however it is typed; looking uses
    // nothing up.
    let mut ben = Browser::new();
    let typed = code.to_lowercase().replace('-', "%20");
    for _ in 0..3 {
        let page = ben.get(&site, &format!("/-/redeem?code={typed}")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
        assert!(page.html.contains("Happy birthday"));
        assert!(page.html.contains("Anna &amp; family"), "{}", page.html);
        assert!(page.html.contains("Ben &lt;b&gt;"), "{}", page.html);
        assert!(
            page.html.contains("login?to=%2F-%2Fredeem%3Fcode%3D"),
            "{}",
            page.html
        );
        assert!(!page.html.contains("method=\"post\""));
        // They buy nothing.
        assert!(page.html.contains("keeps the gift"), "{}", page.html);
        assert!(!page.html.contains("what you buy"), "{}", page.html);
    }
    site.register(BEN, WORDS).await;
    ben.sign_in(&site, BEN, WORDS).await;
    let redeem = format!("/-/redeem?code={code}");
    let page = ben.get(&site, &redeem).await;
    assert!(!page.html.contains("Taxes"), "{}", page.html);
    let fields = [("country", "DE")];
    let reply = ben.send_form(&site, &page, "/-/redeem", &fields).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let again = ben.send_form(&site, &page, "/-/redeem", &fields).await;
    let welcome = ben.get(&site, &reply.location.expect("an order")).await;
    assert!(welcome.html.contains("Welcome to"), "{}", welcome.html);
    assert_ne!(again.status, StatusCode::INTERNAL_SERVER_ERROR);
    // To whom it was given it is a gift, and no pass that they have bought.
    for page in [&welcome, &ben.get(&site, "/-/account").await] {
        assert!(page.html.contains("Gift subscription"), "{}", page.html);
        assert!(!page.html.contains("A pass to"), "{}", page.html);
    }
    let account = site.account(BEN).await.expect("an account").id;
    let mut reading = site.store.read().await.expect("a turn");
    let all = reading.subscriptions(account).await.expect("subscriptions");
    assert_eq!(all.len(), 1);
    drop(reading);

    let page = anna.get(&site, &order).await;
    assert!(page.html.contains("The gift has been redeemed"));
    assert!(!page.html.contains("is on its way"), "{}", page.html);

    let page = Browser::new().get(&site, &redeem).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.html.contains("has been redeemed"), "{}", page.html);
}

#[tokio::test]
async fn codes_that_are_none_are_refused_beside_their_field() {
    let site = Site::start().await;
    let mut browser = Browser::new();
    let page = browser.get(&site, "/-/redeem").await;
    assert_eq!(page.status, StatusCode::OK);
    for wrong in [
        "x",
        "0000-0000-0000-0000",
        "%3Cscript%3E",
        "%00",
        &"A".repeat(4_000),
    ] {
        let page = browser.get(&site, &format!("/-/redeem?code={wrong}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(page.html.contains("id=\"code-error\""), "{wrong}");
        assert!(!page.html.contains("<script>"), "{wrong}");
        assert!(page.html.len() < 5_000, "{wrong}");
    }
    let mut anna = signed_in(&site, ANNA).await;
    let token = anna.get(&site, "/-/account").await.token().to_owned();
    let form = "0".repeat(32);
    for code in ["", "nothing"] {
        let fields = [("token", &*token), ("form", &*form), ("code", code)];
        let reply = anna.post(&site, "/-/redeem", &fields).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
    }
}

#[tokio::test]
async fn a_card_that_says_too_much_or_nothing_is_refused() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let long = "x".repeat(501);
    for (name, value) in [
        ("gift_to", ""),
        ("gift_from", ""),
        ("gift_mail", "nobody"),
        ("gift_mail", "jörg@example.com"),
        ("gift_words", &*long),
    ] {
        let mut fields = FILLED.to_vec();
        fields.retain(|(given, _)| *given != name);
        fields.push((name, value));
        let ways = ("/-/subscribe/present", "/-/subscribe/present");
        let reply = anna.complete(&site, ways, &fields).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(
            reply.html.contains(&format!("id=\"{name}-error\"")),
            "{name}"
        );
    }
    let account = site.account(ANNA).await.expect("an account").id;
    let mut reading = site.store.read().await.expect("a turn");
    assert_eq!(reading.gifts(account).await.expect("gifts"), []);
}

#[tokio::test]
async fn a_declined_gift_is_paid_with_another_card() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let mut fields = FILLED.to_vec();
    fields.retain(|(given, _)| *given != "card_number");
    fields.push(("card_number", "4000 0000 0000 9995"));
    let ways = ("/-/subscribe/present", "/-/subscribe/present");
    let reply = anna.complete(&site, ways, &fields).await;
    assert_eq!(reply.status, StatusCode::PAYMENT_REQUIRED);
    assert!(reply.html.contains("Happy birthday"), "{}", reply.html);
    let reply = anna.send_form(&site, &reply, ways.1, &FILLED).await;
    let order = reply.location.expect("an order");
    let page = anna.get(&site, &order).await;
    assert!(page.html.contains("the gift is paid"), "{}", page.html);
}

#[tokio::test]
async fn a_gift_that_there_is_once_is_paid_with_another_card_too() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let mut fields = FILLED.to_vec();
    fields.retain(|(given, _)| *given != "card_number");
    fields.push(("card_number", "4000 0000 0000 9995"));
    let ways = ("/-/subscribe/present-once", "/-/subscribe/present-once");
    let reply = anna.complete(&site, ways, &fields).await;
    assert_eq!(reply.status, StatusCode::PAYMENT_REQUIRED);
    let reply = anna.send_form(&site, &reply, ways.1, &FILLED).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let order = reply.location.expect("an order");
    let page = anna.get(&site, &order).await;
    assert!(page.html.contains("the gift is paid"), "{}", page.html);
    assert_eq!(anna.get(&site, ways.0).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn who_has_what_a_gift_gives_is_told_so_before_they_take_it() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let bought = give(&mut anna, &site).await;
    let code = code(&site, &bought).await;
    let mut fields = FILLED.to_vec();
    fields.retain(|(name, _)| !name.starts_with("gift_"));
    let ways = ("/-/subscribe/monthly", "/-/subscribe/monthly");
    let mut ben = signed_in(&site, BEN).await;
    let redeem = format!("/-/redeem?code={code}");
    let open = ben.get(&site, &redeem).await;
    let reply = ben.complete(&site, ways, &fields).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let page = ben.get(&site, &redeem).await;
    // And by a form that was open meanwhile.
    let fields = [("country", "DE")];
    let sent = ben.send_form(&site, &open, "/-/redeem", &fields).await;
    for reply in [page, sent] {
        assert_eq!(reply.status, StatusCode::CONFLICT, "{}", reply.html);
        let said = "stays good until 12 November 2027";
        assert!(reply.html.contains(said), "{}", reply.html);
        assert!(!reply.html.contains("method=\"post\""));
    }
}

#[tokio::test]
async fn a_mistyped_receiver_is_put_right_and_the_first_code_is_worth_nothing() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let bought = give(&mut anna, &site).await;
    let first = code(&site, &bought).await;
    let order = bought.location.clone().expect("an order");
    let id = order.trim_start_matches("/-/order/").to_owned();
    let page = anna.get(&site, &order).await;
    let gift = format!("/-/account/gifts/{id}");
    assert!(page.slashed().contains(&gift), "{}", page.html);
    let list = anna.get(&site, "/-/account/gifts").await;
    assert!(list.slashed().contains(&gift), "{}", list.html);

    let page = anna.get(&site, &gift).await;
    assert!(
        page.html.contains("value=\"ben@example.com\""),
        "{}",
        page.html
    );
    assert!(page.html.contains(&first), "{}", page.html);
    let bad = anna.fill(&site, (&gift, &gift), &[("mail", "ben@")]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(code(&site, &bought).await, first);

    // Another's gift is none.
    let mut eve = signed_in(&site, "eve@example.com").await;
    let fields = [("mail", "eve@example.com")];
    let theirs = eve.fill(&site, ("/-/account", &gift), &fields).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND, "{}", theirs.html);
    assert_eq!(code(&site, &bought).await, first);

    // To the same address it is the same code; to another it is another.
    let again = [("mail", "ben@example.com")];
    let sent = anna.fill(&site, (&gift, &gift), &again).await;
    let to = sent.location.expect("the list");
    let list = anna.get(&site, &to).await;
    assert!(
        list.html.contains("The code is on its way."),
        "{}",
        list.html
    );
    assert_eq!(code(&site, &bought).await, first);
    anna.fill(&site, (&gift, &gift), &[("mail", BEN), ("x", "")])
        .await;
    let right = [("mail", "ben.sand@example.com")];
    let sent = anna.fill(&site, (&gift, &gift), &right).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.html);
    let second = code(&site, &bought).await;
    assert_ne!(second, first);
    let page = anna.get(&site, &format!("/-/redeem?code={first}")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let says = "This code was replaced";
    assert!(page.html.contains(says), "{}", page.html);
    let page = anna.get(&site, "/-/redeem?code=0000-0000").await;
    assert!(!page.html.contains(says), "{}", page.html);
    let page = anna.get(&site, &format!("/-/redeem?code={second}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);

    // Nobody is flooded this way.
    for name in ["a", "b"] {
        let mail = format!("{name}@example.com");
        let sent = anna.fill(&site, (&gift, &gift), &[("mail", &mail)]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{name}: {}", sent.html);
    }
    let sent = anna
        .fill(&site, (&gift, &gift), &[("mail", "c@example.com")])
        .await;
    assert_eq!(sent.status, StatusCode::CONFLICT, "{}", sent.html);
    assert!(sent.html.contains("as often as it can be"), "{}", sent.html);
}
