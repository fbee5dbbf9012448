//! What couldn't be given back, and is asked for again.

use anyhow::{Result, bail};
use billing::{Who, Wish};
use commerce::ids::ChargeId;
use commerce::money::Money;
use commerce::payment::Refund;
use store::Owner;

use super::Care;

impl Care {
    /// What couldn't be given back of a payment, or of what was paid for the same
    /// order beside it.
    pub(super) async fn owed(&self, owner: Owner, charge: ChargeId) -> Result<Vec<Refund>> {
        let mut reading = self.reading().await?;
        let payments = match owner {
            Owner::Subscription(id) => reading.subscription(id).await?.map(|one| one.payments),
            Owner::Gift(id) => reading.gift(id).await?.map(|one| one.payments),
        };
        let refunds = payments.into_iter().flat_map(|all| all.refunds);
        let of_it = refunds.filter(|one| one.is_owed() && one.charge.order == charge.order);
        Ok(of_it.collect())
    }

    /// Nothing new goes back, so access stays as it is.
    pub(super) async fn refund_again(
        &self,
        who: &Who,
        owner: Owner,
        owed: &Refund,
        dry_run: bool,
    ) -> Result<String> {
        let Refund {
            id: failed,
            charge,
            amount,
            ..
        } = *owed;
        if dry_run {
            return Ok(format!(
                "{amount} of {charge}, which couldn't be given back, would be asked for again"
            ));
        }
        let refund = self.billing.draw_refund()?;
        match owner {
            Owner::Subscription(id) => {
                let wish = Wish::RefundAgain { failed, refund };
                self.billing.command(who, id, wish).await?;
            }
            Owner::Gift(id) => {
                self.billing
                    .refund_gift_again(who, id, failed, refund)
                    .await?;
            }
        }
        Ok(format!(
            "{amount} of {charge}, which couldn't be given back, is asked for again"
        ))
    }
}

/// Which of what is owed is meant, where it isn't something new that is to go
/// back: what bears the amount that was named, or else the only one where
/// nothing is left to give back.
pub(super) fn meant(
    owed: &[Refund],
    amount: Option<Money>,
    left: Money,
) -> Result<Option<&Refund>> {
    let Some(first) = owed.first() else {
        return Ok(None);
    };
    match amount {
        Some(amount) => Ok(owed.iter().find(|one| one.amount == amount)),
        None if owed.len() == 1 && !left.is_positive() => Ok(Some(first)),
        None => {
            let all: Vec<String> = owed.iter().map(|one| one.amount.to_string()).collect();
            bail!(
                "{} of {} couldn't be given back; write --amount \"{}\" to ask for it again, or \
                 another amount of the {left} that are left",
                all.join(" and "),
                first.charge,
                first.amount
            )
        }
    }
}
