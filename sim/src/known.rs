//! What the simulation knows of each subscription and gift by its facts. Those
//! that are new are read whenever something may have happened, and held to the
//! laws; what is stored has to be what they make of it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use commerce::gift::{Gift, GiftFact, GiftStage};
use commerce::ids::{AccountId, GiftId, SubscriptionId};
use commerce::payment::PaymentFact;
use commerce::subscription::{Fact, Subscription, next_due};
use jiff::Timestamp;
use store::{Owner, Reading, StoreError};

use crate::counts::Counts;
use crate::laws::{GiftLaws, Laws, OF_A_FACT, Says};
use crate::money::Moved;
use crate::outbox::Outbox;

/// A subscription.
#[derive(Clone, Debug)]
pub(crate) struct One {
    pub(crate) state: Subscription,
    pub(crate) laws: Laws,
    facts: u64,
    readers: BTreeSet<AccountId>,
    /// When something is due, or its access may change.
    next: Option<Timestamp>,
}

/// A gift.
#[derive(Clone, Debug)]
pub(crate) struct Present {
    pub(crate) state: Gift,
    laws: GiftLaws,
    facts: u64,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Known {
    subscriptions: BTreeMap<SubscriptionId, One>,
    gifts: BTreeMap<GiftId, Present>,
    own: BTreeMap<AccountId, BTreeSet<SubscriptionId>>,
    read: BTreeMap<AccountId, BTreeSet<SubscriptionId>>,
    moments: BTreeSet<(Timestamp, Owner)>,
    /// What came of gifts whose payment was taken back.
    revoked: BTreeSet<SubscriptionId>,
    pub(crate) moved: Moved,
    pub(crate) outbox: Outbox,
}

impl Known {
    pub(crate) fn subscriptions(&self) -> &BTreeMap<SubscriptionId, One> {
        &self.subscriptions
    }

    pub(crate) fn gifts(&self) -> &BTreeMap<GiftId, Present> {
        &self.gifts
    }

    /// An account's own subscriptions.
    pub(crate) fn own(&self, account: AccountId) -> impl Iterator<Item = &One> {
        let ids = self.own.get(&account).into_iter().flatten();
        ids.filter_map(|id| self.subscriptions.get(id))
    }

    /// Who reads by a subscription, or once did.
    pub(crate) fn readers(&self, owner: Owner) -> BTreeSet<AccountId> {
        match owner {
            Owner::Subscription(id) => {
                let one = self.subscriptions.get(&id);
                one.map(|one| one.readers.clone()).unwrap_or_default()
            }
            Owner::Gift(_) => BTreeSet::new(),
        }
    }

    /// What comes first, and when.
    pub(crate) fn next(&self) -> Option<(Timestamp, Owner)> {
        self.moments.first().copied()
    }

    /// Reads what is new of it, if anything is, and holds it to the laws.
    pub(crate) async fn look(
        &mut self,
        reading: &mut Reading,
        owner: Owner,
        now: Timestamp,
        counts: &mut Counts,
    ) -> Result<()> {
        let looked = match owner {
            Owner::Subscription(id) => self.subscription(reading, id, now, counts).await,
            Owner::Gift(id) => self.gift(reading, id, counts).await,
        };
        if looked.is_err() {
            tell(reading, owner).await?;
        }
        looked.with_context(|| format!("of {owner}"))
    }

    async fn subscription(
        &mut self,
        reading: &mut Reading,
        id: SubscriptionId,
        now: Timestamp,
        counts: &mut Counts,
    ) -> Result<()> {
        let owner = Owner::Subscription(id);
        let mut one = match self.subscriptions.remove(&id) {
            Some(one) => one,
            None => One::begun(id, &reading.fact(id, 1).await?)?,
        };
        self.forget(owner, one.next);
        let before = one.facts;
        while let Some(fact) = there(reading.fact(id, one.facts + 1).await)? {
            one.take(&fact)?;
            counts.digest.take(fact.name());
            counts.checked += OF_A_FACT;
            self.outbox.asks(owner, one.facts, &fact);
            if let Fact::Payment(fact) = &fact {
                self.paying(fact, counts);
            }
        }
        if one.facts > before {
            one.laws.rest()?;
            let stored = reading.subscription(id).await?.context("it was there")?;
            ensure!(stored == one.state, "a projection is what its facts make");
            let (ours, theirs) = (one.laws.deferred(), stored.deferred);
            ensure!(
                ours == theirs.minor(),
                "what isn't earned is {ours} by the books, and {theirs} by the projection"
            );
            counts.checked += 3;
        }
        self.keep(id, one, now);
        Ok(())
    }

    /// Puts it where it is found.
    fn keep(&mut self, id: SubscriptionId, mut one: One, now: Timestamp) {
        let due = next_due(&one.state).map(|due| due.at);
        let changes = one.laws.access().changes_after(now);
        one.next = due.into_iter().chain(changes).min();
        if let Some(next) = one.next {
            self.moments.insert((next, Owner::Subscription(id)));
        }
        self.own.entry(one.state.account).or_default().insert(id);
        one.readers.extend(one.laws.access().readers());
        for reader in &one.readers {
            self.read.entry(*reader).or_default().insert(id);
        }
        self.subscriptions.insert(id, one);
    }

