//! What is set by whoever is signed in: address, password, name, and their data.

use http::StatusCode;
use ludgate_web::LetterKind;
use store::accounts::AccountStatus;

use crate::browser::Browser;
use crate::reader::{Reader, subscription};
use crate::site::{Site, link};

const ANNA: &str = "anna@example.com";
const EVE: &str = "eve@example.com";
const NEW: &str = "weber@example.com";
const WORDS: &str = "correct horse battery";
const GOOD: &str = "4242 4242 4242 4242";

/// A card whose bank wants a word of its owner.
const ASKS: &str = "4000 0027 6000 3184";

/// Every way of this kind, with a form that would do something.
const WAYS: [(&str, &[(&str, &str)]); 6] = [
    ("/-/account/name", &[("name", "Eve")]),
    ("/-/account/newsletter", &[("wants", "yes")]),
    ("/-/account/mail", &[("mail", NEW), ("password", WORDS)]),
    (
        "/-/account/password",
        &[("new", "another good one"), ("password", WORDS)],
    ),
    ("/-/account/data", &[("password", WORDS)]),
    ("/-/account/erase", &[("password", WORDS), ("sure", "yes")]),
];

#[tokio::test]
async fn nobody_who_isnt_signed_in_or_comes_from_elsewhere_sets_anything() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let before = site.account(ANNA).await;
    let token = anna
        .browser
        .get(&site, "/-/account")
        .await
        .token()
        .to_owned();
    for (way, fields) in WAYS {
        let mut nobody = Browser::new();
        let reply = nobody.get(&site, way).await;
        assert!(reply.asks_to_sign_in(), "{way}");
        let reply = nobody.post(&site, way, fields).await;
        assert!(reply.asks_to_sign_in(), "{way}");
        let reply = anna.browser.post(&site, way, fields).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{way}");
        let all = [&[("token", &*token)], fields].concat();
        anna.browser.says = vec![("origin", "https://evil.example".to_owned())];
        let reply = anna.browser.post(&site, way, &all).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{way}");
        anna.browser.says.clear();
    }
    assert_eq!(site.account(ANNA).await, before);
    assert!(site.letters().await.is_empty());
}

#[tokio::test]
async fn nothing_that_matters_is_done_without_the_password() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let before = site.account(ANNA).await;
    for (way, fields) in WAYS.into_iter().skip(2) {
        for wrong in ["", "guess"] {
            let spoilt: Vec<_> = fields
                .iter()
                .map(|&(name, value)| match name {
                    "password" => (name, wrong),
                    _ => (name, value),
                })
                .collect();
            let reply = anna.browser.fill(&site, (way, way), &spoilt).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{way}");
            assert!(
                reply.html.contains("id=\"password-error\""),
                "{way}: {}",
                reply.html
            );
        }
    }
    assert_eq!(site.account(ANNA).await, before);
}

#[tokio::test]
async fn who_has_no_password_has_to_have_signed_in_a_moment_ago() {
    let site = Site::start().await;
    let mut browser = Browser::new();
    let ways = ("/-/login", "/-/login/mail");
    browser.fill(&site, ways, &[("mail", ANNA)]).await;
    let letter = site.letter().await;
    let to = link(&letter);
    let key = to.split("key=").nth(1).expect("a key").to_owned();
    browser
        .fill(&site, (&to, "/-/login/link"), &[("key", &key)])
        .await;
    let file = browser
        .fill(&site, ("/-/account/data", "/-/account/data"), &[])
        .await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.html.contains(ANNA), "{}", file.html);
    site.pass(11 * 60);
    let page = browser.get(&site, "/-/account/data").await;
    assert!(
        page.html.contains("sign in again by a link"),
        "{}",
        page.html
    );
    let token = browser.get(&site, "/-/account").await.token().to_owned();
    let sent = [("token", &*token)];
    let reply = browser.post(&site, "/-/account/data", &sent).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn another_password_signs_the_other_devices_out_and_not_this_one() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let mut other = Browser::new();
    other.sign_in(&site, ANNA, WORDS).await;
    let way = ("/-/account/password", "/-/account/password");
    let short = [("new", "short"), ("password", WORDS)];
    let reply = anna.browser.fill(&site, way, &short).await;
    assert!(reply.html.contains("id=\"new-error\""), "{}", reply.html);
    let good = [("new", "another good one"), ("password", WORDS)];
    let reply = anna.browser.fill(&site, way, &good).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.html);
    assert_eq!(site.letter().await.kind, LetterKind::PasswordChanged);
    assert!(
        site.gate
            .knows(anna.browser.session(), site.now())
            .is_some()
    );
    assert!(site.gate.knows(other.session(), site.now()).is_none());
    let reply = other.sign_in(&site, ANNA, "another good one").await;
    assert_eq!(reply.location.as_deref(), Some("/-/account"));
}

