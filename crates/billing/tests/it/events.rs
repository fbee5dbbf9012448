//! What a provider tells by itself: twice, in another order, of what nobody
//! knows.

use commerce::ids::{ChargeId, DisputeId, OrderId, RefundId, SubscriptionId};
use commerce::payment::Outcome;
use commerce::subscription::{EndReason, Stage};
use jiff::SignedDuration;
use ludgate_billing::{BillingError, EventTaken, PaymentState};
use providers::payment::{Event, Notice};
use store::Owner;

use crate::support::*;

fn event(id: &str, notice: Notice) -> Event {
    Event {
        id: id.parse().expect("a token"),
        at: new_year(),
        notices: vec![notice],
    }
}

fn paid(charge: ChargeId) -> Notice {
    let amount = money("15.00 USD");
    Notice::Charge {
        charge,
        outcome: Outcome::Paid { amount },
    }
}

async fn takes(press: &Press, event: &Event) -> EventTaken {
    press.billing.take_event(event).await.expect("taken")
}

async fn unknown(press: &Press) -> (SubscriptionId, ChargeId) {
    let anna = press.reader("anna").await;
    let bought = press.buys(anna, "standard", ANSWER_LOST).await;
    match bought.payment {
        PaymentState::Unknown { charge } => (bought.subscription.id, charge),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_event_that_comes_twice_or_late_pays_once() {
    let press = Press::new().await;
    let (id, charge) = unknown(&press).await;
    let event = event("evt_1", paid(charge));
    assert_eq!(takes(&press, &event).await, EventTaken::Yes);
    let before = press.facts(id).await;
    assert_eq!(before.iter().filter(|name| **name == "paid").count(), 1);
    assert_eq!(takes(&press, &event).await, EventTaken::Yes);
    let other = self::event("evt_2", paid(charge));
    assert_eq!(takes(&press, &other).await, EventTaken::Yes);
    assert_eq!(press.facts(id).await, before);
    // What was heard needn't be asked any more.
    let lines = press.until("2027-01-20T00:00:00Z").await;
    assert_eq!(lines, ["01-01 09:00 [begun]", "01-01 09:00 [paid]"]);
    press.sound().await;
}

#[tokio::test]
async fn a_chargeback_that_comes_before_its_payment_comes_again() {
    let press = Press::new().await;
    let (id, charge) = unknown(&press).await;
    let dispute = DisputeId::new(9);
    let amount = money("15.00 USD");
    let won = event("evt_won", Notice::ChargebackWon { dispute });
    let taken_back = event(
        "evt_back",
        Notice::Chargeback {
            dispute,
            charge,
            amount,
        },
    );
    assert_eq!(takes(&press, &won).await, EventTaken::Later);
    assert_eq!(takes(&press, &taken_back).await, EventTaken::Later);
    let paid = event("evt_paid", paid(charge));
    assert_eq!(takes(&press, &paid).await, EventTaken::Yes);
    assert_eq!(takes(&press, &taken_back).await, EventTaken::Yes);
    assert_eq!(takes(&press, &won).await, EventTaken::Yes);
    assert_eq!(takes(&press, &taken_back).await, EventTaken::Yes);
    let facts = press.facts(id).await;
    let tail = facts.get(facts.len() - 5..).expect("some");
    assert_eq!(
        tail,
        [
            "period_started",
            "charged_back",
            "period_ended",
            "ended",
            "chargeback_won"
        ]
    );
    let ended = press.subscription(id).await;
    assert!(matches!(
        ended.stage,
        Stage::Ended {
            why: EndReason::ChargedBack,
            ..
        }
    ));
    press.sound().await;
}

#[tokio::test]
async fn a_second_dispute_is_booked_once_the_first_is_known_to_be_won() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let bought = press.buys(anna, "standard", GOOD).await.subscription;
    let charge = bought.payments.payments().last().expect("paid").charge;
    let taken_back = |name: &str, dispute| {
        let notice = Notice::Chargeback {
            dispute: DisputeId::new(dispute),
            charge,
            amount: money("15.00 USD"),
        };
        event(name, notice)
    };
    let (first, second) = (taken_back("evt_1", 1), taken_back("evt_2", 2));
    let dispute = DisputeId::new(1);
    let won = event("evt_won", Notice::ChargebackWon { dispute });
    assert_eq!(takes(&press, &first).await, EventTaken::Yes);
    assert_eq!(takes(&press, &second).await, EventTaken::Later);
    for event in [&won, &second, &first, &second] {
        assert_eq!(takes(&press, event).await, EventTaken::Yes);
    }
    let facts = press.facts(bought.id).await;
    let tail = facts.get(facts.len() - 5..).expect("some");
    assert_eq!(
        tail,
        [
            "charged_back",
            "period_ended",
            "ended",
            "chargeback_won",
            "charged_back"
        ]
    );
    press.sound().await;
}

#[tokio::test]
async fn a_refund_in_the_banks_own_dashboard_is_booked_and_nobody_is_asked_for_it() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let bought = press.buys(anna, "standard", GOOD).await;
    let id = bought.subscription.id;
    let charge = bought.subscription.payments.payments().last();
    let charge = charge.expect("paid").charge;
    let given = |name: &str, done| {
        let notice = Notice::RefundElsewhere {
            refund: RefundId::new(9),
            charge,
            amount: money("15.00 USD"),
            done,
        };
        event(name, notice)
    };
    for name in ["evt_created", "evt_updated"] {
        assert_eq!(takes(&press, &given(name, true)).await, EventTaken::Yes);
    }
    let facts = press.facts(id).await;
    let tail = facts.get(facts.len() - 2..).expect("some");
    assert_eq!(tail, ["refund_requested", "refunded"]);
    assert!(!press.subscription(id).await.is_ended());
    let lines = press.until("2027-01-02T00:00:00Z").await;
    assert!(!lines.iter().any(|line| line.contains('?')), "{lines:?}");
    assert_eq!(press.bank(), (1, 1_500), "as far as the sandbox knows");
    let mut reading = press.billing.store().read().await.expect("a turn");
    let documents = reading.invoices(anna).await.expect("documents");
    assert_eq!(documents.len(), 2, "an invoice and a credit note");
    let owner = reading.owner_of_refund(RefundId::new(9)).await;
    assert_eq!(owner.expect("read"), Some(Owner::Subscription(id)));
    drop(reading);
    // The reader's bank sends it back.
    assert_eq!(
        takes(&press, &given("evt_failed", false)).await,
        EventTaken::Yes
    );
    assert_eq!(press.facts(id).await.last(), Some(&"refund_failed"));
    press.sound().await;
}

