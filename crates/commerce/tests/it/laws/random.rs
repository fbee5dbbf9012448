//! Readers, care, an honest but troubled provider, and time, in any order.
//!
//! The provider charges each attempt once and sticks to what came of it, but
//! its reports come late, twice, in another order or not at all until it is
//! asked. After every step the [`World`] holds the books and the replay to
//! their laws; what is said about access and charges is held to an account of
//! its own, kept beside it from the facts.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::*;
use jiff::{SignedDuration, Timestamp};
use ludgate_commerce::ids::*;
use ludgate_commerce::payment::{DeclineReason, Outcome, PaymentFact, RefundWish};
use ludgate_commerce::subscription::*;
use ludgate_commerce::terms::{PhaseKind, Silence};
use proptest::prelude::*;

/// The grace of the usual policy.
const GRACE_DAYS: i32 = 14;

/// What somebody does next.
#[derive(Clone, Debug)]
enum Step {
    /// Time passes, and jobs run when they are due.
    Wait(i64),
    /// Time passes, and no job runs until its end.
    Sleep(i64),
    /// The provider reports about one of the charges it was asked for.
    Report { which: usize, vague: bool },
    /// Somebody wants something.
    Want(Wish),
}

#[derive(Clone, Debug)]
enum Wish {
    Card,
    PayNow,
    Cancel(bool),
    Reactivate,
    Pause(Option<i64>),
    Resume,
    Change(&'static str, bool),
    KeepPlan,
    Withdraw,
    Refund {
        which: usize,
        minor: i64,
        ends: bool,
    },
    RefundDone(usize, bool),
    RefundAgain(usize),
    Chargeback(usize),
    Rise(i64),
    RiseTold,
    Answer(bool),
    Extend(u16),
    Revoke,
}

fn any_wish() -> impl Strategy<Value = Wish> {
    let plans = vec!["standard", "premium", "yearly", "weekly"];
    prop_oneof![
        2 => Just(Wish::Card),
        2 => Just(Wish::PayNow),
        3 => any::<bool>().prop_map(Wish::Cancel),
        2 => Just(Wish::Reactivate),
        2 => prop::option::of(1_i64..9_000_000).prop_map(Wish::Pause),
        2 => Just(Wish::Resume),
        4 => (prop::sample::select(plans), any::<bool>())
            .prop_map(|(plan, now)| Wish::Change(plan, now)),
        1 => Just(Wish::KeepPlan),
        1 => Just(Wish::Withdraw),
        2 => (any::<usize>(), 1_i64..2_000, prop::bool::weighted(0.2))
            .prop_map(|(which, minor, ends)| Wish::Refund { which, minor, ends }),
        2 => (any::<usize>(), any::<bool>()).prop_map(|(which, done)| Wish::RefundDone(which, done)),
        1 => any::<usize>().prop_map(Wish::RefundAgain),
        1 => any::<usize>().prop_map(Wish::Chargeback),
        1 => (1_i64..1_000).prop_map(Wish::Rise),
        1 => Just(Wish::RiseTold),
        1 => any::<bool>().prop_map(Wish::Answer),
        1 => (1_u16..40).prop_map(Wish::Extend),
        1 => Just(Wish::Revoke),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        // From seconds to two months.
        6 => (0_i64..5_200_000).prop_map(Step::Wait),
        3 => (0_i64..90_000).prop_map(Step::Wait),
        1 => (0_i64..5_200_000).prop_map(Step::Sleep),
        8 => (any::<usize>(), prop::bool::weighted(0.25))
            .prop_map(|(which, vague)| Step::Report { which, vague }),
        4 => any_wish().prop_map(Step::Want),
    ]
}

/// What the provider made of a charge: it never says otherwise.
fn outcome_of(charge: ChargeId, luck: u64) -> bool {
    let order = u64::try_from(charge.order.get()).expect("a small number");
    let mixed = order
        .wrapping_mul(31)
        .wrapping_add(u64::from(charge.attempt))
        .wrapping_add(luck)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed >> 62 != 0
}

struct Play {
    world: World,
    luck: u64,
    asked: Vec<(ChargeId, ludgate_commerce::money::Money)>,
    voided: BTreeSet<ChargeId>,
    told: BTreeSet<ChargeId>,
    drawn: u128,
    seen: usize,
}

impl Play {
    fn new(offer: &str, luck: u64, silence: Silence) -> Self {
        let mut world = World::at("2027-01-30 09:00");
        world.catalog.policy.price_rise.silence = silence;
        world.catalog.policy.reminders.renewal_days = vec![5, 1];
        world.takes(offer);
        let mut play = Self {
            world,
            luck,
            asked: Vec::new(),
            voided: BTreeSet::new(),
            told: BTreeSet::new(),
            drawn: 50_000,
            seen: 0,
        };
        play.watch();
        play
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Wait(seconds) => {
                let then = self.later(*seconds);
                // Due by due, so that access is looked at in between.
                while let Some(due) = next_due(self.world.state()).filter(|due| due.at <= then) {
                    self.world.now = due.at.max(self.world.now);
                    self.look();
                    self.world.ticks();
                    self.watch();
                    self.look();
                }
                self.world.now = then;
            }
            Step::Sleep(seconds) => {
                self.world.now = self.later(*seconds);
                self.world.ticks();
            }
            Step::Report { which, vague } => self.report(*which, *vague),
            Step::Want(wish) => {
                let command = self.command(wish);
                // A refusal changes nothing, and that is all it has to do.
                let _ = self.world.tries(&command);
            }
        }
        self.watch();
        self.look();
    }

