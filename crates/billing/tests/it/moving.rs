//! A publisher goes from one payment provider to another.

use jiff::SignedDuration;
use ludgate_billing::PaymentState;
use providers::payment::Provider;
use providers::sandbox::{Mischief, Sandbox};
use providers::stripe::{PublishableKey, SecretKey, Settings, Stripe};
use store::jobs::MAX_ATTEMPTS;

use crate::support::*;

/// Stripe, which is never asked here.
fn stripe() -> Provider {
    let settings = Settings::new(
        SecretKey::new("sk_test_51").expect("a key"),
        PublishableKey::new("pk_test_51").expect("a key"),
        Vec::new(),
    );
    Provider::Stripe(Box::new(Stripe::new(settings).expect("a provider")))
}

#[tokio::test]
async fn who_pays_by_another_provider_than_todays_hasnt_failed_to_pay() {
    let folder = tempfile::tempdir().expect("a folder");
    let sandbox = Provider::Sandbox(Box::new(Sandbox::in_memory(Mischief::default())));
    let press = Press::at(folder.path(), sandbox, 1).await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", GOOD).await.subscription.id;
    press.billing.store().clone().close().await;
    drop(press);
    // The publisher has put another provider into the configuration.
    let press = Press::at(folder.path(), stripe(), 2).await;
    let told = press.until("2027-02-01T00:00:00Z").await;
    let said = told.iter().any(|line| line.contains("put sandbox back"));
    assert!(said, "{told:?}");
    let facts = press.facts(id).await;
    assert_eq!(facts.last(), Some(&"charge_requested"), "{facts:?}");
    let owed = PaymentState::of(&press.subscription(id).await);
    assert!(matches!(owed, PaymentState::Unknown { .. }), "{owed:?}");
    // It waits for as long as it takes.
    for _ in 0..2 * MAX_ATTEMPTS {
        press.passes(SignedDuration::from_hours(2));
        let now = press.now();
        press.advance(now).await;
    }
    let mut reading = press.billing.store().read().await.expect("a transaction");
    assert_eq!(reading.dead_jobs().await.expect("read"), []);
    drop(reading);
    // Her card isn't offered for anything else.
    assert_eq!(press.billing.cards(anna).await.expect("read"), []);
}
