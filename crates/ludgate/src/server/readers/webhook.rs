//! What Stripe tells by itself, at an address below the prefix.

use billing::{Billing, EventTaken};
use bytes::Bytes;
use gateway::Enquiry;
use http::{HeaderValue, Method, Response, StatusCode, header};
use providers::payment::Provider;
use providers::stripe::WebhookError;

use crate::world;

/// Where, below the prefix.
pub(super) const PATH: &str = "payments/stripe";

/// What its signature is in.
const SIGNATURE: &str = "stripe-signature";

/// Takes a message. What can't be Stripe's is refused for good (400); what
/// couldn't be seen to has to come again (503), which it does for three days.
pub(super) async fn take(billing: &Billing, enquiry: &Enquiry) -> Response<Bytes> {
    let Provider::Stripe(stripe) = billing.provider() else {
        return said(StatusCode::NOT_FOUND, "nobody is expected here");
    };
    if enquiry.method != Method::POST {
        return said(StatusCode::METHOD_NOT_ALLOWED, "messages are posted here");
    }
    let signature = enquiry.headers.get(SIGNATURE);
    let signature = signature.and_then(|line| line.to_str().ok());
    // Signatures are of the system's time, whatever a business clock says.
    let event = stripe.webhook(signature, &enquiry.body, world::now()).await;
    let event = match event {
        Ok(event) => event,
        Err(error @ WebhookError::Later(_)) => {
            tracing::warn!(%error, "Stripe is asked to tell it again");
            return said(StatusCode::SERVICE_UNAVAILABLE, "tell it again later");
        }
        Err(
            error @ (WebhookError::Forgery(_) | WebhookError::Shape(_) | WebhookError::Mode { .. }),
        ) => {
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
