//! Giving money back.

use anyhow::{Result, bail};
use billing::{Who, Wish};
use commerce::gift::GiftFact;
use commerce::ids::ChargeId;
use commerce::money::Money;
use commerce::payment::PaymentFact;
use commerce::subscription::{AfterRefund, Fact};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::Value;
use store::care::What;
use store::{Owner, Reading};

use super::subscriptions::would_come;
use super::which::{self, Paid};
use super::{Care, owed, words};
use crate::openings::local;

/// For how long as much again of the same payment is taken for a slip: somebody
/// repeats a command of which they didn't see the end, or two do what one was asked.
const A_SLIP: SignedDuration = SignedDuration::from_mins(10);

/// How money is given back.
#[derive(Clone, Copy)]
pub(super) struct How {
    /// And the subscription ended.
    pub(super) end: bool,
    /// Though it was just done.
    pub(super) again: bool,
    /// Only to be said.
    pub(super) dry_run: bool,
}

impl Care {
    pub(super) async fn refund(
        &self,
        who: &Who,
        named: (&str, Option<&str>),
        amount: Option<&str>,
        How {
            end,
            again,
            dry_run,
        }: How,
    ) -> Result<String> {
        let amount: Option<Money> = amount.map(|text| text.trim().parse()).transpose()?;
        let mut reading = self.reading().await?;
        let paid = which::payment(&mut reading, named).await?;
        let charge = paid.payment.charge;
        let owed = self.owed(paid.owner, charge).await?;
        if let Some(owed) = owed::meant(&owed, amount, paid.payment.refundable()?)? {
            if end {
                bail!(
                    "{} of {charge} is asked for again without --end; access is ended with ludgate \
                     reader cancel --now",
                    owed.amount
                );
            }
            return self.refund_again(who, paid.owner, owed, dry_run).await;
        }
        let left = paid.payment.refundable()?;
        let back = amount.unwrap_or(left);
        if back.currency() != left.currency() {
            bail!(
                "{charge} was paid in {}; write \"{left}\" for all of it",
                left.currency()
            );
        }
        let now = self.billing.clock().now();
        // All that is left of it goes back once by itself.
        if amount.is_some()
            && !again
            && let Some(at) = given_back(&mut reading, &paid, back, now).await?
        {
            bail!(
                "{back} of {charge} was given back at {} already; say --again to give back as much \
                 once more",
                local(at, &self.zone)
            );
        }
        drop(reading);
        let refund = self.billing.draw_refund()?;
        match paid.owner {
            Owner::Subscription(id) => {
                let wish = Wish::Refund {
                    refund,
                    charge,
                    amount,
                    access: if end {
                        AfterRefund::End
                    } else {
                        AfterRefund::Keep
                    },
                };
                if dry_run {
                    let would = self.billing.preview(who, id, &wish).await?;
                    return Ok(would_come(&would));
                }
                let came = self.billing.command(who, id, wish).await?;
                let standing = words::standing(&came.subscription);
                Ok(format!("{back} of {charge} goes back; {id}: {standing}"))
            }
            Owner::Gift(id) => {
                if end {
                    bail!(
                        "{charge} paid for the gift {id}, which ends when all of it goes back; what \
                         somebody has made of it is ended with ludgate reader revoke"
                    );
                }
                if dry_run {
                    return Ok(format!("{back} of {left} would go back for the gift {id}"));
                }
                self.billing.refund_gift(who, id, refund, amount).await?;
                Ok(format!("{back} of {charge} goes back, for the gift {id}"))
            }
        }
    }
}

/// When as much of a payment was last given back, if that was a moment ago.
async fn given_back(
    reading: &mut Reading,
    paid: &Paid,
    back: Money,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let charge = paid.payment.charge;
    let latest = reading.timeline(paid.account, Timestamp::MAX).await?;
    let recent = latest
        .into_iter()
        .take_while(|entry| entry.at > now - A_SLIP);
    let mut same = recent.filter(|entry| match &entry.what {
        What::Fact { owner, body, .. } => asked_back(*owner, body) == Some((charge, back)),
        What::Act { .. } => false,
    });
    Ok(same.next().map(|entry| entry.at))
}

/// Of which payment a fact asks how much back, where it does.
fn asked_back(owner: Owner, body: &Value) -> Option<(ChargeId, Money)> {
    let fact = match owner {
        Owner::Subscription(_) => match Fact::deserialize(body).ok()? {
            Fact::Payment(fact) => fact,
            _ => return None,
        },
        Owner::Gift(_) => match GiftFact::deserialize(body).ok()? {
            GiftFact::Payment(fact) => fact,
            _ => return None,
        },
    };
    match fact {
        PaymentFact::RefundRequested { charge, amount, .. } => Some((charge, amount)),
        _ => None,
    }
}
