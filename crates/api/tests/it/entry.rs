//! Letting programs in: a code is good once, for a minute, for who was asked; tokens
//! end with the session; and a token that two have is nobody's.

use http::{Method, StatusCode};
use jiff::SignedDuration;

use crate::site::{CLIENT, REDIRECT, Setup, Site, VERIFIER, bearer};

#[tokio::test]
async fn a_code_becomes_tokens_and_a_device() {
    let site = Site::start().await;
    let anna = site.person().await;
    let code = site.code(anna, "read account").await;
    let reply = site.exchange(&code).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    let said = reply.json();
    assert_eq!(said["token_type"], "Bearer");
    assert_eq!(said["expires_in"], 3_600);
    assert_eq!(said["scope"], "read account");
    let me = site.get("me", &[&bearer(&reply)]).await.json();
    assert_eq!(me["mail"], "reader0@example.com");
    assert_eq!(me["scopes"], serde_json::json!(["read", "account"]));
    let mut reading = site.store.read().await.expect("a turn");
    let devices = reading.sessions(anna, site.now()).await.expect("devices");
    let labels: Vec<&str> = devices.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(labels, ["Tide Reader (Safari, iPhone)"]);
}

#[tokio::test]
async fn a_code_is_for_who_was_asked_and_a_wrong_try_doesnt_use_it_up() {
    let site = Site::start().await;
    let anna = site.person().await;
    let code = site.code(anna, "read").await;
    let good = [
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT),
        ("code", &*code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    let other = VERIFIER.replace('d', "e");
    for (name, value, error) in [
        ("grant_type", "password", "unsupported_grant_type"),
        ("grant_type", "", "invalid_request"),
        ("client_id", "nobody", "invalid_client"),
        ("client_id", "other", "invalid_grant"),
        ("code", "x", "invalid_grant"),
        ("code", "", "invalid_request"),
        ("redirect_uri", "example.reader:/other", "invalid_grant"),
        ("code_verifier", &*other, "invalid_grant"),
        ("code_verifier", "short", "invalid_grant"),
        ("code_verifier", "", "invalid_request"),
    ] {
        let fields = good.map(|(known, old)| (known, if known == name { value } else { old }));
        let reply = site.form("/oauth/token", &fields).await;
        assert_eq!(reply.problem(), error, "{name}={value}");
    }
    let twice = [&good[..], &good[..1]].concat();
    assert_eq!(
        site.form("/oauth/token", &twice).await.problem(),
        "invalid_request"
    );
    let get = site.ask(Method::GET, "/oauth/token", &[], b"").await;
    assert_eq!(get.problem(), "invalid_request");
    assert_eq!(site.form("/oauth/token", &good).await.problem(), "well");
}

#[tokio::test]
async fn a_code_is_over_after_a_minute() {
    let site = Site::start().await;
    let anna = site.person().await;
    let code = site.code(anna, "read").await;
    site.pass(SignedDuration::from_secs(60));
    assert_eq!(site.exchange(&code).await.problem(), "invalid_grant");
}

#[tokio::test]
async fn a_code_that_is_used_twice_ends_what_it_began() {
    let site = Site::start().await;
    let anna = site.person().await;
    let code = site.code(anna, "read account").await;
    let first = site.exchange(&code).await;
    let line = bearer(&first);
    assert_eq!(site.get("me", &[&line]).await.problem(), "well");
    assert_eq!(site.exchange(&code).await.problem(), "invalid_grant");
    assert_eq!(site.get("me", &[&line]).await.problem(), "token");
    let refresh = first.json()["refresh_token"]
        .as_str()
        .expect("one")
        .to_owned();
    assert_eq!(site.refresh(&refresh).await.problem(), "invalid_grant");
}

#[tokio::test]
async fn a_refresh_token_is_good_once_and_the_second_time_ends_all() {
    let site = Site::start().await;
    let anna = site.person().await;
    let first = site.exchange(&site.code(anna, "read account").await).await;
    let old = first.json()["refresh_token"]
        .as_str()
        .expect("one")
        .to_owned();
    site.pass(SignedDuration::from_mins(61));
    assert_eq!(site.get("me", &[&bearer(&first)]).await.problem(), "token");
    let second = site.refresh(&old).await;
    assert_eq!(site.get("me", &[&bearer(&second)]).await.problem(), "well");
    let new = second.json()["refresh_token"]
        .as_str()
        .expect("one")
        .to_owned();
    assert_ne!(new, old);
    // Somebody else has the old one.
    assert_eq!(site.refresh(&old).await.problem(), "invalid_grant");
    assert_eq!(site.get("me", &[&bearer(&second)]).await.problem(), "token");
    assert_eq!(site.refresh(&new).await.problem(), "invalid_grant");
}

#[tokio::test]
async fn a_refresh_token_is_its_programs_and_asks_for_no_more_than_was_allowed() {
    let site = Site::start().await;
    let anna = site.person().await;
    let first = site.exchange(&site.code(anna, "read saved").await).await;
    let token = first.json()["refresh_token"]
        .as_str()
        .expect("one")
        .to_owned();
    let ask = async |client: &str, scope: &str| {
        let fields = [
            ("grant_type", "refresh_token"),
            ("client_id", client),
            ("refresh_token", &token),
            ("scope", scope),
        ];
        site.form("/oauth/token", &fields).await
    };
    assert_eq!(ask("other", "read").await.problem(), "invalid_grant");
    assert_eq!(ask(CLIENT, "read account").await.problem(), "invalid_scope");
    assert_eq!(ask(CLIENT, "root").await.problem(), "invalid_scope");
    let narrower = ask(CLIENT, "saved").await;
    assert_eq!(narrower.json()["scope"], "saved");
    let line = bearer(&narrower);
    assert_eq!(site.get("saved", &[&line]).await.problem(), "well");
    assert_eq!(site.get("meter", &[&line]).await.problem(), "scope");
}

#[tokio::test]
async fn tokens_are_given_back_by_whoever_has_them_and_end_the_session() {
    for which in ["access_token", "refresh_token"] {
        let site = Site::start().await;
        let anna = site.person().await;
        let reply = site.exchange(&site.code(anna, "account").await).await;
        let token = reply.json()[which].as_str().expect("one").to_owned();
        let line = bearer(&reply);
        for (client, token) in [("other", &*token), (CLIENT, "x"), (CLIENT, VERIFIER)] {
            let fields = [("client_id", client), ("token", token)];
            let reply = site.form("/oauth/revoke", &fields).await;
            assert_eq!(reply.status, StatusCode::OK, "nobody learns whose it is");
            assert_eq!(site.get("me", &[&line]).await.problem(), "well", "{which}");
        }
        let fields = [("client_id", CLIENT), ("token", &*token)];
        site.form("/oauth/revoke", &fields).await;
        assert_eq!(site.get("me", &[&line]).await.problem(), "token", "{which}");
    }
}

#[tokio::test]
async fn signing_the_device_out_ends_its_tokens_at_once() {
    let site = Site::start().await;
    let anna = site.person().await;
    let reply = site.exchange(&site.code(anna, "account").await).await;
    let mut writing = site.store.write().await.expect("a turn");
    let devices = writing.sessions(anna, site.now()).await.expect("devices");
    let device = devices.first().expect("one").id;
    writing
        .revoke_session(anna, device, site.now())
        .await
        .expect("done");
    let feed = writing.commit().await.expect("kept").feed.expect("told");
    assert!(site.has_heard(feed).await);
    assert_eq!(site.get("me", &[&bearer(&reply)]).await.problem(), "token");
    let refresh = reply.json()["refresh_token"]
        .as_str()
        .expect("one")
        .to_owned();
    assert_eq!(site.refresh(&refresh).await.problem(), "invalid_grant");
}

#[tokio::test]
async fn a_program_that_isnt_let_in_any_more_has_no_good_tokens() {
    let site = Site::with(Setup::default()).await;
    let anna = site.person().await;
    let line = site.program(anna, "account").await;
    assert_eq!(site.get("me", &[&line]).await.problem(), "well");
    let site = site.without_apps();
    assert_eq!(site.get("me", &[&line]).await.problem(), "token");
}

#[tokio::test]
async fn it_is_said_where_programs_are_let_in_and_only_where_any_are() {
    let path = "/.well-known/oauth-authorization-server";
    let site = Site::start().await;
    let said = site.get(path, &[]).await.json();
    assert_eq!(said["issuer"], "http://review.example");
    for (field, place) in [
        ("authorization_endpoint", "authorize"),
        ("token_endpoint", "token"),
        ("revocation_endpoint", "revoke"),
    ] {
        assert_eq!(
            said[field],
            format!("http://review.example/-/oauth/{place}")
        );
    }
    assert_eq!(said["code_challenge_methods_supported"][0], "S256");
    let none = site.without_apps();
    assert_eq!(none.get(path, &[]).await.problem(), "missing");
}

#[tokio::test]
async fn what_is_kept_of_tokens_signs_nobody_in() {
    let site = Site::start().await;
    let anna = site.person().await;
    let code = site.code(anna, "account").await;
    let reply = site.exchange(&code).await.json();
    let (access, refresh) = (&reply["access_token"], &reply["refresh_token"]);
    let kept = std::fs::read(site.store.path()).expect("the database");
    let mut kept = kept;
    let wal = site.store.path().with_extension("db-wal");
    kept.extend(std::fs::read(wal).unwrap_or_default());
    for secret in [access.as_str(), refresh.as_str(), Some(&*code)] {
        let secret = secret.expect("a secret").as_bytes();
        assert!(!kept.windows(secret.len()).any(|part| part == secret));
    }
}