#[tokio::test]
async fn an_address_changes_when_its_new_owner_says_so_and_the_old_one_is_told() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let way = ("/-/account/mail", "/-/account/mail");
    for (mail, error) in [("", true), ("nonsense", true), (ANNA, true), (NEW, false)] {
        let fields = [("mail", mail), ("password", WORDS)];
        let reply = anna.browser.fill(&site, way, &fields).await;
        assert_eq!(reply.html.contains("id=\"mail-error\""), error, "{mail}");
    }
    let letter = site.letter().await;
    assert_eq!((letter.kind, &*letter.to), (LetterKind::NewAddress, NEW));
    assert!(
        site.account(NEW).await.is_none(),
        "not before the link is followed"
    );
    let to = link(&letter);
    let key = to.split("key=").nth(1).expect("a key").to_owned();
    assert_eq!(letter.about.as_deref(), Some("a…@example.com"));
    // On another device, where mail is read.
    let mut phone = Browser::new();
    let page = phone.get(&site, &to).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.html.contains("a…@example.com"), "{}", page.html);
    assert!(!page.html.contains(ANNA), "{}", page.html);
    assert!(site.account(NEW).await.is_none(), "nor by looking at it");
    let fields = [("key", &*key), ("password", WORDS)];
    let way = (&*to, "/-/account/mail/link");
    let reply = phone.fill(&site, way, &fields).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.html);
    let account = site.account(NEW).await.expect("an account");
    assert_eq!(account.id, anna.account);
    assert!(site.account(ANNA).await.is_none());
    let told = site.letter().await;
    assert_eq!((told.kind, &*told.to), (LetterKind::AddressChanged, ANNA));
    assert_eq!(phone.get(&site, &to).await.status, StatusCode::GONE);
    let again = phone.fill(&site, ("/-/login", way.1), &fields).await;
    assert_eq!(again.status, StatusCode::GONE);
    let signed_in = site.gate.knows(anna.browser.session(), site.now());
    assert!(signed_in.is_some(), "she changed it herself");
}

#[tokio::test]
async fn nobody_elses_account_grows_into_ones_own_by_a_click() {
    let site = Site::start().await;
    let mut eve = Reader::signed_in(&site, EVE).await;
    let way = ("/-/account/mail", "/-/account/mail");
    let fields = [("mail", ANNA), ("password", WORDS)];
    eve.browser.fill(&site, way, &fields).await;
    let to = link(&site.letter().await);
    let key = to.split("key=").nth(1).expect("a key").to_owned();
    // Anna reads mail there, and knows nothing of Eve's password.
    let mut anna = Browser::new();
    let way = (&*to, "/-/account/mail/link");
    for typed in ["", "guess"] {
        let fields = [("key", &*key), ("password", typed)];
        let reply = anna.fill(&site, way, &fields).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(reply.html.contains("e…@example.com"), "{}", reply.html);
        assert!(
            reply.html.contains("id=\"password-error\""),
            "{}",
            reply.html
        );
    }
    assert!(site.account(ANNA).await.is_none());
    // Eve, who asked, doesn't have to show it again, if she has the mail.
    let page = eve.browser.get(&site, &to).await;
    assert!(!page.html.contains("type=\"password\""), "{}", page.html);
}

