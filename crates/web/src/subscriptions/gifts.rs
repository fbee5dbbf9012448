//! Gifts that somebody has bought.

use billing::GiftCard;
use commerce::gift::{Gift, GiftEnd, GiftStage};
use http::StatusCode;
use prompts::Arg;

use super::view;
use crate::pages::{Answer, Fault, Pages, Visit};
use crate::words::{Sort, Speaker};

/// The most gifts that are shown, the latest first: each takes a look at its card.
const MOST: usize = 30;

impl Pages {
    pub(super) async fn gifts_page(&self, visit: &Visit<'_>) -> Answer {
        let Some(account) = visit.account() else {
            return Err(Fault::Busy);
        };
        let speaker = self.speaker(visit);
        let mut reading = self.store.read().await?;
        let mut gifts = reading.gifts(account).await?;
        gifts.truncate(MOST);
        let mut list = Vec::with_capacity(gifts.len());
        for gift in &gifts {
            let card = reading.gift_card(gift.id).await?;
            let card = card.and_then(|card| serde_json::from_str::<GiftCard>(&card).ok());
            list.push(shown(&speaker, gift, card.as_ref()));
        }
        let page = view::Gifts {
            done: done(visit.request.asked().get("done"), &gifts),
            sends: self.billing.is_some(),
            list,
        };
        self.show(visit, StatusCode::OK, &page)
    }
}

/// What was done, while it is so: anybody may write an address.
fn done(word: &str, gifts: &[Gift]) -> Option<&'static str> {
    let given_up = GiftStage::Ended {
        why: GiftEnd::NeverPaid,
    };
    match word {
        "sent" => Some("subscription-gift-sent"),
        "given-up" if gifts.iter().any(|gift| gift.stage == given_up) => {
            Some("subscription-gift-given-up")
        }
        _ => None,
    }
}

pub(super) fn shown(speaker: &Speaker<'_>, gift: &Gift, card: Option<&GiftCard>) -> view::Gift {
    let (state, says) = match gift.stage {
        GiftStage::Incomplete { .. } => ("unpaid", speaker.text("subscription-gift-unpaid", &[])),
        GiftStage::Ready { until } => ("ready", speaker.until("subscription-gift-ready", until)),
        GiftStage::Redeemed { .. } => ("redeemed", speaker.text("subscription-gift-redeemed", &[])),
        GiftStage::Ended { why } => {
            let why = match why {
                GiftEnd::NeverPaid => "unpaid",
                GiftEnd::Refunded => "refunded",
                GiftEnd::ChargedBack => "bank",
                GiftEnd::Expired => "expired",
            };
            let why = ("why", Arg::Word(why));
            ("ended", speaker.text("subscription-gift-ended", &[why]))
        }
    };
    let bought = speaker.on("subscription-gift-bought", gift.bought.acceptance.at);
    let to = card.and_then(|card| card.name.clone().or_else(|| card.to.clone()));
    view::Gift {
        id: gift.id.to_string(),
        name: speaker.name(&Sort::of_gift(&gift.bought.terms)),
        state,
        badge: speaker.text("subscription-gift-state", &[("state", Arg::Word(state))]),
        says: vec![says, bought],
        to,
    }
}