    fn later(&self, seconds: i64) -> Timestamp {
        self.world
            .now
            .checked_add(SignedDuration::from_secs(seconds))
            .expect("in range")
    }

    fn report(&mut self, which: usize, vague: bool) {
        let Some((charge, amount)) = self.asked.get(which % self.asked.len().max(1)).copied()
        else {
            return;
        };
        let succeeds = outcome_of(charge, self.luck);
        // A charge that was called off before it was told of didn't succeed.
        let voided = self.voided.contains(&charge) && !self.told.contains(&charge);
        let outcome = match (vague, succeeds && !voided) {
            (true, _) if charge.attempt % 2 == 0 => Outcome::NeedsAuthentication,
            (true, _) => Outcome::Unknown,
            (false, true) => Outcome::Paid { amount },
            (false, false) => Outcome::Declined {
                reason: DeclineReason::Refused,
                is_final: charge.attempt > 2,
            },
        };
        if !vague && succeeds && !voided {
            self.told.insert(charge);
        }
        self.world.does(&Command::Report { charge, outcome });
    }

    fn command(&mut self, wish: &Wish) -> Command {
        self.drawn += 1_000;
        let refund = RefundId::new(self.drawn);
        let payment = |which: usize| {
            let payments: Vec<ChargeId> = self
                .world
                .state()
                .payments
                .payments()
                .map(|payment| payment.charge)
                .collect();
            payments
                .get(which % payments.len().max(1))
                .copied()
                .unwrap_or(ChargeId {
                    order: OrderId::new(0),
                    attempt: 1,
                })
        };
        match *wish {
            Wish::Card => Command::SetPaymentMethod {
                method: PaymentMethodId::new(self.drawn),
            },
            Wish::PayNow => Command::PayNow,
            Wish::Cancel(now) => Command::Cancel {
                when: if now {
                    CancelWhen::Now
                } else {
                    CancelWhen::PeriodEnd
                },
                reason: CancelReason::Other,
            },
            Wish::Reactivate => Command::Reactivate,
            Wish::Pause(seconds) => Command::Pause {
                resumes: seconds.map(|seconds| self.later(seconds)),
            },
            Wish::Resume => Command::Resume,
            Wish::Change(plan, now) => Command::ChangePlan(Box::new(ChangePlan {
                terms: self.world.terms(plan),
                intro: IntroOnChange::LeftOut,
                acceptance: acceptance(self.world.now),
                when: if now {
                    ChangeWhen::Now
                } else {
                    ChangeWhen::PeriodEnd
                },
                as_of: None,
                order: self.world.order(),
                refund,
            })),
            Wish::KeepPlan => Command::KeepPlan,
            Wish::Withdraw => Command::Withdraw { refund },
            Wish::Refund { which, minor, ends } => Command::Refund {
                wish: RefundWish {
                    refund,
                    charge: payment(which),
                    amount: Some(ludgate_commerce::money::Money::new(minor, currency("USD"))),
                },
                access: if ends {
                    AfterRefund::End
                } else {
                    AfterRefund::Keep
                },
            },
            Wish::RefundDone(which, done) => {
                let refunds = &self.world.state().payments.refunds;
                let found = refunds.get(which % refunds.len().max(1));
                Command::RefundReport {
                    refund: found.map_or(refund, |found| found.id),
                    done,
                }
            }
            Wish::RefundAgain(which) => {
                let refunds = &self.world.state().payments.refunds;
                let found = refunds.get(which % refunds.len().max(1));
                Command::RefundAgain {
                    failed: found.map_or(refund, |found| found.id),
                    refund,
                }
            }
            Wish::Chargeback(which) => {
                let charge = payment(which);
                let found = self.world.state().payments.payment(charge);
                Command::Chargeback {
                    dispute: DisputeId::new(self.drawn),
                    charge,
                    amount: found.map_or(money("1.00 USD"), |found| found.total),
                }
            }
            Wish::Rise(more) => Command::AnnouncePriceRise {
                price: ludgate_commerce::money::Money::new(1_500 + more, currency("USD")),
                from: None,
            },
            Wish::RiseTold => self.rise_told(),
            Wish::Answer(true) => Command::AcceptPriceRise,
            Wish::Answer(false) => Command::RefusePriceRise,
            Wish::Extend(days) => Command::Extend {
                by: ludgate_commerce::calendar::Interval::Days(days),
            },
            Wish::Revoke => Command::Revoke,
        }
    }

