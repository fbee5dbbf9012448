//! Customers at Stripe and their cards.

use commerce::ids::AccountId;

use super::Stripe;
use super::charges::word;
use super::form::Form;
use super::http::Failure;
use super::outcome::decline_reason;
use super::wire::{CardDetails, Customer, List, Named, PaymentMethod, SetupIntent};
use crate::payment::{
    Answer, Brand, Card, CardEntry, CustomerToken, Error, Expiry, Method, MethodToken,
    SetupOutcome, SetupToken,
};

impl Stripe {
    pub(crate) async fn customer(
        &self,
        account: AccountId,
        instead: Option<&CustomerToken>,
    ) -> Result<CustomerToken, Error> {
        let form = Form::new().with("metadata[account]", account);
        let key = match instead {
            None => format!("customer/{account}"),
            // By the first key it would be the deleted one again, for a day.
            Some(deleted) => format!("customer/{account}/{deleted}"),
        };
        let made: Named = self.post("/v1/customers", &form, &key).await?;
        Ok(made.id.parse()?)
    }

    /// Whether a request failed because it names a customer who was deleted there:
    /// somebody was erased, or deleted in Stripe's dashboard. Stripe says the same
    /// of one whom it has never known, and remembers those whom it has deleted.
    pub(super) async fn lacks_deleted(
        &self,
        failure: &Failure,
        customer: &CustomerToken,
    ) -> Result<bool, Error> {
        match failure {
            Failure::Missing(missing) if missing.is_customer() => self.is_deleted(customer).await,
            _ => Ok(false),
        }
    }

    async fn is_deleted(&self, customer: &CustomerToken) -> Result<bool, Error> {
        let path = format!("/v1/customers/{customer}");
        match self.http.get(&path, &Form::new()).await {
            Ok(bytes) => Ok(self.read::<Customer>(&bytes)?.deleted),
            Err(Failure::Missing(_)) => Ok(false),
            Err(failure) => Err(self.plain(failure)),
        }
    }

    pub(crate) async fn set_up(
        &self,
        customer: &CustomerToken,
        drawn: u128,
    ) -> Result<(SetupToken, CardEntry), Error> {
        let form = Form::new()
            .with("customer", customer)
            .with("usage", "off_session")
            .with("payment_method_types[]", "card");
        let key = format!("setup/{drawn:032x}");
        let made = self.http.post("/v1/setup_intents", &form, &key).await;
        let made: SetupIntent = match made {
            Ok(bytes) => self.read(&bytes)?,
            Err(failure) if self.lacks_deleted(&failure, customer).await? => {
                return Err(Error::Deleted {
                    at: self.http.at(),
                    customer: customer.clone(),
                });
            }
            Err(failure) => return Err(self.plain(failure)),
        };
        let secret = made
            .client_secret
            .ok_or_else(|| self.http.garbled("a setup without its secret".to_owned()))?;
        let entry = CardEntry::Stripe {
            publishable_key: self.publishable_key.as_str().to_owned(),
            client_secret: secret,
        };
        Ok((made.id.parse()?, entry))
    }

    pub(crate) async fn setup_outcome(
        &self,
        setup: &SetupToken,
        customer: &CustomerToken,
    ) -> Result<SetupOutcome, Error> {
        let path = format!("/v1/setup_intents/{setup}");
        let known: SetupIntent = self.get(&path, &Form::new()).await?;
        if known.customer.as_deref() != Some(customer.as_str()) {
            return Err(Error::NotTheirs);
        }
        Ok(match (known.status.as_str(), &known.payment_method) {
            ("succeeded", Some(method)) => {
                SetupOutcome::Saved(self.attached(method, customer).await?)
            }
            ("canceled", _) => SetupOutcome::Over,
            ("requires_payment_method", _) => match &known.last_setup_error {
                Some(error) => SetupOutcome::Refused(decline_reason(error).0),
                None => SetupOutcome::Waiting,
            },
            _ => SetupOutcome::Waiting,
        })
    }

