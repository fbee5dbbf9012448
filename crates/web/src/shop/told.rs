//! What the fields of a checkout hold before anything is typed: what its reader
//! has told before.

use commerce::gift::{Gift, GiftEnd, GiftStage};
use commerce::ids::OfferId;

use super::Shop;
use super::view::Typed;
use crate::form::Form;
use crate::pages::{Fault, Visit};

impl Shop<'_> {
    /// What an earlier visit has told, for the fields of a form that wasn't sent.
    pub(super) async fn known_of(
        &self,
        visit: &Visit<'_>,
        asked: &Form,
        offer: &OfferId,
    ) -> Result<Typed, Fault> {
        // What links pass on, and nothing else: whoever makes one could have a
        // paper sent elsewhere under the reader's own name.
        let mut typed = Typed {
            country: asked.trimmed("country").to_owned(),
            quantity: asked.trimmed("quantity").to_owned(),
            ..Typed::default()
        };
        let Some(account) = visit.account() else {
            return Ok(typed);
        };
        let mut reading = self.store.read().await?;
        if let Some(party) = reading.billing(account).await? {
            typed = typed.naming(party);
        } else if let Some(latest) = reading.subscriptions(account).await?.first() {
            typed.country = latest.tax_status.country.to_string();
        }
        let name = reading.account(account).await?.and_then(|found| found.name);
        typed.gift_from = name.clone().unwrap_or_default();
        typed.post_name = name.unwrap_or_default();
        // Who pays a gift with another card writes nothing twice.
        let latest = reading.gifts(account).await?.into_iter().next();
        drop(reading);
        if let Some(unpaid) = latest.filter(|gift| was_unpaid(gift, offer))
            && let Some(card) = self.billing.gift_card(account, unpaid.id).await?
        {
            typed = typed.writing(card);
        }
        Ok(typed)
    }
}

/// Whether it is of that offer, and was never paid.
fn was_unpaid(gift: &Gift, offer: &OfferId) -> bool {
    let never_paid = GiftStage::Ended {
        why: GiftEnd::NeverPaid,
    };
    let is_unpaid = matches!(gift.stage, GiftStage::Incomplete { .. }) || gift.stage == never_paid;
    is_unpaid && gift.bought.terms.offer == *offer
}
