//! How a subscription is to be taxed from its next bill on, and the VAT id that
//! its invoices then need.

use access::Country;
use commerce::ids::AccountId;
use commerce::invoice::{Party, VatId};
use commerce::tax::TaxStatus;
use store::Writing;

use crate::error::BillingError;

/// How a subscription is to be taxed: as somebody's who owes no tax themselves,
/// or as a business's, which there isn't without a VAT id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taxed {
    /// As a consumer's.
    Consumer {
        /// Where they are established.
        country: Country,
    },
    /// As a business's.
    Business {
        /// Where it is established.
        country: Country,
        /// Its VAT id, which somebody has checked.
        vat_id: VatId,
    },
}

impl Taxed {
    /// What facts know of it.
    pub fn status(&self) -> TaxStatus {
        match self {
            Self::Consumer { country } => TaxStatus::consumer(*country),
            Self::Business { country, .. } => TaxStatus::business(*country),
        }
    }

    /// Has the VAT id printed on the account's invoices, with whom these name
    /// already: an invoice of a business needs its name and its address, and
    /// those only it can say. Says whether another id was printed before.
    pub(crate) async fn print(
        &self,
        writing: &mut Writing,
        account: AccountId,
    ) -> Result<bool, BillingError> {
        let Self::Business { country, vat_id } = self else {
            return Ok(false);
        };
        if !vat_id.is_of(*country) {
            return Err(BillingError::VatIdOfAnother(vat_id.clone(), *country));
        }
        let named = writing.billing(account).await?;
        let party = named.filter(|party| party.country == *country);
        let party = party.ok_or(BillingError::NobodyNamed(*country))?;
        if party.vat_id.as_ref() == Some(vat_id) {
            return Ok(false);
        }
        let party = Party {
            vat_id: Some(vat_id.clone()),
            ..party
        };
        writing.set_billing(account, Some(&party)).await?;
        Ok(true)
    }
}
