//! Changes of plan, at once and at the period's end.

use crate::support::*;
use ludgate_commerce::ids::{AddressId, RefundId};
use ludgate_commerce::payment::{DeclineReason, Outcome};
use ludgate_commerce::subscription::*;

fn change(world: &mut World, offer: &str, when: ChangeWhen) -> Command {
    Command::ChangePlan(Box::new(ChangePlan {
        terms: world.terms(offer),
        intro: IntroOnChange::LeftOut,
        acceptance: acceptance(world.now),
        when,
        as_of: None,
        order: world.order(),
        refund: world.refund(),
    }))
}

/// A 30-day April, paid monthly, half of it over.
fn mid_april(offer: &str) -> World {
    let mut world = World::paying("2027-04-01 00:00");
    world.takes(offer);
    world.goes_to("2027-04-16 00:00");
    let _ = world.state();
    world
}

#[test]
fn an_upgrade_in_mid_trial_costs_nothing_until_the_trial_is_over() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("trial");
    world.goes_to("2027-01-05 00:00");
    let command = change(&mut world, "premium", ChangeWhen::Now);
    world.does(&command);
    world.stands("trial until 2027-01-29 09:00");
    world.goes_to("2027-01-15 09:00");
    world.saw(&[
        "begun trial",
        "period trial from 2027-01-01 09:00 to 2027-01-15 09:00",
        "is premium now",
        "reminder: trial-ends in 7 days",
        "reminder: trial-ends in 1 days",
        "period over, 0.00 USD earned",
        "order #1 renewal 30.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-01-15 09:00 to 2027-02-15 09:00",
    ]);
}

#[test]
fn a_better_plan_at_once_costs_the_difference_for_the_rest() {
    let mut world = mid_april("standard");
    let command = change(&mut world, "premium", ChangeWhen::Now);
    world.does(&command);
    world.goes_to("2027-05-01 00:00");
    world.saw(&[
        "begun standard",
        "order #1 begin 15.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-04-01 to 2027-05-01",
        "to be premium on payment",
        "order #2 plan-change 7.50 USD",
        "charge #2/1",
        "paid #2/1",
        "is premium now",
        "period over, 22.50 USD earned",
        "order #3 renewal 30.00 USD",
        "charge #3/1",
        "paid #3/1",
        "period evergreen from 2027-05-01 to 2027-06-01",
    ]);
}

#[test]
fn a_cheaper_plan_at_once_gives_the_difference_back() {
    let mut world = mid_april("premium");
    let command = change(&mut world, "standard", ChangeWhen::Now);
    world.does(&command);
    world.goes_to("2027-05-01 00:00");
    world.saw(&[
        "begun premium",
        "order #1 begin 30.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-04-01 to 2027-05-01",
        "refund 7.50 USD of #1/1 (plan-change)",
        "is monthly now",
        "period over, 22.50 USD earned",
        "order #2 renewal 15.00 USD",
        "charge #2/1",
        "paid #2/1",
        "period evergreen from 2027-05-01 to 2027-06-01",
    ]);
}

#[test]
fn from_monthly_to_yearly_a_new_period_begins_less_what_is_unused() {
    let mut world = mid_april("standard");
    let command = change(&mut world, "yearly", ChangeWhen::Now);
    world.does(&command);
    world.saw(&[
        "begun standard",
        "order #1 begin 15.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-04-01 to 2027-05-01",
        "to be yearly on payment, anew",
        "order #2 plan-change 112.50 USD",
        "charge #2/1",
        "paid #2/1",
        "period over, 7.50 USD earned",
        "is yearly now",
        "period evergreen from 2027-04-16 to 2028-04-16",
    ]);
    assert_eq!(world.state().deferred, money("120.00 USD"));
}