    /// A notice of a price rise leaves, or of none.
    fn rise_told(&self) -> Command {
        let rise = self.world.state().rise_as_told(self.world.now);
        let rise = rise.expect("in the calendar");
        Command::PriceRiseTold {
            price: rise.map_or(money("1.00 USD"), |rise| rise.price),
            from: rise.map_or(self.world.now, |rise| rise.from),
        }
    }

    /// Takes note of what the provider was asked for, and holds the facts to
    /// their laws.
    fn watch(&mut self) {
        let new: Vec<Fact> = self.world.history.iter().skip(self.seen).cloned().collect();
        self.seen = self.world.history.len();
        for fact in &new {
            match fact {
                Fact::Payment(PaymentFact::ChargeRequested { charge, amount, .. }) => {
                    assert!(amount.is_positive(), "nobody is charged nothing");
                    assert!(
                        self.asked.iter().all(|(asked, _)| asked != charge),
                        "no charge is asked for twice"
                    );
                    self.asked.push((*charge, *amount));
                }
                Fact::Payment(PaymentFact::VoidRequested { charge, .. }) => {
                    self.voided.insert(*charge);
                }
                _ => {}
            }
        }
        once_for_each_period(&self.world.history);
        nothing_rises_unheard(&self.world.history);
    }

    /// What the reader may do now, by the facts alone.
    fn look(&self) {
        let state = self.world.state();
        let expected = expected(&self.world.history, self.world.now);
        let found = self.world.may_read();
        let due = next_due(state).map(|due| due.reason);
        // The period is over, and the tick that does something about it on its
        // way: who stays isn't locked out for as long as grace would be, who
        // goes doesn't stay.
        let expected = expected.unwrap_or_else(|| {
            let end = state.period_end().expect("a period that is over");
            let zone = &self.world.catalog.zone;
            let kept = zone.days_from(end, GRACE_DAYS).expect("in the calendar");
            due != Some(DueReason::End) && self.world.now < kept
        });
        assert_eq!(found, expected, "{:?} at {}", state.stage, self.world.now);
    }
}

/// At most one payment is kept for an order, an attempt follows only a failure,
/// and no two periods that were paid for overlap, but for plans that were
/// changed.
fn once_for_each_period(history: &[Fact]) {
    let mut kept: BTreeMap<OrderId, u32> = BTreeMap::new();
    let mut under_way: Option<ChargeId> = None;
    let mut until: Option<Timestamp> = None;
    for fact in history {
        match fact {
            Fact::Payment(PaymentFact::Paid { charge, .. }) => {
                *kept.entry(charge.order).or_default() += 1;
                under_way = None;
            }
            Fact::Payment(PaymentFact::ChargeRequested { charge, .. }) => {
                assert_eq!(under_way, None, "{charge} while another is under way");
                under_way = Some(*charge);
            }
            Fact::Payment(PaymentFact::ChargeDeclined { .. } | PaymentFact::OrderFailed { .. }) => {
                under_way = None;
            }
            Fact::PeriodStarted(cycle) => {
                let start = cycle.period.start;
                assert!(
                    until.is_none_or(|until| start >= until),
                    "a time is paid twice"
                );
                until = cycle.period.end;
            }
            Fact::Extended { period, .. } | Fact::Resumed { period, .. } => until = period.end,
            // Its rest was given back, or taken off the price.
            Fact::PlanChanged { .. } | Fact::Ended { .. } => until = None,
            _ => {}
        }
    }
    assert!(
        kept.values().all(|count| *count == 1),
        "an order is paid once"
    );
}

