//! Refunds that take their time, and whose outcome may never be told.

use commerce::ids::{RefundId, SubscriptionId};
use commerce::payment::{RefundState, RefundWish};
use commerce::subscription::{AfterRefund, Command};
use jiff::SignedDuration;
use ludgate_billing::{EventTaken, Wish};
use providers::payment::{Event, Notice};
use providers::sandbox::Mischief;
use store::Books;

use crate::support::*;

const REFUND: RefundId = RefundId::new(77);

/// A bank of which no event arrives.
fn mute() -> Mischief {
    Mischief {
        events_dropped: 1_000,
        ..Mischief::default()
    }
}

/// Somebody has bought, and care gives it back.
async fn gives_back(press: &Press) -> SubscriptionId {
    let anna = press.reader("anna").await;
    let bought = press.buys(anna, "standard", REFUNDED_LATER).await;
    let id = bought.subscription.id;
    let payment = bought.subscription.payments.payments().last();
    let wish = Wish::Refund {
        refund: REFUND,
        charge: payment.expect("paid").charge,
        amount: None,
        access: AfterRefund::End,
    };
    let came = press.billing.command(&care(), id, wish).await;
    let state = came.expect("asked for").subscription.payments;
    let state = state.refund(REFUND).map(|refund| refund.state);
    assert_eq!(state, Some(RefundState::Requested));
    id
}

#[tokio::test]
async fn what_became_of_a_refund_is_asked_daily_where_nobody_tells() {
    let press = Press::troubled_by(mute()).await;
    let id = gives_back(&press).await;
    press.until("2027-01-01T00:00:00Z").await;
    assert_eq!(
        press.until("2027-06-01T00:00:00Z").await,
        [
            "01-02 09:00 refund_asked?",
            "01-03 09:00 refund_asked?",
            "01-04 09:00 refund_asked?",
            "01-05 09:00 refund_asked?",
            "01-06 09:00 refund_asked?",
            "01-06 09:00 refunded",
        ]
    );
    assert_eq!(press.facts(id).await.last(), Some(&"refunded"));
    assert_eq!(press.bank(), (1, 0));
    press.sound().await;
}

#[tokio::test]
async fn what_was_told_meanwhile_isnt_asked_any_more() {
    let press = Press::new().await;
    let id = gives_back(&press).await;
    press.until("2027-01-03T12:00:00Z").await;
    assert_eq!(told(&press, "evt_1", true).await, EventTaken::Yes);
    assert_eq!(
        press.until("2027-06-01T00:00:00Z").await,
        ["01-04 09:00 refund_asked?"]
    );
    let facts = press.facts(id).await;
    let refunded = facts.iter().filter(|name| **name == "refunded").count();
    assert_eq!(refunded, 1, "{facts:?}");
    press.sound().await;
}

/// The bank tells whether that refund was made.
async fn told(press: &Press, id: &str, done: bool) -> EventTaken {
    let refund = REFUND;
    let event = Event {
        id: id.parse().expect("a token"),
        at: press.now(),
        notices: vec![Notice::Refund { refund, done }],
    };
    press.billing.take_event(&event).await.expect("taken")
}

async fn state(press: &Press, id: SubscriptionId) -> Option<RefundState> {
    let payments = press.subscription(id).await.payments;
    payments.refund(REFUND).map(|refund| refund.state)
}

#[tokio::test]
async fn an_answer_that_is_older_than_the_word_that_it_failed_isnt_believed() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let bought = press.buys(anna, "standard", GOOD).await;
    let id = bought.subscription.id;
    let charge = bought.subscription.payments.payments().last();
    let wish = RefundWish {
        refund: REFUND,
        charge: charge.expect("paid").charge,
        amount: None,
    };
    let command = Command::Refund {
        wish,
        access: AfterRefund::Keep,
    };
    // It is asked for; and before its answer is written down, it has failed.
    let sales = sales();
    let books = Books {
        now: press.now(),
        tax: &sales.tax,
        issuer: &sales.issuer,
        act: None,
    };
    let mut writing = press.billing.store().write().await.expect("a turn");
    writing.command(id, &command, &books).await.expect("asked");
    writing.commit().await.expect("committed");
    assert_eq!(told(&press, "evt_failed", false).await, EventTaken::Yes);
    press.until("2027-01-01T01:00:00Z").await;
    assert_eq!(state(&press, id).await, Some(RefundState::Failed));
    press.sound().await;

    // Nor is an event for which it was asked before; when it comes again, it is
    // asked again. One that says so for a day is right.
    let (made, then) = ("evt_made", press.now());
    let notices = vec![Notice::Refund {
        refund: REFUND,
        done: true,
    }];
    let event = Event {
        id: made.parse().expect("a token"),
        at: then,
        notices,
    };
    let taken = press.billing.take_event(&event).await;
    assert_eq!(taken.expect("taken"), EventTaken::Later);
    assert_eq!(state(&press, id).await, Some(RefundState::Failed));
    press.passes(SignedDuration::from_hours(24));
    let taken = press.billing.take_event(&event).await;
    assert_eq!(taken.expect("taken"), EventTaken::Yes);
    assert_eq!(state(&press, id).await, Some(RefundState::Done));
    press.sound().await;
}
