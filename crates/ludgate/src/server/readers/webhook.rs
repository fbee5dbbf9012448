//! What Stripe tells by itself, at an address below the prefix.

use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};

use billing::{Billing, EventTaken};
use bytes::Bytes;
use gateway::Enquiry;
use http::{HeaderValue, Method, Response, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use providers::payment::Provider;
use providers::stripe::{Forgery, WebhookError};

use crate::world;

/// Where, below the prefix.
pub(super) const PATH: &str = "payments/stripe";

/// What its signature is in.
const SIGNATURE: &str = "stripe-signature";

/// How long a forgery of the same kind isn't said again.
const SILENCE: SignedDuration = SignedDuration::from_mins(1);

/// When a forgery of each kind was said last, and how many came since: whoever likes
/// sends them as fast as they can, and the log is to be of use all the same.
#[derive(Debug, Default)]
pub(super) struct Forgeries(Mutex<HashMap<Discriminant<Forgery>, (Timestamp, u64)>>);

impl Forgeries {
    /// Whether it is to be said; with how many of its kind weren't.
    fn is_said(&self, why: &Forgery, now: Timestamp) -> Option<u64> {
        let mut kinds = self.0.lock();
        let kind = kinds
            .entry(discriminant(why))
            .or_insert((Timestamp::MIN, 0));
        if now.duration_since(kind.0) < SILENCE {
            kind.1 = kind.1.saturating_add(1);
            return None;
        }
        let (_, unsaid) = std::mem::replace(kind, (now, 0));
        Some(unsaid)
    }
}

/// Takes a message. What can't be Stripe's is refused for good (400); what
/// couldn't be seen to has to come again (503), which it does for three days.
pub(super) async fn take(
    billing: &Billing,
    forgeries: &Forgeries,
    enquiry: &Enquiry,
) -> Response<Bytes> {
    let Provider::Stripe(stripe) = billing.provider() else {
        return said(StatusCode::NOT_FOUND, "nobody is expected here");
    };
    if enquiry.method != Method::POST {
        return said(StatusCode::METHOD_NOT_ALLOWED, "messages are posted here");
    }
    let signature = enquiry.headers.get(SIGNATURE);
    let signature = signature.and_then(|line| line.to_str().ok());
    // Signatures are of the system's time, whatever a business clock says.
    let now = world::now();
    let event = stripe.webhook(signature, &enquiry.body, now).await;
    let event = match event {
        Ok(event) => event,
        Err(error @ WebhookError::Later(_)) => {
            tracing::warn!(%error, "Stripe is asked to tell it again");
            return said(StatusCode::SERVICE_UNAVAILABLE, "tell it again later");
        }
        Err(WebhookError::Forgery(why)) => {
            let error = WebhookError::Forgery(why);
            if let Some(unsaid) = forgeries.is_said(&why, now) {
                tracing::warn!(bytes = enquiry.body.len(), unsaid, "{error}");
            }
            return said(StatusCode::BAD_REQUEST, &error.to_string());
        }
        Err(error @ (WebhookError::Shape(_) | WebhookError::Mode { .. })) => {
            tracing::warn!(bytes = enquiry.body.len(), "{error}");
            return said(StatusCode::BAD_REQUEST, &error.to_string());
        }
    };
    match billing.take_event(&event).await {
        Ok(EventTaken::Yes) => said(StatusCode::OK, "taken"),
        Ok(EventTaken::Later) => {
            tracing::info!(event = event.id.as_str(), "an event comes too early");
            said(StatusCode::SERVICE_UNAVAILABLE, "tell it again later")
        }
        Err(error) => {
            tracing::error!(event = event.id.as_str(), %error, "an event couldn't be taken");
            said(StatusCode::SERVICE_UNAVAILABLE, "tell it again later")
        }
    }
}

fn said(status: StatusCode, words: &str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(format!("{words}\n")));
    *response.status_mut() = status;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_forgeries_is_a_line_a_minute_with_how_many_there_were() {
        let forgeries = Forgeries::default();
        let at = |seconds| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
        assert_eq!(forgeries.is_said(&Forgery::Unsigned, at(0)), Some(0));
        for second in 1..60 {
            assert_eq!(forgeries.is_said(&Forgery::Unsigned, at(second)), None);
        }
        // Of another kind is something new.
        assert_eq!(forgeries.is_said(&Forgery::Signature, at(59)), Some(0));
        assert_eq!(forgeries.is_said(&Forgery::Unsigned, at(60)), Some(59));
        assert_eq!(forgeries.is_said(&Forgery::Time(301), at(60)), Some(0));
        assert_eq!(forgeries.is_said(&Forgery::Time(302), at(61)), None);
    }
}
