//! What will happen if a button is pressed, sentence by sentence: said before
//! there is one.

use billing::{PaymentState, Preview, Who, Wish};
use commerce::money::Money;
use commerce::subscription::{CancelReason, CancelWhen, Context, Refusal, Stage, Subscription};
use prompts::Arg;

use super::What;
use super::act::Refused;
use super::ahead::next_charge;
use super::ask::Found;
use super::standing::{Has, rise};
use super::words::card_said;
use crate::pages::{Fault, Visit};
use crate::shop::Shop;
use crate::words::Speaker;

/// What will happen, or why it won't.
pub(super) type Foreseen = Result<Vec<String>, Refused>;

/// To end it when what is paid for does.
pub(super) fn cancel(reason: CancelReason) -> Wish {
    Wish::Cancel {
        when: CancelWhen::PeriodEnd,
        reason,
    }
}

impl Shop<'_> {
    /// What a wish would come to, or why it wouldn't be done.
    pub(super) async fn preview(
        &self,
        found: &Found,
        wish: &Wish,
    ) -> Result<Result<Preview, Refused>, Fault> {
        let subscription = &found.subscription;
        let who = Who::Reader(subscription.account);
        match self.billing.preview(&who, subscription.id, wish).await {
            Ok(preview) => Ok(Ok(preview)),
            Err(error) => Ok(Err(Refused::of(error)?)),
        }
    }

    /// What will happen if it is done now.
    pub(super) async fn foresee(
        &self,
        visit: &Visit<'_>,
        found: &Found,
        what: What,
    ) -> Result<Foreseen, Fault> {
        let wish = match what {
            What::Cancel if found.subscription.ending.is_some() => {
                return Ok(Err(Refused::Commerce(Refusal::Ending)));
            }
            What::Cancel => cancel(CancelReason::Unsaid),
            What::Keep => Wish::Reactivate,
            What::KeepPlan => Wish::KeepPlan,
            What::Pause => Wish::Pause { resumes: None },
            What::Resume => Wish::Resume,
            What::Price => Wish::AcceptPriceRise,
            What::Withdraw => Wish::Withdraw,
            // Which have pages of their own.
            What::Change
            | What::Seats
            | What::Join
            | What::Leave
            | What::Pay
            | What::Card
            | What::Address => {
                return Ok(Err(Refused::Commerce(Refusal::SamePlan)));
            }
        };
        let preview = match self.preview(found, &wish).await? {
            Ok(preview) => preview,
            Err(refused) => return Ok(Err(refused)),
        };
        let refusing = match what {
            What::Price => self.preview(found, &Wish::RefusePriceRise).await?.ok(),
            _ => None,
        };
        let sales = self.billing.sales();
        let foreseeing = Foreseeing {
            speaker: &self.speaker(visit),
            found,
            context: Context {
                now: visit.request.now,
                tax: &sales.tax,
            },
            preview: &preview,
        };
        Ok(Ok(match what {
            What::Cancel => foreseeing.cancels(),
            What::Pause => foreseeing.pauses(),
            What::Resume => foreseeing.resumes(),
            What::Price => foreseeing.prices(refusing.as_ref()),
            What::Withdraw => foreseeing.withdraws(),
            _ => foreseeing.stays(),
        }))
    }
}

struct Foreseeing<'a> {
    speaker: &'a Speaker<'a>,
    found: &'a Found,
    context: Context<'a>,
    preview: &'a Preview,
}

