//! What is paid for begins, once; and no time is paid for twice.

use commerce::bill::{Bill, Sold};
use commerce::ids::OrderId;
use commerce::payment::{PaymentFact, Purpose};
use commerce::subscription::{Fact, Origin};
use jiff::Timestamp;

use super::{Broken, hold};

/// Every period that isn't free has a payment of its own, in the same breath,
/// and begins when the last one is over.
#[derive(Clone, Debug, Default)]
pub(crate) struct Periods {
    /// What the open order is for.
    open: Option<(OrderId, Purpose)>,
    /// A payment whose period hasn't begun.
    paid: Option<OrderId>,
    /// A period may begin without a payment of its own: it was given, or what
    /// was paid for the last one pays for it.
    free: bool,
    /// Until when is paid for.
    until: Option<Timestamp>,
    /// The last period was ended, perhaps before its time.
    over: bool,
}

impl Periods {
    pub(crate) fn take(&mut self, fact: &Fact) -> Result<(), Broken> {
        match fact {
            Fact::Begun(begun) => self.free = begun.origin != Origin::Own,
            Fact::Payment(PaymentFact::OrderOpened { order, purpose, .. }) => {
                self.open = Some((*order, *purpose));
                self.free &= *purpose != Purpose::Renewal;
            }
            Fact::Payment(PaymentFact::Paid { charge, bill, .. }) => {
                self.paid(charge.order, bill)?;
            }
            Fact::PeriodStarted(cycle) => {
                let start = cycle.period.start;
                hold(self.until.is_none_or(|until| start >= until), || {
                    format!("a time is paid for once: {start} lies in the last period")
                })?;
                let own = self.paid.take().is_some() || std::mem::take(&mut self.free);
                hold(own || !cycle.paid, || {
                    format!("what isn't free is paid for: the period from {start}")
                })?;
                (self.until, self.over) = (cycle.period.end, false);
            }
            Fact::PeriodEnded { .. } => self.over = true,
            Fact::Extended { period, .. } | Fact::Resumed { period, .. } => self.until = period.end,
            // The rest of the last one was given back, or taken off the price.
            Fact::PlanChanged { .. } if self.over => (self.until, self.free) = (None, true),
            Fact::Ended { .. } => self.until = None,
            _ => {}
        }
        Ok(())
    }

    fn paid(&mut self, order: OrderId, bill: &Bill) -> Result<(), Broken> {
        hold(self.paid.is_none(), || {
            format!("who has paid gets a period before paying again: {order}")
        })?;
        let begins = |(open, purpose): (OrderId, Purpose)| {
            open == order && matches!(purpose, Purpose::Begin | Purpose::Renewal)
        };
        if self.open.take().is_some_and(begins) {
            self.paid = Some(order);
        }
        for line in &bill.lines {
            let (Sold::Plan { period, .. }, Some(until)) = (&line.sold, self.until) else {
                continue;
            };
            let start = period.start;
            hold(start >= until || self.paid.is_none(), || {
                format!("nobody is charged twice for one period: {start} was paid until {until}")
            })?;
        }
        Ok(())
    }

    /// Nothing that was paid for is outstanding.
    pub(crate) fn rest(&self) -> Result<(), Broken> {
        match self.paid {
            Some(order) => Err(Broken(format!("paid means entitled: {order} gave nothing"))),
            None => Ok(()),
        }
    }
}
