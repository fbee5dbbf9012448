//! Forms that aren't taken, for all that they are the reader's own: what was typed
//! isn't lost, and there is a way back.

use http::StatusCode;

use crate::browser::Browser;
use crate::buyer::{ANNA, EVE, GOOD, REFUSED, WORDS, buy, filled, has, signed_in};
use crate::site::Site;

const TYPED: [(&str, &str); 6] = [
    ("gift_to", "Ben <b>"),
    ("gift_mail", "ben@example.com"),
    ("gift_words", "Many happy returns"),
    ("gift_from", "Anna"),
    ("country", "FR"),
    ("business", "yes"),
];

#[tokio::test]
async fn a_checkout_that_was_open_for_too_long_is_shown_again_as_it_was_typed() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let page = anna.get(&site, "/-/subscribe/present").await;
    // Signed in anew meanwhile, the form is another's.
    anna.cookies.remove("session");
    anna.sign_in(&site, ANNA, WORDS).await;
    let mut fields = filled(GOOD);
    fields.retain(|(name, _)| *name != "country");
    fields.extend(TYPED);
    let action = "/-/subscribe/present";
    let reply = anna.send_form(&site, &page, action, &fields).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN, "{}", reply.html);
    for kept in ["Ben &lt;b&gt;", "ben@example.com", "Many happy returns"] {
        assert!(reply.html.contains(kept), "{kept}: {}", reply.html);
    }
    assert!(
        reply.html.contains("value=\"FR\" selected"),
        "{}",
        reply.html
    );
    assert!(
        reply.html.contains("What you typed is still here"),
        "{}",
        reply.html
    );
    // It is agreed to anew, and no card's number is kept.
    let consent = reply.html.split("id=\"consent\"").nth(1).expect("a box");
    let consent = consent.split('>').next().expect("its end");
    assert!(!consent.contains("checked"), "{consent}");
    assert!(!reply.html.contains(GOOD));
    let account = site.account(ANNA).await.expect("an account").id;
    let mut reading = site.store.read().await.expect("a turn");
    assert_eq!(reading.gifts(account).await.expect("gifts"), []);
    drop(reading);
    // Sent again as it stands there, it is taken.
    let fields: Vec<_> = fields
        .into_iter()
        .filter(|(name, _)| *name != "business")
        .collect();
    let reply = anna.send_form(&site, &reply, action, &fields).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
}

#[tokio::test]
async fn who_tries_too_many_cards_keeps_what_they_typed() {
    let site = Site::start().await;
    let mut eve = signed_in(&site, EVE).await;
    let mut reply = buy(&mut eve, &site, "monthly", &filled(REFUSED)).await;
    for _ in 0..10 {
        let mut fields = filled(REFUSED);
        fields.extend([("business", "yes"), ("business_name", "Muster & Co")]);
        fields.extend([
            ("business_street", "Hafenstr. 1"),
            ("business_city", "Hamburg"),
        ]);
        reply = buy(&mut eve, &site, "monthly", &fields).await;
    }
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(reply.html.contains("Muster &amp; Co"), "{}", reply.html);
    assert!(reply.html.contains("please wait"), "{}", reply.html);
    assert_eq!(has(&site, EVE).await, (0, 0));
}

#[tokio::test]
async fn what_comes_from_elsewhere_or_from_nobody_is_only_told_so() {
    let site = Site::start().await;
    let mut anna = signed_in(&site, ANNA).await;
    let page = anna.get(&site, "/-/subscribe/present").await;
    anna.says = vec![("sec-fetch-site", "cross-site".to_owned())];
    let action = "/-/subscribe/present";
    let reply = anna.send_form(&site, &page, action, &TYPED).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert!(!reply.html.contains("ben@example.com"), "{}", reply.html);
    let mut nobody = Browser::new();
    nobody.get(&site, "/-/login").await;
    let reply = nobody.post(&site, action, &TYPED).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert!(!reply.html.contains("ben@example.com"), "{}", reply.html);
}

#[tokio::test]
async fn a_notice_leads_back_to_where_the_form_was() {
    let site = Site::start().await;
    let mut browser = Browser::new();
    browser.get(&site, "/-/login?to=%2Fstories%2Fa").await;
    let fields = [("to", "/stories/a"), ("mail", ANNA)];
    let reply = browser.post(&site, "/-/login", &fields).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    let back = "href=\"/-/login?to=%2Fstories%2Fa\"";
    assert!(reply.slashed().contains(back), "{}", reply.html);
    // That of a link by mail is on the same page.
    let reply = browser.post(&site, "/-/login/mail", &fields).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    let back = "/-/login/mail?to=%2Fstories%2Fa";
    assert!(reply.slashed().contains(back), "{}", reply.html);
    let reply = browser.get(&site, back).await;
    let login = Some("/-/login?to=%2Fstories%2Fa");
    assert_eq!(reply.location.as_deref(), login);
    // What is an invitation's stays one.
    let fields = [("of", "sub_1"), ("seat", "seat_1")];
    let reply = browser.post(&site, "/-/seat", &fields).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    let back = "href=\"/-/seat?of=sub_1&amp;seat=seat_1\"";
    assert!(reply.slashed().contains(back), "{}", reply.html);
}
