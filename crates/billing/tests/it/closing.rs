//! Closing an account while money is on its way, by whoever.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use access::SessionId;
use commerce::ids::{AccountId, RefundId};
use commerce::subscription::{AfterRefund, EndReason, Stage};
use jiff::SignedDuration;
use ludgate_billing::{BillingError, Wish};
use providers::sandbox::Mischief;
use store::accounts::AccountStatus;
use store::care::{EraseError, InvoiceNames, Motion, What};
use store::jobs::NewJob;
use store::outbox::Task;
use store::sessions::NewSession;
use store::{Lapsed, Owner, Proof};
use tokio::sync::Semaphore;

use crate::support::*;

const NAMES: InvoiceNames = InvoiceNames::Kept;

/// What a reader is known by who is signed in.
async fn signed_in(press: &Press, account: AccountId) -> Proof {
    let session = SessionId(u128::from(press.draw()).to_be_bytes());
    let system = press.billing.clock().system();
    let new = NewSession {
        id: session,
        account,
        label: "a phone".into(),
        expires: system + SignedDuration::from_hours(10_000),
    };
    let mut writing = press.billing.store().write().await.expect("a turn");
    writing
        .add_session(&new, 5, system)
        .await
        .expect("signed in");
    writing.commit().await.expect("committed");
    Proof {
        account,
        session,
        password: None,
    }
}

async fn status(press: &Press, account: AccountId) -> AccountStatus {
    let mut reading = press.billing.store().read().await.expect("a turn");
    let found = reading.account(account).await.expect("read");
    found.expect("known").status
}

/// That neither way closes the account, and what both say there is to wait for.
async fn waits(press: &Press, proof: &Proof) -> (Option<Owner>, Motion) {
    let by_care = press.billing.erase(&care(), proof.account, NAMES).await;
    let by_reader = press.billing.close(proof).await;
    let (
        Err(BillingError::Erase(EraseError::MoneyMoves(one))),
        Err(BillingError::Erase(EraseError::MoneyMoves(other))),
    ) = (by_care, by_reader)
    else {
        panic!("it was closed");
    };
    assert_eq!(one, other);
    assert_eq!(status(press, proof.account).await, AccountStatus::Open);
    (one.owner, one.what)
}

#[tokio::test]
async fn nobody_is_forgotten_while_their_bank_waits_for_their_word() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let proof = signed_in(&press, anna).await;
    let bought = press.buys(anna, "standard", AUTHENTICATES).await;
    let id = bought.subscription.id;
    let (owner, what) = waits(&press, &proof).await;
    assert_eq!(owner, Some(Owner::Subscription(id)));
    let Motion::Authentication { until } = what else {
        panic!("{what:?}");
    };
    assert!(!press.subscription(id).await.is_ended(), "nothing is done");
    // It is called off by itself, and nobody has to do anything for that.
    press.advance(until + SignedDuration::from_hours(1)).await;
    press.billing.close(&proof).await.expect("closed");
    assert_eq!(status(&press, anna).await, AccountStatus::Erased);
    press.sound().await;
}

#[tokio::test]
async fn nobody_is_forgotten_while_money_is_on_its_way_back() {
    // Nobody tells what became of it; it is asked.
    let press = Press::troubled_by(Mischief {
        events_dropped: 1_000,
        ..Mischief::default()
    })
    .await;
    let anna = press.reader("anna").await;
    let proof = signed_in(&press, anna).await;
    let bought = press.buys(anna, "standard", REFUNDED_LATER).await;
    let id = bought.subscription.id;
    let payment = bought.subscription.payments.payments().last();
    let wish = Wish::Refund {
        refund: RefundId::new(77),
        charge: payment.expect("paid").charge,
        amount: None,
        access: AfterRefund::End,
    };
    press
        .billing
        .command(&care(), id, wish)
        .await
        .expect("asked");
    let refund = (Some(Owner::Subscription(id)), Motion::Refund);
    assert_eq!(waits(&press, &proof).await, refund, "before it is asked");
    press.until("2027-01-03T12:00:00Z").await;
    assert_eq!(waits(&press, &proof).await, refund, "while it is taken on");
    press.until("2027-01-10T00:00:00Z").await;
    press.billing.close(&proof).await.expect("closed");
    press.sound().await;
}

