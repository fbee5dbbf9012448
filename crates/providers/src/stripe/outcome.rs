//! What Stripe's words for a payment mean in ours.

use commerce::ids::{ChargeId, RefundId};
use commerce::payment::{DeclineReason, Outcome};

use super::amount::from_stripe;
use super::wire::{ApiError, PaymentIntent, Refund};

/// Under what our id of a charge is kept there.
pub(super) const CHARGE: &str = "charge";

/// Under what the order's is, which people look for.
pub(super) const ORDER: &str = "order";

/// Under what our id of a refund is.
pub(super) const REFUND: &str = "refund";

/// Beside payments that only keep a charge from ever being made.
pub(super) const FORESTALLED: &str = "forestalled";

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// As far as we need to know.
    Known(Outcome),
    /// It was made and never tried; only what forestalls another is that.
    Untried,
    /// In a way that isn't known here.
    Odd,
}

/// Declines after which the same card is of no use: Stripe's list of those that
/// mustn't be retried, and those where the card is gone or wrong.
const FINAL: [&str; 18] = [
    "card_not_supported",
    "currency_not_supported",
    "expired_card",
    "fraudulent",
    "highest_risk_level",
    "incorrect_number",
    "invalid_account",
    "invalid_number",
    "lost_card",
    "merchant_blacklist",
    "pickup_card",
    "restricted_card",
    "revocation_of_all_authorizations",
    "revocation_of_authorization",
    "security_violation",
    "stolen_card",
    "stop_payment_order",
    "transaction_not_allowed",
];

/// Where a payment stands.
pub(super) fn standing(intent: &PaymentIntent) -> Standing {
    let error = intent.last_payment_error.as_ref();
    match intent.status.as_str() {
        "succeeded" => {
            let units = intent.amount_received.unwrap_or(intent.amount);
            match from_stripe(units, &intent.currency) {
                Some(amount) => Standing::Known(Outcome::Paid { amount }),
                None => Standing::Odd,
            }
        }
        // The money is on its way.
        "processing" | "requires_capture" => Standing::Known(Outcome::Unknown),
        "requires_action" | "requires_source_action" => {
            Standing::Known(Outcome::NeedsAuthentication)
        }
        "requires_payment_method" | "requires_source" => match error {
            Some(error) => Standing::Known(declined(error)),
            None => Standing::Untried,
        },
        "requires_confirmation" => Standing::Untried,
        "canceled" => Standing::Known(called_off(intent)),
        _ => Standing::Odd,
    }
}

/// Why a payment was called off: it was never to be made, its bank had said no
/// already, or somebody wanted it so.
fn called_off(intent: &PaymentIntent) -> Outcome {
    let no = |reason| Outcome::Declined {
        reason,
        is_final: false,
    };
    if intent.note(FORESTALLED).is_some() {
        return no(DeclineReason::ProviderError);
    }
    match intent.last_payment_error.as_ref().map(declined) {
        Some(declined @ Outcome::Declined { .. }) => declined,
        _ => no(DeclineReason::Voided),
    }
}

/// What a bank's no means.
pub(super) fn declined(error: &ApiError) -> Outcome {
    let code = error.code.as_deref().unwrap_or_default();
    let decline = error.decline_code.as_deref().unwrap_or(code);
    if code == "authentication_required" || decline == "authentication_required" {
        return Outcome::NeedsAuthentication;
    }
    let (reason, is_final) = decline_reason(error);
    Outcome::Declined { reason, is_final }
}

/// Why a card was declined, and whether trying it again is of no use.
pub(super) fn decline_reason(error: &ApiError) -> (DeclineReason, bool) {
    let code = error.code.as_deref().unwrap_or_default();
    let decline = error.decline_code.as_deref().unwrap_or(code);
    let reason = match decline {
        "insufficient_funds" | "withdrawal_count_limit_exceeded" | "card_velocity_exceeded" => {
            DeclineReason::InsufficientFunds
        }
        "expired_card" => DeclineReason::CardExpired,
        "lost_card" | "stolen_card" | "pickup_card" | "restricted_card" | "invalid_account" => {
            DeclineReason::CardBlocked
        }
        "payment_intent_authentication_failure" | "setup_intent_authentication_failure" => {
            DeclineReason::AuthenticationFailed
        }
        "processing_error" | "issuer_not_available" => DeclineReason::ProviderError,
        _ => DeclineReason::Refused,
    };
    let is_advised = error.advice_code.as_deref() == Some("do_not_try_again");
    (reason, is_advised || FINAL.contains(&decline))
}

/// Whether a refund was made; `None` while nobody knows.
pub(super) fn refunded(refund: &Refund) -> Option<bool> {
    match refund.status.as_deref()? {
        "succeeded" => Some(true),
        "failed" | "canceled" => Some(false),
        _ => None,
    }
}

