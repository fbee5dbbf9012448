//! An account at the canned server, what is asked of it, and what it answers.

use std::time::Duration;

use commerce::ids::{ChargeId, OrderId, RefundId};
use commerce::payment::{DeclineReason, Outcome};
use jiff::Timestamp;
use ludgate_providers::payment::{
    Answer, Charge, Delivery, Error, Notice, Provider, Refund, Request,
};
use ludgate_providers::stripe::{PublishableKey, SecretKey, Settings, Stripe, WebhookSecret};

use crate::canned::{Answering, Server};

pub(crate) const CHARGE: &str = "ord_000000000000000000000000000000ab/1";

pub(crate) const REFUND: &str = "ref_00000000000000000000000000000007";

/// Longer than a busy machine takes to answer.
pub(crate) const PATIENT: Duration = Duration::from_secs(30);

/// For those who never do.
pub(crate) const IMPATIENT: Duration = Duration::from_secs(1);

pub(crate) fn account(server: &Server, patience: Duration) -> Stripe {
    account_of(server, "sk_test_hush", patience)
}

pub(crate) fn account_of(server: &Server, key: &str, patience: Duration) -> Stripe {
    let key = SecretKey::new(key).expect("a key");
    let secrets = vec![WebhookSecret::new("whsec_hush").expect("a secret")];
    let publishable = PublishableKey::new("pk_test_open").expect("a key");
    Stripe::new(Settings {
        base: server.url().parse().expect("an address"),
        patience,
        ..Settings::new(key, publishable, secrets)
    })
    .expect("an account")
}

pub(crate) fn provider(server: &Server) -> Provider {
    Provider::Stripe(Box::new(account(server, PATIENT)))
}

pub(crate) fn ask() -> Charge {
    Charge {
        id: ChargeId {
            order: OrderId::new(0xab),
            attempt: 1,
        },
        amount: "14.90 USD".parse().expect("an amount"),
        customer: "cus_1".parse().expect("a customer"),
        method: "pm_1".parse().expect("a card"),
        reference: None,
    }
}

pub(crate) fn refund() -> Refund {
    Refund {
        id: RefundId::new(7),
        charge: ask().id,
        amount: "5.00 USD".parse().expect("an amount"),
        customer: ask().customer,
        reference: Some("pi_1".parse().expect("a payment")),
    }
}

/// A payment of ours.
pub(crate) fn intent(rest: &str) -> String {
    format!(
        r#"{{"id":"pi_1","object":"payment_intent","amount":1490,"currency":"usd",
        "metadata":{{"charge":"{CHARGE}"}},"client_secret":"pi_1_secret_x",{rest}}}"#
    )
}

pub(crate) fn error(rest: &str) -> String {
    format!(r#"{{"error":{{{rest}}}}}"#)
}

/// What Stripe says of a customer whom it has never known.
pub(crate) fn unknown() -> Answering {
    let said = r#""code":"resource_missing","param":"id","message":"No such customer: 'cus_1'""#;
    Answering::status(404, error(said))
}

pub(crate) fn list(items: &[String]) -> String {
    format!(
        r#"{{"object":"list","has_more":false,"data":[{}]}}"#,
        items.join(",")
    )
}

pub(crate) fn paid() -> Outcome {
    Outcome::Paid {
        amount: ask().amount,
    }
}

pub(crate) fn declined(reason: DeclineReason, is_final: bool) -> Outcome {
    Outcome::Declined { reason, is_final }
}

pub(crate) async fn carry(
    server: &Server,
    request: Request,
    delivery: Delivery,
) -> Result<Answer, Error> {
    let provider = provider(server);
    provider
        .carry_out(&request, delivery, Timestamp::UNIX_EPOCH)
        .await
}

pub(crate) async fn outcome(server: &Server, request: Request, delivery: Delivery) -> Outcome {
    let answer = carry(server, request, delivery).await.expect("an answer");
    match answer.notice {
        Some(Notice::Charge { charge, outcome }) if charge == ask().id => outcome,
        other => panic!("{other:?}"),
    }
}