#[test]
fn from_yearly_to_monthly_the_rest_goes_back() {
    let mut world = World::paying("2027-01-01 00:00");
    world.takes("yearly");
    // 73 of 365 days.
    world.goes_to("2027-03-15 00:00");
    let command = change(&mut world, "standard", ChangeWhen::Now);
    world.does(&command);
    world.goes_to("2027-04-15 00:00");
    world.saw(&[
        "begun yearly",
        "order #1 begin 120.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-01-01 to 2028-01-01",
        "refund 81.00 USD of #1/1 (plan-change)",
        "period over, 24.00 USD earned",
        "is monthly now",
        "period evergreen from 2027-03-15 to 2027-04-15",
        "period over, 15.00 USD earned",
        "order #2 renewal 15.00 USD",
        "charge #2/1",
        "paid #2/1",
        "period evergreen from 2027-04-15 to 2027-05-15",
    ]);
}

#[test]
fn a_change_that_isnt_paid_doesnt_come_about() {
    let mut world = mid_april("standard");
    world.pays = false;
    let command = change(&mut world, "premium", ChangeWhen::Now);
    world.does(&command);
    assert_eq!(
        world.state().terms.plan,
        plan_id("monthly"),
        "not before it is paid"
    );
    assert_eq!(world.refused(&command), Refusal::PaymentUnderWay);
    assert_eq!(world.refused(&Command::KeepPlan), Refusal::PaymentUnderWay);
    world.declined(DeclineReason::InsufficientFunds);
    world.saw(&[
        "begun standard",
        "order #1 begin 15.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-04-01 to 2027-05-01",
        "to be premium on payment",
        "order #2 plan-change 7.50 USD",
        "charge #2/1",
        "declined #2/1 (insufficient-funds)",
        "failed #2",
        "no change of plan",
    ]);
    world.stands("paid until 2027-05-15");

    // Nobody confirms it: it is called off when the checkout closes.
    world.does(&command_again(&mut world.terms("premium"), world.now));
    world.reports(Outcome::NeedsAuthentication);
    world.goes_to("2027-04-17 00:00");
    world.declined(DeclineReason::Voided);
    world.saw(&[
        "to be premium on payment",
        "order #9 plan-change 7.50 USD",
        "charge #9/1",
        "confirm #9/1 until 2027-04-17",
        "void #9/1",
        "declined #9/1 (voided)",
        "failed #9",
        "no change of plan",
    ]);
    world.stands("paid until 2027-05-15");
}

#[test]
fn what_was_shown_of_a_change_is_charged_half_an_hour_long() {
    let shown_at = |world: &World, minutes: i64| {
        let ago = jiff::SignedDuration::from_mins(minutes);
        Some(world.now - ago)
    };
    for (minutes, charged) in [
        // 29 minutes of a month cost a cent more, and so does any longer time.
        (29, "7.51 USD"),
        (300_000, "7.51 USD"),
        (0, "7.50 USD"),
        // A time to come is now.
        (-60, "7.50 USD"),
    ] {
        let mut world = mid_april("standard");
        world.forget();
        let mut command = change(&mut world, "premium", ChangeWhen::Now);
        if let Command::ChangePlan(change) = &mut command {
            change.as_of = shown_at(&world, minutes);
        }
        world.does(&command);
        world.saw(&[
            "to be premium on payment",
            &format!("order #2 plan-change {charged}"),
            "charge #2/1",
            "paid #2/1",
            "is premium now",
        ]);
        // Nor is anything given back for the time before that was agreed to.
        let mut command = change(&mut world, "standard", ChangeWhen::Now);
        if let Command::ChangePlan(change) = &mut command {
            change.as_of = shown_at(&world, 30);
        }
        world.does(&command);
        world.saw(&["refund 7.50 USD of #2/1 (plan-change)", "is monthly now"]);
    }
}

/// A change to a better plan that waits for the reader's bank.
fn at_the_bank() -> World {
    let mut world = mid_april("standard");
    world.pays = false;
    let command = change(&mut world, "premium", ChangeWhen::Now);
    world.does(&command);
    world.reports(Outcome::NeedsAuthentication);
    world.forget();
    world
}