    pub(crate) async fn methods(&self, customer: &CustomerToken) -> Result<Vec<Method>, Error> {
        // A hundred is a page, and more cards than anybody has.
        let query = Form::new()
            .with("customer", customer)
            .with("type", "card")
            .with("limit", 100);
        let page: List<PaymentMethod> = self.get("/v1/payment_methods", &query).await?;
        page.data.iter().filter_map(method).collect()
    }

    pub(crate) async fn detach(&self, method: &MethodToken) -> Result<(), Error> {
        let path = format!("/v1/payment_methods/{method}/detach");
        let key = format!("detach/{method}");
        match self.http.post(&path, &Form::new(), &key).await {
            // One that isn't attached, or isn't there, is gone.
            Ok(_) | Err(Failure::Other(Error::Refused { .. }) | Failure::Missing(_)) => Ok(()),
            Err(failure) => Err(self.plain(failure)),
        }
    }

    /// Deletes a customer, and their cards with them.
    pub(crate) async fn forget(&self, customer: &CustomerToken) -> Result<Answer, Error> {
        let path = format!("/v1/customers/{customer}");
        match self.http.delete(&path).await {
            // One who isn't there was deleted before; or is another account's
            // customer, whose cards are still there. An account for tests may have
            // been emptied.
            Err(Failure::Missing(missing))
                if self.is_live && !self.is_deleted(customer).await? =>
            {
                Err(Error::Account {
                    at: self.http.at(),
                    why: missing.why,
                })
            }
            Ok(_) | Err(Failure::Missing(_)) => Ok(Answer::silent()),
            Err(failure) => Err(self.plain(failure)),
        }
    }

    /// A card that was entered, made the customer's own where it isn't yet.
    async fn attached(&self, id: &str, customer: &CustomerToken) -> Result<Method, Error> {
        let path = format!("/v1/payment_methods/{}", word(id)?);
        let mut known: PaymentMethod = self.get(&path, &Form::new()).await?;
        if known.customer.is_none() {
            let key = format!("attach/{id}/{customer}");
            let form = Form::new().with("customer", customer);
            let attach = format!("{path}/attach");
            known = match self.http.post(&attach, &form, &key).await {
                Ok(bytes) => self.read(&bytes)?,
                Err(Failure::Other(refused @ Error::Refused { .. })) => {
                    self.attached_meanwhile(&path, refused).await?
                }
                Err(failure) => return Err(self.plain(failure)),
            };
        }
        if known.customer.as_deref() != Some(customer.as_str()) {
            return Err(Error::CardTaken);
        }
        method(&known).ok_or_else(|| self.http.garbled(format!("{path} is no card")))?
    }

    /// A card that couldn't be made a customer's: perhaps it was done by another
    /// look at the same setup.
    async fn attached_meanwhile(&self, path: &str, refused: Error) -> Result<PaymentMethod, Error> {
        let known: PaymentMethod = self.get(path, &Form::new()).await?;
        if known.customer.is_some() {
            return Ok(known);
        }
        // Stripe has no code for a card that was somebody's and was let go.
        match refused {
            Error::Refused { why, .. } if why.contains("may not be used again") => {
                Err(Error::CardTaken)
            }
            other => Err(other),
        }
    }
}

/// A card as we know it. `None` where it is something else than a card.
pub(super) fn method(known: &PaymentMethod) -> Option<Result<Method, Error>> {
    let card = card(known.card.as_ref()?)?;
    let token = known.id.parse();
    Some(
        token
            .map(|token| Method { token, card })
            .map_err(Error::from),
    )
}

fn card(details: &CardDetails) -> Option<Card> {
    Some(Card {
        brand: match details.brand.as_str() {
            "amex" => Brand::Amex,
            "diners" => Brand::Diners,
            "discover" => Brand::Discover,
            "jcb" => Brand::Jcb,
            "mastercard" => Brand::Mastercard,
            "unionpay" => Brand::Unionpay,
            "visa" => Brand::Visa,
            _ => Brand::Other,
        },
        last_four: details
            .last4
            .parse()
            .ok()
            .filter(|digits| *digits < 10_000)?,
        expires: Expiry::new(details.exp_year, details.exp_month).ok()?,
    })
}
