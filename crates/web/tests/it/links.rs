//! Links by mail: once, in time, and for who asked.

use http::StatusCode;
use ludgate_web::LetterKind;

use crate::browser::{Browser, Reply};
use crate::site::{Site, link};

const ANNA: &str = "anna@example.com";
const WORDS: &str = "correct horse battery";

async fn ask(site: &Site, browser: &mut Browser) -> String {
    let fields = [("mail", ANNA), ("to", "/stories/a")];
    let reply = browser
        .fill(site, ("/-/login", "/-/login/mail"), &fields)
        .await;
    assert_eq!(reply.status, StatusCode::OK);
    link(&site.letter().await)
}

async fn follow(site: &Site, browser: &mut Browser, link: &str) -> Reply {
    let key = link.split("key=").nth(1).expect("a key").to_owned();
    browser
        .fill(site, (link, "/-/login/link"), &[("key", &key)])
        .await
}

#[tokio::test]
async fn a_link_signs_in_once_and_makes_the_account_where_there_is_none() {
    let site = Site::start().await;
    let mut browser = Browser::new();
    let link = ask(&site, &mut browser).await;
    let reply = follow(&site, &mut browser, &link).await;
    assert_eq!(reply.location.as_deref(), Some("/stories/a"));
    let made = site.account(ANNA).await.expect("an account");
    assert_eq!(made.password, None);
    let again = follow(&site, &mut Browser::new(), &link).await;
    assert_eq!(again.status, StatusCode::GONE);

    let mut other = Browser::new();
    let link = ask(&site, &mut other).await;
    let reply = follow(&site, &mut other, &link).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    let same = site.account(ANNA).await.expect("an account");
    assert_eq!(same.id, made.id);
}

#[tokio::test]
async fn a_link_is_good_for_ten_minutes_and_not_a_second_longer() {
    for (seconds, status) in [(599, StatusCode::SEE_OTHER), (600, StatusCode::GONE)] {
        let site = Site::start().await;
        let mut browser = Browser::new();
        let link = ask(&site, &mut browser).await;
        site.pass(seconds);
        let reply = follow(&site, &mut browser, &link).await;
        assert_eq!(reply.status, status, "{seconds}");
    }
}

#[tokio::test]
async fn in_another_browser_a_link_does_nothing_and_is_not_used_up() {
    let site = Site::start().await;
    let mut browser = Browser::new();
    let link = ask(&site, &mut browser).await;
    let mut other = Browser::new();
    let reply = follow(&site, &mut other, &link).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert_eq!(other.session(), "");
    let reply = follow(&site, &mut browser, &link).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_link_is_good_for_what_it_was_sent_for_and_for_nothing_else() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    let mut browser = Browser::new();
    let link = ask(&site, &mut browser).await;
    let key = link.split("key=").nth(1).expect("a key");
    let fields = [("key", key), ("password", "a new password")];
    for to in ["/-/reset", "/-/register/link"] {
        let reply = browser.fill(&site, ("/-/login", to), &fields).await;
        assert_eq!(reply.status, StatusCode::GONE, "{to}");
    }
    let reply = browser.sign_in(&site, ANNA, WORDS).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_new_password_isnt_the_address() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    let mut browser = Browser::new();
    let ways = ("/-/forgot", "/-/forgot");
    browser.fill(&site, ways, &[("mail", ANNA)]).await;
    let link = link(&site.letter().await);
    let key = link.split("key=").nth(1).expect("a key");
    // Refused, and the link is good for another.
    for (password, status) in [
        (ANNA, StatusCode::UNPROCESSABLE_ENTITY),
        ("a better new password", StatusCode::OK),
    ] {
        let fields = [("key", key), ("password", password)];
        let reply = browser.fill(&site, (&link, "/-/reset"), &fields).await;
        assert_eq!(reply.status, status, "{password}: {}", reply.html);
    }
}

