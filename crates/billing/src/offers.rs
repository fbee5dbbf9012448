//! The page of all offers: what is held out to somebody, and why the rest
//! isn't.

use std::collections::BTreeSet;

use access::EntitlementName;
use commerce::catalog::{Caps, Catalog, Choice, NotOffered, Offer, Pitch, Relation, Scope, Uses};
use commerce::entitlement::{relation, relation_to};
use commerce::gift::{Gift, GiftStage};
use commerce::ids::{AccountId, OfferId, PromotionCode};
use commerce::money::Currency;
use commerce::subscription::{Stage, Subscription};
use jiff::Timestamp;
use store::{Reading, StoreError};

use crate::billing::Billing;
use crate::error::BillingError;
use crate::sales::Sales;

/// An offer as somebody sees it.
#[derive(Clone, Debug)]
pub struct Held {
    /// What it says.
    pub pitch: Pitch,
    /// Whether it is bought for somebody else.
    pub gift: bool,
    /// Whether it is for several.
    pub seats: Option<commerce::catalog::Seating>,
    /// Whether it buys everything or one story.
    pub scope: Scope,
    /// Whether something is delivered to a postal address.
    pub delivered: bool,
    /// Whether it can be accepted now; if not, why.
    pub may: Result<(), NotOffered>,
}

impl Billing {
    /// What an account is to the publication as a whole; nobody is anonymous.
    pub async fn relation(&self, account: Option<AccountId>) -> Result<Relation, BillingError> {
        let mut reading = self.inner.store.read().await?;
        Ok(Comer::read(&mut reading, account).await?.is(self.now()))
    }

    /// Every offer that is sold in a currency, in the catalog's order, with
    /// whether somebody may accept it and why not. Offers with a code are left
    /// out unless it is theirs: who doesn't know it learns nothing of them.
    pub async fn offers_for(
        &self,
        account: Option<AccountId>,
        code: Option<&PromotionCode>,
        currency: Currency,
    ) -> Result<Vec<Held>, BillingError> {
        let (sales, now) = (self.sales(), self.now());
        let mut reading = self.inner.store.read().await?;
        let comer = Comer::read(&mut reading, account).await?;
        let mut held = Vec::new();
        for offer in &sales.catalog.offers {
            let known = offer.code.as_ref().is_none_or(|own| Some(own) == code);
            let Some(pitch) = sales.catalog.pitch(offer, currency).filter(|_| known) else {
                continue;
            };
            let relation = comer.is_to(&sales.catalog, offer, now);
            let uses = uses(&mut reading, offer, account).await?;
            held.extend(hold(&sales, offer, pitch).map(|held| Held {
                may: may(&sales, offer, &held, relation, uses, now),
                ..held
            }));
        }
        Ok(held)
    }

    /// The offers that all together have taken as often as they may be.
    pub async fn used_up(&self) -> Result<BTreeSet<OfferId>, BillingError> {
        let sales = self.sales();
        let capped = sales.catalog.offers.iter();
        let capped = capped.filter_map(|offer| Some((&offer.id, u64::from(offer.caps.total?))));
        let capped: Vec<(&OfferId, u64)> = capped.collect();
        let mut used_up = BTreeSet::new();
        if capped.is_empty() {
            return Ok(used_up);
        }
        let mut reading = self.inner.store.read().await?;
        for (offer, cap) in capped {
            if reading.uses(offer, cap).await? >= cap {
                used_up.insert(offer.clone());
            }
        }
        Ok(used_up)
    }

    /// An offer as it is held out, whether or not it may be had; `None` where
    /// there is none, or it isn't sold in the currency.
    pub fn held_out(&self, offer: &OfferId, currency: Currency) -> Option<Held> {
        let sales = self.sales();
        let offer = sales.catalog.offer(offer)?;
        hold(&sales, offer, sales.catalog.pitch(offer, currency)?)
    }
}

fn hold(sales: &Sales, offer: &Offer, pitch: Pitch) -> Option<Held> {
    let plan = sales.catalog.plan(&offer.plan)?;
    let product = sales.catalog.product(&plan.product)?;
    Some(Held {
        pitch,
        gift: offer.gift,
        seats: plan.seats,
        scope: product.scope,
        delivered: product.delivered,
        may: Ok(()),
    })
}

fn may(
    sales: &Sales,
    offer: &Offer,
    held: &Held,
    relation: Relation,
    uses: Uses,
    now: Timestamp,
) -> Result<(), NotOffered> {
    let choice = Choice {
        offer: &offer.id,
        currency: held.pitch.price.currency(),
        quantity: held.seats.map_or(1, |seats| seats.least),
        code: offer.code.as_ref(),
        story: None,
    };
    match sales.catalog.terms(&choice, relation, uses, now) {
        // Which story is chosen where the story is.
        Ok(_) | Err(NotOffered::StoryNeeded) => Ok(()),
        Err(why) => Err(why),
    }
}

