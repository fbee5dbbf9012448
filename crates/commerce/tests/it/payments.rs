//! What providers say, late, twice, in another order, or not at all.

use crate::support::*;
use ludgate_commerce::ids::{ChargeId, OrderId, PaymentMethodId};
use ludgate_commerce::payment::{DeclineReason, Outcome, PaymentRefusal};
use ludgate_commerce::subscription::*;

const DECLINED: Outcome = Outcome::Declined {
    reason: DeclineReason::Refused,
    is_final: false,
};

pub(crate) fn charge(order: u128, attempt: u16) -> ChargeId {
    ChargeId {
        order: OrderId::new(order),
        attempt,
    }
}

pub(crate) fn paid(text: &str) -> Outcome {
    Outcome::Paid {
        amount: money(text),
    }
}

pub(crate) fn report(charge: ChargeId, outcome: Outcome) -> Command {
    Command::Report { charge, outcome }
}

/// A monthly subscription whose first month is paid, at its renewal.
pub(crate) fn renewing() -> World {
    let mut world = World::at("2027-01-01 09:00");
    world.takes("standard");
    world.paid();
    world.goes_to("2027-02-01 09:00");
    world.saw(&[
        "begun standard",
        "order #1 begin 15.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-01-01 09:00 to 2027-02-01 09:00",
        "period over, 15.00 USD earned",
        "order #2 renewal 15.00 USD",
        "charge #2/1",
    ]);
    world
}

#[test]
fn the_same_report_twice_changes_nothing() {
    let mut world = renewing();
    let success = report(charge(2, 1), paid("15.00 USD"));
    world.does(&success);
    world.saw(&[
        "paid #2/1",
        "period evergreen from 2027-02-01 09:00 to 2027-03-01 09:00",
    ]);
    world.does(&success);
    world.does(&report(charge(2, 1), DECLINED));
    world.does(&report(charge(2, 1), Outcome::Unknown));
    world.does(&report(charge(2, 1), Outcome::NeedsAuthentication));
    world.does(&report(charge(1, 1), paid("15.00 USD")));
    world.saw(&[]);

    let mut world = renewing();
    world.does(&report(charge(2, 1), DECLINED));
    world.saw(&[
        "declined #2/1 (refused), again 2027-02-02 09:00",
        "grace until 2027-02-15 09:00",
    ]);
    world.does(&report(charge(2, 1), DECLINED));
    world.does(&report(charge(2, 1), Outcome::Unknown));
    world.does(&report(charge(2, 1), Outcome::NeedsAuthentication));
    world.saw(&[]);
}

#[test]
fn a_late_report_about_an_earlier_attempt_says_nothing_of_the_one_under_way() {
    let mut world = renewing();
    world.does(&report(charge(2, 1), DECLINED));
    world.goes_to("2027-02-02 09:00");
    world.saw(&[
        "declined #2/1 (refused), again 2027-02-02 09:00",
        "grace until 2027-02-15 09:00",
        "charge #2/2",
    ]);
    for late in [DECLINED, Outcome::Unknown, Outcome::NeedsAuthentication] {
        world.does(&report(charge(2, 1), late));
    }
    world.saw(&[]);
}

#[test]
fn a_success_outweighs_a_failure_that_was_reported_before() {
    let mut world = renewing();
    world.does(&report(charge(2, 1), DECLINED));
    world.does(&report(charge(2, 1), paid("15.00 USD")));
    world.saw(&[
        "declined #2/1 (refused), again 2027-02-02 09:00",
        "grace until 2027-02-15 09:00",
        "paid #2/1",
        "recovered",
        "period evergreen from 2027-02-01 09:00 to 2027-03-01 09:00",
    ]);
    world.goes_to("2027-02-28 00:00");
    world.saw(&[]);
}

#[test]
fn what_a_lying_provider_takes_twice_is_given_back_once() {
    let mut world = renewing();
    world.does(&report(charge(2, 1), DECLINED));
    world.goes_to("2027-02-02 09:00");
    // The second attempt is under way, and the first succeeded after all.
    world.does(&report(charge(2, 1), paid("15.00 USD")));
    world.does(&report(charge(2, 2), paid("15.00 USD")));
    world.does(&report(charge(2, 2), paid("15.00 USD")));
    world.does(&report(charge(2, 1), paid("15.00 USD")));
    world.saw(&[
        "declined #2/1 (refused), again 2027-02-02 09:00",
        "grace until 2027-02-15 09:00",
        "charge #2/2",
        "void #2/2",
        "paid #2/1",
        "recovered",
        "period evergreen from 2027-02-01 09:00 to 2027-03-01 09:00",
        "surplus #2/2 15.00 USD",
        "refund 15.00 USD of #2/2 (surplus)",
    ]);
    let refund = world.state().payments.refunds.first().expect("a refund").id;
    for _ in 0..2 {
        world.does(&Command::RefundReport { refund, done: true });
    }
    world.saw(&["refunded 15.00 USD"]);
}

