//! What is known of somebody: to take away, and to be forgotten.

use billing::{Billing, BillingError, Who, Wish};
use bytes::Bytes;
use commerce::subscription::{CancelReason, CancelWhen, Subscription};
use http::{HeaderValue, Response, StatusCode, header};
use store::care::{EraseError, InvoiceNames};

use super::notices::{ERASED, NOT_ERASED};
use super::proof::Owner;
use super::view::{Data, Erase};
use crate::form::Form;
use crate::gate::Sender;
use crate::limits::Act;
use crate::pages::{Answer, Fault, Pages, Visit};
use crate::words::Sort;

const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");
const FILE: HeaderValue = HeaderValue::from_static("attachment; filename=\"my-data.json\"");

impl Pages {
    pub(crate) async fn data_page(&self, visit: &Visit<'_>) -> Answer {
        let Some(owner) = self.owner(visit).await? else {
            return Ok(self.gone(visit));
        };
        self.show_data(visit, &owner, None)
    }

    fn show_data(&self, visit: &Visit<'_>, owner: &Owner, error: Option<&'static str>) -> Answer {
        let page = Data {
            asks_password: owner.asks_password(),
            hindrance: owner.hindrance(),
            error,
        };
        self.show(visit, Self::status(error.is_some()), &page)
    }

    /// Everything, as a file of JSON. It takes a dozen statements, so only so
    /// often.
    pub(crate) async fn export(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let Some(owner) = self.owner(visit).await? else {
            return Ok(self.gone(visit));
        };
        if let Some(wrong) = self.prove(visit, &owner, form).await? {
            return self.show_data(visit, &owner, Some(wrong));
        }
        if let Some(mail) = &owner.account.mail {
            self.limits.address(Act::Export, mail, visit.now)?;
        }
        let all = self.store.read().await?.export(owner.id).await?;
        let Some(all) = all else {
            return Ok(self.gone(visit));
        };
        let text = serde_json::to_string_pretty(&all);
        let text = text.map_err(|error| Fault::Broken(error.to_string()))?;
        let mut response = Response::new(Bytes::from(text));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, JSON);
        headers.insert(header::CONTENT_DISPOSITION, FILE);
        Ok(response)
    }

    pub(crate) async fn erase_page(&self, visit: &Visit<'_>) -> Answer {
        let Some(owner) = self.owner(visit).await? else {
            return Ok(self.gone(visit));
        };
        self.show_erase(visit, &owner, Erase::default()).await
    }

    async fn show_erase(&self, visit: &Visit<'_>, owner: &Owner, page: Erase) -> Answer {
        let running = self.running(owner).await?;
        let speaker = self.speaker(visit);
        let name = |one: &Subscription| speaker.name(&Sort::of_subscription(one));
        let is_wrong = page.error.is_some() || page.sure_error.is_some();
        let page = Erase {
            ends: running.iter().map(name).collect(),
            asks_password: owner.asks_password(),
            hindrance: owner.hindrance(),
            ..page
        };
        self.show(visit, Self::status(is_wrong), &page)
    }

    async fn running(&self, owner: &Owner) -> Result<Vec<Subscription>, Fault> {
        let mut all = self.store.read().await?.subscriptions(owner.id).await?;
        all.retain(|one| !one.is_ended());
        Ok(all)
    }

    /// Ends what runs, and has cards forgotten. The provider forgets them first:
    /// who they are there is known for as long as something is left to be
    /// forgotten.
    async fn wind_up(
        &self,
        billing: &Billing,
        owner: &Owner,
    ) -> Result<Result<(), BillingError>, Fault> {
        let who = Who::Reader(owner.id);
        for one in self.running(owner).await? {
            let wish = Wish::Cancel {
                when: CancelWhen::Now,
                reason: CancelReason::Unsaid,
            };
            if let Err(error) = billing.command(&who, one.id, wish).await {
                return Ok(Err(error));
            }
        }
        if let Err(error) = billing.leave_all_seats(owner.id).await {
            return Ok(Err(error));
        }
        for card in self.store.read().await?.payment_methods(owner.id).await? {
            if let Err(error) = billing.forget_card(owner.id, card.id).await {
                return Ok(Err(error));
            }
        }
        Ok(Ok(()))
    }

    /// Ends what runs, and forgets who it was. What was begun and not done to
    /// the end is begun again by whoever asks again.
    pub(crate) async fn erase(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let Some(owner) = self.owner(visit).await? else {
            return Ok(self.gone(visit));
        };
        let error = self.prove(visit, &owner, form).await?;
        let is_sure = form.get("sure") == "yes";
        if error.is_some() || !is_sure {
            let page = Erase {
                error,
                sure_error: (!is_sure).then_some("account-error-sure"),
                ..Erase::default()
            };
            return self.show_erase(visit, &owner, page).await;
        }
        // Where nothing is sold, there is nobody to ask: what still runs then
        // keeps the store from erasing.
        if let Some(billing) = &self.billing
            && let Err(error) = self.wind_up(billing, &owner).await?
        {
            tracing::warn!(%error, "what an account has couldn't be wound up for an erasure");
            return self.say(visit, StatusCode::CONFLICT, &NOT_ERASED);
        }
        let mut writing = self.store.write().await?;
        let names = InvoiceNames::Kept;
        match writing.erase(owner.id, names, visit.now).await {
            Ok(erased) => {
                let customers = erased.customers.len();
                self.tell_gate(writing.commit().await?).await;
                tracing::info!(customers, "an account was erased");
            }
            Err(EraseError::Store(error)) => return Err(error.into()),
            Err(error) => {
                tracing::warn!(%error, "an account couldn't be erased");
                return self.say(visit, StatusCode::CONFLICT, &NOT_ERASED);
            }
        }
        let out = Visit {
            sender: Sender::Anonymous,
            locale: visit.locale.clone(),
            ..*visit
        };
        let response = self.say(&out, StatusCode::OK, &ERASED)?;
        Ok(self.forgetting(visit, response))
    }
}
