//! Signatures of webhooks, judged by Stripe's own library both ways.

use jiff::{SignedDuration, Timestamp};
use ludgate_providers::stripe::{
    PublishableKey, SecretKey, Settings, Stripe, WebhookError, WebhookSecret, sign,
};
use serde_json::json;

use crate::judge::Judge;

const BODY: &str = "{\"id\":\"evt_1\",\"type\":\"plan.created\",\"data\":{\"object\":{\"name\":\"Zoë’s \\u00e9\"}}}\n";

fn ours(header: &str, body: &str, now: Timestamp) -> bool {
    let key = SecretKey::new("sk_test_1").expect("a key");
    let publishable = PublishableKey::new("pk_test_1").expect("a key");
    let secret = WebhookSecret::new("whsec_right").expect("a secret");
    let stripe = Stripe::new(Settings::new(key, publishable, vec![secret])).expect("an account");
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let header = (!header.is_empty()).then_some(header);
    let said = runtime
        .expect("a runtime")
        .block_on(stripe.webhook(header, body.as_bytes(), now));
    match said {
        Ok(_) => true,
        Err(WebhookError::Forgery(_)) => false,
        Err(other) => panic!("{other}"),
    }
}

#[test]
#[ignore = "asks localstripe and Stripe's own library"]
fn what_stripes_library_signs_is_believed_and_what_is_signed_here_it_believes() {
    let mut judge = Judge::new("signatures.py");
    let now = Timestamp::now();
    let mut theirs = |secret: &str, at: Timestamp| {
        let ask = json!({"do": "sign", "body": BODY, "secret": secret, "at": at.as_second()});
        judge.ask(&ask).as_str().expect("a header").to_owned()
    };
    let old = now - SignedDuration::from_secs(400);
    let right = theirs("whsec_right", now);
    let wrong = theirs("whsec_wrong", now);
    let late = theirs("whsec_right", old);
    let secret = WebhookSecret::new("whsec_right").expect("a secret");
    let mine = sign(&secret, BODY.as_bytes(), now);
    assert_eq!(mine, right, "the same header, to the byte");

    let v1 = right.split_once(',').expect("two parts").1;
    let stranger = wrong.split_once(',').expect("two parts").1;
    let t = format!("t={}", now.as_second());
    let rows = [
        ("as it should be", mine, BODY, true),
        (
            "one of several",
            format!("{t},{stranger},{v1},v0=abc"),
            BODY,
            true,
        ),
        ("another secret", wrong.clone(), BODY, false),
        ("too old", late, BODY, false),
        ("another body", right.clone(), "{}", false),
        (
            "a body without its last byte",
            right.clone(),
            BODY.trim_end(),
            false,
        ),
        ("another time", right.replacen("t=", "t=1", 1), BODY, false),
        ("v0 only", right.replace("v1=", "v0="), BODY, false),
        ("no signature", t, BODY, false),
        ("no time", v1.to_owned(), BODY, false),
        ("nothing", String::new(), BODY, false),
    ];
    for (name, header, body, expected) in rows {
        let ask = json!({"do": "verify", "body": body, "secret": "whsec_right", "header": header});
        let theirs = judge.ask(&ask).as_bool().expect("yes or no");
        assert_eq!(theirs, expected, "{name}: by Stripe's library");
        assert_eq!(ours(&header, body, now), expected, "{name}: by ours");
    }
}