#[tokio::test]
async fn an_account_without_a_password_is_left_to_who_confirms_its_address_elsewhere() {
    let site = Site::start().await;
    let mut eve = Browser::new();
    let ways = ("/-/login", "/-/login/mail");
    eve.fill(&site, ways, &[("mail", EVE)]).await;
    let to = link(&site.letter().await);
    let key = to.split("key=").nth(1).expect("a key").to_owned();
    let way = (&*to, "/-/login/link");
    eve.fill(&site, way, &[("key", &key)]).await;
    let way = ("/-/account/mail", "/-/account/mail");
    eve.fill(&site, way, &[("mail", ANNA)]).await;
    assert!(site.gate.knows(eve.session(), site.now()).is_some());
    let to = link(&site.letter().await);
    let key = to.split("key=").nth(1).expect("a key").to_owned();
    let mut anna = Browser::new();
    let way = (&*to, "/-/account/mail/link");
    let reply = anna.fill(&site, way, &[("key", &key)]).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.html);
    assert!(site.account(ANNA).await.is_some());
    assert!(site.gate.knows(eve.session(), site.now()).is_none());
}

#[tokio::test]
async fn whether_an_address_is_somebodys_is_told_only_to_who_reads_mail_there() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    site.register(EVE, WORDS).await;
    let way = ("/-/account/mail", "/-/account/mail");
    let mut pages = Vec::new();
    for mail in [NEW, EVE] {
        let fields = [("mail", mail), ("password", WORDS)];
        let reply = anna.browser.fill(&site, way, &fields).await;
        pages.push(reply.plain().replace(mail, "MAIL"));
    }
    assert_eq!(pages[0], pages[1]);
    let letters = site.letters().await;
    let to = link(&letters[1]);
    let key = to.split("key=").nth(1).expect("a key").to_owned();
    let fields = [("key", &*key)];
    let reply = anna
        .browser
        .fill(&site, (&to, "/-/account/mail/link"), &fields)
        .await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert_eq!(site.account(ANNA).await.expect("hers").id, anna.account);
}

#[tokio::test]
async fn a_name_is_kept_as_it_was_typed_and_never_becomes_markup() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let way = ("/-/account/name", "/-/account/name");
    let name = "<script>alert(1)</script>\u{7}\"'&";
    let fields = [("name", name), ("locale", "ja")];
    anna.browser.fill(&site, way, &fields).await;
    let account = site.account(ANNA).await.expect("one");
    assert_eq!(
        account.name.as_deref(),
        Some("<script>alert(1)</script>\"'&")
    );
    assert_eq!(account.locale.as_deref(), Some("ja"));
    let page = anna.browser.get(&site, "/-/account").await;
    assert!(!page.html.contains("<script"), "{}", page.html);
    anna.browser
        .fill(&site, way, &[("name", ""), ("locale", "xx")])
        .await;
    let account = site.account(ANNA).await.expect("one");
    assert_eq!(
        (account.name, account.locale.as_deref()),
        (None, Some("ja"))
    );
}

