//! What can change without changing the course of things: addresses, taxes,
//! seats.

use super::Draft;
use crate::ids::{AccountId, AddressId};
use crate::subscription::{Fact, Refusal, SeatCommand, SeatRefusal, Stage};
use crate::tax::TaxStatus;

impl Draft<'_> {
    /// Of what isn't delivered too, as long as it may become what is: a change of
    /// plan needs to know where before it is agreed to.
    pub(super) fn set_address(&mut self, address: AddressId) -> Result<(), Refusal> {
        if !self.state.terms.delivered && !self.would_go_on() {
            return Err(Refusal::NotDelivered);
        }
        if self.state.address != Some(address) {
            let from = self.state.delivered_to();
            self.push(Fact::AddressSet { address, from });
        }
        Ok(())
    }

    /// Of what has ended as well: a reader's past moves with them.
    pub(super) fn transfer(&mut self, account: AccountId) {
        if self.state.account != account {
            self.push(Fact::Transferred { account });
        }
    }

    /// Holds for bills from now on; those that were made stay as they are.
    pub(super) fn set_tax_status(&mut self, status: TaxStatus) {
        if self.state.tax_status != status {
            self.push(Fact::TaxStatusSet { status });
        }
    }

    pub(super) fn seat(&mut self, command: &SeatCommand) -> Result<(), Refusal> {
        if !self.state.terms.seated {
            return Err(SeatRefusal::ForOne.into());
        }
        if matches!(self.state.stage, Stage::Incomplete { .. }) {
            return Err(Refusal::Incomplete);
        }
        // Nobody takes a seat who would have none from the next period on.
        let today = self.state.terms.quantity;
        let quantity = today.min(self.state.terms_ahead().quantity);
        for fact in self.state.seats.handle(command, quantity)? {
            self.push(Fact::Seat(fact));
        }
        Ok(())
    }
}
