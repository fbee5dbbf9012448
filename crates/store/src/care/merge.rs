//! Puts two accounts of one person together: everything that one of them has
//! goes over to the other, and it signs nobody in any more.

use commerce::ids::{AccountId, SubscriptionId};
use commerce::subscription::{Command, SeatCommand, SeatHolder, Subscription};

use crate::accounts::{Account, AccountStatus};
use crate::connection::Writing;
use crate::contract::Books;
use crate::error::StoreError;
use crate::statement::statements;
use crate::subscriptions::{CommandError, MAX_BATCH};
use jiff::Timestamp;

statements! {
    SEATS = "SELECT m.subscription_id FROM seats m JOIN subscriptions s ON s.id = m.subscription_id
        WHERE m.account_id = $1 AND s.stage <> 'ended' ORDER BY m.subscription_id LIMIT 100";
    CLOSE = "UPDATE accounts SET status = 'merged', merged_into = $2, mail = NULL,
        mail_key = NULL, name = NULL, locale = NULL, password = NULL, billing = NULL,
        verified_at = NULL WHERE id = $1";
    FOLLOW = "UPDATE accounts SET merged_into = $2 WHERE merged_into = $1";
    METHODS = "UPDATE payment_methods SET account_id = $2 WHERE account_id = $1";
    CUSTOMERS = "UPDATE customers SET account_id = $2 WHERE account_id = $1";
    ADDRESSES = "UPDATE addresses SET account_id = $2 WHERE account_id = $1";
    GIFTS = "UPDATE gifts SET account_id = $2 WHERE account_id = $1";
    INVOICES = "UPDATE invoices SET account_id = $2 WHERE account_id = $1";
    ACTS = "UPDATE acts SET account_id = $2 WHERE account_id = $1";
    EXTERNALS = "UPDATE external_ids SET local = $2 WHERE local = $1";
    CONSENTS = "INSERT INTO consents
            (account_id, purpose, given_at, words, channel, withdrawn_at)
        SELECT CAST($2 AS TEXT), purpose, given_at, words, channel, withdrawn_at
            FROM consents WHERE account_id = $1
        ON CONFLICT (account_id, purpose, given_at) DO NOTHING";
    OLD_CONSENTS = "DELETE FROM consents WHERE account_id = $1";
    TOKENS = "DELETE FROM tokens WHERE account_id = $1
        OR mail_key = (SELECT mail_key FROM accounts WHERE id = $1)";
    JOBS = "UPDATE jobs SET account_id = $2 WHERE account_id = $1";
    FORMER = "INSERT INTO former_addresses (account_id, mail_key, until_at)
        SELECT CAST($2 AS TEXT), mail_key, until_at FROM former_addresses WHERE account_id = $1
        ON CONFLICT (account_id, mail_key) DO NOTHING";
    SAVED = "INSERT INTO saved_stories (account_id, story, saved_at)
        SELECT CAST($2 AS TEXT), story, saved_at FROM saved_stories WHERE account_id = $1
        ON CONFLICT (account_id, story) DO NOTHING";
    OLD_SAVED = "DELETE FROM saved_stories WHERE account_id = $1";
    READINGS = "INSERT INTO readings (account_id, story, read_at)
        SELECT CAST($2 AS TEXT), story, read_at FROM readings WHERE account_id = $1
            AND EXISTS (SELECT 1 FROM histories WHERE account_id = $2)
        ON CONFLICT (account_id, story) DO NOTHING";
    OLD_READINGS = "DELETE FROM readings WHERE account_id = $1";
    OLD_HISTORY = "DELETE FROM histories WHERE account_id = $1";
    OLD_FORMER = "DELETE FROM former_addresses WHERE account_id = $1";
    FEEDS = "DELETE FROM feed_addresses WHERE account_id = $1";
}

/// What goes over by itself, each from `$1` to `$2`.
const MOVES: &[&str] = &[
    METHODS, CUSTOMERS, ADDRESSES, GIFTS, INVOICES, ACTS, EXTERNALS, CONSENTS, JOBS, FORMER,
    FOLLOW, SAVED, READINGS,
];

/// Two accounts weren't merged. Nothing of it can be committed.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// They are one.
    #[error("that is one account; name two")]
    Same,
    /// One of them isn't there, or isn't open.
    #[error("the account {0} isn't open; only open accounts are merged")]
    NotOpen(AccountId),
    /// A subscription couldn't go over.
    #[error(transparent)]
    Command(#[from] CommandError),
    /// It couldn't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What went over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Which subscriptions.
    pub subscriptions: Vec<SubscriptionId>,
    /// In which subscriptions a seat.
    pub seats: Vec<SubscriptionId>,
}

