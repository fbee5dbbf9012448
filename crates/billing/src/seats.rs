//! Taking a seat of somebody else's subscription: by an invitation, or by the
//! mail domain of a verified address.

use commerce::ids::{AccountId, SeatId, SubscriptionId};
use commerce::subscription::{Command, MailDomain, SeatCommand, SeatHolder, Subscription};

use crate::billing::{Billing, open_account};
use crate::command::{Who, acted};
use crate::error::BillingError;

impl Billing {
    /// Takes the seat of an invitation. Its id is the secret: 128 random bits
    /// that only the invitation holds.
    pub async fn take_seat(
        &self,
        account: AccountId,
        id: SubscriptionId,
        seat: SeatId,
    ) -> Result<Subscription, BillingError> {
        let command = SeatCommand::Accept { seat, account };
        self.seat(account, id, command, "take_seat").await
    }

    /// Takes a free seat by the domain of the account's address, which has to be
    /// verified.
    pub async fn join(
        &self,
        account: AccountId,
        id: SubscriptionId,
    ) -> Result<Subscription, BillingError> {
        let found = self.inner.store.read().await?.account(account).await?;
        let found = found.ok_or(BillingError::NoAccount(account))?;
        let verified = found.mail.filter(|_| found.verified.is_some());
        let mail = verified.ok_or(BillingError::NotVerified)?;
        let domain = MailDomain::new(mail.domain()).map_err(|_| BillingError::NotVerified)?;
        let seat = SeatId::new(self.inner.world.draw()?);
        let command = SeatCommand::Join {
            seat,
            account,
            domain,
        };
        self.seat(account, id, command, "join").await
    }

    /// Gives one's own seat back.
    pub async fn leave_seat(
        &self,
        account: AccountId,
        id: SubscriptionId,
    ) -> Result<Subscription, BillingError> {
        let found = self.inner.store.read().await?.subscription(id).await?;
        let found = found.ok_or(BillingError::not_theirs(id))?;
        let theirs = found
            .seats
            .seats
            .iter()
            .find(|seat| seat.holder == SeatHolder::Member(account));
        let seat = theirs.ok_or(BillingError::not_theirs(id))?.id;
        let command = SeatCommand::Free { seat };
        self.seat(account, id, command, "leave_seat").await
    }

    /// Gives all of somebody's seats back, before they are forgotten: nobody
    /// could free them afterwards.
    pub async fn leave_all_seats(&self, account: AccountId) -> Result<(), BillingError> {
        let seated = self.inner.store.read().await?.seats(account).await?;
        for one in seated.iter().filter(|one| !one.is_ended()) {
            self.leave_seat(account, one.id).await?;
        }
        Ok(())
    }

    async fn seat(
        &self,
        account: AccountId,
        id: SubscriptionId,
        command: SeatCommand,
        what: &'static str,
    ) -> Result<Subscription, BillingError> {
        let (sales, now) = (self.sales(), self.now());
        let mut writing = self.inner.store.write().await?;
        open_account(&mut writing, account).await?;
        if writing.subscription(id).await?.is_none() {
            return Err(BillingError::not_theirs(id));
        }
        let who = Who::Reader(account);
        let act = acted(&mut writing, &who, what, account, id, now).await?;
        let books = sales.books(now, act);
        let done = writing.command(id, &Command::Seat(command), &books).await?;
        writing.commit().await?;
        self.wake();
        Ok(done.subscription)
    }
}
