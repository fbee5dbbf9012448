//! What is told of a first payment whose bank answers when nobody waits for it
//! on a page any more.

use commerce::calendar::Interval;
use commerce::gift::{self, Buy, Gift, GiftCommand, GiftEnd, GiftFact};
use commerce::ids::{AccountId, GiftId, OrderId, PaymentMethodId, PlanId, RefundId};
use commerce::payment::{DeclineReason, Outcome, PaymentFact};
use commerce::subscription::{
    CancelReason, CancelWhen, ChangePlan, ChangeWhen, Command, Context, Fact, IntroOnChange,
};
use commerce::tax::{TaxRates, TaxStatus};
use commerce::terms::{PhaseKind, Terms, Then};
use ludgate_letters::{AfterFailure, Letter, News, Purchase, Told, of};

use crate::shop::{World, acceptance, at, japan, money, monthly, phase};

fn declined(world: &World, reason: DeclineReason) -> Fact {
    let open = world.state.payments.open.as_ref().expect("an order");
    Fact::Payment(PaymentFact::ChargeDeclined {
        charge: open.charge(),
        reason,
        is_final: false,
        retry_at: None,
    })
}

fn reported(reason: DeclineReason) -> Outcome {
    let is_final = false;
    Outcome::Declined { reason, is_final }
}

fn told(world: &World, fact: &Fact, is_late: bool) -> Option<Letter> {
    of(&Told {
        is_late,
        ..Told::new(News::Subscription(fact, &world.state))
    })
}

#[track_caller]
fn nothing_begun(letter: Option<&Letter>, why: DeclineReason, of: Purchase) {
    let Some(Letter::Failed(failed)) = letter else {
        panic!("{letter:?}");
    };
    assert_eq!(failed.why, why);
    assert_eq!(failed.then, AfterFailure::NothingBegun(of));
}

