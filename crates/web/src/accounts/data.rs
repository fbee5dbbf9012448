//! What is known of somebody: to take away, and to be forgotten.

use billing::BillingError;
use bytes::Bytes;
use commerce::subscription::Subscription;
use http::{HeaderValue, Response, StatusCode, header};
use serde_json::Value;
use store::Committed;
use store::care::{EraseError, Erased, InvoiceNames, Motion, Moving};

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

    /// Everything, as a file of JSON, what the gate has counted among it. It takes
    /// some fifteen statements, so only so often.
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
        // Written down before anything is given away: what is given is theirs who
        // were known to be there then.
        let mut writing = self.store.write().await?;
        self.still(visit, &mut writing, &owner).await?;
        let act = owner.act("export");
        writing.act(&act, visit.request.now).await?;
        writing.commit().await?;
        let all = self.store.read().await?.export(owner.id).await?;
        let Some(mut all) = all else {
            return Ok(self.gone(visit));
        };
        let counted = self.gate.counted(owner.id.into()).await;
        let counted = counted.map_err(Fault::Broken)?;
        if let Value::Object(all) = &mut all {
            all.insert("read".to_owned(), Value::Array(counted.read));
            all.insert("given".to_owned(), Value::Array(counted.given));
        }
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
        self.show_erase(visit, &owner, Erase::default(), StatusCode::OK)
            .await
    }

    async fn show_erase(
        &self,
        visit: &Visit<'_>,
        owner: &Owner,
        page: Erase,
        status: StatusCode,
    ) -> Answer {
        let mut reading = self.store.read().await?;
        let mut running = reading.subscriptions(owner.id).await?;
        running.retain(|one| !one.is_ended());
        let moving = reading.moving(owner.id).await?;
        drop(reading);
        let speaker = self.speaker(visit);
        let name = |one: &Subscription| speaker.name(&Sort::of_subscription(one));
        let page = Erase {
            ends: running.iter().map(name).collect(),
            asks_password: owner.asks_password(),
            hindrance: owner.hindrance().or(moving.map(awaited)),
            ..page
        };
        self.show(visit, status, &page)
    }

    /// Ends what runs, and forgets who it was; or does nothing, and says what
    /// there is to wait for.
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
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return self.show_erase(visit, &owner, page, status).await;
        }
        let closed = match &self.billing {
            Some(billing) => billing.close(&owner.proof()).await,
            // Where nothing is sold, there is nobody to end what still runs, which
            // keeps the store from erasing.
            None => self.close_here(visit, &owner).await,
        };
        let (erased, committed) = match closed {
            Ok(closed) => closed,
            Err(BillingError::Lapsed(lapsed)) => return Err(lapsed.into()),
            Err(BillingError::Store(error)) => return Err(error.into()),
            Err(BillingError::Erase(EraseError::MoneyMoves(moving))) => {
                tracing::info!(%moving, "an account isn't closed yet");
                return self
                    .show_erase(visit, &owner, Erase::default(), StatusCode::CONFLICT)
                    .await;
            }
            Err(error) => {
                tracing::warn!(%error, "an account couldn't be closed");
                return self.say(visit, StatusCode::CONFLICT, &NOT_ERASED);
            }
        };
        self.tell_gate(committed).await;
        let customers = erased.customers.len();
        tracing::info!(customers, "an account was erased");
        let out = Visit {
            sender: Sender::Anonymous,
            locale: visit.locale.clone(),
            ..*visit
        };
        let response = self.say(&out, StatusCode::OK, &ERASED)?;
        Ok(self.forgetting(visit, response))
    }

    async fn close_here(
        &self,
        visit: &Visit<'_>,
        owner: &Owner,
    ) -> Result<(Erased, Committed), BillingError> {
        let mut writing = self.store.write().await?;
        writing.prove(&owner.proof(), visit.now).await??;
        let names = InvoiceNames::Kept;
        let erased = writing.erase(owner.id, names, visit.now).await?;
        Ok((erased, writing.commit().await?))
    }
}

/// What there is to wait for before an account can be closed.
fn awaited(moving: Moving) -> &'static str {
    match moving.what {
        Motion::Payment | Motion::Untold => "account-erase-payment",
        Motion::Authentication { .. } => "account-erase-bank",
        Motion::Refund => "account-erase-refund",
    }
}