#[test]
fn a_change_that_is_being_paid_for_isnt_overtaken_by_a_reminder_that_comes_too_late() {
    let mut world = World::at("2027-04-01 00:00");
    world.catalog.policy.reminders.renewal_days = vec![1];
    world.takes("standard");
    world.paid();
    world.goes_to("2027-04-28 12:00");
    let command = change(&mut world, "premium", ChangeWhen::Now);
    world.does(&command);
    world.forget();
    // Nobody looks what is due until the period is over, and the change isn't.
    world.sleeps_to("2027-05-02 00:00");
    world.ticks();
    world.saw(&["inquiry 1 about #2/1"]);
    world.paid();
    world.ticks();
    // Nobody had the better plan for what is over, and nobody pays for it.
    world.saw(&[
        "paid #2/1",
        "refund 1.25 USD of #2/1 (surplus)",
        "is premium now",
        "period over, 15.00 USD earned",
        "order #3 renewal 30.00 USD",
        "charge #3/1",
    ]);
}

#[test]
fn who_is_reminded_of_a_renewal_isnt_while_a_change_of_plan_is_being_paid_for() {
    let mut world = World::at("2027-04-01 00:00");
    world.catalog.policy.reminders.renewal_days = vec![3, 1];
    world.takes("standard");
    world.paid();
    world.goes_to("2027-04-27 12:00");
    let command = change(&mut world, "premium", ChangeWhen::Now);
    world.does(&command);
    world.reports(Outcome::NeedsAuthentication);
    world.forget();
    world.goes_to("2027-04-28 06:00");
    world.saw(&[]);
    world.paid();
    world.goes_to("2027-04-30 00:00");
    world.saw(&[
        "paid #2/1",
        "is premium now",
        "reminder: renews in 3 days",
        "reminder: renews in 1 days",
    ]);
}

#[test]
fn a_change_that_waits_for_the_bank_is_given_up_once_it_is_called_off() {
    let mut world = at_the_bank();
    world.does(&Command::KeepPlan);
    // It may have been confirmed before.
    assert_eq!(world.refused(&Command::KeepPlan), Refusal::PaymentUnderWay);
    world.declined(DeclineReason::Voided);
    world.saw(&[
        "void #2/1",
        "declined #2/1 (voided)",
        "failed #2",
        "no change of plan",
    ]);
    assert_eq!(world.refused(&Command::KeepPlan), Refusal::NoChangePending);

    let mut world = at_the_bank();
    world.does(&Command::KeepPlan);
    world.paid();
    world.saw(&["void #2/1", "paid #2/1", "is premium now"]);
}

#[test]
fn a_change_that_waits_for_the_bank_is_paid_with_another_card() {
    let mut world = at_the_bank();
    let method = ludgate_commerce::ids::PaymentMethodId::new(2);
    world.does(&Command::SetPaymentMethod { method });
    world.declined(DeclineReason::Voided);
    world.paid();
    world.saw(&[
        "method 2",
        "void #2/1",
        "declined #2/1 (voided)",
        "charge #2/2",
        "paid #2/2",
        "is premium now",
    ]);

    // But not once the period is over that it was for.
    let mut world = at_the_bank();
    world.does(&Command::SetPaymentMethod { method });
    world.sleeps_to("2027-05-01 00:00");
    world.declined(DeclineReason::Voided);
    world.saw(&[
        "method 2",
        "void #2/1",
        "declined #2/1 (voided)",
        "failed #2",
        "no change of plan",
    ]);
}

fn command_again(terms: &mut ludgate_commerce::terms::Terms, now: jiff::Timestamp) -> Command {
    Command::ChangePlan(Box::new(ChangePlan {
        terms: terms.clone(),
        intro: IntroOnChange::LeftOut,
        acceptance: acceptance(now),
        when: ChangeWhen::Now,
        as_of: None,
        order: ludgate_commerce::ids::OrderId::new(9),
        refund: RefundId::new(99),
    }))
}

