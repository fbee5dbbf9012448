//! A higher price for everybody who has a plan.

use commerce::ids::{PlanId, SubscriptionId};
use commerce::money::Money;
use commerce::subscription::{Command, Refusal};
use jiff::civil::Date;
use store::acts::Act;
use store::subscriptions::{CommandError, MAX_BATCH};

use crate::billing::Billing;
use crate::command::Who;
use crate::error::BillingError;

/// A price rise of a plan.
#[derive(Clone, Debug)]
pub struct Rise {
    /// Which plan. Those who are to have another one by the end of their period
    /// aren't meant.
    pub plan: PlanId,
    /// The new price of one seat.
    pub price: Money,
    /// For periods that begin on that day or later; `None` for as early as the
    /// notice allows.
    pub from: Option<Date>,
}

/// What became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Risen {
    /// How many were told.
    pub announced: u64,
    /// How many it was announced to before, or pay in another currency, or end
    /// anyway: nothing changes for them.
    pub passed_over: u64,
    /// Those that refused for another reason, and why; the first hundred.
    pub refused: Vec<(SubscriptionId, Refusal)>,
}

/// The most that are listed.
const LISTED: usize = 100;

impl Billing {
    /// Announces a higher price to everybody who has a plan, some hundreds in a
    /// transaction. Interrupted, it is done again: who knows already isn't told
    /// twice.
    pub async fn announce_price_rise(&self, who: &Who, rise: &Rise) -> Result<Risen, BillingError> {
        let Who::Care { actor, why } = who else {
            return Err(BillingError::OnlyCare("a price rise"));
        };
        let mut risen = Risen::default();
        let mut after = None;
        loop {
            let mut reading = self.inner.store.read().await?;
            let some = reading.running_subscriptions(after, MAX_BATCH).await?;
            drop(reading);
            let Some(last) = some.last() else {
                return Ok(risen);
            };
            after = Some(last.id);
            let command = Command::AnnouncePriceRise {
                price: rise.price,
                from: rise.from,
            };
            let meant: Vec<_> = some
                .iter()
                .filter(|one| one.terms.plan == rise.plan)
                .map(|one| (one.id, command.clone()))
                .collect();
            if meant.is_empty() {
                continue;
            }
            let (sales, now) = (self.sales(), self.now());
            let mut writing = self.inner.store.write().await?;
            let act = Act {
                actor: actor.clone(),
                what: "announce_price_rise".to_owned(),
                why: why.clone(),
                account: None,
                owner: None,
            };
            let act = writing.act(&act, now).await?;
            let books = sales.books(now, Some(act));
            let answers = writing.commands(&meant, &books).await?;
            for ((id, _), answer) in meant.iter().zip(answers) {
                risen.count(*id, answer.map(|done| done.facts.is_empty()))?;
            }
            writing.commit().await?;
            self.wake();
        }
    }
}

impl Risen {
    fn count(
        &mut self,
        id: SubscriptionId,
        answer: Result<bool, CommandError>,
    ) -> Result<(), BillingError> {
        match answer {
            Ok(false) => self.announced += 1,
            Ok(true)
            | Err(CommandError::Refused(
                Refusal::RiseAnnounced
                | Refusal::OtherCurrency(_)
                | Refusal::EndsAnyway { .. }
                | Refusal::Incomplete,
            )) => self.passed_over += 1,
            Err(CommandError::Refused(refusal)) => {
                if self.refused.len() < LISTED {
                    self.refused.push((id, refusal));
                }
            }
            Err(CommandError::Store(error)) => return Err(error.into()),
        }
        Ok(())
    }
}
