//! Pausing: what was paid for is kept for later, and not for ever.

use crate::support::*;
use ludgate_commerce::catalog::Relation;
use ludgate_commerce::entitlement::relation;
use ludgate_commerce::ids::AccountId;
use ludgate_commerce::subscription::*;

#[test]
fn pausing_keeps_what_was_paid_for_later() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("standard");
    world.goes_to("2027-01-11 09:00");
    let until = local(&world.catalog.zone, "2027-02-11 09:00");
    world.does(&Command::Pause {
        resumes: Some(until),
    });
    assert!(!world.may_read());
    world.stands("paused until 2027-02-11 09:00");
    let paused = relation(AccountId::new(7), [world.state()], world.now);
    assert_eq!(paused, Relation::Current, "nobody is sold a second one");
    let (next, _) = world.state().next_charge().expect("a charge");
    assert_eq!(written(&world.catalog.zone, next), "2027-03-04 09:00");
    world.goes_to("2027-03-01 00:00");
    world.saw(&[
        "begun standard",
        "order #1 begin 15.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-01-01 09:00 to 2027-02-01 09:00",
        "paused until 2027-02-11 09:00",
        // Ten of 31 days were used, and 21 are left.
        "resumed until 2027-03-04 09:00",
    ]);
    assert!(world.may_read());
    world.goes_to("2027-03-04 09:00");
    world.saw(&[
        "period over, 15.00 USD earned",
        "order #2 renewal 15.00 USD",
        "charge #2/1",
        "paid #2/1",
        "period evergreen from 2027-03-04 09:00 to 2027-04-04 09:00",
    ]);
}

#[test]
fn a_pause_ends_early_when_the_reader_wishes_and_late_ticks_take_nothing_away() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("standard");
    world.goes_to("2027-01-11 09:00");
    world.does(&Command::Pause { resumes: None });
    world.goes_to("2027-01-12 09:00");
    world.does(&Command::Resume);
    world.stands("paid until 2027-02-16 09:00");
    world.does(&Command::Pause { resumes: None });
    world.sleeps_to("2027-12-12 09:00");
    world.ticks();
    assert!(world.may_read());
    let end = world.state().period_end().expect("an end");
    assert_eq!(written(&world.catalog.zone, end), "2028-01-02 09:00");
}

#[test]
fn a_pause_of_a_fraction_of_a_second_leaves_no_time_that_is_paid_twice() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("standard");
    world.goes_to("2027-01-11 09:00");
    world.does(&Command::Pause { resumes: None });
    world.now += jiff::SignedDuration::from_millis(380);
    world.does(&Command::Resume);
    let end = world.state().period_end().expect("an end");
    world.goes_to("2027-02-02 09:00");
    let next = world.state().cycle.as_ref().expect("a period");
    assert_eq!(next.period.start, end);
    // Rounded for the reader, not against them.
    assert_eq!(written(&world.catalog.zone, end), "2027-02-01 09:00:01");
}

#[test]
fn a_period_is_paused_for_so_many_days_all_together() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("standard");
    world.goes_to("2027-01-11 09:00");
    let pause = Command::Pause { resumes: None };
    world.does(&pause);
    world.goes_to("2027-03-22 09:00");
    world.does(&Command::Resume);
    world.stands("paid until 2027-04-26 09:00");
    // Seventy of ninety days are gone.
    let zone = world.catalog.zone.clone();
    let latest = local(&zone, "2027-04-11 09:00");
    assert_eq!(world.state().longest_pause(world.now), Some(latest));
    let later = Command::Pause {
        resumes: Some(local(&zone, "2027-04-12 09:00")),
    };
    assert_eq!(world.refused(&later), Refusal::PauseLength { latest });
    world.does(&pause);
    world.goes_to("2027-04-11 09:00");
    world.stands("paid until 2027-05-16 09:00");
    assert_eq!(world.refused(&pause), Refusal::PausedEnough);
    // The next period has days of its own.
    world.goes_to("2027-05-17 09:00");
    world.does(&pause);
}

#[test]
fn what_cant_be_paused_says_why() {
    let mut world = World::paying("2027-01-01 09:00");
    world.takes("trial");
    let pause = Command::Pause { resumes: None };
    assert_eq!(world.refused(&pause), Refusal::TrialRunning);
    world.goes_to("2027-01-15 09:00");
    let yesterday = local(&world.catalog.zone, "2027-01-14 09:00");
    let latest = local(&world.catalog.zone, "2027-04-15 09:00");
    let back = Command::Pause {
        resumes: Some(yesterday),
    };
    assert_eq!(world.refused(&back), Refusal::PauseLength { latest });
    assert_eq!(world.refused(&Command::Resume), Refusal::NotPaused);
    world.does(&Command::Cancel {
        when: CancelWhen::PeriodEnd,
        reason: CancelReason::Time,
    });
    assert_eq!(world.refused(&pause), Refusal::Ending);

    let mut world = World::paying("2027-01-01 09:00");
    world.takes("pass");
    let at = world.state().period_end();
    assert_eq!(world.refused(&pause), Refusal::EndsAnyway { at });
}
