//! Whole lives: from the first day to the last, with every fact there is.

use crate::support::*;
use ludgate_commerce::catalog::Relation;
use ludgate_commerce::entitlement::relation;
use ludgate_commerce::ids::{AccountId, PaymentMethodId};
use ludgate_commerce::ledger::LedgerAccount;
use ludgate_commerce::payment::DeclineReason;
use ludgate_commerce::subscription::*;

#[test]
fn trial_to_paid_to_lapsed_to_won_back() {
    let mut world = World::at("2027-01-01 09:00");
    world.takes("trial");
    world.saw(&[
        "begun trial",
        "period trial from 2027-01-01 09:00 to 2027-01-15 09:00",
    ]);
    world.stands("trial until 2027-01-29 09:00");

    world.goes_to("2027-01-15 09:00");
    world.saw(&[
        "reminder: trial-ends in 7 days",
        "reminder: trial-ends in 1 days",
        "period over, 0.00 USD earned",
        "order #1 renewal 15.00 USD",
        "charge #1/1",
    ]);
    assert!(world.may_read(), "while the charge is under way");
    world.paid();
    world.saw(&[
        "paid #1/1",
        "period evergreen from 2027-01-15 09:00 to 2027-02-15 09:00",
    ]);
    world.stands("paid until 2027-03-01 09:00");

    world.goes_to("2027-02-15 09:00");
    world.saw(&[
        "period over, 15.00 USD earned",
        "order #2 renewal 15.00 USD",
        "charge #2/1",
    ]);
    world.declined(DeclineReason::InsufficientFunds);
    world.saw(&[
        "declined #2/1 (insufficient-funds), again 2027-02-16 09:00",
        "grace until 2027-03-01 09:00",
    ]);
    world.stands("grace until 2027-03-01 09:00");
    let retries = [
        ("2027-02-16 09:00", 2, ", again 2027-02-18 09:00"),
        ("2027-02-18 09:00", 3, ", again 2027-02-22 09:00"),
        ("2027-02-22 09:00", 4, ", again 2027-02-27 09:00"),
        ("2027-02-27 09:00", 5, ""),
    ];
    for (at, attempt, again) in retries {
        world.goes_to(at);
        world.saw(&[&format!("charge #2/{attempt}")]);
        world.declined(DeclineReason::InsufficientFunds);
        world.saw(&[&format!(
            "declined #2/{attempt} (insufficient-funds){again}"
        )]);
        assert!(world.may_read(), "access is kept during dunning");
    }
    world.goes_to("2027-03-01 08:59:59");
    world.saw(&[]);
    assert!(world.may_read());
    world.goes_to("2027-03-01 09:00");
    world.saw(&["failed #2", "ended: payment-failed"]);
    assert!(!world.may_read());
    world.stands("ended subscription until 2027-03-01 09:00");
    let lapsed = relation(AccountId::new(7), [world.state()], world.now);
    assert_eq!(lapsed, Relation::Lapsed);

    // The lapsed reader's offer, as another subscription.
    let old = world.state().clone();
    let mut world = World::at("2027-06-01 12:00");
    world.takes("back");
    world.paid();
    world.saw(&[
        "begun back",
        "order #1 begin 5.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period intro from 2027-06-01 12:00 to 2027-07-01 12:00",
    ]);
    let both = relation(AccountId::new(7), [&old, world.state()], world.now);
    assert_eq!(both, Relation::Current);
}

#[test]
fn a_trial_without_a_card_ends_by_itself_and_to_the_second() {
    let mut world = World::at("2027-01-01 09:00");
    let terms = world.terms("taster");
    world.begins(terms, None).expect("a beginning");
    world.stands("trial until 2027-01-15 09:00");
    world.goes_to("2027-01-15 08:59:59");
    assert!(world.may_read());
    world.sleeps_to("2027-01-15 09:00");
    assert!(!world.may_read(), "whether anybody ticks or not");
    world.ticks();
    world.saw(&[
        "begun taster",
        "period trial from 2027-01-01 09:00 to 2027-01-15 09:00",
        "reminder: trial-ends in 7 days",
        "reminder: trial-ends in 1 days",
        "period over, 0.00 USD earned",
        "ended: trial-over",
    ]);
    world.stands("ended trial until 2027-01-15 09:00");
}

