//! Readers who come over from another system, with what they have there: an
//! account, something given, something paid for.
//!
//! Each comes whole or not at all, and many in one transaction. Who has come over
//! before doesn't come again, so that whatever broke off is begun anew. Nothing
//! is charged before what was paid elsewhere is over, and nobody is told of it
//! unless that is asked for.
//!
//! Not here: files, and what things are called there.

mod decide;
mod here;
mod write;

use std::collections::HashSet;

use access::Country;
use commerce::address::PostalAddress;
use commerce::ids::{PlanId, ProductId};
use commerce::money::Currency;
use decide::Decided;
use here::Here;
use jiff::Timestamp;
use store::{ExternalId, MailAddress, Reading, StoreError};

use crate::billing::Billing;
use crate::command::Who;
use crate::error::{BillingError, Fault};
use crate::sales::Sales;

/// The most that come in one transaction, in which nobody else writes: purchases
/// wait for its end, so an import takes many small ones.
pub const MAX_ARRIVALS: usize = 200;

/// Under which kinds it is kept who has come over, by which address, and with
/// what.
const ACCOUNT: &str = "account";
const ADDRESS: &str = "mail";
const SUBSCRIPTION: &str = "subscription";

/// Somebody who comes over.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Where from: the system, or the file.
    pub source: String,
    /// Their id there.
    pub external: String,
    /// Where mail goes.
    pub mail: MailAddress,
    /// Whether the address is known to be theirs. Where it isn't, the first link
    /// by which they sign in shows it.
    pub verified: bool,
    /// What they are called.
    pub name: Option<String>,
    /// In which language they read: a BCP 47 tag.
    pub locale: Option<String>,
    /// Since when they were there.
    pub since: Option<Timestamp>,
    /// Whether they have agreed to get a newsletter.
    pub newsletter: bool,
    /// Where it is delivered, where it is.
    pub post: Option<PostalAddress>,
    /// What they have.
    pub brings: Brings,
}

/// What somebody has elsewhere.
#[derive(Clone, Debug)]
pub enum Brings {
    /// An account.
    Account,
    /// Something for nothing.
    Given {
        /// What, of ours.
        product: ProductId,
        /// Until when; `None` until it is revoked.
        until: Option<Timestamp>,
    },
    /// Something paid for.
    Paid(PaidElsewhere),
}

/// What was paid for elsewhere.
#[derive(Clone, Debug)]
pub struct PaidElsewhere {
    /// Which plan of ours its terms are from now on. No offer counts: trials and
    /// introductory prices are for who begins.
    pub plan: PlanId,
    /// In which currency it goes on; the publication's own where nobody says.
    pub currency: Option<Currency>,
    /// Where they live, as tax asks; where the seller is, if nobody says.
    pub country: Option<Country>,
    /// Until when it is paid for. What is over already leaves somebody who has
    /// had a subscription.
    pub until: Timestamp,
    /// With what it goes on; `None` where it ends then.
    pub card: Option<CardElsewhere>,
}

/// Something to pay with that the payment provider knows already.
#[derive(Clone, Debug)]
pub struct CardElsewhere {
    /// Who they are to it.
    pub customer: String,
    /// What it calls the card.
    pub method: String,
    /// What its owner knows it by.
    pub label: Option<String>,
    /// Through which month it is good, `2029-04`.
    pub expires: Option<String>,
}

/// How they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coming {
    /// Not at all: what would come of it is said.
    Rehearsed,
    /// Without a word to them.
    Quietly,
    /// They are told, where there is something to tell.
    Told,
}

/// What became of somebody who comes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// They had come before, with all of this. Nothing has changed.
    Before,
    /// They have come.
    Now {
        /// Whether they had an account here, which now has what they bring.
        had_account: bool,
        /// What they have by it.
        has: Holding,
    },
}

/// What somebody has by what they bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding {
    /// An account.
    Account,
    /// Something for nothing.
    Given,
    /// A subscription that goes on and is charged from then on.
    GoesOn(Timestamp),
    /// A subscription that runs out unless they enter a card.
    RunsOut,
    /// A subscription that is over.
    Ended,
}

impl Arrival {
    /// What they, or what they bring, is called there.
    fn named(&self, kind: &str, external: String) -> ExternalId {
        ExternalId {
            source: self.source.clone(),
            kind: kind.to_owned(),
            external,
        }
    }
}

impl Billing {
    /// Lets people come over, [`MAX_ARRIVALS`] at most: what became of each, in
    /// their order. One who can't come keeps nobody else from it.
    pub async fn arrive(
        &self,
        who: &Who,
        arrivals: &[Arrival],
        coming: Coming,
    ) -> Result<Vec<Result<Arrived, BillingError>>, BillingError> {
        if matches!(who, Who::Reader(_)) {
            return Err(BillingError::OnlyCare("an import"));
        }
        if arrivals.len() > MAX_ARRIVALS {
            return Err(BillingError::Store(StoreError::TooMany {
                what: "people who come over at once",
                most: MAX_ARRIVALS,
            }));
        }
        let sales = self.sales();
        let (mut all, mut rest) = (Vec::with_capacity(arrivals.len()), arrivals);
        if coming == Coming::Rehearsed {
            // Nobody who writes has to wait for what is only tried.
            let mut reading = self.inner.store.read().await?;
            while !rest.is_empty() {
                let some = self.decide_some(&mut reading, &sales, &mut rest).await?;
                let some = some.into_iter().map(|(_, decided)| decided);
                all.extend(some.map(|decided| decided.map(|decided| decided.arrived())));
            }
            return Ok(all);
        }
        let mut writing = self.inner.store.write().await?;
        while !rest.is_empty() {
            let some = self.decide_some(&mut writing, &sales, &mut rest).await?;
            let mut landings = Vec::with_capacity(some.len());
            for (arrival, decided) in some {
                all.push(decided.map(|decided| {
                    let arrived = decided.arrived();
                    landings.extend(decided.landing.map(|landing| (arrival, landing)));
                    arrived
                }));
            }
            // From here on whatever fails undoes all of them.
            self.land(&mut writing, (&sales, who), &landings, coming)
                .await?;
        }
        writing.commit().await?;
        self.wake();
        Ok(all)
    }

    /// Decides upon the first of some that can be decided upon together, and
    /// takes them off: what was decided of each, where they can come.
    async fn decide_some<'a>(
        &self,
        reading: &mut Reading,
        sales: &Sales,
        rest: &mut &'a [Arrival],
    ) -> Result<Vec<(&'a Arrival, Result<Decided, BillingError>)>, BillingError> {
        let some = here::apart(rest);
        let here = Here::read(reading, self.provider_name(), some).await?;
        let mut all = Vec::with_capacity(some.len());
        let mut accounts = HashSet::new();
        for arrival in some {
            match self.decide(&here, sales, arrival) {
                Err(error) if error.fault() != Fault::Theirs => return Err(error),
                // Known by other names, and one with another: who comes first may
                // change what there is for this one.
                Ok(decided) if !decided.account().is_none_or(|one| accounts.insert(one)) => break,
                decided => all.push((arrival, decided)),
            }
        }
        *rest = rest.split_at(all.len()).1;
        Ok(all)
    }
}
