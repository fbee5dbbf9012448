//! Subscriptions: loaded, decided upon by `commerce`, and written down, in one
//! transaction.

use std::collections::{BTreeMap, BTreeSet};

use commerce::ids::{AccountId, SubscriptionId};
use commerce::subscription::{
    Begin, Command, Context, Fact, MailDomain, Refusal, Subscription, begin, handle,
};
use jiff::Timestamp;

use crate::acts::ActNumber;
use crate::connection::{Reading, Writing};
use crate::contract::{Books, Change, Contract, Owner, Telling, append, append_telling, read};
use crate::error::StoreError;
use crate::moment::{micros, some_timestamp};
use crate::renewals::tick;
use crate::statement::statements;

/// The most subscriptions that are decided upon in one transaction: some tens
/// of milliseconds, in which nobody else writes, and a few megabytes.
pub const MAX_BATCH: usize = 500;

/// The most subscriptions that are listed at once, those that haven't ended
/// before others: each single story that was bought is one.
pub const MAX_LISTED: usize = 100;

statements! {
    DUE = "SELECT id, next_due, version, state FROM subscriptions
        WHERE next_due <= $1 AND (next_due, id) > ($2, $3)
        ORDER BY next_due, id LIMIT $4";
    DUE_IDS = "SELECT id, next_due FROM subscriptions
        WHERE next_due <= $1 AND (next_due, id) > ($2, $3)
        ORDER BY next_due, id LIMIT $4";
    NEXT = "SELECT MIN(next_due) FROM subscriptions WHERE next_due IS NOT NULL";
    NEXT_AFTER = "SELECT MIN(next_due) FROM subscriptions WHERE next_due > $1";
    RUNNING = "SELECT state FROM subscriptions
        WHERE id > $1 AND stage IN ('active', 'past_due', 'paused') ORDER BY id LIMIT $2";
    RUN = "SELECT COUNT(*) FROM subscriptions WHERE stage IN ('active', 'past_due', 'paused')";
    OF_ACCOUNT = "SELECT state FROM subscriptions WHERE account_id = $1
        ORDER BY (stage = 'ended'), begun_at DESC, id LIMIT $2";
    BY_SEAT = "SELECT s.state FROM seats m JOIN subscriptions s ON s.id = m.subscription_id
        WHERE m.account_id = $1 ORDER BY s.begun_at DESC, s.id LIMIT $2";
    BY_DOMAIN = "SELECT s.state FROM seat_domains d JOIN subscriptions s
        ON s.id = d.subscription_id
        WHERE d.domain = $1 AND s.stage IN ('active', 'past_due')
        ORDER BY s.begun_at, s.id LIMIT $2";
}

/// What a command came to.
#[derive(Clone, Debug)]
pub struct Done {
    /// What happened; nothing, where all was so already.
    pub facts: Vec<Fact>,
    /// The subscription as it is now.
    pub subscription: Subscription,
}

/// Why a command came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// It was refused. Nothing has changed.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It couldn't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A subscription that began elsewhere and is put down here.
#[derive(Clone, Debug)]
pub struct Elsewhere {
    /// Its id here.
    pub id: SubscriptionId,
    /// What begins.
    pub begin: Begin,
    /// When: now, or in the past where it is over.
    pub since: Timestamp,
    /// When it was over.
    pub over: Option<Timestamp>,
    /// The act that brings it here.
    pub act: Option<ActNumber>,
    /// Whether whose it is hears of it.
    pub is_told: bool,
}

/// What a part of a run over what is due came to.
#[derive(Debug, Default)]
pub struct Ticked {
    /// What happened, in the order in which it was due.
    pub done: Vec<Done>,
    /// Those that couldn't be ticked, and why. They stay due for the next run,
    /// and somebody has to look at them.
    pub failed: Vec<(String, String)>,
    /// Where to go on; `None` where nothing more is due.
    pub next: Option<DueCursor>,
}

/// How far a run over what is due has come, so that what can't be ticked holds
/// up nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueCursor {
    pub(crate) due: i64,
    pub(crate) id: String,
}

impl Reading {
    /// A subscription as it is.
    pub async fn subscription(
        &mut self,
        id: SubscriptionId,
    ) -> Result<Option<Subscription>, StoreError> {
        let loaded = self.load::<Subscription>(id.to_string()).await?;
        Ok(loaded.map(|(subscription, _)| subscription))
    }

