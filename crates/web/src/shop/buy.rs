//! Buying: what was sent is checked, a card entered, the purchase begun, and
//! the reader sent on to what became of it.

use billing::{Agreement, BillingError, FormToken, GiftPurchase, PaymentState, Purchase};
use commerce::ids::{AccountId, OfferId, PaymentMethodId};
use commerce::terms::Channel;
use http::StatusCode;

use super::cards::Entered;
use super::checkout::{Look, Nothing, Reckoned};
use super::notices::FORM_USED;
use super::terms::is_waived;
use super::view::{Errors, Typed};
use super::{Purchased, Shop};
use crate::again::NotTaken;
use crate::form::Form;
use crate::limits::Act;
use crate::pages::{Answer, Visit};
use crate::respond;
use crate::wanted::Wanted;
use crate::words::declined;

impl Shop<'_> {
    pub(super) async fn buy(&self, visit: &Visit<'_>, offer: &OfferId, form: &Form) -> Answer {
        let mut look = self.sent(visit, offer, form);
        let Some(account) = visit.account() else {
            let place = format!("subscribe/{offer}{}", look.passed.query());
            return Ok(respond::go(self.below(&place)));
        };
        self.limits
            .network(Act::Buy, visit.request.address, visit.now)?;
        // Sent before: that an offer is for new readers, say, is no reason to
        // tell them that they can't have what they have just bought.
        if let Some(token) = look.form
            && let Some(owner) = self.billing.begun_by(account, token).await?
        {
            let place = Purchased::from(owner).path();
            let place = format!("{place}{}", Wanted::query(look.passed.to.as_ref()));
            return Ok(respond::go(self.below(&place)));
        }
        let is_nowhere = look.typed.country.is_empty();
        let reckoned = match self.reckon(visit, &mut look).await {
            Ok(reckoned) => reckoned,
            Err(nothing) => return self.instead(visit, offer, nothing).await,
        };
        if is_nowhere {
            look.errors.country = Some("shop-country-missing");
        }
        if form.get("update") == "yes" {
            look.typed.consent = false;
            look.errors.country = None;
            return self.show_checkout(visit, look, reckoned).await;
        }
        // First of all: it has been entered at Stripe's, and would have to be
        // typed once more, whatever else is wrong.
        let is_entered = !form.trimmed("setup").is_empty() && look.typed.method == "new";
        if is_entered && reckoned.quote.method_needed {
            match self.card(visit, account, &look.typed, form).await? {
                Entered::Card(method) => look.typed.method = method.to_string(),
                Entered::Wrong(errors) => look.errors = *errors,
                Entered::Declined(reason) => look.declined = Some(reason),
            }
        }
        let wants = Wants::read(&mut look, &reckoned);
        if !look.errors.is_none() || look.declined.is_some() {
            return self.show_checkout(visit, look, reckoned).await;
        }
        if form.get("mark") != reckoned.summary.mark {
            look.changed = true;
            look.typed.consent = false;
            return self.show_checkout(visit, look, reckoned).await;
        }
        let Some(token) = look.form else {
            return self.say(visit, StatusCode::BAD_REQUEST, &FORM_USED);
        };
        let method = if reckoned.quote.method_needed {
            match self.card(visit, account, &look.typed, form).await? {
                Entered::Card(method) => Some(method),
                Entered::Wrong(errors) => {
                    look.errors = *errors;
                    return self.show_checkout(visit, look, reckoned).await;
                }
                Entered::Declined(reason) => {
                    look.declined = Some(reason);
                    return self.show_checkout(visit, look, reckoned).await;
                }
            }
        } else {
            None
        };
        let order = Order {
            account,
            token,
            method,
            agreement: self.agreement(visit, &reckoned),
        };
        match self.place(&reckoned, wants, order).await {
            Ok((purchased, payment)) => {
                self.bought(visit, look, reckoned, purchased, payment).await
            }
            Err(error) => self.refused(visit, look, reckoned, error).await,
        }
    }

    /// What was sent.
    fn sent<'a>(&self, visit: &Visit<'_>, offer: &'a OfferId, form: &Form) -> Look<'a> {
        Look {
            offer,
            passed: self.passed(visit, form),
            typed: Typed::read(form),
            errors: Errors::default(),
            form: form.get("form").parse::<FormToken>().ok(),
            declined: None,
            changed: false,
            not_taken: None,
        }
    }

    /// What was sent and isn't taken, to be looked at and sent again.
    pub(super) async fn checkout_once_more(
        &self,
        visit: &Visit<'_>,
        offer: &OfferId,
        form: &Form,
        why: NotTaken,
    ) -> Answer {
        let mut look = self.sent(visit, offer, form);
        look.typed.consent = false;
        look.not_taken = Some(why);
        self.checkout(visit, look).await
    }

    fn agreement(&self, visit: &Visit<'_>, reckoned: &Reckoned) -> Agreement {
        Agreement {
            locale: visit.locale.to_string(),
            words: self.speaker(visit).words(&reckoned.summary),
            channel: Channel::Web,
            withdrawal_waived: reckoned.kind != "gift" && is_waived(&reckoned.quote.terms),
        }
    }

    async fn place(
        &self,
        reckoned: &Reckoned,
        wants: Wants,
        order: Order,
    ) -> Result<(Purchased, PaymentState), BillingError> {
        let Order {
            account,
            token: form,
            method,
            agreement,
        } = order;
        let tax = reckoned.tax;
        let chosen = reckoned.chosen.clone();
        let shown = Some(Box::new(reckoned.quote.clone()));
        if let Some(card) = wants.gift {
            let method = method.ok_or(BillingError::NoSuchMethod)?;
            let purchase = GiftPurchase {
                account,
                chosen,
                shown,
                tax,
                party: wants.party,
                agreement,
                method,
                card,
                form,
            };
            let bought = self.billing.buy_gift(&purchase).await?;
            return Ok((Purchased::Gift(bought.gift.id), bought.payment));
        }
        let purchase = Purchase {
            account,
            chosen,
            shown,
            tax,
            party: wants.party,
            agreement,
            method,
            address: wants.post,
            form,
        };
        let bought = self.billing.begin(&purchase).await?;
        Ok((
            Purchased::Subscription(bought.subscription.id),
            bought.payment,
        ))
    }

    /// Sends them on; who was declined may enter another card at once.
    async fn bought(
        &self,
        visit: &Visit<'_>,
        mut look: Look<'_>,
        reckoned: Reckoned,
        purchased: Purchased,
        payment: PaymentState,
    ) -> Answer {
        if let PaymentState::Declined { reason, .. } = payment {
            look.declined = Some(declined(reason));
            look.form = None;
            "new".clone_into(&mut look.typed.method);
            return self.show_checkout(visit, look, reckoned).await;
        }
        let place = format!(
            "{}{}",
            purchased.path(),
            Wanted::query(look.passed.to.as_ref())
        );
        Ok(respond::go(self.below(&place)))
    }

    async fn refused(
        &self,
        visit: &Visit<'_>,
        mut look: Look<'_>,
        reckoned: Reckoned,
        error: BillingError,
    ) -> Answer {
        match error {
            error @ (BillingError::NotOffered(_) | BillingError::HasAlready(_)) => {
                self.instead(visit, look.offer, Nothing::from(error)).await
            }
            // The card was being entered meanwhile.
            BillingError::Changed => {
                look.changed = true;
                look.typed.consent = false;
                self.checkout(visit, look).await
            }
            BillingError::PaymentUnderWay(id) => {
                let place = Purchased::Subscription(id).path();
                let place = format!("{place}{}", Wanted::query(look.passed.to.as_ref()));
                Ok(respond::go(self.below(&place)))
            }
            BillingError::FormUsed => self.say(visit, StatusCode::CONFLICT, &FORM_USED),
            BillingError::NoSuchMethod => {
                look.errors.method = Some("shop-method-missing");
                "new".clone_into(&mut look.typed.method);
                self.show_checkout(visit, look, reckoned).await
            }
            other => Err(other.into()),
        }
    }
}

/// What was typed, in order.
struct Wants {
    party: Option<commerce::invoice::Party>,
    post: Option<commerce::address::PostalAddress>,
    gift: Option<billing::GiftCard>,
}

impl Wants {
    /// Reads it; what is wrong with it is noted.
    fn read(look: &mut Look<'_>, reckoned: &Reckoned) -> Self {
        let Look { typed, errors, .. } = look;
        let country = reckoned.country;
        if !typed.consent {
            errors.consent = Some("shop-consent-missing");
        }
        let is_gift = reckoned.kind == "gift";
        Self {
            party: typed.party(country, errors),
            post: if reckoned.delivered {
                typed.post(country, errors)
            } else {
                None
            },
            gift: is_gift.then(|| typed.gift(errors)),
        }
    }
}

/// Who orders, by which form, and with what they pay.
struct Order {
    account: AccountId,
    token: FormToken,
    method: Option<PaymentMethodId>,
    agreement: Agreement,
}
