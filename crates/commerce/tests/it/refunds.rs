//! Money that goes back, and what becomes of access.

use crate::support::*;
use ludgate_commerce::ids::{ChargeId, DisputeId, OrderId, RefundId};
use ludgate_commerce::ledger::LedgerAccount;
use ludgate_commerce::payment::{DeclineReason, Outcome, PaymentRefusal, RefundWish};
use ludgate_commerce::subscription::*;
use ludgate_commerce::terms::{Withdrawal, WithdrawalRefund};

fn refund(id: u128, order: u128, amount: Option<&str>, access: AfterRefund) -> Command {
    Command::Refund {
        wish: RefundWish {
            refund: RefundId::new(id),
            charge: ChargeId {
                order: OrderId::new(order),
                attempt: 1,
            },
            amount: amount.map(money),
        },
        access,
    }
}

fn april() -> World {
    let mut world = World::paying("2027-04-01 00:00");
    world.takes("standard");
    world.saw(&[
        "begun standard",
        "order #1 begin 15.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-04-01 to 2027-05-01",
    ]);
    world
}

#[test]
fn a_part_that_is_given_back_leaves_access_as_it_is() {
    let mut world = april();
    world.does(&refund(1, 1, Some("5.00 USD"), AfterRefund::Keep));
    world.does(&refund(1, 1, Some("5.00 USD"), AfterRefund::Keep));
    world.saw(&["refund 5.00 USD of #1/1 (care)"]);
    assert!(world.may_read());
    let other = world.refused(&refund(1, 1, Some("4.00 USD"), AfterRefund::Keep));
    let used = PaymentRefusal::RefundIdUsed(RefundId::new(1));
    assert_eq!(other, Refusal::Payment(used));
    let left = money("10.00 USD");
    let too_much = world.refused(&refund(2, 1, Some("10.01 USD"), AfterRefund::Keep));
    assert_eq!(
        too_much,
        Refusal::Payment(PaymentRefusal::RefundTooLarge { left })
    );
    let other = world.refused(&refund(2, 1, Some("1.00 EUR"), AfterRefund::Keep));
    assert_eq!(
        other,
        Refusal::Payment(PaymentRefusal::RefundTooLarge { left })
    );
    for nothing in ["0.00 USD", "-1.00 USD"] {
        let refusal = world.refused(&refund(2, 1, Some(nothing), AfterRefund::Keep));
        assert_eq!(refusal, Refusal::Payment(PaymentRefusal::RefundOfNothing));
    }
    world.goes_to("2027-05-01 00:00");
    world.saw(&[
        "period over, 10.00 USD earned",
        "order #2 renewal 15.00 USD",
        "charge #2/1",
        "paid #2/1",
        "period evergreen from 2027-05-01 to 2027-06-01",
    ]);
}

#[test]
fn a_full_refund_may_end_access_at_once() {
    let mut world = april();
    world.goes_to("2027-04-20 00:00");
    world.does(&refund(1, 1, None, AfterRefund::End));
    world.saw(&[
        "refund 15.00 USD of #1/1 (care)",
        "period over, 0.00 USD earned",
        "ended: refunded",
    ]);
    assert!(!world.may_read());
    assert_eq!(world.balance(LedgerAccount::RefundsPayable), -1500);
    let refund = RefundId::new(1);
    world.does(&Command::RefundReport {
        refund,
        done: false,
    });
    world.does(&Command::RefundReport {
        refund,
        done: false,
    });
    world.saw(&["refund failed"]);
    assert_eq!(
        world.balance(LedgerAccount::RefundsPayable),
        -1500,
        "still owed"
    );
    for _ in 0..2 {
        world.does(&Command::RefundReport { refund, done: true });
    }
    world.saw(&["refunded 15.00 USD"]);
    assert_eq!(world.balance(LedgerAccount::RefundsPayable), 0);
    assert_eq!(world.balance(LedgerAccount::Provider), 0);
    assert_eq!(world.balance(LedgerAccount::Revenue), 0);
}