#[tokio::test]
async fn everything_that_is_known_comes_as_a_file_so_often_and_no_more() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", GOOD).await;
    let way = ("/-/account/data", "/-/account/data");
    let fields = [("password", WORDS)];
    let file = anna.browser.fill(&site, way, &fields).await;
    let all: serde_json::Value = serde_json::from_str(&file.html).expect("JSON");
    assert_eq!(all["account"]["mail"], ANNA);
    assert!(all["history"].to_string().contains(&id.to_string()));
    // What was agreed to, and not a mere mark of it.
    let words = all["words"].to_string();
    assert!(words.contains("You agree to pay."), "{words}");
    assert!(
        all["payment_methods"].to_string().contains("Visa 4242"),
        "{all}"
    );
    let counted = (&all["read"][0]["by"], &all["given"]);
    let hers = anna.account.get().to_string();
    assert_eq!(counted, (&hers.into(), &serde_json::json!([])));
    let order = all["orders"].to_string();
    assert!(order.contains("ord_") && order.contains(&id.to_string()));
    assert!(all["acts"].to_string().contains("export"), "{all}");
    for secret in [
        "argon2",
        "4242 4242",
        "4242424242424242",
        anna.browser.session(),
    ] {
        assert!(!file.html.contains(secret), "{secret}");
    }
    let mut last = StatusCode::OK;
    for _ in 0..3 {
        last = anna.browser.fill(&site, way, &fields).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn an_account_is_closed_with_all_that_runs_and_nobody_is_left_in_it() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", GOOD).await;
    let mut other = Browser::new();
    other.sign_in(&site, ANNA, WORDS).await;
    let way = ("/-/account/erase", "/-/account/erase");
    let page = anna.browser.get(&site, way.0).await;
    assert!(page.html.contains("This ends at once"), "{}", page.html);
    let unsure = [("password", WORDS)];
    let reply = anna.browser.fill(&site, way, &unsure).await;
    assert!(reply.html.contains("id=\"sure-error\""), "{}", reply.html);
    assert!(!subscription(&site, id).await.is_ended());

    let sure = [("password", WORDS), ("sure", "yes")];
    let reply = anna.browser.fill(&site, way, &sure).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.html);
    assert!(subscription(&site, id).await.is_ended());
    assert!(site.account(ANNA).await.is_none());
    let mut reading = site.store.read().await.expect("a turn");
    let left = reading
        .account(anna.account)
        .await
        .expect("read")
        .expect("one");
    assert_eq!((left.status, left.name), (AccountStatus::Erased, None));
    assert!(
        reading
            .payment_methods(anna.account)
            .await
            .expect("read")
            .is_empty()
    );
    drop(reading);
    assert!(site.gate.knows(other.session(), site.now()).is_none());
    let reply = other.get(&site, "/-/account").await;
    assert!(reply.asks_to_sign_in());
}

#[tokio::test]
async fn an_account_has_so_many_mails_sent_from_however_many_networks() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let way = ("/-/account", "/-/login/mail");
    for number in 0..31_u8 {
        anna.browser.address = [198, 51, number, 1].into();
        let mail = format!("somebody{number}@example.com");
        let reply = anna.browser.fill(&site, way, &[("mail", &mail)]).await;
        let expected = match number {
            30 => StatusCode::TOO_MANY_REQUESTS,
            _ => StatusCode::OK,
        };
        assert_eq!(reply.status, expected, "{number}");
    }
}

