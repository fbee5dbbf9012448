//! What happens to an account while its reader shows who they are: what was shown
//! is looked at once more by what does it.

use http::StatusCode;
use store::accounts::{AccountStatus, PasswordHash};
use store::care::InvoiceNames;

use crate::browser::{Browser, Reply};
use crate::reader::Reader;
use crate::site::Site;

const ANNA: &str = "anna@example.com";
const NEW: &str = "weber@example.com";
const WORDS: &str = "correct horse battery";
const OTHER: &str = "$argon2id$another";

/// A way, a form, and how many passwords are hashed or compared before anything is
/// done.
type Asked = (&'static str, &'static [(&'static str, &'static str)], u64);

/// Every way that asks for the password, with a form that would do something.
const WAYS: [Asked; 4] = [
    ("/-/account/mail", &[("mail", NEW), ("password", WORDS)], 1),
    (
        "/-/account/password",
        &[("new", "another good one"), ("password", WORDS)],
        2,
    ),
    ("/-/account/data", &[("password", WORDS)], 1),
    (
        "/-/account/erase",
        &[("password", WORDS), ("sure", "yes")],
        1,
    ),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meanwhile {
    Nothing,
    SignedOut,
    OtherPassword,
    Erased,
}

/// Sends a form, and has something happen when its password was compared and
/// nothing is done yet.
async fn check((way, fields, hashed): Asked, what: Meanwhile) -> (Site, Reply) {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let account = anna.account;
    let token = anna.browser.get(&site, way).await.token().to_owned();
    let sent = [&[("token", &*token)], fields].concat();
    let before = site.pages.passwords_done();
    // Whoever wants to write waits for this.
    let mut writing = site.store.write().await.expect("a turn");
    let asks = anna.browser.post(&site, way, &sent);
    let happens = async {
        while site.pages.passwords_done() < before + hashed {
            tokio::task::yield_now().await;
        }
        match what {
            Meanwhile::Nothing => {}
            Meanwhile::SignedOut => {
                let out = writing.revoke_sessions(account, None, site.now()).await;
                assert_eq!(out.expect("written"), 1);
            }
            Meanwhile::OtherPassword => {
                let other = PasswordHash::new(OTHER);
                let written = writing.set_password(account, Some(&other)).await;
                written.expect("written");
            }
            Meanwhile::Erased => {
                let names = InvoiceNames::Kept;
                let erased = writing.erase(account, names, site.now()).await;
                erased.expect("erased");
            }
        }
        writing.commit().await.expect("committed");
    };
    let (reply, ()) = tokio::join!(asks, happens);
    (site, reply)
}

#[tokio::test]
async fn what_was_shown_before_a_device_was_signed_out_does_nothing_after() {
    for asked in WAYS {
        let way = asked.0;
        let (site, reply) = Box::pin(check(asked, Meanwhile::SignedOut)).await;
        assert!(reply.asks_to_sign_in(), "{way}: {}", reply.html);
        assert!(!reply.html.contains("history"), "{way}");
        let account = site.account(ANNA).await.expect("as it was");
        assert_eq!(account.status, AccountStatus::Open, "{way}");
        assert!(site.letters().await.is_empty(), "{way}");
        let mut anna = Browser::new();
        let reply = anna.sign_in(&site, ANNA, WORDS).await;
        assert_eq!(reply.location.as_deref(), Some("/-/account"), "{way}");
    }
}

#[tokio::test]
async fn what_was_shown_before_the_password_was_changed_does_nothing_after() {
    for asked in WAYS {
        let way = asked.0;
        let (site, reply) = Box::pin(check(asked, Meanwhile::OtherPassword)).await;
        assert_eq!(reply.status, StatusCode::CONFLICT, "{way}: {}", reply.html);
        let account = site.account(ANNA).await.expect("as it was");
        let kept = account.password.as_ref().map(PasswordHash::as_str);
        assert_eq!(kept, Some(OTHER), "{way}");
        assert!(site.letters().await.is_empty(), "{way}");
    }
}

#[tokio::test]
async fn what_was_shown_before_the_account_was_erased_does_nothing_after() {
    for asked in WAYS {
        let way = asked.0;
        let (site, reply) = Box::pin(check(asked, Meanwhile::Erased)).await;
        assert!(reply.asks_to_sign_in(), "{way}: {}", reply.html);
        assert!(site.letters().await.is_empty(), "{way}");
    }
}

#[tokio::test]
async fn what_was_shown_does_what_was_asked_where_nothing_happened() {
    for asked in WAYS {
        let way = asked.0;
        let (_, reply) = Box::pin(check(asked, Meanwhile::Nothing)).await;
        assert_eq!(reply.status, StatusCode::OK, "{way}: {}", reply.html);
    }
}

#[tokio::test]
async fn a_device_that_was_signed_out_a_moment_ago_signs_no_other_out() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let mut reading = site.store.read().await.expect("a turn");
    let sessions = reading.sessions(anna.account, site.now()).await;
    let hers = sessions.expect("read").first().expect("a session").id;
    drop(reading);
    let mut thief = Browser::new();
    thief.sign_in(&site, ANNA, WORDS).await;
    // The gate hasn't heard of it yet.
    let mut writing = site.store.write().await.expect("a turn");
    let out = writing
        .revoke_sessions(anna.account, Some(hers), site.now())
        .await;
    assert_eq!(out.expect("written"), 1);
    writing.commit().await.expect("committed");
    for (way, fields) in [
        ("/-/account/devices", &[("others", "yes")]),
        ("/-/account/name", &[("name", "Eve")]),
    ] {
        let reply = thief.fill(&site, ("/-/account/name", way), fields).await;
        assert!(reply.asks_to_sign_in(), "{way}: {}", reply.html);
    }
    assert_eq!(site.account(ANNA).await.expect("hers").name, None);
    let page = anna.browser.get(&site, "/-/account").await;
    assert_eq!(page.status, StatusCode::OK);
}
