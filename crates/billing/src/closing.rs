//! Closing an account for good: the one place for every way of it.
//!
//! It is one transaction. Where money is on its way, nothing of it is done, and
//! it is said what there is to wait for. The provider isn't asked for anything
//! first: it has the customer deleted with all cards by a job of that very
//! transaction, however long it is away.

use commerce::ids::{AccountId, SubscriptionId};
use commerce::subscription::{
    CancelReason, CancelWhen, Command, SeatCommand, SeatHolder, Subscription,
};
use store::accounts::AccountStatus;
use store::care::{EraseError, Erased, InvoiceNames};
use store::subscriptions::MAX_BATCH;
use store::{Books, Committed, Proof, Writing};

use crate::billing::Billing;
use crate::care::act_of;
use crate::command::{Who, acted_on};
use crate::error::BillingError;

impl Billing {
    /// Closes a reader's own account, and ends at once what runs in it; nothing
    /// is given back by that. Only where they are still [known](Proof) by what
    /// they were known by when they asked for it.
    /// Comes with what the gate has to hear of before they are told.
    pub async fn close(&self, proof: &Proof) -> Result<(Erased, Committed), BillingError> {
        let who = Who::Reader(proof.account);
        let names = InvoiceNames::Kept;
        self.shut(&who, proof.account, names, Some(proof)).await
    }

    /// Forgets who somebody was, for customer care, who ends before that what
    /// still runs. Says what providers call them. What is kept outside of the
    /// store is forgotten a moment later.
    pub async fn erase(
        &self,
        who: &Who,
        account: AccountId,
        names: InvoiceNames,
    ) -> Result<Erased, BillingError> {
        act_of(who, "erase", Some(account))?;
        let (erased, _) = self.shut(who, account, names, None).await?;
        Ok(erased)
    }

    async fn shut(
        &self,
        who: &Who,
        account: AccountId,
        names: InvoiceNames,
        proof: Option<&Proof>,
    ) -> Result<(Erased, Committed), BillingError> {
        let (sales, now, system) = (self.sales(), self.now(), self.clock().system());
        let mut writing = self.inner.store.write().await?;
        if let Some(proof) = proof {
            writing.prove(proof, system).await??;
        }
        let found = writing.account(account).await?;
        let is_merged = |status| matches!(status, AccountStatus::Merged(_));
        if found.is_none_or(|found| is_merged(found.status)) {
            return Err(EraseError::Unknown(account).into());
        }
        // Before anything ends: what is called off by that would have to be waited
        // for as well, and nobody would be told for what.
        if let Some(moving) = writing.moving(account).await? {
            return Err(EraseError::MoneyMoves(moving).into());
        }
        let act = acted_on(&mut writing, who, "erase", (account, None), now).await?;
        let books = sales.books(now, act);
        if proof.is_some() {
            end_all(&mut writing, account, &books).await?;
        }
        leave_seats(&mut writing, account, &books).await?;
        let erased = writing.erase(account, names, system).await?;
        let committed = writing.commit().await?;
        self.wake();
        Ok((erased, committed))
    }
}

/// Ends all that still runs.
async fn end_all(
    writing: &mut Writing,
    account: AccountId,
    books: &Books<'_>,
) -> Result<(), BillingError> {
    let all = writing.subscriptions(account).await?;
    let ends = |one: &Subscription| {
        let command = Command::Cancel {
            when: CancelWhen::Now,
            reason: CancelReason::Unsaid,
        };
        (one.id, command)
    };
    let commands: Vec<_> = all.iter().filter(|one| !one.is_ended()).map(ends).collect();
    run(writing, &commands, books).await
}

/// Gives all of somebody's seats back: nobody could free them afterwards.
async fn leave_seats(
    writing: &mut Writing,
    account: AccountId,
    books: &Books<'_>,
) -> Result<(), BillingError> {
    let mut commands = Vec::new();
    for one in writing.seats(account).await? {
        let seats = one.seats.seats.iter().filter(|_| !one.is_ended());
        let theirs = seats.filter(|seat| seat.holder == SeatHolder::Member(account));
        let free = |seat| Command::Seat(SeatCommand::Free { seat });
        commands.extend(theirs.map(|seat| (one.id, free(seat.id))));
    }
    run(writing, &commands, books).await
}

/// All of them, or nothing: the transaction ends with the first that is refused.
async fn run(
    writing: &mut Writing,
    commands: &[(SubscriptionId, Command)],
    books: &Books<'_>,
) -> Result<(), BillingError> {
    for some in commands.chunks(MAX_BATCH) {
        for done in writing.commands(some, books).await? {
            done?;
        }
    }
    Ok(())
}
