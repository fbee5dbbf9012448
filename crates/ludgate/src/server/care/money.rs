//! Giving money back.

use anyhow::{Result, bail};
use billing::{Who, Wish};
use commerce::money::Money;
use commerce::subscription::AfterRefund;
use store::Owner;

use super::subscriptions::would_come;
use super::{Care, which, words};

impl Care {
    pub(super) async fn refund(
        &self,
        who: &Who,
        named: (&str, Option<&str>),
        amount: Option<&str>,
        end: bool,
        dry_run: bool,
    ) -> Result<String> {
        let amount: Option<Money> = amount.map(|text| text.trim().parse()).transpose()?;
        let paid = which::payment(&mut self.reading().await?, named).await?;
        let charge = paid.payment.charge;
        let left = paid.payment.refundable()?;
        let back = amount.unwrap_or(left);
        if back.currency() != left.currency() {
            bail!(
                "{charge} was paid in {}; write \"{left}\" for all of it",
                left.currency()
            );
        }
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
