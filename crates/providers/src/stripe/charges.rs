//! Charges at Stripe: made, found again, called off.
//!
//! A charge is a `PaymentIntent` that is made and confirmed by one request, with
//! the charge's id as the idempotency key and in the metadata. It is found again
//! in its customer's list, which is up to date; the search isn't, for minutes.

use commerce::ids::ChargeId;
use commerce::payment::{DeclineReason, Outcome};

use super::Stripe;
use super::amount::to_stripe;
use super::form::Form;
use super::http::{Failure, Missing};
use super::outcome::{CHARGE, FORESTALLED, ORDER, Standing, charge_id, declined, standing};
use super::wire::{ApiError, List, PaymentIntent};
use crate::payment::{Answer, Authentication, Charge, CustomerToken, Delivery, Error, Reference};

/// How many payments of a customer are looked through for one, a hundred at a
/// time. An inquiry is about one of the last week.
const PAGES: usize = 3;

impl Stripe {
    pub(super) async fn charge(&self, ask: &Charge, delivery: Delivery) -> Result<Answer, Error> {
        if delivery == Delivery::Again
            && let Some(intent) = self.find(ask).await?
        {
            return self.settled(ask.id, &intent).await;
        }
        let form = Self::form(ask)?
            .with("payment_method", &ask.method)
            .with("confirm", true)
            .with("off_session", true);
        let failure = match self.make(ask, &form).await {
            Ok(intent) => return self.settled(ask.id, &intent).await,
            Err(failure) => failure,
        };
        if self.lacks_deleted(&failure, &ask.customer).await? {
            let words = deleted(&ask.customer);
            return Ok(remarked(ask.id, gone(), None, Some(words)));
        }
        match failure {
            Failure::Card(error) => self.of_card(ask.id, &error).await,
            // It was forestalled, or asked for in other words.
            Failure::KeyUsed => self.inquire(ask).await,
            Failure::Missing(missing) if missing.is_card() => {
                Ok(remarked(ask.id, gone(), None, Some(missing.why)))
            }
            failure => Err(self.made_nothing(failure)),
        }
    }

    /// What became of a charge. Where it isn't known there, its key is used up,
    /// so that a request which is still under way comes to nothing.
    pub(super) async fn inquire(&self, ask: &Charge) -> Result<Answer, Error> {
        match self.find(ask).await? {
            Some(intent) => self.settled(ask.id, &intent).await,
            None => self.forestall(ask, DeclineReason::ProviderError).await,
        }
    }

    pub(super) async fn void(&self, ask: &Charge) -> Result<Answer, Error> {
        match self.find(ask).await? {
            None => self.forestall(ask, DeclineReason::Voided).await,
            Some(intent) => match standing(&intent) {
                Standing::Known(Outcome::NeedsAuthentication) | Standing::Untried => {
                    let off = soft(DeclineReason::Voided);
                    self.call_off(ask.id, &intent.id, off, remark(&intent))
                        .await
                }
                _ => self.settled(ask.id, &intent).await,
            },
        }
    }

    pub(crate) async fn authentication(&self, ask: &Charge) -> Result<Authentication, Error> {
        let waiting = self
            .find(ask)
            .await?
            .filter(|intent| standing(intent) == Standing::Known(Outcome::NeedsAuthentication));
        let confirmed = waiting.and_then(|intent| {
            // Refused off session, it waits for a card once more, as if it had had
            // none, and isn't confirmed without.
            let method = intent.is_open().then(|| ask.method.clone());
            Some((intent.client_secret?, method))
        });
        Ok(match confirmed {
            Some((client_secret, method)) => Authentication::Stripe {
                publishable_key: self.publishable_key.as_str().to_owned(),
                client_secret,
                method,
            },
            None => Authentication::NotWaiting,
        })
    }

    /// A charge as it is known there. That it isn't is certain; where that can't
    /// be said there is an error, and what to do next is to ask again.
    pub(super) async fn find(&self, ask: &Charge) -> Result<Option<PaymentIntent>, Error> {
        let failure = match self.look(ask).await {
            Ok(found) => return Ok(found),
            Err(failure) => failure,
        };
        let is_deleted = self.lacks_deleted(&failure, &ask.customer).await?;
        Err(match failure {
            Failure::Missing(missing) if missing.is_customer() && !is_deleted => {
                self.made_nothing(Failure::Missing(missing))
            }
            Failure::Other(Error::Refused { why, .. }) | Failure::Missing(Missing { why, .. }) => {
                self.http
                    .garbled(format!("it can't say what became of {}: {why}", ask.id))
            }
            other => self.plain(other),
        })
    }