#[test]
fn a_refund_that_a_bank_sends_back_days_later_is_owed_again() {
    let mut world = april();
    world.does(&refund(1, 1, None, AfterRefund::Keep));
    world.forget();
    let refund = RefundId::new(1);
    for done in [true, false, false, true] {
        world.does(&Command::RefundReport { refund, done });
    }
    world.saw(&["refunded 15.00 USD", "refund returned 15.00 USD"]);
    assert_eq!(world.balance(LedgerAccount::RefundsPayable), -1500);
    assert_eq!(world.balance(LedgerAccount::Provider), 1500);
}

#[test]
fn a_refund_that_is_said_to_have_failed_and_was_made_after_all_is_owed_no_longer() {
    let mut world = april();
    world.does(&refund(1, 1, Some("5.00 USD"), AfterRefund::Keep));
    world.forget();
    let refund = RefundId::new(1);
    for done in [false, true, true] {
        world.does(&Command::RefundReport { refund, done });
    }
    world.saw(&["refund failed", "refunded 5.00 USD"]);
    assert_eq!(world.balance(LedgerAccount::RefundsPayable), 0);
    assert_eq!(world.balance(LedgerAccount::Provider), 1000);
    // It comes back after all.
    for done in [false, true] {
        world.does(&Command::RefundReport { refund, done });
    }
    world.saw(&["refund returned 5.00 USD"]);
    assert_eq!(world.balance(LedgerAccount::RefundsPayable), -500);
    assert_eq!(world.balance(LedgerAccount::Provider), 1500);
}

#[test]
fn a_refund_in_grace_gives_the_last_payment_back_and_ends_what_is_left() {
    let mut world = april();
    world.pays = false;
    world.goes_to("2027-05-01 00:00");
    world.declined(DeclineReason::InsufficientFunds);
    world.goes_to("2027-05-01 12:00");
    world.does(&refund(1, 1, None, AfterRefund::End));
    world.saw(&[
        "period over, 15.00 USD earned",
        "order #2 renewal 15.00 USD",
        "charge #2/1",
        "declined #2/1 (insufficient-funds), again 2027-05-02",
        "grace until 2027-05-15",
        "refund 15.00 USD of #1/1 (care)",
        "failed #2",
        "ended: refunded",
    ]);
    assert!(!world.may_read());
    world.goes_to("2028-01-01 00:00");
    world.saw(&[]);
}

#[test]
fn withdrawing_within_the_legal_days_gives_the_unused_part_back() {
    let mut world = april();
    // The day of acceptance doesn't count, the fourteenth does in full.
    world.goes_to("2027-04-15 23:59:59");
    world.does(&Command::Withdraw {
        refund: RefundId::new(1),
    });
    world.saw(&[
        "refund 7.50 USD of #1/1 (withdrawal)",
        "period over, 7.50 USD earned",
        "ended: withdrawn",
    ]);
    assert!(!world.may_read());

    let mut world = april();
    world.goes_to("2027-04-16 00:00");
    let ended = world.now;
    let refusal = world.refused(&Command::Withdraw {
        refund: RefundId::new(1),
    });
    assert_eq!(refusal, Refusal::WithdrawalOver { ended });
}

#[test]
fn withdrawing_gives_everything_back_where_the_terms_say_so() {
    let mut world = World::paying("2027-04-01 00:00");
    world.catalog.policy.withdrawal = Some(Withdrawal {
        days: 14,
        refund: WithdrawalRefund::Full,
    });
    world.takes("weekly");
    world.goes_to("2027-04-10 00:00");
    world.does(&Command::Withdraw {
        refund: RefundId::new(1),
    });
    world.saw(&[
        "begun weekly",
        "order #1 begin 4.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-04-01 to 2027-04-08",
        "period over, 4.00 USD earned",
        "order #2 renewal 4.00 USD",
        "charge #2/1",
        "paid #2/1",
        "period evergreen from 2027-04-08 to 2027-04-15",
        "refund 4.00 USD of #2/1 (withdrawal)",
        "refund 4.00 USD of #1/1 (withdrawal)",
        "period over, 0.00 USD earned",
        "ended: withdrawn",
    ]);
    assert_eq!(world.balance(LedgerAccount::Revenue), 0);
}

