//! Charges that are to be called off, and a bank of which nobody knows whether it
//! was told.

use commerce::ids::{ChargeId, SubscriptionId};
use jiff::SignedDuration;
use ludgate_billing::{BillingError, Wish};
use providers::payment::EventId;
use providers::sandbox::Mischief;
use store::care::{EraseError, InvoiceNames};

use crate::support::*;

/// A bank that isn't told of the first three charges that are to be called off,
/// and is of the fourth.
fn deaf_for_a_while() -> Mischief {
    Mischief {
        seed: 37,
        voids_lost: 500,
        ..Mischief::default()
    }
}

/// One that never is.
fn deaf() -> Mischief {
    Mischief {
        voids_lost: 1_000,
        ..Mischief::default()
    }
}

/// Somebody has left their bank's page open, and the publisher ends it.
async fn given_up(press: &Press) -> (SubscriptionId, ChargeId) {
    let anna = press.reader("anna").await;
    let bought = press.buys(anna, "standard", AUTHENTICATES).await;
    let id = bought.subscription.id;
    let open = bought.subscription.payments.open.expect("an order");
    let came = press.billing.command(&care(), id, Wish::Revoke).await;
    assert!(came.expect("revoked").subscription.is_ended());
    (id, open.charge())
}

/// What was asked of the bank until then, of charges that are called off.
async fn called_off(press: &Press, until: &str) -> Vec<String> {
    let mut lines = press.until(until).await;
    lines.retain(|line| line.contains("void"));
    lines
}

/// The bank's events are gone before anybody has heard them.
fn nobody_hears(press: &Press) {
    let (sandbox, now) = (press.sandbox(), press.now());
    let events = sandbox.events(now, 100).expect("events");
    let ids: Vec<EventId> = events.into_iter().map(|event| event.id).collect();
    sandbox.heard(&ids, now).expect("noted");
}

#[tokio::test]
async fn a_charge_that_couldnt_be_called_off_is_called_off_again_until_it_was() {
    let press = Press::troubled_by(deaf_for_a_while()).await;
    let (id, charge) = given_up(&press).await;
    assert_eq!(
        called_off(&press, "2027-06-01T00:00:00Z").await,
        [
            "01-01 09:00 void_requested?",
            "01-01 09:01 void_asked?",
            "01-01 09:06 void_asked?",
            "01-01 09:36 void_asked?",
        ]
    );
    // The reader comes back to the bank's page, and it is too late.
    let sandbox = press.sandbox();
    sandbox.confirm(charge, true, press.now()).expect("told");
    assert_eq!(press.bank(), (0, 0));
    press.until("2027-06-02T00:00:00Z").await;
    let facts = press.facts(id).await;
    assert!(!facts.contains(&"surplus_received"), "{facts:?}");
    press.sound().await;
}

#[tokio::test]
async fn what_was_paid_before_it_could_be_called_off_is_given_back_though_nobody_tells() {
    let press = Press::troubled_by(deaf_for_a_while()).await;
    let (id, charge) = given_up(&press).await;
    let sandbox = press.sandbox();
    sandbox.confirm(charge, true, press.now()).expect("told");
    nobody_hears(&press);
    assert_eq!(press.bank(), (1, 1_500));
    press.until("2027-01-01T00:30:00Z").await;
    assert_eq!(press.bank(), (1, 1_500), "nobody knows yet");
    press.until("2027-01-01T01:00:00Z").await;
    assert_eq!(press.bank(), (1, 0));
    let facts = press.facts(id).await;
    let tail = facts.get(facts.len() - 3..).expect("some");
    assert_eq!(tail, ["surplus_received", "refund_requested", "refunded"]);
    press.sound().await;
}

#[tokio::test]
async fn a_bank_that_never_says_is_asked_for_two_weeks_and_its_customer_kept_so_long() {
    let press = Press::troubled_by(deaf()).await;
    let (id, _) = given_up(&press).await;
    let account = press.subscription(id).await.account;
    let names = InvoiceNames::Forgotten;
    let early = press.billing.erase(&care(), account, names).await;
    assert!(
        matches!(&early, Err(BillingError::Erase(EraseError::MoneyMoves(_)))),
        "{early:?}"
    );
    let asked = called_off(&press, "2027-01-17T00:00:00Z").await;
    assert_eq!(asked.len(), 1 + 20, "{asked:?}");
    let none: [&str; 0] = [];
    assert_eq!(called_off(&press, "2027-06-01T00:00:00Z").await, none);
    let mut reading = press.billing.store().read().await.expect("a turn");
    assert_eq!(reading.dead_jobs().await.expect("read"), []);
    drop(reading);
    let erased = press.billing.erase(&care(), account, names).await;
    erased.expect("erased");
    press.sound().await;
}

#[tokio::test]
async fn another_card_is_tried_once_the_first_charge_was_called_off_however_late() {
    let press = Press::troubled_by(deaf_for_a_while()).await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", AUTHENTICATES).await;
    let id = id.subscription.id;
    let (_, pays) = press.enters(anna, GOOD, Some(id)).await;
    assert!(pays.expect("it pays").payments.open.is_some());
    assert_eq!(press.bank(), (0, 0), "both might be paid");
    press
        .advance(press.now() + SignedDuration::from_hours(1))
        .await;
    assert_eq!(press.bank(), (1, 1_500));
    let facts = press.facts(id).await;
    assert!(facts.contains(&"paid"), "{facts:?}");
    press.sound().await;
}
