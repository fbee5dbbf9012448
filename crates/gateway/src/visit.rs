//! Deciding and counting: the two phases that may have to be repeated, because
//! another request of the same reader can come between them.

use access::{
    Decision, Facts, Freshness, Moment, Outcome, Purpose, Reader, ReaderId, ReaderKind, Reason,
    Request, StoryNo, decide,
};
use meter::{Charged, Lookup, NetworkKey, Store, Term, Unavailable};

use crate::accounts::Accounts;
use crate::address;
use crate::metrics::{Metrics, Phase, Stopwatch};
use crate::pages::StoryPage;
use crate::policy::Policy;
use crate::visitor::Visitor;
use crate::world::World;

/// How often a decision is made anew because the meter's state moved under it.
/// Each time, another request of the same reader has been counted; more of
/// these at once than this is nobody reading.
const TRIES: usize = 8;

/// What deciding and counting work with.
pub(crate) struct Visit<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) meter: &'a Store,
    /// Whose gifts still hold.
    pub(crate) accounts: &'a Accounts,
    pub(crate) world: &'a World,
    pub(crate) metrics: &'a Metrics,
    /// What network prefixes are hashed with before they are kept.
    pub(crate) network_secret: &'a [u8; 32],
    pub(crate) story: &'a StoryPage,
    pub(crate) request: &'a Request<'a>,
    pub(crate) moment: &'a Moment,
    /// Whether the page's latest version couldn't be had, so that this one
    /// serves for its beginning only.
    pub(crate) degraded: bool,
}

/// How counting went.
enum Count {
    Done,
    /// The state isn't what the decision was made on.
    Moved,
}

