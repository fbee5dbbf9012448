//! What must hold whatever happens, by the facts alone: an account of our own,
//! kept beside the one that is tried, and a fact longer with each that is taken.

mod access;
mod books;
mod charges;
mod periods;
mod refunds;

use commerce::gift::GiftFact;
use commerce::subscription::Fact;

pub(crate) use access::{Access, Says};
use books::Books;
use charges::Charges;
use periods::Periods;
use refunds::Refunds;

/// A law that was broken: what it says, and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken(pub(crate) String);

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Broken {}

/// Breaks off unless something holds.
pub(crate) fn hold(holds: bool, law: impl FnOnce() -> String) -> Result<(), Broken> {
    if holds { Ok(()) } else { Err(Broken(law())) }
}

/// How many laws each fact of a subscription is held to.
pub(crate) const OF_A_FACT: u64 = 21;

/// A subscription's.
#[derive(Clone, Debug, Default)]
pub(crate) struct Laws {
    charges: Charges,
    refunds: Refunds,
    periods: Periods,
    books: Books,
    access: Access,
}

impl Laws {
    /// Holds one more fact to all of them.
    pub(crate) fn take(&mut self, fact: &Fact) -> Result<(), Broken> {
        if let Fact::Payment(fact) = fact {
            self.charges.take(fact)?;
            self.refunds.take(fact)?;
        }
        self.periods.take(fact)?;
        self.books.take(fact)?;
        self.access.take(fact);
        Ok(())
    }

    /// What has to be so between two commands.
    pub(crate) fn rest(&self) -> Result<(), Broken> {
        self.periods.rest()?;
        self.refunds.rest()?;
        self.access.rest()
    }

    /// What was paid and isn't earned, in minor units.
    pub(crate) fn deferred(&self) -> i64 {
        self.books.deferred()
    }

    pub(crate) fn access(&self) -> &Access {
        &self.access
    }
}

/// A gift's.
#[derive(Clone, Debug, Default)]
pub(crate) struct GiftLaws {
    charges: Charges,
    refunds: Refunds,
    books: Books,
    redeemed: bool,
}

impl GiftLaws {
    /// Holds one more fact to all of them.
    pub(crate) fn take(&mut self, fact: &GiftFact) -> Result<(), Broken> {
        if let GiftFact::Payment(fact) = fact {
            self.charges.take(fact)?;
            self.refunds.take(fact)?;
        }
        if let GiftFact::Redeemed { .. } = fact {
            hold(!self.redeemed, || "a gift is redeemed once".to_owned())?;
            self.redeemed = true;
        }
        self.books.take_gift(fact)
    }

    /// What has to be so between two commands.
    pub(crate) fn rest(&self) -> Result<(), Broken> {
        self.refunds.rest()
    }

    pub(crate) fn deferred(&self) -> i64 {
        self.books.deferred()
    }
}
