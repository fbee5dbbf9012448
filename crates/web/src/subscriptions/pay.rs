//! With what a subscription is paid, and paying what is open.

use billing::{PaymentState, Wish};
use commerce::ids::{PaymentMethodId, SubscriptionId};
use commerce::subscription::Subscription;
use http::StatusCode;
use prompts::Arg;

use super::What;
use super::act::Refused;
use super::ask::Found;
use super::view::Pay;
use super::words::{decline, warning};
use crate::form::Form;
use crate::pages::{Answer, Visit};
use crate::respond;
use crate::shop::view::{Errors, Typed};
use crate::shop::{Entered, Shop};
use crate::words::{Sort, Speaker};

/// What is shown again, after a form.
#[derive(Default)]
struct Again {
    method: String,
    errors: Errors,
    refused: Option<String>,
}

impl Shop<'_> {
    /// Where a card is chosen: at once charged, where something is open.
    pub(super) async fn pay_page(&self, visit: &Visit<'_>, id: SubscriptionId) -> Answer {
        let Some(found) = self.own(visit, id).await? else {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        let waits = PaymentState::of(&found.subscription);
        if matches!(waits, PaymentState::NeedsAuthentication { .. }) {
            return Ok(respond::go(self.below(&format!("order/{id}"))));
        }
        self.show_pay(visit, &found, Again::default()).await
    }

    async fn show_pay(&self, visit: &Visit<'_>, found: &Found, again: Again) -> Answer {
        let subscription = &found.subscription;
        let speaker = self.speaker(visit);
        let cards = self.known_cards(subscription.account).await?;
        let chosen = if again.method.is_empty() {
            let theirs = subscription.method.map(|method| method.to_string());
            let known = |id: &String| cards.iter().any(|card| card.id == *id);
            theirs.filter(known).unwrap_or_else(|| "new".to_owned())
        } else {
            again.method
        };
        let is_stripe = self.is_stripe();
        let is_wrong = !again.errors.is_none();
        let is_refused = again.refused.is_some();
        let is_over = subscription.is_ended();
        let refusal = |key: &str| speaker.text(key, &[]);
        let page = Pay {
            id: subscription.id.to_string(),
            title: title(&speaker, subscription),
            button: button(&speaker, subscription),
            says: says(&speaker, subscription),
            refused: match again.refused {
                None if is_over => Some(refusal("subscription-refused-ended")),
                refused => refused,
            },
            is_open: !is_over,
            failed: is_wrong || is_refused,
            cards,
            typed: Typed {
                method: chosen,
                ..Typed::default()
            },
            errors: again.errors,
            entry: if is_stripe { "stripe" } else { "sandbox" },
            script: self.asset(crate::assets::card_script()),
            stripe: self.settings.stripe.script.clone(),
            key: self.stripe_key(),
        };
        let status = if is_refused {
            StatusCode::PAYMENT_REQUIRED
        } else if is_wrong {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        };
        let response = self.show(visit, status, &page)?;
        Ok(if is_stripe && page.is_open {
            self.with_stripe(response)
        } else {
            response
        })
    }

    /// Pays with the card that was chosen from now on, and what is open at once.
    pub(super) async fn pay(&self, visit: &Visit<'_>, id: SubscriptionId, form: &Form) -> Answer {
        let Some(found) = self.own(visit, id).await? else {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        if found.subscription.is_ended() {
            return self.show_pay(visit, &found, Again::default()).await;
        }
        let account = found.subscription.account;
        let typed = Typed::read(form);
        let again = Again {
            method: typed.method.clone(),
            ..Again::default()
        };
        let speaker = self.speaker(visit);
        let method = match self.card(visit, account, &typed, form).await? {
            Entered::Card(method) => method,
            Entered::Wrong(errors) => {
                let errors = *errors;
                let again = Again { errors, ..again };
                return self.show_pay(visit, &found, again).await;
            }
            Entered::Declined(reason) => {
                let reason = ("reason", Arg::Word(reason));
                let again = Again {
                    refused: Some(speaker.text("shop-declined", &[reason])),
                    ..again
                };
                return self.show_pay(visit, &found, again).await;
            }
        };
        let wish = wish(&found.subscription, method);
        let Some(wish) = wish else {
            return Ok(respond::go(self.done(What::Card.as_str(), id)));
        };
        match self.command(visit, id, wish).await? {
            Ok(came) => match came.payment {
                PaymentState::NeedsAuthentication { .. } => {
                    Ok(respond::go(self.below(&format!("order/{id}"))))
                }
                PaymentState::Declined { reason, .. } => {
                    let reason = ("reason", Arg::Word(decline(reason)));
                    let again = Again {
                        refused: Some(speaker.text("subscription-pay-declined", &[reason])),
                        ..again
                    };
                    self.show_pay(visit, &found, again).await
                }
                PaymentState::Settled | PaymentState::Unknown { .. } => {
                    let what = if found.subscription.payments.open.is_some() {
                        What::Pay
                    } else {
                        What::Card
                    };
                    Ok(respond::go(self.done(what.as_str(), id)))
                }
            },
            Err(refused) => self.refuse_pay(visit, &found, again, &refused).await,
        }
    }

    async fn refuse_pay(
        &self,
        visit: &Visit<'_>,
        found: &Found,
        again: Again,
        refused: &Refused,
    ) -> Answer {
        let again = Again {
            refused: Some(refused.said(&self.speaker(visit))),
            ..again
        };
        self.show_pay(visit, found, again).await
    }
}

/// What is asked for: the same card once more, where something is open; nothing,
/// where it is paid with that card already.
fn wish(subscription: &Subscription, method: PaymentMethodId) -> Option<Wish> {
    let same = subscription.method == Some(method);
    match (same, &subscription.payments.open) {
        (false, _) => Some(Wish::PayWith(method)),
        (true, Some(_)) => Some(Wish::PayNow),
        (true, None) => None,
    }
}

fn title(speaker: &Speaker<'_>, subscription: &Subscription) -> String {
    let name = speaker.name(&Sort::of_subscription(subscription));
    let what = match subscription.payments.open {
        Some(_) => "pay",
        None => "card",
    };
    let args = [("what", Arg::Word(what)), ("name", Arg::Text(&name))];
    speaker.text("subscription-ask-title", &args)
}

fn button(speaker: &Speaker<'_>, subscription: &Subscription) -> String {
    match &subscription.payments.open {
        Some(order) => {
            let amount = speaker.money(order.bill.total);
            speaker.text("subscription-pay-button", &[("amount", Arg::Text(&amount))])
        }
        None => speaker.text("subscription-ask-button", &[("what", Arg::Word("card"))]),
    }
}

fn says(speaker: &Speaker<'_>, subscription: &Subscription) -> Vec<String> {
    let open = warning(speaker, subscription);
    let then = match subscription.payments.open {
        Some(_) => "subscription-pay-then",
        None => "subscription-card-then",
    };
    let then = speaker.text(then, &[]);
    open.into_iter().chain([then]).collect()
}
