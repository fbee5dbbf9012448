//! What is told of what happens: which letters, no others, and what they say.

use access::StoryId;
use commerce::calendar::Interval;
use commerce::ids::{AddressId, GiftId, RefundId};
use commerce::money::Money;
use commerce::payment::{DeclineReason, Outcome, RefundWish};
use commerce::subscription::{
    AfterRefund, CancelReason, CancelWhen, Command, EndReason, Fact, Funding,
};
use commerce::terms::{Phase, PhaseKind, Policy, Reminders, Terms, Then};
use ludgate_letters::{AfterFailure, Letter, News, Told, TrialThen, WelcomeTo, Withdrawing, of};

use prompts::Locale;

use crate::shop::{World, at, money, monthly, phase};

/// Letters in brief.
fn brief(letters: &[Letter]) -> Vec<String> {
    letters.iter().map(one).collect()
}

fn one(letter: &Letter) -> String {
    match letter {
        Letter::Welcome(welcome) => {
            let to = match welcome.to {
                WelcomeTo::Subscription => "subscription".to_owned(),
                WelcomeTo::Bought => "bought".to_owned(),
                WelcomeTo::Trial(until) => format!("trial until {until}"),
                WelcomeTo::Gift(until) => format!("gift until {until}"),
                WelcomeTo::Given(until) => format!("given until {until:?}"),
            };
            let paid = welcome
                .receipt
                .as_ref()
                .map_or_else(String::new, |receipt| {
                    let number = receipt.invoice.as_ref().map(|printed| &*printed.number);
                    format!(
                        ", paid {} by {}",
                        receipt.total,
                        number.unwrap_or("nothing")
                    )
                });
            let next = next(welcome.next);
            let withdraw = match welcome.withdrawing {
                Some(Withdrawing::Part(day)) => format!(", withdraw through {day}"),
                Some(other) => format!(", {other:?}"),
                None => String::new(),
            };
            let ends = welcome
                .ends
                .map_or_else(String::new, |day| format!(", ends {day}"));
            let is_trial = matches!(welcome.to, WelcomeTo::Trial(_));
            let costs = match welcome.agreed.lasting {
                None if is_trial => ", and no price",
                _ => "",
            };
            format!("welcome: {to}{paid}{next}{withdraw}{ends}{costs}")
        }
        Letter::Receipt(receipt) => {
            format!("receipt: {}{}", receipt.total, next(receipt.next))
        }
        Letter::Refund(refund) => {
            let note = refund.credit_note.as_ref().expect("a credit note");
            let corrects = note.corrects.as_deref().expect("an invoice");
            format!(
                "refund: {} by {} for {corrects}",
                refund.amount, note.number
            )
        }
        Letter::RefundDelayed(amount) => format!("refund delayed: {amount}"),
        Letter::TrialEnds(trial) => {
            let then = match &trial.then {
                TrialThen::Charged(charge) => next(Some(*charge)),
                TrialThen::Over(_) => ", over".to_owned(),
            };
            format!("trial ends in {} on {}{then}", trial.days, trial.date)
        }
        Letter::Renewal(charge) => format!("renewal{}", next(Some(*charge))),
        Letter::PriceRise(rise) => format!(
            "price {} to {} from {}",
            rise.old.minor, rise.new.minor, rise.from
        ),
        Letter::Failed(failed) => {
            let then = match failed.then {
                AfterFailure::GoesOn {
                    until,
                    retry: Some(day),
                } => format!("until {until}, again {day}"),
                AfterFailure::GoesOn { until, retry: None } => {
                    format!("until {until}, no more tries")
                }
                AfterFailure::NothingBegun(of) => format!("and nothing begun, {of:?}"),
                AfterFailure::PlanStays => "and the plan stays".to_owned(),
            };
            format!("failed: {} {:?} {then}", failed.amount, failed.why)
        }
        Letter::Authentication(asked) => {
            let begins = match asked.begins {
                Some(of) => format!(" to begin {of:?}"),
                None => String::new(),
            };
            format!("confirm {} until {}{begins}", asked.amount, asked.until)
        }
        Letter::Ended(ended) => format!("ended {} {:?}", ended.date, ended.why),
        Letter::Cancelled { until } => format!("cancelled until {until:?}"),
        Letter::Paused { resumes } => format!("paused until {resumes}"),
        Letter::Resumed {
            until,
            next: charge,
        } => {
            format!("resumed, paid until {until:?}{}", next(*charge))
        }
        other => other.name().to_owned(),
    }
}

fn next(next: Option<ludgate_letters::NextCharge>) -> String {
    next.map_or_else(String::new, |next| {
        format!(", next {} on {}", next.amount, next.date)
    })
}

