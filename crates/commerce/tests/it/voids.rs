//! Charges that are called off, before anybody has said what became of them.

use crate::payments::{charge, paid, renewing, report};
use crate::support::*;
use ludgate_commerce::ids::PaymentMethodId;
use ludgate_commerce::payment::{DeclineReason, Outcome};
use ludgate_commerce::subscription::*;

#[test]
fn a_bank_that_still_waits_doesnt_undo_that_its_charge_is_called_off() {
    let mut world = renewing();
    world.reports(Outcome::NeedsAuthentication);
    let method = PaymentMethodId::new(2);
    world.does(&Command::SetPaymentMethod { method });
    world.reports(Outcome::NeedsAuthentication);
    world.declined(DeclineReason::Voided);
    world.saw(&[
        "confirm #2/1 until 2027-02-15 09:00",
        "grace until 2027-02-15 09:00",
        "method 2",
        "void #2/1",
        "declined #2/1 (voided), again 2027-02-02 09:00",
        "charge #2/2",
    ]);
}

#[test]
fn what_is_given_up_is_called_off_again_until_it_is_known_that_it_was() {
    let mut world = renewing();
    world.reports(Outcome::NeedsAuthentication);
    let method = PaymentMethodId::new(2);
    world.does(&Command::SetPaymentMethod { method });
    // Whether the bank was told is anybody's guess.
    world.reports(Outcome::Unknown);
    world.does(&Command::Revoke);
    world.saw(&[
        "confirm #2/1 until 2027-02-15 09:00",
        "grace until 2027-02-15 09:00",
        "method 2",
        "void #2/1",
        "unknown #2/1, ask 2027-02-01 09:01",
        "void #2/1",
        "failed #2",
        "ended: revoked",
    ]);
    // Known to have failed, it needn't be.
    let mut world = renewing();
    world.declined(DeclineReason::Refused);
    world.does(&Command::Revoke);
    world.saw(&[
        "declined #2/1 (refused), again 2027-02-02 09:00",
        "grace until 2027-02-15 09:00",
        "failed #2",
        "ended: revoked",
    ]);
}

#[test]
fn a_charge_that_nobody_wants_may_come_until_its_outcome_is_known() {
    let may_come = |world: &World, attempt| {
        let payments = &world.state().payments;
        payments.may_come_unwanted(charge(2, attempt))
    };
    let mut world = renewing();
    assert!(!may_come(&world, 1), "it is wanted");
    world.reports(Outcome::NeedsAuthentication);
    assert!(!may_come(&world, 1), "the reader is waited for");
    let method = PaymentMethodId::new(2);
    world.does(&Command::SetPaymentMethod { method });
    assert!(may_come(&world, 1), "it is being called off");
    world.does(&Command::Revoke);
    assert!(may_come(&world, 1), "it was given up");
    world.does(&report(charge(2, 1), paid("15.00 USD")));
    assert!(!may_come(&world, 1), "it came");

    let mut world = renewing();
    world.declined(DeclineReason::Refused);
    assert!(!may_come(&world, 1), "it failed");
    assert!(!may_come(&world, 2), "it was never asked for");
    let mut world = renewing();
    world.goes_to("2027-02-14 00:00");
    assert!(may_come(&world, 1), "nobody ever said");
}
