//! Whole lives of subscriptions, every event listed, and no other.

use commerce::catalog::NotOffered;
use commerce::catalog::Relation;
use commerce::payment::DeclineReason;
use commerce::subscription::{
    AfterRefund, CancelReason, CancelWhen, ChangeWhen, EndReason, Fact, Stage,
};
use ludgate_billing::{BillingError, PaymentState, Who, Wish};

use crate::support::*;

#[tokio::test]
async fn from_trial_to_paid_to_lapsed_to_won_back() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let bought = press.buys(anna, "trial", GOOD).await;
    let id = bought.subscription.id;
    assert_eq!(bought.payment, PaymentState::Settled);
    assert_eq!(press.bank(), (0, 0));
    assert_eq!(
        press.until("2027-01-20T00:00:00Z").await,
        [
            "01-01 09:00 [begun]",
            "01-08 09:00 reminder_due",
            "01-08 09:00 [reminder_due]",
            "01-14 09:00 reminder_due",
            "01-14 09:00 [reminder_due]",
            "01-15 09:00 period_ended",
            "01-15 09:00 order_opened",
            "01-15 09:00 charge_requested",
            "01-15 09:00 charge_requested?",
            "01-15 09:00 paid",
            "01-15 09:00 period_started",
            "01-15 09:00 [paid]",
        ]
    );
    let reader = Who::Reader(anna);
    let cancel = Wish::Cancel {
        when: CancelWhen::PeriodEnd,
        reason: CancelReason::Price,
    };
    press
        .billing
        .command(&reader, id, cancel)
        .await
        .expect("cancelled");
    assert_eq!(
        press.until("2027-02-20T00:00:00Z").await,
        [
            "01-20 09:00 [cancellation_scheduled]",
            "02-15 09:00 period_ended",
            "02-15 09:00 ended",
            "02-15 09:00 [ended]",
        ]
    );
    let relation = press.billing.relation(Some(anna)).await.expect("read");
    assert_eq!(relation, Relation::Lapsed);
    let back = press.buys(anna, "come-back", GOOD).await;
    assert_eq!(back.payment, PaymentState::Settled);
    assert_eq!(
        press.until("2027-03-21T00:00:00Z").await,
        [
            "02-20 09:00 [begun]",
            "02-20 09:00 [paid]",
            "03-20 09:00 period_ended",
            "03-20 09:00 order_opened",
            "03-20 09:00 charge_requested",
            "03-20 09:00 charge_requested?",
            "03-20 09:00 paid",
            "03-20 09:00 period_started",
            "03-20 09:00 [paid]",
        ]
    );
    assert_eq!(press.bank(), (3, 1500 + 500 + 1500));
    press.sound().await;
}

#[tokio::test]
async fn a_renewal_that_is_declined_ends_after_grace() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", TWICE).await.subscription.id;
    press.until("2027-02-02T00:00:00Z").await;
    let declined = |at: &str| {
        [
            "charge_requested",
            "charge_requested?",
            "charge_declined",
            "[charge_declined]",
        ]
        .map(|what| format!("{at} {what}"))
    };
    let mut expected: Vec<String> = [
        "period_ended",
        "order_opened",
        "charge_requested",
        "charge_requested?",
        "charge_declined",
        "grace_started",
        "[charge_declined]",
    ]
    .map(|what| format!("03-01 09:00 {what}"))
    .to_vec();
    for day in ["03-02", "03-04", "03-08", "03-13"] {
        expected.extend(declined(&format!("{day} 09:00")));
    }
    for what in ["order_failed", "ended", "[ended]"] {
        expected.push(format!("03-15 09:00 {what}"));
    }
    assert_eq!(press.until("2027-04-01T00:00:00Z").await, expected);
    let ended = press.subscription(id).await;
    assert!(matches!(
        ended.stage,
        Stage::Ended {
            why: EndReason::PaymentFailed,
            ..
        }
    ));
    assert_eq!(press.bank(), (2, 3000));
    press.sound().await;
}