impl Writing {
    /// Merges `from` into `into`, whose address, name, language and password
    /// stay. Both accounts' devices stay known, but `from`'s are signed out.
    /// `system` is the system clock, which sessions live by.
    pub async fn merge_accounts(
        &mut self,
        from: AccountId,
        into: AccountId,
        books: &Books<'_>,
        system: Timestamp,
    ) -> Result<Merged, MergeError> {
        if from == into {
            return Err(MergeError::Same);
        }
        let mut left = None;
        for account in [into, from] {
            let found = self.account(account).await?;
            let is_open = |found: &Account| found.status == AccountStatus::Open;
            let found = found.filter(is_open).ok_or(MergeError::NotOpen(account))?;
            left = found.mail;
        }
        let part = self.begins();
        let merged = Merged {
            subscriptions: self.transfer(from, into, books).await?,
            seats: self.reseat(from, into, books).await?,
        };
        self.revoke_sessions(from, None, system).await?;
        for text in MOVES {
            let query = sqlx::query(*text)
                .bind(from.to_string())
                .bind(into.to_string());
            self.run(query).await?;
        }
        if let Some(left) = left {
            self.leave_address(into, &left, system).await?;
        }
        for text in [
            OLD_CONSENTS,
            OLD_FORMER,
            OLD_SAVED,
            OLD_READINGS,
            OLD_HISTORY,
            TOKENS,
            FEEDS,
        ] {
            self.run(sqlx::query(text).bind(from.to_string())).await?;
        }
        let query = sqlx::query(CLOSE)
            .bind(from.to_string())
            .bind(into.to_string());
        self.run(query).await?;
        self.ends(part);
        Ok(merged)
    }

    async fn transfer(
        &mut self,
        from: AccountId,
        into: AccountId,
        books: &Books<'_>,
    ) -> Result<Vec<SubscriptionId>, MergeError> {
        let mut all = Vec::new();
        loop {
            // Those that went over are no longer among them.
            let there = self.subscriptions(from).await?;
            if there.is_empty() {
                return Ok(all);
            }
            let ids = there.iter().map(|one| one.id).take(MAX_BATCH);
            let command = Command::Transfer { to: into };
            let commands: Vec<_> = ids.map(|id| (id, command.clone())).collect();
            for answer in self.commands(&commands, books).await? {
                all.push(answer?.subscription.id);
            }
        }
    }

    /// Nobody is invited: it is the same person.
    async fn reseat(
        &mut self,
        from: AccountId,
        into: AccountId,
        books: &Books<'_>,
    ) -> Result<Vec<SubscriptionId>, MergeError> {
        let mut all = Vec::new();
        loop {
            // Whoever sat in what is over sat there; nothing is to be read
            // there. Those that went over are no longer among them.
            let query = sqlx::query_as(SEATS).bind(from.to_string());
            let rows: Vec<(String,)> = query
                .fetch_all(self.connection())
                .await
                .map_err(StoreError::from)?;
            let mut commands = Vec::new();
            for (id,) in &rows {
                let found = self.load::<Subscription>(id.clone()).await?;
                let Some((subscription, _)) = found else {
                    continue;
                };
                all.push(subscription.id);
                let command = |seat| (subscription.id, Command::Seat(seat));
                commands.extend(moves(&subscription, from, into).into_iter().map(command));
            }
            if commands.is_empty() {
                return Ok(all);
            }
            for answer in self.commands_quietly(&commands, books).await? {
                answer?;
            }
        }
    }
}

/// Frees the seats of one, and puts the other into the first of them.
fn moves(subscription: &Subscription, from: AccountId, into: AccountId) -> Vec<SeatCommand> {
    let mut is_in = subscription.seats.has_member(into);
    let mut commands = Vec::new();
    for one in &subscription.seats.seats {
        if one.holder != SeatHolder::Member(from) {
            continue;
        }
        let (seat, account) = (one.id, into);
        commands.push(SeatCommand::Free { seat });
        if std::mem::replace(&mut is_in, true) {
            continue;
        }
        match one.domain.clone() {
            // By what it is theirs stays known: they may have another address
            // from now on.
            Some(domain) => commands.push(SeatCommand::Join {
                seat,
                account,
                domain,
            }),
            None => commands.extend([
                SeatCommand::Invite { seat },
                SeatCommand::Accept { seat, account },
            ]),
        }
    }
    commands
}
