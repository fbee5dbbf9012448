//! Who may read, by the facts and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use commerce::ids::{AccountId, SeatId};
use commerce::payment::{PaymentFact, RefundReason};
use commerce::subscription::{Fact, SeatFact};
use commerce::terms::Terms;
use jiff::Timestamp;

use super::{Broken, hold};

/// What a subscription's facts say of access at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    /// It gives access.
    Open,
    /// It doesn't.
    Closed,
    /// The period is over, and what is done about it is on its way: who stays
    /// isn't locked out in between.
    Turning,
}

/// Paid, tried or given means open; over, paused or never begun means closed;
/// and while money may have been taken nobody is locked out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Access {
    owner: Option<AccountId>,
    seated: bool,
    seats: BTreeMap<SeatId, AccountId>,
    begun: bool,
    /// When the period ends, if it does.
    end: Option<Timestamp>,
    grace: Option<Timestamp>,
    paused: bool,
    ended: bool,
    /// Who took it out has withdrawn from it.
    withdrawn: bool,
    /// A charge may still succeed.
    charged: bool,
    /// It ends with the period, whatever comes.
    last: bool,
    renews: bool,
}

impl Access {
    pub(crate) fn take(&mut self, fact: &Fact) {
        match fact {
            Fact::Begun(begun) => {
                self.owner = Some(begun.account);
                self.agreed(&begun.terms);
            }
            Fact::PlanChanged { terms, .. } => self.agreed(terms),
            Fact::Transferred { account } => self.owner = Some(*account),
            Fact::Seat(SeatFact::Taken { seat, account, .. }) => {
                self.seats.insert(*seat, *account);
            }
            Fact::Seat(SeatFact::Freed { seat, .. }) => {
                self.seats.remove(seat);
            }
            Fact::PeriodStarted(cycle) => {
                (self.begun, self.grace, self.charged) = (true, None, false);
                self.end = cycle.period.end;
            }
            Fact::Extended { period, .. } => self.end = period.end,
            Fact::Resumed { period, .. } => (self.end, self.paused) = (period.end, false),
            Fact::Paused { .. } => self.paused = true,
            Fact::Ended { .. } => self.ended = true,
            Fact::GraceStarted { until } => self.grace = Some(*until),
            Fact::CancellationScheduled { .. } => self.last = true,
            Fact::CancellationWithdrawn => self.last = false,
            Fact::Payment(PaymentFact::RefundRequested {
                reason: RefundReason::Withdrawal,
                ..
            }) => self.withdrawn = true,
            Fact::Payment(PaymentFact::ChargeRequested { .. }) => self.charged = true,
            Fact::Payment(
                PaymentFact::ChargeDeclined { .. }
                | PaymentFact::OrderFailed { .. }
                | PaymentFact::Paid { .. },
            ) => self.charged = false,
            _ => {}
        }
    }

    /// What has to be so between two commands.
    pub(crate) fn rest(&self) -> Result<(), Broken> {
        hold(self.ended || !self.withdrawn, || {
            "who has withdrawn, and got their money back, has nothing any more".to_owned()
        })
    }

    fn agreed(&mut self, terms: &Terms) {
        (self.seated, self.renews) = (terms.seated, terms.renews());
    }

    /// Who reads by it.
    pub(crate) fn readers(&self) -> BTreeSet<AccountId> {
        if self.seated {
            return self.seats.values().copied().collect();
        }
        self.owner.into_iter().collect()
    }

    pub(crate) fn at(&self, now: Timestamp) -> Says {
        if !self.begun || self.ended || self.paused {
            return Says::Closed;
        }
        let Some(end) = self.end else {
            return Says::Open;
        };
        if now < end || self.charged || self.grace.is_some_and(|until| now < until) {
            return Says::Open;
        }
        if self.grace.is_some() || self.last || !self.renews {
            return Says::Closed;
        }
        Says::Turning
    }

    /// When that may become something else by itself.
    pub(crate) fn changes_after(&self, now: Timestamp) -> Option<Timestamp> {
        if self.ended {
            return None;
        }
        let moments = [self.end, self.grace].into_iter().flatten();
        moments.filter(|at| *at > now).min()
    }
}