#[tokio::test]
async fn a_card_that_is_expired_is_replaced_in_grace() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "trial", EXPIRED).await.subscription.id;
    let lines = press.until("2027-01-18T00:00:00Z").await;
    // Its decline is final, so nothing is tried again by itself.
    assert_eq!(
        lines
            .iter()
            .filter(|line| line.contains("charge_requested?"))
            .count(),
        1,
        "{lines:#?}"
    );
    assert_eq!(
        lines.last().map(String::as_str),
        Some("01-15 09:00 [charge_declined]")
    );
    let (_, pays) = press.enters(anna, GOOD, Some(id)).await;
    let pays = pays.expect("it pays for it");
    assert_eq!(pays.stage, Stage::Active);
    let facts = press.facts(id).await;
    assert_eq!(
        facts.get(facts.len() - 5..),
        Some(
            &[
                "payment_method_set",
                "charge_requested",
                "paid",
                "recovered",
                "period_started"
            ][..]
        )
    );
    // The period that was late isn't longer for it.
    let end = pays.period_end().expect("an end");
    assert_eq!(end, at("2027-02-15T00:00:00Z"));
    press.sound().await;
}

#[tokio::test]
async fn an_answer_that_is_lost_is_asked_for_and_nobody_pays_twice() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let bought = press.buys(anna, "standard", ANSWER_LOST).await;
    assert!(matches!(bought.payment, PaymentState::Unknown { .. }));
    assert_eq!(
        press.until("2027-01-02T00:00:00Z").await,
        [
            "01-01 09:00 [begun]",
            "01-01 09:01 inquiry_requested",
            "01-01 09:01 inquiry_requested?",
            "01-01 09:01 paid",
            "01-01 09:01 period_started",
            "01-01 09:01 [paid]",
        ]
    );
    assert_eq!(press.bank(), (1, 1500));
    press.sound().await;
}

#[tokio::test]
async fn an_upgrade_in_mid_trial_costs_nothing_until_the_trial_ends() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "trial", GOOD).await.subscription.id;
    press.until("2027-01-04T00:00:00Z").await;
    let change = Wish::Change {
        chosen: Box::new(chosen("print")),
        when: ChangeWhen::Now,
        agreement: Box::new(agreement()),
    };
    let came = press.billing.command(&Who::Reader(anna), id, change).await;
    let came = came.expect("changed");
    let names: Vec<_> = came.facts.iter().map(Fact::name).collect();
    assert_eq!(names, ["plan_changed"]);
    let lines = press.until("2027-01-16T00:00:00Z").await;
    assert_eq!(
        lines,
        [
            "01-04 09:00 [plan_changed]",
            "01-08 09:00 reminder_due",
            "01-08 09:00 [reminder_due]",
            "01-14 09:00 reminder_due",
            "01-14 09:00 [reminder_due]",
            "01-15 09:00 period_ended",
            "01-15 09:00 order_opened",
            "01-15 09:00 charge_requested",
            "01-15 09:00 charge_requested?",
            "01-15 09:00 paid",
            "01-15 09:00 period_started",
            "01-15 09:00 [paid]",
        ]
    );
    assert_eq!(press.bank(), (1, 4000));
    press.sound().await;
}

#[tokio::test]
async fn a_refund_in_grace_gives_back_what_was_paid_and_ends_it() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", TWICE).await.subscription.id;
    press.until("2027-03-02T12:00:00Z").await;
    let subscription = press.subscription(id).await;
    assert!(matches!(subscription.stage, Stage::PastDue { .. }));
    let charge = subscription
        .payments
        .payments()
        .last()
        .expect("paid")
        .charge;
    let refund = Wish::Refund {
        refund: commerce::ids::RefundId::new(77),
        charge,
        amount: None,
        access: AfterRefund::End,
    };
    let refused = press
        .billing
        .command(&Who::Reader(anna), id, refund.clone())
        .await;
    assert!(
        matches!(refused, Err(BillingError::OnlyCare(_))),
        "{refused:?}"
    );
    press
        .billing
        .command(&care(), id, refund.clone())
        .await
        .expect("refunded");
    // Sent twice, it is given back once.
    let again = press
        .billing
        .command(&care(), id, refund)
        .await
        .expect("known");
    assert_eq!(again.facts, []);
    assert_eq!(
        press.until("2027-06-01T00:00:00Z").await,
        [
            "03-02 21:00 refund_requested?",
            "03-02 21:00 refunded",
            "03-02 21:00 [refund_requested]",
            "03-02 21:00 [ended]"
        ]
    );
    assert_eq!(press.bank(), (2, 1500));
    press.sound().await;
}

