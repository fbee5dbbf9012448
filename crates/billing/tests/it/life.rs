//! Whole lives of subscriptions, every event listed, and no other.

use commerce::catalog::NotOffered;
use commerce::catalog::Relation;
use commerce::payment::DeclineReason;
use commerce::subscription::{
    AfterRefund, CancelReason, CancelWhen, ChangeWhen, EndReason, Fact, Stage,
};
use ludgate_billing::{BillingError, PaymentState, Who, Wish};

use crate::support::*;

/// What happens when the next period is paid.
fn renewed(at: &str) -> Vec<String> {
    happening(
        at,
        &[
            "period_ended",
            "order_opened",
            "charge_requested",
            "charge_requested?",
            "paid",
            "period_started",
            "[paid]",
        ],
    )
}

/// What happens when it isn't, at first.
fn declined(at: &str) -> Vec<String> {
    happening(
        at,
        &[
            "period_ended",
            "order_opened",
            "charge_requested",
            "charge_requested?",
            "charge_declined",
            "grace_started",
            "[charge_declined]",
        ],
    )
}

/// What happens on a trial that began at New Year, until it ends.
fn tried() -> Vec<String> {
    ["01-08 09:00", "01-14 09:00"]
        .iter()
        .flat_map(|at| happening(at, &["reminder_due", "[reminder_due]"]))
        .collect()
}

fn happening(at: &str, what: &[&str]) -> Vec<String> {
    what.iter().map(|what| format!("{at} {what}")).collect()
}

/// What happens when it is tried again in vain.
const AGAIN: [&str; 4] = [
    "charge_requested",
    "charge_requested?",
    "charge_declined",
    "[charge_declined]",
];

/// What is written down of a period that was ordered and paid.
const BOUGHT: [&str; 4] = ["order_opened", "charge_requested", "paid", "period_started"];

#[tokio::test]
async fn from_trial_to_paid_to_lapsed_to_won_back() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let bought = press.buys(anna, "trial", GOOD).await;
    let id = bought.subscription.id;
    assert_eq!(bought.payment, PaymentState::Settled);
    assert_eq!(press.bank(), (0, 0));
    let mut expected = happening("01-01 09:00", &["[begun]"]);
    expected.extend(tried());
    expected.extend(renewed("01-15 09:00"));
    assert_eq!(press.until("2027-01-20T00:00:00Z").await, expected);
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
    let began = ["begun", "period_started", "reminder_due", "reminder_due"];
    let ended = ["cancellation_scheduled", "period_ended", "ended"];
    let whole = [&began[..], &["period_ended"], &BOUGHT, &ended].concat();
    assert_eq!(press.facts(id).await, whole);
    let relation = press.billing.relation(Some(anna)).await.expect("read");
    assert_eq!(relation, Relation::Lapsed);
    let back = press.buys(anna, "come-back", GOOD).await;
    assert_eq!(back.payment, PaymentState::Settled);
    let mut expected = happening("02-20 09:00", &["[begun]", "[paid]"]);
    expected.extend(renewed("03-20 09:00"));
    assert_eq!(press.until("2027-03-21T00:00:00Z").await, expected);
    let whole = [&["begun"], &BOUGHT[..], &["period_ended"], &BOUGHT].concat();
    assert_eq!(press.facts(back.subscription.id).await, whole);
    assert_eq!(press.bank(), (3, 1500 + 500 + 1500));
    press.sound().await;
}

#[tokio::test]
async fn a_renewal_that_is_declined_ends_after_grace() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", TWICE).await.subscription.id;
    press.until("2027-02-02T00:00:00Z").await;
    let mut expected = declined("03-01 09:00");
    for day in ["03-02", "03-04", "03-08", "03-13"] {
        expected.extend(happening(&format!("{day} 09:00"), &AGAIN));
    }
    expected.extend(happening(
        "03-15 09:00",
        &["order_failed", "ended", "[ended]"],
    ));
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
    // Its decline is final, so nothing is tried again by itself.
    let mut expected = happening("01-01 09:00", &["[begun]"]);
    expected.extend(tried());
    expected.extend(declined("01-15 09:00"));
    assert_eq!(press.until("2027-01-18T00:00:00Z").await, expected);
    let (_, pays) = press.enters(anna, GOOD, Some(id)).await;
    let pays = pays.expect("it pays for it");
    assert_eq!(pays.stage, Stage::Active);
    let failed = ["charge_requested", "charge_declined", "grace_started"];
    let whole = [
        &["begun", "period_started", "reminder_due", "reminder_due"],
        &["period_ended", "order_opened"][..],
        &failed,
        &["payment_method_set", "charge_requested"],
        &["paid", "recovered", "period_started"],
    ];
    assert_eq!(press.facts(id).await, whole.concat());
    // The period that was late isn't longer for it.
    let end = pays.period_end().expect("an end");
    assert_eq!(end, at("2027-02-15T00:00:00Z"));
    let mut expected = happening("01-18 09:00", &["[paid]"]);
    expected.extend(renewed("02-15 09:00"));
    assert_eq!(press.until("2027-02-16T00:00:00Z").await, expected);
    assert_eq!(press.bank(), (2, 3000));
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
    assert_eq!(
        press.until("2027-01-04T00:00:00Z").await,
        ["01-01 09:00 [begun]"]
    );
    let change = Wish::Change {
        chosen: Box::new(chosen("print")),
        when: ChangeWhen::Now,
        as_of: None,
        shown: None,
        agreement: Box::new(agreement()),
    };
    let came = press.billing.command(&Who::Reader(anna), id, change).await;
    let came = came.expect("changed");
    let names: Vec<_> = came.facts.iter().map(Fact::name).collect();
    assert_eq!(names, ["plan_changed"]);
    let mut expected = happening("01-04 09:00", &["[plan_changed]"]);
    expected.extend(tried());
    expected.extend(renewed("01-15 09:00"));
    assert_eq!(press.until("2027-01-16T00:00:00Z").await, expected);
    let began = ["begun", "period_started", "plan_changed"];
    let reminded = ["reminder_due", "reminder_due", "period_ended"];
    let whole = [&began[..], &reminded, &BOUGHT].concat();
    assert_eq!(press.facts(id).await, whole);
    assert_eq!(press.bank(), (1, 4000));
    press.sound().await;
}

