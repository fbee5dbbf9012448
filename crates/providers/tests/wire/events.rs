//! What Stripe tells by itself.

use std::time::Duration;

use commerce::ids::RefundId;
use commerce::money::Money;
use commerce::payment::DeclineReason;
use jiff::Timestamp;
use ludgate_providers::payment::{Event, Notice};
use ludgate_providers::stripe::{WebhookError, WebhookSecret, sign};

use crate::account::{
    PATIENT, REFUND, account, account_of, ask, declined, error, intent, list, paid,
};
use crate::canned::{Answering, Server};

const NOW: &str = "2026-12-01T12:00:00Z";

async fn event(server: &Server, rest: &str) -> Result<Event, WebhookError> {
    let body = format!(r#"{{"id":"evt_1",{rest}}}"#);
    let now: Timestamp = NOW.parse().expect("a time");
    let secret = WebhookSecret::new("whsec_hush").expect("a secret");
    let signature = sign(&secret, body.as_bytes(), now);
    let account = account(server, PATIENT);
    account
        .webhook(Some(&signature), body.as_bytes(), now)
        .await
}

async fn webhook(server: &Server, kind: &str, object: &str) -> Result<Vec<Notice>, WebhookError> {
    let event = event(
        server,
        &format!(r#""type":"{kind}","data":{{"object":{object}}}"#),
    )
    .await?;
    assert_eq!(event.id.as_str(), "evt_1");
    Ok(event.notices)
}

#[tokio::test]
async fn events_become_notices_and_what_is_not_ours_tells_nothing() {
    let charge = ask().id;
    let of = |outcome| vec![Notice::Charge { charge, outcome }];
    let refund = |done| {
        vec![Notice::Refund {
            refund: RefundId::new(7),
            done,
        }]
    };
    let given = |status: &str| {
        format!(r#"{{"id":"re_1","status":"{status}","metadata":{{"refund":"{REFUND}"}}}}"#)
    };
    let rows = [
        (
            "payment_intent.succeeded",
            intent(r#""status":"succeeded""#),
            of(paid()),
        ),
        (
            "payment_intent.canceled",
            intent(r#""status":"canceled""#),
            of(declined(DeclineReason::Voided, false)),
        ),
        (
            "payment_intent.succeeded",
            r#"{"id":"pi_2","status":"succeeded","amount":1,"currency":"usd","metadata":{}}"#
                .into(),
            vec![],
        ),
        (
            "payment_intent.created",
            intent(r#""status":"requires_confirmation""#),
            vec![],
        ),
        ("charge.refund.updated", given("failed"), refund(false)),
        ("refund.created", given("pending"), vec![]),
        (
            "refund.created",
            r#"{"id":"re_2","status":"succeeded","metadata":{}}"#.into(),
            vec![],
        ),
        (
            "charge.refunded",
            format!(
                r#"{{"refunds":{}}}"#,
                list(&[given("failed"), given("pending")])
            ),
            refund(false),
        ),
        ("charge.refunded", "{}".into(), vec![]),
        (
            "setup_intent.succeeded",
            r#"{"id":"seti_1"}"#.into(),
            vec![Notice::SetupDone {
                setup: "seti_1".parse().expect("a setup"),
            }],
        ),
        (
            "payment_method.detached",
            r#"{"id":"pm_1"}"#.into(),
            vec![Notice::MethodGone {
                method: "pm_1".parse().expect("a card"),
            }],
        ),
        ("customer.created", r#"{"id":"cus_1"}"#.into(), vec![]),
        ("something.new", "[]".into(), vec![]),
    ];
    let server = Server::new([]).await;
    for (kind, object, expected) in rows {
        assert_eq!(
            webhook(&server, kind, &object).await,
            Ok(expected),
            "{kind}: {object}"
        );
    }
    let changed =
        r#"{"id":"pm_1","card":{"brand":"visa","last4":"4242","exp_month":1,"exp_year":2031}}"#;
    let said = webhook(&server, "payment_method.automatically_updated", changed).await;
    assert!(
        matches!(said.as_deref(), Ok([Notice::MethodChanged(_)])),
        "{said:?}"
    );
    for wrong in ["7", "{}", r#"{"id":"pi_1","status":7}"#] {
        let said = webhook(&server, "payment_intent.succeeded", wrong).await;
        assert!(
            matches!(said, Err(WebhookError::Shape(_))),
            "{wrong}: {said:?}"
        );
    }
}

#[tokio::test]
async fn an_event_says_when_it_was_made_however_late_it_comes() {
    let server = Server::new([]).await;
    for (created, expected) in [
        (r#""created":1795953600,"#, "2026-11-29T12:00:00Z"),
        ("", NOW),
        (r#""created":9223372036854775807,"#, NOW),
    ] {
        let rest = format!(r#"{created}"type":"something.new","data":{{"object":{{}}}}"#);
        let event = event(&server, &rest).await.expect("an event");
        assert_eq!(event.at.to_string(), expected, "{created}");
    }
}

#[tokio::test]
async fn whether_a_refund_was_made_is_asked_since_it_may_have_come_back_meanwhile() {
    let given = |status: &str| {
        format!(r#"{{"id":"re_1","status":"{status}","metadata":{{"refund":"{REFUND}"}}}}"#)
    };
    let told = given("succeeded");
    let listed = format!(r#"{{"refunds":{}}}"#, list(std::slice::from_ref(&told)));
    let of = |done| {
        vec![Notice::Refund {
            refund: RefundId::new(7),
            done,
        }]
    };
    for (kind, object) in [
        ("refund.updated", &told),
        ("charge.refund.updated", &told),
        ("charge.refunded", &listed),
    ] {
        for (now, expected) in [
            ("succeeded", of(true)),
            ("failed", of(false)),
            ("pending", vec![]),
        ] {
            let server = Server::new([Answering::ok(given(now))]).await;
            let said = webhook(&server, kind, object).await;
            assert_eq!(said, Ok(expected), "{kind}: {now}");
            let lines: Vec<_> = server.asked().into_iter().map(|asked| asked.line).collect();
            assert_eq!(lines, ["GET /v1/refunds/re_1"]);
        }
    }
    // Where that can't be said the event is to come again.
    let server = Server::new([Answering::status(500, String::new())]).await;
    let said = webhook(&server, "refund.updated", &told).await;
    assert!(matches!(said, Err(WebhookError::Later(_))), "{said:?}");
}

#[tokio::test]
async fn a_refund_that_nobody_here_asked_for_is_known_by_the_payment_it_is_of() {
    let given = |status: &str| {
        format!(
            r#"{{"id":"re_9","status":"{status}","amount":500,"currency":"usd",
            "payment_intent":"pi_1","metadata":{{}}}}"#
        )
    };
    let payment = || Answering::ok(intent(r#""status":"succeeded""#));
    let mut ids = Vec::new();
    for (kind, object) in [
        ("refund.created", given("succeeded")),
        ("refund.updated", given("succeeded")),
        (
            "charge.refunded",
            format!(r#"{{"refunds":{}}}"#, list(&[given("succeeded")])),
        ),
        ("refund.failed", given("failed")),
    ] {
        let has_failed = kind == "refund.failed";
        let asked = (!has_failed).then(|| Answering::ok(given("succeeded")));
        let server = Server::new(asked.into_iter().chain([payment()])).await;
        let said = webhook(&server, kind, &object).await.expect("a notice");
        let [
            Notice::RefundElsewhere {
                refund,
                charge,
                amount,
                done,
            },
        ] = said[..]
        else {
            panic!("{kind}: {said:?}");
        };
        assert_eq!((charge, done), (ask().id, !has_failed), "{kind}");
        assert_eq!(amount, "5.00 USD".parse::<Money>().expect("an amount"));
        ids.push(refund);
    }
    ids.dedup();
    assert_eq!(ids.len(), 1, "the same refund");
    // It takes its time; or it is of what somebody else sells there.
    let server = Server::new([]).await;
    let said = webhook(&server, "refund.created", &given("pending")).await;
    assert_eq!(said, Ok(vec![]));
    let strange = r#"{"id":"pi_1","status":"succeeded","amount":1,"currency":"usd","metadata":{}}"#;
    let answers = [
        Answering::ok(given("succeeded")),
        Answering::ok(strange.into()),
    ];
    let server = Server::new(answers).await;
    let said = webhook(&server, "refund.created", &given("succeeded")).await;
    assert_eq!(said, Ok(vec![]));
}

#[tokio::test]
async fn what_failed_is_called_off_before_it_is_told() {
    let charge = ask().id;
    let failed = intent(
        r#""status":"requires_payment_method",
        "last_payment_error":{"decline_code":"insufficient_funds"}"#,
    );
    let off = intent(r#""status":"canceled""#);
    let late = error(r#""code":"payment_intent_unexpected_state""#);
    let done = intent(r#""status":"succeeded""#);
    let rows = [
        (
            vec![Answering::ok(off)],
            declined(DeclineReason::InsufficientFunds, false),
        ),
        // It was tried again while the event was on its way.
        (
            vec![Answering::status(400, late), Answering::ok(done)],
            paid(),
        ),
    ];
    for (answers, outcome) in rows {
        let server = Server::new(answers).await;
        let said = webhook(&server, "payment_intent.payment_failed", &failed).await;
        assert_eq!(said, Ok(vec![Notice::Charge { charge, outcome }]));
        let first = &server.asked()[0].line;
        assert_eq!(first, "POST /v1/payment_intents/pi_1/cancel");
    }
    // Where that can't be done the event is to come again.
    let server = Server::new([Answering::status(500, String::new())]).await;
    let said = webhook(&server, "payment_intent.payment_failed", &failed).await;
    assert!(matches!(said, Err(WebhookError::Later(_))), "{said:?}");
}

#[tokio::test]
async fn an_event_about_the_other_money_is_refused_and_says_why() {
    let server = Server::new([]).await;
    let now: Timestamp = "2026-12-01T12:00:00Z".parse().expect("a time");
    let secret = WebhookSecret::new("whsec_hush").expect("a secret");
    for (key, mode, is_live) in [
        ("sk_test_hush", r#""livemode":true,"#, false),
        ("sk_live_hush", r#""livemode":false,"#, true),
        ("sk_live_hush", "", true),
    ] {
        let paid = intent(r#""status":"succeeded""#);
        let body = format!(
            r#"{{"id":"evt_1",{mode}"type":"payment_intent.succeeded","data":{{"object":{paid}}}}}"#
        );
        let signature = sign(&secret, body.as_bytes(), now);
        let account = account_of(&server, key, PATIENT);
        let said = account
            .webhook(Some(&signature), body.as_bytes(), now)
            .await;
        assert_eq!(said, Err(WebhookError::Mode { is_live }), "{key}, {mode}");
    }
    let test = WebhookError::Mode { is_live: true }.to_string();
    assert!(test.contains("test money is refused"), "{test}");
}

#[tokio::test]
async fn a_dispute_is_known_by_the_payment_it_is_about() {
    let dispute = |status: &str| {
        format!(
            r#"{{"id":"dp_1","amount":1490,"currency":"usd","status":"{status}","payment_intent":"pi_1"}}"#
        )
    };
    let amount: Money = ask().amount;
    let found = || Answering::ok(intent(r#""status":"succeeded""#));
    let server = Server::new([found(), found(), found()]).await;
    let first = webhook(
        &server,
        "charge.dispute.created",
        &dispute("needs_response"),
    )
    .await;
    let first = first.expect("a notice");
    let [
        Notice::Chargeback {
            dispute: id,
            charge,
            amount: taken,
        },
    ] = first[..]
    else {
        panic!("{first:?}");
    };
    assert_eq!((charge, taken), (ask().id, amount));
    let again = webhook(
        &server,
        "charge.dispute.funds_withdrawn",
        &dispute("under_review"),
    )
    .await;
    assert_eq!(again, Ok(first.clone()), "the same dispute");
    let lost = webhook(&server, "charge.dispute.closed", &dispute("lost")).await;
    assert_eq!(lost, Ok(first), "though the others never came");
    let won = webhook(&server, "charge.dispute.closed", &dispute("won")).await;
    assert_eq!(won, Ok(vec![Notice::ChargebackWon { dispute: id }]));
    for (kind, status) in [
        ("charge.dispute.created", "warning_needs_response"),
        ("charge.dispute.closed", "warning_closed"),
    ] {
        assert_eq!(
            webhook(&server, kind, &dispute(status)).await,
            Ok(vec![]),
            "{status}"
        );
    }
    let about = dispute("needs_response");
    let later = [
        Answering::status(500, String::new()),
        Answering::hung_up(),
        Answering::silent(),
    ];
    for answering in later {
        let server = Server::new([answering]).await;
        let said = webhook(&server, "charge.dispute.created", &about);
        // As long as a test may take to be sure that it isn't forty seconds.
        let said = tokio::time::timeout(Duration::from_secs(20), said).await;
        let said = said.expect("soon");
        assert!(matches!(said, Err(WebhookError::Later(_))), "{said:?}");
    }
    // A payment that isn't in the account is somebody else's.
    let missing = error(r#""code":"resource_missing","param":"intent""#);
    let server = Server::new([Answering::status(404, missing)]).await;
    let said = webhook(&server, "charge.dispute.created", &about).await;
    assert_eq!(said, Ok(vec![]));
}
