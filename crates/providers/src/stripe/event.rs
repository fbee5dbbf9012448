//! What Stripe tells by itself, as notices.
//!
//! Nothing is taken from an event but what it says of one payment, refund, card
//! or dispute; it may come late, twice or in another order. Events that aren't
//! known here, and those about what isn't ours, tell nothing. Where the order
//! matters, it is asked how things stand now.

use std::time::Duration;

use commerce::ids::{ChargeId, DisputeId, RefundId};
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::Stripe;
use super::amount::from_stripe;
use super::cards::method;
use super::form::Form;
use super::http::Failure;
use super::outcome::{Standing, charge_id, refund_id, refunded, standing};
use super::webhook::WebhookError;
use super::wire::{Dispute, Named, PaymentIntent, PaymentMethod, Refund, RefundedCharge};
use crate::payment::{Error, Event, Notice, Reference};

/// How long that may take which is asked while Stripe waits for our answer: it
/// waits ten seconds or so, and sends an event again that got none.
const LOOK_UP: Duration = Duration::from_secs(5);

/// How many refunds of one payment are looked at that an event lists, the latest
/// first. Each may have to be asked about; what is beyond has told of itself.
const MAX_REFUNDS: usize = 5;

#[derive(Deserialize)]
struct Envelope {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    /// When it was made, in seconds since 1970.
    created: Option<i64>,
    /// Whether it is about real money.
    #[serde(default)]
    livemode: bool,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Value,
}

impl Stripe {
    /// What the body of an event tells, once it is known to be Stripe's. One that
    /// doesn't say when it was made counts as made now.
    pub(super) async fn event(&self, body: &[u8], now: Timestamp) -> Result<Event, WebhookError> {
        let envelope: Envelope =
            serde_json::from_slice(body).map_err(|error| shape("an event", &error))?;
        if envelope.livemode != self.is_live {
            return Err(WebhookError::Mode {
                is_live: self.is_live,
            });
        }
        let object = &envelope.data.object;
        let notices = match envelope.kind.as_str() {
            "payment_intent.succeeded"
            | "payment_intent.payment_failed"
            | "payment_intent.processing"
            | "payment_intent.requires_action"
            | "payment_intent.canceled" => self.told(&read(object)?).await?,
            "refund.created" | "refund.updated" | "refund.failed" | "charge.refund.updated" => {
                let told = self.given_back(&read(object)?).await?;
                told.into_iter().collect()
            }
            "charge.refunded" => self.all_given_back(&read(object)?).await?,
            "charge.dispute.created" | "charge.dispute.funds_withdrawn" => {
                self.dispute(&read(object)?).await?
            }
            "charge.dispute.closed" => self.decided(&read(object)?).await?,
            "setup_intent.succeeded" => {
                let setup: Named = read(object)?;
                let setup = setup.id.parse().map_err(|error| shape("a setup", &error))?;
                vec![Notice::SetupDone { setup }]
            }
            "payment_method.detached" => {
                let gone: Named = read(object)?;
                let method = gone.id.parse().map_err(|error| shape("a card", &error))?;
                vec![Notice::MethodGone { method }]
            }
            "payment_method.updated" | "payment_method.automatically_updated" => {
                let known: PaymentMethod = read(object)?;
                let changed = method(&known).transpose();
                let changed = changed.map_err(|error| shape("a card", &error))?;
                changed.map(Notice::MethodChanged).into_iter().collect()
            }
            _ => Vec::new(),
        };
        let id = envelope
            .id
            .parse()
            .map_err(|error| shape("an event", &error))?;
        let made = envelope.created.map(Timestamp::from_second);
        let at = made.and_then(Result::ok).unwrap_or(now);
        Ok(Event { id, at, notices })
    }

    /// What became of a charge. One that was declined is called off before it is
    /// told, lest it is paid after all.
    async fn told(&self, intent: &PaymentIntent) -> Result<Vec<Notice>, WebhookError> {
        match (charge_id(intent), standing(intent)) {
            (Some(charge), Standing::Known(_)) => {
                let answer = self.soon(self.settled(charge, intent)).await?;
                Ok(answer.notice.into_iter().collect())
            }
            _ => Ok(Vec::new()),
        }
    }

    /// What became of a refund. One that failed stays so; one that was made may
    /// have been sent back by the reader's bank since, and an event that says so
    /// may have come before the one that says it was made. So that is asked.
    async fn given_back(&self, told: &Refund) -> Result<Option<Notice>, WebhookError> {
        if refund_id(told).is_none() && told.payment_intent.is_none() {
            return Ok(None);
        }
        if refunded(told) != Some(true) {
            return self.told_of_refund(told).await;
        }
        let id = super::charges::word(&told.id).map_err(|error| shape("a refund", &error))?;
        let path = format!("/v1/refunds/{id}");
        let none = Form::new();
        let known: Refund = self.soon(self.get(&path, &none)).await?;
        self.told_of_refund(&known).await
    }

