//! Letting programs in: the reader is asked by their own page, says yes or no, and
//! only a program's own address hears of it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use store::TokenHash;

use crate::browser::{Browser, Reply};
use crate::reader::Reader;
use crate::site::{SITE, Site};

const ANNA: &str = "anna@example.com";
const FORM: &str = "/-/oauth/authorize";
const HOME: &str = "http://127.0.0.1:49152/cb";

/// The address that a program sends its reader to, with something in another way.
fn ask(from: &str, to: &str) -> String {
    let query = format!(
        "response_type=code&client_id=reader&redirect_uri={HOME}\
         &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM\
         &code_challenge_method=S256&scope=read+saved&state=x%20y"
    );
    format!("{FORM}?{}", query.replacen(from, to, 1))
}

/// What the program is told, by name.
#[track_caller]
fn told(reply: &Reply, redirect: &str) -> Vec<(String, String)> {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let place = reply.location.as_deref().expect("a way back");
    let query = place
        .strip_prefix(redirect)
        .expect("the program's own address");
    let query = query.strip_prefix('?').expect("an answer");
    let pairs = form_urlencoded::parse(query.as_bytes());
    pairs
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

#[track_caller]
fn value<'a>(told: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = told.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}

#[tokio::test]
async fn the_reader_is_asked_in_words_and_the_program_gets_a_code() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    anna.browser.says.push((
        "user-agent",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Safari/604.1".to_owned(),
    ));
    let page = anna.browser.get(&site, &ask("", "")).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in [
        "Tide Reader",
        ANNA,
        "read stories as you do",
        "stories that you have saved",
    ] {
        assert!(page.html.contains(words), "{words}: {}", page.html);
    }
    assert!(!page.html.contains("reading history"), "it isn't asked for");
    let reply = anna
        .browser
        .send_form(&site, &page, FORM, &[("answer", "yes")])
        .await;
    let said = told(&reply, HOME);
    assert_eq!(value(&said, "state"), Some("x y"));
    assert_eq!(value(&said, "iss"), Some(SITE));
    assert_eq!(value(&said, "error"), None);
    let code = value(&said, "code").expect("a code");
    assert_eq!(URL_SAFE_NO_PAD.decode(code).expect("bytes").len(), 32);

    let mut writing = site.store.write().await.expect("a turn");
    let hash = TokenHash::of(code.as_bytes());
    let used = writing.use_code(hash, site.now()).await.expect("read");
    let (account, permission) = used.expect("a permission");
    assert_eq!(
        Some(account),
        site.account(ANNA).await.map(|found| found.id)
    );
    assert_eq!(permission.redirect, HOME);
    assert_eq!(permission.label, "Tide Reader (Safari, iPhone)");
    assert_eq!(
        writing.use_code(hash, site.now()).await.expect("read"),
        None
    );
}

#[tokio::test]
async fn who_says_no_or_nothing_lets_nobody_in() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let ask = ask("", "");
    for answer in ["no", "", "maybe"] {
        let page = anna.browser.get(&site, &ask).await;
        let fields = [("answer", answer)];
        let reply = anna.browser.send_form(&site, &page, FORM, &fields).await;
        let said = told(&reply, HOME);
        assert_eq!(value(&said, "error"), Some("access_denied"), "{answer}");
        assert_eq!(value(&said, "state"), Some("x y"));
        assert_eq!(value(&said, "code"), None);
    }
}

#[tokio::test]
async fn who_isnt_signed_in_does_that_first_and_comes_back() {
    let site = Site::start().await;
    let mut nobody = Browser::new();
    let reply = nobody.get(&site, &ask("", "")).await;
    assert!(reply.asks_to_sign_in());
    let to = reply.location.expect("a way");
    let login = nobody.get(&site, &to).await;
    assert!(
        login.slashed().contains("client_id=reader"),
        "{}",
        login.html
    );
}

#[tokio::test]
async fn a_program_or_an_address_that_isnt_known_is_told_nothing() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    for (from, to) in [
        ("client_id=reader", "client_id=other"),
        ("client_id=reader", "client_id="),
        ("http://127.0.0.1:49152/cb", "https://evil.example/cb"),
        ("http://127.0.0.1:49152/cb", "http://127.0.0.1:49152/other"),
        ("http://127.0.0.1:49152/cb", "http://localhost:49152/cb"),
        ("http://127.0.0.1:49152/cb", "//evil.example"),
        ("http://127.0.0.1:49152/cb", ""),
    ] {
        let page = anna.browser.get(&site, &ask(from, to)).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{to}");
        assert_eq!(page.location, None, "{to}");
        assert!(!page.html.contains("evil.example"), "{to}");
    }
    for (from, to, error) in [
        (
            "response_type=code",
            "response_type=token",
            "unsupported_response_type",
        ),
        ("method=S256", "method=plain", "invalid_request"),
        ("code_challenge=", "x=", "invalid_request"),
        ("scope=read", "scope=root", "invalid_scope"),
    ] {
        let reply = anna.browser.get(&site, &ask(from, to)).await;
        assert_eq!(value(&told(&reply, HOME), "error"), Some(error), "{to}");
    }
}

#[tokio::test]
async fn what_is_changed_in_the_form_or_sent_from_elsewhere_isnt_taken() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let page = anna.browser.get(&site, &ask("", "")).await;
    for (name, changed) in [
        ("redirect_uri", "https://evil.example/"),
        ("client_id", "other"),
    ] {
        let fields = [("answer", "yes"), (name, changed)];
        let reply = anna.browser.send_form(&site, &page, FORM, &fields).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{name}");
    }
    let fields = [("answer", "yes"), ("token", "x")];
    let reply = anna.browser.send_form(&site, &page, FORM, &fields).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    anna.browser
        .says
        .push(("sec-fetch-site", "cross-site".to_owned()));
    let reply = anna
        .browser
        .send_form(&site, &page, FORM, &[("answer", "yes")])
        .await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
}
