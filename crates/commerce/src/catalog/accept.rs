//! Accepting an offer: from the catalog of the day to frozen terms, or a
//! refusal that says why.

use access::StoryId;
use jiff::Timestamp;
use jiff::civil::Date;
use thiserror::Error;

use super::{Catalog, Offer, OfferAudience, Plan, Product, Relation, Scope, Seating, Term};
use crate::ids::{OfferId, PromotionCode};
use crate::money::Currency;
use crate::terms::{Phase, PhaseKind, Terms, Then};

/// What somebody chooses at checkout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<'a> {
    /// The offer.
    pub offer: &'a OfferId,
    /// The currency to pay in.
    pub currency: Currency,
    /// How many seats; 1 for oneself.
    pub quantity: u32,
    /// The code that was typed, if any.
    pub code: Option<&'a PromotionCode>,
    /// The story, where one is bought.
    pub story: Option<&'a StoryId>,
}

/// How often an offer has been accepted so far. Counted by the store, in the
/// transaction in which it is accepted again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// By everybody.
    pub total: u32,
    /// By this account.
    pub by_account: u32,
}

/// Why an offer can't be accepted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotOffered {
    /// There is none of that name, or its plan or product is gone.
    #[error("there is no offer \"{0}\"; choose another from all offers")]
    Unknown(OfferId),
    /// It hasn't begun.
    #[error("the offer begins on {starts}; come back then")]
    NotYet {
        /// Its first day.
        starts: Date,
    },
    /// It is over.
    #[error("the offer ended on {ended}; choose another from all offers")]
    Over {
        /// Its last day.
        ended: Date,
    },
    /// It is for others.
    #[error("the offer is for {}; choose another from all offers", .audience.as_str())]
    NotForYou {
        /// Whom it is for.
        audience: OfferAudience,
    },
    /// It needs a code, and none was given.
    #[error("the offer needs its code; type it in")]
    CodeNeeded,
    /// Another code opens it.
    #[error("that code doesn't belong to the offer; look at how it is written")]
    CodeWrong,
    /// All have been taken.
    #[error("the offer has been taken by as many readers as it was for; choose another")]
    UsedUp,
    /// This account has had it.
    #[error("the account has had the offer; choose another")]
    HadAlready,
    /// It isn't sold in that currency.
    #[error("the offer isn't sold in {0}; choose another currency")]
    Currency(Currency),
    /// It is for more seats or for fewer.
    #[error("the offer is for {least} to {most} seats; change their number")]
    Seats {
        /// The fewest.
        least: u32,
        /// The most.
        most: u32,
    },
    /// It buys a story, and none was chosen.
    #[error("the offer buys one story; open the story and choose it there")]
    StoryNeeded,
    /// It buys everything, and a story was chosen.
    #[error("the offer isn't for a single story; leave the story out")]
    NoStory,
}

impl Catalog {
    /// The terms on which somebody accepts an offer now.
    pub fn terms(
        &self,
        choice: &Choice<'_>,
        relation: Relation,
        uses: Uses,
        now: Timestamp,
    ) -> Result<Terms, NotOffered> {
        let unknown = || NotOffered::Unknown(choice.offer.clone());
        let offer = self.offer(choice.offer).ok_or_else(unknown)?;
        let plan = self.plan(&offer.plan).ok_or_else(unknown)?;
        let product = self.product(&plan.product).ok_or_else(unknown)?;
        self.may(offer, choice, relation, uses, now)?;
        fits(plan, product, choice)?;
        self.freeze(offer, plan, product, choice)
            .ok_or(NotOffered::Currency(choice.currency))
    }

    fn may(
        &self,
        offer: &Offer,
        choice: &Choice<'_>,
        relation: Relation,
        uses: Uses,
        now: Timestamp,
    ) -> Result<(), NotOffered> {
        // Who doesn't know the code learns nothing of the offer behind it.
        match (&offer.code, choice.code) {
            (Some(_), None) => return Err(NotOffered::CodeNeeded),
            (Some(code), Some(typed)) if code != typed => return Err(NotOffered::CodeWrong),
            (None, Some(_)) => return Err(NotOffered::CodeWrong),
            _ => {}
        }
        match offer.window {
            window if window.is_ahead(&self.zone, now) => {
                if let Some(starts) = window.starts {
                    return Err(NotOffered::NotYet { starts });
                }
            }
            window if window.is_over(&self.zone, now) => {
                if let Some(ended) = window.ends {
                    return Err(NotOffered::Over { ended });
                }
            }
            _ => {}
        }
        if !offer.audience.includes(relation) {
            let audience = offer.audience;
            return Err(NotOffered::NotForYou { audience });
        }
        let reached = |cap: Option<u32>, used: u32| cap.is_some_and(|cap| used >= cap);
        if reached(offer.caps.per_account, uses.by_account) {
            return Err(NotOffered::HadAlready);
        }
        if reached(offer.caps.total, uses.total) {
            return Err(NotOffered::UsedUp);
        }
        Ok(())
    }

    /// `None` where something isn't priced in the currency.
    fn freeze(
        &self,
        offer: &Offer,
        plan: &Plan,
        product: &Product,
        choice: &Choice<'_>,
    ) -> Option<Terms> {
        let price = plan.price(choice.currency)?;
        let mut phases = Vec::with_capacity(offer.phases.len() + 1);
        for phase in &offer.phases {
            phases.push(Phase {
                kind: phase.kind,
                price: phase.price(choice.currency)?,
                every: Some(phase.every),
                times: phase.times,
            });
        }
        let then = match plan.term {
            Term::Renews { every } => Then::Renews { price, every },
            Term::Once { lasts } => {
                phases.push(Phase {
                    kind: PhaseKind::FixedTerm,
                    price,
                    every: lasts,
                    times: 1,
                });
                Then::Ends
            }
        };
        Some(Terms {
            offer: offer.id.clone(),
            plan: plan.id.clone(),
            product: product.id.clone(),
            grants: product.grants.clone(),
            story: choice.story.cloned(),
            phases,
            then,
            quantity: choice.quantity,
            seated: plan.seats.is_some(),
            delivered: product.delivered,
            method_needed: offer.method_needed,
            currency: choice.currency,
            tax_basis: self.tax_basis,
            tax_class: product.tax_class.clone(),
            zone: self.zone.clone(),
            policy: self.policy.clone(),
        })
    }
}

fn fits(plan: &Plan, product: &Product, choice: &Choice<'_>) -> Result<(), NotOffered> {
    let Seating { least, most } = plan.seats.unwrap_or(Seating { least: 1, most: 1 });
    if !(least..=most).contains(&choice.quantity) {
        return Err(NotOffered::Seats { least, most });
    }
    match (product.scope, choice.story) {
        (Scope::OneStory, None) => Err(NotOffered::StoryNeeded),
        (Scope::Everything, Some(_)) => Err(NotOffered::NoStory),
        _ => Ok(()),
    }
}
