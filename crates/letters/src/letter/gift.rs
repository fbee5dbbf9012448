//! What is told of gifts: things that one reader pays for and another has.

use access::Span;
use jiff::civil::Date;

use super::{Agreed, Receipt};

/// A gift is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiftBought {
    /// What is given.
    pub agreed: Agreed,
    /// For how long.
    pub lasts: Option<Span>,
    /// For the payment.
    pub receipt: Receipt,
}

/// A gift can be redeemed.
#[derive(Clone, PartialEq, Eq)]
pub struct Gift {
    /// Who gets the letter.
    pub to: GiftFor,
    /// Who gives, as they want to be called.
    pub giver: Option<String>,
    /// What they say.
    pub words: Option<String>,
    /// What redeems it. A secret.
    pub code: String,
    /// What is given.
    pub agreed: Agreed,
    /// For how long.
    pub lasts: Option<Span>,
    /// The last day on which it can be redeemed.
    pub until: Date,
}

/// Who gets a gift's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GiftFor {
    /// Who it is for.
    Receiver,
    /// Who bought it, to hand it on.
    Buyer,
}

/// Never the code.
impl std::fmt::Debug for Gift {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gift")
            .field("to", &self.to)
            .field("until", &self.until)
            .finish_non_exhaustive()
    }
}
