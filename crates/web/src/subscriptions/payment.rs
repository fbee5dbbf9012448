//! What is paid with what, and the cards that are known. Where mails lead that
//! say that something wasn't paid.

use billing::BillingError;
use commerce::subscription::{Origin, Subscription};
use http::StatusCode;

use super::act::Refused;
use super::pay::ways_to_pay;
use super::view::{Card, Payment};
use super::words::{card_said, warning};
use crate::form::Form;
use crate::pages::{Answer, Fault, Visit};
use crate::respond;
use crate::shop::Shop;
use crate::words::Sort;

impl Shop<'_> {
    pub(super) async fn payment_page(&self, visit: &Visit<'_>) -> Answer {
        let page = Payment {
            done: visit.request.asked().get("done") == "removed",
            ..Payment::default()
        };
        self.show_payment(visit, StatusCode::OK, page).await
    }

    async fn show_payment(&self, visit: &Visit<'_>, status: StatusCode, page: Payment) -> Answer {
        let account = visit.account().ok_or(Fault::Busy)?;
        let speaker = self.speaker(visit);
        let mut reading = self.store.read().await?;
        let own = reading.subscriptions(account).await?;
        let methods = reading.payment_methods(account).await?;
        drop(reading);
        let cards = self.known_cards(account).await?;
        let paid = own.iter().filter(|one| is_paid(one)).map(|one| {
            let method = methods.iter().find(|method| one.method == Some(method.id));
            let said = match method {
                Some(method) => card_said(&speaker, method),
                None => speaker.text("subscription-card-none", &[]),
            };
            Card {
                id: one.id.to_string(),
                name: speaker.name(&Sort::of_subscription(one)),
                says: vec![said],
                warns: warning(&speaker, &one.payments),
                acts: ways_to_pay(&speaker, one),
                ..Card::default()
            }
        });
        let page = Payment {
            list: paid.collect(),
            cards,
            ..page
        };
        self.show(visit, status, &page)
    }

    /// Lets a card go.
    pub(super) async fn forget_card(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let account = visit.account().ok_or(Fault::Busy)?;
        let forgotten = match form.get("card").parse() {
            Ok(card) => self.billing.forget_card(account, card).await,
            Err(_) => Err(BillingError::NoSuchMethod),
        };
        match forgotten {
            Ok(()) => Ok(respond::go(self.below("account/payment?done=removed"))),
            Err(error) => {
                let refused = Refused::of(error)?.said(&self.speaker(visit));
                let page = Payment {
                    refused: Some(refused),
                    ..Payment::default()
                };
                self.show_payment(visit, StatusCode::CONFLICT, page).await
            }
        }
    }
}

/// Whether it is, or will be, paid with something.
fn is_paid(subscription: &Subscription) -> bool {
    let renews = subscription.terms.renews() && subscription.origin != Origin::Complimentary;
    !subscription.is_ended() && (renews || subscription.payments.open.is_some())
}