#[tokio::test]
async fn who_sets_a_new_password_goes_on_to_the_story() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    let mut browser = Browser::new();
    let asked = browser.get(&site, "/-/login?to=%2Fstories%2Fa").await;
    let forgot = "/-/forgot?to=%2Fstories%2Fa";
    assert!(
        asked.slashed().contains(&format!("href=\"{forgot}\"")),
        "{}",
        asked.html
    );
    let fields = [("mail", ANNA), ("to", "/stories/a")];
    let page = browser.get(&site, forgot).await;
    assert!(
        page.slashed().contains("name=\"to\" value=\"/stories/a\""),
        "{}",
        page.html
    );
    browser.fill(&site, (forgot, "/-/forgot"), &fields).await;
    let link = link(&site.letter().await);
    assert!(!link.contains("stories"), "{link}");
    let key = link.split("key=").nth(1).expect("a key");
    let fields = [("key", key), ("password", "a better new password")];
    let reply = browser.fill(&site, (&link, "/-/reset"), &fields).await;
    let login = "href=\"/-/login?to=%2Fstories%2Fa\"";
    assert!(reply.slashed().contains(login), "{}", reply.html);
}

#[tokio::test]
async fn a_new_password_signs_every_device_out_and_voids_what_was_sent() {
    let site = Site::start().await;
    site.register(ANNA, WORDS).await;
    let mut thief = Browser::new();
    let magic = ask(&site, &mut thief).await;
    thief.sign_in(&site, ANNA, WORDS).await;
    let mut anna = Browser::new();
    let ways = ("/-/forgot", "/-/forgot");
    anna.fill(&site, ways, &[("mail", ANNA)]).await;
    let letter = site.letter().await;
    assert_eq!(letter.kind, LetterKind::Reset);
    let link = link(&letter);
    let key = link.split("key=").nth(1).expect("a key");
    let short = [("key", key), ("password", "short")];
    let reply = anna.fill(&site, (&link, "/-/reset"), &short).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let new = [("key", key), ("password", "quite another one")];
    let reply = anna.fill(&site, (&link, "/-/reset"), &new).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(site.letter().await.kind, LetterKind::PasswordChanged);
    assert!(site.gate.knows(thief.session(), site.now()).is_none());
    let reply = follow(&site, &mut thief, &magic).await;
    assert_eq!(reply.status, StatusCode::GONE);
    let reply = anna.fill(&site, (&link, "/-/reset"), &new).await;
    assert_eq!(reply.status, StatusCode::GONE, "once");
    let old = thief.sign_in(&site, ANNA, WORDS).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reply = anna.sign_in(&site, ANNA, "quite another one").await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nobody_is_flooded_with_mails() {
    let site = Site::start().await;
    let mut sent = 0;
    for last in 0..10 {
        let mut browser = Browser::new();
        browser.address = [198, 51, last, 1].into();
        let ways = ("/-/login", "/-/login/mail");
        let reply = browser.fill(&site, ways, &[("mail", ANNA)]).await;
        sent += usize::from(reply.status == StatusCode::OK);
    }
    assert_eq!(sent, 3);
    assert_eq!(site.letters().await.len(), 3);
}

#[tokio::test]
async fn addresses_from_hell_are_refused_beside_their_field() {
    let site = Site::start().await;
    for mail in [
        "",
        "anna",
        "anna@",
        "anna@example.com, eve@example.com",
        "anna@example.com\r\nBcc: eve@example.com",
        "\"<script>\"@example.com",
        &format!("{}@example.com", "a".repeat(300)),
    ] {
        let mut browser = Browser::new();
        for to in ["/-/login/mail", "/-/forgot", "/-/register"] {
            let fields = [("mail", mail), ("password", WORDS)];
            let reply = browser.fill(&site, ("/-/login", to), &fields).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{mail}");
            assert!(reply.html.contains("aria-describedby=\"mail-error\""));
            assert!(!reply.html.contains("<script>"));
        }
    }
    assert_eq!(site.letters().await, []);
}
