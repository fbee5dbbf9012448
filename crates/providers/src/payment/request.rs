//! What a provider is asked to do.

use commerce::ids::{AccountId, ChargeId, RefundId};
use commerce::money::Money;

use super::{CustomerToken, MethodToken, Reference};

/// What one row of the outbox asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Take the money, once.
    Charge(Charge),
    /// Say what became of a charge. Where the provider never heard of it, it
    /// is made sure that it never will, so that the answer stays true.
    Inquire(Charge),
    /// Call a charge off, and say whether that was possible.
    Void(Charge),
    /// Give money back, once.
    Refund(Refund),
    /// Make somebody known who is going to pay, as
    /// [`Provider::customer`](super::Provider::customer) does.
    Introduce {
        /// Whose account it is.
        account: AccountId,
        /// The deleted customer in whose place they are made known.
        instead: Option<CustomerToken>,
    },
    /// Forget a customer and their cards, for good. One who isn't there any more
    /// is forgotten.
    Forget(CustomerToken),
}

/// A charge, in all that is to be known to make it or to find it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// Our own id: in the provider's metadata, and the idempotency key.
    pub id: ChargeId,
    /// How much.
    pub amount: Money,
    /// Who pays.
    pub customer: CustomerToken,
    /// With what.
    pub method: MethodToken,
    /// What the provider calls it, where an answer or an event said so.
    pub reference: Option<Reference>,
}

/// Money to be given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// Our own id: in the provider's metadata, and the idempotency key.
    pub id: RefundId,
    /// Of which charge.
    pub charge: ChargeId,
    /// How much.
    pub amount: Money,
    /// Who paid.
    pub customer: CustomerToken,
    /// What the provider calls the charge, where that is known.
    pub reference: Option<Reference>,
}

/// Whether a request may have reached the provider before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It was never handed over.
    First,
    /// It was, or may have been: the program ended in the middle, or the answer
    /// was lost. It is found out first what became of it.
    Again,
}
