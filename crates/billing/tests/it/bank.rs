//! Payments that wait for the reader's bank: paid with another card, given up,
//! and never paid twice; changes of plan that are declined.

use commerce::gift::{GiftEnd, GiftRefusal, GiftStage};
use commerce::ids::{AccountId, ChargeId, GiftId, SubscriptionId};
use commerce::payment::{DeclineReason, Outcome, PaymentRefusal};
use commerce::subscription::{ChangeWhen, Stage};
use jiff::SignedDuration;
use ludgate_billing::{
    BillingError, Came, ComesTo, GiftCard, GiftPurchase, PaymentState, Who, Wish,
};
use providers::payment::{Event, Notice};

use crate::support::*;

fn asked(state: PaymentState) -> ChargeId {
    match state {
        PaymentState::NeedsAuthentication { charge } => charge,
        other => panic!("{other:?}"),
    }
}

/// Somebody whose bank wants to be asked about each payment, and who has paid
/// the first.
async fn has(press: &Press, name: &str) -> (AccountId, SubscriptionId) {
    let account = press.reader(name).await;
    let bought = press.buys(account, "standard", AUTHENTICATES).await;
    confirms(press, account, asked(bought.payment)).await;
    (account, bought.subscription.id)
}

async fn confirms(press: &Press, account: AccountId, charge: ChargeId) -> PaymentState {
    let billing = &press.billing;
    let state = billing.confirm_test_charge(account, charge, true).await;
    state.expect("an answer")
}

/// The charge of a renewal that waits for its reader.
async fn renews(press: &Press, id: SubscriptionId) -> ChargeId {
    press.until("2027-02-01T01:00:00Z").await;
    asked(PaymentState::of(&press.subscription(id).await))
}

async fn pays(press: &Press, who: AccountId, id: SubscriptionId, number: &str) -> Came {
    let method = press.card(who, number).await;
    let wish = Wish::PayWith(method);
    let came = press.billing.command(&Who::Reader(who), id, wish).await;
    came.expect("taken")
}

fn to_print(shown: Option<ComesTo>) -> Wish {
    Wish::Change {
        chosen: Box::new(chosen("print")),
        when: ChangeWhen::Now,
        as_of: None,
        shown: shown.map(Box::new),
        agreement: Box::new(agreement()),
    }
}

async fn wishes(press: &Press, who: AccountId, id: SubscriptionId, wish: Wish) -> Came {
    let came = press.billing.command(&Who::Reader(who), id, wish).await;
    came.expect("taken")
}

#[tokio::test]
async fn a_renewal_that_waits_for_the_bank_is_paid_once_with_another_card() {
    let press = Press::new().await;
    let (anna, id) = has(&press, "anna").await;
    let waits = renews(&press, id).await;
    let came = pays(&press, anna, id, GOOD).await;
    assert_eq!(came.payment, PaymentState::Settled);
    assert_eq!(came.subscription.stage, Stage::Active);
    assert_eq!(press.bank(), (2, 3000));
    // The page of the bank was open all the time.
    assert_eq!(
        confirms(&press, anna, waits).await,
        PaymentState::Settled,
        "and nothing comes of it"
    );
    press.until("2027-02-20T00:00:00Z").await;
    assert_eq!(press.bank(), (2, 3000));
    press.sound().await;
}

#[tokio::test]
async fn who_had_confirmed_it_before_another_card_was_given_pays_with_the_first() {
    let press = Press::new().await;
    let (anna, id) = has(&press, "anna").await;
    let waits = renews(&press, id).await;
    // At the bank, which hasn't told us yet.
    let told = press.sandbox().confirm(waits, true, press.now());
    told.expect("confirmed");
    let came = pays(&press, anna, id, GOOD).await;
    assert_eq!(came.payment, PaymentState::Settled);
    assert_eq!(came.subscription.stage, Stage::Active);
    let paid = came.subscription.payments.payments().last();
    assert_eq!(paid.expect("paid").charge, waits);
    press.until("2027-02-20T00:00:00Z").await;
    assert_eq!(press.bank(), (2, 3000));
    press.sound().await;
}

