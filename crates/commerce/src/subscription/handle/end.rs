//! The end, whatever the reason: the open order is given up, what was paid is
//! earned or given back, access goes.

use super::Draft;
use crate::payment::PaymentFact;
use crate::subscription::{EndReason, Fact, Refusal};

impl Draft<'_> {
    /// Ends it at once. A charge that may still succeed is called off; money
    /// that comes in after all is given back when it does.
    pub(super) fn end(&mut self, why: EndReason) -> Result<(), Refusal> {
        self.give_up_order()?;
        self.close_period();
        let at = self.now();
        self.push(Fact::Ended { at, why });
        Ok(())
    }

    /// Gives the open order up. That its charge was called off before proves
    /// nothing, as long as nobody has said that it could be: it is once more.
    pub(super) fn give_up_order(&mut self) -> Result<(), Refusal> {
        let Some(order) = &self.state.payments.open else {
            return Ok(());
        };
        let id = order.id;
        let void = order
            .is_under_way()
            .then(|| order.void(self.now()))
            .transpose()?;
        if let Some(void) = void {
            self.push(void);
        }
        self.push(PaymentFact::OrderFailed { order: id });
        Ok(())
    }

    /// The publisher ends it.
    pub(super) fn revoke(&mut self) -> Result<(), Refusal> {
        if self.state.is_ended() {
            return Ok(());
        }
        self.end(EndReason::Revoked)
    }
}
