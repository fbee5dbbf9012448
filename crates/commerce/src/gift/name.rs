//! What a gift's facts are called, for columns, logs and metrics: as in their
//! written form.

use super::GiftFact;

impl GiftFact {
    /// The fact's name, and that of the fact within where it is about money:
    /// `bought`, `charge_requested`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Bought(_) => "bought",
            Self::Payment(fact) => fact.name(),
            Self::Ready { .. } => "ready",
            Self::SentAgain { .. } => "sent_again",
            Self::Redeemed { .. } => "redeemed",
            Self::Forfeited { .. } => "forfeited",
            Self::Ended { .. } => "ended",
            Self::RevocationRequested { .. } => "revocation_requested",
            Self::PaymentMethodSet { .. } => "payment_method_set",
        }
    }
}