impl Foreseeing<'_> {
    /// As it would be then.
    fn after(&self) -> &Subscription {
        &self.preview.subscription
    }

    fn cancels(&self) -> Vec<String> {
        let (before, after) = (&self.found.subscription, self.after());
        let speaker = self.speaker;
        let first = match (before.stage, after.period_end()) {
            _ if after.is_ended() => speaker.text("subscription-cancel-now", &[]),
            (Stage::Paused { .. }, _) => speaker.text("subscription-cancel-paused", &[]),
            _ if before.payments.open.is_some() => speaker.text("subscription-cancel-waiting", &[]),
            (_, Some(end)) => speaker.until("subscription-cancel-until", end),
            (_, None) => speaker.text("subscription-cancel-now", &[]),
        };
        let mut says = vec![first];
        if !after.is_ended() {
            says.push(speaker.text("subscription-cancel-back", &[]));
        }
        says
    }

    /// What is charged next, and with what.
    fn goes_on(&self) -> String {
        let speaker = self.speaker;
        let next = next_charge(self.after(), self.context.tax, self.context.now);
        let (Some((at, amount)), Some(method)) = (next, &self.found.method) else {
            return speaker.text("subscription-goes-on", &[]);
        };
        let (day, amount) = (speaker.day(at), speaker.money(amount));
        let card = card_said(speaker, method);
        let args = [
            ("day", Arg::Text(&day)),
            ("amount", Arg::Text(&amount)),
            ("card", Arg::Text(&card)),
        ];
        speaker.text("subscription-goes-on-paid", &args)
    }

    /// That it goes on, and that what waits for the bank is called off for it.
    fn stays(&self) -> Vec<String> {
        let waits = PaymentState::of(&self.found.subscription);
        let is_called_off = matches!(waits, PaymentState::NeedsAuthentication { .. })
            && PaymentState::of(self.after()) != waits;
        let calls_off =
            is_called_off.then(|| self.speaker.text("subscription-keep-plan-calls-off", &[]));
        calls_off.into_iter().chain([self.goes_on()]).collect()
    }

    fn pauses(&self) -> Vec<String> {
        let speaker = self.speaker;
        let mut says = vec![speaker.text("subscription-pause-says", &[])];
        if let Some(end) = self.found.subscription.period_end() {
            let left = end.duration_since(self.context.now).as_hours();
            let days = ("count", Arg::Number((left + 23) / 24));
            says.push(speaker.text("subscription-pause-left", &[days]));
        }
        says
    }

    fn resumes(&self) -> Vec<String> {
        let mut says = Vec::new();
        if let Some(end) = self.after().period_end() {
            says.push(self.speaker.until("subscription-resume-says", end));
        }
        if self.after().ending.is_none() {
            says.push(self.goes_on());
        }
        says
    }

    /// What accepting comes to, and then what refusing does.
    fn prices(&self, refusing: Option<&Preview>) -> Vec<String> {
        let speaker = self.speaker;
        let has = Has {
            subscription: self.after(),
            method: None,
            address: None,
        };
        let accepted = rise(speaker, &has, &self.context);
        let refused = refusing.and_then(|refusing| {
            let after = &refusing.subscription;
            let end = after.ends_with_period().and(after.period_end());
            let from = after.rise.map(|rise| rise.from);
            let end = end.or(from)?;
            Some(speaker.until("subscription-price-refusing", end))
        });
        accepted.into_iter().chain(refused).collect()
    }

    fn withdraws(&self) -> Vec<String> {
        let speaker = self.speaker;
        let back = match given_back(self.preview) {
            Some(amount) => {
                let amount = speaker.money(amount);
                let args = [("amount", Arg::Text(&amount))];
                speaker.text("subscription-withdraw-back", &args)
            }
            None => speaker.text("subscription-withdraw-nothing", &[]),
        };
        let subscription = &self.found.subscription;
        let withdrawal = subscription.terms.policy.withdrawal;
        let ends = withdrawal.and_then(|one| subscription.withdrawal_ends(one).ok());
        let until = ends.map(|ends| speaker.until("subscription-withdraw-until", ends));
        let says = speaker.text("subscription-withdraw-says", &[]);
        [says, back].into_iter().chain(until).collect()
    }
}

/// What would be given back in all, tax included; `None` where nothing would.
pub(super) fn given_back(preview: &Preview) -> Option<Money> {
    let currency = preview.subscription.terms.currency;
    let sum = Money::sum(currency, preview.given_back());
    sum.ok().filter(|sum| sum.is_positive())
}