    /// What a refund as it stands means. One that we haven't asked for was made in
    /// Stripe's dashboard; it says of which payment it is, and not of which charge
    /// of ours.
    async fn told_of_refund(&self, known: &Refund) -> Result<Option<Notice>, WebhookError> {
        let Some(done) = refunded(known) else {
            return Ok(None);
        };
        if let Some(refund) = refund_id(known) {
            return Ok(Some(Notice::Refund { refund, done }));
        }
        let Some(charge) = self.charge_behind(known.payment_intent.as_ref()).await? else {
            return Ok(None);
        };
        let amount = known.amount.zip(known.currency.as_deref());
        let amount = amount.and_then(|(units, currency)| from_stripe(units, currency));
        let amount =
            amount.ok_or_else(|| WebhookError::Shape("a refund of an odd amount".to_owned()))?;
        Ok(Some(Notice::RefundElsewhere {
            refund: RefundId::new(bits(&known.id)),
            charge,
            amount,
            done,
        }))
    }

    async fn all_given_back(&self, charge: &RefundedCharge) -> Result<Vec<Notice>, WebhookError> {
        let all = charge.refunds.iter().flat_map(|list| &list.data);
        let mut notices = Vec::new();
        for told in all.take(MAX_REFUNDS) {
            notices.extend(self.given_back(told).await?);
        }
        Ok(notices)
    }

    /// A dispute says of which payment it is, and not of which charge of ours.
    async fn dispute(&self, dispute: &Dispute) -> Result<Vec<Notice>, WebhookError> {
        // A bank that only asks has taken nothing.
        if dispute.status.starts_with("warning_") {
            return Ok(Vec::new());
        }
        let Some(charge) = self.charge_behind(dispute.payment_intent.as_ref()).await? else {
            return Ok(Vec::new());
        };
        let amount = from_stripe(dispute.amount, &dispute.currency)
            .ok_or_else(|| WebhookError::Shape("a dispute about an odd amount".to_owned()))?;
        let dispute = dispute_id(&dispute.id);
        Ok(vec![Notice::Chargeback {
            dispute,
            charge,
            amount,
        }])
    }

    /// What was decided. One that is lost took the money when it began, and says
    /// so once more: that event may never have come.
    async fn decided(&self, dispute: &Dispute) -> Result<Vec<Notice>, WebhookError> {
        match dispute.status.as_str() {
            "won" => {
                let dispute = dispute_id(&dispute.id);
                Ok(vec![Notice::ChargebackWon { dispute }])
            }
            "lost" => self.dispute(dispute).await,
            _ => Ok(Vec::new()),
        }
    }

    /// Our charge that a payment of theirs is; `None` where it is none of ours.
    async fn charge_behind(
        &self,
        payment: Option<&String>,
    ) -> Result<Option<ChargeId>, WebhookError> {
        let Some(payment) = payment else {
            return Ok(None);
        };
        let payment = super::charges::word(payment).map_err(|error| shape("a payment", &error))?;
        // What isn't in this account isn't ours.
        let found = self.soon(self.payment(&payment)).await?;
        Ok(found.as_ref().and_then(charge_id))
    }

    /// A payment as it is there. `None` where it isn't.
    async fn payment(&self, id: &Reference) -> Result<Option<PaymentIntent>, Error> {
        let path = format!("/v1/payment_intents/{id}");
        match self.http.get(&path, &Form::new()).await {
            Ok(bytes) => Ok(Some(self.read(&bytes)?)),
            Err(Failure::Missing(_)) => Ok(None),
            Err(failure) => Err(self.plain(failure)),
        }
    }

    /// What has to be asked while Stripe waits for an answer to its webhook.
    async fn soon<T>(
        &self,
        asked: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, WebhookError> {
        let said = tokio::time::timeout(LOOK_UP, asked).await;
        let late = |_| self.http.silent(format!("nothing within {LOOK_UP:?}"));
        said.map_err(late)
            .and_then(|said| said)
            .map_err(WebhookError::Later)
    }
}

/// Ours of a dispute of theirs: the same whenever it is spoken of.
fn dispute_id(id: &str) -> DisputeId {
    DisputeId::new(bits(id))
}

/// What an id of ours is made of, for what has only one of theirs.
fn bits(id: &str) -> u128 {
    let digest = Sha256::digest(id.as_bytes());
    let first = digest.iter().take(16);
    first.fold(0, |bits, byte| bits << 8 | u128::from(*byte))
}

fn read<T: DeserializeOwned>(object: &Value) -> Result<T, WebhookError> {
    T::deserialize(object).map_err(|error| shape("what it is about", &error))
}

fn shape(what: &str, error: &dyn std::error::Error) -> WebhookError {
    WebhookError::Shape(super::key::clean(&format!("{what}: {error}")))
}
