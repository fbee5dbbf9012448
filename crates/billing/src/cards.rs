//! Cards: how one is entered, and what an account pays with. Nothing of a card
//! but what its owner knows it by ever comes here.

use commerce::ids::{AccountId, PaymentMethodId, SubscriptionId};
use commerce::payment::DeclineReason;
use commerce::subscription::Subscription;
use providers::payment::{
    Brand, Card, CardEntry, CustomerToken, Error as ProviderError, Method, SetupOutcome, SetupToken,
};
use store::payment_methods::PaymentMethod;
use store::{ExternalId, Reading};

use crate::billing::{Billing, open_account};
use crate::command::{Who, own};
use crate::error::BillingError;
use crate::wish::Wish;

/// Under which kinds it is kept whose a card's setup is, and what it pays for.
const SETUP: &str = "setup";
const SETUP_PAYS: &str = "setup_pays";

/// What became of entering a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardEntered {
    /// Nothing yet.
    Waiting,
    /// It is kept, and can be charged.
    Kept {
        /// The card.
        method: PaymentMethod,
        /// The subscription that it was entered to pay for, as that is now.
        pays: Option<Box<Subscription>>,
    },
    /// It wasn't taken; another may be entered by the same setup.
    Refused(DeclineReason),
    /// It was called off; begin another.
    Over,
}

impl Billing {
    /// Begins to take a card: what the page needs to have one entered. Where it
    /// is to pay for a subscription that the account has, it does so as soon as
    /// it was entered, though the reader may never come back.
    pub async fn enter_card(
        &self,
        account: AccountId,
        pays: Option<SubscriptionId>,
    ) -> Result<(SetupToken, CardEntry), BillingError> {
        let mut reading = self.inner.store.read().await?;
        open_account(&mut reading, account).await?;
        if let Some(id) = pays {
            own(&mut reading, account, id).await?;
        }
        drop(reading);
        let customer = self.customer(account).await?;
        let (setup, entry) = match self.set_up(&customer).await {
            // Somebody was deleted in the provider's dashboard, or a backup knows
            // who was erased since.
            Err(BillingError::Provider(error @ ProviderError::Deleted { .. })) => {
                tracing::warn!(%account, %error, "a card is entered for another customer");
                let customer = self.new_customer(account, Some(&customer)).await?;
                self.set_up(&customer).await?
            }
            begun => begun?,
        };
        let mut writing = self.inner.store.write().await?;
        open_account(&mut writing, account).await?;
        let whose = self.setup_name(SETUP, &setup);
        writing
            .add_external_id(&whose, &account.to_string())
            .await?;
        if let Some(id) = pays {
            let what = self.setup_name(SETUP_PAYS, &setup);
            writing.add_external_id(&what, &id.to_string()).await?;
        }
        writing.commit().await?;
        Ok((setup, entry))
    }

    async fn set_up(
        &self,
        customer: &CustomerToken,
    ) -> Result<(SetupToken, CardEntry), BillingError> {
        let drawn = self.inner.world.draw()?;
        Ok(self.inner.provider.set_up(customer, drawn).await?)
    }

    fn setup_name(&self, kind: &str, setup: &SetupToken) -> ExternalId {
        ExternalId {
            source: self.provider_name().to_owned(),
            kind: kind.to_owned(),
            external: setup.as_str().to_owned(),
        }
    }

    /// Asks the provider what became of a card that was being entered, and keeps
    /// it. A setup that is somebody else's is refused; one that is brought back
    /// twice is one card.
    pub async fn card_entered(
        &self,
        account: AccountId,
        setup: &SetupToken,
    ) -> Result<CardEntered, BillingError> {
        let customer = self.customer(account).await?;
        let outcome = self.inner.provider.setup_outcome(setup, &customer).await?;
        Ok(match outcome {
            SetupOutcome::Waiting => CardEntered::Waiting,
            SetupOutcome::Refused(reason) => CardEntered::Refused(reason),
            SetupOutcome::Over => CardEntered::Over,
            SetupOutcome::Saved(method) => {
                let method = self.keep_card(account, &customer, &method).await?;
                let pays = self
                    .pay_with_new(account, setup, method.id)
                    .await?
                    .map(Box::new);
                CardEntered::Kept { method, pays }
            }
        })
    }

    /// The same for an event, which doesn't say whose card it is.
    pub(crate) async fn card_entered_by_event(
        &self,
        setup: &SetupToken,
    ) -> Result<(), BillingError> {
        let whose = self.setup_name(SETUP, setup);
        let account = self.inner.store.read().await?.local_id(&whose).await?;
        if let Some(account) = account.and_then(|text| text.parse().ok()) {
            self.card_entered(account, setup).await?;
        }
        Ok(())
    }

