//! Entering a card: one of the sandbox's on our own page, or a real one with
//! Stripe's script, where its number never comes here.

use billing::CardEntered;
use bytes::Bytes;
use commerce::ids::{AccountId, PaymentMethodId};
use http::{HeaderValue, Response, StatusCode, header};
use jiff::civil::Date;
use providers::payment::{CardEntry, Expiry, Provider, SetupToken};
use providers::sandbox::TestCard;
use serde::Serialize;

use super::Shop;
use super::view::{Errors, Typed};
use crate::form::Form;
use crate::limits::{Act, TooOften};
use crate::pages::{Answer, Fault, Visit};
use crate::words::declined;

/// What came of entering a card.
pub(crate) enum Entered {
    /// It can be paid with.
    Card(PaymentMethodId),
    /// Something is wrong with what was typed.
    Wrong(Box<Errors>),
    /// It wasn't taken, for this reason.
    Declined(&'static str),
}

/// What Stripe's script needs to enter a card.
#[derive(Serialize)]
struct Begun<'a> {
    setup: &'a str,
    key: &'a str,
    secret: &'a str,
}

impl Shop<'_> {
    /// Begins to enter a card by Stripe's script.
    pub(super) async fn begin_card(&self, visit: &Visit<'_>) -> Answer {
        let account = visit.account().ok_or(Fault::Busy)?;
        self.limits
            .network(Act::Ask, visit.request.address, visit.now)?;
        self.limits.account(Act::Ask, account, visit.now)?;
        let (setup, entry) = self.billing.enter_card(account, None).await?;
        let CardEntry::Stripe {
            publishable_key,
            client_secret,
        } = entry
        else {
            // The sandbox has its fields on the page.
            return self.say(visit, StatusCode::NOT_FOUND, &crate::respond::MISSING);
        };
        let begun = Begun {
            setup: setup.as_str(),
            key: &publishable_key,
            secret: client_secret.expose(),
        };
        let json = serde_json::to_string(&begun);
        let json = json.map_err(|error| Fault::Broken(error.to_string()))?;
        let mut response = Response::new(Bytes::from(json));
        let kind = HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        Ok(response)
    }

    /// The card that a form names, entered if it is a new one.
    pub(crate) async fn card(
        &self,
        visit: &Visit<'_>,
        account: AccountId,
        typed: &Typed,
        form: &Form,
    ) -> Result<Entered, Fault> {
        let wrong = |error: fn(&mut Errors)| {
            let mut errors = Box::<Errors>::default();
            error(&mut errors);
            Ok(Entered::Wrong(errors))
        };
        if typed.method != "new" {
            return match typed.method.parse() {
                Ok(method) => Ok(Entered::Card(method)),
                Err(_) => wrong(|errors| errors.method = Some("shop-method-missing")),
            };
        }
        let entered = match self.billing.provider() {
            Provider::Stripe(_) => {
                let Ok(setup) = form.trimmed("setup").parse::<SetupToken>() else {
                    return wrong(|errors| errors.method = Some("shop-card-script"));
                };
                self.count_card(visit, account)?;
                self.billing.card_entered(account, &setup).await?
            }
            Provider::Sandbox(_) => {
                let card = match self.test_card(visit, form) {
                    Ok(card) => card,
                    Err(errors) => return Ok(Entered::Wrong(errors)),
                };
                self.count_card(visit, account)?;
                let (setup, _) = self.billing.enter_card(account, None).await?;
                let entered = self.billing.enter_test_card(account, &setup, card);
                entered.await?
            }
        };
        Ok(match entered {
            CardEntered::Kept { method, .. } => Entered::Card(method.id),
            CardEntered::Refused(reason) => Entered::Declined(declined(reason)),
            CardEntered::Waiting | CardEntered::Over => {
                return wrong(|errors| errors.method = Some("shop-card-failed"));
            }
        })
    }

    /// Counts a card that was entered: who only looks at the page enters none.
    fn count_card(&self, visit: &Visit<'_>, account: AccountId) -> Result<(), TooOften> {
        self.limits
            .network(Act::Card, visit.request.address, visit.now)?;
        self.limits.account(Act::Card, account, visit.now)
    }

    fn test_card(&self, visit: &Visit<'_>, form: &Form) -> Result<TestCard, Box<Errors>> {
        let mut errors = Box::<Errors>::default();
        let today = self.settings.zone.to_datetime(visit.request.now).date();
        let expires = expiry(form.trimmed("card_expires"), today);
        if expires.is_none() {
            errors.card_expires = Some("shop-card-expires-wrong");
        }
        let code = form.trimmed("card_code");
        if !(3..=4).contains(&code.len()) || !code.bytes().all(|digit| digit.is_ascii_digit()) {
            errors.card_code = Some("shop-card-code-wrong");
        }
        // Any month will do to see whether the number is one of the sandbox's.
        let some_month = Expiry::new(2099, 12).ok();
        let card = expires
            .or(some_month)
            .and_then(|expires| TestCard::typed(form.get("card_number"), expires).ok());
        if card.is_none() {
            errors.card_number = Some("shop-card-number-wrong");
        }
        match card {
            Some(card) if errors.is_none() => Ok(card),
            _ => Err(errors),
        }
    }

    /// Lets Stripe's script work on this page, and on no other.
    pub(crate) fn with_stripe(&self, mut response: Response<Bytes>) -> Response<Bytes> {
        let origins = &self.settings.stripe.origins;
        let policy = format!(
            "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
             script-src 'self' {origins}; connect-src 'self' {origins}; frame-src {origins}"
        );
        if let Ok(policy) = HeaderValue::try_from(policy) {
            let name = header::CONTENT_SECURITY_POLICY;
            response.headers_mut().insert(name, policy);
        }
        response
    }
}

/// Reads `05/30`, `5/2030` or `0530`: a month that isn't over.
fn expiry(text: &str, today: Date) -> Option<Expiry> {
    let digits = |part: &str| part.bytes().all(|digit| digit.is_ascii_digit());
    let (month, year) = match text.split_once(['/', '-', ' ']) {
        Some((month, year)) => (month.trim(), year.trim_matches(['/', ' '])),
        None if text.len() == 4 && digits(text) => text.split_at(2),
        None => return None,
    };
    if !digits(month) || !digits(year) {
        return None;
    }
    let year: i16 = match year.len() {
        2 => year.parse::<i16>().ok()? + 2000,
        4 => year.parse().ok()?,
        _ => return None,
    };
    let month: i8 = month.parse().ok()?;
    let is_over = (year, month) < (today.year(), today.month());
    if is_over {
        return None;
    }
    Expiry::new(year, month).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_however_it_is_written_and_refused_once_it_is_over() {
        let today = jiff::civil::date(2026, 11, 28);
        for (text, expected) in [
            ("05/30", Some((2030, 5))),
            ("5/2030", Some((2030, 5))),
            ("05 / 30", Some((2030, 5))),
            ("0530", Some((2030, 5))),
            ("11/26", Some((2026, 11))),
            ("10/26", None),
            ("13/30", None),
            ("00/30", None),
            ("05/3", None),
            ("", None),
            ("/", None),
            ("-5/30", None),
            ("٠٥/٣٠", None),
            ("05/99999", None),
        ] {
            let read = expiry(text, today).map(|expiry| (expiry.year(), expiry.month()));
            assert_eq!(read, expected, "{text}");
        }
    }
}