impl Visit<'_> {
    /// Decides, and counts what the decision charges for. When this returns a
    /// full outcome, everything that had to happen before the first locked
    /// byte has happened.
    pub(crate) async fn run(&self, visitor: &mut Visitor, watch: &mut Stopwatch<'_>) -> Decision {
        if self.degraded {
            let decision = self.on(&visitor.reader, &[]);
            return match decision.outcome {
                Outcome::Full => decision.unavailable(),
                // Nobody is sold what they were given.
                Outcome::Preview if !visitor.gifts.is_empty() => decision.unavailable(),
                Outcome::Preview => decision,
            };
        }
        let decision = self.decide(visitor).await;
        watch.lap(Phase::Decide);
        if visitor.is_unknown && decision.outcome == Outcome::Preview {
            // They may have bought what they would be asked to buy.
            return decision.unavailable();
        }
        if decision.charge.is_none() || self.request.purpose == Purpose::Prefetch {
            return decision;
        }
        let fresh = visitor.id.is_none();
        let decision = self.pay(visitor, decision).await;
        if fresh && decision.outcome == Outcome::Preview {
            // Nothing was counted, so there is nothing to know them again by.
            visitor.id = None;
            visitor.issue = false;
        }
        watch.lap(Phase::Count);
        match decision.outcome {
            Outcome::Preview if visitor.is_unknown => decision.unavailable(),
            _ => decision,
        }
    }

    /// Counts what the decision charges for, deciding anew as often as another
    /// request of the same reader comes between.
    async fn pay(&self, visitor: &mut Visitor, mut decision: Decision) -> Decision {
        for _ in 0..TRIES {
            let Some(charge) = decision.charge else {
                return decision;
            };
            match self.count(visitor, decision.reason, &charge).await {
                Ok(Count::Done) => return decision,
                Ok(Count::Moved) => decision = self.decide(visitor).await,
                Err(error) => return self.unmetered(&decision, &error),
            }
        }
        unpaid(decision)
    }

    async fn decide(&self, visitor: &mut Visitor) -> Decision {
        visitor.reader.gift = None;
        let decision = self.by_rules(visitor).await;
        if visitor.gifts.is_empty() || decision.is_open_anyway() {
            return decision;
        }
        // In a box, so that who holds none pays nothing for it.
        let best = Box::pin(self.look_at_all(&visitor.gifts)).await;
        (visitor.gift, visitor.reader.gift) = best.unzip();
        self.by_rules(visitor).await
    }

    async fn by_rules(&self, visitor: &mut Visitor) -> Decision {
        let Some(id) = visitor.id else {
            self.look_at_budget(visitor);
            return self.on(&visitor.reader, &[]);
        };
        let answer = self
            .meter
            .read(id, |history| self.on(&visitor.reader, history));
        let decision = match answer {
            Lookup::Warm(decision) => decision,
            Lookup::Cold => {
                // Most of the time the meter has no say: subscribers, free
                // stories. Then its disk isn't asked either.
                let without = self.on(&visitor.reader, &[]);
                if without.reading.is_none() {
                    return without;
                }
                match self.warm(id).await {
                    Ok(()) => match self.meter.read(id, |h| self.on(&visitor.reader, h)) {
                        Lookup::Warm(decision) => decision,
                        Lookup::Cold => return without.unavailable(),
                    },
                    Err(error) => return self.unmetered(&without, &error),
                }
            }
        };
        self.settle(id, decision).await
    }

    fn on(&self, reader: &Reader, history: &[access::Counted]) -> Decision {
        let facts = Facts {
            story: &self.story.story,
            reader,
            request: self.request,
            moment: self.moment,
        };
        let number = self.story.number(|id| self.meter.find_story(id));
        decide(&self.policy.parts.rules, &facts, number, history)
    }

    /// What was counted a moment ago by a parallel request may not be on disk
    /// yet; where every count has to be, this one waits for it too.
    async fn settle(&self, id: access::ReaderId, decision: Decision) -> Decision {
        let open = decision.outcome == Outcome::Full && decision.reason == Reason::AlreadyCounted;
        if !open || !self.meter.is_sync() {
            return decision;
        }
        match self.meter.pending(id) {
            None => decision,
            Some(ticket) => match self.meter.durable(ticket).await {
                Ok(()) => decision,
                Err(error) => self.unmetered(&decision, &error),
            },
        }
    }

    pub(crate) async fn warm(&self, id: access::ReaderId) -> Result<(), Unavailable> {
        let meter = self.meter.clone();
        tokio::task::spawn_blocking(move || meter.warm(id))
            .await
            .unwrap_or(Err(Unavailable::Closed))
    }

    /// A reader without an id may become a new one only while the network has
    /// budget; looking spends nothing.
    fn look_at_budget(&self, visitor: &mut Visitor) {
        let ReaderKind::Anonymous(_) = visitor.reader.kind else {
            return;
        };
        let spent = self.network(visitor).is_some_and(|network| {
            self.meter
                .budget_left(network, self.term(), self.policy.parts.fresh_readers)
                == 0
        });
        let freshness = if spent {
            Freshness::OverBudget
        } else {
            Freshness::Fresh
        };
        visitor.reader.kind = ReaderKind::Anonymous(freshness);
    }

    async fn count(
        &self,
        visitor: &mut Visitor,
        reason: Reason,
        charge: &access::Charge,
    ) -> Result<Count, Unavailable> {
        if reason == Reason::Gift {
            // Nobody else's gift can be charged for this story: without one that is
            // held there is no such reason.
            return match visitor.gift {
                Some(held) => self.charge(held.gift.record(), held.browser, charge).await,
                None => Ok(Count::Moved),
            };
        }
        let id = match visitor.id {
            Some(id) => id,
            None => match self.admit(visitor)? {
                Some(id) => id,
                None => return Ok(Count::Moved),
            },
        };
        let story = self
            .story
            .number_or_else(|story| self.meter.story_no(story))?;
        let count = self.charge(id, story, charge).await?;
        if matches!(count, Count::Done) {
            visitor.was_counted();
        }
        Ok(count)
    }

    async fn charge(
        &self,
        id: ReaderId,
        story: StoryNo,
        charge: &access::Charge,
    ) -> Result<Count, Unavailable> {
        match self.meter.charge(id, story, charge)? {
            Charged::Counted { ticket, .. } => {
                if self.meter.is_sync() {
                    self.meter.durable(ticket).await?;
                }
                Ok(Count::Done)
            }
            Charged::Already { .. } | Charged::Refused { .. } | Charged::Cold => Ok(Count::Moved),
        }
    }

    /// Makes a new reader at the network's expense; `None` where another one
    /// has just spent the last of the budget.
    fn admit(&self, visitor: &mut Visitor) -> Result<Option<access::ReaderId>, Unavailable> {
        if let Some(network) = self.network(visitor) {
            let limit = self.policy.parts.fresh_readers;
            if !self.meter.spend(network, self.term(), limit)?.is_allowed() {
                return Ok(None);
            }
        }
        let mut id = access::ReaderId([0; 12]);
        if !(self.world.random)(&mut id.0) {
            return Err(Unavailable::Closed);
        }
        self.meter.welcome(id);
        visitor.id = Some(id);
        visitor.issue = true;
        Ok(Some(id))
    }

    /// The network as the budget knows it: a keyed hash, so that no address is
    /// ever written down.
    fn network(&self, visitor: &Visitor) -> Option<NetworkKey> {
        let prefix = address::network(visitor.address)?;
        let hash = |part: &[u8]| blake3::keyed_hash(self.network_secret, part);
        let mut key = [0; 8];
        key[..3].copy_from_slice(&hash(&address::neighbourhood(prefix)).as_bytes()[..3]);
        key[3..].copy_from_slice(&hash(&prefix).as_bytes()[..5]);
        Some(NetworkKey(key))
    }

    fn unmetered(&self, decision: &Decision, error: &Unavailable) -> Decision {
        self.warn(error);
        decision.unavailable()
    }

    pub(crate) fn warn(&self, error: &Unavailable) {
        if let Some(requests) = self.metrics.unmetered((self.world.elapsed)()) {
            tracing::warn!(
                %error, requests,
                "the meter can't count, so metered stories show their beginning"
            );
        }
    }

    /// The term that budgets are for now.
    fn term(&self) -> Term {
        Term::of(self.moment.minute(), self.policy.parts.fresh_hours)
    }
}

/// What becomes of a decision that there is no more time to pay for: one that
/// costs nothing, or not any more, stands.
fn unpaid(decision: Decision) -> Decision {
    match decision.charge {
        None => decision,
        Some(_) => decision.unavailable(),
    }
}

#[cfg(test)]
mod tests {
    use access::{Charge, MeterNo, Minute};

    use super::*;

    #[test]
    fn only_what_would_have_cost_something_is_withheld_for_want_of_time() {
        let free = Decision {
            outcome: Outcome::Full,
            reason: Reason::AlreadyCounted,
            rule: None,
            reading: None,
            charge: None,
            prompt: None,
        };
        assert_eq!(unpaid(free), free);
        let charge = Charge {
            meter: MeterNo::new(0).expect("a number"),
            since: Minute::MIN,
            at: Minute::MIN,
            limit: 3,
        };
        let metered = Decision {
            reason: Reason::Counted,
            charge: Some(charge),
            ..free
        };
        assert_eq!(unpaid(metered).outcome, Outcome::Preview);
    }
}
