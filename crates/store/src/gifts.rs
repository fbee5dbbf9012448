//! Gifts: bought by one reader, redeemed by another with a code of which only
//! the hash is kept.

use commerce::gift::{self, Buy, Gift, GiftCommand, GiftFact, GiftRefusal};
use commerce::ids::{AccountId, GiftId};
use commerce::subscription::{Begin, Context, Funding};
use jiff::Timestamp;

use crate::connection::{Reading, Writing};
use crate::contract::{Books, Change, Contract, Owner, append, read};
use crate::error::StoreError;
use crate::ids::{TokenHash, parse};
use crate::moment::micros;
use crate::statement::statements;
use crate::subscriptions::{CommandError, Done, DueCursor};

/// The most gifts that are listed, or ticked, at once.
pub const MAX_LISTED: usize = 100;

statements! {
    OF_ACCOUNT = "SELECT state FROM gifts WHERE account_id = $1
        ORDER BY begun_at DESC, id LIMIT $2";
    BY_CODE = "SELECT id FROM gifts WHERE code_hash = $1";
    SET_CODE = "UPDATE gifts SET code_hash = $2 WHERE id = $1";
    SET_CARD = "UPDATE gifts SET card = $2 WHERE id = $1";
    CARD = "SELECT card FROM gifts WHERE id = $1";
    DUE = "SELECT id, next_due FROM gifts
        WHERE next_due <= $1 AND (next_due, id) > ($2, $3)
        ORDER BY next_due, id LIMIT $4";
    NEXT_AFTER = "SELECT MIN(next_due) FROM gifts WHERE next_due > $1";
    NEXT = "SELECT MIN(next_due) FROM gifts WHERE next_due IS NOT NULL";
}