#[tokio::test]
async fn a_refund_in_grace_gives_back_what_was_paid_and_ends_it() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", TWICE).await.subscription.id;
    let mut expected = happening("01-01 09:00", &["[begun]", "[paid]"]);
    expected.extend(renewed("02-01 09:00"));
    expected.extend(declined("03-01 09:00"));
    expected.extend(happening("03-02 09:00", &AGAIN));
    assert_eq!(press.until("2027-03-02T12:00:00Z").await, expected);
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
    let failed = ["charge_requested", "charge_declined"];
    let whole = [
        &["begun"],
        &BOUGHT[..],
        &["period_ended"],
        &BOUGHT,
        &["period_ended", "order_opened"],
        &failed,
        &["grace_started"],
        &failed,
        &["refund_requested", "order_failed", "ended", "refunded"],
    ];
    assert_eq!(press.facts(id).await, whole.concat());
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
    let rise = ["price_rise_announced", "price_rise_refused"];
    let ended = ["price_rise_told", "period_ended", "ended"];
    let whole = [&["begun"], &BOUGHT[..], &rise, &ended].concat();
    assert_eq!(press.facts(id).await, whole);
    assert_eq!(press.bank(), (1, 1500));
    press.sound().await;
}

#[tokio::test]
async fn an_offer_is_accepted_one_second_before_its_end_in_the_publications_zone() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let method = press.card(anna, GOOD).await;
    let nothing: [&str; 0] = [];
    assert_eq!(press.until("2027-01-31T14:59:59Z").await, nothing);
    let purchase = press.purchase(anna, "winter", Some(method));
    let bought = press.billing.begin(&purchase).await.expect("bought");
    assert_eq!(bought.payment, PaymentState::Settled);
    assert_eq!(press.bank(), (1, 900));
    // The terms hold though the offer is over: three months, then the price.
    let mut expected = happening("01-31 23:59", &["[begun]", "[paid]"]);
    expected.extend(renewed("04-30 23:59"));
    assert_eq!(press.until("2027-05-01T00:00:00Z").await, expected);
    let whole = [&["begun"], &BOUGHT[..], &["period_ended"], &BOUGHT].concat();
    assert_eq!(press.facts(bought.subscription.id).await, whole);
    assert_eq!(press.bank(), (2, 900 + 1500));
    press.sound().await;
}

#[tokio::test]
async fn an_offer_is_over_with_its_last_day_in_the_publications_zone() {
    for now in ["2027-01-31T15:00:00Z", "2027-01-31T15:00:01Z"] {
        let press = Press::new().await;
        let anna = press.reader("anna").await;
        let method = press.card(anna, GOOD).await;
        press.until(now).await;
        let purchase = press.purchase(anna, "winter", Some(method));
        let refused = press.billing.begin(&purchase).await;
        let Err(BillingError::NotOffered(NotOffered::Over { ended })) = refused else {
            panic!("{now}: {refused:?}");
        };
        assert_eq!(ended.to_string(), "2027-01-31");
        let begun = press.billing.begun_by(anna, purchase.form).await;
        assert_eq!(begun.expect("read"), None);
        let nothing: [&str; 0] = [];
        assert_eq!(press.until("2027-05-01T00:00:00Z").await, nothing);
        assert_eq!(press.bank(), (0, 0));
        press.sound().await;
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
        as_of: None,
        shown: None,
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

#[tokio::test]
async fn one_that_cannot_be_renewed_holds_up_none_of_those_that_are_due_with_it() {
    let press = Press::new().await;
    let mut ids = Vec::new();
    for name in ["anna", "bela", "carl"] {
        let account = press.reader(name).await;
        ids.push(press.buys(account, "standard", GOOD).await.subscription.id);
    }
    // The second's renewal can't be written, and none of the three together.
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(press.billing.store().path());
    let damaging = sqlx::SqlitePool::connect_with(options).await.expect("open");
    let of = ids[1];
    let trigger = format!(
        "CREATE TRIGGER refuse BEFORE INSERT ON orders WHEN NEW.owner = '{of}'
            BEGIN SELECT RAISE(ABORT, 'refused'); END"
    );
    sqlx::query(sqlx::AssertSqlSafe(trigger))
        .execute(&damaging)
        .await
        .expect("damaged");
    let told = press.until("2027-02-01T01:00:00Z").await;
    assert!(
        told.iter().any(|line| line.contains("failed: ")),
        "{told:?}"
    );
    assert_eq!(press.bank(), (5, 5 * 1500), "{told:?}");
    press.sound().await;
    // It is due still.
    sqlx::query("DROP TRIGGER refuse")
        .execute(&damaging)
        .await
        .expect("mended");
    damaging.close().await;
    press.until("2027-02-01T02:00:00Z").await;
    assert_eq!(press.bank(), (6, 6 * 1500));
    for id in ids {
        let facts = press.facts(id).await;
        let paid = facts.iter().filter(|name| **name == "paid").count();
        assert_eq!(paid, 2, "{facts:?}");
    }
    press.sound().await;
}
