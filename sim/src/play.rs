//! Time passes, readers come and want things, the program crashes; after every
//! step what was touched is held to the laws.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use billing::{Happened, Happening};
use commerce::ids::AccountId;
use jiff::{SignedDuration, Timestamp};
use store::Owner;
use store::jobs::Lane;
use tokio::sync::mpsc;

use crate::asked::Asked;
use crate::audit::audit;
use crate::counts::Counts;
use crate::dice::Dice;
use crate::house::House;
use crate::known::Known;
use crate::laws::Says;

/// How many wishes a reader has, on average, over the whole time.
const WISHES: u64 = 8;

/// How often everything is looked at as a whole.
const AUDITED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long readers are left alone at the end: longer than any grace, retry or
/// inquiry takes.
const AFTERWARDS: SignedDuration = SignedDuration::from_hours(60 * 24);

/// How much of the time passes by the system's clock alone, when nobody moves
/// the business clock and what is due is late: a fiftieth.
const BY_ITSELF: i32 = 50;

/// How many steps end in a crash, and how many in a thousand at most: each costs
/// a look at everything.
const CRASHES: u64 = 200;
const MOST_CRASHES: u64 = 60;

/// So much rarer are crashes when the clock is moved, which it is about so much
/// oftener.
const ON_THE_WAY: u64 = 8;

/// After how many looks at the clock at most: as many as a purchase takes with
/// its payment, and a moment with everything that falls due in it.
const LOOKS: u64 = 40;

/// How many minutes are waited at the end, until nothing is under way.
const UNTIL_QUIET: usize = 2_000;

/// What happens in one step is told over this; who listens takes it at once.
const TOLD: usize = 256;

/// A simulation under way.
pub(crate) struct Play {
    pub(crate) house: House,
    pub(crate) dice: Dice,
    pub(crate) readers: Vec<AccountId>,
    pub(crate) known: Known,
    pub(crate) counts: Counts,
    /// Who was at it last: after a crash nobody else knows what they began.
    pub(crate) acting: BTreeSet<AccountId>,
    asked: Asked,
}

impl Play {
    pub(crate) async fn new(asked: Asked) -> Result<Self> {
        Ok(Self {
            house: House::build(asked.seed).await?,
            dice: Dice::new(asked.seed),
            readers: Vec::new(),
            known: Known::default(),
            counts: Counts::default(),
            acting: BTreeSet::new(),
            asked,
        })
    }

    /// How many steps there are.
    pub(crate) fn steps(&self) -> u64 {
        self.asked.readers * WISHES
    }

    /// All of it. `progress` is told how many steps are done.
    pub(crate) async fn run(&mut self, mut progress: impl FnMut(u64)) -> Result<()> {
        let steps = self.steps();
        let span = SignedDuration::from_hours(24 * self.asked.days);
        // From nought to twice the mean.
        let longest = 2 * span.as_secs().unsigned_abs() / steps;
        let mut audited = self.house.now();
        for step in 0..steps {
            let seconds = i64::try_from(self.dice.below(longest))?;
            self.pass(SignedDuration::from_secs(seconds)).await?;
            self.step(step).await?;
            if self.house.now().duration_since(audited) > AUDITED {
                audited = self.house.now();
                self.audit().await?;
            }
            progress(step + 1);
        }
        self.pass(AFTERWARDS).await?;
        self.quiet().await?;
        self.audit().await?;
        self.known.nothing_revoked_goes_on()?;
        self.known.moved.nothing_kept(self.house.sandbox()?)?;
        self.known.outbox.nor_too_little(&self.house.outside.post)?;
        self.counts.mails = self.house.outside.post.count();
        self.counts.subscriptions = u64::try_from(self.known.subscriptions().len())?;
        self.counts.gifts = u64::try_from(self.known.gifts().len())?;
        Ok(())
    }

    async fn audit(&mut self) -> Result<()> {
        self.everybody_reads_who_should()?;
        audit(&self.house, &self.known, &mut self.counts).await
    }