/// No higher price holds, and nobody leaves for one, whose reader wasn't told and
/// hasn't said anything to it.
fn nothing_rises_unheard(history: &[Fact]) {
    let mut is_known = false;
    for fact in history {
        match fact {
            Fact::PriceRiseAnnounced(_) => is_known = false,
            Fact::PriceRiseTold { .. } | Fact::PriceRiseAccepted | Fact::PriceRiseRefused => {
                is_known = true;
            }
            Fact::PriceRiseApplied { .. } => assert!(is_known, "nobody told them"),
            Fact::Ended { why, .. } => {
                assert!(*why != EndReason::PriceRiseRefused || is_known, "nor them");
            }
            _ => {}
        }
    }
}

/// Whether the reader may read, from the facts and nothing else; `None` where
/// the period is over and nothing has been done about it.
fn expected(history: &[Fact], now: Timestamp) -> Option<bool> {
    let mut period: Option<Cycle> = None;
    let (mut paused, mut ended, mut grace, mut charged) = (false, false, None, false);
    for fact in history {
        match fact {
            Fact::PeriodStarted(cycle) => {
                (period, grace, charged) = (Some(cycle.clone()), None, false);
            }
            Fact::Extended { period: moved, .. } | Fact::Resumed { period: moved, .. } => {
                paused = false;
                if let Some(cycle) = &mut period {
                    cycle.period = *moved;
                }
            }
            Fact::Paused { .. } => paused = true,
            Fact::Ended { .. } => ended = true,
            Fact::GraceStarted { until } => grace = Some(*until),
            Fact::Payment(PaymentFact::ChargeRequested { .. }) => charged = true,
            Fact::Payment(
                PaymentFact::ChargeDeclined { .. }
                | PaymentFact::OrderFailed { .. }
                | PaymentFact::Paid { .. },
            ) => charged = false,
            _ => {}
        }
    }
    let Some(cycle) = period else {
        return Some(false);
    };
    if ended || paused {
        return Some(false);
    }
    assert_ne!(
        cycle.kind,
        PhaseKind::Complimentary,
        "nobody gives any here"
    );
    let end = cycle.period.end?;
    if now < end {
        return Some(true);
    }
    // While a charge is under way the money may have been taken.
    let kept = charged || grace.is_some_and(|until| now < until);
    (charged || grace.is_some()).then_some(kept)
}

proptest! {
    #[test]
    fn whatever_happens_the_books_balance_access_is_due_and_nothing_is_paid_twice(
        offer in prop::sample::select(vec!["standard", "trial", "gentle", "weekly", "yearly"]),
        luck in any::<u64>(),
        refuses in any::<bool>(),
        steps in prop::collection::vec(any_step(), 1..60),
    ) {
        let silence = if refuses { Silence::Refuses } else { Silence::Accepts };
        let mut play = Play::new(offer, luck, silence);
        for step in &steps {
            play.step(step);
        }
    }

    /// When everything is left alone, it ends or goes on for ever, and never
    /// waits for something that time doesn't bring about.
    #[test]
    fn who_is_left_alone_by_a_silent_provider_isnt_charged_for_ever(
        offer in prop::sample::select(vec!["standard", "trial", "gentle", "weekly", "yearly"]),
        luck in any::<u64>(),
        steps in prop::collection::vec(any_step(), 1..30),
    ) {
        let mut play = Play::new(offer, luck, Silence::Accepts);
        for step in &steps {
            play.step(step);
        }
        play.step(&Step::Wait(800 * 86_400));
        let state = play.world.state();
        prop_assert!(state.is_ended(), "{:?}", state.stage);
        prop_assert!(!play.world.may_read());
        prop_assert_eq!(next_due(state), None);
    }
}
