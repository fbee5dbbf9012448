//! Renewals: late ticks, reminders, price rises.

use crate::support::*;
use ludgate_commerce::payment::DeclineReason;
use ludgate_commerce::subscription::*;
use ludgate_commerce::terms::Silence;

#[test]
fn a_tick_that_is_a_little_late_moves_nothing() {
    let mut world = World::paying("2027-01-31 09:00");
    world.takes("standard");
    world.sleeps_to("2027-03-05 17:00");
    assert!(
        world.may_read(),
        "nobody is locked out because a job is late"
    );
    world.ticks();
    world.saw(&[
        "begun standard",
        "order #1 begin 15.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-01-31 09:00 to 2027-02-28 09:00",
        "period over, 15.00 USD earned",
        "order #2 renewal 15.00 USD",
        "charge #2/1",
        "paid #2/1",
        "period evergreen from 2027-02-28 09:00 to 2027-03-31 09:00",
    ]);
}

#[test]
fn nobody_pays_for_months_in_which_the_gate_had_closed_on_them() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("standard");
    world.sleeps_to("2027-06-20 12:00");
    assert!(!world.may_read());
    world.ticks();
    world.saw(&[
        "begun standard",
        "order #1 begin 15.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-01-01 09:00 to 2027-02-01 09:00",
        "period over, 15.00 USD earned",
        "order #2 renewal 15.00 USD",
        "charge #2/1",
        "paid #2/1",
        "period evergreen from 2027-06-20 12:00 to 2027-07-20 12:00",
    ]);
}

#[test]
fn a_card_that_has_expired_is_retried_and_then_access_ends() {
    let mut world = World::at("2027-01-01 09:00");
    world.catalog.policy.dunning.grace_days = 5;
    world.catalog.policy.dunning.retry_days = vec![2, 4];
    world.takes("standard");
    world.paid();
    world.goes_to("2027-02-01 09:00");
    world.declined(DeclineReason::CardExpired);
    world.goes_to("2027-02-03 09:00");
    world.declined(DeclineReason::CardExpired);
    world.goes_to("2027-02-05 09:00");
    world.declined(DeclineReason::CardExpired);
    world.goes_to("2028-01-01 00:00");
    world.saw(&[
        "begun standard",
        "order #1 begin 15.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-01-01 09:00 to 2027-02-01 09:00",
        "period over, 15.00 USD earned",
        "order #2 renewal 15.00 USD",
        "charge #2/1",
        "declined #2/1 (card-expired), again 2027-02-03 09:00",
        "grace until 2027-02-06 09:00",
        "charge #2/2",
        "declined #2/2 (card-expired), again 2027-02-05 09:00",
        "charge #2/3",
        "declined #2/3 (card-expired)",
        "failed #2",
        "ended: payment-failed",
    ]);
    world.stands("ended subscription until 2027-02-06 09:00");
}

#[test]
fn a_card_that_is_blocked_isnt_tried_again_and_access_is_kept_in_grace() {
    let mut world = World::at("2027-01-01 09:00");
    world.takes("standard");
    world.paid();
    world.goes_to("2027-02-01 09:00");
    world.reports(ludgate_commerce::payment::Outcome::Declined {
        reason: DeclineReason::CardBlocked,
        is_final: true,
    });
    world.goes_to("2027-02-15 08:59:59");
    assert!(world.may_read());
    world.goes_to("2027-02-15 09:00");
    assert!(!world.may_read());
    world.saw(&[
        "begun standard",
        "order #1 begin 15.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-01-01 09:00 to 2027-02-01 09:00",
        "period over, 15.00 USD earned",
        "order #2 renewal 15.00 USD",
        "charge #2/1",
        "declined #2/1 (card-blocked)",
        "grace until 2027-02-15 09:00",
        "failed #2",
        "ended: payment-failed",
    ]);
}

#[test]
fn without_grace_a_failed_payment_ends_it_at_once() {
    let mut world = World::at("2027-01-01 09:00");
    world.catalog.policy.dunning.grace_days = 0;
    world.catalog.policy.dunning.retry_days.clear();
    world.takes("standard");
    world.paid();
    world.goes_to("2027-02-01 09:00");
    assert!(world.may_read(), "while the charge is under way");
    world.declined(DeclineReason::Refused);
    assert!(!world.may_read());
}

