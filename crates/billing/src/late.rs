//! Which answers of a bank came too late: whoever had waited for them on a page
//! was told that they'd be written to.

use commerce::gift::GiftFact;
use commerce::ids::ChargeId;
use commerce::payment::{DeclineReason, PaymentFact};
use commerce::subscription::Fact;
use jiff::{SignedDuration, Timestamp};
use store::{Owner, Reading, StoreError};

use crate::deliver::PATIENCE;

/// Whether what a fact tells of a payment that somebody waited for came late.
pub(crate) async fn is_late(
    reading: &mut Reading,
    owner: Owner,
    fact: &PaymentFact,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let (charge, is_the_banks) = match fact {
        PaymentFact::ChargeDeclined { charge, reason, .. } => (*charge, is_the_banks(*reason)),
        PaymentFact::AuthenticationRequired { charge, .. } => (*charge, false),
        _ => return Ok(false),
    };
    let facts = payments(reading, owner).await?;
    let asked = facts
        .iter()
        .position(|fact| wants_word(fact.as_ref(), charge));
    let Some(asked) = asked.filter(|_| is_the_banks) else {
        return Ok(came_late(facts.iter().flatten(), charge, at));
    };
    // Who was asked for their word in time gave it, and came back to a page that
    // said what the bank made of it, however long they took.
    let seq = u64::try_from(asked).unwrap_or(u64::MAX).saturating_add(1);
    let asked_at = reading.fact_at(owner, seq).await?;
    let before = facts.iter().take(asked).flatten();
    Ok(came_late(before, charge, asked_at))
}

/// Whether a bank said so, and not we, for want of any answer.
fn is_the_banks(reason: DeclineReason) -> bool {
    !matches!(reason, DeclineReason::Voided | DeclineReason::NeverAnswered)
}

fn wants_word(fact: Option<&PaymentFact>, asked: ChargeId) -> bool {
    matches!(fact, Some(PaymentFact::AuthenticationRequired { charge, .. }) if *charge == asked)
}

/// All facts about payments, each at its place among all facts.
async fn payments(
    reading: &mut Reading,
    owner: Owner,
) -> Result<Vec<Option<PaymentFact>>, StoreError> {
    Ok(match owner {
        Owner::Subscription(id) => {
            let facts = reading.facts(id).await?.into_iter();
            let payment = |fact| match fact {
                Fact::Payment(fact) => Some(fact),
                _ => None,
            };
            facts.map(payment).collect()
        }
        Owner::Gift(id) => {
            let facts = reading.gift_facts(id).await?.into_iter();
            let payment = |fact| match fact {
                GiftFact::Payment(fact) => Some(fact),
                _ => None,
            };
            facts.map(payment).collect()
        }
    })
}

/// Whether the answer to a charge, which came `at`, came after nobody waited for
/// it any more: nobody knew it at first, or it took longer than one waits.
fn came_late<'a>(
    facts: impl Iterator<Item = &'a PaymentFact>,
    asked: ChargeId,
    at: Timestamp,
) -> bool {
    let patience = SignedDuration::try_from(PATIENCE).unwrap_or(SignedDuration::MAX);
    facts.into_iter().any(|fact| match fact {
        PaymentFact::OutcomeUnknown { charge, .. }
        | PaymentFact::InquiryRequested { charge, .. } => *charge == asked,
        PaymentFact::ChargeRequested {
            charge, at: since, ..
        } => *charge == asked && at.duration_since(*since) > patience,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use commerce::ids::{OrderId, PaymentMethodId};
    use commerce::money::{Currency, Money};

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).expect("a time")
    }

    fn charge(attempt: u16) -> ChargeId {
        let order = OrderId::new(7);
        ChargeId { order, attempt }
    }

    fn requested(attempt: u16, second: i64) -> PaymentFact {
        PaymentFact::ChargeRequested {
            charge: charge(attempt),
            amount: Money::zero(Currency::parse("USD").expect("a currency")),
            method: PaymentMethodId::new(1),
            at: at(second),
            ask_at: at(second + 600),
        }
    }

    #[test]
    fn an_answer_is_late_once_nobody_waits_for_it() {
        let facts = [requested(1, 0), requested(2, 3_600)];
        let late = |attempt, second| came_late(facts.iter(), charge(attempt), at(second));
        assert!(!late(1, 2));
        assert!(!late(1, 10));
        assert!(late(1, 11));
        // Each attempt is waited for anew.
        assert!(!late(2, 3_605));
        assert!(late(2, 3_700));
    }

    #[test]
    fn an_answer_that_wasnt_known_at_first_is_late_however_soon_it_comes() {
        let ask_at = at(600);
        let unknown = PaymentFact::OutcomeUnknown {
            charge: charge(1),
            ask_at,
        };
        let facts = [requested(1, 0), unknown];
        assert!(came_late(facts.iter(), charge(1), at(1)));
        let facts = [requested(1, 0), requested(2, 0)];
        assert!(!came_late(facts.iter(), charge(2), at(1)));
    }
}
