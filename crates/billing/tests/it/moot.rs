//! Charges that waited too long: by the time that the provider can be asked,
//! nobody wants them any more.

use commerce::ids::{ChargeId, SubscriptionId};
use commerce::payment::PaymentFact;
use commerce::subscription::{Command, Fact};
use jiff::SignedDuration;
use ludgate_billing::{PaymentState, Sales};
use providers::payment::{Charge, Delivery, Request};
use store::Books;
use store::jobs::{Lane, Lease, Worker};

use crate::support::*;

fn books<'a>(press: &Press, sales: &'a Sales) -> Books<'a> {
    Books {
        now: press.now(),
        tax: &sales.tax,
        issuer: &sales.issuer,
        act: None,
    }
}

/// Has the renewal of a subscription asked for, and nobody carry it out. Says
/// which charge that is.
async fn waits(press: &Press, id: SubscriptionId) -> ChargeId {
    press.passes(SignedDuration::from_hours(24 * 31));
    let sales = sales();
    let mut writing = press.billing.store().write().await.expect("a turn");
    let done = writing.tick(id, &books(press, &sales)).await;
    let done = done.expect("ticked");
    writing.commit().await.expect("committed");
    let charge = done.facts.iter().find_map(|fact| match fact {
        Fact::Payment(PaymentFact::ChargeRequested { charge, .. }) => Some(*charge),
        _ => None,
    });
    charge.expect("a charge")
}

/// Somebody takes the job and dies of it, so that nobody knows how far it came.
async fn tried(press: &Press) {
    let lease = Lease {
        business: press.now(),
        system: press.now(),
        lasts: SignedDuration::from_mins(10),
    };
    let mut writing = press.billing.store().write().await.expect("a turn");
    let dead = Worker::new("a process that died");
    let jobs = writing.take_jobs(Lane::Provider, &dead, lease, 10).await;
    assert_eq!(jobs.expect("taken").len(), 1);
    assert_eq!(writing.release_jobs().await.expect("released"), 1);
    writing.commit().await.expect("committed");
}

/// The publisher ends it, before the provider could be asked.
async fn is_revoked(press: &Press, id: SubscriptionId) {
    let sales = sales();
    let mut writing = press.billing.store().write().await.expect("a turn");
    let books = books(press, &sales);
    let done = writing.command(id, &Command::Revoke, &books).await;
    assert!(done.expect("revoked").subscription.is_ended());
    writing.commit().await.expect("committed");
}

/// The bank has the charge: its answer was all that was lost.
async fn is_made(press: &Press, id: SubscriptionId, charge: ChargeId) {
    let subscription = press.subscription(id).await;
    let method = subscription.method.expect("a card");
    let mut reading = press.billing.store().read().await.expect("a turn");
    let payer = reading.payer(method).await.expect("read").expect("known");
    let request = Request::Charge(Charge {
        id: charge,
        amount: money("15.00 USD"),
        customer: payer
            .customer
            .expect("a customer")
            .parse()
            .expect("a token"),
        method: payer.reference.parse().expect("a token"),
        reference: None,
    });
    let provider = press.billing.provider();
    let made = provider.carry_out(&request, Delivery::First, press.now());
    made.await.expect("made");
}

#[tokio::test]
async fn what_ended_while_its_charge_waited_isnt_charged() {
    for is_tried in [false, true] {
        let press = Press::new().await;
        let anna = press.reader("anna").await;
        let id = press.buys(anna, "standard", GOOD).await.subscription.id;
        waits(&press, id).await;
        if is_tried {
            tried(&press).await;
        }
        is_revoked(&press, id).await;
        press
            .advance(press.now() + SignedDuration::from_hours(1))
            .await;
        assert_eq!(press.bank(), (1, 1500), "tried before: {is_tried}");
        let facts = press.facts(id).await;
        assert!(!facts.contains(&"surplus_received"), "{facts:?}");
        let mut reading = press.billing.store().read().await.expect("a turn");
        assert_eq!(reading.dead_jobs().await.expect("read"), []);
        drop(reading);
        press.sound().await;
    }
}

#[tokio::test]
async fn what_was_taken_before_its_answer_was_lost_is_given_back() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", GOOD).await.subscription.id;
    let charge = waits(&press, id).await;
    tried(&press).await;
    is_made(&press, id, charge).await;
    is_revoked(&press, id).await;
    press
        .advance(press.now() + SignedDuration::from_hours(1))
        .await;
    assert_eq!(press.bank(), (2, 1500));
    let facts = press.facts(id).await;
    let tail = facts.get(facts.len() - 3..).expect("some");
    assert_eq!(tail, ["surplus_received", "refund_requested", "refunded"]);
    press.sound().await;
}

#[tokio::test]
async fn what_is_still_wanted_is_charged_however_long_it_has_waited() {
    for is_tried in [false, true] {
        let press = Press::new().await;
        let anna = press.reader("anna").await;
        let id = press.buys(anna, "standard", GOOD).await.subscription.id;
        waits(&press, id).await;
        if is_tried {
            tried(&press).await;
        }
        press.passes(SignedDuration::from_hours(24 * 3));
        press
            .advance(press.now() + SignedDuration::from_hours(1))
            .await;
        assert_eq!(press.bank(), (2, 3000), "tried before: {is_tried}");
        let state = PaymentState::of(&press.subscription(id).await);
        assert_eq!(state, PaymentState::Settled);
        press.sound().await;
    }
}