#[track_caller]
fn check(letters: &[Letter], expected: &[&str]) {
    assert_eq!(brief(letters), expected);
}

fn intro() -> Terms {
    monthly(vec![phase(
        PhaseKind::Intro,
        "9.00 USD",
        Interval::Months(3),
    )])
}

fn trial(has_reminders: bool) -> Terms {
    let policy = Policy::default();
    let reminders = if has_reminders {
        policy.reminders.clone()
    } else {
        Reminders::default()
    };
    Terms {
        policy: Policy {
            reminders,
            ..policy
        },
        ..monthly(vec![phase(PhaseKind::Trial, "0 USD", Interval::Days(14))])
    }
}

#[test]
fn a_purchase_is_one_welcome_with_its_receipt_once_it_is_paid() {
    let (mut world, begun) = World::buys("2026-12-01 10:00", intro());
    check(&begun, &[]);
    check(
        &world.pays(),
        &[
            "welcome: subscription, paid 9.00 USD by LR-000012, next 15.00 USD on 2027-03-01, \
           withdraw through 2026-12-15",
        ],
    );
    check(&world.until("2027-03-01 10:00"), &[]);
    check(
        &world.pays(),
        &["receipt: 15.00 USD, next 15.00 USD on 2027-04-01"],
    );
}

#[test]
fn a_checkout_that_nobody_finishes_is_nobodys_news() {
    let (mut world, _) = World::buys("2026-12-01 10:00", intro());
    let declined = Outcome::Declined {
        reason: DeclineReason::Refused,
        is_final: false,
    };
    check(&world.reports(declined), &[]);
    check(&world.until("2027-01-01 10:00"), &[]);
    assert!(world.state.is_ended());
}

#[test]
fn a_trial_is_welcomed_reminded_of_and_charged() {
    let (mut world, begun) = World::buys("2026-12-01 10:00", trial(true));
    check(
        &begun,
        &["welcome: trial until 2026-12-15, next 15.00 USD on 2026-12-15"],
    );
    check(
        &world.until("2026-12-15 10:00"),
        &[
            "trial ends in 7 on 2026-12-15, next 15.00 USD on 2026-12-15",
            "trial ends in 1 on 2026-12-15, next 15.00 USD on 2026-12-15",
        ],
    );
    check(
        &world.pays(),
        &["receipt: 15.00 USD, next 15.00 USD on 2027-01-15"],
    );
}

#[test]
fn a_trial_without_a_card_is_over_and_nothing_is_charged() {
    let order = commerce::ids::OrderId::new(1);
    let own = Funding::Own { order };
    let (mut world, begun) = World::begin("2026-12-01 10:00", trial(true), own, false);
    check(
        &begun,
        &["welcome: trial until 2026-12-15, ends 2026-12-15, and no price"],
    );
    check(
        &world.until("2026-12-20 10:00"),
        &[
            "trial ends in 7 on 2026-12-15, over",
            "trial ends in 1 on 2026-12-15, over",
            "ended 2026-12-15 TrialOver",
        ],
    );
}

