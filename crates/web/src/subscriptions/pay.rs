//! With what a subscription is paid, and paying what is open: what failed, or
//! waits for the reader's bank, with any card.

use billing::{Came, PaymentState, Wish};
use commerce::ids::{PaymentMethodId, SubscriptionId};
use commerce::subscription::Subscription;
use http::StatusCode;
use prompts::Arg;

use super::What;
use super::act::Refused;
use super::ask::Found;
use super::done::{UNCHANGED, latest};
use super::view::{Link, Pay};
use super::words::warning;
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
        self.show_pay(visit, &found, Again::default()).await
    }

    async fn show_pay(&self, visit: &Visit<'_>, found: &Found, again: Again) -> Answer {
        let subscription = &found.subscription;
        let speaker = self.speaker(visit);
        let cards = self.known_cards(subscription.account).await?;
        let chosen = if again.method.is_empty() {
            // What waits for the bank of one card is paid with another.
            let theirs = subscription.method.filter(|_| !at_bank(subscription));
            let theirs = theirs.map(|method| method.to_string());
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
            confirm: at_bank(subscription).then(|| bank(subscription.id)),
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
        if waits_with(&found.subscription, method) {
            return Ok(respond::go(self.below(&bank(id))));
        }
        let Some(wish) = wish(&found.subscription, method) else {
            return Ok(respond::go(self.done(What::Card.as_str(), id)));
        };
        match self.command(visit, id, wish).await? {
            Ok(came) => self.paid(visit, &found, again, came).await,
            Err(refused) => self.refuse_pay(visit, &found, again, &refused).await,
        }
    }

    /// Says what came of it.
    async fn paid(&self, visit: &Visit<'_>, found: &Found, again: Again, came: Came) -> Answer {
        let id = came.subscription.id;
        let is_open = came.subscription.payments.open.is_some();
        match came.payment {
            PaymentState::NeedsAuthentication { .. } => Ok(respond::go(self.below(&bank(id)))),
            PaymentState::Declined { reason, .. } if is_open => {
                let again = Again {
                    refused: Some(self.speaker(visit).declined(reason)),
                    ..again
                };
                // As it is now: what waited for a bank doesn't any more.
                let now = self.own(visit, id).await?;
                self.show_pay(visit, now.as_ref().unwrap_or(found), again)
                    .await
            }
            // What it was for was dropped.
            PaymentState::Declined { .. } => Ok(respond::go(self.done(UNCHANGED, id))),
            PaymentState::Settled if found.subscription.payments.open.is_some() => {
                Ok(respond::go(self.done(latest(&came.subscription), id)))
            }
            PaymentState::Settled | PaymentState::Unknown { .. } => {
                Ok(respond::go(self.done(What::Card.as_str(), id)))
            }
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

/// What there is to do about paying: at once, where a payment failed or waits for
/// the bank; else with what it is paid later.
pub(super) fn what_to_pay(subscription: &Subscription) -> What {
    match PaymentState::of(subscription) {
        PaymentState::Declined { .. } | PaymentState::NeedsAuthentication { .. } => What::Pay,
        PaymentState::Settled | PaymentState::Unknown { .. } => What::Card,
    }
}

/// The links to it, the most important first.
pub(super) fn ways_to_pay(speaker: &Speaker<'_>, subscription: &Subscription) -> Vec<Link> {
    let what = what_to_pay(subscription);
    let way = |word: &str, is_first| Link {
        to: format!("account/{}/{}", subscription.id, what.as_str()),
        text: speaker.doing(word),
        is_first,
    };
    if at_bank(subscription) {
        let confirm = Link {
            to: bank(subscription.id),
            text: speaker.text("shop-bank-yes", &[]),
            is_first: true,
        };
        return vec![confirm, way("pay-other", false)];
    }
    vec![way(what.as_str(), what == What::Pay)]
}

fn at_bank(subscription: &Subscription) -> bool {
    let payment = PaymentState::of(subscription);
    matches!(payment, PaymentState::NeedsAuthentication { .. })
}

/// Where what waits for the bank is confirmed, below the prefix.
fn bank(id: SubscriptionId) -> String {
    format!("order/{id}")
}

/// Whether what waits for the bank would be paid with that very card.
fn waits_with(subscription: &Subscription, method: PaymentMethodId) -> bool {
    let open = subscription.payments.open.as_ref();
    at_bank(subscription) && open.is_some_and(|order| order.attempt.method == method)
}

/// What is asked for: the same card once more, where it failed; nothing, where it
/// is paid with that card already.
fn wish(subscription: &Subscription, method: PaymentMethodId) -> Option<Wish> {
    let same = subscription.method == Some(method);
    match PaymentState::of(subscription) {
        PaymentState::Declined { .. } if same => Some(Wish::PayNow),
        PaymentState::NeedsAuthentication { .. } => Some(Wish::PayWith(method)),
        _ => (!same).then_some(Wish::PayWith(method)),
    }
}

fn title(speaker: &Speaker<'_>, subscription: &Subscription) -> String {
    let name = speaker.name(&Sort::of_subscription(subscription));
    let what = what_to_pay(subscription).as_str();
    let args = [("what", Arg::Word(what)), ("name", Arg::Text(&name))];
    speaker.text("subscription-ask-title", &args)
}

fn button(speaker: &Speaker<'_>, subscription: &Subscription) -> String {
    let open = subscription.payments.open.as_ref();
    match open.filter(|_| what_to_pay(subscription) == What::Pay) {
        Some(order) => {
            let amount = speaker.money(order.bill.total);
            speaker.text("subscription-pay-button", &[("amount", Arg::Text(&amount))])
        }
        None => speaker.text("subscription-ask-button", &[("what", Arg::Word("card"))]),
    }
}

fn says(speaker: &Speaker<'_>, subscription: &Subscription) -> Vec<String> {
    let open = warning(speaker, &subscription.payments);
    let then = match (&open, what_to_pay(subscription)) {
        (_, What::Pay) => "subscription-pay-then",
        (Some(_), _) => "subscription-pay-if-it-fails",
        (None, _) => "subscription-card-then",
    };
    let then = speaker.text(then, &[]);
    open.into_iter().chain([then]).collect()
}
