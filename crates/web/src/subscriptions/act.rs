//! Doing what a button says.

use billing::{BillingError, Came, Who, Wish};
use commerce::catalog::NotOffered;
use commerce::ids::SubscriptionId;
use commerce::payment::PaymentFact;
use commerce::subscription::Fact;
use http::StatusCode;
use jiff::Timestamp;
use prompts::Arg;
use store::Owner;
use store::acts::Act;

use super::What;
use super::ask::{self, Found};
use super::done::latest;
use super::foresee::cancel;
use super::refusal;
use crate::form::Form;
use crate::pages::{Answer, Fault, Visit};
use crate::respond;
use crate::shop::Shop;
use crate::words::Speaker;

/// The most characters of what somebody says when they leave.
const LONGEST_WORDS: usize = 1_000;

impl Shop<'_> {
    /// Does it, and goes to the account, where it is said that it was done. The
    /// same form twice is done once, and said twice.
    pub(super) async fn act_on(
        &self,
        visit: &Visit<'_>,
        id: SubscriptionId,
        what: What,
        form: &Form,
    ) -> Answer {
        let Some(found) = self.own(visit, id).await? else {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        let Some(wish) = wish(what, &found, form, visit.request.now) else {
            let ask = self.ask(visit, &found, what, form).await?;
            return self.show(visit, StatusCode::UNPROCESSABLE_ENTITY, &ask);
        };
        match self.command(visit, id, wish).await? {
            Ok(came) => {
                if what == What::Cancel {
                    self.keep_words(visit, id, form).await?;
                }
                // What waited for the bank was confirmed before it could be
                // called off.
                let is_changed = what == What::KeepPlan && gave_up_too_late(&came);
                let what = if is_changed { What::Change } else { what };
                Ok(respond::go(self.done(what.as_str(), id)))
            }
            Err(refused) => {
                let speaker = self.speaker(visit);
                if super::done::is_so(&found.subscription, what.as_str()) {
                    return Ok(respond::go(self.done(what.as_str(), id)));
                }
                let mut ask = self.ask(visit, &found, what, form).await?;
                ask.refused = Some(refused.said(&speaker));
                ask.to = None;
                self.show(visit, StatusCode::CONFLICT, &ask)
            }
        }
    }

    /// Asks for something to be done with a subscription of the reader's.
    pub(super) async fn command(
        &self,
        visit: &Visit<'_>,
        id: SubscriptionId,
        wish: Wish,
    ) -> Result<Result<Came, Refused>, Fault> {
        let Some(account) = visit.account() else {
            return Err(Fault::Busy);
        };
        match self.billing.command(&Who::Reader(account), id, wish).await {
            Ok(came) => {
                self.tell_gate_all().await;
                Ok(Ok(came))
            }
            Err(error) => Ok(Err(Refused::of(error)?)),
        }
    }

    /// Waits until the gate knows all that was committed so far.
    pub(super) async fn tell_gate_all(&self) {
        let feed = *self.store.feeds().borrow();
        self.gate_knows(feed).await;
    }

    /// What somebody said when they left, with the account, where it can be
    /// erased.
    async fn keep_words(
        &self,
        visit: &Visit<'_>,
        id: SubscriptionId,
        form: &Form,
    ) -> Result<(), Fault> {
        let words: String = form.trimmed("words").chars().take(LONGEST_WORDS).collect();
        if words.is_empty() {
            return Ok(());
        }
        let act = Act {
            actor: "reader".to_owned(),
            what: "said_on_leaving".to_owned(),
            why: words,
            account: visit.account(),
            owner: Some(Owner::Subscription(id)),
        };
        let mut writing = self.store.write().await?;
        writing.act(&act, visit.request.now).await?;
        writing.commit().await?;
        Ok(())
    }
}

/// Why it wasn't done: something to be said to the reader.
#[derive(Debug)]
pub(super) enum Refused {
    Commerce(commerce::subscription::Refusal),
    /// It would come to something else than was shown.
    Changed,
    /// It is sold for so many seats.
    Seats {
        least: u32,
        most: u32,
    },
    Key(&'static str),
}

impl Refused {
    /// What is for the reader; the rest is trouble of ours.
    pub(super) fn of(error: BillingError) -> Result<Self, Fault> {
        Ok(match error {
            BillingError::Refused(refusal) => Self::Commerce(refusal),
            BillingError::Changed => Self::Changed,
            BillingError::NotOffered(NotOffered::Seats { least, most }) => {
                Self::Seats { least, most }
            }
            BillingError::NotOffered(_) | BillingError::IsAGift | BillingError::IsNoGift => {
                Self::Key("subscription-refused-offer")
            }
            BillingError::NoSuchMethod => Self::Key("subscription-refused-card"),
            BillingError::CardInUse(_) => Self::Key("subscription-refused-card-used"),
            BillingError::NotVerified => Self::Key("subscription-refused-unverified"),
            BillingError::PaymentUnderWay(_) => Self::Key("subscription-refused-under-way"),
            BillingError::OnlyCare(_) => Self::Key("subscription-refused-care"),
            BillingError::Store(error) => return Err(Fault::Store(error)),
            error if error.fault() == billing::Fault::Theirs => {
                Self::Key("subscription-refused-other")
            }
            error => {
                tracing::error!(%error, "a subscription couldn't be seen to");
                return Err(Fault::Busy);
            }
        })
    }

    pub(super) fn said(&self, speaker: &Speaker<'_>) -> String {
        match self {
            Self::Commerce(refusal) => refusal::said(speaker, refusal),
            Self::Changed => speaker.text("subscription-plan-changed", &[]),
            Self::Seats { least, most } => {
                let (least, most) = (Arg::Number((*least).into()), Arg::Number((*most).into()));
                speaker.text("shop-seats-wrong", &[("least", least), ("most", most)])
            }
            Self::Key(key) => speaker.text(key, &[]),
        }
    }
}

/// Whether a change of plan that was to be given up has come about.
fn gave_up_too_late(came: &Came) -> bool {
    let voids = |fact: &Fact| matches!(fact, Fact::Payment(PaymentFact::VoidRequested { .. }));
    let is_paid = latest(&came.subscription) == What::Change.as_str();
    is_paid && came.subscription.change.is_none() && came.facts.iter().any(voids)
}

/// What the form wants; `None` where something in it has to be looked at again.
fn wish(what: What, found: &Found, form: &Form, now: Timestamp) -> Option<Wish> {
    Some(match what {
        What::Cancel => cancel(ask::reason(form)),
        What::Keep => Wish::Reactivate,
        What::Pause => Wish::Pause {
            resumes: Some(resumes(found, form, now)?),
        },
        What::Resume => Wish::Resume,
        // Which have forms of their own.
        What::Change
        | What::Seats
        | What::Join
        | What::Leave
        | What::Pay
        | What::Card
        | What::Address => {
            return None;
        }
        What::KeepPlan => Wish::KeepPlan,
        What::Price if form.get("answer") == "refuse" => Wish::RefusePriceRise,
        What::Price => Wish::AcceptPriceRise,
        What::Withdraw => Wish::Withdraw,
    })
}

/// The instant at which a pause ends: the beginning of the day that was chosen,
/// or as late as the terms allow, where that is on that day.
fn resumes(found: &Found, form: &Form, now: Timestamp) -> Option<Timestamp> {
    let subscription = &found.subscription;
    let Some((least, most)) = ask::pause_days(subscription, now) else {
        // Commerce refuses, and says why.
        return Some(now);
    };
    let day = ask::chosen(form.trimmed("day"), least, most)?;
    subscription.terms.zone.start_of(day).ok()
}
