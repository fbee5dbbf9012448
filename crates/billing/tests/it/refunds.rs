//! Refunds that take their time, and whose outcome may never be told.

use commerce::ids::{RefundId, SubscriptionId};
use commerce::payment::RefundState;
use commerce::subscription::AfterRefund;
use ludgate_billing::Wish;
use providers::sandbox::Mischief;

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
    let notice = providers::payment::Notice::Refund {
        refund: REFUND,
        done: true,
    };
    let event = providers::payment::Event {
        id: "evt_1".parse().expect("a token"),
        at: press.now(),
        notices: vec![notice],
    };
    press.billing.take_event(&event).await.expect("taken");
    assert_eq!(
        press.until("2027-06-01T00:00:00Z").await,
        ["01-04 09:00 refund_asked?"]
    );
    let facts = press.facts(id).await;
    let refunded = facts.iter().filter(|name| **name == "refunded").count();
    assert_eq!(refunded, 1, "{facts:?}");
    press.sound().await;
}
