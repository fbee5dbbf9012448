//! The bank behind the sandbox: what it has been told, and what that makes of
//! cards and money. Pure: the same calls at the same times make the same bank.

use std::collections::BTreeMap;

use commerce::ids::{ChargeId, DisputeId, RefundId};
use commerce::money::Money;
use commerce::payment::{DeclineReason, Outcome};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::card::{CHARGEBACK_DAYS, DECISION_DAYS, Fate, TestCard};
use super::recent::Recent;
use crate::payment::{CustomerToken, Event, EventId, Method, MethodToken, Notice, SetupToken};

/// How many charges and refunds are remembered, 60 MB of them: six nights that
/// renew 33,000 subscriptions each. One that is older was never heard of.
const MAX_CHARGES: usize = 200_000;

/// How many cards are being entered at a time: more readers than try out a
/// sandbox.
const MAX_SETUPS: usize = 10_000;

/// How many customers' cards are listed; others' can be charged all the same.
const MAX_CUSTOMERS: usize = 200_000;

/// How many cards a customer has; who enters more loses sight of the first.
const MAX_CARDS: usize = 20;

/// How many events wait to be fetched. Where nobody does, the first are lost,
/// as webhooks are.
const MAX_EVENTS: usize = 100_000;

/// What the bank can be told.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Call {
    SetUp {
        setup: SetupToken,
        customer: CustomerToken,
        drawn: u128,
    },
    Enter {
        setup: SetupToken,
        card: TestCard,
    },
    Detach {
        method: MethodToken,
    },
    Charge {
        charge: ChargeId,
        amount: Money,
        method: MethodToken,
        /// A decline out of the blue.
        whim: bool,
    },
    /// The reader does as their bank asks, or doesn't.
    Confirm {
        charge: ChargeId,
        agrees: bool,
    },
    Void {
        charge: ChargeId,
        amount: Money,
    },
    /// A charge that was never heard of isn't to be made any more.
    Forestall {
        charge: ChargeId,
        amount: Money,
    },
    Refund {
        refund: RefundId,
        charge: ChargeId,
        amount: Money,
    },
    /// Events that have been taken note of.
    Heard {
        events: Vec<u64>,
    },
}

/// All that the bank knows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Bank {
    setups: Recent<SetupToken, Setup, MAX_SETUPS>,
    customers: Recent<CustomerToken, Vec<MethodToken>, MAX_CUSTOMERS>,
    /// Cards that have a past: a count of successes, or that they are gone.
    pasts: Recent<MethodToken, Past, MAX_CHARGES>,
    charges: Recent<ChargeId, Charged, MAX_CHARGES>,
    refunds: Recent<RefundId, bool, MAX_CHARGES>,
    events: BTreeMap<u64, Told>,
    /// The number of the next event.
    next: u64,
}

/// A card being entered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Setup {
    pub(super) customer: CustomerToken,
    drawn: u128,
    pub(super) state: SetupState,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SetupState {
    Waiting,
    Refused(DeclineReason),
    Saved(Method),
}

#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Past {
    successes: u32,
    detached: bool,
}

/// A charge the bank was asked for.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Charged {
    pub(super) amount: Money,
    pub(super) state: Charging,
    fate: Fate,
    /// How much was given back.
    refunded: Money,
    /// From when on the money is back at the bank.
    taken_back: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Charging {
    Paid,
    Declined(DeclineReason, bool),
    Waiting,
    Voided,
    NeverCame,
}

/// An event, and from when on it is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Told {
    due: Timestamp,
    notice: Notice,
}

impl Bank {
    /// Takes note of a call; total, whatever it says.
    pub(super) fn apply(&mut self, call: &Call, now: Timestamp) {
        match call {
            Call::SetUp {
                setup,
                customer,
                drawn,
            } => self.setups.insert(
                setup.clone(),
                Setup {
                    customer: customer.clone(),
                    drawn: *drawn,
                    state: SetupState::Waiting,
                },
            ),
            Call::Enter { setup, card } => self.enter(setup, *card, now),
            Call::Detach { method } => self.detach(method),
            Call::Charge {
                charge,
                amount,
                method,
                whim,
            } => self.charge(*charge, *amount, method, *whim, now),
            Call::Confirm { charge, agrees } => self.confirm(*charge, *agrees, now),
            Call::Void { charge, amount } => self.call_off(*charge, *amount, Charging::Voided),
            Call::Forestall { charge, amount } => {
                self.call_off(*charge, *amount, Charging::NeverCame);
            }
            Call::Refund {
                refund,
                charge,
                amount,
            } => self.refund(*refund, *charge, *amount, now),
            Call::Heard { events } => {
                for event in events {
                    self.events.remove(event);
                }
            }
        }
    }