#[test]
fn a_trial_that_needs_a_card_isnt_begun_without_one() {
    let mut world = World::at("2027-01-01 09:00");
    let terms = world.terms("trial");
    let refusal = world.begins(terms, None);
    assert_eq!(refusal, Err(Refusal::PaymentMethodMissing));
}

#[test]
fn a_card_given_during_the_trial_lets_it_go_on() {
    let mut world = World::paying("2027-01-01 09:00");
    let terms = world.terms("taster");
    world.begins(terms, None).expect("a beginning");
    world.goes_to("2027-01-10 00:00");
    let method = PaymentMethodId::new(3);
    world.does(&Command::SetPaymentMethod { method });
    world.stands("trial until 2027-01-29 09:00");
    world.goes_to("2027-01-15 09:00");
    world.stands("paid until 2027-03-01 09:00");
}

#[test]
fn trial_intro_evergreen_each_at_its_price() {
    let mut world = World::paying("2027-01-24 20:00");
    world.takes("gentle");
    world.goes_to("2027-05-01 00:00");
    world.saw(&[
        "begun gentle",
        "period trial from 2027-01-24 20:00 to 2027-01-31 20:00",
        "reminder: trial-ends in 1 days",
        "period over, 0.00 USD earned",
        "order #1 renewal 1.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period intro from 2027-01-31 20:00 to 2027-02-28 20:00",
        "period over, 1.00 USD earned",
        "order #2 renewal 1.00 USD",
        "charge #2/1",
        "paid #2/1",
        "period intro from 2027-02-28 20:00 to 2027-03-31 20:00",
        "period over, 1.00 USD earned",
        "order #3 renewal 15.00 USD",
        "charge #3/1",
        "paid #3/1",
        "period evergreen from 2027-03-31 20:00 to 2027-04-30 20:00",
        "period over, 15.00 USD earned",
        "order #4 renewal 15.00 USD",
        "charge #4/1",
        "paid #4/1",
        "period evergreen from 2027-04-30 20:00 to 2027-05-31 20:00",
    ]);
}

#[test]
fn the_winter_offer_is_nine_dollars_for_three_months_and_then_the_plans_price() {
    let mut world = World::paying("2026-12-31 10:00");
    world.takes("winter");
    world.goes_to("2027-04-30 10:00");
    world.saw(&[
        "begun winter",
        "order #1 begin 9.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period intro from 2026-12-31 10:00 to 2027-03-31 10:00",
        "period over, 9.00 USD earned",
        "order #2 renewal 15.00 USD",
        "charge #2/1",
        "paid #2/1",
        "period evergreen from 2027-03-31 10:00 to 2027-04-30 10:00",
        "period over, 15.00 USD earned",
        "order #3 renewal 15.00 USD",
        "charge #3/1",
        "paid #3/1",
        "period evergreen from 2027-04-30 10:00 to 2027-05-31 10:00",
    ]);
}

