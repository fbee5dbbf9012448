//! Charges that are to be called off, and of which nobody has said whether they
//! were: the request was lost, or its answer, or the bank is still at it. What
//! isn't called off may be paid, by a reader who confirms it weeks later, though
//! nobody wants it any more. So the provider is asked again, sooner at first, until
//! it says what became of the charge: it failed, or it was paid and is given back.

use commerce::ids::ChargeId;
use commerce::payment::{Outcome, Payments};
use jiff::{SignedDuration, Timestamp};
use providers::payment::{Answer, Notice, Request};
use store::jobs::{Job, NewJob};
use store::outbox::Task;
use store::{Owner, Reading, StoreError, Writing};

use super::request::NotAsked;
use crate::billing::Billing;
use crate::care::whose;

/// Minutes until it is asked again, the last of them again and again: what was
/// lost on the way is known in a minute, and a provider remembers its own answer
/// to the same request for a day.
const DELAYS: [i64; 7] = [1, 5, 30, 120, 360, 720, 1_440];

/// How often it is asked again: for two weeks, in which a bank's page is long
/// closed and a payment that is on its way has come.
const MOST: u32 = 20;

impl Billing {
    /// Has a charge that nobody wants called off again, where an answer leaves it
    /// open whether it still comes about.
    pub(super) async fn call_off_again(
        &self,
        writing: &mut Writing,
        job: &Job,
        answer: &Answer,
    ) -> Result<(), StoreError> {
        let (Some(owner), Some(charge)) = (job.owner, open_ended(answer)) else {
            return Ok(());
        };
        if !is_to_be_called_off(writing, owner, charge).await? {
            return Ok(());
        }
        let asked = match job.task {
            Task::AskVoid { asked, .. } => asked,
            _ => 0,
        };
        if asked >= MOST {
            tracing::error!(
                %charge,
                "the payment provider never said whether this could be called off; look for {} in \
                 the provider's dashboard and cancel the payment there. Should it have been paid, \
                 give it back there: our books know of no payment",
                charge.order
            );
            return Ok(());
        }
        let calling = NewJob {
            id: format!("{charge}/void/{}", asked + 1),
            // They aren't forgotten before it is known.
            account: whose(writing, owner).await?,
            task: Task::AskVoid {
                charge,
                asked: asked + 1,
            },
            due: self
                .now()
                .saturating_add(wait(asked))
                .unwrap_or(Timestamp::MAX),
        };
        writing.add_job(&calling, self.now()).await.map(drop)
    }

    /// What is asked of a charge that is to be called off again; or nothing, where
    /// it is known by now what became of it.
    pub(super) async fn about_void(
        &self,
        reading: &mut Reading,
        owner: Owner,
        charge: ChargeId,
    ) -> Result<Result<Request, Answer>, NotAsked> {
        let silent = |remark: Option<&str>| Answer {
            notice: None,
            reference: None,
            remark: remark.map(str::to_owned),
        };
        if !is_to_be_called_off(reading, owner, charge).await? {
            return Ok(Err(silent(None)));
        }
        let known = self.its_charge(reading, owner, charge).await?;
        let gone = "who was to pay, or with what, isn't known any more";
        Ok(known.map(Request::Void).ok_or_else(|| silent(Some(gone))))
    }
}

/// The charge that an answer is about, where it may still come about.
fn open_ended(answer: &Answer) -> Option<ChargeId> {
    match answer.notice {
        Some(Notice::Charge {
            charge,
            outcome: Outcome::Unknown | Outcome::NeedsAuthentication,
        }) => Some(charge),
        _ => None,
    }
}

async fn is_to_be_called_off(
    reading: &mut Reading,
    owner: Owner,
    charge: ChargeId,
) -> Result<bool, StoreError> {
    let payments = reading.payments_of([owner]).await?;
    let unwanted = |known: &Payments| known.may_come_unwanted(charge);
    Ok(payments.get(&owner).is_some_and(unwanted))
}

/// How long it is left alone after it was asked so many times again.
fn wait(asked: u32) -> SignedDuration {
    let place = usize::try_from(asked).unwrap_or(usize::MAX);
    let minutes = DELAYS.get(place.min(DELAYS.len() - 1));
    SignedDuration::from_mins(minutes.copied().unwrap_or(1_440))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_charge_is_called_off_again_for_two_weeks_sooner_at_first() {
        assert_eq!(wait(0), SignedDuration::from_mins(1));
        assert_eq!(wait(u32::MAX), SignedDuration::from_hours(24));
        let all: i64 = (0..MOST).map(|asked| wait(asked).as_hours()).sum();
        assert!((14 * 24..16 * 24).contains(&all), "{all} hours");
    }
}