#[test]
fn reminders_that_come_too_late_are_left_out() {
    let mut world = World::paying("2027-01-01 09:00");
    world.catalog.policy.reminders.renewal_days = vec![3];
    world.takes("trial");
    // Both are due, and one is enough.
    world.sleeps_to("2027-01-14 20:00");
    world.ticks();
    // The renewal's reminder and the renewal are due: it is no news.
    world.goes_to("2027-01-15 09:00");
    world.sleeps_to("2027-02-15 10:00");
    world.ticks();
    world.goes_to("2027-03-12 09:00");
    world.saw(&[
        "begun trial",
        "period trial from 2027-01-01 09:00 to 2027-01-15 09:00",
        "reminder: trial-ends in 1 days",
        "period over, 0.00 USD earned",
        "order #1 renewal 15.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-01-15 09:00 to 2027-02-15 09:00",
        "period over, 15.00 USD earned",
        "order #2 renewal 15.00 USD",
        "charge #2/1",
        "paid #2/1",
        "period evergreen from 2027-02-15 09:00 to 2027-03-15 09:00",
        "reminder: renews in 3 days",
    ]);
}

/// A monthly subscription at its second month, with a price rise announced.
fn with_rise(silence: Silence) -> World {
    let mut world = World::paying("2027-01-01 09:00");
    world.catalog.policy.price_rise.silence = silence;
    world.takes("standard");
    world.goes_to("2027-01-20 00:00");
    world.saw(&[
        "begun standard",
        "order #1 begin 15.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-01-01 09:00 to 2027-02-01 09:00",
    ]);
    world.does(&Command::AnnouncePriceRise {
        price: money("18.00 USD"),
        from: None,
    });
    world.saw(&["18.00 USD from 2027-02-19"]);
    world
}

/// The notice of a price rise leaves now.
fn is_told(world: &mut World) {
    let rise = world.state().rise_as_told(world.now);
    let rise = rise.expect("in the calendar").expect("a rise");
    world.does(&Command::PriceRiseTold {
        price: rise.price,
        from: rise.from,
    });
}

/// Likewise, and it was told in time.
fn with_told_rise(silence: Silence) -> World {
    let mut world = with_rise(silence);
    world.goes_to("2027-01-20 23:59");
    for _ in 0..2 {
        is_told(&mut world);
    }
    world.saw(&["told, from 2027-02-19"]);
    world
}

/// The second month, which the notice leaves at the old price.
const SECOND: [&str; 5] = [
    "period over, 15.00 USD earned",
    "order #2 renewal 15.00 USD",
    "charge #2/1",
    "paid #2/1",
    "period evergreen from 2027-02-01 09:00 to 2027-03-01 09:00",
];

const AT_THE_NEW_PRICE: [&str; 6] = [
    "period over, 15.00 USD earned",
    "costs 18.00 USD now",
    "order #3 renewal 18.00 USD",
    "charge #3/1",
    "paid #3/1",
    "period evergreen from 2027-03-01 09:00 to 2027-04-01 09:00",
];

#[test]
fn a_price_rise_that_is_refused_ends_the_subscription_before_it() {
    for silence in [Silence::Accepts, Silence::Refuses] {
        let mut world = with_told_rise(silence);
        world.does(&Command::RefusePriceRise);
        world.does(&Command::RefusePriceRise);
        world.saw(&["price rise refused"]);
        world.goes_to("2027-02-20 00:00");
        world.saw(&SECOND);
        world.stands("paid until 2027-03-01 09:00");
        world.goes_to("2027-03-01 09:00");
        world.saw(&["period over, 15.00 USD earned", "ended: price-rise-refused"]);
        assert!(!world.may_read());
    }
}

#[test]
fn a_price_rise_that_is_accepted_or_thought_better_of_holds_after_its_notice() {
    for answers in [&[true][..], &[false, true]] {
        let mut world = with_told_rise(Silence::Refuses);
        for yes in answers {
            let answer = if *yes {
                Command::AcceptPriceRise
            } else {
                Command::RefusePriceRise
            };
            world.does(&answer);
        }
        let seen = ["price rise refused", "price rise accepted"];
        world.saw(seen.get(2 - answers.len()..).expect("answers"));
        world.goes_to("2027-03-02 00:00");
        let all: Vec<&str> = SECOND.into_iter().chain(AT_THE_NEW_PRICE).collect();
        world.saw(&all);
        assert_eq!(world.refused(&Command::RefusePriceRise), Refusal::NoRise);
    }
}

#[test]
fn silence_means_what_the_terms_say_it_means() {
    let mut world = with_told_rise(Silence::Accepts);
    let next = world.state().next_charge().expect("a charge");
    assert_eq!(next.1, money("15.00 USD"));
    world.goes_to("2027-02-20 00:00");
    let next = world.state().next_charge().expect("a charge");
    assert_eq!(next.1, money("18.00 USD"));
    world.goes_to("2027-03-02 00:00");
    let all: Vec<&str> = SECOND.into_iter().chain(AT_THE_NEW_PRICE).collect();
    world.saw(&all);

    let mut world = with_told_rise(Silence::Refuses);
    world.goes_to("2027-03-02 00:00");
    let mut all = SECOND.to_vec();
    all.extend(["period over, 15.00 USD earned", "ended: price-rise-refused"]);
    world.saw(&all);
}