#[test]
fn an_unknown_outcome_is_asked_about_and_never_tried_again() {
    let mut world = renewing();
    world.reports(Outcome::Unknown);
    world.saw(&["unknown #2/1, ask 2027-02-01 09:01"]);
    world.reports(Outcome::Unknown);
    world.saw(&[]);
    world.goes_to("2027-02-01 09:36");
    world.saw(&[
        "inquiry 1 about #2/1",
        "inquiry 2 about #2/1",
        "inquiry 3 about #2/1",
    ]);
    assert!(world.may_read(), "the money may have been taken");
    world.paid();
    world.saw(&[
        "paid #2/1",
        "period evergreen from 2027-02-01 09:00 to 2027-03-01 09:00",
    ]);
}

#[test]
fn silence_is_asked_about_as_well() {
    let mut world = renewing();
    world.goes_to("2027-02-01 09:09:59");
    world.saw(&[]);
    world.goes_to("2027-02-01 09:10");
    world.saw(&["inquiry 1 about #2/1"]);
}

#[test]
fn a_provider_that_never_answers_ends_in_grace_and_its_money_goes_back() {
    let mut world = renewing();
    world.reports(Outcome::Unknown);
    world.goes_to("2027-02-14 00:00");
    let mut expected = vec!["unknown #2/1, ask 2027-02-01 09:01".to_owned()];
    expected.extend((1..=12).map(|asked| format!("inquiry {asked} about #2/1")));
    expected.push("void #2/1".into());
    expected.push("declined #2/1 (never-answered)".into());
    expected.push("grace until 2027-02-15 09:00".into());
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    world.saw(&expected);
    assert!(world.may_read());
    world.goes_to("2027-02-15 09:00");
    world.saw(&["failed #2", "ended: payment-failed"]);
    world.does(&report(charge(2, 1), paid("15.00 USD")));
    world.saw(&[
        "surplus #2/1 15.00 USD",
        "refund 15.00 USD of #2/1 (surplus)",
    ]);
    assert!(!world.may_read());
}

#[test]
fn access_isnt_taken_away_while_a_charge_is_under_way() {
    let mut world = renewing();
    for at in ["2027-02-02 09:00", "2027-02-04 09:00", "2027-02-08 09:00"] {
        world.declined(DeclineReason::Refused);
        world.goes_to(at);
    }
    world.declined(DeclineReason::Refused);
    world.goes_to("2027-02-13 09:00");
    world.reports(Outcome::Unknown);
    world.goes_to("2027-02-16 00:00");
    assert!(
        world.may_read(),
        "grace is over, and the money may have been taken"
    );
    world.declined(DeclineReason::Refused);
    assert!(!world.may_read());
    assert!(matches!(
        world.state().stage,
        Stage::Ended {
            why: EndReason::PaymentFailed,
            ..
        }
    ));
}

#[test]
fn a_bank_that_wants_the_reader_gets_them_within_grace() {
    let mut world = renewing();
    world.reports(Outcome::NeedsAuthentication);
    world.saw(&[
        "confirm #2/1 until 2027-02-15 09:00",
        "grace until 2027-02-15 09:00",
    ]);
    world.goes_to("2027-02-05 00:00");
    world.paid();
    world.saw(&[
        "paid #2/1",
        "recovered",
        "period evergreen from 2027-02-01 09:00 to 2027-03-01 09:00",
    ]);

    let mut world = renewing();
    world.reports(Outcome::NeedsAuthentication);
    world.goes_to("2027-02-15 09:00");
    assert!(world.may_read(), "until it is known that it was called off");
    world.declined(DeclineReason::Voided);
    world.saw(&[
        "confirm #2/1 until 2027-02-15 09:00",
        "grace until 2027-02-15 09:00",
        "void #2/1",
        "declined #2/1 (voided)",
        "failed #2",
        "ended: payment-failed",
    ]);
    assert!(!world.may_read());
}

