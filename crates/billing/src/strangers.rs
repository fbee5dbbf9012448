//! What a provider tells of money that our database doesn't know: it was put back
//! from a backup since, or somebody moved money in the provider's own dashboard.
//! Nothing here can put that right; the log says what to look at.

use commerce::payment::Outcome;
use providers::payment::Notice;

/// Says aloud that a notice is about what isn't known here.
pub(crate) fn unknown(notice: &Notice) {
    if let Some(advice) = advice(notice) {
        tracing::warn!("{advice}");
    } else {
        tracing::info!(?notice, "an event speaks of what isn't known here");
    }
}

/// What somebody has to do about it; nothing where no money has moved.
fn advice(notice: &Notice) -> Option<String> {
    Some(match notice {
        Notice::Charge {
            charge,
            outcome: Outcome::Paid { amount },
        } => format!(
            "the payment provider has taken {amount} by the charge {charge}, which isn't known here: \
             a backup that was put back may be older than it. Look for {} in the provider's \
             dashboard, and give the money back there, or its reader what they have paid for with \
             `ludgate reader grant`",
            charge.order
        ),
        Notice::Chargeback {
            dispute: _,
            charge,
            amount,
        } => format!(
            "a bank has taken {amount} back of the charge {charge}, which isn't known here as a \
             payment: a backup that was put back may be older than it. Look for {} in the \
             provider's dashboard, and answer the dispute there; our books have neither",
            charge.order
        ),
        Notice::Refund { refund, done: true } => format!(
            "the payment provider has given money back by {refund}, which isn't known here: a \
             backup that was put back may be older than it. Look for it in the provider's \
             dashboard before you give the same back once more"
        ),
        Notice::ChargebackWon { dispute } => format!(
            "a dispute was decided for you that isn't known here, {dispute}: a backup that was put \
             back may be older than it. The money is back, as the provider's dashboard shows; our \
             books don't have it"
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use commerce::ids::{ChargeId, DisputeId, OrderId, RefundId};
    use commerce::money::Money;
    use commerce::payment::DeclineReason;

    use super::*;

    #[test]
    fn money_that_nobody_knows_is_spoken_of_with_what_to_look_for_and_nothing_else_is() {
        let charge = ChargeId {
            order: OrderId::new(404),
            attempt: 1,
        };
        let amount: Money = "15.00 USD".parse().expect("an amount");
        let (refund, dispute) = (RefundId::new(7), DisputeId::new(8));
        let (order, refunded) = (charge.order.to_string(), refund.to_string());
        let rows = [
            (
                Notice::Charge {
                    charge,
                    outcome: Outcome::Paid { amount },
                },
                Some(&order),
            ),
            (
                Notice::Chargeback {
                    dispute,
                    charge,
                    amount,
                },
                Some(&order),
            ),
            (Notice::Refund { refund, done: true }, Some(&refunded)),
            (
                Notice::ChargebackWon { dispute },
                Some(&dispute.to_string()),
            ),
            (
                Notice::Refund {
                    refund,
                    done: false,
                },
                None,
            ),
            (
                Notice::Charge {
                    charge,
                    outcome: Outcome::Declined {
                        reason: DeclineReason::Refused,
                        is_final: false,
                    },
                },
                None,
            ),
        ];
        for (notice, named) in rows {
            let said = advice(&notice);
            assert_eq!(said.is_some(), named.is_some(), "{notice:?}");
            if let (Some(said), Some(name)) = (said, named) {
                assert!(said.contains(name), "{said}");
                assert!(said.contains("dashboard"), "{said}");
            }
        }
    }
}