#[test]
fn a_cheaper_plan_at_the_periods_end_costs_and_gives_back_nothing_now() {
    let mut world = mid_april("premium");
    let command = change(&mut world, "standard", ChangeWhen::PeriodEnd);
    world.does(&command);
    assert_eq!(world.state().terms.plan, plan_id("premium"));
    assert_eq!(
        world.state().next_charge().map(|(_, price)| price),
        Some(money("15.00 USD"))
    );
    world.does(&Command::KeepPlan);
    assert_eq!(world.refused(&Command::KeepPlan), Refusal::NoChangePending);
    world.does(&command);
    world.goes_to("2027-05-01 00:00");
    world.saw(&[
        "begun premium",
        "order #1 begin 30.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-04-01 to 2027-05-01",
        "to be monthly at the period's end",
        "no change of plan",
        "to be monthly at the period's end",
        "period over, 30.00 USD earned",
        "is monthly now",
        "order #2 renewal 15.00 USD",
        "charge #2/1",
        "paid #2/1",
        "period evergreen from 2027-05-01 to 2027-06-01",
    ]);
}

#[test]
fn nobody_gets_another_trial_or_introductory_price_by_changing_plans() {
    let mut world = mid_april("premium");
    for offer in ["trial", "winter"] {
        let command = change(&mut world, offer, ChangeWhen::PeriodEnd);
        world.does(&command);
    }
    world.goes_to("2027-05-01 00:00");
    let cycle = world.state().cycle.as_ref().expect("a period");
    assert_eq!(cycle.price, money("15.00 USD"));
}

#[test]
fn what_was_given_back_already_isnt_given_back_by_a_change() {
    let refund = Command::Refund {
        wish: ludgate_commerce::payment::RefundWish {
            refund: RefundId::new(1),
            charge: ludgate_commerce::ids::ChargeId {
                order: ludgate_commerce::ids::OrderId::new(2),
                attempt: 1,
            },
            amount: None,
        },
        access: AfterRefund::Keep,
    };
    // The second of two months was given back as a gesture.
    let given_back = || {
        let mut world = mid_april("premium");
        world.goes_to("2027-05-17 00:00");
        world.does(&refund);
        world.forget();
        world
    };
    let mut world = given_back();
    let command = change(&mut world, "yearly", ChangeWhen::Now);
    world.does(&command);
    world.saw(&[
        "to be yearly on payment, anew",
        "order #3 plan-change 120.00 USD",
        "charge #3/1",
        "paid #3/1",
        "period over, 0.00 USD earned",
        "is yearly now",
        "period evergreen from 2027-05-17 to 2028-05-17",
    ]);
    // A cheaper plan costs nothing all the same.
    let mut world = given_back();
    let command = change(&mut world, "standard", ChangeWhen::Now);
    world.does(&command);
    world.saw(&["is monthly now"]);
}

#[test]
fn a_change_of_plan_doesnt_bring_the_right_to_withdraw_back() {
    let mut world = mid_april("premium");
    let withdraw = Command::Withdraw {
        refund: RefundId::new(1),
    };
    let ended = world.now;
    assert_eq!(world.refused(&withdraw), Refusal::WithdrawalOver { ended });
    let command = change(&mut world, "standard", ChangeWhen::Now);
    world.does(&command);
    assert_eq!(world.refused(&withdraw), Refusal::WithdrawalOver { ended });
}