#[test]
fn cancelling_keeps_access_to_the_end_of_what_was_paid() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("standard");
    world.goes_to("2027-01-20 00:00");
    world.saw(&[
        "begun standard",
        "order #1 begin 15.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-01-01 09:00 to 2027-02-01 09:00",
    ]);
    let cancel = Command::Cancel {
        when: CancelWhen::PeriodEnd,
        reason: CancelReason::Price,
    };
    world.does(&cancel);
    world.saw(&["cancelled for 2027-02-01 09:00 (price)"]);
    world.stands("paid until 2027-02-01 09:00");
    world.does(&cancel);
    world.saw(&[]);
    world.does(&Command::Reactivate);
    world.saw(&["not cancelled after all"]);
    world.stands("paid until 2027-02-15 09:00");
    assert_eq!(world.refused(&Command::Reactivate), Refusal::NotEnding);
    world.does(&cancel);
    world.goes_to("2027-02-01 08:59:59");
    assert!(world.may_read());
    world.goes_to("2027-02-01 09:00");
    world.saw(&[
        "cancelled for 2027-02-01 09:00 (price)",
        "period over, 15.00 USD earned",
        "ended: cancelled(price)",
    ]);
    assert!(!world.may_read());
    assert_eq!(world.refused(&Command::Resume), Refusal::Ended);
}

#[test]
fn a_trial_that_is_cancelled_costs_nothing() {
    let mut world = World::at("2027-01-01 09:00");
    world.takes("trial");
    world.does(&Command::Cancel {
        when: CancelWhen::PeriodEnd,
        reason: CancelReason::Unsaid,
    });
    world.goes_to("2028-01-01 00:00");
    world.saw(&[
        "begun trial",
        "period trial from 2027-01-01 09:00 to 2027-01-15 09:00",
        "cancelled for 2027-01-15 09:00 (unsaid)",
        "period over, 0.00 USD earned",
        "ended: cancelled(unsaid)",
    ]);
    world.stands("ended trial until 2027-01-15 09:00");
}

#[test]
fn who_was_reminded_is_reminded_anew_of_an_end_that_has_moved() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("trial");
    world.goes_to("2027-01-14 10:00");
    let by = "2 weeks".parse().expect("an interval");
    world.does(&Command::Extend { by });
    world.goes_to("2027-01-28 10:00");
    world.saw(&[
        "begun trial",
        "period trial from 2027-01-01 09:00 to 2027-01-15 09:00",
        "reminder: trial-ends in 7 days",
        "reminder: trial-ends in 1 days",
        "extended until 2027-01-29 09:00",
        "reminder: trial-ends in 7 days",
        "reminder: trial-ends in 1 days",
    ]);
}

#[test]
fn what_was_paid_elsewhere_isnt_lost_by_a_change_of_plan() {
    let mut world = World::paying("2027-01-10 09:00");
    let until = local(&world.catalog.zone, "2027-01-31 12:00");
    let command = Begin {
        account: AccountId::new(7),
        terms: world.terms("standard"),
        acceptance: acceptance(world.now),
        tax_status: world.customer,
        method: Some(PaymentMethodId::new(1)),
        address: None,
        funding: Funding::Elsewhere { until },
    };
    world.begins_by(&command).expect("a beginning");
    let mut change = ChangePlan {
        terms: world.terms("premium"),
        intro: IntroOnChange::LeftOut,
        acceptance: acceptance(world.now),
        when: ChangeWhen::Now,
        as_of: None,
        order: world.order(),
        refund: world.refund(),
    };
    let now = Command::ChangePlan(Box::new(change.clone()));
    let until = Some(until);
    assert_eq!(world.refused(&now), Refusal::PaidElsewhere { until });
    change.when = ChangeWhen::PeriodEnd;
    world.does(&Command::ChangePlan(Box::new(change.clone())));
    // What was paid here can be reckoned with.
    world.goes_to("2027-02-10 12:00");
    change.when = ChangeWhen::Now;
    change.terms = world.terms("standard");
    world.does(&Command::ChangePlan(Box::new(change)));
}