    async fn look(&self, ask: &Charge) -> Result<Option<PaymentIntent>, Failure> {
        if let Some(reference) = &ask.reference {
            let path = format!("/v1/payment_intents/{reference}");
            let intent: PaymentIntent = self.read(&self.http.get(&path, &Form::new()).await?)?;
            return if charge_id(&intent) == Some(ask.id) {
                Ok(Some(intent))
            } else {
                Err(self
                    .http
                    .garbled(format!("{reference} is another charge than {}", ask.id))
                    .into())
            };
        }
        let mut query = Form::new()
            .with("customer", &ask.customer)
            .with("limit", 100);
        for _ in 0..PAGES {
            let page: List<PaymentIntent> =
                self.read(&self.http.get("/v1/payment_intents", &query).await?)?;
            let last = page.data.last().map(|intent| intent.id.clone());
            let ours = page
                .data
                .into_iter()
                .filter(|intent| charge_id(intent) == Some(ask.id));
            if let Some(best) = ours.max_by_key(weight) {
                return Ok(Some(best));
            }
            let Some(last) = last.filter(|_| page.has_more) else {
                return Ok(None);
            };
            query = Form::new()
                .with("customer", &ask.customer)
                .with("limit", 100)
                .with("starting_after", last);
        }
        let why = format!(
            "{} has too many payments to find {} in them",
            ask.customer, ask.id
        );
        Err(self.http.garbled(why).into())
    }

    /// Uses up a charge's key with a payment that nobody tries, and calls that
    /// off.
    async fn forestall(&self, ask: &Charge, reason: DeclineReason) -> Result<Answer, Error> {
        let form = Self::form(ask)?.with(&format!("metadata[{FORESTALLED}]"), "yes");
        let failure = match self.make(ask, &form).await {
            Ok(intent) if intent.note(FORESTALLED).is_some() => {
                return self.call_off(ask.id, &intent.id, soft(reason), None).await;
            }
            Ok(intent) => return self.settled(ask.id, &intent).await,
            Err(failure) => failure,
        };
        // Who was deleted is charged nothing any more.
        if self.lacks_deleted(&failure, &ask.customer).await? {
            let words = deleted(&ask.customer);
            return Ok(remarked(ask.id, soft(reason), None, Some(words)));
        }
        Err(match failure {
            // It is known there after all; the next inquiry finds it.
            Failure::KeyUsed | Failure::Card(_) => Error::UnderWay { at: self.http.at() },
            failure => self.made_nothing(failure),
        })
    }

    /// Why there is no payment. All that one names but its card comes from our
    /// books, so where any of it is missing the books are another account's.
    pub(super) fn made_nothing(&self, failure: Failure) -> Error {
        match failure {
            Failure::Missing(missing) => Error::Account {
                at: self.http.at(),
                why: missing.why,
            },
            other => self.plain(other),
        }
    }

    /// What a bank's no means. The payment that it was said of is called off
    /// first, lest it is confirmed after all and paid.
    async fn of_card(&self, charge: ChargeId, error: &ApiError) -> Result<Answer, Error> {
        let (outcome, words) = (declined(error), Some(error.words(402)));
        let intent = error.payment_intent.as_ref();
        if let (Outcome::Declined { .. }, Some(intent)) = (outcome, intent) {
            return self.call_off(charge, &intent.id, outcome, words).await;
        }
        let reference = intent.and_then(|intent| intent.id.parse().ok());
        Ok(remarked(charge, outcome, reference, words))
    }

