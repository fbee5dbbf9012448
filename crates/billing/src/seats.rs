//! Seats of a subscription for several: inviting to one with its letter, taking
//! one by an invitation or by the mail domain of a verified address, and giving
//! it back.

use std::fmt;

use commerce::ids::{AccountId, SeatId, SubscriptionId};
use commerce::subscription::{Command, MailDomain, SeatCommand, SeatHolder, Subscription};
use store::Writing;
use store::jobs::NewJob;
use store::outbox::Task;

use crate::billing::{Billing, open_account};
use crate::command::{Who, acted};
use crate::error::BillingError;

/// An invitation to a seat.
#[derive(Clone)]
pub struct Invitation {
    /// The seat: made of the form that invites
    /// ([`FormToken::seat`](crate::FormToken::seat)), so that one that is sent
    /// twice makes one.
    pub seat: SeatId,
    /// Which letter, as [`Post`](crate::Post) is told.
    pub kind: String,
    /// What it is made of, the address and the seat's link among it.
    pub letter: serde_json::Value,
}

/// Not for logs: the letter holds an address, and who has the seat's id has the
/// seat.
impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Invitation({:?}, ..)", self.kind)
    }
}

/// The id of the letter that invites to a seat, as a job and as a parcel: made
/// of the seat's, so that there is one. Jobs are listed for people to see, so it
/// doesn't tell the seat.
pub fn letter_of(seat: SeatId) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("ludgate 2027 letters of seats");
    hasher.update(&seat.get().to_be_bytes());
    format!("seat/{}/mail", hasher.finalize().to_hex())
}

impl Billing {
    /// Has the letter of an invitation sent; `false` where it was before. In the
    /// transaction that keeps the seat, so that there is neither without the
    /// other.
    pub(crate) async fn write_to(
        &self,
        writing: &mut Writing,
        subscription: &Subscription,
        invitation: &Invitation,
    ) -> Result<bool, BillingError> {
        let job = NewJob {
            id: letter_of(invitation.seat),
            account: Some(subscription.account),
            task: Task::Mail {
                kind: invitation.kind.clone(),
                body: invitation.letter.clone(),
            },
            due: self.now(),
        };
        Ok(writing.add_job(&job, self.clock().system()).await?)
    }

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