#[test]
fn nobody_pays_more_or_leaves_for_a_price_rise_that_they_werent_told_of() {
    for silence in [Silence::Accepts, Silence::Refuses] {
        let mut world = with_rise(silence);
        world.goes_to("2027-03-20 09:00");
        let mut all = SECOND.to_vec();
        all.extend([
            "period over, 15.00 USD earned",
            "order #3 renewal 15.00 USD",
            "charge #3/1",
            "paid #3/1",
            "period evergreen from 2027-03-01 09:00 to 2027-04-01 09:00",
        ]);
        world.saw(&all);
        let next = world.state().next_charge().expect("a charge");
        assert_eq!(next.1, money("15.00 USD"));
    }
}

#[test]
fn a_notice_that_leaves_late_puts_the_new_price_off() {
    let mut world = with_rise(Silence::Accepts);
    world.goes_to("2027-02-10 00:00");
    world.saw(&SECOND);
    is_told(&mut world);
    world.saw(&["told, from 2027-03-12"]);
    // March begins at the old price, April at the new one.
    world.goes_to("2027-03-02 00:00");
    let next = world.state().next_charge().expect("a charge");
    assert_eq!(next.1, money("18.00 USD"));
    world.goes_to("2027-04-02 00:00");
    world.saw(&[
        "period over, 15.00 USD earned",
        "order #3 renewal 15.00 USD",
        "charge #3/1",
        "paid #3/1",
        "period evergreen from 2027-03-01 09:00 to 2027-04-01 09:00",
        "period over, 15.00 USD earned",
        "costs 18.00 USD now",
        "order #4 renewal 18.00 USD",
        "charge #4/1",
        "paid #4/1",
        "period evergreen from 2027-04-01 09:00 to 2027-05-01 09:00",
    ]);
}

#[test]
fn who_answers_knows_of_it_whatever_became_of_the_notice() {
    let mut world = with_rise(Silence::Refuses);
    world.does(&Command::AcceptPriceRise);
    world.saw(&["price rise accepted"]);
    world.goes_to("2027-03-02 00:00");
    let all: Vec<&str> = SECOND.into_iter().chain(AT_THE_NEW_PRICE).collect();
    world.saw(&all);
    // A notice of what isn't to come any more tells of nothing.
    let (price, from) = (money("18.00 USD"), world.now);
    world.does(&Command::PriceRiseTold { price, from });
    world.saw(&[]);
}

#[test]
fn a_rise_that_was_announced_before_its_notice_was_written_down_counts_as_told() {
    let world = with_rise(Silence::Accepts);
    let mut written = serde_json::to_value(world.state()).expect("written down");
    let rise = written["rise"].as_object_mut().expect("a rise");
    assert!(rise.remove("told").is_some());
    let read: Subscription = serde_json::from_value(written).expect("read");
    assert!(read.rise.expect("a rise").told);
}

#[test]
fn a_price_rise_leaves_the_introductory_price_alone() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("winter");
    world.does(&Command::AnnouncePriceRise {
        price: money("18.00 USD"),
        from: Some("2027-02-01".parse().expect("a date")),
    });
    is_told(&mut world);
    world.goes_to("2027-04-01 09:00");
    world.saw(&[
        "begun winter",
        "order #1 begin 9.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period intro from 2027-01-01 09:00 to 2027-04-01 09:00",
        "18.00 USD from 2027-02-01",
        "told, from 2027-02-01",
        "period over, 9.00 USD earned",
        "costs 18.00 USD now",
        "order #2 renewal 18.00 USD",
        "charge #2/1",
        "paid #2/1",
        "period evergreen from 2027-04-01 09:00 to 2027-05-01 09:00",
    ]);
}

#[test]
fn a_price_rise_that_cant_be_says_why() {
    let world = with_rise(Silence::Accepts);
    let announce = |price: &str, from: Option<&str>| Command::AnnouncePriceRise {
        price: money(price),
        from: from.map(|day| day.parse().expect("a date")),
    };
    let again = world.refused(&announce("20.00 USD", None));
    assert_eq!(again, Refusal::RiseAnnounced);

    let mut world = World::paying("2027-01-01 09:00");
    world.takes("standard");
    let (price, today) = (money("15.00 USD"), money("15.00 USD"));
    assert_eq!(
        world.refused(&announce("15.00 USD", None)),
        Refusal::NotARise { price, today }
    );
    assert_eq!(
        world.refused(&announce("20.00 EUR", None)),
        Refusal::OtherCurrency(currency("USD"))
    );
    let earliest = local(&world.catalog.zone, "2027-01-31 09:00");
    assert_eq!(
        world.refused(&announce("20.00 USD", Some("2027-01-31"))),
        Refusal::NoticeTooShort { earliest }
    );
}
