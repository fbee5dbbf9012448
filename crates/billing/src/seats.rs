//! Seats of a subscription for several: inviting to one with its letter, taking
//! one by an invitation or by the mail domain of a verified address, and giving
//! it back.

use std::fmt;

use commerce::ids::{AccountId, SeatId, SubscriptionId};
use commerce::subscription::{
    Command, MailDomain, Seat, SeatCommand, SeatHolder, Seats, Subscription,
};
use ipnet::IpNet;
use store::accounts::{Account, AccountStatus};
use store::jobs::NewJob;
use store::outbox::Task;
use store::{Reading, StoreError, Writing};

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

/// Who comes without an invitation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entrances {
    /// By their verified address.
    pub domains: Vec<MailDomain>,
    /// By their network, without a seat.
    pub networks: Vec<IpNet>,
}

impl Entrances {
    /// These and those that there are. However a network is written, it is kept
    /// by its first address.
    pub(crate) fn and(&self, there: &Seats) -> Command {
        let (mut domains, mut networks) = (there.domains.clone(), there.networks.clone());
        for domain in &self.domains {
            if !domains.contains(domain) {
                domains.push(domain.clone());
            }
        }
        for network in self.networks.iter().map(IpNet::trunc) {
            if !networks.contains(&network) {
                networks.push(network);
            }
        }
        Command::Seat(SeatCommand::Admit { domains, networks })
    }

    /// Those that there are without these.
    pub(crate) fn taken_from(&self, there: &Seats) -> Command {
        let (mut domains, mut networks) = (there.domains.clone(), there.networks.clone());
        domains.retain(|domain| !self.domains.contains(domain));
        let is_one = |network: &IpNet| self.networks.iter().any(|one| one.trunc() == *network);
        networks.retain(|network| !is_one(network));
        Command::Seat(SeatCommand::Admit { domains, networks })
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
        let writing = self.inner.store.write().await?;
        self.seat(writing, (account, id), command, "take_seat")
            .await
    }

    /// Takes a free seat by the domain of the account's address, which has to be
    /// verified.
    pub async fn join(
        &self,
        account: AccountId,
        id: SubscriptionId,
    ) -> Result<Subscription, BillingError> {
        let mut writing = self.inner.store.write().await?;
        let domain = domain_of(&mut writing, account).await?;
        let command = SeatCommand::Join {
            seat: SeatId::new(self.inner.world.draw()?),
            account,
            domain: domain.ok_or(BillingError::NotVerified)?,
        };
        self.seat(writing, (account, id), command, "join").await
    }

    /// Gives back the seats that an account took by an address it has no longer,
    /// in the transaction that gives it another.
    pub async fn moved_away(
        &self,
        writing: &mut Writing,
        account: AccountId,
    ) -> Result<(), BillingError> {
        let domain = domain_of(writing, account).await?;
        let sales = self.sales();
        let books = sales.books(self.now(), None);
        for one in writing.seats(account).await? {
            let theirs = one.seats.seat_of(account);
            let is_lost = |seat: &&Seat| seat.domain.is_some() && seat.domain != domain;
            let lost = theirs.filter(is_lost).filter(|_| !one.is_ended());
            if let Some(seat) = lost {
                let command = Command::Seat(SeatCommand::Free { seat: seat.id });
                writing.command(one.id, &command, &books).await?;
            }
        }
        Ok(())
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
        let writing = self.inner.store.write().await?;
        self.seat(writing, (account, id), command, "leave_seat")
            .await
    }

    async fn seat(
        &self,
        mut writing: Writing,
        (account, id): (AccountId, SubscriptionId),
        command: SeatCommand,
        what: &'static str,
    ) -> Result<Subscription, BillingError> {
        let (sales, now) = (self.sales(), self.now());
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

/// The subscriptions that run and of which an account may take a free seat by its
/// address, as [`Billing::join`] would, with the domain. In the reading that has
/// found the account: a page asks for both.
pub async fn open_to(
    reading: &mut Reading,
    account: &Account,
) -> Result<Vec<(MailDomain, Subscription)>, StoreError> {
    let Some(domain) = domain(account) else {
        return Ok(Vec::new());
    };
    let mut open = reading.open_to(&domain).await?;
    open.retain(|one| !one.seats.has_member(account.id));
    let open = open.into_iter().map(|one| (domain.clone(), one));
    Ok(open.collect())
}

async fn domain_of(
    reading: &mut Reading,
    account: AccountId,
) -> Result<Option<MailDomain>, BillingError> {
    let found = reading.account(account).await?;
    let found = found.ok_or(BillingError::NoAccount(account))?;
    Ok(domain(&found))
}

/// The domain of an open account's address, where it is known to be theirs.
fn domain(account: &Account) -> Option<MailDomain> {
    let is_theirs = account.status == AccountStatus::Open && account.verified.is_some();
    let mail = account.mail.as_ref().filter(|_| is_theirs)?;
    // What isn't one of the DNS is nobody's to admit.
    MailDomain::new(mail.domain()).ok()
}
