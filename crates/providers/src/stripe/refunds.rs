//! Money given back by Stripe.

use super::Stripe;
use super::amount::to_stripe;
use super::charges::word;
use super::form::Form;
use super::http::{Failure, Missing};
use super::outcome::{CHARGE, REFUND, refund_id, refunded};
use super::wire::{List, Refund as Known};
use crate::payment::{Answer, Charge, Delivery, Error, Refund};

impl Stripe {
    pub(super) async fn refund(&self, ask: &Refund, delivery: Delivery) -> Result<Answer, Error> {
        let payment = self.payment_of(ask).await?;
        if delivery == Delivery::Again
            && let Some(known) = self.find_refund(ask, &payment).await?
        {
            return Ok(answer(ask, &known));
        }
        let (units, _) = to_stripe(ask.amount)?;
        let form = Form::new()
            .with("payment_intent", &payment)
            .with("amount", units)
            .with(&format!("metadata[{REFUND}]"), ask.id)
            .with(&format!("metadata[{CHARGE}]"), ask.charge);
        let key = ask.id.to_string();
        match self.http.post("/v1/refunds", &form, &key).await {
            Ok(bytes) => Ok(answer(ask, &self.read(&bytes)?)),
            Err(Failure::KeyUsed) => match self.find_refund(ask, &payment).await? {
                Some(known) => Ok(answer(ask, &known)),
                None => Err(Error::UnderWay { at: self.http.at() }),
            },
            Err(failure) => Err(self.made_nothing(failure)),
        }
    }

    /// What the payment is called there.
    async fn payment_of(&self, ask: &Refund) -> Result<String, Error> {
        if let Some(reference) = &ask.reference {
            return Ok(reference.to_string());
        }
        let charge = Charge {
            id: ask.charge,
            amount: ask.amount,
            customer: ask.customer.clone(),
            // Not needed to find it.
            method: "none".parse()?,
            reference: None,
        };
        let found = self.find(&charge).await?.ok_or_else(|| Error::Refused {
            at: self.http.at(),
            code: None,
            why: format!("{} was never charged", ask.charge),
        })?;
        Ok(word(&found.id)?.to_string())
    }

    async fn find_refund(&self, ask: &Refund, payment: &str) -> Result<Option<Known>, Error> {
        // More parts than anybody gives back of one payment.
        let query = Form::new()
            .with("payment_intent", payment)
            .with("limit", 100);
        let page = self.http.get("/v1/refunds", &query).await;
        let page: List<Known> = self.read(&page.map_err(|failure| {
            match failure {
                Failure::Other(Error::Refused { why, .. })
                | Failure::Missing(Missing { why, .. }) => self
                    .http
                    .garbled(format!("it can't say what became of {}: {why}", ask.id)),
                other => self.plain(other),
            }
        })?)?;
        let mut ours = page.data.into_iter();
        Ok(ours.find(|refund| refund_id(refund) == Some(ask.id)))
    }
}

fn answer(ask: &Refund, known: &Known) -> Answer {
    match refunded(known) {
        Some(done) => Answer::refund(ask.id, done),
        // It will be told, and asked about.
        None => Answer::silent(),
    }
}