#[tokio::test]
async fn a_card_that_turns_out_to_have_paid_makes_what_the_other_pays_a_surplus() {
    let press = Press::new().await;
    let (anna, id) = has(&press, "anna").await;
    let waits = renews(&press, id).await;
    // The other takes the money, and nobody hears of it.
    let came = pays(&press, anna, id, ANSWER_LOST).await;
    assert!(
        matches!(came.payment, PaymentState::Unknown { .. }),
        "{:?}",
        came.payment
    );
    let amount = money("15.00 USD");
    let late = Event {
        id: "evt_late".parse().expect("a token"),
        at: press.now(),
        notices: vec![Notice::Charge {
            charge: waits,
            outcome: Outcome::Paid { amount },
        }],
    };
    press.billing.take_event(&late).await.expect("taken");
    press.until("2027-02-02T00:00:00Z").await;
    let facts = press.facts(id).await;
    let count = |name: &str| facts.iter().filter(|fact| **fact == name).count();
    assert_eq!(count("paid"), 2, "{facts:?}");
    assert_eq!(count("surplus_received"), 1, "{facts:?}");
    assert_eq!(count("refunded"), 1, "{facts:?}");
    press.sound().await;
}

#[tokio::test]
async fn a_change_of_plan_whose_card_is_declined_says_so_and_why() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", ONCE).await.subscription.id;
    let came = wishes(&press, anna, id, to_print(None)).await;
    let PaymentState::Declined { reason, .. } = came.payment else {
        panic!("{:?}", came.payment);
    };
    assert_eq!(reason, DeclineReason::InsufficientFunds);
    assert_eq!(came.subscription.change, None);
    assert_eq!(came.subscription.terms.plan.as_str(), "monthly");
    assert_eq!(press.bank(), (1, 1500));
    press.sound().await;
}

#[tokio::test]
async fn a_change_of_plan_that_waits_for_the_bank_is_finished_or_given_up() {
    let press = Press::new().await;
    let (anna, id) = has(&press, "anna").await;
    let came = wishes(&press, anna, id, to_print(None)).await;
    let waits = asked(came.payment);
    let came = wishes(&press, anna, id, Wish::KeepPlan).await;
    assert_eq!(came.subscription.change, None);
    assert_eq!(came.subscription.payments.open, None);
    confirms(&press, anna, waits).await;
    assert_eq!(press.bank(), (1, 1500));

    // With a card that doesn't do, and with one that does.
    for (number, plan, sum) in [(NO_MONEY, "monthly", 1500), (GOOD, "monthly-print", 4000)] {
        let came = wishes(&press, anna, id, to_print(None)).await;
        asked(came.payment);
        let came = pays(&press, anna, id, number).await;
        let is_paid = came.payment == PaymentState::Settled;
        let is_declined = matches!(
            came.payment,
            PaymentState::Declined {
                reason: DeclineReason::InsufficientFunds,
                ..
            }
        );
        assert_eq!((is_paid, is_declined), (number == GOOD, number != GOOD));
        assert_eq!(came.subscription.terms.plan.as_str(), plan);
        assert_eq!(press.bank().1, sum);
        // The card that asks pays again from now on.
        if number != GOOD {
            pays(&press, anna, id, AUTHENTICATES).await;
        }
    }
    press.sound().await;
}

#[tokio::test]
async fn a_change_of_plan_charges_what_was_shown_or_is_refused() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", GOOD).await.subscription.id;
    press.until("2027-01-10T12:00:00Z").await;
    let reader = Who::Reader(anna);
    let preview = press.billing.preview(&reader, id, &to_print(None)).await;
    let shown = preview.expect("a preview").comes_to();
    let opened = press.now();
    let before = press.facts(id).await;

    let mut dearer = sales();
    let plans = dearer.catalog.plans.iter_mut();
    for plan in plans.filter(|plan| plan.id.as_str() == "monthly-print") {
        plan.prices = vec![money("41.00 USD")];
    }
    press.billing.set_sales(dearer);
    let change = to_print(Some(shown.clone()));
    let refused = press.billing.command(&reader, id, change).await;
    assert!(matches!(refused, Err(BillingError::Changed)), "{refused:?}");
    assert_eq!(press.facts(id).await, before);
    press.billing.set_sales(sales());

    // Twenty minutes later it would be some cents less.
    press.passes(SignedDuration::from_mins(20));
    let change = to_print(Some(shown.clone()));
    let refused = press.billing.command(&reader, id, change).await;
    assert!(matches!(refused, Err(BillingError::Changed)), "{refused:?}");
    let mut change = to_print(Some(shown.clone()));
    if let Wish::Change { as_of, .. } = &mut change {
        *as_of = Some(opened);
    }
    let came = wishes(&press, anna, id, change).await;
    assert_eq!(came.payment, PaymentState::Settled);
    let charged = shown.charged.expect("something").minor();
    assert_eq!(press.bank(), (2, 1500 + charged));
    press.sound().await;
}