    pub(super) fn setup(&self, setup: &SetupToken) -> Option<&Setup> {
        self.setups.get(setup)
    }

    pub(super) fn charged(&self, charge: ChargeId) -> Option<&Charged> {
        self.charges.get(&charge)
    }

    /// Whether a refund was made; `None` where none was asked for.
    pub(super) fn refunded(&self, refund: RefundId) -> Option<bool> {
        self.refunds.get(&refund).copied()
    }

    /// A customer's cards, the latest first.
    pub(super) fn methods(&self, customer: &CustomerToken) -> Vec<Method> {
        let tokens = self.customers.get(customer).into_iter().flatten();
        let known = tokens.filter_map(|token| {
            let card = TestCard::of_token(token)?.card();
            let token = token.clone();
            Some(Method { token, card })
        });
        known.rev().collect()
    }

    /// The events that are due, with their numbers, the first first.
    pub(super) fn due(&self, now: Timestamp) -> impl Iterator<Item = (u64, Event)> {
        let due = self.events.iter().filter(move |(_, told)| told.due <= now);
        due.filter_map(|(number, told)| {
            // The time is in it lest a new journal's events pass for an old one's.
            let id = format!("sbxevt_{}_{number}", told.due.as_second().unsigned_abs());
            let event = Event {
                id: id.parse().ok()?,
                notices: vec![told.notice.clone()],
            };
            Some((*number, event))
        })
    }

    /// When the next event after `now` is told.
    pub(super) fn next_due(&self, now: Timestamp) -> Option<Timestamp> {
        let all = self.events.values().map(|told| told.due);
        all.filter(|due| *due > now).min()
    }

    /// Every charge that took money, with what was given back of it.
    pub(super) fn paid(&self) -> impl Iterator<Item = (ChargeId, Money, Money)> {
        let all = self.charges.iter();
        all.filter(|(_, charged)| charged.state == Charging::Paid)
            .map(|(id, charged)| (*id, charged.amount, charged.refunded))
    }

    fn enter(&mut self, setup: &SetupToken, card: TestCard, now: Timestamp) {
        let Some(known) = self.setups.get_mut(setup) else {
            return;
        };
        if matches!(known.state, SetupState::Saved(_)) {
            return;
        }
        if card.card().expires.is_over(now) {
            known.state = SetupState::Refused(DeclineReason::CardExpired);
            return;
        }
        if card.fate() == Fate::RefusedAtOnce {
            known.state = SetupState::Refused(DeclineReason::Refused);
            return;
        }
        let Some(token) = card.token(known.drawn) else {
            return;
        };
        let method = Method {
            token: token.clone(),
            card: card.card(),
        };
        known.state = SetupState::Saved(method);
        let cards = self.customers.at(known.customer.clone());
        if cards.len() >= MAX_CARDS {
            cards.remove(0);
        }
        cards.push(token);
        let setup = setup.clone();
        self.tell(Notice::SetupDone { setup }, now);
    }

    fn detach(&mut self, method: &MethodToken) {
        self.past(method).detached = true;
        let customer = self
            .customers
            .iter()
            .find(|(_, cards)| cards.contains(method))
            .map(|(customer, _)| customer.clone());
        if let Some(cards) = customer.and_then(|customer| self.customers.get_mut(&customer)) {
            cards.retain(|card| card != method);
        }
    }

    fn past(&mut self, method: &MethodToken) -> &mut Past {
        self.pasts.at(method.clone())
    }

    fn charge(
        &mut self,
        charge: ChargeId,
        amount: Money,
        method: &MethodToken,
        whim: bool,
        now: Timestamp,
    ) {
        if self.charges.get(&charge).is_some() {
            return;
        }
        let past = self.pasts.get(method).copied().unwrap_or_default();
        let card = TestCard::of_token(method).filter(|_| !past.detached);
        let fate = card.map_or(Fate::Declined, TestCard::fate);
        let state = match card {
            None => Charging::Declined(DeclineReason::CardBlocked, true),
            Some(card) if card.card().expires.is_over(now) => {
                Charging::Declined(DeclineReason::CardExpired, true)
            }
            Some(_) if whim => Charging::Declined(DeclineReason::Refused, false),
            Some(_) => match fate.decline(past.successes) {
                Some((reason, is_final)) => Charging::Declined(reason, is_final),
                None if fate == Fate::Authenticates => Charging::Waiting,
                None => Charging::Paid,
            },
        };
        if state == Charging::Paid && matches!(fate, Fate::SucceedsTimes(_)) {
            self.past(method).successes += 1;
        }
        let charged = Charged {
            amount,
            state,
            fate,
            refunded: Money::zero(amount.currency()),
            taken_back: None,
        };
        self.charges.insert(charge, charged);
        self.came_about(charge, now);
    }

