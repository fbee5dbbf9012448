//! What somebody chooses, and the terms that it comes to.

use access::StoryId;
use commerce::catalog::{Choice, NotOffered, Offer, Relation, Uses};
use commerce::ids::{OfferId, PromotionCode};
use commerce::money::Currency;
use commerce::terms::Terms;
use jiff::Timestamp;

use crate::error::BillingError;
use crate::sales::Sales;

/// What somebody chooses at checkout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The offer.
    pub offer: OfferId,
    /// The currency to pay in.
    pub currency: Currency,
    /// How many seats; 1 for oneself.
    pub quantity: u32,
    /// The code that was typed, if any.
    pub code: Option<PromotionCode>,
    /// The story, where one is bought.
    pub story: Option<StoryId>,
}

/// Whether something is bought for oneself or for somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum For {
    Oneself,
    Another,
}

impl Chosen {
    /// One of an offer, for oneself.
    pub fn one(offer: OfferId, currency: Currency) -> Self {
        Self {
            offer,
            currency,
            quantity: 1,
            code: None,
            story: None,
        }
    }

    /// The offer itself, if it is for whom it is to be for.
    pub(crate) fn offer<'a>(&self, sales: &'a Sales, whom: For) -> Result<&'a Offer, BillingError> {
        let offer = sales.catalog.offer(&self.offer);
        let offer = offer.ok_or_else(|| NotOffered::Unknown(self.offer.clone()))?;
        match (whom, offer.gift) {
            (For::Oneself, true) => Err(BillingError::IsAGift),
            (For::Another, false) => Err(BillingError::IsNoGift),
            _ => Ok(offer),
        }
    }

    /// The terms on which it may be had now.
    pub(crate) fn terms(
        &self,
        sales: &Sales,
        relation: Relation,
        uses: Uses,
        now: Timestamp,
    ) -> Result<Terms, NotOffered> {
        let choice = Choice {
            offer: &self.offer,
            currency: self.currency,
            quantity: self.quantity,
            code: self.code.as_ref(),
            story: self.story.as_ref(),
        };
        sales.catalog.terms(&choice, relation, uses, now)
    }
}