/// The offers that an account may not have now as somebody who had a subscription.
pub(crate) async fn not_for_lapsed(
    reading: &mut Reading,
    sales: &Sales,
    account: AccountId,
    now: Timestamp,
) -> Result<BTreeSet<OfferId>, StoreError> {
    let mut refused = BTreeSet::new();
    for offer in &sales.catalog.offers {
        let pitch = sales.catalog.pitch(offer, sales.currency);
        let held = pitch.and_then(|pitch| hold(sales, offer, pitch));
        let uses = uses(reading, offer, Some(account)).await?;
        let may = held.map(|held| may(sales, offer, &held, Relation::Lapsed, uses, now));
        if !matches!(may, Some(Ok(()))) {
            refused.insert(offer.id.clone());
        }
    }
    Ok(refused)
}

/// How often an offer was taken, as far as its caps ask: by everybody only where
/// there is a cap on that, and no further than to it. What the account itself has
/// begun and not paid isn't counted: it makes room for the next
/// ([`Billing::begin`], [`Billing::buy_gift`]).
pub(crate) async fn uses(
    reading: &mut Reading,
    offer: &Offer,
    account: Option<AccountId>,
) -> Result<Uses, StoreError> {
    let Caps { total, per_account } = offer.caps;
    if total.is_none() && per_account.is_none() {
        return Ok(Uses::default());
    }
    // Who is anonymous has begun none, and taken none.
    let unpaid = match account {
        Some(account) => unpaid(reading, offer, account).await?,
        None => 0,
    };
    let count = |taken: u64| u32::try_from(taken.saturating_sub(unpaid)).unwrap_or(u32::MAX);
    let mut taken = Uses::default();
    if let Some(cap) = total {
        let most = u64::from(cap).saturating_add(unpaid);
        taken.total = count(reading.uses(&offer.id, most).await?);
    }
    if let (Some(_), Some(account)) = (per_account, account) {
        taken.by_account = count(reading.uses_by(&offer.id, account).await?);
    }
    Ok(taken)
}

/// How often an account has begun an offer and not paid.
async fn unpaid(
    reading: &mut Reading,
    offer: &Offer,
    account: AccountId,
) -> Result<u64, StoreError> {
    let unpaid = if offer.gift {
        let gifts = reading.gifts(account).await?;
        gifts.iter().filter(|gift| makes_room(gift, offer)).count()
    } else {
        let own = reading.subscriptions(account).await?;
        let unpaid = |one: &&Subscription| {
            matches!(one.stage, Stage::Incomplete { .. }) && one.terms.offer == offer.id
        };
        own.iter().filter(unpaid).count()
    };
    Ok(u64::try_from(unpaid).unwrap_or(u64::MAX))
}

/// Whether a gift of an offer was begun and can't be paid any more by what was
/// tried; its buyer tries again with another.
pub(crate) fn makes_room(gift: &Gift, offer: &Offer) -> bool {
    let open = gift.payments.open.as_ref();
    matches!(gift.stage, GiftStage::Incomplete { .. })
        && gift.bought.terms.offer == offer.id
        && open.is_some_and(|order| !order.is_under_way())
}

/// Somebody who comes for an offer, with what they have: their own subscriptions
/// and those in which they sit.
pub(crate) struct Comer {
    account: Option<AccountId>,
    has: Vec<Subscription>,
}

impl Comer {
    pub(crate) async fn read(
        reading: &mut Reading,
        account: Option<AccountId>,
    ) -> Result<Self, StoreError> {
        let mut has = Vec::new();
        if let Some(account) = account {
            has = reading.subscriptions(account).await?;
            has.extend(reading.seats(account).await?);
        }
        Ok(Self { account, has })
    }

    /// What they are to the publication as a whole.
    fn is(&self, now: Timestamp) -> Relation {
        let is = |account| relation(account, &self.has, now);
        self.account.map_or(Relation::Anonymous, is)
    }

    /// What they are to the publication as an offer asks.
    pub(crate) fn is_to(&self, catalog: &Catalog, offer: &Offer, now: Timestamp) -> Relation {
        let grants = grants(catalog, offer);
        let is = |account| relation_to(grants, account, &self.has, now);
        self.account.map_or(Relation::Anonymous, is)
    }
}

/// What an offer leads to.
pub(crate) fn grants<'a>(catalog: &'a Catalog, offer: &Offer) -> &'a [EntitlementName] {
    let plan = catalog.plan(&offer.plan);
    let product = plan.and_then(|plan| catalog.product(&plan.product));
    product.map_or(&[], |product| &product.grants)
}