#[test]
fn another_card_is_tried_at_once() {
    let mut world = renewing();
    world.declined(DeclineReason::CardExpired);
    let method = PaymentMethodId::new(2);
    world.does(&Command::SetPaymentMethod { method });
    world.paid();
    world.saw(&[
        "declined #2/1 (card-expired), again 2027-02-02 09:00",
        "grace until 2027-02-15 09:00",
        "method 2",
        "charge #2/2",
        "paid #2/2",
        "recovered",
        "period evergreen from 2027-02-01 09:00 to 2027-03-01 09:00",
    ]);

    // Given while the old one is under way, it waits for the outcome.
    let mut world = renewing();
    world.does(&Command::SetPaymentMethod { method });
    assert_eq!(
        world.refused(&Command::PayNow),
        Refusal::Payment(PaymentRefusal::UnderWay)
    );
    world.declined(DeclineReason::CardExpired);
    world.saw(&[
        "method 2",
        "declined #2/1 (card-expired), again 2027-02-02 09:00",
        "grace until 2027-02-15 09:00",
        "charge #2/2",
    ]);

    // And what waits for the bank is called off first.
    let mut world = renewing();
    world.reports(Outcome::NeedsAuthentication);
    world.does(&Command::SetPaymentMethod { method });
    world.declined(DeclineReason::Voided);
    world.saw(&[
        "confirm #2/1 until 2027-02-15 09:00",
        "grace until 2027-02-15 09:00",
        "method 2",
        "void #2/1",
        "declined #2/1 (voided), again 2027-02-02 09:00",
        "charge #2/2",
    ]);

    // Given before the bank asks for the reader: nobody has to answer it.
    let mut world = renewing();
    world.does(&Command::SetPaymentMethod { method });
    world.reports(Outcome::NeedsAuthentication);
    world.declined(DeclineReason::Voided);
    world.saw(&[
        "method 2",
        "void #2/1",
        "declined #2/1 (voided), again 2027-02-02 09:00",
        "grace until 2027-02-15 09:00",
        "charge #2/2",
    ]);
}

#[test]
fn whichever_of_two_cards_pays_first_the_other_never_does() {
    let method = PaymentMethodId::new(2);
    // The reader had confirmed it before it could be called off.
    let mut world = renewing();
    world.reports(Outcome::NeedsAuthentication);
    world.does(&Command::SetPaymentMethod { method });
    world.paid();
    world.saw(&[
        "confirm #2/1 until 2027-02-15 09:00",
        "grace until 2027-02-15 09:00",
        "method 2",
        "void #2/1",
        "paid #2/1",
        "recovered",
        "period evergreen from 2027-02-01 09:00 to 2027-03-01 09:00",
    ]);
    assert_eq!(world.state().method, Some(method), "for what is due later");

    // A provider that says so only after the other was asked for.
    let mut world = renewing();
    world.reports(Outcome::NeedsAuthentication);
    world.does(&Command::SetPaymentMethod { method });
    world.declined(DeclineReason::Voided);
    world.forget();
    world.does(&report(charge(2, 1), paid("15.00 USD")));
    world.saw(&[
        "void #2/2",
        "paid #2/1",
        "recovered",
        "period evergreen from 2027-02-01 09:00 to 2027-03-01 09:00",
    ]);
    // And the other pays as well: that goes back.
    world.does(&report(charge(2, 2), paid("15.00 USD")));
    world.saw(&[
        "surplus #2/2 15.00 USD",
        "refund 15.00 USD of #2/2 (surplus)",
    ]);
}

#[test]
fn a_checkout_that_isnt_paid_closes_after_a_day() {
    let mut world = World::at("2027-01-01 09:00");
    world.takes("standard");
    assert!(!world.may_read());
    world.declined(DeclineReason::InsufficientFunds);
    world.does(&Command::PayNow);
    world.declined(DeclineReason::InsufficientFunds);
    world.goes_to("2027-01-02 09:00");
    world.saw(&[
        "begun standard",
        "order #1 begin 15.00 USD",
        "charge #1/1",
        "declined #1/1 (insufficient-funds)",
        "charge #1/2",
        "declined #1/2 (insufficient-funds)",
        "failed #1",
        "ended: never-paid",
    ]);
    world.stands("none");
}

#[test]
fn a_first_payment_that_is_confirmed_late_counts_from_then() {
    let mut world = World::at("2027-01-01 09:00");
    world.takes("standard");
    world.reports(Outcome::NeedsAuthentication);
    world.goes_to("2027-01-01 20:30");
    world.paid();
    world.saw(&[
        "begun standard",
        "order #1 begin 15.00 USD",
        "charge #1/1",
        "confirm #1/1 until 2027-01-02 09:00",
        "paid #1/1",
        "period evergreen from 2027-01-01 20:30 to 2027-02-01 20:30",
    ]);
}

