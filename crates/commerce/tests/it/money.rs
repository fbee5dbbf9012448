//! Currencies without decimals and with three, through a whole life.

use crate::support::*;
use ludgate_commerce::ids::{PaymentMethodId, RefundId};
use ludgate_commerce::payment::RefundReason;
use ludgate_commerce::subscription::*;

#[track_caller]
fn check(code: &str, intro: &str, price: &str, back: &str) {
    let mut world = World::paying("2027-01-01 00:00");
    let winter = terms(&world.catalog, "winter", code);
    world
        .begins(winter, Some(PaymentMethodId::new(1)))
        .expect("a beginning");
    world.goes_to("2027-04-01 00:00");
    let totals: Vec<String> = world
        .state()
        .payments
        .payments()
        .map(|payment| payment.total.to_string())
        .collect();
    assert_eq!(totals, [intro, price]);

    // Withdrawn after a third of a thirty-day month.
    let mut world = World::paying("2027-04-01 00:00");
    let standard = terms(&world.catalog, "standard", code);
    world
        .begins(standard, Some(PaymentMethodId::new(1)))
        .expect("a beginning");
    world.goes_to("2027-04-11 00:00");
    world.does(&Command::Withdraw {
        refund: RefundId::new(1),
    });
    let refund = world.state().payments.refunds.first().expect("a refund");
    assert_eq!(refund.amount, money(back), "{:?}", RefundReason::Withdrawal);
}

#[test]
fn yen_have_no_decimals_and_dinars_three() {
    check("USD", "9.00 USD", "15.00 USD", "10.00 USD");
    check("JPY", "900 JPY", "1500 JPY", "1000 JPY");
    check("KWD", "2.700 KWD", "4.500 KWD", "3.000 KWD");
}

#[test]
fn a_part_of_a_period_is_rounded_to_the_minor_unit() {
    let mut world = World::paying("2027-01-01 00:00");
    let standard = terms(&world.catalog, "standard", "JPY");
    world
        .begins(standard, Some(PaymentMethodId::new(1)))
        .expect("a beginning");
    // 1500 yen × 20 of 31 days is 967.74… yen.
    world.goes_to("2027-01-12 00:00");
    world.does(&Command::Withdraw {
        refund: RefundId::new(1),
    });
    let refund = world.state().payments.refunds.first().expect("a refund");
    assert_eq!(refund.amount, money("968 JPY"));
}