    /// Pays with a card what it was entered for; once, though both the reader
    /// and an event bring it.
    async fn pay_with_new(
        &self,
        account: AccountId,
        setup: &SetupToken,
        method: PaymentMethodId,
    ) -> Result<Option<Subscription>, BillingError> {
        let what = self.setup_name(SETUP_PAYS, setup);
        let mut reading = self.inner.store.read().await?;
        let Some(id) = reading.local_id(&what).await? else {
            return Ok(None);
        };
        let Ok(id) = id.parse::<SubscriptionId>() else {
            return Ok(None);
        };
        let subscription = own(&mut reading, account, id).await?;
        drop(reading);
        if subscription.method == Some(method) || subscription.is_ended() {
            return Ok(Some(self.settled(subscription).await));
        }
        let wish = Wish::PayWith(method);
        let done = self.command(&Who::Reader(account), id, wish).await?;
        Ok(Some(done.subscription))
    }

    /// What an account can pay with, the latest first: cards that are with another
    /// provider than today's aren't among them.
    pub async fn cards(&self, account: AccountId) -> Result<Vec<PaymentMethod>, BillingError> {
        let mut reading = self.inner.store.read().await?;
        let mut cards = reading.payment_methods(account).await?;
        cards.retain(|card| card.provider == self.provider_name());
        Ok(cards)
    }

    /// Lets a card go. One that a subscription is paid with stays: another has
    /// to be chosen first. Again is the same, so whoever was interrupted tries
    /// again: the provider is asked first, and the card offered until it is gone
    /// there.
    pub async fn forget_card(
        &self,
        account: AccountId,
        method: PaymentMethodId,
    ) -> Result<(), BillingError> {
        let mut reading = self.inner.store.read().await?;
        let found = unused(&mut reading, account, method).await?;
        drop(reading);
        if found.provider == self.provider_name() && !found.reference.is_empty() {
            let token = found.reference.parse();
            let token = token.map_err(ProviderError::from)?;
            self.inner.provider.detach(&token).await?;
        }
        let now = self.now();
        let mut writing = self.inner.store.write().await?;
        unused(&mut writing, account, method).await?;
        writing.remove_payment_method(account, method, now).await?;
        writing.commit().await?;
        Ok(())
    }

    async fn keep_card(
        &self,
        account: AccountId,
        customer: &CustomerToken,
        method: &Method,
    ) -> Result<PaymentMethod, BillingError> {
        let provider = self.provider_name();
        let mut writing = self.inner.store.write().await?;
        open_account(&mut writing, account).await?;
        let known = writing
            .payment_method_at(provider, method.token.as_str())
            .await?;
        if let Some(known) = known {
            let theirs = known.account == account;
            return theirs.then_some(known).ok_or(BillingError::NoSuchMethod);
        }
        let new = PaymentMethod {
            id: PaymentMethodId::new(self.inner.world.draw()?),
            account,
            provider: provider.to_owned(),
            reference: method.token.as_str().to_owned(),
            customer: Some(customer.as_str().to_owned()),
            label: label(method.card),
            expires: Some(expires(method.card)),
            created: self.now(),
            removed: None,
        };
        writing.add_payment_method(&new).await?;
        writing.commit().await?;
        Ok(new)
    }
}

/// A card of an account's own that nothing is paid with.
async fn unused(
    reading: &mut Reading,
    account: AccountId,
    method: PaymentMethodId,
) -> Result<PaymentMethod, BillingError> {
    let found = reading.payment_method(method).await?;
    let found = found.filter(|found| found.account == account);
    let found = found.ok_or(BillingError::NoSuchMethod)?;
    let own = reading.subscriptions(account).await?;
    let pays = |one: &&Subscription| !one.is_ended() && one.method == Some(method);
    match own.iter().find(pays) {
        Some(paid) => Err(BillingError::CardInUse(paid.id)),
        None => Ok(found),
    }
}

/// What a card's owner knows it by: a name and four digits, the same in every
/// language.
pub(crate) fn label(card: Card) -> String {
    let brand = match card.brand {
        Brand::Amex => "American Express",
        Brand::Diners => "Diners Club",
        Brand::Discover => "Discover",
        Brand::Jcb => "JCB",
        Brand::Mastercard => "Mastercard",
        Brand::Unionpay => "UnionPay",
        Brand::Visa => "Visa",
        Brand::Other => "Card",
    };
    format!("{brand} {}", card.last_digits())
}

/// Through which month it is good.
pub(crate) fn expires(card: Card) -> String {
    format!("{:04}-{:02}", card.expires.year(), card.expires.month())
}
