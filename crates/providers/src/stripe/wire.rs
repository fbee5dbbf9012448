//! What Stripe answers with, as far as it is read. What may be missing is
//! optional, and what is new is passed over.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::key::clean;
use crate::payment::ClientSecret;

/// A list, one page of it.
#[derive(Debug, Deserialize)]
pub(super) struct List<T> {
    #[serde(default = "Vec::new")]
    pub(super) data: Vec<T>,
    #[serde(default)]
    pub(super) has_more: bool,
}

/// Which money an answer is about. A list says so of each of its items.
#[derive(Debug, Deserialize)]
pub(super) struct Moded {
    livemode: Option<bool>,
    #[serde(default)]
    data: Vec<Self>,
}

impl Moded {
    /// Whether all that says so is about that money.
    pub(super) fn agrees(&self, is_live: bool) -> bool {
        self.livemode.is_none_or(|mode| mode == is_live)
            && self.data.iter().all(|item| item.agrees(is_live))
    }
}

/// Anything of which only the name matters.
#[derive(Debug, Deserialize)]
pub(super) struct Named {
    pub(super) id: String,
}

/// Somebody who pays, or did.
#[derive(Debug, Deserialize)]
pub(super) struct Customer {
    #[serde(default)]
    pub(super) deleted: bool,
}

/// A payment: what we call a charge.
#[derive(Debug, Deserialize)]
pub(super) struct PaymentIntent {
    pub(super) id: String,
    pub(super) status: String,
    pub(super) amount: i64,
    /// What came in, where the answer says so.
    pub(super) amount_received: Option<i64>,
    pub(super) currency: String,
    pub(super) client_secret: Option<ClientSecret>,
    pub(super) metadata: Option<BTreeMap<String, String>>,
    pub(super) last_payment_error: Option<ApiError>,
}

/// A card being entered.
#[derive(Debug, Deserialize)]
pub(super) struct SetupIntent {
    pub(super) id: String,
    pub(super) status: String,
    pub(super) customer: Option<String>,
    pub(super) client_secret: Option<ClientSecret>,
    pub(super) payment_method: Option<String>,
    pub(super) last_setup_error: Option<ApiError>,
}

/// A card.
#[derive(Debug, Deserialize)]
pub(super) struct PaymentMethod {
    pub(super) id: String,
    pub(super) customer: Option<String>,
    pub(super) card: Option<CardDetails>,
}

/// What is on it.
#[derive(Debug, Deserialize)]
pub(super) struct CardDetails {
    #[serde(default)]
    pub(super) brand: String,
    pub(super) last4: String,
    pub(super) exp_month: i8,
    pub(super) exp_year: i16,
}

/// Money given back.
#[derive(Debug, Deserialize)]
pub(super) struct Refund {
    pub(super) id: String,
    pub(super) status: Option<String>,
    pub(super) metadata: Option<BTreeMap<String, String>>,
    pub(super) amount: Option<i64>,
    pub(super) currency: Option<String>,
    /// Of which payment. It is told in full only where that was asked for.
    pub(super) payment_intent: Option<String>,
}

/// A charge that was given back, with its refunds where it lists them.
#[derive(Debug, Deserialize)]
pub(super) struct RefundedCharge {
    pub(super) refunds: Option<List<Refund>>,
}

/// A bank's wish to have its money back.
#[derive(Debug, Deserialize)]
pub(super) struct Dispute {
    pub(super) id: String,
    pub(super) amount: i64,
    pub(super) currency: String,
    #[serde(default)]
    pub(super) status: String,
    pub(super) payment_intent: Option<String>,
}

/// An answer that is none.
#[derive(Debug, Deserialize)]
pub(super) struct ErrorBody {
    pub(super) error: ApiError,
}

/// What went wrong, or why a card was declined.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ApiError {
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    pub(super) code: Option<String>,
    pub(super) decline_code: Option<String>,
    pub(super) advice_code: Option<String>,
    pub(super) message: Option<String>,
    /// The field that it is about.
    pub(super) param: Option<String>,
    pub(super) payment_intent: Option<Named>,
}

impl ApiError {
    /// In words, for the log.
    pub(super) fn words(&self, status: u16) -> String {
        let code = self.decline_code.as_ref().or(self.code.as_ref());
        let said = match (code, &self.message) {
            (Some(code), Some(message)) => format!("{code}: {message}"),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => format!("status {status}"),
        };
        clean(&said)
    }
}

impl PaymentIntent {
    /// Whether it can still be confirmed with a card.
    pub(super) fn is_open(&self) -> bool {
        matches!(
            self.status.as_str(),
            "requires_payment_method" | "requires_source" | "requires_confirmation"
        )
    }

    /// What we wrote beside it.
    pub(super) fn note(&self, name: &str) -> Option<&str> {
        self.metadata.as_ref()?.get(name).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_needs_shows_up_in_no_log() {
        let json = r#"{"id":"pi_1","status":"x","amount":1,"currency":"usd",
            "client_secret":"pi_1_secret_hush"}"#;
        let intent: PaymentIntent = serde_json::from_str(json).expect("a payment");
        let setup: SetupIntent = serde_json::from_str(json).expect("a setup");
        for shown in [format!("{intent:?}"), format!("{setup:?}")] {
            assert!(!shown.contains("hush"), "{shown}");
        }
    }
}
