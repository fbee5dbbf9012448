//! A gift that somebody has bought: its code, and sending it once more, to
//! another address where the first was mistyped.

use billing::BillingError;
use commerce::gift::{GiftRefusal, GiftStage};
use commerce::ids::GiftId;
use http::StatusCode;

use super::gifts::shown;
use super::view::Sending;
use crate::accounts::address;
use crate::form::Form;
use crate::pages::{Answer, Fault, Visit};
use crate::respond;
use crate::shop::Shop;

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
        let shown = shown(&self.speaker(visit), &gift, None);
        let page = Sending {
            id: id.to_string(),
            name: shown.name,
            says: shown.says,
            is_open: matches!(gift.stage, GiftStage::Ready { .. }),
            code,
            ..page
        };
        self.show(visit, status, &page)
    }

    /// Sends it to the address that was typed.
    pub(super) async fn send_gift(&self, visit: &Visit<'_>, id: GiftId, form: &Form) -> Answer {
        let account = visit.account().ok_or(Fault::Busy)?;
        // Whose it is, before a word is said of what was typed.
        if let Err(error) = self.billing.gift_card(account, id).await {
            return match error {
                BillingError::NotTheirs(_) => self.no_gift_of_theirs(visit),
                other => Err(other.into()),
            };
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