#[tokio::test]
async fn another_password_ends_the_way_to_an_address_that_a_thief_asked_for() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let mut thief = Browser::new();
    thief.sign_in(&site, ANNA, WORDS).await;
    let way = ("/-/account/mail", "/-/account/mail");
    let fields = [("mail", EVE), ("password", WORDS)];
    thief.fill(&site, way, &fields).await;
    let to = link(&site.letter().await);
    assert_eq!(thief.get(&site, &to).await.status, StatusCode::OK);
    let way = ("/-/account/password", "/-/account/password");
    let fields = [("new", "another good one"), ("password", WORDS)];
    anna.browser.fill(&site, way, &fields).await;
    assert_eq!(thief.get(&site, &to).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn signing_a_thief_out_ends_the_way_to_an_address_that_they_asked_for() {
    for all in [true, false] {
        let site = Site::start().await;
        let mut anna = Reader::signed_in(&site, ANNA).await;
        let mut thief = Browser::new();
        thief.sign_in(&site, ANNA, WORDS).await;
        let way = ("/-/account/mail", "/-/account/mail");
        let fields = [("mail", EVE), ("password", WORDS)];
        thief.fill(&site, way, &fields).await;
        let to = link(&site.letter().await);
        assert_eq!(thief.get(&site, &to).await.status, StatusCode::OK);
        let page = anna.browser.get(&site, "/-/account").await;
        let theirs = page.html.split("name=\"device\" value=\"").nth(1);
        let theirs = theirs.and_then(|rest| rest.split('"').next());
        let fields = if all {
            ("others", "yes")
        } else {
            ("device", theirs.expect("a device"))
        };
        let way = ("/-/account", "/-/account/devices");
        anna.browser.fill(&site, way, &[fields]).await;
        let session = site.gate.knows(thief.session(), site.now());
        assert!(session.is_none(), "{all}");
        assert_eq!(thief.get(&site, &to).await.status, StatusCode::GONE);
    }
}

#[tokio::test]
async fn an_address_that_nobody_has_confirmed_is_confirmed_by_a_link() {
    let site = Site::start().await;
    site.brings_over(ANNA, WORDS, None).await;
    let mut anna = Browser::new();
    anna.sign_in(&site, ANNA, WORDS).await;
    let page = anna.get(&site, "/-/account/mail").await;
    assert!(page.html.contains("Send me the link"), "{}", page.html);
    let fields = [("mail", ANNA)];
    let way = ("/-/account/mail", "/-/login/mail");
    let reply = anna.complete(&site, way, &fields).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.html);
    let letter = site.letter().await;
    assert_eq!((letter.kind, &*letter.to), (LetterKind::SignIn, ANNA));
    let to = link(&letter);
    let key = to.split("key=").nth(1).expect("a key").to_owned();
    let way = (&*to, "/-/login/link");
    anna.fill(&site, way, &[("key", &key)]).await;
    let account = site.account(ANNA).await.expect("hers");
    assert_eq!(account.verified, Some(site.now()));
    let page = anna.get(&site, "/-/account/mail").await;
    assert!(!page.html.contains("Send me the link"), "{}", page.html);
}

#[tokio::test]
async fn a_network_guesses_passwords_of_accounts_as_often_as_when_signing_in() {
    let site = Site::start().await;
    let mut tries = 0;
    'all: for number in 0..8_u8 {
        let mail = format!("somebody{number}@example.com");
        site.register(&mail, WORDS).await;
        let mut browser = Browser::new();
        browser.address = [203, 0, number, 1].into();
        browser.sign_in(&site, &mail, WORDS).await;
        browser.address = [192, 0, 2, 1].into();
        let way = ("/-/account/data", "/-/account/data");
        for _ in 0..9 {
            let reply = browser.fill(&site, way, &[("password", "guess")]).await;
            if reply.status == StatusCode::TOO_MANY_REQUESTS {
                break 'all;
            }
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
            tries += 1;
        }
    }
    assert_eq!(tries, 60);
}

#[tokio::test]
async fn an_account_isnt_closed_while_a_bank_waits_and_the_page_says_so() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", ASKS).await;
    let way = "/-/account/erase";
    let page = anna.browser.get(&site, way).await;
    assert!(page.html.contains("Your bank waits"), "{}", page.html);
    let token = anna.browser.get(&site, "/-/account").await;
    let token = token.token().to_owned();
    let sent = [("token", &*token), ("password", WORDS), ("sure", "yes")];
    let reply = anna.browser.post(&site, way, &sent).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.html.contains("Your bank waits"), "{}", reply.html);
    assert!(site.account(ANNA).await.is_some());
    assert!(!subscription(&site, id).await.is_ended());
}

#[tokio::test]
async fn a_new_address_is_written_to_so_often_and_no_more() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let way = ("/-/account/mail", "/-/account/mail");
    let fields = [("mail", NEW), ("password", WORDS)];
    for number in 0..4 {
        let reply = anna.browser.fill(&site, way, &fields).await;
        let expected = match number {
            3 => StatusCode::TOO_MANY_REQUESTS,
            _ => StatusCode::OK,
        };
        assert_eq!(reply.status, expected, "{number}");
    }
    assert_eq!(site.letters().await.len(), 3);
}
