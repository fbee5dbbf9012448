//! Who an account is to a provider that isn't in the process.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ludgate_billing::CardEntered;

use crate::support::*;

/// An account at Stripe with one card, which takes customers, and calls them by
/// what they are made instead of: `cus_1`, `cus_2`.
fn answer(asked: &Asked, is_deleted: bool) -> Said {
    let missing =
        r#"{"error":{"code":"resource_missing","param":"customer","message":"No such customer"}}"#;
    let ok = |body: &str| Some((200, body.to_owned()));
    match asked.line.as_str() {
        "POST /v1/customers" if asked.key.ends_with("/cus_1") => ok(r#"{"id":"cus_2"}"#),
        "POST /v1/customers" => ok(r#"{"id":"cus_1"}"#),
        "GET /v1/customers/cus_1" => ok(r#"{"id":"cus_1","deleted":true}"#),
        "POST /v1/setup_intents" if is_deleted && asked.body.contains("customer=cus_1") => {
            Some((400, missing.to_owned()))
        }
        "POST /v1/setup_intents" => {
            let id = asked.key.replace("setup/", "seti_");
            ok(&format!(
                r#"{{"id":"{id}","status":"requires_payment_method","client_secret":"hush"}}"#
            ))
        }
        "GET /v1/payment_methods/pm_1" => ok(r#"{"id":"pm_1","customer":"cus_1",
            "card":{"brand":"visa","last4":"4242","exp_month":6,"exp_year":2035}}"#),
        line if line.starts_with("GET /v1/setup_intents/") => {
            ok(r#"{"id":"seti_1","status":"succeeded","customer":"cus_1","payment_method":"pm_1"}"#)
        }
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn who_was_deleted_at_the_provider_enters_a_card_as_somebody_new_there() {
    let is_deleted = Arc::new(AtomicBool::new(false));
    let deleted = Arc::clone(&is_deleted);
    let (provider, notes) = stripe(move |asked| answer(asked, deleted.load(Ordering::Relaxed)));
    let folder = tempfile::tempdir().expect("a folder");
    let press = Press::at(folder.path(), provider, 1).await;
    let anna = press.reader("anna").await;
    let (setup, _) = press.billing.enter_card(anna, None).await.expect("a setup");
    let entered = press.billing.card_entered(anna, &setup).await;
    assert!(
        matches!(entered, Ok(CardEntered::Kept { .. })),
        "{entered:?}"
    );
    assert_eq!(press.billing.cards(anna).await.expect("cards").len(), 1);

    // In the provider's dashboard; or it is a backup that knows her still.
    is_deleted.store(true, Ordering::Relaxed);
    let again = press.billing.enter_card(anna, None).await;
    assert!(again.is_ok(), "{again:?}");
    let last = notes.lock().last().cloned().expect("asked");
    assert!(last.body.contains("customer=cus_2"), "{last:?}");
    let mut reading = press.billing.store().read().await.expect("a turn");
    let known = reading.customer_at(anna, "stripe").await.expect("read");
    assert_eq!(known.as_deref(), Some("cus_2"));
    drop(reading);
    assert!(press.billing.cards(anna).await.expect("cards").is_empty());
    // Once more it is nothing new.
    press.billing.enter_card(anna, None).await.expect("a setup");
    let made = notes
        .lock()
        .iter()
        .filter(|one| one.line == "POST /v1/customers")
        .count();
    assert_eq!(made, 2, "{notes:?}");
}
