//! Forms from elsewhere, and places elsewhere.

use http::StatusCode;

use crate::browser::Browser;
use crate::reader::{GOOD, Reader, subscription};
use crate::site::Site;
use crate::ways::{addresses, addresses_of};

const ANNA: &str = "anna@example.com";
const WORDS: &str = "correct horse battery";

#[tokio::test]
async fn a_form_that_isnt_ours_does_nothing_whatever_it_is_for() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    let mut browser = Browser::new();
    browser.sign_in(&site, ANNA, WORDS).await;
    let session = browser.session().to_owned();
    let token = browser.get(&site, "/-/account").await.token().to_owned();
    let mut eve = Browser::new();
    let evil = eve.get(&site, "/-/login").await.token().to_owned();
    let spoilt = format!("A{}", &token[1..]);
    let fields = |token: &str| {
        let fields = [
            ("token", token),
            ("mail", ANNA),
            ("password", WORDS),
            ("others", "yes"),
        ];
        fields.map(|(key, value)| (key.to_owned(), value.to_owned()))
    };
    for way in &addresses() {
        for bad in ["", "x", &*evil, &*spoilt] {
            let fields = fields(bad);
            let fields: Vec<_> = fields
                .iter()
                .map(|(key, value)| (&**key, &**value))
                .collect();
            let reply = browser.post(&site, way, &fields).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{way} {bad}");
        }
        let fields = fields(&token);
        let fields: Vec<_> = fields
            .iter()
            .map(|(key, value)| (&**key, &**value))
            .collect();
        for (name, value) in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            browser.says = vec![(name, value.to_owned())];
            let reply = browser.post(&site, way, &fields).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{way} {name} {value}");
            browser.says.clear();
        }
        // Without the cookie that the token fits.
        let form = browser.cookies.remove("__Host-ludgate-form").expect("one");
        let reply = browser.post(&site, way, &fields).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{way}");
        browser
            .cookies
            .insert("__Host-ludgate-form".to_owned(), form);
        browser.cookies.remove("session");
        browser
            .cookies
            .insert("session".to_owned(), session.clone());
    }
    assert!(site.gate.knows(&session, site.now()).is_some());
    assert_eq!(site.letters().await, []);
}

#[tokio::test]
async fn nothing_is_done_by_looking() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    let mut browser = Browser::new();
    browser.sign_in(&site, ANNA, WORDS).await;
    let session = browser.session().to_owned();
    let token = browser.get(&site, "/-/account").await.token().to_owned();
    for way in &addresses() {
        let query = format!("{way}?token={token}&mail={ANNA}&others=yes&key=x");
        browser.get(&site, &query).await;
    }
    assert_eq!(browser.session(), session);
    assert!(site.gate.knows(&session, site.now()).is_some());
    assert_eq!(site.letters().await, []);
}

#[tokio::test]
async fn nothing_is_done_to_what_somebody_has_by_looking_at_it() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", GOOD).await;
    site.letters().await;
    // Whatever changes a session or a subscription draws a number.
    let numbers = async || {
        let mut reading = site.store.read().await.expect("a turn");
        reading.feed_end().await.expect("read")
    };
    let before = (
        numbers().await,
        subscription(&site, id).await,
        site.account(ANNA).await,
    );
    let token = anna.browser.get(&site, "/-/account").await;
    let token = token.token();
    // What forms of theirs say.
    let said = "password=correct+horse+battery&sure=yes&others=yes&wants=yes&agrees=yes&forget=yes\
                &answer=accept&day=2026-12-01&name=Eve&new=another+good+one&key=x";
    for way in addresses_of(&site, id).await {
        let page = anna
            .browser
            .get(&site, &format!("{way}?token={token}&{said}"))
            .await;
        assert!(!page.status.is_server_error(), "{way}: {}", page.html);
    }
    let after = (
        numbers().await,
        subscription(&site, id).await,
        site.account(ANNA).await,
    );
    assert_eq!(after, before);
    assert_eq!(site.letters().await, []);
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    for (to, location) in [
        ("/stories/a", "/stories/a"),
        ("//evil.example/", "/-/account"),
        ("https://evil.example/", "/-/account"),
        ("/\\evil.example", "/-/account"),
        ("/\t/evil.example", "/-/account"),
        ("javascript:alert(1)", "/-/account"),
        ("/-/logout", "/-/account"),
    ] {
        let mut browser = Browser::new();
        let fields = [("mail", ANNA), ("password", WORDS), ("to", to)];
        let ways = ("/-/login", "/-/login");
        let reply = browser.fill(&site, ways, &fields).await;
        assert_eq!(reply.location.as_deref(), Some(location), "{to}");
        site.pass(3_600);
    }
}

#[tokio::test]
async fn where_the_reader_came_from_is_where_they_wanted_to_go_if_it_is_here() {
    let site = Site::start().await;
    for (from, is_kept) in [
        ("https://review.example/stories/a", true),
        ("https://evil.example/stories/a", false),
        ("https://review.example.evil.example/stories/a", false),
        ("https://review.example/-/login", false),
        ("https://review.example@evil.example/stories/a", false),
    ] {
        let mut browser = Browser::new();
        browser.says = vec![("referer", from.to_owned())];
        let page = browser.get(&site, "/-/login").await;
        let kept = page
            .html
            .contains("name=\"to\" value=\"&#x2f;stories&#x2f;a\"");
        assert_eq!(kept, is_kept, "{from}: {}", page.html);
    }
}

#[tokio::test]
async fn a_form_that_names_no_place_leads_to_the_account_and_not_to_the_front_page() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    let mut browser = Browser::new();
    let token = browser.get(&site, "/-/login").await.token().to_owned();
    // As browsers have it from our pages, whose policy it is.
    browser.says = vec![("referer", "https://review.example/".to_owned())];
    let fields = [("token", &*token), ("mail", ANNA), ("password", WORDS)];
    let reply = browser.post(&site, "/-/login", &fields).await;
    assert_eq!(reply.location.as_deref(), Some("/-/account"));
}

#[tokio::test]
async fn who_sends_form_after_form_is_slowed_down_and_no_other_device() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    let (mut thief, mut anna) = (Browser::new(), Browser::new());
    thief.sign_in(&site, ANNA, WORDS).await;
    anna.sign_in(&site, ANNA, WORDS).await;
    let token = thief.get(&site, "/-/account").await.token().to_owned();
    let fields = [("token", &*token), ("name", "Eve")];
    let mut answered = Vec::new();
    for pause in [vec![0; 61], vec![5, 0]].concat() {
        site.pass(pause);
        let reply = thief.post(&site, "/-/account/name", &fields).await;
        answered.push(reply.status);
    }
    assert_eq!(answered[..60], [StatusCode::OK; 60]);
    let then = [
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::OK,
        StatusCode::TOO_MANY_REQUESTS,
    ];
    assert_eq!(answered[60..], then);
    // Nobody is kept from signing them out.
    let ways = ("/-/account", "/-/account/devices");
    let reply = anna.fill(&site, ways, &[("others", "yes")]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    assert!(site.gate.knows(thief.session(), site.now()).is_none());
}

#[tokio::test]
async fn pages_speak_the_readers_language() {
    let site = Site::start().await;
    for (asked, lang) in [
        ("ar", "lang=\"ar\" dir=\"rtl\""),
        ("ja,en;q=0.5", "lang=\"ja\""),
        ("xx", "lang=\"en\""),
    ] {
        let mut browser = Browser::new();
        browser.says = vec![("accept-language", asked.to_owned())];
        let page = browser.get(&site, "/-/register").await;
        assert!(page.html.contains(lang), "{asked}");
    }
}