#[test]
fn an_offer_that_keeps_who_wants_to_leave_holds_from_the_next_period_on() {
    let mut world = mid_april("standard");
    let mut command = change(&mut world, "stay", ChangeWhen::PeriodEnd);
    // The same plan at the same price is no change, but for the offer.
    assert_eq!(world.refused(&command), Refusal::SamePlan);
    if let Command::ChangePlan(change) = &mut command {
        change.intro = IntroOnChange::Holds;
    }
    world.does(&command);
    let next = world.state().next_charge().expect("a charge");
    assert_eq!(next.1, money("7.50 USD"));
    world.goes_to("2027-07-01 00:00");
    world.saw(&[
        "begun standard",
        "order #1 begin 15.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-04-01 to 2027-05-01",
        "to be monthly at the period's end",
        "period over, 15.00 USD earned",
        "is monthly now",
        "order #2 renewal 7.50 USD",
        "charge #2/1",
        "paid #2/1",
        "period intro from 2027-05-01 to 2027-06-01",
        "period over, 7.50 USD earned",
        "order #3 renewal 7.50 USD",
        "charge #3/1",
        "paid #3/1",
        "period intro from 2027-06-01 to 2027-07-01",
        "period over, 7.50 USD earned",
        "order #4 renewal 15.00 USD",
        "charge #4/1",
        "paid #4/1",
        "period evergreen from 2027-07-01 to 2027-08-01",
    ]);
}

#[test]
fn who_reads_on_a_screen_can_change_to_paper_once_it_is_known_where_to() {
    let mut world = mid_april("standard");
    world.forget();
    let command = change(&mut world, "paper", ChangeWhen::Now);
    assert_eq!(world.refused(&command), Refusal::AddressMissing);
    let address = AddressId::new(1);
    world.does(&Command::SetAddress { address });
    world.does(&command);
    world.saw(&[
        "address set",
        "to be paper on payment",
        "order #2 plan-change 12.50 USD",
        "charge #2/1",
        "paid #2/1",
        "is paper now",
    ]);
    assert_eq!(world.state().address, Some(address));
}

#[test]
fn what_a_plan_cant_become_says_why() {
    let mut world = mid_april("standard");
    let rows = [
        ("standard", Refusal::SamePlan),
        ("pass", Refusal::NotRenewing),
        ("paper", Refusal::AddressMissing),
    ];
    for (offer, expected) in rows {
        let command = change(&mut world, offer, ChangeWhen::Now);
        assert_eq!(world.refused(&command), expected, "{offer}");
    }
    let mut yen = change(&mut world, "premium", ChangeWhen::Now);
    if let Command::ChangePlan(change) = &mut yen {
        change.terms = terms(&world.catalog, "standard", "JPY");
    }
    assert_eq!(world.refused(&yen), Refusal::OtherCurrency(currency("USD")));
    if let Command::ChangePlan(change) = &mut yen {
        change.terms = terms_for(&world.catalog, "team", "USD", 5);
    }
    assert_eq!(world.refused(&yen), Refusal::SeatsDiffer);
    world.does(&Command::Cancel {
        when: CancelWhen::PeriodEnd,
        reason: CancelReason::Unsaid,
    });
    let command = change(&mut world, "premium", ChangeWhen::Now);
    assert_eq!(world.refused(&command), Refusal::Ending);

    let mut world = World::paying("2027-04-01 00:00");
    world.takes("pass");
    let at = world.state().period_end();
    let command = change(&mut world, "premium", ChangeWhen::Now);
    assert_eq!(world.refused(&command), Refusal::EndsAnyway { at });
}

#[test]
fn an_upgrade_during_the_introductory_price_gives_its_rest_back_as_credit() {
    let mut world = World::paying("2026-12-01 00:00");
    world.takes("winter");
    // 45 of 90 days.
    world.goes_to("2027-01-15 00:00");
    let command = change(&mut world, "premium", ChangeWhen::Now);
    world.does(&command);
    world.saw(&[
        "begun winter",
        "order #1 begin 9.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period intro from 2026-12-01 to 2027-03-01",
        "to be premium on payment, anew",
        "order #2 plan-change 25.50 USD",
        "charge #2/1",
        "paid #2/1",
        "period over, 4.50 USD earned",
        "is premium now",
        "period evergreen from 2027-01-15 to 2027-02-15",
    ]);
}