#[test]
fn a_first_payment_that_is_declined_late_is_told_with_the_way_back() {
    let (mut world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    let fact = declined(&world, DeclineReason::Refused);
    world.reports(reported(DeclineReason::Refused));
    // Who was there has seen it.
    assert_eq!(told(&world, &fact, false), None);
    let purchase = Purchase::Subscription(world.state.id);
    nothing_begun(
        told(&world, &fact, true).as_ref(),
        DeclineReason::Refused,
        purchase,
    );
    // Where the mail is slower than the checkout, its end is no reason to be
    // silent.
    world.until("2026-12-03 10:00");
    assert!(world.state.is_ended());
    nothing_begun(
        told(&world, &fact, true).as_ref(),
        DeclineReason::Refused,
        purchase,
    );
}

#[test]
fn what_is_paid_or_bought_anew_by_then_is_told_no_more() {
    let (mut world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    let fact = declined(&world, DeclineReason::Refused);
    world.reports(reported(DeclineReason::Refused));
    let gives_up = Command::Cancel {
        when: CancelWhen::Now,
        reason: CancelReason::Unsaid,
    };
    let before = world.state.clone();
    world.does(&gives_up);
    assert_eq!(told(&world, &fact, true), None);
    world.state = before;
    world.does(&Command::SetPaymentMethod {
        method: PaymentMethodId::new(2),
    });
    assert_eq!(told(&world, &fact, true), None);
    world.pays();
    assert_eq!(told(&world, &fact, true), None);
}

#[test]
fn what_was_called_off_is_nobodys_news_however_late() {
    let (mut world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    let fact = declined(&world, DeclineReason::Voided);
    world.reports(reported(DeclineReason::Voided));
    assert_eq!(told(&world, &fact, true), None);
}

#[test]
fn a_bank_that_asks_late_is_told_of_where_the_purchase_is() {
    let (mut world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    let charge = world.state.payments.open.as_ref().expect("one").charge();
    world.reports(Outcome::NeedsAuthentication);
    let until = at("2026-12-02 10:00");
    let fact = Fact::Payment(PaymentFact::AuthenticationRequired { charge, until });
    assert_eq!(told(&world, &fact, false), None);
    let Some(Letter::Authentication(asked)) = told(&world, &fact, true) else {
        panic!("a letter");
    };
    let purchase = Purchase::Subscription(world.state.id);
    assert_eq!(asked.begins, Some(purchase));
    world.reports(reported(DeclineReason::AuthenticationFailed));
    assert_eq!(told(&world, &fact, true), None);
}

#[test]
fn a_renewal_is_told_as_ever() {
    let (mut world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    world.pays();
    world.until("2027-01-01 10:00");
    let fact = declined(&world, DeclineReason::Refused);
    world.reports(reported(DeclineReason::Refused));
    for is_late in [false, true] {
        let Some(Letter::Failed(failed)) = told(&world, &fact, is_late) else {
            panic!("a letter");
        };
        assert!(matches!(failed.then, AfterFailure::GoesOn { .. }));
    }
}

#[test]
fn a_change_of_plan_that_is_declined_late_is_told_and_one_that_was_seen_to_isnt() {
    let (mut world, _) = World::buys("2026-12-01 10:00", monthly(Vec::new()));
    world.pays();
    world.until("2026-12-16 10:00");
    let dearer = Terms {
        plan: PlanId::new("premium").expect("a plan"),
        then: Then::Renews {
            price: money("30.00 USD"),
            every: Interval::MONTH,
        },
        ..monthly(Vec::new())
    };
    world.does(&Command::ChangePlan(Box::new(ChangePlan {
        terms: dearer,
        intro: IntroOnChange::LeftOut,
        acceptance: acceptance(world.now),
        when: ChangeWhen::Now,
        as_of: None,
        order: OrderId::new(2),
        refund: RefundId::new(1),
    })));
    for (reason, is_told) in [
        (DeclineReason::Refused, true),
        (DeclineReason::Voided, false),
    ] {
        let before = world.state.clone();
        let fact = declined(&world, reason);
        world.reports(reported(reason));
        assert_eq!(told(&world, &fact, false), None);
        let letter = told(&world, &fact, true);
        let then = match &letter {
            Some(Letter::Failed(failed)) => Some(failed.then),
            other => {
                assert_eq!(*other, None);
                None
            }
        };
        assert_eq!(then, is_told.then_some(AfterFailure::PlanStays));
        world.state = before;
    }
}

#[test]
fn who_gives_is_told_of_a_gift_that_isnt_paid() {
    let now = at("2026-12-01 10:00");
    let tax = TaxRates::none(japan());
    let terms = Terms {
        then: Then::Ends,
        ..monthly(vec![phase(
            PhaseKind::FixedTerm,
            "30.00 USD",
            commerce::calendar::Interval::Months(3),
        )])
    };
    let buy = Buy {
        buyer: AccountId::new(7),
        terms,
        acceptance: acceptance(now),
        tax_status: TaxStatus::consumer(japan()),
        method: PaymentMethodId::new(1),
        order: OrderId::new(1),
        redeemable: commerce::calendar::Interval::Months(12),
    };
    let id = GiftId::new(3);
    let context = Context { now, tax: &tax };
    let mut facts = gift::buy(id, &buy, &context).expect("a gift");
    let mut gift = Gift::replay(id, &facts).expect("a history");
    let charge = gift.payments.open.as_ref().expect("an order").charge();
    let outcome = reported(DeclineReason::NeverAnswered);
    let report = GiftCommand::Report { charge, outcome };
    let mut does = |gift: &mut Gift, command: &GiftCommand, now| {
        let new = gift::handle(gift, command, now).expect("accepted");
        for fact in &new {
            gift.apply(fact);
        }
        facts.extend(new.clone());
        new
    };
    let news = does(&mut gift, &report, now);
    let [fact @ GiftFact::Payment(PaymentFact::ChargeDeclined { .. })] = news.as_slice() else {
        panic!("{news:?}");
    };
    let letter = |gift: &Gift, is_late| {
        of(&Told {
            is_late,
            ..Told::new(News::Gift(fact, gift))
        })
    };
    assert_eq!(letter(&gift, false), None);
    let never = DeclineReason::NeverAnswered;
    nothing_begun(letter(&gift, true).as_ref(), never, Purchase::Gift(id));
    does(&mut gift, &GiftCommand::Tick, at("2026-12-03 10:00"));
    assert_eq!(
        gift.stage,
        commerce::gift::GiftStage::Ended {
            why: GiftEnd::NeverPaid
        }
    );
    nothing_begun(letter(&gift, true).as_ref(), never, Purchase::Gift(id));
}