    /// Somebody does something.
    async fn step(&mut self, step: u64) -> Result<()> {
        self.counts.steps += 1;
        self.acting.clear();
        // Newcomers spread over all of the time.
        let due = 1 + self.asked.readers * step / self.steps();
        let comes = u64::try_from(self.readers.len())? < due;
        let doom = self.house.outside.doom.clone();
        let looks = self.looks(self.crashes());
        let does = Box::pin(async {
            if comes {
                self.comes().await
            } else {
                self.wants().await
            }
        });
        match doom.befalls(looks, does).await {
            // Who pays for a week that has passed meanwhile is at the next one's turn.
            Some(touched) => self.look_at(touched?, Still::Asleep).await,
            None => self.crash().await,
        }
    }

    /// Time passes, one moment at which something is due after the other. Who may
    /// read is looked at just before each, and right after.
    pub(crate) async fn pass(&mut self, time: SignedDuration) -> Result<()> {
        self.house.waits(time / BY_ITSELF);
        let until = self.house.now().checked_add(time)?;
        while let Some((at, owner)) = self.known.next().filter(|(at, _)| *at <= until) {
            let readers = self.known.readers(owner);
            let before = at.saturating_sub(SignedDuration::from_micros(1))?;
            // What ends by itself ends to the moment, though nobody did anything.
            self.read_who_should(&readers, before, Still::Awake)?;
            self.read_who_should(&readers, at, Still::Asleep)?;
            let mut touched = self.advance(at.max(self.house.now())).await?;
            touched.insert(owner);
            self.look_at(touched, Still::Awake).await?;
            ensure!(
                self.known.next() != Some((at, owner)),
                "{owner} was due at {at} and still is, though all that was due is done"
            );
        }
        let touched = self.advance(until).await?;
        self.look_at(touched, Still::Awake).await
    }

    /// Moves the clock; says what was touched on the way. Where the program ends
    /// meanwhile another one goes on.
    async fn advance(&mut self, to: Timestamp) -> Result<BTreeSet<Owner>> {
        loop {
            let looks = self.looks((self.crashes() / ON_THE_WAY).max(1));
            let billing = self.house.billing.clone();
            let doom = self.house.outside.doom.clone();
            let (tell, mut told) = mpsc::channel(TOLD);
            let listening = async {
                let mut all: Vec<Happened> = Vec::new();
                while let Some(happened) = told.recv().await {
                    all.push(happened);
                }
                all
            };
            // It is large, and all that waits for it would be.
            let advancing = Box::pin(billing.advance(to, tell));
            let moving = async { tokio::join!(advancing, listening) };
            let Some((moved, all)) = doom.befalls(looks, moving).await else {
                self.crash().await?;
                continue;
            };
            moved.with_context(|| format!("the clock is moved to {to}"))?;
            return Ok(self.heard(all));
        }
    }

    fn heard(&mut self, all: Vec<Happened>) -> BTreeSet<Owner> {
        let mut touched = BTreeSet::new();
        for happened in all {
            self.counts.digest.take(&format!("{happened:?}"));
            let Some(owner) = happened.owner else {
                continue;
            };
            match happened.what {
                Happening::Fact(_) => {
                    touched.insert(owner);
                }
                Happening::Asked(name) => self.known.outbox.answered(owner, name),
                Happening::Mail(_) | Happening::Failed(_) => {}
            }
        }
        touched
    }

    async fn look_at(&mut self, touched: BTreeSet<Owner>, still: Still) -> Result<()> {
        let mut readers = BTreeSet::new();
        self.look_into(&touched).await?;
        for owner in touched {
            readers.extend(self.known.readers(owner));
        }
        self.house.follow().await?;
        self.read_who_should(&readers, self.house.now(), still)
    }

    async fn look_into(&mut self, touched: &BTreeSet<Owner>) -> Result<()> {
        let now = self.house.now();
        let mut reading = self.house.store().read().await?;
        for owner in touched {
            let counts = &mut self.counts;
            self.known.look(&mut reading, *owner, now, counts).await?;
        }
        Ok(())
    }