    async fn gift(&mut self, reading: &mut Reading, id: GiftId, counts: &mut Counts) -> Result<()> {
        let owner = Owner::Gift(id);
        let mut one = match self.gifts.remove(&id) {
            Some(one) => one,
            None => Present::bought(id, &reading.gift_fact(id, 1).await?)?,
        };
        self.forget(owner, one.state.next_due());
        let before = one.facts;
        while let Some(fact) = there(reading.gift_fact(id, one.facts + 1).await)? {
            one.facts += 1;
            one.laws.take(&fact)?;
            one.state.apply(&fact);
            counts.digest.take(fact.name());
            counts.checked += OF_A_FACT;
            self.outbox.gift_asks(owner, one.facts, &fact);
            match &fact {
                GiftFact::Payment(fact) => self.paying(fact, counts),
                GiftFact::RevocationRequested { subscription } => {
                    self.revoked.insert(*subscription);
                }
                _ => {}
            }
        }
        if one.facts > before {
            one.laws.rest()?;
            one.is_nobodys_once_refunded()?;
            let stored = reading.gift(id).await?.context("it was there")?;
            ensure!(stored == one.state, "a projection is what its facts make");
            let (ours, theirs) = (one.laws.deferred(), stored.deferred);
            ensure!(
                ours == theirs.minor(),
                "what isn't earned is {ours} by the books, and {theirs} by the projection"
            );
            counts.checked += 4;
        }
        if let Some(next) = one.state.next_due() {
            self.moments.insert((next, owner));
        }
        self.gifts.insert(id, one);
        Ok(())
    }

    fn paying(&mut self, fact: &PaymentFact, counts: &mut Counts) {
        self.moved.take(fact);
        let charged = matches!(fact, PaymentFact::ChargeRequested { .. });
        counts.charges += u64::from(charged);
    }

    fn forget(&mut self, owner: Owner, next: Option<Timestamp>) {
        if let Some(next) = next {
            self.moments.remove(&(next, owner));
        }
    }

    /// What came of gifts whose payment was taken back is over: for when all is
    /// quiet.
    pub(crate) fn nothing_revoked_goes_on(&self) -> Result<()> {
        for id in &self.revoked {
            let one = self.subscriptions.get(id);
            ensure!(
                one.is_none_or(|one| one.state.is_ended()),
                "what is revoked is over: {id} goes on"
            );
        }
        Ok(())
    }

    /// What the facts say of an account's access.
    pub(crate) fn says(&self, account: AccountId, at: Timestamp) -> Says {
        let ids = self.read.get(&account).into_iter().flatten();
        let mut says = Says::Closed;
        for one in ids.filter_map(|id| self.subscriptions.get(id)) {
            let access = one.laws.access();
            match access.at(at) {
                _ if !access.readers().contains(&account) => {}
                Says::Open => return Says::Open,
                Says::Turning => says = Says::Turning,
                Says::Closed => {}
            }
        }
        says
    }
}

impl One {
    fn begun(id: SubscriptionId, first: &Fact) -> Result<Self> {
        Ok(Self {
            state: Subscription::replay(id, [first])?,
            laws: Laws::default(),
            facts: 0,
            readers: BTreeSet::new(),
            next: None,
        })
    }

    fn take(&mut self, fact: &Fact) -> Result<()> {
        self.facts += 1;
        self.laws.take(fact)?;
        if self.facts > 1 {
            self.state.apply(fact);
        }
        Ok(())
    }
}

impl Present {
    fn bought(id: GiftId, first: &GiftFact) -> Result<Self> {
        Ok(Self {
            state: Gift::replay(id, [first])?,
            laws: GiftLaws::default(),
            facts: 0,
        })
    }

    /// Nobody can redeem what was given back.
    fn is_nobodys_once_refunded(&self) -> Result<()> {
        for payment in self.state.payments.payments() {
            ensure!(
                !self.is_ready() || payment.refunded != payment.total,
                "what was given back entitles nobody: {} is still there to be redeemed",
                self.state.id
            );
        }
        Ok(())
    }

    /// Whether somebody could redeem it.
    pub(crate) fn is_ready(&self) -> bool {
        matches!(self.state.stage, GiftStage::Ready { .. })
    }
}

/// A fact, if there is one.
fn there<F>(fact: Result<F, StoreError>) -> Result<Option<F>, StoreError> {
    match fact {
        Ok(fact) => Ok(Some(fact)),
        Err(StoreError::Unknown(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Says what has happened to whatever breaks a law, for whoever looks for the reason.
async fn tell(reading: &mut Reading, owner: Owner) -> Result<()> {
    let facts: Vec<String> = match owner {
        Owner::Subscription(id) => debugged(&reading.facts(id).await?),
        Owner::Gift(id) => debugged(&reading.gift_facts(id).await?),
    };
    for (seq, fact) in (1..).zip(facts) {
        eprintln!("{owner}/{seq}: {fact}");
    }
    Ok(())
}

fn debugged<T: std::fmt::Debug>(facts: &[T]) -> Vec<String> {
    facts.iter().map(|fact| format!("{fact:?}")).collect()
}
