//! Signing up and in with a password.

use access::AccountKey;
use http::StatusCode;
use ludgate_web::LetterKind;

use crate::browser::Browser;
use crate::site::{Site, link};

const ANNA: &str = "anna@example.com";
const WORDS: &str = "correct horse battery";

#[tokio::test]
async fn who_signs_up_is_signed_in_by_the_mail_and_gets_to_the_wanted_story() {
    let site = Site::start().await;
    let mut browser = Browser::new();
    browser.cookies.insert("reader".to_owned(), "r1".to_owned());
    let fields = [
        ("mail", ANNA),
        ("name", "Anna <b>"),
        ("password", WORDS),
        ("to", "/stories/a?b=c"),
    ];
    let ways = ("/-/register", "/-/register");
    let reply = browser.fill(&site, ways, &fields).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(site.account(ANNA).await, None, "nothing before the mail");
    let letter = site.letter().await;
    assert_eq!((letter.kind, &*letter.to), (LetterKind::Confirm, ANNA));

    let link = link(&letter);
    assert_eq!(browser.get(&site, &link).await.status, StatusCode::OK);
    assert_eq!(site.account(ANNA).await, None, "looking does nothing");
    let key = link.split("key=").nth(1).expect("a key");
    let reply = browser
        .fill(&site, (&link, "/-/register/link"), &[("key", key)])
        .await;
    assert_eq!(reply.location.as_deref(), Some("/stories/a?b=c"));
    let account = site.account(ANNA).await.expect("an account");
    assert_eq!(account.verified, Some(site.now()));
    let signed_in = site.gate.knows(browser.session(), site.now());
    assert_eq!(signed_in, Some(AccountKey::from(account.id)));
    let taken = site.gate.taken_over();
    assert_eq!(taken, [("r1".to_owned(), account.id.into())]);

    let page = browser.get(&site, "/-/account").await;
    assert!(page.html.contains("Anna &lt;b&gt;"), "{}", page.html);
    // Once.
    let again = browser
        .fill(&site, ("/-/account", "/-/register/link"), &[("key", key)])
        .await;
    assert_eq!(again.status, StatusCode::GONE);
}

#[tokio::test]
async fn known_and_unknown_addresses_are_answered_alike_after_the_same_work() {
    let site = Site::start().await;
    site.register("known@example.com", WORDS).await;
    let ways = [
        ("/-/login", "/-/login"),
        ("/-/login", "/-/login/mail"),
        ("/-/register", "/-/register"),
        ("/-/forgot", "/-/forgot"),
    ];
    for way in ways {
        let mut answers = Vec::new();
        for mail in ["known@example.com", "other@example.com"] {
            let mut browser = Browser::new();
            let before = site.pages.passwords_done();
            let fields = [("mail", mail), ("password", "wrong password")];
            let reply = browser.fill(&site, way, &fields).await;
            let work = site.pages.passwords_done() - before;
            let letters = site.letters().await.len();
            let set: Vec<_> = reply.cookies.iter().map(String::len).collect();
            let html = reply.plain().replace(mail, "MAIL");
            answers.push((reply.status, html, set, work, letters));
        }
        assert_eq!(answers[0], answers[1], "{way:?}");
    }
}

