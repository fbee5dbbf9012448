//! Customers, their cards, and money given back.

use commerce::ids::AccountId;
use commerce::payment::DeclineReason;
use ludgate_providers::payment::{Delivery, Error, Next, Notice, Request, SetupOutcome};

use crate::account::{REFUND, ask, carry, error, list, provider, refund, unknown};
use crate::canned::{Answering, Server};

#[tokio::test]
async fn a_refund_is_made_once_and_may_take_its_time() {
    let made = |status: &str| {
        format!(r#"{{"id":"re_1","status":"{status}","metadata":{{"refund":"{REFUND}"}}}}"#)
    };
    let told = |done| {
        Some(Notice::Refund {
            refund: refund().id,
            done,
        })
    };
    for (status, expected) in [
        ("succeeded", told(true)),
        ("failed", told(false)),
        ("pending", None),
    ] {
        let server = Server::new([Answering::ok(made(status))]).await;
        let said = carry(&server, Request::Refund(refund()), Delivery::First).await;
        assert_eq!(said.map(|answer| answer.notice), Ok(expected), "{status}");
        let asked = &server.asked()[0];
        assert_eq!(asked.header("idempotency-key"), Some(REFUND));
        assert!(
            asked.body.starts_with("payment_intent=pi_1&amount=500&"),
            "{}",
            asked.body
        );
    }
    let server = Server::new([Answering::ok(list(&[made("succeeded")]))]).await;
    let said = carry(&server, Request::Refund(refund()), Delivery::Again).await;
    assert_eq!(said.map(|answer| answer.notice), Ok(told(true)));
    assert_eq!(server.asked().len(), 1, "it was there");

    let refused = Answering::status(400, error(r#""code":"charge_already_refunded""#));
    let server = Server::new([refused]).await;
    let said = carry(&server, Request::Refund(refund()), Delivery::First).await;
    assert_eq!(said.map(|answer| answer.notice), Ok(told(false)));

    let missing = error(r#""code":"resource_missing","param":"payment_intent""#);
    let server = Server::new([Answering::status(404, missing)]).await;
    let said = carry(&server, Request::Refund(refund()), Delivery::First).await;
    assert_eq!(said.map_err(|error| error.next()), Err(Next::Repair));

    for lost in [Answering::hung_up(), Answering::status(500, String::new())] {
        let server = Server::new([lost]).await;
        let said = carry(&server, Request::Refund(refund()), Delivery::First).await;
        assert_eq!(said.map_err(|error| error.next()), Err(Next::Ask));
    }
}

#[tokio::test]
async fn a_setup_is_its_customers_own_and_its_card_is_made_theirs() {
    let setup = |rest: &str| format!(r#"{{"id":"seti_1","customer":"cus_1",{rest}}}"#);
    let card = |customer: &str| {
        format!(
            r#"{{"id":"pm_1","customer":{customer},
            "card":{{"brand":"visa","last4":"0042","exp_month":6,"exp_year":2030}}}}"#
        )
    };
    let done = setup(r#""status":"succeeded","payment_method":"pm_1""#);
    let rows = [
        (vec![done.clone(), card(r#""cus_1""#)], "saved"),
        (
            vec![done.clone(), card("null"), card(r#""cus_1""#)],
            "saved",
        ),
        (vec![setup(r#""status":"requires_action""#)], "waiting"),
        (
            vec![setup(r#""status":"requires_payment_method""#)],
            "waiting",
        ),
        (
            vec![setup(
                r#""status":"requires_payment_method","last_setup_error":{"code":"expired_card"}"#,
            )],
            "refused",
        ),
        (vec![setup(r#""status":"canceled""#)], "over"),
    ];
    for (answers, expected) in rows {
        let count = answers.len();
        let server = Server::new(answers.into_iter().map(Answering::ok)).await;
        let token = "seti_1".parse().expect("a setup");
        let said = provider(&server)
            .setup_outcome(&token, &ask().customer)
            .await;
        let said = match said.expect("an outcome") {
            SetupOutcome::Saved(method) => {
                assert_eq!(method.card.last_digits(), "0042");
                "saved"
            }
            SetupOutcome::Waiting => "waiting",
            SetupOutcome::Refused(DeclineReason::CardExpired) => "refused",
            SetupOutcome::Refused(other) => panic!("{other:?}"),
            SetupOutcome::Over => "over",
        };
        assert_eq!((said, server.asked().len()), (expected, count));
    }
    let server = Server::new([Answering::ok(done)]).await;
    let (token, other) = (
        "seti_1".parse().expect("a setup"),
        "cus_2".parse().expect("another"),
    );
    let said = provider(&server).setup_outcome(&token, &other).await;
    assert_eq!(said, Err(Error::NotTheirs));
}

#[tokio::test]
async fn a_card_that_is_somebody_elses_is_not_taken() {
    let setup =
        r#"{"id":"seti_1","customer":"cus_1","status":"succeeded","payment_method":"pm_1"}"#;
    let card = |customer: &str| {
        Answering::ok(format!(
            r#"{{"id":"pm_1","customer":{customer},
            "card":{{"brand":"visa","last4":"4242","exp_month":6,"exp_year":2030}}}}"#
        ))
    };
    let refused =
        |message: &str| Answering::status(400, error(&format!(r#""message":"{message}""#)));
    let attached = "The payment method you provided has already been attached to a customer.";
    let detached = "It was detached from a Customer. It may not be used again.";
    let rows = [
        (vec![card(r#""cus_2""#)], Error::CardTaken),
        (vec![card("null"), card(r#""cus_2""#)], Error::CardTaken),
        (
            vec![card("null"), refused(attached), card(r#""cus_2""#)],
            Error::CardTaken,
        ),
        (
            vec![card("null"), refused(detached), card("null")],
            Error::CardTaken,
        ),
    ];
    for (answers, expected) in rows {
        let first = [Answering::ok(setup.to_owned())];
        let server = Server::new(first.into_iter().chain(answers)).await;
        let token = "seti_1".parse().expect("a setup");
        let said = provider(&server)
            .setup_outcome(&token, &ask().customer)
            .await;
        assert_eq!(said, Err(expected));
    }
    let server = Server::new([
        Answering::ok(setup.to_owned()),
        card("null"),
        refused("Something else is the matter"),
        card("null"),
    ])
    .await;
    let token = "seti_1".parse().expect("a setup");
    let said = provider(&server)
        .setup_outcome(&token, &ask().customer)
        .await;
    assert!(matches!(said, Err(Error::Refused { .. })), "{said:?}");

    // Two looks at the same setup at a time are no theft.
    let answers = [
        Answering::ok(setup.to_owned()),
        card("null"),
        refused(attached),
        card(r#""cus_1""#),
    ];
    let server = Server::new(answers).await;
    let said = provider(&server)
        .setup_outcome(&token, &ask().customer)
        .await;
    assert!(matches!(said, Ok(SetupOutcome::Saved(_))), "{said:?}");
}

#[tokio::test]
async fn the_same_account_is_the_same_customer_by_its_key() {
    let server = Server::new([Answering::ok(r#"{"id":"cus_9"}"#.into())]).await;
    let said = provider(&server).customer(AccountId::new(5), None).await;
    assert_eq!(said, Ok("cus_9".parse().expect("a customer")));
    let key = "customer/acc_00000000000000000000000000000005";
    assert_eq!(server.asked()[0].header("idempotency-key"), Some(key));

    // An id that would lead elsewhere in a URL isn't taken.
    let server = Server::new([Answering::ok(r#"{"id":"cus_9/../x"}"#.into())]).await;
    let said = provider(&server).customer(AccountId::new(5), None).await;
    // The customer was made all the same.
    assert_eq!(said.map_err(|error| error.next()), Err(Next::Ask));
}

#[tokio::test]
async fn a_customer_is_deleted_and_one_who_isnt_there_is_gone() {
    let deleted = || Answering::ok(r#"{"id":"cus_1","object":"customer","deleted":true}"#.into());
    for (answer, delivery) in [(deleted(), Delivery::First), (unknown(), Delivery::Again)] {
        let server = Server::new([answer]).await;
        let said = carry(&server, Request::Forget(ask().customer), delivery).await;
        assert_eq!(said.map(|answer| answer.notice), Ok(None));
        let lines: Vec<String> = server.asked().into_iter().map(|one| one.line).collect();
        assert_eq!(lines, ["DELETE /v1/customers/cus_1"]);
    }
    for (answer, next) in [
        (Answering::hung_up(), Next::Ask),
        (Answering::status(500, String::new()), Next::Ask),
        (
            Answering::status(401, error(r#""message":"no""#)),
            Next::Repair,
        ),
    ] {
        let server = Server::new([answer]).await;
        let said = carry(&server, Request::Forget(ask().customer), Delivery::First).await;
        assert_eq!(said.map_err(|error| error.next()), Err(next));
    }
}