    /// Calls a payment off, and says what its charge came to: `off`, or, where
    /// somebody was quicker, what has become of it.
    async fn call_off(
        &self,
        charge: ChargeId,
        id: &str,
        off: Outcome,
        words: Option<String>,
    ) -> Result<Answer, Error> {
        let path = format!("/v1/payment_intents/{}", word(id)?);
        let (cancel, key) = (format!("{path}/cancel"), format!("{charge}/cancel"));
        let intent: PaymentIntent = match self.http.post(&cancel, &Form::new(), &key).await {
            Ok(bytes) => self.read(&bytes)?,
            // Something has become of it in the meantime.
            Err(
                Failure::Other(Error::Refused { .. })
                | Failure::Missing(_)
                | Failure::Card(_)
                | Failure::KeyUsed,
            ) => self.get(&path, &Form::new()).await?,
            Err(failure) => return Err(self.plain(failure)),
        };
        let outcome = match standing(&intent) {
            _ if intent.status == "canceled" => off,
            Standing::Known(outcome) if !intent.is_open() => outcome,
            _ => return Err(self.odd(&intent)),
        };
        let words = words.or_else(|| remark(&intent));
        Ok(remarked(charge, outcome, intent.id.parse().ok(), words))
    }

    /// What a payment as it stands means for its charge. One that was declined
    /// and could still be confirmed, by whoever has its secret, is called off.
    pub(super) async fn settled(
        &self,
        charge: ChargeId,
        intent: &PaymentIntent,
    ) -> Result<Answer, Error> {
        let words = remark(intent);
        match standing(intent) {
            Standing::Known(declined @ Outcome::Declined { .. }) if intent.is_open() => {
                self.call_off(charge, &intent.id, declined, words).await
            }
            Standing::Known(outcome) => {
                let reference = intent.id.parse().ok();
                Ok(remarked(charge, outcome, reference, words))
            }
            // What was to forestall a charge was left half done.
            Standing::Untried => {
                let off = soft(DeclineReason::ProviderError);
                self.call_off(charge, &intent.id, off, words).await
            }
            Standing::Odd => Err(self.odd(intent)),
        }
    }

    fn odd(&self, intent: &PaymentIntent) -> Error {
        let why = format!("{} is in the state {}", intent.id, intent.status);
        self.http.garbled(super::key::clean(&why))
    }

    /// What every payment of ours is made with.
    fn form(ask: &Charge) -> Result<Form, Error> {
        let (units, currency) = to_stripe(ask.amount)?;
        Ok(Form::new()
            .with("amount", units)
            .with("currency", currency)
            .with("customer", &ask.customer)
            .with("payment_method_types[]", "card")
            .with(&format!("metadata[{ORDER}]"), ask.id.order)
            .with(&format!("metadata[{CHARGE}]"), ask.id))
    }

    async fn make(&self, ask: &Charge, form: &Form) -> Result<PaymentIntent, Failure> {
        let key = ask.id.to_string();
        let bytes = self.http.post("/v1/payment_intents", form, &key).await?;
        let intent: PaymentIntent = self.read(&bytes)?;
        if charge_id(&intent) == Some(ask.id) {
            return Ok(intent);
        }
        Err(self
            .http
            .garbled(format!("what it made isn't {}", ask.id))
            .into())
    }
}

/// What whoever runs the publication should know of it.
fn deleted(customer: &CustomerToken) -> String {
    format!(
        "{customer} was deleted there, with all cards. Whom a backup that was put back still knows \
         has to be erased once more"
    )
}

/// Of several payments for one charge, the one that counts.
fn weight(intent: &PaymentIntent) -> u8 {
    match standing(intent) {
        Standing::Known(Outcome::Paid { .. }) => 3,
        Standing::Known(Outcome::Unknown | Outcome::NeedsAuthentication) | Standing::Odd => 2,
        Standing::Known(Outcome::Declined { .. }) if intent.status != "canceled" => 1,
        _ => 0,
    }
}

/// What its bank said last of a payment.
fn remark(intent: &PaymentIntent) -> Option<String> {
    let error = intent.last_payment_error.as_ref();
    error.map(|error| error.words(402))
}

/// A no after which the card may be tried again.
fn soft(reason: DeclineReason) -> Outcome {
    let is_final = false;
    Outcome::Declined { reason, is_final }
}

/// The card isn't there any more.
fn gone() -> Outcome {
    Outcome::Declined {
        reason: DeclineReason::CardBlocked,
        is_final: true,
    }
}

fn remarked(
    charge: ChargeId,
    outcome: Outcome,
    reference: Option<Reference>,
    remark: Option<String>,
) -> Answer {
    Answer {
        remark,
        ..Answer::charge(charge, outcome, reference)
    }
}

/// An id of theirs, as a part of a path.
pub(super) fn word(id: &str) -> Result<Reference, Error> {
    Ok(id.parse::<Reference>()?)
}