    /// Everything that has happened to a subscription.
    pub async fn facts(&mut self, id: SubscriptionId) -> Result<Vec<Fact>, StoreError> {
        self.history(Owner::Subscription(id)).await
    }

    /// One thing that has happened to it: what a mail tells of.
    pub async fn fact(&mut self, id: SubscriptionId, seq: u64) -> Result<Fact, StoreError> {
        self.one_fact(Owner::Subscription(id), seq).await
    }

    /// An account's own subscriptions: those that haven't ended first, and of
    /// either the latest; at most [`MAX_LISTED`].
    pub async fn subscriptions(
        &mut self,
        account: AccountId,
    ) -> Result<Vec<Subscription>, StoreError> {
        self.states(OF_ACCOUNT, &account.to_string()).await
    }

    /// Those that run, in the order of their ids, after one of them and so many
    /// at once: for what is asked of all.
    pub async fn running_subscriptions(
        &mut self,
        after: Option<SubscriptionId>,
        most: usize,
    ) -> Result<Vec<Subscription>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(RUNNING)
            .bind(after.map_or(String::new(), |id| id.to_string()))
            .bind(i64::try_from(most.min(MAX_BATCH)).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        rows.iter()
            .map(|(state,)| read("a subscription", state))
            .collect()
    }

    /// How many run.
    pub async fn running_count(&mut self) -> Result<u64, StoreError> {
        let (run,): (i64,) = sqlx::query_as(RUN).fetch_one(self.connection()).await?;
        Ok(run.unsigned_abs())
    }

    /// Those in which an account has a seat; at most [`MAX_LISTED`].
    pub async fn seats(&mut self, account: AccountId) -> Result<Vec<Subscription>, StoreError> {
        self.states(BY_SEAT, &account.to_string()).await
    }

    /// The subscriptions that run and of which addresses at a domain may take a
    /// seat by themselves, the oldest first.
    pub async fn open_to(&mut self, domain: &MailDomain) -> Result<Vec<Subscription>, StoreError> {
        self.states(BY_DOMAIN, domain.as_str()).await
    }

    async fn states(
        &mut self,
        text: &'static str,
        key: &str,
    ) -> Result<Vec<Subscription>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(text)
            .bind(key)
            .bind(i64::try_from(MAX_LISTED).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        rows.iter()
            .map(|(state,)| read("a subscription", state))
            .collect()
    }

    /// Which are due, as [`Writing::tick_due`] takes them: for what can't be
    /// ticked together. Comes with where to go on.
    pub async fn subscriptions_due(
        &mut self,
        now: Timestamp,
        from: Option<&DueCursor>,
        most: usize,
    ) -> Result<(Vec<String>, Option<DueCursor>), StoreError> {
        let most = most.clamp(1, MAX_BATCH);
        let rows: Vec<(String, i64)> = sqlx::query_as(DUE_IDS)
            .bind(micros(now))
            .bind(from.map_or(i64::MIN, |from| from.due))
            .bind(from.map_or("", |from| from.id.as_str()))
            .bind(i64::try_from(most).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        let last = rows.last().filter(|_| rows.len() == most);
        let next = last.map(|(id, due)| DueCursor {
            due: *due,
            id: id.clone(),
        });
        Ok((rows.into_iter().map(|(id, _)| id).collect(), next))
    }

    /// When the next subscription is due; `None` where none ever is.
    pub async fn next_subscription_due(&mut self) -> Result<Option<Timestamp>, StoreError> {
        let (due,): (Option<i64>,) = sqlx::query_as(NEXT).fetch_one(self.connection()).await?;
        some_timestamp(due)
    }

    /// When a subscription is due next after `now`: for a clock that steps
    /// through them, though one of them can't be ticked.
    pub async fn next_subscription_due_after(
        &mut self,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let query = sqlx::query_as(NEXT_AFTER).bind(micros(now));
        let (due,): (Option<i64>,) = query.fetch_one(self.connection()).await?;
        some_timestamp(due)
    }
}

impl Writing {
    /// Begins a subscription. Its account has to be there.
    pub async fn begin_subscription(
        &mut self,
        id: SubscriptionId,
        command: &Begin,
        books: &Books<'_>,
    ) -> Result<Done, CommandError> {
        let begins = [(id, command.clone())];
        let mut all = self.begin_subscriptions(&begins, books).await?;
        all.pop().unwrap_or_else(|| Err(unknown(id).into()))
    }

