//! Stripe: it keeps cards and moves money, and nothing else. What is sold, when
//! it is renewed and what a failure means is commerce's.
//!
//! A dozen endpoints, by types of our own. Every request is tried once, is
//! bounded in time and size, and names the API's version; every one that
//! changes something carries a key that makes it the same the second time.

mod amount;
mod cards;
mod charges;
mod event;
mod form;
mod http;
mod key;
mod outcome;
mod refunds;
mod settings;
mod webhook;
mod wire;

use bytes::Bytes;
use serde::de::DeserializeOwned;

pub use self::amount::{chargeable, is_coarse};
pub use self::http::TlsError;
pub use key::{NotAKey, PublishableKey, SecretKey, WebhookSecret};
pub use settings::{BadBase, BaseUrl, Settings};
pub use webhook::{Forgery, MAX_WEBHOOK, WebhookError, sign};

use self::form::Form;
use self::http::{Failure, Http};
use self::wire::Moded;
use crate::payment::{Answer, Delivery, Error, Request};

/// An account at Stripe.
#[derive(Debug)]
pub struct Stripe {
    http: Http,
    publishable_key: PublishableKey,
    webhook_secrets: Vec<WebhookSecret>,
    is_live: bool,
}

impl Stripe {
    /// The account of the settings. Nothing is asked of it yet.
    pub fn new(settings: Settings) -> Result<Self, TlsError> {
        Ok(Self {
            http: Http::new(&settings)?,
            is_live: settings.key.is_live(),
            publishable_key: settings.publishable_key,
            webhook_secrets: settings.webhook_secrets,
        })
    }

    /// The key that its script on our pages names the account by. Not a secret.
    pub fn publishable_key(&self) -> &str {
        self.publishable_key.as_str()
    }

    /// Whether real money moves.
    pub(crate) fn is_live(&self) -> bool {
        self.is_live
    }

    pub(crate) async fn carry_out(
        &self,
        request: &Request,
        delivery: Delivery,
    ) -> Result<Answer, Error> {
        match request {
            Request::Charge(charge) => self.charge(charge, delivery).await,
            Request::Inquire(charge) => self.inquire(charge).await,
            Request::Void(charge) => self.void(charge).await,
            Request::Refund(refund) => self.refund(refund, delivery).await,
            Request::Introduce { account, instead } => {
                let customer = self.customer(*account, instead.as_ref()).await?;
                Ok(Answer::introduced(*account, customer))
            }
            Request::Forget(customer) => self.forget(customer).await,
        }
    }

    /// Asks for something that no card can be in the way of.
    async fn get<T: DeserializeOwned>(&self, path: &str, query: &Form) -> Result<T, Error> {
        let answer = self.http.get(path, query).await;
        self.read(&answer.map_err(|failure| self.plain(failure))?)
    }

    /// Does something that no card can be in the way of.
    async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        form: &Form,
        key: &str,
    ) -> Result<T, Error> {
        let answer = self.http.post(path, form, key).await;
        self.read(&answer.map_err(|failure| self.plain(failure))?)
    }

    /// An answer as what it should be, about the money that the key is for.
    fn read<T: DeserializeOwned>(&self, bytes: &Bytes) -> Result<T, Error> {
        let garbled = |error: serde_json::Error| {
            // Where it is wrong, not what is there.
            let why = format!("line {}, column {}", error.line(), error.column());
            self.http
                .garbled(format!("no such thing as was asked for, {why}"))
        };
        let moded: Moded = serde_json::from_slice(bytes).map_err(garbled)?;
        if !moded.agrees(self.is_live) {
            return Err(Error::Mode {
                at: self.http.at(),
                is_live: self.is_live,
            });
        }
        serde_json::from_slice(bytes).map_err(garbled)
    }

    /// A failure where no card is involved.
    fn plain(&self, failure: Failure) -> Error {
        let at = self.http.at();
        match failure {
            Failure::Other(error) => error,
            Failure::KeyUsed => Error::UnderWay { at },
            // The books are another account's.
            Failure::Missing(missing) if missing.is_customer() => Error::Account {
                at,
                why: missing.why,
            },
            Failure::Missing(missing) => missing.refused(at),
            Failure::Card(error) => Error::Refused {
                at,
                why: error.words(402),
                code: error.code,
            },
        }
    }
}
