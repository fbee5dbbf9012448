//! What is told of a gift.

use commerce::gift::{Gift, GiftFact, GiftStage};
use commerce::payment::PaymentFact;

use super::Told;
use super::checkout::Checkout;
use super::money::{day, failed_refund, receipt, refund};
use super::subscription::agreed;
use crate::letter::{self, GiftBought, GiftFor, Letter};

pub(super) fn letter(told: &Told<'_>, fact: &GiftFact, now: &Gift) -> Option<Letter> {
    let terms = &now.bought.terms;
    match fact {
        GiftFact::Payment(PaymentFact::Paid { bill, .. }) => {
            Some(Letter::GiftBought(Box::new(GiftBought {
                agreed: agreed(terms),
                lasts: lasts(now),
                receipt: receipt(told, bill, terms, None),
            })))
        }
        GiftFact::Payment(PaymentFact::RefundRequested { amount, reason, .. }) => {
            Some(Letter::Refund(Box::new(refund(told, *amount, *reason))))
        }
        GiftFact::Payment(fact) if told.is_late => Checkout::of_gift(now)?.late(fact),
        GiftFact::Payment(fact) => failed_refund(fact, &now.payments).map(Letter::RefundDelayed),
        GiftFact::Ready { .. } | GiftFact::SentAgain { .. } => {
            // Whoever has redeemed it meanwhile needs no code.
            let GiftStage::Ready { until } = now.stage else {
                return None;
            };
            let card = told.card?;
            Some(Letter::Gift(Box::new(letter::Gift {
                to: if card.to_buyer {
                    GiftFor::Buyer
                } else {
                    GiftFor::Receiver
                },
                giver: card.giver.map(str::to_owned),
                words: card.words.map(str::to_owned),
                code: card.code.to_owned(),
                agreed: agreed(terms),
                lasts: lasts(now),
                until: day(&terms.zone, until),
            })))
        }
        GiftFact::Redeemed { .. } => Some(Letter::GiftRedeemed),
        GiftFact::Bought(_)
        | GiftFact::Forfeited { .. }
        | GiftFact::Ended { .. }
        | GiftFact::RevocationRequested { .. }
        | GiftFact::PaymentMethodSet { .. } => None,
    }
}

/// How long what is given lasts: its first phase, as often as it comes.
fn lasts(gift: &Gift) -> Option<access::Span> {
    let phase = gift.bought.terms.phases.first()?;
    Some(match phase.every?.into() {
        access::Span::Days(days) => access::Span::Days(days.saturating_mul(phase.times)),
        access::Span::Months(months) => access::Span::Months(months.saturating_mul(phase.times)),
    })
}