    /// Puts down many that began elsewhere; at most [`MAX_BATCH`]. One that is
    /// refused undoes all of them, with the transaction.
    pub async fn put_down(
        &mut self,
        all: &[Elsewhere],
        books: &Books<'_>,
    ) -> Result<(), CommandError> {
        if all.len() > MAX_BATCH {
            return Err(too_many().into());
        }
        let part = self.begins();
        let (mut told, mut untold, mut over) = (Vec::new(), Vec::new(), Vec::new());
        for one in all {
            let act = one.act;
            let now = one.since;
            let (done, change) = begun(one.id, &one.begin, &Books { now, act, ..*books })?;
            if let Some(now) = one.over {
                let books = Books { now, act, ..*books };
                let mut ends = unchanged(done.subscription, change.version_after(), &books);
                let facts = tick(&ends.after, &books)?;
                take(&mut ends, facts);
                over.push(ends);
            }
            if one.is_told {
                told.push(change);
            } else {
                untold.push(change);
            }
        }
        append(self, &told, books).await?;
        for changes in [&untold, &changed(over)] {
            append_telling(self, changes, books, Telling::Nobody).await?;
        }
        self.ends(part);
        Ok(())
    }

    /// Begins many; at most [`MAX_BATCH`]. They are written down together; one
    /// that is refused hinders none of the others.
    pub async fn begin_subscriptions(
        &mut self,
        begins: &[(SubscriptionId, Begin)],
        books: &Books<'_>,
    ) -> Result<Vec<Result<Done, CommandError>>, StoreError> {
        if begins.len() > MAX_BATCH {
            return Err(too_many());
        }
        let (mut changes, mut answers) = (Vec::new(), Vec::with_capacity(begins.len()));
        for (id, command) in begins {
            answers.push(begun(*id, command, books).map(|(done, change)| {
                changes.push(change);
                done
            }));
        }
        append(self, &changes, books).await?;
        Ok(answers)
    }

    /// Asks something of a subscription.
    pub async fn command(
        &mut self,
        id: SubscriptionId,
        command: &Command,
        books: &Books<'_>,
    ) -> Result<Done, CommandError> {
        let commands = [(id, command.clone())];
        let mut all = self.commands(&commands, books).await?;
        all.pop().unwrap_or_else(|| Err(unknown(id).into()))
    }

    /// Asks something of many; at most [`MAX_BATCH`]. They are written down
    /// together; what one of them refuses changes nothing of the others.
    pub async fn commands(
        &mut self,
        commands: &[(SubscriptionId, Command)],
        books: &Books<'_>,
    ) -> Result<Vec<Result<Done, CommandError>>, StoreError> {
        self.all_commands(commands, books, Telling::ByMail).await
    }

    /// The same, and nobody is told of it.
    pub(crate) async fn commands_quietly(
        &mut self,
        commands: &[(SubscriptionId, Command)],
        books: &Books<'_>,
    ) -> Result<Vec<Result<Done, CommandError>>, StoreError> {
        self.all_commands(commands, books, Telling::Nobody).await
    }

    async fn all_commands(
        &mut self,
        commands: &[(SubscriptionId, Command)],
        books: &Books<'_>,
        telling: Telling,
    ) -> Result<Vec<Result<Done, CommandError>>, StoreError> {
        if commands.len() > MAX_BATCH {
            return Err(too_many());
        }
        let mut changes = self.unchanged_all(commands, books).await?;
        let mut answers = Vec::with_capacity(commands.len());
        for (id, command) in commands {
            answers.push(match changes.get_mut(id) {
                // What an earlier command did is seen by a later one.
                Some(change) => decide(change, command, books).map_err(CommandError::from),
                None => Err(unknown(*id).into()),
            });
        }
        let changes = changes.into_values().collect();
        append_telling(self, &changed(changes), books, telling).await?;
        Ok(answers)
    }

    /// What is to be changed, as it is.
    async fn unchanged_all(
        &mut self,
        commands: &[(SubscriptionId, Command)],
        books: &Books<'_>,
    ) -> Result<BTreeMap<SubscriptionId, Change<Subscription>>, StoreError> {
        let ids: BTreeSet<SubscriptionId> = commands.iter().map(|(id, _)| *id).collect();
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let loaded = self.load_all::<Subscription>(&ids).await?;
        let loaded = loaded.into_iter().map(|(_, subscription, version)| {
            let id = subscription.id;
            (id, unchanged(subscription, version, books))
        });
        Ok(loaded.collect())
    }