#[test]
fn complimentary_access_lasts_until_it_was_given_or_is_revoked() {
    for (until, revoked) in [(Some("2027-03-01"), false), (None, true)] {
        let mut world = World::at("2027-01-01 09:00");
        let given = until.map(|day| local(&world.catalog.zone, day));
        let command = Begin {
            account: AccountId::new(7),
            terms: world.terms("pass"),
            acceptance: acceptance(world.now),
            tax_status: world.customer,
            method: None,
            address: None,
            funding: Funding::Complimentary { until: given },
        };
        world.begins_by(&command).expect("a beginning");
        let stands = until.map_or("complimentary".into(), |day| {
            format!("complimentary until {day}")
        });
        world.stands(&stands);
        world.goes_to("2027-02-28 23:59:59");
        assert!(world.may_read());
        if revoked {
            world.does(&Command::Revoke);
        }
        world.goes_to("2027-03-01");
        assert!(!world.may_read());
        world.stands(if revoked {
            "ended subscription until 2027-02-28 23:59:59"
        } else {
            "ended subscription until 2027-03-01"
        });
    }
}

#[test]
fn who_is_brought_over_from_another_system_goes_on_where_they_were() {
    let begin = |world: &World, offer: &str, method| Begin {
        account: AccountId::new(7),
        terms: world.terms(offer),
        acceptance: acceptance(world.now),
        tax_status: world.customer,
        method,
        address: None,
        funding: Funding::Elsewhere {
            until: local(&world.catalog.zone, "2027-01-31 12:00"),
        },
    };
    let mut world = World::paying("2027-01-10 09:00");
    let command = begin(&world, "standard", Some(PaymentMethodId::new(1)));
    world.begins_by(&command).expect("a beginning");
    world.goes_to("2027-02-28 12:00");
    world.saw(&[
        "begun standard",
        "period evergreen from 2027-01-10 09:00 to 2027-01-31 12:00",
        "period over, 0.00 USD earned",
        "order #1 renewal 15.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-01-31 12:00 to 2027-02-28 12:00",
        "period over, 15.00 USD earned",
        "order #2 renewal 15.00 USD",
        "charge #2/1",
        "paid #2/1",
        "period evergreen from 2027-02-28 12:00 to 2027-03-31 12:00",
    ]);
    // Without anything to pay with it ends when it would have.
    let mut world = World::paying("2027-01-10 09:00");
    let command = begin(&world, "standard", None);
    world.begins_by(&command).expect("a beginning");
    world.stands("paid until 2027-01-31 12:00");
    world.goes_to("2027-02-28 12:00");
    world.saw(&[
        "begun standard",
        "period evergreen from 2027-01-10 09:00 to 2027-01-31 12:00",
        "period over, 0.00 USD earned",
        "ended: expired",
    ]);
    // And what is over already isn't brought over.
    let mut world = World::paying("2027-01-31 12:00");
    let command = begin(&world, "standard", None);
    assert_eq!(world.begins_by(&command), Err(Refusal::EndsBeforeItBegins));
}

#[test]
fn a_merged_account_has_what_the_other_had_and_once_had() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("standard");
    let to = AccountId::new(8);
    world.does(&Command::Transfer { to });
    world.does(&Command::Transfer { to });
    let relation_of =
        |world: &World, account| relation(AccountId::new(account), [world.state()], world.now);
    assert_eq!(relation_of(&world, 7), Relation::Registered);
    assert_eq!(relation_of(&world, 8), Relation::Current);
    world.does(&Command::Revoke);
    let to = AccountId::new(9);
    world.does(&Command::Transfer { to });
    assert_eq!(relation_of(&world, 9), Relation::Lapsed);
}

#[test]
fn complimentary_access_on_a_plan_that_renews_ends_all_the_same() {
    let mut world = World::paying("2027-01-01 09:00");
    let command = Begin {
        account: AccountId::new(7),
        terms: world.terms("standard"),
        acceptance: acceptance(world.now),
        tax_status: world.customer,
        method: Some(PaymentMethodId::new(1)),
        address: None,
        funding: Funding::Complimentary {
            until: Some(local(&world.catalog.zone, "2027-02-01")),
        },
    };
    world.begins_by(&command).expect("a beginning");
    world.stands("complimentary until 2027-02-01");
    world.goes_to("2027-02-01");
    world.saw(&[
        "begun standard",
        "period complimentary from 2027-01-01 09:00 to 2027-02-01",
        "period over, 0.00 USD earned",
        "ended: expired",
    ]);
}