#[tokio::test]
async fn what_a_reader_has_ends_with_their_account_in_one_go() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let proof = signed_in(&press, anna).await;
    let id = press.buys(anna, "standard", GOOD).await.subscription.id;
    let now = press.now();
    press.advance(now).await;
    let (erased, committed) = press.billing.close(&proof).await.expect("closed");
    assert_eq!(erased.customers.len(), 1);
    assert!(committed.feed.is_some(), "the gate has to know");
    let mut reading = press.billing.store().read().await.expect("a turn");
    let told = reading.timeline(anna, jiff::Timestamp::MAX).await;
    let by_reader = told.expect("read").into_iter().any(|one| {
        matches!(one.what, What::Act { actor, what, .. } if actor == "reader" && what == "erase")
    });
    assert!(by_reader, "a restore has to tell of it");
    drop(reading);
    let stage = press.subscription(id).await.stage;
    let why = |stage: &Stage| match stage {
        Stage::Ended { why, .. } => Some(*why),
        _ => None,
    };
    let ended = matches!(why(&stage), Some(EndReason::Cancelled(_)));
    assert!(ended, "{stage:?}");
    let again = press.billing.close(&proof).await;
    assert!(
        matches!(again, Err(BillingError::Lapsed(Lapsed::SignedOut))),
        "{again:?}"
    );
    assert!(press.billing.cards(anna).await.expect("read").is_empty());
    let card = press.billing.enter_card(anna, None).await;
    assert!(matches!(card, Err(BillingError::NoAccount(_))));
    press.sound().await;
}

#[tokio::test]
async fn nothing_ends_where_who_asked_isnt_known_any_more() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let proof = signed_in(&press, anna).await;
    let id = press.buys(anna, "standard", GOOD).await.subscription.id;
    let now = press.now();
    press.advance(now).await;
    let mut writing = press.billing.store().write().await.expect("a turn");
    let system = press.billing.clock().system();
    let out = writing.revoke_sessions(anna, None, system).await;
    assert_eq!(out.expect("written"), 1);
    writing.commit().await.expect("committed");
    let refused = press.billing.close(&proof).await;
    assert!(
        matches!(refused, Err(BillingError::Lapsed(Lapsed::SignedOut))),
        "{refused:?}"
    );
    assert!(!press.subscription(id).await.is_ended());
    assert_eq!(status(&press, anna).await, AccountStatus::Open);
}

/// How many devices are known of an account, signed in or not.
async fn devices(press: &Press, account: AccountId) -> usize {
    let mut reading = press.billing.store().read().await.expect("a turn");
    let all = reading.export(account).await.expect("read");
    let all = all.expect("somebody");
    all["devices"].as_array().expect("a list").len()
}

async fn until_left(press: &Press, account: AccountId, most: usize) {
    while devices(press, account).await > most {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn devices_that_are_signed_out_by_themselves_are_forgotten() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    // For 10,000 hours.
    signed_in(&press, anna).await;
    press.passes(SignedDuration::from_hours(10_000 + 12));
    signed_in(&press, anna).await;
    press
        .billing
        .run(until_left(&press, anna, 2))
        .await
        .expect("it ran");
    assert_eq!(devices(&press, anna).await, 2, "the gate may not know yet");
    press.passes(SignedDuration::from_hours(24));
    press
        .billing
        .run(until_left(&press, anna, 1))
        .await
        .expect("it ran");
    assert_eq!(devices(&press, anna).await, 1);
}

#[tokio::test]
async fn nothing_is_mailed_any_more_to_who_was_erased_while_it_waited_its_turn() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let now = press.now();
    let mut writing = press.billing.store().write().await.expect("a turn");
    for number in 0..9 {
        let job = NewJob {
            id: format!("mail/{number}"),
            account: Some(anna),
            task: Task::Mail {
                kind: "reset".into(),
                body: serde_json::json!({ "to": "anna@example.com" }),
            },
            due: now,
        };
        assert!(writing.add_job(&job, now).await.expect("added"));
    }
    writing.commit().await.expect("committed");
    let hold = Arc::new(Semaphore::new(0));
    *press.mailbox.hold.lock() = Some(Arc::clone(&hold));
    let erases = async {
        // So many are under way beside each other.
        while press.mailbox.come.load(Ordering::Relaxed) < 4 {
            tokio::task::yield_now().await;
        }
        let erased = press.billing.erase(&care(), anna, NAMES).await;
        erased.expect("erased");
        hold.add_permits(9);
    };
    tokio::join!(press.advance(now), erases);
    assert_eq!(press.mailbox.sent.lock().len(), 4);
}
