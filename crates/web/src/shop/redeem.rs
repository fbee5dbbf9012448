//! Redeeming a gift: its code is looked at first, which uses nothing up.

use billing::{Agreement, BillingError, FormToken, GiftSeen, Redemption};
use commerce::gift::{Gift, GiftEnd, GiftRefusal, GiftStage};
use commerce::tax::TaxStatus;
use commerce::terms::Channel;
use http::StatusCode;
use prompts::Arg;

use super::notices::FORM_USED;
use super::view::{Errors, GiftCard, Redeem, Typed};
use super::{Purchased, Shop};
use crate::again::NotTaken;
use crate::form::Form;
use crate::limits::Act;
use crate::link;
use crate::pages::{Answer, Fault, Visit};
use crate::respond;
use crate::words::Sort;

/// The most of a typed code that is shown again, in characters.
const LONGEST: usize = 64;

impl Shop<'_> {
    pub(super) async fn redeem_page(&self, visit: &Visit<'_>) -> Answer {
        let asked = visit.request.asked();
        let code = asked.trimmed("code");
        if code.is_empty() {
            return self.show(visit, StatusCode::OK, &Redeem::default());
        }
        let look = GiftLook {
            code,
            typed: Typed::default(),
            errors: Errors::default(),
            form: None,
            not_taken: None,
        };
        self.gift_page(visit, look).await
    }

    /// What was sent and isn't taken, to be looked at and sent again.
    pub(super) async fn redeem_once_more(
        &self,
        visit: &Visit<'_>,
        form: &Form,
        why: NotTaken,
    ) -> Answer {
        let look = GiftLook {
            not_taken: Some(why),
            ..GiftLook::sent(form)
        };
        self.gift_page(visit, look).await
    }

    async fn gift_page(&self, visit: &Visit<'_>, mut look: GiftLook<'_>) -> Answer {
        self.limits
            .network(Act::Code, visit.request.address, visit.now)?;
        let seen = match self.billing.gift_by_code(look.code).await {
            Ok(seen) => seen,
            Err(error) => return self.no_such_gift(visit, look.code, error),
        };
        if let Some(error) = stands_against(seen.gift.stage) {
            return self.no_gift(visit, look.code, error);
        }
        if look.typed.country.is_empty() {
            look.typed.country = self.billing.sales().tax.seller().to_string();
        }
        let has = self.has_instead(visit, &seen.gift).await?;
        let form = match look.form {
            Some(form) => form,
            None => self.billing.draw_form()?,
        };
        let back = || self.back(&place_of(look.code));
        let page = Redeem {
            code: look.code.to_owned(),
            error: None,
            failed: !look.errors.is_none() || look.not_taken.is_some(),
            not_taken: look.not_taken.map(NotTaken::said),
            gift: Some(self.gift_card(visit, &seen)),
            back: visit.account().is_none().then(back),
            has,
            form: form.to_string(),
            countries: self.countries.of(&visit.locale).to_vec(),
            delivered: seen.gift.bought.terms.delivered,
            typed: look.typed,
            errors: look.errors,
        };
        let status = if let Some(why) = look.not_taken {
            why.status()
        } else if page.has.is_some() {
            StatusCode::CONFLICT
        } else if page.failed {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        };
        self.show(visit, status, &page)
    }

    /// What is said to who has what it gives: the code is good for later.
    async fn has_instead(&self, visit: &Visit<'_>, gift: &Gift) -> Result<Option<String>, Fault> {
        let (Some(account), GiftStage::Ready { until }) = (visit.account(), gift.stage) else {
            return Ok(None);
        };
        match self.billing.not_had(account, &gift.bought.terms).await {
            Ok(()) => Ok(None),
            Err(BillingError::HasAlready(_)) => {
                let speaker = self.speaker(visit);
                let day = speaker.day(until);
                let args = [("day", Arg::Text(&day))];
                Ok(Some(speaker.text("shop-redeem-has", &args)))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Where a code is no gift's, or is it no longer.
    fn no_such_gift(&self, visit: &Visit<'_>, code: &str, error: BillingError) -> Answer {
        match error {
            BillingError::NoSuchGift => self.no_gift(visit, code, "shop-redeem-unknown"),
            BillingError::CodeReplaced => self.no_gift(visit, code, "shop-redeem-replaced"),
            error => Err(error.into()),
        }
    }

    fn no_gift(&self, visit: &Visit<'_>, code: &str, error: &'static str) -> Answer {
        let page = Redeem {
            code: code.chars().take(LONGEST).collect(),
            error: Some(error),
            failed: true,
            ..Redeem::default()
        };
        self.show(visit, StatusCode::UNPROCESSABLE_ENTITY, &page)
    }

    fn gift_card(&self, visit: &Visit<'_>, seen: &GiftSeen) -> GiftCard {
        let speaker = self.speaker(visit);
        let terms = &seen.gift.bought.terms;
        let sort = Sort::of_gift(terms);
        let lasts = terms.phases.first().and_then(|phase| phase.every);
        let card = seen.card.clone().unwrap_or_default();
        GiftCard {
            name: speaker.name(&sort),
            benefits: speaker.benefits(&sort),
            length: lasts.map_or_else(String::new, |lasts| speaker.length(lasts)),
            to: card.name.unwrap_or_default(),
            from: card.from.unwrap_or_default(),
            words: card.message.unwrap_or_default(),
        }
    }

    pub(super) async fn redeem(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let code = form.trimmed("code");
        let Some(account) = visit.account() else {
            return Ok(respond::go(self.below(&place_of(code))));
        };
        let mut look = GiftLook::sent(form);
        self.limits
            .network(Act::Code, visit.request.address, visit.now)?;
        let Some(token) = look.form else {
            return self.say(visit, StatusCode::BAD_REQUEST, &FORM_USED);
        };
        let seen = match self.billing.gift_by_code(code).await {
            Ok(seen) => seen,
            Err(error) => return self.no_such_gift(visit, code, error),
        };
        let Some(country) = self.countries.chosen(&visit.locale, &look.typed) else {
            look.errors.country = Some("shop-country-missing");
            return self.gift_page(visit, look).await;
        };
        let address = if seen.gift.bought.terms.delivered {
            look.typed.post(country, &mut look.errors)
        } else {
            None
        };
        if !look.errors.is_none() {
            return self.gift_page(visit, look).await;
        }
        let speaker = self.speaker(visit);
        let redemption = Redemption {
            account,
            code: code.to_owned(),
            tax: TaxStatus::consumer(country),
            agreement: Agreement {
                locale: visit.locale.to_string(),
                words: speaker.text("shop-redeem-free", &[]),
                channel: Channel::Web,
                withdrawal_waived: false,
            },
            address,
            form: token,
        };
        match self.billing.redeem(&redemption).await {
            Ok(begun) => {
                let place = Purchased::Subscription(begun.id).path();
                Ok(respond::go(self.below(&place)))
            }
            Err(BillingError::Gift(refusal)) => self.no_gift(visit, code, refused(&refusal)),
            Err(BillingError::HasAlready(_)) => self.gift_page(visit, look).await,
            Err(error) => self.no_such_gift(visit, code, error),
        }
    }
}

/// A gift that is looked at, and what was typed about it.
struct GiftLook<'a> {
    code: &'a str,
    typed: Typed,
    errors: Errors,
    form: Option<FormToken>,
    /// Why what was sent isn't taken, whatever is in it.
    not_taken: Option<NotTaken>,
}

impl<'a> GiftLook<'a> {
    fn sent(form: &'a Form) -> Self {
        Self {
            code: form.trimmed("code"),
            typed: Typed::read(form),
            errors: Errors::default(),
            form: form.get("form").parse().ok(),
            not_taken: None,
        }
    }
}

/// Where it is looked at, below the prefix.
fn place_of(code: &str) -> String {
    link::with("redeem", [("code", code)])
}

/// Why a gift can't be redeemed now.
fn stands_against(stage: GiftStage) -> Option<&'static str> {
    match stage {
        GiftStage::Ready { .. } => None,
        GiftStage::Incomplete { .. } => Some("shop-redeem-unpaid"),
        GiftStage::Redeemed { .. } => Some("shop-redeem-redeemed"),
        GiftStage::Ended { why } => Some(ended(why)),
    }
}

fn ended(why: GiftEnd) -> &'static str {
    match why {
        GiftEnd::NeverPaid => "shop-redeem-unpaid",
        GiftEnd::Refunded | GiftEnd::ChargedBack | GiftEnd::Expired => "shop-redeem-over",
    }
}

fn refused(refusal: &GiftRefusal) -> &'static str {
    match refusal {
        GiftRefusal::Incomplete => "shop-redeem-unpaid",
        GiftRefusal::Redeemed => "shop-redeem-redeemed",
        GiftRefusal::Ended(why) => ended(*why),
        _ => "shop-redeem-over",
    }
}
