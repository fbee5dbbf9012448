//! The lease by which copies of stories are kept on a device.
//!
//! The server says until when, by its own clock, and to whom: an account on a device,
//! as a name that means nothing elsewhere. A copy that was made for another name, or
//! whose time is over, is deleted by the app. Nothing of it is written down.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};

use super::bearer::bearer;
use super::view::MAX_KEPT;
use crate::gate::Sender;
use crate::pages::{Answer, Fault, Pages, Visit};

/// What entitles to reading in the app and offline.
pub(crate) const APPS: &str = "apps";

/// The longest name of a story that is looked at.
const LONGEST: usize = 1_024;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

impl Pages {
    /// Says until when the stories that are asked about may be kept.
    ///
    /// `401` means that nobody is signed in, and `403` that whoever is doesn't hold
    /// `apps`: in both cases all copies are to be deleted. Anything else that isn't
    /// `200` means that nothing is known now.
    pub(super) async fn app_lease(&self, visit: &Visit<'_>) -> Answer {
        let now = visit.request.now;
        let said = |status, told| said(status, now.as_millisecond(), told);
        let Some(app) = &self.settings.app else {
            return Ok(said(StatusCode::FORBIDDEN, json!({})));
        };
        let (session, account) = match visit.sender {
            Sender::SignedIn { session, account } => (session, account),
            Sender::Anonymous => return Ok(said(StatusCode::UNAUTHORIZED, json!({}))),
            Sender::Unknown => return Err(Fault::Busy),
        };
        match self.gate.holds(account, APPS, now) {
            Some(true) => {}
            Some(false) => return Ok(said(StatusCode::FORBIDDEN, json!({}))),
            None => return Err(Fault::Busy),
        }
        let asked = visit.request.asked();
        let stories = asked.all("story").take(MAX_KEPT);
        let stories: Vec<&str> = stories.filter(|story| story.len() <= LONGEST).collect();
        let found = self.gate.keepable(account, &stories, now).await;
        let found = found.map_err(|error| {
            tracing::warn!(error, "what may be kept can't be told");
            Fault::Busy
        })?;
        let until = now.checked_add(app.lease).unwrap_or(now);
        let stories: Vec<Value> = found
            .into_iter()
            .map(|story| {
                json!({
                    "id": story.id,
                    "beginning": story.beginning,
                    "version": story.version,
                })
            })
            .collect();
        let bearer = bearer(account, session);
        let told = json!({
            "bearer": bearer,
            "until": until.as_millisecond(),
            "stories": stories,
        });
        let mut response = said(StatusCode::OK, told);
        self.tell_bearer(&mut response, &bearer);
        Ok(response)
    }
}

/// What is told, with the server's time in milliseconds.
fn said(status: StatusCode, now: i64, mut told: Value) -> Response<Bytes> {
    if let Some(told) = told.as_object_mut() {
        told.insert("now".to_owned(), now.into());
    }
    let mut response = Response::new(Bytes::from(told.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, JSON);
    response
}
