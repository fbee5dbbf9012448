//! A higher price for everybody who has a plan.

use commerce::ids::{PlanId, SubscriptionId};
use commerce::money::Money;
use commerce::subscription::{Command, Context, Fact, Refusal, Subscription, handle};
use commerce::terms::Silence;
use jiff::Timestamp;
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

/// What became of it, or would.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Risen {
    /// How many were told.
    pub announced: u64,
    /// What they were told; the first few kinds.
    pub notices: Vec<Notice>,
    /// For whom nothing changes.
    pub passed_over: PassedOver,
    /// How many refused for another reason.
    pub refused: u64,
    /// Which, and why; the first hundred.
    pub reasons: Vec<(SubscriptionId, Refusal)>,
}

/// What so many were told alike: what they have agreed to says how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// For periods that begin then or later.
    pub from: Timestamp,
    /// What it means that a reader doesn't answer.
    pub silence: Silence,
    /// How many.
    pub many: u64,
}

/// For how many nothing changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PassedOver {
    /// A rise was announced to them before.
    pub told_before: u64,
    /// They pay that much already, or more.
    pub pay_that: u64,
    /// They pay in another currency.
    pub other_currency: u64,
    /// Theirs ends anyway.
    pub ending: u64,
    /// Theirs isn't paid for yet.
    pub unpaid: u64,
}

/// The most that are listed.
const LISTED: usize = 100;

/// The most kinds of notices that are told apart: one for each policy that was
/// ever agreed to, and whoever has changed it more often can add up.
const KINDS: usize = 20;

/// Is told how many subscriptions have been looked at.
type Told<'a> = &'a mut (dyn FnMut(u64) + Send);

impl Billing {
    /// What an announcement would come to now. Nothing is done.
    pub async fn foresee_price_rise(
        &self,
        rise: &Rise,
        told: Told<'_>,
    ) -> Result<Risen, BillingError> {
        let (sales, now) = (self.sales(), self.now());
        let context = Context {
            now,
            tax: &sales.tax,
        };
        let (mut risen, mut pages) = (Risen::default(), Pages::default());
        let command = rise.command();
        while let Some(some) = self.next_page(&mut pages, told).await? {
            for one in some.iter().filter(|one| one.terms.plan == rise.plan) {
                risen.count(one.id, handle(one, &command, &context));
            }
        }
        Ok(risen)
    }

    /// Announces a higher price to everybody who has a plan, some hundreds in a
    /// transaction. Interrupted, it is done again: who knows already isn't told
    /// twice.
    pub async fn announce_price_rise(
        &self,
        who: &Who,
        rise: &Rise,
        told: Told<'_>,
    ) -> Result<Risen, BillingError> {
        let Who::Care { actor, why } = who else {
            return Err(BillingError::OnlyCare("a price rise"));
        };
        let (mut risen, mut pages) = (Risen::default(), Pages::default());
        let command = rise.command();
        while let Some(some) = self.next_page(&mut pages, told).await? {
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
            let before = risen.announced;
            for ((id, _), answer) in meant.iter().zip(answers) {
                match answer {
                    Ok(done) => risen.count(*id, Ok(done.facts)),
                    Err(CommandError::Refused(refusal)) => risen.count(*id, Err(refusal)),
                    Err(CommandError::Store(error)) => return Err(error.into()),
                }
            }
            // Where nobody was told anything, nobody did it.
            if risen.announced > before {
                writing.commit().await?;
                self.wake();
            }
        }
        Ok(risen)
    }

    async fn next_page(
        &self,
        pages: &mut Pages,
        told: Told<'_>,
    ) -> Result<Option<Vec<Subscription>>, BillingError> {
        let mut reading = self.inner.store.read().await?;
        let some = reading
            .running_subscriptions(pages.after, MAX_BATCH)
            .await?;
        let Some(last) = some.last() else {
            return Ok(None);
        };
        pages.after = Some(last.id);
        pages.seen += some.len() as u64;
        told(pages.seen);
        Ok(Some(some))
    }
}

/// How far a look at all running subscriptions has come.
#[derive(Default)]
struct Pages {
    after: Option<SubscriptionId>,
    seen: u64,
}

impl Rise {
    fn command(&self) -> Command {
        Command::AnnouncePriceRise {
            price: self.price,
            from: self.from,
        }
    }
}

impl Risen {
    fn count(&mut self, id: SubscriptionId, answer: Result<Vec<Fact>, Refusal>) {
        let over = &mut self.passed_over;
        match answer {
            Ok(facts) => {
                self.announced += 1;
                let rises = facts.iter().filter_map(|fact| match fact {
                    Fact::PriceRiseAnnounced(rise) => Some((rise.from, rise.silence)),
                    _ => None,
                });
                for (from, silence) in rises {
                    self.notice(from, silence);
                }
            }
            Err(Refusal::RiseAnnounced) => over.told_before += 1,
            Err(Refusal::NotARise { .. }) => over.pay_that += 1,
            Err(Refusal::OtherCurrency(_)) => over.other_currency += 1,
            Err(Refusal::EndsAnyway { .. }) => over.ending += 1,
            Err(Refusal::Incomplete) => over.unpaid += 1,
            Err(refusal) => {
                self.refused += 1;
                if self.reasons.len() < LISTED {
                    self.reasons.push((id, refusal));
                }
            }
        }
    }

    fn notice(&mut self, from: Timestamp, silence: Silence) {
        let alike = |notice: &&mut Notice| (notice.from, notice.silence) == (from, silence);
        if let Some(notice) = self.notices.iter_mut().find(alike) {
            notice.many += 1;
        } else if self.notices.len() < KINDS {
            self.notices.push(Notice {
                from,
                silence,
                many: 1,
            });
        }
    }
}

impl PassedOver {
    /// All of them.
    pub fn all(&self) -> u64 {
        self.told_before + self.pay_that + self.other_currency + self.ending + self.unpaid
    }
}