#[test]
fn a_day_pass_lasts_a_day_and_leaves_no_trace() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("pass");
    world.stands("paid until 2027-01-02 09:00");
    world.goes_to("2027-01-02 08:59:59");
    assert!(world.may_read());
    world.goes_to("2027-01-02 09:00");
    world.saw(&[
        "begun pass",
        "order #1 begin 2.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period fixed-term from 2027-01-01 09:00 to 2027-01-02 09:00",
        "period over, 2.00 USD earned",
        "ended: expired",
    ]);
    world.stands("none");
    let relation = relation(AccountId::new(7), [world.state()], world.now);
    assert_eq!(relation, Relation::Registered);
}

#[test]
fn a_story_that_is_bought_is_the_readers_for_good_and_opens_no_other() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("single");
    // It is delivered when it begins, and so there is nothing to wait for.
    world.saw(&[
        "begun single",
        "order #1 begin 1.50 USD",
        "charge #1/1",
        "paid #1/1",
        "period fixed-term from 2027-01-01 09:00 to ever",
        "period over, 1.50 USD earned",
    ]);
    assert_eq!(world.balance(LedgerAccount::Revenue), -150);
    world.goes_to("2047-01-01 09:00");
    world.saw(&[]);
    let snapshot = ludgate_commerce::entitlement::snapshot(AccountId::new(7), [world.state()]);
    assert!(!snapshot.entitlements.active("read", world.now));
    let story = snapshot.stories.iter().next().expect("the story");
    assert_eq!(
        (story.story.as_str(), story.until),
        ("/stories/the-tide-gauge", None)
    );
}

#[test]
fn print_is_delivered_somewhere() {
    let mut world = World::paying("2027-01-01 09:00");
    let command = Begin {
        account: AccountId::new(7),
        terms: world.terms("paper"),
        acceptance: acceptance(world.now),
        tax_status: world.customer,
        method: Some(PaymentMethodId::new(1)),
        address: None,
        funding: Funding::Own {
            order: world.order(),
        },
    };
    assert_eq!(world.begins_by(&command), Err(Refusal::AddressMissing));
    world.takes("paper");
    let address = ludgate_commerce::ids::AddressId::new(2);
    world.does(&Command::SetAddress { address });
    assert_eq!(world.state().address, Some(address));
    assert_eq!(world.state().delivered_to(), Some(address));

    let mut world = World::paying("2027-01-01 09:00");
    world.takes("pass");
    let refusal = world.refused(&Command::SetAddress { address });
    assert_eq!(refusal, Refusal::NotDelivered);
}

#[test]
fn care_can_make_a_period_longer() {
    let mut world = World::paying("2027-01-31 09:00");
    world.takes("standard");
    world.goes_to("2027-02-10 00:00");
    let by = "1 month".parse().expect("an interval");
    world.does(&Command::Extend { by });
    world.goes_to("2027-03-31 09:00");
    world.saw(&[
        "begun standard",
        "order #1 begin 15.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-01-31 09:00 to 2027-02-28 09:00",
        "extended until 2027-03-31 09:00",
        "period over, 15.00 USD earned",
        "order #2 renewal 15.00 USD",
        "charge #2/1",
        "paid #2/1",
        "period evergreen from 2027-03-31 09:00 to 2027-04-30 09:00",
    ]);
}

#[test]
fn the_catalog_can_change_without_changing_what_was_bought() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("standard");
    // Everything is gone, and nobody's subscription is.
    world.catalog.offers.clear();
    world.catalog.plans.clear();
    world.catalog.products.clear();
    world.goes_to("2027-02-01 09:00");
    world.stands("paid until 2027-03-15 09:00");
    assert_eq!(world.state().payments.payments().count(), 2);
}