    /// Lets time pass for one subscription: does what is due.
    pub async fn tick(
        &mut self,
        id: SubscriptionId,
        books: &Books<'_>,
    ) -> Result<Done, CommandError> {
        let loaded = self.load::<Subscription>(id.to_string()).await?;
        let (subscription, version) = loaded.ok_or_else(|| unknown(id))?;
        let (done, change) = ticked(subscription, version, books)?;
        append(self, &changed(vec![change]), books).await?;
        Ok(done)
    }

    /// Ticks subscriptions that are due by the business clock, the longest due
    /// first, so many at once and at most [`MAX_BATCH`]. A run begins with no
    /// cursor and goes on from the one it is given.
    ///
    /// It is idempotent: what was ticked isn't due afterwards, and what wasn't
    /// committed is due again.
    pub async fn tick_due(
        &mut self,
        books: &Books<'_>,
        from: Option<&DueCursor>,
        most: usize,
    ) -> Result<Ticked, StoreError> {
        let most = most.clamp(1, MAX_BATCH);
        let rows: Vec<(String, i64, i64, String)> = sqlx::query_as(DUE)
            .bind(micros(books.now))
            .bind(from.map_or(i64::MIN, |from| from.due))
            .bind(from.map_or("", |from| from.id.as_str()))
            .bind(i64::try_from(most).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        let mut all = Ticked::default();
        if let Some((id, due, ..)) = rows.last().filter(|_| rows.len() == most) {
            let (id, due) = (id.clone(), *due);
            all.next = Some(DueCursor { due, id });
        }
        let mut changes = Vec::with_capacity(rows.len());
        for (id, _, version, state) in rows {
            let loaded = read(&id, &state).map_err(CommandError::from);
            match loaded.and_then(|loaded| ticked(loaded, version.unsigned_abs(), books)) {
                Ok((done, change)) => {
                    all.done.push(done);
                    changes.push(change);
                }
                Err(error) => all.failed.push((id, error.to_string())),
            }
        }
        append(self, &changed(changes), books).await?;
        Ok(all)
    }
}

fn begun(
    id: SubscriptionId,
    command: &Begin,
    books: &Books<'_>,
) -> Result<(Done, Change<Subscription>), CommandError> {
    let facts = begin(id, command, &context(books))?;
    let subscription =
        Subscription::replay(id, &facts).map_err(|error| StoreError::damaged(error.to_string()))?;
    let done = Done {
        facts: facts.clone(),
        subscription: subscription.clone(),
    };
    let change = Change {
        before: None,
        version: 0,
        at: books.now,
        act: books.act,
        facts,
        after: subscription,
    };
    Ok((done, change))
}

fn ticked(
    loaded: Subscription,
    version: u64,
    books: &Books<'_>,
) -> Result<(Done, Change<Subscription>), CommandError> {
    let mut change = unchanged(loaded, version, books);
    let facts = tick(&change.after, books)?;
    let done = take(&mut change, facts);
    Ok((done, change))
}

pub(crate) fn context<'a>(books: &Books<'a>) -> Context<'a> {
    Context {
        now: books.now,
        tax: books.tax,
    }
}

fn unchanged(loaded: Subscription, version: u64, books: &Books<'_>) -> Change<Subscription> {
    Change {
        before: Some(loaded.clone()),
        version,
        at: books.now,
        act: books.act,
        facts: Vec::new(),
        after: loaded,
    }
}

fn changed(changes: Vec<Change<Subscription>>) -> Vec<Change<Subscription>> {
    let is_changed = |change: &Change<Subscription>| !change.facts.is_empty();
    changes.into_iter().filter(is_changed).collect()
}

/// Decides, and takes in what comes of it.
fn decide(
    change: &mut Change<Subscription>,
    command: &Command,
    books: &Books<'_>,
) -> Result<Done, Refusal> {
    let facts = handle(&change.after, command, &context(books))?;
    Ok(take(change, facts))
}

/// Takes in what has happened.
fn take(change: &mut Change<Subscription>, facts: Vec<Fact>) -> Done {
    for fact in &facts {
        change.after.take(fact);
    }
    change.facts.extend(facts.iter().cloned());
    Done {
        facts,
        subscription: change.after.clone(),
    }
}

fn unknown(id: SubscriptionId) -> StoreError {
    StoreError::Unknown(format!("the subscription {id}"))
}

fn too_many() -> StoreError {
    StoreError::TooMany {
        what: "commands in one transaction",
        most: MAX_BATCH,
    }
}