/// Our id of the refund.
pub(super) fn refund_id(refund: &Refund) -> Option<RefundId> {
    refund.metadata.as_ref()?.get(REFUND)?.parse().ok()
}

/// Our id of the charge. `None` where somebody else uses the account too.
pub(super) fn charge_id(intent: &PaymentIntent) -> Option<ChargeId> {
    let (order, attempt) = intent.note(CHARGE)?.split_once('/')?;
    let id = ChargeId {
        order: order.parse().ok()?,
        attempt: attempt.parse().ok()?,
    };
    // One spelling: `1`, not `01` or `+1`.
    (intent.note(CHARGE) == Some(id.to_string().as_str())).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intent(json: &str) -> PaymentIntent {
        let whole = format!(r#"{{"id":"pi_1","amount":1490,"currency":"usd",{json}}}"#);
        serde_json::from_str(&whole).expect("a payment")
    }

    #[test]
    fn every_status_has_a_meaning_and_what_is_new_has_none() {
        let paid = |minor| Outcome::Paid {
            amount: commerce::money::Money::new(
                minor,
                commerce::money::Currency::parse("USD").expect("a currency"),
            ),
        };
        let declined = |reason, is_final| Standing::Known(Outcome::Declined { reason, is_final });
        let rows = [
            (r#""status":"succeeded""#, Standing::Known(paid(1490))),
            (
                r#""status":"succeeded","amount_received":1000"#,
                Standing::Known(paid(1000)),
            ),
            (
                r#""status":"processing""#,
                Standing::Known(Outcome::Unknown),
            ),
            (
                r#""status":"requires_action""#,
                Standing::Known(Outcome::NeedsAuthentication),
            ),
            (r#""status":"requires_confirmation""#, Standing::Untried),
            (r#""status":"requires_payment_method""#, Standing::Untried),
            (
                r#""status":"canceled""#,
                declined(DeclineReason::Voided, false),
            ),
            (
                r#""status":"canceled","metadata":{"forestalled":"yes"}"#,
                declined(DeclineReason::ProviderError, false),
            ),
            (
                r#""status":"canceled","last_payment_error":{"decline_code":"stolen_card"}"#,
                declined(DeclineReason::CardBlocked, true),
            ),
            (
                r#""status":"canceled","last_payment_error":{"code":"authentication_required"}"#,
                declined(DeclineReason::Voided, false),
            ),
            (r#""status":"something_new""#, Standing::Odd),
        ];
        for (json, expected) in rows {
            assert_eq!(standing(&intent(json)), expected, "{json}");
        }
    }

    #[test]
    fn a_banks_no_is_final_where_the_card_is_of_no_use() {
        let no = |reason, is_final| Outcome::Declined { reason, is_final };
        let rows = [
            (
                r#""code":"card_declined","decline_code":"insufficient_funds""#,
                no(DeclineReason::InsufficientFunds, false),
            ),
            (
                r#""code":"card_declined","decline_code":"stolen_card""#,
                no(DeclineReason::CardBlocked, true),
            ),
            (
                r#""code":"card_declined","decline_code":"generic_decline""#,
                no(DeclineReason::Refused, false),
            ),
            (
                r#""code":"card_declined","decline_code":"generic_decline","advice_code":"do_not_try_again""#,
                no(DeclineReason::Refused, true),
            ),
            (
                r#""code":"expired_card""#,
                no(DeclineReason::CardExpired, true),
            ),
            (
                r#""code":"processing_error""#,
                no(DeclineReason::ProviderError, false),
            ),
            (
                r#""code":"payment_intent_authentication_failure""#,
                no(DeclineReason::AuthenticationFailed, false),
            ),
            (
                r#""code":"authentication_required""#,
                Outcome::NeedsAuthentication,
            ),
            (
                r#""code":"card_declined","decline_code":"authentication_required""#,
                Outcome::NeedsAuthentication,
            ),
            ("", no(DeclineReason::Refused, false)),
        ];
        for (json, expected) in rows {
            let error = serde_json::from_str(&format!("{{{json}}}")).expect("an error");
            assert_eq!(declined(&error), expected, "{json}");
        }
        assert!(FINAL.is_sorted());
    }

    #[test]
    fn only_a_charge_of_ours_has_our_id() {
        let id = "ord_000000000000000000000000000000ab/2";
        let of = |text: &str| {
            charge_id(&intent(&format!(
                r#""status":"x","metadata":{{"charge":"{text}"}}"#
            )))
        };
        assert_eq!(of(id).map(|id| id.to_string()).as_deref(), Some(id));
        for wrong in [
            "",
            "ord_ab/2",
            "ord_000000000000000000000000000000ab/+2",
            "2",
        ] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
        assert_eq!(charge_id(&intent(r#""status":"x","metadata":null"#)), None);
    }
}
