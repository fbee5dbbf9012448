//! What a browser does at a provider that isn't in the process: entering a card,
//! and confirming a charge with the bank. With the sandbox both are pages of
//! ours.

use commerce::ids::{AccountId, ChargeId};
use providers::payment::{Provider, SetupToken};
use providers::sandbox::{Sandbox, TestCard};

use crate::billing::Billing;
use crate::cards::CardEntered;
use crate::error::BillingError;
use crate::outcome::PaymentState;

impl Billing {
    /// Enters a card of the sandbox, by a setup of the account's own.
    pub async fn enter_test_card(
        &self,
        account: AccountId,
        setup: &SetupToken,
        card: TestCard,
    ) -> Result<CardEntered, BillingError> {
        let customer = self.customer(account).await?;
        let now = self.now();
        self.sandbox()?.enter(setup, &customer, card, now)?;
        self.card_entered(account, setup).await
    }

    /// Confirms one of the account's charges on the page that plays the bank, or
    /// refuses to; says where the payment stands then.
    pub async fn confirm_test_charge(
        &self,
        account: AccountId,
        charge: ChargeId,
        agrees: bool,
    ) -> Result<PaymentState, BillingError> {
        let mut reading = self.inner.store.read().await?;
        self.owner_of(&mut reading, account, charge).await?;
        drop(reading);
        self.sandbox()?.confirm(charge, agrees, self.now())?;
        self.authenticated(account, charge).await
    }

    fn sandbox(&self) -> Result<&Sandbox, BillingError> {
        match &*self.inner.provider {
            Provider::Sandbox(sandbox) => Ok(sandbox),
            Provider::Stripe(_) => Err(BillingError::NotTheSandbox),
        }
    }
}