async fn gives(press: &Press, account: AccountId, number: &str) -> (GiftId, PaymentState) {
    let purchase = GiftPurchase {
        account,
        chosen: chosen("gift"),
        shown: None,
        tax: consumer(),
        party: None,
        agreement: agreement(),
        method: press.card(account, number).await,
        card: GiftCard::default(),
        form: press.form(),
    };
    let bought = press.billing.buy_gift(&purchase).await.expect("bought");
    (bought.gift.id, bought.payment)
}

/// That a gift was never paid, and nothing is left to be done about it.
async fn is_over(press: &Press, id: GiftId) {
    let mut reading = press.billing.store().read().await.expect("a turn");
    let gift = reading.gift(id).await.expect("read").expect("one");
    let why = GiftEnd::NeverPaid;
    assert_eq!(gift.stage, GiftStage::Ended { why });
    assert_eq!(gift.payments.open, None);
    assert_eq!(gift.next_due(), None);
    drop(reading);
    assert_eq!(press.bank(), (0, 0));
    press.sound().await;
}

#[tokio::test]
async fn a_gift_that_was_left_at_the_bank_is_given_up_by_who_gives_it() {
    let press = Press::new().await;
    let (anna, eve) = (press.reader("anna").await, press.reader("eve").await);
    let (id, payment) = gives(&press, anna, AUTHENTICATES).await;
    let waits = asked(payment);
    let theirs = press.billing.give_up_gift(eve, id).await;
    assert!(
        matches!(theirs, Err(BillingError::NotTheirs(_))),
        "{theirs:?}"
    );
    // The button pressed twice.
    for _ in 0..2 {
        press
            .billing
            .give_up_gift(anna, id)
            .await
            .expect("given up");
        is_over(&press, id).await;
    }
    // It was called off at the bank as well.
    let told = press.sandbox().confirm(waits, true, press.now());
    told.expect("asked");
    press.until("2027-01-05T00:00:00Z").await;
    is_over(&press, id).await;
}

#[tokio::test]
async fn a_gift_that_the_bank_was_told_no_about_is_given_up_at_once_or_by_itself() {
    for gives_up in [true, false] {
        let press = Press::new().await;
        let anna = press.reader("anna").await;
        let (id, payment) = gives(&press, anna, AUTHENTICATES).await;
        let waits = asked(payment);
        let told = press.billing.confirm_test_charge(anna, waits, false).await;
        assert!(
            matches!(told, Ok(PaymentState::Declined { .. })),
            "{told:?}"
        );
        if gives_up {
            press
                .billing
                .give_up_gift(anna, id)
                .await
                .expect("given up");
        } else {
            press.until("2027-01-02T00:00:00Z").await;
        }
        is_over(&press, id).await;
    }
}

#[tokio::test]
async fn a_gift_that_nobody_comes_back_for_is_called_off_after_a_day() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let (id, payment) = gives(&press, anna, AUTHENTICATES).await;
    let waits = asked(payment);
    let lines = press.until("2027-01-02T00:01:00Z").await;
    assert!(
        lines.contains(&"01-02 09:00 gift void_requested?".to_owned()),
        "{lines:?}"
    );
    let told = press.sandbox().confirm(waits, true, press.now());
    told.expect("asked");
    press.until("2027-01-05T00:00:00Z").await;
    is_over(&press, id).await;
}

#[tokio::test]
async fn a_gift_whose_payment_may_have_succeeded_is_waited_for() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let (id, payment) = gives(&press, anna, ANSWER_LOST).await;
    assert!(matches!(payment, PaymentState::Unknown { .. }));
    let refused = press.billing.give_up_gift(anna, id).await;
    assert!(
        matches!(
            refused,
            Err(BillingError::Gift(GiftRefusal::Payment(
                PaymentRefusal::UnderWay
            )))
        ),
        "{refused:?}"
    );
}
