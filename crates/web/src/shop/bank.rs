//! A payment that the reader confirms with their bank: the page that asks for
//! it, and what becomes of it when they come back.

use billing::{BillingError, PaymentState, Who, Wish};
use commerce::ids::{AccountId, ChargeId};
use commerce::subscription::{CancelReason, CancelWhen, Stage};
use http::StatusCode;
use jiff::Timestamp;
use providers::payment::Authentication;

use super::order::{Found, Standing};
use super::view::Order;
use super::{Purchased, Shop};
use crate::form::Form;
use crate::limits::Act;
use crate::pages::{Answer, Fault, Visit};
use crate::respond::{self, MISSING};
use crate::wanted::Wanted;

impl Shop<'_> {
    pub(super) async fn bank_page(
        &self,
        visit: &Visit<'_>,
        mut page: Order,
        (charge, since): (ChargeId, Timestamp),
    ) -> Answer {
        let account = visit.account().ok_or(Fault::Busy)?;
        // Each asks the provider.
        if self.limits.account(Act::Ask, account, visit.now).is_err() {
            return self.wait_page(visit, page, since);
        }
        page.state = "bank";
        let asked = match self.billing.authentication(account, charge).await {
            // Nothing can be confirmed just now, and nothing has gone wrong.
            Err(BillingError::Provider(error)) => {
                tracing::warn!(%charge, %error, "how it is confirmed isn't known");
                return self.wait_page(visit, page, since);
            }
            asked => asked?,
        };
        match asked {
            Authentication::NotWaiting => {
                self.after_bank(visit, page, account, (charge, since)).await
            }
            Authentication::Ours => {
                page.entry = "sandbox";
                self.show(visit, StatusCode::OK, &page)
            }
            Authentication::Stripe {
                publishable_key,
                client_secret,
                method,
            } => {
                page.entry = "stripe";
                page.key = publishable_key;
                client_secret.expose().clone_into(&mut page.secret);
                page.method = method.map(String::from);
                let response = self.show(visit, StatusCode::OK, &page)?;
                Ok(self.with_stripe(response))
            }
        }
    }

    /// It has been confirmed elsewhere, or the page was closed too soon; where
    /// nobody has told us yet, we ask.
    async fn after_bank(
        &self,
        visit: &Visit<'_>,
        page: Order,
        account: AccountId,
        (charge, since): (ChargeId, Timestamp),
    ) -> Answer {
        match self.billing.authenticated(account, charge).await {
            Ok(PaymentState::Settled | PaymentState::Declined { .. }) => {
                let place = format!("{}{}", page.path, page.query);
                Ok(respond::go(self.below(&place)))
            }
            Ok(PaymentState::NeedsAuthentication { .. } | PaymentState::Unknown { .. }) => {
                self.wait_page(visit, page, since)
            }
            Err(error) => {
                tracing::warn!(%charge, %error, "what the bank says isn't known yet");
                self.wait_page(visit, page, since)
            }
        }
    }

    /// Who can't confirm it pays with something else: what was begun is given up,
    /// and bought once more. What runs already is paid with another card, for which
    /// what waits is called off.
    async fn with_another(&self, account: AccountId, found: &Found, to: Option<Wanted>) -> Answer {
        match found {
            Found::Subscription(found) if matches!(found.stage, Stage::Incomplete { .. }) => {
                let wish = Wish::Cancel {
                    when: CancelWhen::Now,
                    reason: CancelReason::Unsaid,
                };
                let who = Who::Reader(account);
                self.billing.command(&who, found.id, wish).await?;
            }
            Found::Subscription(found) => {
                let place = format!("account/{}/pay", found.id);
                return Ok(respond::go(self.below(&place)));
            }
            Found::Gift(gift) => {
                self.billing.give_up_gift(account, gift.id).await?;
            }
        }
        let again = self.again(found.terms(), to);
        Ok(respond::go(self.below(&again)))
    }

    /// The reader has been to their bank. What they say of it counts in the
    /// sandbox alone, whose page plays the bank.
    pub(super) async fn confirm_charge(
        &self,
        visit: &Visit<'_>,
        purchased: Purchased,
        form: &Form,
    ) -> Answer {
        let Some(found) = self.purchase(visit, purchased).await? else {
            return self.say(visit, StatusCode::NOT_FOUND, &MISSING);
        };
        let account = visit.account().ok_or(Fault::Busy)?;
        let to = self.story_wanted(visit, form);
        if let Standing::Open(PaymentState::NeedsAuthentication { charge }) = found.standing() {
            if form.get("other") == "yes" {
                return self.with_another(account, &found, to).await;
            }
            // As the page does that has the form.
            self.limits.account(Act::Ask, account, visit.now)?;
            let agrees = form.get("agrees") == "yes";
            let told = if self.is_stripe() {
                self.billing.authenticated(account, charge).await
            } else {
                let billing = self.billing;
                billing.confirm_test_charge(account, charge, agrees).await
            };
            // They have confirmed it, whether or not we can be told of it just
            // now: the page that they go to says what is known.
            if let Err(error) = told {
                tracing::warn!(%charge, %error, "what the bank says isn't known yet");
            }
        }
        let place = format!("{}{}", purchased.path(), Wanted::query(to.as_ref()));
        Ok(respond::go(self.below(&place)))
    }
}
