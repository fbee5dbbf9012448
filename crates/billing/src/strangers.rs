//! What a provider tells of money that nobody here has moved. What our database
//! doesn't know, since it was put back from a backup, nothing here can put right;
//! what somebody gave back in the provider's own dashboard is booked, and only its
//! access is for them to see to. The log says what to do.

use commerce::payment::Outcome;
use providers::payment::Notice;
use store::Owner;

/// Says aloud that a notice is about what isn't known here.
pub(crate) fn unknown(notice: &Notice) {
    if let Some(advice) = advice(notice) {
        tracing::warn!("{advice}");
    } else {
        tracing::info!(?notice, "an event speaks of what isn't known here");
    }
}

/// Says aloud that a payment is disputed twice at once.
pub(crate) fn still_disputed(notice: &Notice) {
    tracing::error!(
        ?notice,
        "a dispute isn't in the books: another about the same payment is open there; look at the \
         provider how that one ended, and whether its bank has taken the money twice"
    );
}

/// Says aloud that money was given back in the provider's dashboard, now that it
/// is in our books.
pub(crate) fn given_back(owner: Owner, notice: &Notice) {
    if let Some(advice) = on_access(owner, notice) {
        tracing::warn!("{advice}");
    }
}

/// What somebody has to see to of a refund that nobody here has asked for.
fn on_access(owner: Owner, notice: &Notice) -> Option<String> {
    let Notice::RefundElsewhere {
        charge,
        amount,
        done,
        ..
    } = notice
    else {
        return None;
    };
    if !done {
        return Some(format!(
            "{amount} of the charge {charge}, which somebody had given back in the payment \
             provider's dashboard, has come back: the reader's bank wouldn't take it. It is owed \
             again; give it back with `ludgate reader refund {charge}`"
        ));
    }
    let goes_on = match owner {
        Owner::Subscription(id) => format!(
            "What it paid for goes on all the same; where it shouldn't, end it with `ludgate \
             reader revoke {id}`"
        ),
        Owner::Gift(id) => format!(
            "{id} can't be redeemed any more where nothing is left of its payment; where somebody \
             has it already, they keep it, unless you end it with `ludgate reader revoke`"
        ),
    };
    Some(format!(
        "{amount} of the charge {charge} were given back in the payment provider's dashboard, and \
         are in our books now, with a credit note. {goes_on}. Give back with `ludgate reader \
         refund` instead, which says what becomes of access"
    ))
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
        Notice::RefundElsewhere {
            charge,
            amount,
            done: true,
            ..
        } => format!(
            "{amount} of the charge {charge} were given back in the payment provider's dashboard, \
             and it isn't known here as a payment: a backup that was put back may be older than \
             it. Look for {} there; our books have neither",
            charge.order
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
    use commerce::ids::{ChargeId, DisputeId, GiftId, OrderId, RefundId, SubscriptionId};
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
                Notice::RefundElsewhere {
                    refund,
                    charge,
                    amount,
                    done: true,
                },
                Some(&order),
            ),
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

    #[test]
    fn a_refund_in_the_dashboard_is_told_with_how_to_end_what_it_paid_for() {
        let subscription = SubscriptionId::new(1);
        let order = OrderId::new(404);
        let told = |owner, done| {
            let notice = Notice::RefundElsewhere {
                refund: RefundId::new(7),
                charge: ChargeId { order, attempt: 1 },
                amount: "15.00 USD".parse().expect("an amount"),
                done,
            };
            on_access(owner, &notice).expect("something to say")
        };
        let ends = format!("`ludgate reader revoke {subscription}`");
        let said = told(Owner::Subscription(subscription), true);
        assert!(said.contains(&ends) && said.contains("15.00 USD"), "{said}");
        let said = told(Owner::Gift(GiftId::new(1)), true);
        assert!(said.contains("redeemed"), "{said}");
        let said = told(Owner::Subscription(subscription), false);
        assert!(said.contains("owed again"), "{said}");
        let dispute = DisputeId::new(8);
        let other = Notice::ChargebackWon { dispute };
        assert_eq!(on_access(Owner::Subscription(subscription), &other), None);
    }
}
