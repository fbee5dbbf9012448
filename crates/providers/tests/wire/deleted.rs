//! Customers whom Stripe has deleted: because they were erased, or in its dashboard.

use commerce::ids::AccountId;
use commerce::payment::{DeclineReason, Outcome};
use jiff::Timestamp;
use ludgate_providers::payment::{Delivery, Error, Next, Provider, Request};

use crate::account::{
    PATIENT, account_of, ask, carry, declined, error, list, outcome, provider, unknown,
};
use crate::canned::{Answering, Server};

/// What Stripe says to who names them.
fn missing() -> Answering {
    let said = r#""code":"resource_missing","param":"customer","message":"No such customer""#;
    Answering::status(400, error(said))
}

/// What it says of them.
fn deleted() -> Answering {
    Answering::ok(r#"{"id":"cus_1","object":"customer","deleted":true}"#.into())
}

#[tokio::test]
async fn who_was_deleted_is_charged_nothing_and_asked_for_another_card() {
    let server = Server::new([missing(), deleted()]).await;
    let said = carry(&server, Request::Charge(ask()), Delivery::First).await;
    let remark = said.expect("an answer").remark.expect("a remark");
    assert!(remark.contains("cus_1 was deleted"), "{remark}");
    let lines: Vec<String> = server.asked().into_iter().map(|one| one.line).collect();
    assert_eq!(
        lines,
        ["POST /v1/payment_intents", "GET /v1/customers/cus_1"]
    );
    let gone = declined(DeclineReason::CardBlocked, true);
    let never = declined(DeclineReason::ProviderError, false);
    let off = declined(DeclineReason::Voided, false);
    let none = || Answering::ok(list(&[]));
    let rows = [
        (Request::Charge(ask()), vec![none()], gone),
        (Request::Inquire(ask()), vec![none()], never),
        (Request::Void(ask()), vec![none()], off),
        // Where their payments can't be looked through, they may have paid.
        (Request::Charge(ask()), vec![], Outcome::Unknown),
        (Request::Inquire(ask()), vec![], Outcome::Unknown),
    ];
    for (request, mut answers, expected) in rows {
        answers.extend([missing(), deleted()]);
        let name = format!("{request:?}");
        let server = Server::new(answers).await;
        let said = outcome(&server, request, Delivery::Again).await;
        assert_eq!(said, expected, "{name}");
    }
}

#[tokio::test]
async fn who_was_deleted_enters_a_card_as_another_customer() {
    let (gone, drawn) = (ask().customer, 7);
    let server = Server::new([missing(), deleted()]).await;
    let said = provider(&server).set_up(&gone, drawn).await;
    let Err(Error::Deleted { customer, .. }) = said else {
        panic!("{said:?}");
    };
    assert_eq!(customer, gone);
    // One whom Stripe has never known is another account's.
    let server = Server::new([missing(), unknown()]).await;
    let said = provider(&server).set_up(&gone, drawn).await;
    let said = said.map(|_| ()).map_err(|error| error.next());
    assert_eq!(said, Err(Next::Repair));

    // The account's own key would bring the deleted one back.
    let server = Server::new([Answering::ok(r#"{"id":"cus_2"}"#.into())]).await;
    let provider = provider(&server);
    let said = provider.customer(AccountId::new(5), Some(&gone)).await;
    assert_eq!(said, Ok("cus_2".parse().expect("a customer")));
    let key = "customer/acc_00000000000000000000000000000005/cus_1";
    assert_eq!(server.asked()[0].header("idempotency-key"), Some(key));
}

#[tokio::test]
async fn a_customer_of_another_account_isnt_forgotten_by_asking_this_one() {
    let other_mode = || {
        let said = r#""code":"resource_missing","param":"id","message":"a similar object exists in test mode""#;
        Answering::status(404, error(said))
    };
    let rows = [
        ("sk_live_hush", vec![unknown(), deleted()], Ok(())),
        (
            "sk_live_hush",
            vec![unknown(), unknown()],
            Err(Next::Repair),
        ),
        ("sk_live_hush", vec![other_mode()], Err(Next::Repair)),
        ("sk_test_hush", vec![other_mode()], Err(Next::Repair)),
        // An account for tests is emptied now and then.
        ("sk_test_hush", vec![unknown()], Ok(())),
    ];
    for (key, answers, expected) in rows {
        let server = Server::new(answers).await;
        let provider = Provider::Stripe(Box::new(account_of(&server, key, PATIENT)));
        let request = Request::Forget(ask().customer);
        let said = provider.carry_out(&request, Delivery::First, Timestamp::UNIX_EPOCH);
        let said = said.await.map(|_| ()).map_err(|error| error.next());
        assert_eq!(said, expected, "{key}: {:?}", server.asked());
    }
}
