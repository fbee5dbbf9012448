//! Whom an account's invoices are for.

use commerce::gift::{Gift, GiftStage};
use commerce::ids::AccountId;
use commerce::invoice::Party;
use commerce::subscription::{Stage, Subscription};
use store::Writing;

use crate::error::BillingError;

/// Keeps whom a purchase is for, in the transaction that begins it, for all
/// invoices of the account from then on.
///
/// What a running subscription's invoices can't do without stays: a purchase
/// for oneself doesn't take the name of a business off what that pays for, and
/// none takes away a VAT id because of which no tax is charged.
pub(crate) async fn keep_party(
    writing: &mut Writing,
    account: AccountId,
    party: Option<&Party>,
) -> Result<(), BillingError> {
    let known = writing.billing(account).await?;
    if known.as_ref() == party {
        return Ok(());
    }
    let own = writing.subscriptions(account).await?;
    let gifts = writing.gifts(account).await?;
    let has_id = |party: Option<&Party>| party.is_some_and(|party| party.vat_id.is_some());
    let is_for_oneself = party.is_none();
    if is_for_oneself && own.iter().any(|one| is_running(one) && one.terms.renews()) {
        return Ok(());
    }
    let loses_id = has_id(known.as_ref()) && !has_id(party);
    if loses_id && (own.iter().any(is_taxed_abroad) || gifts.iter().any(is_paid_from_abroad)) {
        return Ok(());
    }
    writing.set_billing(account, party).await?;
    Ok(())
}

fn is_running(one: &Subscription) -> bool {
    !one.is_ended() && !matches!(one.stage, Stage::Incomplete { .. })
}

fn is_taxed_abroad(one: &Subscription) -> bool {
    is_running(one) && one.tax_status.business
}

fn is_paid_from_abroad(gift: &Gift) -> bool {
    matches!(gift.stage, GiftStage::Incomplete { .. }) && gift.bought.tax_status.business
}