#[tokio::test]
async fn who_has_an_account_learns_so_by_mail_alone() {
    let site = Site::start().await;
    let before = site.register(ANNA, WORDS).await;
    let mut browser = Browser::new();
    let fields = [("mail", ANNA), ("password", "another password")];
    let ways = ("/-/register", "/-/register");
    browser.fill(&site, ways, &fields).await;
    let letter = site.letter().await;
    assert_eq!(letter.kind, LetterKind::AlreadyThere);
    assert!(link(&letter).starts_with("/-/login/link?key="));
    assert_eq!(
        browser
            .sign_in(&site, ANNA, "another password")
            .await
            .status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(site.account(ANNA).await.map(|found| found.id), Some(before));
}

#[tokio::test]
async fn whoever_signs_up_with_anothers_address_gets_nothing_by_their_click() {
    let site = Site::start().await;
    let mut thief = Browser::new();
    let fields = [("mail", ANNA), ("password", "the thief knows this")];
    let ways = ("/-/register", "/-/register");
    thief.fill(&site, ways, &fields).await;
    let link = link(&site.letter().await);
    let key = link.split("key=").nth(1).expect("a key");
    // Anna opens the mail in her own browser and presses the button.
    let mut anna = Browser::new();
    let way = (&*link, "/-/register/link");
    let reply = anna.fill(&site, way, &[("key", key)]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let guess = [("key", key), ("password", "guessed wrongly")];
    let reply = anna.fill(&site, way, &guess).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.account(ANNA).await, None);
    // Who has both the mail and the password is who signed up.
    let both = [("key", key), ("password", "the thief knows this")];
    let reply = anna.fill(&site, way, &both).await;
    assert_eq!(reply.location.as_deref(), Some("/-/account"));
}

#[tokio::test]
async fn a_session_is_drawn_anew_at_each_sign_in_and_the_old_one_ends() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    let mut browser = Browser::new();
    let planted = "0".repeat(32);
    browser
        .cookies
        .insert("session".to_owned(), planted.clone());
    let reply = browser.sign_in(&site, "ANNA@example.com", WORDS).await;
    assert_eq!(reply.location.as_deref(), Some("/-/account"));
    let first = browser.session().to_owned();
    assert_ne!(first, planted);
    assert!(site.gate.knows(&first, site.now()).is_some());
    assert!(site.gate.knows(&planted, site.now()).is_none());
    // A form of before doesn't do after, and the other way round.
    let page = browser.get(&site, "/-/account").await;
    let token = page.token().to_owned();
    let fields = [("token", &*token), ("mail", ANNA), ("password", WORDS)];
    browser.post(&site, "/-/login", &fields).await;
    assert_ne!(browser.session(), first);
    assert!(site.gate.knows(&first, site.now()).is_none());
    let stale = browser.post(&site, "/-/login", &fields).await;
    assert_eq!(stale.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn guessing_is_slowed_down_for_an_address_and_for_a_network() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    let mut refused = 0;
    for last in 0..15 {
        let mut browser = Browser::new();
        browser.address = [198, 51, last, 1].into();
        let reply = browser.sign_in(&site, ANNA, "wrong password").await;
        refused += usize::from(reply.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(refused, 5, "ten guesses at an address");
    let mut through = 0;
    for number in 0..70 {
        let mut browser = Browser::new();
        let mail = format!("reader{number}@example.com");
        let reply = browser.sign_in(&site, &mail, "wrong password").await;
        through += usize::from(reply.status != StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(through, 60, "sixty from a network");
    site.pass(3_600);
    let mut browser = Browser::new();
    let reply = browser.sign_in(&site, ANNA, WORDS).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_closed_account_lets_nobody_in_by_any_way() {
    let site = Site::start().await;
    let id = site.register(ANNA, WORDS).await;
    let mut writing = site.store.write().await.expect("a turn");
    writing.set_open(id, false).await.expect("a row");
    writing.commit().await.expect("a commit");
    let mut browser = Browser::new();
    let reply = browser.sign_in(&site, ANNA, WORDS).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    for way in [("/-/login", "/-/login/mail"), ("/-/forgot", "/-/forgot")] {
        browser.fill(&site, way, &[("mail", ANNA)]).await;
        let letter = site.letter().await;
        assert_eq!((letter.kind, letter.link), (LetterKind::Closed, None));
    }
    assert_eq!(browser.session(), "");
}

#[tokio::test]
async fn a_name_and_a_place_that_are_too_long_are_no_reason_to_fail() {
    let site = Site::start().await;
    let quotes = format!("/{}", "\"".repeat(2_000));
    for (number, (name, to)) in [
        ("x".repeat(5_000), "/stories/a"),
        ("\"".repeat(300), &*quotes),
    ]
    .iter()
    .enumerate()
    {
        let mail = format!("anna{number}@example.com");
        let fields = [
            ("mail", &*mail),
            ("password", WORDS),
            ("name", name),
            ("to", to),
        ];
        let mut browser = Browser::new();
        let ways = ("/-/register", "/-/register");
        let reply = browser.fill(&site, ways, &fields).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.html);
        let letter = site.letter().await;
        let link = link(&letter);
        let key = link.split("key=").nth(1).expect("a key");
        let reply = browser
            .fill(&site, (&link, "/-/register/link"), &[("key", key)])
            .await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    }
}

#[tokio::test]
async fn strangers_who_try_an_address_keep_nobody_out_where_they_have_been_signed_in() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    site.register("eve@example.com", WORDS).await;
    let mut anna = Browser::new();
    anna.sign_in(&site, ANNA, WORDS).await;
    let mark = anna.cookies["__Host-ludgate-known"].clone();
    assert!(!mark.contains("anna"), "{mark}");
    anna.cookies.remove("session");
    // Somebody tries it, and has mails sent, until nobody may.
    let mut stranger = Browser::new();
    for last in 0..12 {
        stranger.address = [198, 51, last, 1].into();
        stranger.sign_in(&site, ANNA, "wrong password").await;
        let ways = ("/-/login", "/-/login/mail");
        stranger.fill(&site, ways, &[("mail", ANNA)]).await;
    }
    let mut elsewhere = Browser::new();
    let reply = elsewhere.sign_in(&site, ANNA, WORDS).await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    // Another's mark opens nothing: it is of their own address.
    let mut eve = Browser::new();
    eve.sign_in(&site, "eve@example.com", WORDS).await;
    eve.cookies.remove("session");
    let reply = eve.sign_in(&site, ANNA, WORDS).await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    // Anna's own browser signs in, and has a link sent.
    let ways = ("/-/login", "/-/login/mail");
    let reply = anna.fill(&site, ways, &[("mail", ANNA)]).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.html);
    // Nor may it try for ever.
    let mut refused = 0;
    for _ in 0..12 {
        let reply = anna.sign_in(&site, ANNA, "wrong password").await;
        refused += usize::from(reply.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(refused, 2);
    site.pass(60);
    let reply = anna.sign_in(&site, ANNA, WORDS).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    assert_ne!(anna.cookies["__Host-ludgate-known"], mark);
}

#[tokio::test]
async fn a_browser_is_known_for_half_a_year_and_until_there_is_another_password() {
    const HALF_A_YEAR: i64 = 180 * 24 * 60 * 60;
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    let mut anna = Browser::new();
    anna.sign_in(&site, ANNA, WORDS).await;
    let mut lost = Browser::new();
    lost.sign_in(&site, ANNA, WORDS).await;
    let wear_out = async |number: u8| {
        let mut stranger = Browser::new();
        for last in 0..11 {
            stranger.address = [198, 51, number * 20 + last, 1].into();
            stranger.sign_in(&site, ANNA, "wrong password").await;
        }
    };
    let try_in = async |browser: &Browser| {
        let mut browser = browser.signed_out();
        let reply = browser.sign_in(&site, ANNA, "wrong password").await;
        reply.status
    };
    wear_out(0).await;
    assert_eq!(try_in(&lost).await, StatusCode::UNPROCESSABLE_ENTITY);
    // Another password: where it was set they are known, elsewhere no more.
    let way = ("/-/account/password", "/-/account/password");
    let fields = [("new", "another good one"), ("password", WORDS)];
    let reply = anna.fill(&site, way, &fields).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.html);
    assert_eq!(try_in(&lost).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(try_in(&anna).await, StatusCode::UNPROCESSABLE_ENTITY);
    // A browser may keep it for longer than it was told.
    site.pass(HALF_A_YEAR);
    wear_out(1).await;
    assert_eq!(try_in(&anna).await, StatusCode::UNPROCESSABLE_ENTITY);
    site.pass(1);
    assert_eq!(try_in(&anna).await, StatusCode::TOO_MANY_REQUESTS);
}