    /// The program has ended in the middle of something. The next one begins with
    /// what was written down, and does what was left.
    async fn crash(&mut self) -> Result<()> {
        self.counts.crashes += 1;
        self.house.outside.post.restarted();
        self.house.restart().await?;
        let mut all: BTreeSet<Owner> = BTreeSet::new();
        let subscriptions = self.known.subscriptions().keys();
        all.extend(subscriptions.map(|id| Owner::Subscription(*id)));
        all.extend(self.known.gifts().keys().map(|id| Owner::Gift(*id)));
        let mut reading = self.house.store().read().await?;
        for account in &self.acting {
            let begun = reading.subscriptions(*account).await?;
            all.extend(begun.iter().map(|one| Owner::Subscription(one.id)));
            let bought = reading.gifts(*account).await?;
            all.extend(bought.iter().map(|one| Owner::Gift(one.id)));
        }
        drop(reading);
        self.look_into(&all).await?;
        let everybody = self.readers.iter().copied().collect();
        self.read_who_should(&everybody, self.house.now(), Still::Asleep)
    }

    /// Waits until nothing is under way.
    async fn quiet(&mut self) -> Result<()> {
        for _ in 0..UNTIL_QUIET {
            let now = self.house.now();
            let mut waiting = 0;
            let mut reading = self.house.store().read().await?;
            for lane in Lane::ALL {
                waiting += reading.jobs_waiting(lane, now).await?;
            }
            drop(reading);
            let unheard = self.known.moved.against(self.house.sandbox()?)?;
            if waiting == 0 && unheard.is_empty() {
                return Ok(());
            }
            self.pass(SignedDuration::from_mins(1)).await?;
        }
        anyhow::bail!("every row of the outbox is delivered, and some never are")
    }

    fn everybody_reads_who_should(&mut self) -> Result<()> {
        let everybody = self.readers.iter().copied().collect();
        self.read_who_should(&everybody, self.house.now(), Still::Awake)
    }

    /// Holds what the gate would say of accounts to what the facts say.
    fn read_who_should(
        &mut self,
        accounts: &BTreeSet<AccountId>,
        at: Timestamp,
        still: Still,
    ) -> Result<()> {
        for account in accounts {
            let says = self.known.says(*account, at);
            if says == Says::Turning && still == Still::Asleep {
                continue;
            }
            ensure!(
                says != Says::Turning,
                "what is over is renewed or ended: {account} has neither at {at}"
            );
            let standing = self.house.standing(*account, at);
            let reads = standing.is_some_and(access::Standing::is_active);
            ensure!(
                reads == (says == Says::Open),
                "access ends when it should, and not a moment earlier: {account} {} read at {at}, \
                 and the gate says {standing:?}",
                if reads { "may not" } else { "may" }
            );
            self.counts.checked += 1;
        }
        Ok(())
    }

    /// So many steps in a thousand end in a crash.
    fn crashes(&self) -> u64 {
        (1_000 * CRASHES / self.steps()).clamp(1, MOST_CRASHES)
    }

    /// Whether the program ends in the middle of what comes next, and where.
    fn looks(&mut self, per_mille: u64) -> Option<u64> {
        let comes = self.dice.falls(per_mille);
        comes.then(|| 1 + self.dice.below(LOOKS))
    }
}

/// Whether what is due by a moment has been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Still {
    /// It has.
    Awake,
    /// It may not have been.
    Asleep,
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn played(seed: u64) -> Counts {
        let mut play = Play::new(Asked {
            seed,
            ..Asked::SHORT
        })
        .await
        .expect("a house");
        let ran = play.run(|_| ()).await;
        ran.expect("every law holds");
        play.counts
    }

    #[tokio::test]
    async fn every_law_holds_and_the_same_seed_is_the_same_simulation() {
        let first = played(1).await;
        assert!(
            first.crashes > 2 && first.charges > 100 && first.gifts > 5,
            "{first}"
        );
        assert_eq!(played(1).await, first);
    }
}