#[tokio::test]
async fn a_price_rise_that_is_refused_ends_it_before_the_new_price() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", GOOD).await.subscription.id;
    let rise = Wish::AnnouncePriceRise {
        price: money("18.00 USD"),
        from: None,
    };
    press
        .billing
        .command(&care(), id, rise)
        .await
        .expect("announced");
    let reader = Who::Reader(anna);
    press
        .billing
        .command(&reader, id, Wish::RefusePriceRise)
        .await
        .expect("refused");
    let lines = press.until("2027-06-01T00:00:00Z").await;
    assert_eq!(
        lines,
        [
            "01-01 09:00 [begun]",
            "01-01 09:00 [paid]",
            "01-01 09:00 [price_rise_announced]",
            "02-01 09:00 period_ended",
            "02-01 09:00 ended",
            "02-01 09:00 [ended]",
        ]
    );
    assert_eq!(press.bank(), (1, 1500));
    press.sound().await;
}

#[tokio::test]
async fn an_offer_ends_with_its_last_day_in_the_publications_zone() {
    for (now, may) in [
        ("2027-01-31T14:59:59Z", true),
        ("2027-01-31T15:00:00Z", false),
    ] {
        let press = Press::new().await;
        let anna = press.reader("anna").await;
        let method = press.card(anna, GOOD).await;
        press.until(now).await;
        let purchase = press.purchase(anna, "winter", Some(method));
        match press.billing.begin(&purchase).await {
            Ok(bought) => {
                assert!(may, "{now}");
                assert_eq!(bought.payment, PaymentState::Settled);
                assert_eq!(press.bank(), (1, 900));
            }
            Err(BillingError::NotOffered(NotOffered::Over { ended })) => {
                assert!(!may, "{now}");
                assert_eq!(ended.to_string(), "2027-01-31");
                assert_eq!(press.bank(), (0, 0));
            }
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_declined_checkout_is_paid_with_another_card() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let bought = press.buys(anna, "standard", NO_MONEY).await;
    let PaymentState::Declined { reason, .. } = bought.payment else {
        panic!("{:?}", bought.payment);
    };
    assert_eq!(reason, DeclineReason::InsufficientFunds);
    let method = press.card(anna, GOOD).await;
    let reader = Who::Reader(anna);
    let id = bought.subscription.id;
    let came = press
        .billing
        .command(&reader, id, Wish::PayWith(method))
        .await;
    let came = came.expect("paid");
    assert_eq!(came.payment, PaymentState::Settled);
    assert_eq!(came.subscription.stage, Stage::Active);
    assert_eq!(press.bank(), (1, 1500));
    press.sound().await;
}

#[tokio::test]
async fn what_a_wish_would_come_to_is_told_and_not_done() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", GOOD).await.subscription.id;
    press.until("2027-01-10T12:00:00Z").await;
    let before = press.facts(id).await;
    let reader = Who::Reader(anna);
    let change = Wish::Change {
        chosen: Box::new(chosen("print")),
        when: ChangeWhen::Now,
        agreement: Box::new(agreement()),
    };
    let preview = press.billing.preview(&reader, id, &change).await;
    let preview = preview.expect("a preview");
    let charged = preview.charged().expect("something").total;
    assert!((1..2500).contains(&charged.minor()), "{charged}");
    let withdraw = press.billing.preview(&reader, id, &Wish::Withdraw).await;
    let back = withdraw.expect("a preview").given_back();
    assert!(
        matches!(back.as_slice(), [one] if (1..1500).contains(&one.minor())),
        "{back:?}"
    );
    assert_eq!(press.facts(id).await, before);
    let came = press
        .billing
        .command(&reader, id, change)
        .await
        .expect("changed");
    assert_eq!(came.payment, PaymentState::Settled);
    assert_eq!(press.bank(), (2, 1500 + charged.minor()));
    press.sound().await;
}
