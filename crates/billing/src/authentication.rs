//! A charge that the reader has to confirm with their bank.

use commerce::ids::{AccountId, ChargeId};
use commerce::payment::Outcome;
use jiff::Timestamp;
use providers::payment::{Authentication, Delivery, Notice, Request};
use store::Owner;

use crate::billing::Billing;
use crate::deliver::{command, gift_command};
use crate::error::BillingError;
use crate::outcome::PaymentState;

impl Billing {
    /// How the reader confirms one of their charges.
    pub async fn authentication(
        &self,
        account: AccountId,
        charge: ChargeId,
    ) -> Result<Authentication, BillingError> {
        let mut reading = self.inner.store.read().await?;
        let owner = self.owner_of(&mut reading, account, charge).await?;
        let Some(asked) = self.charge(&mut reading, owner, charge).await? else {
            return Ok(Authentication::NotWaiting);
        };
        drop(reading);
        Ok(self.inner.provider.authentication(&asked).await?)
    }

    /// The reader comes back from their bank: the provider is asked what became
    /// of it. What a browser says proves nothing.
    pub async fn authenticated(
        &self,
        account: AccountId,
        charge: ChargeId,
    ) -> Result<PaymentState, BillingError> {
        let mut reading = self.inner.store.read().await?;
        let owner = self.owner_of(&mut reading, account, charge).await?;
        let asked = self.charge(&mut reading, owner, charge).await?;
        drop(reading);
        if let Some(asked) = asked {
            let provider = &self.inner.provider;
            let request = Request::Inquire(asked);
            let now = self.now();
            let answer = provider.carry_out(&request, Delivery::Again, now).await?;
            // What isn't known yet is waited for as before.
            if let Some(notice) = answer.notice.filter(is_news) {
                self.report_at_once(owner, &notice, now).await?;
            }
        }
        self.payment_of(owner).await
    }

    async fn report_at_once(
        &self,
        owner: Owner,
        notice: &Notice,
        now: Timestamp,
    ) -> Result<(), BillingError> {
        let sales = self.sales();
        let books = sales.books(now, None);
        let mut writing = self.inner.store.write().await?;
        match owner {
            Owner::Subscription(id) => {
                if let Some(command) = command(notice) {
                    writing.command(id, &command, &books).await?;
                }
            }
            Owner::Gift(id) => {
                if let Some(command) = gift_command(notice) {
                    writing.gift_command(id, &command, &books).await?;
                }
            }
        }
        writing.commit().await?;
        self.inner.answered.send_replace(());
        self.wake();
        Ok(())
    }

    /// Whose a charge is, where it is the account's.
    pub(crate) async fn owner_of(
        &self,
        reading: &mut store::Reading,
        account: AccountId,
        charge: ChargeId,
    ) -> Result<Owner, BillingError> {
        let unknown = || BillingError::NoSuchCharge;
        let owner = reading.owner_of_order(charge.order).await?;
        let owner = owner.ok_or_else(unknown)?;
        let theirs = match owner {
            Owner::Subscription(id) => reading
                .subscription(id)
                .await?
                .is_some_and(|found| found.account == account),
            Owner::Gift(id) => reading
                .gift(id)
                .await?
                .is_some_and(|found| found.bought.buyer == account),
        };
        theirs.then_some(owner).ok_or_else(unknown)
    }

    /// Where the payment of a subscription or a gift stands now.
    pub async fn payment_of(&self, owner: Owner) -> Result<PaymentState, BillingError> {
        let mut reading = self.inner.store.read().await?;
        let state = PaymentState::read(&mut reading, owner).await?;
        state.ok_or(BillingError::NotTheirs(owner))
    }
}

fn is_news(notice: &Notice) -> bool {
    !matches!(
        notice,
        Notice::Charge {
            outcome: Outcome::Unknown | Outcome::NeedsAuthentication,
            ..
        }
    )
}
