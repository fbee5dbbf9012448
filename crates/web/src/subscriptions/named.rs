//! Who is named on invoices from now on: a business, with its address and its
//! VAT id, or whoever wants their name there. How a subscription is taxed was
//! settled when it was taken out, and isn't changed here.

use commerce::ids::AccountId;
use commerce::subscription::Subscription;
use http::StatusCode;

use super::view::Named;
use crate::form::Form;
use crate::pages::{Answer, Fault, Pages, Visit};
use crate::respond;
use crate::shop::view::Typed;

impl Pages {
    pub(super) async fn billing_page(&self, visit: &Visit<'_>) -> Answer {
        let account = visit.account().ok_or(Fault::Busy)?;
        let mut reading = self.store.read().await?;
        let party = reading.billing(account).await?;
        let is_known = party.is_some();
        let typed = if let Some(party) = party {
            Typed::default().naming(party)
        } else {
            let latest = reading.subscriptions(account).await?.into_iter().next();
            let country = latest.map(|latest| latest.tax_status.country.to_string());
            Typed {
                country: country.unwrap_or_default(),
                ..Typed::default()
            }
        };
        drop(reading);
        let page = Named {
            is_known,
            typed,
            ..Named::default()
        };
        self.show_named(visit, page)
    }

    fn show_named(&self, visit: &Visit<'_>, page: Named) -> Answer {
        let failed = !page.errors.is_none() || page.refused.is_some();
        let status = if failed {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        };
        let page = Named {
            failed,
            done: visit.request.asked().get("done") == "yes" && !failed,
            countries: self.countries.of(&visit.locale).to_vec(),
            ..page
        };
        self.show(visit, status, &page)
    }

    /// Keeps what was typed, or names nobody any more. Who is taxed as a business
    /// keeps a VAT id: their next invoice couldn't be made without.
    pub(super) async fn save_billing(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let account = visit.account().ok_or(Fault::Busy)?;
        let needs_vat = self.is_taxed_as_business(account).await?;
        let forgets = form.get("forget") == "yes";
        let mut page = Named {
            is_known: true,
            typed: Typed {
                business: true,
                ..Typed::read(form)
            },
            ..Named::default()
        };
        if forgets && needs_vat {
            page.refused = Some("subscription-billing-needed");
            return self.show_named(visit, page);
        }
        let party = if forgets {
            None
        } else {
            let Some(country) = self.countries.chosen(&visit.locale, &page.typed) else {
                page.errors.country = Some("shop-country-missing");
                return self.show_named(visit, page);
            };
            let party = page.typed.party(country, &mut page.errors);
            let has_vat = party.as_ref().is_some_and(|party| party.vat_id.is_some());
            if needs_vat && !has_vat && page.errors.vat.is_none() {
                page.errors.vat = Some("subscription-billing-vat-needed");
            }
            if !page.errors.is_none() {
                return self.show_named(visit, page);
            }
            party
        };
        let mut writing = self.store.write().await?;
        writing.set_billing(account, party.as_ref()).await?;
        writing.commit().await?;
        Ok(respond::go(self.below("account/billing?done=yes")))
    }

    /// Whether one that runs is taxed as a business's.
    async fn is_taxed_as_business(&self, account: AccountId) -> Result<bool, Fault> {
        let all = self.store.read().await?.subscriptions(account).await?;
        let is_one = |one: &Subscription| !one.is_ended() && one.tax_status.business;
        Ok(all.iter().any(is_one))
    }
}