    fn confirm(&mut self, charge: ChargeId, agrees: bool, now: Timestamp) {
        let Some(charged) = self.charges.get_mut(&charge) else {
            return;
        };
        if charged.state != Charging::Waiting {
            return;
        }
        charged.state = if agrees {
            Charging::Paid
        } else {
            Charging::Declined(DeclineReason::AuthenticationFailed, false)
        };
        self.came_about(charge, now);
    }

    /// Calls off what hasn't come about yet.
    fn call_off(&mut self, charge: ChargeId, amount: Money, state: Charging) {
        match self.charges.get_mut(&charge) {
            Some(charged) if charged.state == Charging::Waiting => charged.state = state,
            Some(_) => {}
            None => {
                let charged = Charged {
                    amount,
                    state,
                    fate: Fate::Succeeds,
                    refunded: Money::zero(amount.currency()),
                    taken_back: None,
                };
                self.charges.insert(charge, charged);
            }
        }
    }

    fn refund(&mut self, refund: RefundId, charge: ChargeId, amount: Money, now: Timestamp) {
        if self.refunds.get(&refund).is_some() {
            return;
        }
        let done = self
            .charges
            .get_mut(&charge)
            .is_some_and(|charged| charged.give_back(amount, now));
        self.refunds.insert(refund, done);
        self.tell(Notice::Refund { refund, done }, now);
    }

    /// Tells what became of a charge, and plans what its card has in store.
    fn came_about(&mut self, charge: ChargeId, now: Timestamp) {
        let Some(charged) = self.charges.get_mut(&charge) else {
            return;
        };
        let (outcome, fate, amount) = (charged.outcome(), charged.fate, charged.amount);
        // Else nobody would have to inquire.
        if fate != Fate::AnswerLost {
            self.tell(Notice::Charge { charge, outcome }, now);
        }
        let is_disputed = matches!(fate, Fate::ChargedBack | Fate::ChargebackWon)
            && matches!(outcome, Outcome::Paid { .. });
        let Some(taken_back) = later(now, CHARGEBACK_DAYS).filter(|_| is_disputed) else {
            return;
        };
        if let Some(charged) = self.charges.get_mut(&charge) {
            charged.taken_back = Some(taken_back);
        }
        let dispute = dispute_about(charge);
        let notice = Notice::Chargeback {
            dispute,
            charge,
            amount,
        };
        self.tell(notice, taken_back);
        if fate == Fate::ChargebackWon
            && let Some(decided) = later(taken_back, DECISION_DAYS)
        {
            self.tell(Notice::ChargebackWon { dispute }, decided);
        }
    }

    fn tell(&mut self, notice: Notice, due: Timestamp) {
        if self.events.len() >= MAX_EVENTS {
            self.events.pop_first();
        }
        self.events.insert(self.next, Told { due, notice });
        self.next += 1;
    }
}

impl Charged {
    pub(super) fn outcome(&self) -> Outcome {
        let declined = |reason, is_final| Outcome::Declined { reason, is_final };
        match self.state {
            Charging::Paid => Outcome::Paid {
                amount: self.amount,
            },
            Charging::Declined(reason, is_final) => declined(reason, is_final),
            Charging::Waiting => Outcome::NeedsAuthentication,
            Charging::Voided => declined(DeclineReason::Voided, false),
            Charging::NeverCame => declined(DeclineReason::ProviderError, false),
        }
    }

    /// Gives back a part, where there is one to give.
    fn give_back(&mut self, amount: Money, now: Timestamp) -> bool {
        let is_here = self.state == Charging::Paid
            && self.fate != Fate::NotRefunded
            && self.taken_back.is_none_or(|at| now < at);
        let Ok(refunded) = self.refunded.plus(amount) else {
            return false;
        };
        if !is_here || !amount.is_positive() || refunded.minor() > self.amount.minor() {
            return false;
        }
        self.refunded = refunded;
        true
    }
}

/// The number of an event.
pub(super) fn number_of(event: &EventId) -> Option<u64> {
    event.as_str().rsplit('_').next()?.parse().ok()
}

fn later(now: Timestamp, days: i64) -> Option<Timestamp> {
    now.checked_add(SignedDuration::from_hours(24 * days)).ok()
}

/// One dispute about each charge, known by it.
fn dispute_about(charge: ChargeId) -> DisputeId {
    DisputeId::new(charge.order.get().wrapping_add(u128::from(charge.attempt)))
}