#[test]
fn a_right_that_was_waived_or_never_was_cant_be_used() {
    let withdraw = Command::Withdraw {
        refund: RefundId::new(1),
    };
    let mut world = World::paying("2027-04-01 00:00");
    world.catalog.policy.withdrawal = None;
    world.takes("standard");
    assert_eq!(world.refused(&withdraw), Refusal::NoWithdrawal);

    let mut world = World::paying("2027-04-01 00:00");
    let mut waived = acceptance(world.now);
    waived.withdrawal_waived = true;
    let command = Begin {
        account: ludgate_commerce::ids::AccountId::new(7),
        terms: world.terms("single"),
        acceptance: waived,
        tax_status: world.customer,
        method: Some(ludgate_commerce::ids::PaymentMethodId::new(1)),
        address: None,
        funding: Funding::Own {
            order: world.order(),
        },
    };
    world.begins_by(&command).expect("a beginning");
    assert_eq!(world.refused(&withdraw), Refusal::NoWithdrawal);
}

#[test]
fn withdrawing_on_trial_or_before_payment_costs_nothing() {
    for offer in ["trial", "standard"] {
        let mut world = World::at("2027-04-01 00:00");
        world.takes(offer);
        world.does(&Command::Withdraw {
            refund: RefundId::new(1),
        });
        assert!(!world.may_read());
        assert_eq!(world.state().payments.refunds, []);
        assert_eq!(world.balance(LedgerAccount::Provider), 0);
    }
}

#[test]
fn a_chargeback_ends_access_and_a_won_dispute_brings_back_only_the_money() {
    let mut world = april();
    world.goes_to("2027-04-20 00:00");
    let dispute = DisputeId::new(1);
    let chargeback = Command::Chargeback {
        dispute,
        charge: ChargeId {
            order: OrderId::new(1),
            attempt: 1,
        },
        amount: money("15.00 USD"),
    };
    world.does(&chargeback);
    world.does(&chargeback);
    world.saw(&[
        "charged back #1/1",
        "period over, 0.00 USD earned",
        "ended: charged-back",
    ]);
    assert!(!world.may_read());
    assert_eq!(world.balance(LedgerAccount::Provider), 0);
    let refusal = world.refused(&refund(1, 1, None, AfterRefund::Keep));
    assert_eq!(refusal, Refusal::Payment(PaymentRefusal::RefundOfNothing));
    for _ in 0..2 {
        world.does(&Command::ChargebackWon { dispute });
    }
    world.saw(&["chargeback won 15.00 USD"]);
    assert!(!world.may_read());
    assert_eq!(world.balance(LedgerAccount::Provider), 1500);
    assert_eq!(world.balance(LedgerAccount::Revenue), -1500);
    let other = Command::ChargebackWon {
        dispute: DisputeId::new(2),
    };
    let unknown = PaymentRefusal::UnknownDispute(DisputeId::new(2));
    assert_eq!(world.refused(&other), Refusal::Payment(unknown));
}

#[test]
fn a_chargeback_of_what_has_ended_is_booked_all_the_same() {
    let mut world = april();
    world.does(&Command::Cancel {
        when: CancelWhen::Now,
        reason: CancelReason::Content,
    });
    world.saw(&["period over, 15.00 USD earned", "ended: cancelled(content)"]);
    world.does(&Command::Chargeback {
        dispute: DisputeId::new(1),
        charge: ChargeId {
            order: OrderId::new(1),
            attempt: 1,
        },
        amount: money("15.00 USD"),
    });
    world.saw(&["charged back #1/1"]);
    assert_eq!(world.balance(LedgerAccount::Revenue), 0);
}

