//! The bank behind the sandbox: what it has been told, and what that makes of
//! cards and money. Pure: the same calls at the same times make the same bank.

mod cards;
mod charges;
mod events;

use commerce::ids::{ChargeId, RefundId};
use commerce::money::Money;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::card::TestCard;
use super::recent::Recent;
use crate::payment::{CustomerToken, Event, MethodToken, Notice, SetupToken};

use cards::{Past, Setup};
use charges::Charging;
use events::Events;

pub(super) use cards::SetupState;
pub(super) use charges::{Charged, GivenBack};
pub(super) use events::number_of;

/// How many charges and refunds are remembered, 60 MB of them: six nights that
/// renew 33,000 subscriptions each. One that is older was never heard of.
const MAX_CHARGES: usize = 200_000;

/// How many cards are being entered at a time: more readers than try out a
/// sandbox.
const MAX_SETUPS: usize = 10_000;

/// How many customers' cards are listed; others' can be charged all the same.
const MAX_CUSTOMERS: usize = 200_000;

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
    Forget {
        customer: CustomerToken,
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
    /// From when on it is known of the slow ones whether they were made.
    #[serde(default)]
    refunds_known: Recent<RefundId, Timestamp, MAX_CHARGES>,
    events: Events,
}

impl Bank {
    /// Takes note of a call; total, whatever it says.
    pub(super) fn apply(&mut self, call: &Call, now: Timestamp) {
        match call {
            Call::SetUp {
                setup,
                customer,
                drawn,
            } => self.set_up(setup, customer, *drawn),
            Call::Enter { setup, card } => self.enter(setup, *card, now),
            Call::Detach { method } => self.detach(method),
            Call::Forget { customer } => self.forget(customer),
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
                    self.events.hear(*event);
                }
            }
        }
    }

    /// Whether a call would change nothing, so that it isn't worth a line.
    pub(super) fn is_moot(&self, call: &Call) -> bool {
        match call {
            Call::SetUp { setup, .. } => self.setups.get(setup).is_some(),
            Call::Enter { setup, .. } => !self.is_open(setup),
            Call::Detach { method } => self.is_gone(method),
            Call::Forget { customer } => self.customers.get(customer).is_none_or(Vec::is_empty),
            Call::Charge { charge, .. } | Call::Forestall { charge, .. } => {
                self.charges.get(charge).is_some()
            }
            Call::Confirm { charge, .. } => !self.is_waiting(*charge),
            Call::Void { charge, .. } => {
                self.charges.get(charge).is_some() && !self.is_waiting(*charge)
            }
            Call::Refund { refund, .. } => self.refunds.get(refund).is_some(),
            Call::Heard { events } => !events.iter().any(|event| self.events.waits(*event)),
        }
    }

    /// The events that are due, with their numbers, the first first.
    pub(super) fn due(&self, now: Timestamp) -> impl Iterator<Item = (u64, Event)> {
        self.events.due(now)
    }

    /// When the next event after `now` is told.
    pub(super) fn next_due(&self, now: Timestamp) -> Option<Timestamp> {
        self.events.next_due(now)
    }

    fn tell(&mut self, notice: Notice, due: Timestamp) {
        self.events.tell(notice, due);
    }
}