#[test]
fn nobody_can_try_card_after_card_without_end() {
    let mut world = World::at("2027-01-01 09:00");
    world.takes("standard");
    for number in 2..=20 {
        world.declined(DeclineReason::Refused);
        let method = PaymentMethodId::new(number);
        world.does(&Command::SetPaymentMethod { method });
    }
    world.declined(DeclineReason::Refused);
    assert_eq!(
        world.refused(&Command::PayNow),
        Refusal::Payment(PaymentRefusal::TooManyAttempts)
    );
}

#[test]
fn a_renewal_that_was_tried_too_often_ends_with_grace_like_any_other() {
    let mut world = renewing();
    for number in 2..=20 {
        world.declined(DeclineReason::Refused);
        let method = PaymentMethodId::new(number);
        world.does(&Command::SetPaymentMethod { method });
    }
    // Another card comes while the last attempt is under way, and its failure
    // is taken all the same, with no retry after it.
    let method = PaymentMethodId::new(21);
    world.does(&Command::SetPaymentMethod { method });
    world.forget();
    world.declined(DeclineReason::Refused);
    world.goes_to("2027-02-15 09:00");
    world.saw(&[
        "declined #2/20 (refused)",
        "failed #2",
        "ended: payment-failed",
    ]);
}

#[test]
fn what_was_never_asked_for_is_refused() {
    let world = renewing();
    let amount = money("15.00 USD");
    let rows = [
        (
            charge(9, 1),
            paid("15.00 USD"),
            PaymentRefusal::UnknownOrder(OrderId::new(9)),
        ),
        (
            charge(2, 2),
            paid("15.00 USD"),
            PaymentRefusal::UnknownCharge(charge(2, 2)),
        ),
        (
            charge(2, 0),
            DECLINED,
            PaymentRefusal::UnknownCharge(charge(2, 0)),
        ),
        (
            charge(1, 2),
            DECLINED,
            PaymentRefusal::UnknownCharge(charge(1, 2)),
        ),
        (
            charge(2, 1),
            paid("14.99 USD"),
            PaymentRefusal::AmountDiffers {
                charge: charge(2, 1),
                expected: amount,
                reported: money("14.99 USD"),
            },
        ),
        (
            charge(2, 1),
            paid("15.00 EUR"),
            PaymentRefusal::AmountDiffers {
                charge: charge(2, 1),
                expected: amount,
                reported: money("15.00 EUR"),
            },
        ),
    ];
    for (charge, outcome, expected) in rows {
        let refusal = world.refused(&report(charge, outcome));
        assert_eq!(refusal, Refusal::Payment(expected));
    }
}

#[test]
fn an_orders_id_is_used_once() {
    let mut world = World::at("2027-01-01 09:00");
    world.takes("standard");
    world.paid();
    world.sleeps_to("2027-02-01 09:00");
    let order = OrderId::new(1);
    let used = PaymentRefusal::OrderIdUsed(order);
    assert_eq!(
        world.refused(&Command::Tick { order }),
        Refusal::Payment(used)
    );
}

#[test]
fn cancelling_while_a_charge_is_under_way_waits_for_its_outcome() {
    let cancel = Command::Cancel {
        when: CancelWhen::PeriodEnd,
        reason: CancelReason::Other,
    };
    // It succeeds: what was paid for is kept to its end.
    let mut world = renewing();
    world.does(&cancel);
    world.paid();
    world.goes_to("2027-03-01 09:00");
    world.saw(&[
        "cancelled for then (other)",
        "paid #2/1",
        "period evergreen from 2027-02-01 09:00 to 2027-03-01 09:00",
        "period over, 15.00 USD earned",
        "ended: cancelled(other)",
    ]);
    // It fails: there is nothing left to keep.
    let mut world = renewing();
    world.does(&cancel);
    world.declined(DeclineReason::Refused);
    world.saw(&[
        "cancelled for then (other)",
        "declined #2/1 (refused), again 2027-02-02 09:00",
        "failed #2",
        "ended: cancelled(other)",
    ]);
    // In grace nothing is paid for, so it ends at once.
    let mut world = renewing();
    world.declined(DeclineReason::Refused);
    world.does(&cancel);
    world.saw(&[
        "declined #2/1 (refused), again 2027-02-02 09:00",
        "grace until 2027-02-15 09:00",
        "failed #2",
        "ended: cancelled(other)",
    ]);
}