#[tokio::test]
async fn a_refund_in_the_banks_own_dashboard_that_comes_before_its_payment_comes_again() {
    let press = Press::new().await;
    let (id, charge) = unknown(&press).await;
    let notice = Notice::RefundElsewhere {
        refund: RefundId::new(9),
        charge,
        amount: money("5.00 USD"),
        done: true,
    };
    let given = event("evt_back", notice);
    assert_eq!(takes(&press, &given).await, EventTaken::Later);
    let paid = event("evt_paid", paid(charge));
    assert_eq!(takes(&press, &paid).await, EventTaken::Yes);
    assert_eq!(takes(&press, &given).await, EventTaken::Yes);
    assert_eq!(press.facts(id).await.last(), Some(&"refunded"));
    press.sound().await;
}

#[tokio::test]
async fn an_event_about_what_nobody_knows_changes_nothing() {
    let press = Press::new().await;
    let stranger = ChargeId {
        order: OrderId::new(404),
        attempt: 1,
    };
    let event = event("evt_1", paid(stranger));
    assert_eq!(takes(&press, &event).await, EventTaken::Yes);
    press.sound().await;
}

#[tokio::test]
async fn what_never_comes_to_be_known_isnt_told_for_ever() {
    let press = Press::new().await;
    // Its payment was made after the backup that was put back.
    let dispute = DisputeId::new(404);
    let won = event("evt_won", Notice::ChargebackWon { dispute });
    let (_, charge) = unknown(&press).await;
    let amount = money("15.00 USD");
    let notice = Notice::Chargeback {
        dispute,
        charge,
        amount,
    };
    let taken_back = event("evt_back", notice);
    for event in [&won, &taken_back] {
        assert_eq!(takes(&press, event).await, EventTaken::Later);
    }
    press.passes(SignedDuration::from_hours(23));
    assert_eq!(takes(&press, &won).await, EventTaken::Later);
    press.passes(SignedDuration::from_hours(1));
    for event in [&won, &taken_back] {
        assert_eq!(takes(&press, event).await, EventTaken::Yes);
    }
    press.sound().await;
}

#[tokio::test]
async fn a_reader_confirms_with_their_bank_and_nobody_else_does() {
    let press = Press::new().await;
    let (anna, ben) = (press.reader("anna").await, press.reader("ben").await);
    let bought = press.buys(anna, "standard", AUTHENTICATES).await;
    let PaymentState::NeedsAuthentication { charge } = bought.payment else {
        panic!("{:?}", bought.payment);
    };
    assert!(press.billing.authentication(ben, charge).await.is_err());
    assert!(press.billing.authenticated(ben, charge).await.is_err());
    // Coming back without having confirmed proves nothing.
    let state = press.billing.authenticated(anna, charge).await;
    assert_eq!(state.expect("asked"), bought.payment);
    let stranger = press.billing.confirm_test_charge(ben, charge, true).await;
    assert!(matches!(stranger, Err(BillingError::NoSuchCharge)));
    let state = press.billing.confirm_test_charge(anna, charge, true).await;
    assert_eq!(state.expect("asked"), PaymentState::Settled);
    assert_eq!(press.bank(), (1, 1500));
    press.until("2027-01-02T00:00:00Z").await;
    press.sound().await;
}
