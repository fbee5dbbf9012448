//! Charges: made once, found again, called off.

use std::slice::from_ref;

use commerce::payment::{DeclineReason, Outcome};
use jiff::Timestamp;
use ludgate_providers::payment::{
    Authentication, Charge, Delivery, Error, Next, Notice, Provider, Request,
};

use crate::account::{
    CHARGE, IMPATIENT, PATIENT, account, account_of, ask, carry, declined, error, intent, list,
    outcome, paid, provider, unknown,
};
use crate::canned::{Answering, Server};

#[tokio::test]
async fn a_charge_is_one_request_with_our_ids_and_a_key_that_makes_it_one() {
    let server = Server::new([Answering::ok(intent(r#""status":"succeeded""#))]).await;
    let answer = carry(&server, Request::Charge(ask()), Delivery::First).await;
    let answer = answer.expect("an answer");
    assert_eq!(answer.reference, Some("pi_1".parse().expect("a payment")));
    let [asked] = &server.asked()[..] else {
        panic!("one request");
    };
    assert_eq!(asked.line, "POST /v1/payment_intents");
    assert_eq!(asked.header("idempotency-key"), Some(CHARGE));
    assert_eq!(asked.header("authorization"), Some("Bearer sk_test_hush"));
    assert_eq!(asked.header("stripe-version"), Some("2024-06-20"));
    assert_eq!(
        asked.body,
        "amount=1490&currency=usd&customer=cus_1&payment_method_types%5B%5D=card\
         &metadata%5Border%5D=ord_000000000000000000000000000000ab\
         &metadata%5Bcharge%5D=ord_000000000000000000000000000000ab%2F1\
         &payment_method=pm_1&confirm=true&off_session=true"
    );
}

#[tokio::test]
async fn what_a_charge_meets_is_told_apart() {
    let card =
        |code: &str| Answering::status(402, error(&format!(r#""type":"card_error",{code}"#)));
    let yes = Ok(paid());
    let unknown = Ok(Outcome::Unknown);
    let soft = |reason| Ok(declined(reason, false));
    let rows = [
        (
            "paid",
            Answering::ok(intent(r#""status":"succeeded""#)),
            yes,
        ),
        (
            "no money",
            card(r#""code":"card_declined","decline_code":"insufficient_funds""#),
            soft(DeclineReason::InsufficientFunds),
        ),
        (
            "stolen",
            card(r#""code":"card_declined","decline_code":"stolen_card""#),
            Ok(declined(DeclineReason::CardBlocked, true)),
        ),
        (
            "to be confirmed",
            card(r#""code":"authentication_required","payment_intent":{"id":"pi_1"}"#),
            Ok(Outcome::NeedsAuthentication),
        ),
        (
            "makes no sense there",
            Answering::status(
                400,
                error(r#""type":"invalid_request_error","message":"No""#),
            ),
            soft(DeclineReason::ProviderError),
        ),
        (
            "key",
            Answering::status(401, error(r#""message":"Bad sk_test_hush""#)),
            Err(Next::Repair),
        ),
        (
            "too much",
            Answering::status(429, error("")),
            Err(Next::Again),
        ),
        ("under way", Answering::status(409, error("")), unknown),
        ("trouble", Answering::status(500, error("")), unknown),
        (
            "trouble before it",
            Answering::status(503, "<html>"),
            unknown,
        ),
        ("garbage", Answering::ok("<html>".into()), unknown),
        (
            "another's charge",
            Answering::ok(intent(r#""status":"succeeded""#).replace("ab/1", "ac/1")),
            unknown,
        ),
        (
            "a new state",
            Answering::ok(intent(r#""status":"dreaming""#)),
            unknown,
        ),
        ("a redirect", Answering::status(302, String::new()), unknown),
        ("huge", Answering::ok(" ".repeat(3 * 1024 * 1024)), unknown),
        ("broken off", Answering::broken_off(), unknown),
        ("no answer", Answering::hung_up(), unknown),
        ("silence", Answering::silent(), unknown),
        ("silence in the middle", Answering::stalled(), unknown),
    ];
    for (name, answering, expected) in rows {
        let server = Server::new([answering]).await;
        let patience = if name.starts_with("silence") {
            IMPATIENT
        } else {
            PATIENT
        };
        let provider = Provider::Stripe(Box::new(account(&server, patience)));
        let request = Request::Charge(ask());
        let said = provider.carry_out(&request, Delivery::First, Timestamp::UNIX_EPOCH);
        let said = said.await;
        assert_eq!(server.asked().len(), 1, "{name}: asked once");
        let text = format!("{said:?}");
        assert!(!text.contains("hush"), "{name}: {text}");
        let said = said
            .map_err(|error| error.next())
            .map(|answer| match answer.notice {
                Some(Notice::Charge { outcome, .. }) => outcome,
                other => panic!("{name}: {other:?}"),
            });
        assert_eq!(said, expected, "{name}");
    }
}

#[tokio::test]
async fn a_card_that_is_gone_is_declined_and_an_account_that_isnt_right_is_to_be_repaired() {
    let gone = Ok(declined(DeclineReason::CardBlocked, true));
    let repair = Err(Next::Repair);
    let rows = [
        (
            r#""code":"resource_missing","param":"payment_method""#,
            gone,
        ),
        (r#""code":"resource_missing","param":"customer""#, repair),
        (
            r#""code":"resource_missing","param":"payment_method","message":"a similar object exists in live mode""#,
            repair,
        ),
        (r#""code":"resource_missing""#, repair),
        (r#""code":"payment_method_unactivated""#, repair),
        (r#""code":"testmode_charges_only""#, repair),
        (r#""code":"livemode_mismatch""#, repair),
    ];
    for (words, expected) in rows {
        let answers = [Answering::status(400, error(words)), unknown()];
        let server = Server::new(answers).await;
        let said = carry(&server, Request::Charge(ask()), Delivery::First).await;
        let said = said
            .map(|answer| answer.notice)
            .map_err(|error| error.next());
        let expected = expected.map(|outcome| {
            let charge = ask().id;
            Some(Notice::Charge { charge, outcome })
        });
        assert_eq!(said, expected, "{words}");
    }
    // Nor is it known what became of a charge by books that aren't the account's.
    let words = r#""code":"resource_missing","param":"customer""#;
    let server = Server::new([Answering::status(400, error(words)), unknown()]).await;
    let said = carry(&server, Request::Inquire(ask()), Delivery::First).await;
    assert_eq!(said.map_err(|error| error.next()), Err(Next::Repair));
}

#[tokio::test]
async fn an_answer_about_the_other_money_is_not_believed() {
    let of = |mode: &str| intent(&format!(r#""status":"succeeded","livemode":{mode}"#));
    for (key, mode, agrees) in [
        ("sk_test_hush", "false", true),
        ("sk_test_hush", "true", false),
        ("sk_live_hush", "true", true),
        ("rk_live_hush", "false", false),
    ] {
        let outcomes = [
            (Delivery::First, of(mode)),
            (Delivery::Again, list(&[of(mode)])),
        ];
        for (delivery, answer) in outcomes {
            let server = Server::new([Answering::ok(answer)]).await;
            let provider = Provider::Stripe(Box::new(account_of(&server, key, PATIENT)));
            let request = Request::Charge(ask());
            let said = provider.carry_out(&request, delivery, Timestamp::UNIX_EPOCH);
            let said = said.await.map(|_| ()).map_err(|error| error.next());
            let expected = if agrees { Ok(()) } else { Err(Next::Repair) };
            assert_eq!(said, expected, "{key}, {mode}, {delivery:?}");
        }
    }
}

/// A payment that was declined and can be confirmed with another card.
fn refused() -> String {
    intent(
        r#""status":"requires_payment_method",
        "last_payment_error":{"code":"card_declined","decline_code":"stolen_card"}"#,
    )
}

#[tokio::test]
async fn a_charge_that_was_declined_cant_be_confirmed_any_more() {
    let no = declined(DeclineReason::CardBlocked, true);
    let soft = r#""type":"card_error","code":"card_declined","decline_code":"stolen_card",
        "payment_intent":{"id":"pi_1"}"#;
    let off = || Answering::ok(intent(r#""status":"canceled""#));
    let late = || Answering::status(400, error(r#""code":"payment_intent_unexpected_state""#));
    let paid_after_all = || Answering::ok(intent(r#""status":"succeeded""#));
    let lost = || Answering::status(500, String::new());
    let ways: [fn() -> (Delivery, Request); 2] = [
        || (Delivery::First, Request::Charge(ask())),
        || (Delivery::First, Request::Inquire(ask())),
    ];
    for way in ways {
        let first = || match way().1 {
            Request::Charge(_) => Answering::status(402, error(soft)),
            _ => Answering::ok(list(&[refused()])),
        };
        let rows = [
            (vec![first(), off()], no),
            (vec![first(), late(), off()], no),
            (vec![first(), late(), paid_after_all()], paid()),
            // Nobody says whether it is off: it is asked for again.
            (vec![first(), lost()], Outcome::Unknown),
            (
                vec![first(), late(), Answering::ok(refused())],
                Outcome::Unknown,
            ),
        ];
        for (answers, expected) in rows {
            let count = answers.len();
            let server = Server::new(answers).await;
            let (delivery, request) = way();
            let name = format!("{request:?}");
            assert_eq!(
                outcome(&server, request, delivery).await,
                expected,
                "{name}"
            );
            let asked = server.asked();
            assert_eq!(asked.len(), count, "{name}");
            assert_eq!(asked[1].line, "POST /v1/payment_intents/pi_1/cancel");
            let key = format!("{CHARGE}/cancel");
            assert_eq!(asked[1].header("idempotency-key"), Some(key.as_str()));
        }
    }
    // One that its reader is to confirm stays as it is.
    let asked = r#""code":"authentication_required","payment_intent":{"id":"pi_1"}"#;
    let server = Server::new([Answering::status(402, error(asked))]).await;
    let said = outcome(&server, Request::Charge(ask()), Delivery::First).await;
    assert_eq!(
        (said, server.asked().len()),
        (Outcome::NeedsAuthentication, 1)
    );
}

#[tokio::test]
async fn a_server_that_is_busy_is_left_alone_for_an_hour_at_most() {
    for (seconds, expected) in [
        ("7", Some(7)),
        ("18446744073709551615", Some(3600)),
        ("soon", None),
    ] {
        let busy = Answering::status(429, error("")).with("retry-after", seconds);
        let server = Server::new([busy]).await;
        let said = carry(&server, Request::Charge(ask()), Delivery::First).await;
        let Err(Error::Busy { wait, .. }) = said else {
            panic!("{said:?}");
        };
        assert_eq!(wait.map(|wait| wait.as_secs()), expected, "{seconds}");
    }
}

#[tokio::test]
async fn nobody_there_means_that_nothing_was_asked() {
    let server = Server::new([]).await;
    let provider = provider(&server);
    server.close().await;
    let request = Request::Charge(ask());
    let said = provider
        .carry_out(&request, Delivery::First, Timestamp::UNIX_EPOCH)
        .await;
    let error = said.expect_err("nobody");
    assert!(matches!(error, Error::Unreachable { .. }), "{error}");
    assert_eq!(error.next(), Next::Again);
}

#[tokio::test]
async fn what_may_have_been_asked_before_is_looked_for_first() {
    let theirs = intent(r#""status":"succeeded""#).replace("ab/1", "ab/2");
    let ours = intent(r#""status":"succeeded""#);
    let server = Server::new([Answering::ok(list(&[theirs.clone(), ours.clone()]))]).await;
    assert_eq!(
        outcome(&server, Request::Charge(ask()), Delivery::Again).await,
        paid()
    );
    let lines: Vec<_> = server.asked().into_iter().map(|asked| asked.line).collect();
    assert_eq!(lines, ["GET /v1/payment_intents?customer=cus_1&limit=100"]);

    // It isn't there: then it is made.
    let server = Server::new([Answering::ok(list(&[theirs])), Answering::ok(ours)]).await;
    assert_eq!(
        outcome(&server, Request::Charge(ask()), Delivery::Again).await,
        paid()
    );
    assert_eq!(server.asked()[1].header("idempotency-key"), Some(CHARGE));

    // It can't be said: then nothing is made.
    for broken in [
        Answering::status(500, String::new()),
        Answering::status(400, error("")),
    ] {
        let server = Server::new([broken]).await;
        let said = outcome(&server, Request::Charge(ask()), Delivery::Again).await;
        assert_eq!((said, server.asked().len()), (Outcome::Unknown, 1));
    }
}

#[tokio::test]
async fn an_inquiry_about_what_was_never_heard_of_uses_its_key_up() {
    let made = intent(r#""status":"requires_payment_method""#)
        .replace(r#""metadata":{"#, r#""metadata":{"forestalled":"yes","#);
    let off = made.replace("requires_payment_method", "canceled");
    for (request, reason) in [
        (Request::Inquire(ask()), DeclineReason::ProviderError),
        (Request::Void(ask()), DeclineReason::Voided),
    ] {
        let answers = [list(&[]), made.clone(), off.clone()].map(Answering::ok);
        let server = Server::new(answers).await;
        let said = outcome(&server, request, Delivery::First).await;
        assert_eq!(said, declined(reason, false));
        let asked = server.asked();
        assert_eq!(asked[1].line, "POST /v1/payment_intents");
        assert_eq!(asked[1].header("idempotency-key"), Some(CHARGE));
        assert!(!asked[1].body.contains("confirm"), "{}", asked[1].body);
        assert_eq!(asked[2].line, "POST /v1/payment_intents/pi_1/cancel");
    }
    // The charge comes late, and its key is used up.
    let used = Answering::status(400, error(r#""type":"idempotency_error""#));
    let server = Server::new([used, Answering::ok(list(&[off]))]).await;
    let said = outcome(&server, Request::Charge(ask()), Delivery::First).await;
    assert_eq!(said, declined(DeclineReason::ProviderError, false));

    // It arrives between the look and the key: nobody knows yet.
    let used = Answering::status(400, error(r#""type":"idempotency_error""#));
    let server = Server::new([Answering::ok(list(&[])), used]).await;
    let said = outcome(&server, Request::Inquire(ask()), Delivery::First).await;
    assert_eq!(said, Outcome::Unknown);
}

#[tokio::test]
async fn a_payment_is_found_on_a_later_page_and_the_one_that_counts_among_several() {
    let other = |n: u32| {
        intent(r#""status":"succeeded""#)
            .replace("pi_1", &format!("pi_{n}"))
            .replace(CHARGE, "")
    };
    let page = |items: &[String]| list(items).replace(r#""has_more":false"#, r#""has_more":true"#);
    let off = intent(r#""status":"canceled""#);
    let ours = intent(r#""status":"succeeded""#);
    let server = Server::new([
        Answering::ok(page(&[other(8), other(9)])),
        Answering::ok(list(&[off, ours])),
    ])
    .await;
    let said = outcome(&server, Request::Inquire(ask()), Delivery::First).await;
    assert_eq!(said, paid());
    let second = &server.asked()[1].line;
    assert!(second.ends_with("&starting_after=pi_9"), "{second}");

    // There is an end to it, and it isn't a no.
    let server = Server::new([1, 2, 3].map(|n| Answering::ok(page(&[other(n)])))).await;
    let said = outcome(&server, Request::Inquire(ask()), Delivery::First).await;
    assert_eq!(said, Outcome::Unknown);

    // By its name it is one question.
    let known = Charge {
        reference: Some("pi_1".parse().expect("a payment")),
        ..ask()
    };
    let server = Server::new([Answering::ok(intent(r#""status":"processing""#))]).await;
    let said = outcome(&server, Request::Inquire(known), Delivery::First).await;
    assert_eq!(said, Outcome::Unknown);
    assert_eq!(server.asked()[0].line, "GET /v1/payment_intents/pi_1");
}

#[tokio::test]
async fn a_charge_that_waits_is_confirmed_by_its_reader_or_called_off() {
    let waiting = intent(r#""status":"requires_action""#);
    // As Stripe leaves one that was refused off session: without its card, which
    // is named when it is confirmed.
    let refused = intent(
        r#""status":"requires_payment_method","payment_method":null,
        "last_payment_error":{"code":"authentication_required","payment_method":{"id":"pm_1"}}"#,
    );
    for (waits, named) in [(&waiting, None), (&refused, Some(ask().method))] {
        let server = Server::new([Answering::ok(list(from_ref(waits)))]).await;
        let said = provider(&server).authentication(&ask()).await;
        let Ok(Authentication::Stripe {
            publishable_key,
            client_secret,
            method,
        }) = said
        else {
            panic!("{said:?}");
        };
        assert_eq!(publishable_key, "pk_test_open");
        assert_eq!(client_secret.expose(), "pi_1_secret_x");
        assert_eq!(method, named);
    }

    let off = intent(r#""status":"canceled""#);
    let server = Server::new([list(from_ref(&waiting)), off].map(Answering::ok)).await;
    let said = outcome(&server, Request::Void(ask()), Delivery::First).await;
    assert_eq!(said, declined(DeclineReason::Voided, false));

    // The reader was quicker.
    let done = intent(r#""status":"succeeded""#);
    let server = Server::new([
        Answering::ok(list(&[waiting])),
        Answering::status(400, error(r#""code":"payment_intent_unexpected_state""#)),
        Answering::ok(done.clone()),
    ])
    .await;
    let said = outcome(&server, Request::Void(ask()), Delivery::First).await;
    assert_eq!(said, paid());

    let server = Server::new([Answering::ok(list(&[done]))]).await;
    let said = provider(&server).authentication(&ask()).await;
    assert_eq!(said, Ok(Authentication::NotWaiting));
}
