//! A gift that somebody has bought: its code, and sending it once more, to
//! another address where the first was mistyped; paying it or giving it up, while
//! it isn't paid.

use billing::{BillingError, PaymentState};
use commerce::gift::{Gift, GiftRefusal, GiftStage};
use commerce::ids::{AccountId, GiftId};
use http::StatusCode;

use super::gifts::shown;
use super::view::{Link, Sending};
use super::words::warning;
use crate::accounts::address;
use crate::form::Form;
use crate::pages::{Answer, Fault, Visit};
use crate::respond;
use crate::shop::{Purchased, Shop};
use crate::words::Speaker;

impl Shop<'_> {
    pub(super) async fn sending_page(&self, visit: &Visit<'_>, id: GiftId) -> Answer {
        let account = visit.account().ok_or(Fault::Busy)?;
        let card = match self.billing.gift_card(account, id).await {
            Err(BillingError::NotTheirs(_)) => return self.no_gift_of_theirs(visit),
            card => card?,
        };
        let page = Sending {
            mail: card.and_then(|card| card.to).unwrap_or_default(),
            ..Sending::default()
        };
        self.show_sending(visit, id, (StatusCode::OK, page)).await
    }

    async fn show_sending(
        &self,
        visit: &Visit<'_>,
        id: GiftId,
        (status, page): (StatusCode, Sending),
    ) -> Answer {
        let account = visit.account().ok_or(Fault::Busy)?;
        let code = self.billing.gift_code(account, id).await?;
        let gift = self.store.read().await?.gift(id).await?;
        let Some(gift) = gift else {
            return self.no_gift_of_theirs(visit);
        };
        let speaker = self.speaker(visit);
        let shown = shown(&speaker, &gift, None);
        let mut says = shown.says;
        let payment = PaymentState::of_gift(&gift);
        if let GiftStage::Incomplete { expires } = gift.stage {
            says.push(speaker.on("subscription-gift-lapses", expires));
        }
        let page = Sending {
            id: id.to_string(),
            name: shown.name,
            says,
            warns: warning(&speaker, &gift.payments),
            acts: self.ways_to_pay_gift(&speaker, &gift),
            can_give_up: matches!(
                payment,
                PaymentState::NeedsAuthentication { .. } | PaymentState::Declined { .. }
            ),
            is_open: matches!(gift.stage, GiftStage::Ready { .. }),
            code,
            ..page
        };
        self.show(visit, status, &page)
    }

    /// What can be done about a payment that waits for the bank, or failed: a gift
    /// is paid with another card by buying it once more.
    fn ways_to_pay_gift(&self, speaker: &Speaker<'_>, gift: &Gift) -> Vec<Link> {
        let (to, text) = match PaymentState::of_gift(gift) {
            PaymentState::NeedsAuthentication { .. } => (
                Purchased::Gift(gift.id).path(),
                speaker.text("shop-bank-yes", &[]),
            ),
            PaymentState::Declined { .. } => (
                self.again(&gift.bought.terms, None),
                speaker.doing("pay-other"),
            ),
            PaymentState::Settled | PaymentState::Unknown { .. } => return Vec::new(),
        };
        vec![Link {
            to,
            text,
            is_first: true,
        }]
    }

    /// Gives it up, as whoever gives it wishes.
    async fn give_gift_up(&self, visit: &Visit<'_>, account: AccountId, id: GiftId) -> Answer {
        match self.billing.give_up_gift(account, id).await {
            Ok(_) => Ok(respond::go(self.below("account/gifts?done=given-up"))),
            Err(BillingError::Gift(_)) => {
                let page = Sending {
                    refused: Some("subscription-refused-under-way"),
                    ..Sending::default()
                };
                let shown = (StatusCode::CONFLICT, page);
                self.show_sending(visit, id, shown).await
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Sends it to the address that was typed, or gives it up.
    pub(super) async fn send_gift(&self, visit: &Visit<'_>, id: GiftId, form: &Form) -> Answer {
        let account = visit.account().ok_or(Fault::Busy)?;
        // Whose it is, before a word is said of what was typed.
        if let Err(error) = self.billing.gift_card(account, id).await {
            return match error {
                BillingError::NotTheirs(_) => self.no_gift_of_theirs(visit),
                other => Err(other.into()),
            };
        }
        if form.get("give_up") == "yes" {
            return self.give_gift_up(visit, account, id).await;
        }
        let typed = form.trimmed("mail");
        let mut page = Sending {
            mail: typed.to_owned(),
            ..Sending::default()
        };
        let mail = match address(typed) {
            Ok(mail) => mail,
            Err(error) => {
                page.error = Some(error);
                let shown = (StatusCode::UNPROCESSABLE_ENTITY, page);
                return self.show_sending(visit, id, shown).await;
            }
        };
        self.may_send(visit, &mail).await?;
        match self.billing.send_gift(account, id, &mail).await {
            Ok(_) => Ok(respond::go(self.below("account/gifts?done=sent"))),
            Err(BillingError::Gift(refusal)) => {
                page.refused = Some(match refusal {
                    GiftRefusal::SentTooOften => "subscription-gift-sent-too-often",
                    _ => "subscription-gift-sent-not",
                });
                self.show_sending(visit, id, (StatusCode::CONFLICT, page))
                    .await
            }
            Err(error) => Err(error.into()),
        }
    }

    fn no_gift_of_theirs(&self, visit: &Visit<'_>) -> Answer {
        self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING)
    }
}