#[test]
fn a_chargeback_of_what_was_paid_twice_is_booked_and_leaves_access() {
    let mut world = World::paying("2027-04-01 00:00");
    world.takes("standard");
    world.pays = false;
    world.goes_to("2027-05-01 00:00");
    world.declined(DeclineReason::InsufficientFunds);
    world.goes_to("2027-05-02 00:00");
    world.paid();
    // The first attempt of the renewal had succeeded after all.
    let charge = ChargeId {
        order: OrderId::new(2),
        attempt: 1,
    };
    let amount = money("15.00 USD");
    world.does(&Command::Report {
        charge,
        outcome: Outcome::Paid { amount },
    });
    world.forget();
    let taken = |dispute| Command::Chargeback {
        dispute: DisputeId::new(dispute),
        charge,
        amount,
    };
    world.does(&taken(1));
    world.does(&taken(1));
    let has_it = PaymentRefusal::TakenBack(charge);
    assert_eq!(world.refused(&taken(2)), Refusal::Payment(has_it));
    world.saw(&["charged back #2/1"]);
    assert!(world.may_read());
    assert_eq!(world.balance(LedgerAccount::Surplus), 1500);
    assert_eq!(world.balance(LedgerAccount::Provider), 3000);
    for _ in 0..2 {
        world.does(&Command::ChargebackWon {
            dispute: DisputeId::new(1),
        });
    }
    world.saw(&["chargeback won 15.00 USD"]);
    assert_eq!(world.balance(LedgerAccount::Surplus), 0);
    assert_eq!(world.balance(LedgerAccount::Provider), 4500);
    world.does(&taken(2));
    world.does(&taken(1));
    world.saw(&["charged back #2/1"]);
    assert!(world.may_read());
    assert_eq!(world.balance(LedgerAccount::Surplus), 1500);
    assert_eq!(world.balance(LedgerAccount::Provider), 3000);
}

#[test]
fn a_payment_is_disputed_again_after_the_first_dispute_was_won() {
    let mut world = april();
    let charge = ChargeId {
        order: OrderId::new(1),
        attempt: 1,
    };
    let taken = |dispute| Command::Chargeback {
        dispute: DisputeId::new(dispute),
        charge,
        amount: money("15.00 USD"),
    };
    let won = |dispute| Command::ChargebackWon {
        dispute: DisputeId::new(dispute),
    };
    world.does(&taken(1));
    world.forget();
    // Its bank has the money already.
    let has_it = PaymentRefusal::TakenBack(charge);
    assert_eq!(world.refused(&taken(2)), Refusal::Payment(has_it));
    world.does(&won(1));
    world.does(&taken(2));
    world.saw(&["chargeback won 15.00 USD", "charged back #1/1"]);
    assert_eq!(world.balance(LedgerAccount::Provider), 0);
    assert_eq!(world.balance(LedgerAccount::Revenue), 0);
    let nothing = world.refused(&refund(1, 1, None, AfterRefund::Keep));
    assert_eq!(nothing, Refusal::Payment(PaymentRefusal::RefundOfNothing));
    // What was said before is said again, and changes nothing.
    for command in [taken(1), taken(2), won(1)] {
        world.does(&command);
    }
    world.saw(&[]);
    world.does(&won(2));
    world.does(&taken(2));
    world.saw(&["chargeback won 15.00 USD"]);
    assert_eq!(world.balance(LedgerAccount::Provider), 1500);
    assert_eq!(world.balance(LedgerAccount::Revenue), -1500);
}

#[test]
fn what_couldnt_be_given_back_is_asked_for_again() {
    let mut world = april();
    world.does(&refund(1, 1, None, AfterRefund::Keep));
    world.forget();
    let again = |failed, refund| Command::RefundAgain {
        failed: RefundId::new(failed),
        refund: RefundId::new(refund),
    };
    let report = |refund, done| Command::RefundReport {
        refund: RefundId::new(refund),
        done,
    };
    let refused = |refusal| Refusal::Payment(refusal);
    let not_owed = |refund| refused(PaymentRefusal::NotOwed(RefundId::new(refund)));
    assert_eq!(world.refused(&again(1, 2)), not_owed(1), "it is under way");
    world.does(&report(1, false));
    for _ in 0..2 {
        world.does(&again(1, 2));
    }
    // What was said of the first is said of no other.
    world.does(&report(1, false));
    let twice = PaymentRefusal::GivenBackTwice(RefundId::new(1));
    assert_eq!(world.refused(&report(1, true)), refused(twice));
    assert_eq!(world.refused(&again(1, 3)), not_owed(1), "another is");
    world.does(&report(2, false));
    world.does(&again(2, 3));
    world.does(&report(3, true));
    world.saw(&[
        "refund failed",
        "refund 15.00 USD of #1/1 again",
        "refund failed",
        "refund 15.00 USD of #1/1 again",
        "refunded 15.00 USD",
    ]);
    assert_eq!(world.refused(&again(3, 4)), not_owed(3), "it was done");
    assert_eq!(world.balance(LedgerAccount::RefundsPayable), 0);
    assert_eq!(world.balance(LedgerAccount::Provider), 0);
}

