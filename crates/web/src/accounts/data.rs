//! What is known of somebody, to take away.

use bytes::Bytes;
use http::{HeaderValue, Response, header};

use super::proof::Owner;
use super::view::Data;
use crate::form::Form;
use crate::limits::Act;
use crate::pages::{Answer, Fault, Pages, Visit};

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
}