#[test]
fn a_failed_renewal_is_told_once_for_each_try_and_its_end_once() {
    let (mut world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    world.pays();
    check(&world.until("2027-01-01 10:00"), &[]);
    let declined = |reason, is_final| Outcome::Declined { reason, is_final };
    check(
        &world.reports(declined(DeclineReason::InsufficientFunds, false)),
        &["failed: 15.00 USD InsufficientFunds until 2027-01-15, again 2027-01-02"],
    );
    check(&world.until("2027-01-02 10:00"), &[]);
    check(
        &world.reports(declined(DeclineReason::CardExpired, true)),
        &["failed: 15.00 USD CardExpired until 2027-01-15, no more tries"],
    );
    check(
        &world.until("2027-02-01 10:00"),
        &["ended 2027-01-15 PaymentFailed"],
    );
}

#[test]
fn a_bank_that_asks_is_told_and_nothing_else() {
    let (mut world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    world.pays();
    world.until("2027-01-01 10:00");
    check(
        &world.reports(Outcome::NeedsAuthentication),
        &["confirm 15.00 USD until 2027-01-15"],
    );
    check(
        &world.pays(),
        &["receipt: 15.00 USD, next 15.00 USD on 2027-02-01"],
    );
}

#[test]
fn leaving_is_told_when_it_is_wished_and_when_it_comes() {
    let (mut world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    world.pays();
    let cancel = |when| Command::Cancel {
        when,
        reason: CancelReason::Price,
    };
    check(
        &world.does(&cancel(CancelWhen::PeriodEnd)),
        &["cancelled until Some(2027-01-01)"],
    );
    check(&world.does(&Command::Reactivate), &[]);
    check(
        &world.does(&cancel(CancelWhen::PeriodEnd)),
        &["cancelled until Some(2027-01-01)"],
    );
    check(
        &world.until("2027-02-01 10:00"),
        &["ended 2027-01-01 Cancelled(Price)"],
    );
}

#[test]
fn a_pause_is_told_at_both_ends() {
    let (mut world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    world.pays();
    world.until("2026-12-11 10:00");
    let resumes = Some(at("2026-12-21 10:00"));
    check(
        &world.does(&Command::Pause { resumes }),
        &["paused until 2026-12-21"],
    );
    check(
        &world.until("2026-12-22 10:00"),
        &["resumed, paid until Some(2027-01-11), next 15.00 USD on 2027-01-11"],
    );
}

#[test]
fn a_rise_is_told_with_the_day_of_its_first_charge() {
    let rise = |day: &str| Command::AnnouncePriceRise {
        price: money("17.00 USD"),
        from: Some(day.parse().expect("a day")),
    };
    let (mut world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    world.pays();
    // The periods begin on the first: the one that begins before counts not.
    check(
        &world.does(&rise("2027-01-20")),
        &["price 1500 to 1700 from 2027-02-01"],
    );
    let (mut world, _) = World::buys("2026-12-01 10:00", intro());
    world.pays();
    check(
        &world.does(&rise("2027-01-20")),
        &["price 1500 to 1700 from 2027-03-01"],
    );
}

#[test]
fn a_rise_that_isnt_to_come_any_more_is_told_to_nobody() {
    let announced = Command::AnnouncePriceRise {
        price: money("17.00 USD"),
        from: None,
    };
    let (mut world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    world.pays();
    check(
        &world.does(&announced),
        &["price 1500 to 1700 from 2027-01-01"],
    );
    let rise = world.state.rise.expect("announced");
    world.does(&Command::Revoke);
    check(&world.told(&[Fact::PriceRiseAnnounced(rise)]), &[]);
}

#[test]
fn money_that_goes_back_is_told_with_its_credit_note() {
    let (mut world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    world.pays();
    let charge = world.state.payments.payments().next().expect("paid").charge;
    let refund = RefundId::new(5);
    let wish = RefundWish {
        refund,
        charge,
        amount: Some(money("4.00 USD")),
    };
    let access = AfterRefund::Keep;
    check(
        &world.does(&Command::Refund { wish, access }),
        &["refund: 4.00 USD by LR-C000012 for LR-000012"],
    );
    check(
        &world.does(&Command::RefundReport {
            refund,
            done: false,
        }),
        &["refund delayed: 4.00 USD"],
    );
}

#[test]
fn a_gift_that_was_redeemed_and_what_is_given_are_welcomed() {
    let quarter = Terms {
        phases: vec![Phase {
            ..phase(PhaseKind::FixedTerm, "40.00 USD", Interval::Months(3))
        }],
        then: Then::Ends,
        ..monthly(Vec::new())
    };
    let gift = Funding::Gift {
        gift: GiftId::new(3),
        prepaid: money("40.00 USD"),
    };
    let (mut world, begun) = World::begin("2026-12-01 10:00", quarter, gift, false);
    check(&begun, &["welcome: gift until 2027-03-01"]);
    check(
        &world.until("2027-03-02 10:00"),
        &["ended 2027-03-01 Expired"],
    );
    let until = Some(at("2027-01-01 00:00"));
    let free = Funding::Complimentary { until };
    let (_, begun) = World::begin("2026-12-01 10:00", monthly(Vec::new()), free, false);
    check(&begun, &["welcome: given until Some(2027-01-01)"]);
    let until = at("2027-01-01 00:00");
    let elsewhere = Funding::Elsewhere { until };
    let (_, begun) = World::begin("2026-12-01 10:00", monthly(Vec::new()), elsewhere, true);
    check(&begun, &[]);
}

#[test]
fn an_address_is_told_where_it_is_another_of_what_is_delivered() {
    let (mut world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    world.pays();
    let to = |id| Command::SetAddress {
        address: AddressId::new(id),
    };
    // What is read on a screen may come by post later, and until then nothing does.
    check(&world.does(&to(1)), &[]);
    check(&world.does(&to(2)), &[]);
    std::sync::Arc::make_mut(&mut world.state.terms).delivered = true;
    check(&world.does(&to(3)), &["delivery-address"]);
    check(&world.does(&to(3)), &[]);
    // Print that was given for nothing had none before.
    world.state.address = None;
    check(&world.does(&to(4)), &[]);
    check(&world.does(&to(5)), &["delivery-address"]);
}

#[test]
fn what_no_longer_matters_isnt_told() {
    let (mut world, _) = World::buys("2026-12-01 10:00", trial(false));
    let reminder = Fact::ReminderDue {
        kind: commerce::subscription::ReminderKind::TrialEnds,
        days: 1,
        at: at("2026-12-15 10:00"),
    };
    let told = |world: &World| of(&Told::new(News::Subscription(&reminder, &world.state)));
    assert!(told(&world).is_some());
    world.does(&Command::Cancel {
        when: CancelWhen::Now,
        reason: CancelReason::Unsaid,
    });
    assert!(world.state.is_ended());
    assert_eq!(told(&world), None);
    // A payment that came after all.
    let (mut world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    world.pays();
    world.until("2027-01-01 10:00");
    world.reports(Outcome::Declined {
        reason: DeclineReason::Refused,
        is_final: false,
    });
    let charge = world
        .state
        .payments
        .open
        .as_ref()
        .expect("an order")
        .charge();
    let declined = Fact::Payment(commerce::payment::PaymentFact::ChargeDeclined {
        charge,
        reason: DeclineReason::Refused,
        is_final: false,
        retry_at: None,
    });
    let told = |world: &World| of(&Told::new(News::Subscription(&declined, &world.state)));
    assert!(matches!(told(&world), Some(Letter::Failed(_))));
    world.does(&Command::PayNow);
    world.pays();
    assert_eq!(told(&world), None);
}

#[test]
fn a_reminder_of_what_has_come_already_isnt_told() {
    let (mut world, _) = World::buys("2026-12-01 10:00", trial(false));
    let reminder = Fact::ReminderDue {
        kind: commerce::subscription::ReminderKind::TrialEnds,
        days: 1,
        at: at("2026-12-15 10:00"),
    };
    let told = |world: &World| of(&Told::new(News::Subscription(&reminder, &world.state)));
    assert!(told(&world).is_some());
    world.until("2026-12-15 10:00");
    assert_eq!(told(&world), None, "its charge is under way");
    world.pays();
    assert_eq!(told(&world), None, "the next charge is another");
}

#[test]
fn a_cancellation_or_a_pause_that_was_taken_back_isnt_told() {
    let (mut world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    world.pays();
    let told = |world: &World, fact: &Fact| of(&Told::new(News::Subscription(fact, &world.state)));
    let cancel = Command::Cancel {
        when: CancelWhen::PeriodEnd,
        reason: CancelReason::Price,
    };
    let cancelled = Fact::CancellationScheduled {
        since: world.now,
        at: world.state.period_end(),
        cause: CancelReason::Price,
    };
    world.does(&cancel);
    assert!(told(&world, &cancelled).is_some());
    world.does(&Command::Reactivate);
    assert_eq!(told(&world, &cancelled), None);
    // Another is told by itself.
    world.until("2026-12-05 10:00");
    world.does(&cancel);
    assert_eq!(told(&world, &cancelled), None);
    world.until("2027-02-01 10:00");
    assert!(told(&world, &cancelled).is_some(), "it came to that");

    let (mut world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    world.pays();
    world.until("2026-12-11 10:00");
    let resumes = at("2026-12-21 10:00");
    let paused = Fact::Paused {
        since: world.now,
        resumes,
    };
    world.does(&Command::Pause {
        resumes: Some(resumes),
    });
    assert!(told(&world, &paused).is_some());
    world.until("2026-12-22 10:00");
    assert_eq!(told(&world, &paused), None);
}

#[test]
fn who_buys_one_story_is_promised_that_one() {
    let terms = Terms {
        story: Some(StoryId::new("/stories/a")),
        phases: vec![phase(PhaseKind::FixedTerm, "2.00 USD", Interval::Days(365))],
        then: Then::Ends,
        ..monthly(Vec::new())
    };
    let (mut world, _) = World::buys("2026-12-01 10:00", terms);
    let letters = world.pays();
    let [Letter::Welcome(welcome)] = &letters[..] else {
        panic!("{letters:?}");
    };
    assert_eq!(welcome.to, WelcomeTo::Bought);
    let written = crate::letters().write(&letters[0], None, &Locale::english());
    let text = written.expect("a letter").text;
    assert!(text.contains("- This story, on all your devices"), "{text}");
    assert!(!text.contains("Every story"), "{text}");
    assert!(
        text.contains("https://review.example/stories/a\n"),
        "{text}"
    );
}

#[test]
fn a_mere_end_of_a_checkout_says_nothing() {
    let (world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    let ended = |why| Fact::Ended { at: world.now, why };
    let told = |fact: &Fact| of(&Told::new(News::Subscription(fact, &world.state)));
    assert_eq!(told(&ended(EndReason::NeverPaid)), None);
    assert!(told(&ended(EndReason::Revoked)).is_some());
    let nothing = Money::zero(money("1.00 USD").currency());
    assert_eq!(told(&Fact::PeriodEnded { earned: nothing }), None);
}