/// Why a command about a gift came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum GiftError {
    /// It was refused. Nothing has changed.
    #[error(transparent)]
    Refused(#[from] GiftRefusal),
    /// What was to come of it couldn't begin.
    #[error(transparent)]
    Subscription(#[from] CommandError),
    /// It couldn't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a command came to.
#[derive(Clone, Debug)]
pub struct GiftDone {
    /// What happened; nothing, where all was so already.
    pub facts: Vec<GiftFact>,
    /// The gift as it is now.
    pub gift: Gift,
}

impl Reading {
    /// A gift as it is.
    pub async fn gift(&mut self, id: GiftId) -> Result<Option<Gift>, StoreError> {
        Ok(self
            .load::<Gift>(id.to_string())
            .await?
            .map(|(gift, _)| gift))
    }

    /// The gift that a code belongs to.
    pub async fn gift_by_code(&mut self, code: TokenHash) -> Result<Option<Gift>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as(BY_CODE)
            .bind(code.to_string())
            .fetch_optional(self.connection())
            .await?;
        match row {
            Some((id,)) => self.gift(parse(&id)?).await,
            None => Ok(None),
        }
    }

    /// Everything that has happened to a gift.
    pub async fn gift_facts(&mut self, id: GiftId) -> Result<Vec<GiftFact>, StoreError> {
        self.history(Owner::Gift(id)).await
    }

    /// The gifts that an account has bought, the latest first; at most
    /// [`MAX_LISTED`].
    pub async fn gifts(&mut self, account: AccountId) -> Result<Vec<Gift>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(OF_ACCOUNT)
            .bind(account.to_string())
            .bind(i64::try_from(MAX_LISTED).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        rows.iter().map(|(state,)| read("a gift", state)).collect()
    }

    /// What is written on a gift's card, and whom it is for: JSON of the
    /// caller's.
    pub async fn gift_card(&mut self, id: GiftId) -> Result<Option<String>, StoreError> {
        let row: Option<(Option<String>,)> = sqlx::query_as(CARD)
            .bind(id.to_string())
            .fetch_optional(self.connection())
            .await?;
        Ok(row.and_then(|(card,)| card))
    }

    /// Gifts that are due by the business clock, the longest due first; at most
    /// [`MAX_LISTED`]. A run begins with no cursor and goes on from the one it is
    /// given, so that one that can't be ticked holds up no other.
    pub async fn gifts_due(
        &mut self,
        now: Timestamp,
        from: Option<&DueCursor>,
    ) -> Result<(Vec<GiftId>, Option<DueCursor>), StoreError> {
        let rows: Vec<(String, i64)> = sqlx::query_as(DUE)
            .bind(micros(now))
            .bind(from.map_or(i64::MIN, |from| from.due))
            .bind(from.map_or("", |from| from.id.as_str()))
            .bind(i64::try_from(MAX_LISTED).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        let last = rows.last().filter(|_| rows.len() == MAX_LISTED);
        let next = last.map(|(id, due)| DueCursor {
            due: *due,
            id: id.clone(),
        });
        let gifts = rows.iter().map(|(id, _)| parse(id));
        Ok((gifts.collect::<Result<_, _>>()?, next))
    }

    /// One thing that has happened to it: what a mail tells of.
    pub async fn gift_fact(&mut self, id: GiftId, seq: u64) -> Result<GiftFact, StoreError> {
        self.one_fact(Owner::Gift(id), seq).await
    }

    /// When a gift is due next after `now`.
    pub async fn next_gift_due_after(
        &mut self,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let query = sqlx::query_as(NEXT_AFTER).bind(micros(now));
        let (due,): (Option<i64>,) = query.fetch_one(self.connection()).await?;
        crate::moment::some_timestamp(due)
    }

    /// When the next gift is due.
    pub async fn next_gift_due(&mut self) -> Result<Option<Timestamp>, StoreError> {
        let (due,): (Option<i64>,) = sqlx::query_as(NEXT).fetch_one(self.connection()).await?;
        crate::moment::some_timestamp(due)
    }
}

impl Writing {
    /// Buys a gift. Its buyer's account has to be there.
    pub async fn buy_gift(
        &mut self,
        id: GiftId,
        buy: &Buy,
        books: &Books<'_>,
    ) -> Result<GiftDone, GiftError> {
        let context = Context {
            now: books.now,
            tax: books.tax,
        };
        let facts = gift::buy(id, buy, &context)?;
        let after =
            Gift::replay(id, &facts).map_err(|error| StoreError::damaged(error.to_string()))?;
        self.write_gift(
            Change {
                before: None,
                version: 0,
                at: books.now,
                act: books.act,
                facts,
                after,
            },
            books,
        )
        .await
    }

    /// Asks something of a gift.
    pub async fn gift_command(
        &mut self,
        id: GiftId,
        command: &GiftCommand,
        books: &Books<'_>,
    ) -> Result<GiftDone, GiftError> {
        let change = self.decide_gift(id, command, books).await?;
        self.write_gift(change, books).await
    }

    /// Redeems a gift: it is somebody's, and their subscription begins, both or
    /// neither. `begin` is told what was paid for it.
    pub async fn redeem_gift(
        &mut self,
        id: GiftId,
        subscription: commerce::ids::SubscriptionId,
        begin: &Begin,
        books: &Books<'_>,
    ) -> Result<(GiftDone, Done), GiftError> {
        let command = GiftCommand::Redeem {
            account: begin.account,
            subscription,
        };
        let change = self.decide_gift(id, &command, books).await?;
        let prepaid = change.facts.iter().find_map(|fact| match fact {
            GiftFact::Redeemed { prepaid, .. } => Some(*prepaid),
            _ => None,
        });
        let Some(prepaid) = prepaid else {
            let done = self.write_gift(change, books).await?;
            // The same reader with the same id again: it has begun already.
            let known = self.subscription(subscription).await?;
            let known = known.ok_or_else(|| {
                StoreError::damaged(format!("the gift {id} was redeemed and nothing began"))
            })?;
            let again = Done {
                facts: Vec::new(),
                subscription: known,
            };
            return Ok((done, again));
        };
        let funded = Begin {
            funding: Funding::Gift { gift: id, prepaid },
            ..begin.clone()
        };
        // First what may be refused: the gift is still whole then.
        let started = self
            .begin_subscription(subscription, &funded, books)
            .await?;
        let part = self.begins();
        let done = self.write_gift(change, books).await?;
        self.ends(part);
        Ok((done, started))
    }

    /// Gives a gift its code; the one before no longer works.
    pub async fn set_gift_code(&mut self, id: GiftId, code: TokenHash) -> Result<(), StoreError> {
        let query = sqlx::query(SET_CODE)
            .bind(id.to_string())
            .bind(code.to_string());
        let rows = self.run(query).await?;
        known(rows, id)
    }

    /// Writes a gift's card: whom it is for and what they are told, as JSON of
    /// the caller's. Erased with the buyer.
    pub async fn set_gift_card(&mut self, id: GiftId, card: &str) -> Result<(), StoreError> {
        let query = sqlx::query(SET_CARD).bind(id.to_string()).bind(card);
        let rows = self.run(query).await?;
        known(rows, id)
    }

    async fn decide_gift(
        &mut self,
        id: GiftId,
        command: &GiftCommand,
        books: &Books<'_>,
    ) -> Result<Change<Gift>, GiftError> {
        let loaded = self.load::<Gift>(id.to_string()).await?;
        let (before, version) = loaded.ok_or_else(|| unknown(id))?;
        let facts = gift::handle(&before, command, books.now)?;
        let mut after = before.clone();
        for fact in &facts {
            after.take(fact);
        }
        Ok(Change {
            before: Some(before),
            version,
            at: books.now,
            act: books.act,
            facts,
            after,
        })
    }

    async fn write_gift(
        &mut self,
        change: Change<Gift>,
        books: &Books<'_>,
    ) -> Result<GiftDone, GiftError> {
        if !change.facts.is_empty() {
            append(self, std::slice::from_ref(&change), books).await?;
        }
        Ok(GiftDone {
            facts: change.facts,
            gift: change.after,
        })
    }
}

fn known(rows: u64, id: GiftId) -> Result<(), StoreError> {
    match rows {
        1 => Ok(()),
        _ => Err(unknown(id)),
    }
}

fn unknown(id: GiftId) -> StoreError {
    StoreError::Unknown(format!("the gift {id}"))
}