#[test]
fn what_a_bank_has_taken_isnt_asked_for_again() {
    let mut world = april();
    world.does(&refund(1, 1, None, AfterRefund::Keep));
    let (refund, charge) = (
        RefundId::new(1),
        ChargeId {
            order: OrderId::new(1),
            attempt: 1,
        },
    );
    world.does(&Command::RefundReport {
        refund,
        done: false,
    });
    world.does(&Command::Chargeback {
        dispute: DisputeId::new(1),
        charge,
        amount: money("15.00 USD"),
    });
    let again = Command::RefundAgain {
        failed: refund,
        refund: RefundId::new(2),
    };
    let taken = PaymentRefusal::TakenBack(charge);
    assert_eq!(world.refused(&again), Refusal::Payment(taken));
}

fn elsewhere(id: u128, amount: &str, done: bool) -> Command {
    Command::RefundedElsewhere {
        refund: RefundId::new(id),
        charge: ChargeId {
            order: OrderId::new(1),
            attempt: 1,
        },
        amount: money(amount),
        done,
    }
}

#[test]
fn what_was_given_back_in_the_providers_dashboard_is_booked_once_and_ends_nothing() {
    let mut world = april();
    world.does(&elsewhere(1, "5.00 USD", false));
    world.saw(&[]);
    for _ in 0..2 {
        world.does(&elsewhere(1, "5.00 USD", true));
    }
    world.does(&elsewhere(2, "10.00 USD", true));
    world.saw(&[
        "refund 5.00 USD of #1/1 (elsewhere)",
        "refunded 5.00 USD",
        "refund 10.00 USD of #1/1 (elsewhere)",
        "refunded 10.00 USD",
    ]);
    assert!(world.may_read(), "nobody said that it was to end");
    assert_eq!(world.balance(LedgerAccount::RefundsPayable), 0);
    assert_eq!(world.balance(LedgerAccount::Provider), 0);
    let asks = |fact: &Fact| matches!(fact, Fact::Payment(fact) if fact.asks_provider());
    let asked: Vec<&str> = world
        .history
        .iter()
        .filter(|fact| asks(fact))
        .map(Fact::name)
        .collect();
    assert_eq!(
        asked,
        ["charge_requested"],
        "nobody is asked to give it back again"
    );
    // Nothing is left that care could give back.
    let left = money("0.00 USD");
    let too_much = PaymentRefusal::RefundTooLarge { left };
    let refused = world.refused(&refund(3, 1, Some("1.00 USD"), AfterRefund::Keep));
    assert_eq!(refused, Refusal::Payment(too_much));
    // The reader's bank won't take it, and then it will.
    world.does(&elsewhere(1, "5.00 USD", false));
    world.saw(&["refund returned 5.00 USD"]);
    assert_eq!(world.balance(LedgerAccount::RefundsPayable), -500);
    world.does(&elsewhere(4, "5.00 USD", true));
    world.saw(&["refund 5.00 USD of #1/1 again", "refunded 5.00 USD"]);
    assert_eq!(world.balance(LedgerAccount::RefundsPayable), 0);
}

#[test]
fn what_was_owed_is_settled_by_a_refund_in_the_providers_dashboard() {
    let mut world = april();
    world.does(&refund(1, 1, None, AfterRefund::Keep));
    let failed = RefundId::new(1);
    world.does(&Command::RefundReport {
        refund: failed,
        done: false,
    });
    world.forget();
    for _ in 0..2 {
        world.does(&elsewhere(2, "15.00 USD", true));
    }
    world.saw(&["refund 15.00 USD of #1/1 again", "refunded 15.00 USD"]);
    assert_eq!(world.balance(LedgerAccount::RefundsPayable), 0);
    assert_eq!(world.balance(LedgerAccount::Provider), 0);
    let refund = RefundId::new(3);
    let again = world.refused(&Command::RefundAgain { failed, refund });
    assert_eq!(again, Refusal::Payment(PaymentRefusal::NotOwed(failed)));
}
