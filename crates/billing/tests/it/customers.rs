//! Who an account is to a provider that isn't in the process.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use commerce::ids::AccountId;
use jiff::SignedDuration;
use ludgate_billing::CardEntered;
use store::care::InvoiceNames;

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
        "GET /v1/customers/cus_1" | "DELETE /v1/customers/cus_1" => {
            ok(r#"{"id":"cus_1","deleted":true}"#)
        }
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
    // And what was left to do, should it have broken off, isn't any more.
    assert!(press.until("2027-01-02T00:00:00Z").await.is_empty());
}

/// One whose first customer is made, and of which nobody here hears: as if the
/// program had died.
async fn broken_off(press: &Press) -> AccountId {
    let anna = press.reader("anna").await;
    let broken = press.billing.enter_card(anna, None).await;
    assert!(broken.is_err(), "{broken:?}");
    anna
}

fn silent_at_first(asked: &Asked, is_first: &AtomicBool) -> Said {
    let is_silent = asked.line == "POST /v1/customers" && is_first.swap(false, Ordering::Relaxed);
    (!is_silent).then(|| answer(asked, false)).flatten()
}

fn lines(notes: &Notes) -> Vec<String> {
    notes.lock().iter().map(|one| one.line.clone()).collect()
}

#[tokio::test]
async fn a_customer_who_was_made_while_the_program_died_is_known_all_the_same() {
    let is_first = AtomicBool::new(true);
    let (provider, notes) = stripe(move |asked| silent_at_first(asked, &is_first));
    let folder = tempfile::tempdir().expect("a folder");
    let press = Press::at(folder.path(), provider, 1).await;
    let anna = broken_off(&press).await;
    let soon = press.now() + SignedDuration::from_mins(11);
    press.advance(soon).await;
    let mut reading = press.billing.store().read().await.expect("a turn");
    let known = reading.customer_at(anna, "stripe").await.expect("read");
    assert_eq!(known.as_deref(), Some("cus_1"));
    drop(reading);
    assert_eq!(lines(&notes), ["POST /v1/customers", "POST /v1/customers"]);
    let keys: Vec<String> = notes.lock().iter().map(|one| one.key.clone()).collect();
    assert_eq!(keys[0], keys[1], "the same customer");
    // That was all.
    press.advance(soon + SignedDuration::from_hours(24)).await;
    assert_eq!(lines(&notes).len(), 2);
}

#[tokio::test]
async fn a_customer_who_was_made_while_the_program_died_is_deleted_with_their_account() {
    let is_first = AtomicBool::new(true);
    let (provider, notes) = stripe(move |asked| silent_at_first(asked, &is_first));
    let folder = tempfile::tempdir().expect("a folder");
    let press = Press::at(folder.path(), provider, 1).await;
    let anna = broken_off(&press).await;
    let (who, names) = (care(), InvoiceNames::Forgotten);
    let erased = press.billing.erase(&who, anna, names).await;
    assert!(erased.expect("erased").customers.is_empty());
    press
        .advance(press.now() + SignedDuration::from_mins(11))
        .await;
    let told = lines(&notes);
    assert_eq!(
        told.last().map(String::as_str),
        Some("DELETE /v1/customers/cus_1")
    );
}
