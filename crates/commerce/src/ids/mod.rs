//! What things are called.
//!
//! Things that come into being (subscriptions, orders, gifts, …) have 128-bit
//! ids that are drawn outside and passed in with the command that needs them,
//! so that the same command always has the same outcome. Things that a
//! publisher writes down (products, plans, offers, codes) have short names.
//! Every kind has a type of its own, so that none can be taken for another.

mod drawn;
mod named;

use std::fmt;

use access::AccountKey;
use serde::{Deserialize, Serialize};

pub use drawn::{
    AccountId, AddressId, DeliveryWishId, DisputeId, GiftId, InvoiceId, NotAnId, OrderId,
    PaymentMethodId, RefundId, SeatId, SubscriptionId,
};
pub use named::{NotAName, OfferId, PlanId, ProductId, PromotionCode, TaxClass};

/// One attempt to collect an order: what a payment provider is asked to do once
/// and never twice.
///
/// Its written form, `ord_…/2`, is the idempotency key; the order's id is what
/// a provider keeps in its metadata. At most one charge of an order succeeds,
/// and a payment is known by its charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ChargeId {
    /// The order that is collected.
    pub order: OrderId,
    /// The number of the attempt, from 1.
    pub attempt: u16,
}

impl fmt::Display for ChargeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.order, self.attempt)
    }
}

impl From<AccountId> for AccountKey {
    /// The account as the gate knows it.
    fn from(account: AccountId) -> Self {
        Self(account.get())
    }
}

impl RefundId {
    /// The nth refund of a command that gives back several payments: ids that
    /// are drawn at random are far enough apart for a few to follow each.
    #[must_use]
    pub fn nth(self, n: u16) -> Self {
        Self::new(self.get().wrapping_add(u128::from(n)))
    }

    /// The refund of a payment that came where none was due. Made from the
    /// charge, so a report that comes twice gives it back once.
    pub fn of_surplus(charge: ChargeId) -> Self {
        Self::new(charge.order.get()).nth(charge.attempt)
    }
}
